//===- CommandLine.cpp - the flags of a compiled program --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/CommandLine.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/program/ParamFile.h"
#include "runtime/program/ParamText.h"

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <iterator>

namespace irh::rt::program {
namespace {

constexpr std::int64_t kMostRanks = 1024;
constexpr std::int64_t kMostThreads = 1024;

/// A flag that every program has.
struct CommonFlag {
  const char *name;
  const char *values; ///< For --help and for messages.
  const char *doc;
  bool (*set)(Settings &settings, std::string_view value); ///< False if the value is not one.
};

/// Whether `value` is one of the words; `chosen` gets what it means.
template <typename T>
bool chooseWord(std::string_view value, std::initializer_list<std::pair<std::string_view, T>> words,
                T &chosen) {
  for (const auto &[word, meaning] : words)
    if (value == word) {
      chosen = meaning;
      return true;
    }
  return false;
}

std::optional<std::int64_t> parseCount(std::string_view value, std::int64_t most) {
  const std::optional<std::int64_t> count = parseInt(value);
  return count && *count >= 1 && *count <= most ? count : std::nullopt;
}

bool setThreads(Settings &settings, std::string_view value) {
  const std::optional<std::int64_t> count = parseCount(value, kMostThreads);
  if (count)
    settings.threads = static_cast<int>(*count);
  return count.has_value();
}

bool setRanks(Settings &settings, std::string_view value) {
  const std::optional<std::int64_t> count = parseCount(value, kMostRanks);
  if (count)
    settings.ranks = static_cast<int>(*count);
  return count.has_value();
}

bool setPartition(Settings &settings, std::string_view value) {
  const auto *named = std::find_if(std::begin(partition::kMethods), std::end(partition::kMethods),
                                   [&](const auto &entry) { return entry.first == value; });
  if (named == std::end(partition::kMethods))
    return false;
  settings.partition = named->second;
  return true;
}

bool setSeed(Settings &settings, std::string_view value) {
  const std::optional<std::int64_t> seed = parseInt(value);
  if (seed)
    settings.seed = static_cast<std::uint64_t>(*seed);
  return seed.has_value();
}

bool setFormat(Settings &settings, std::string_view value) {
  for (const auto format : {report::Format::Table, report::Format::Jsonl, report::Format::Csv})
    if (value == wordOf(format)) {
      settings.format = format;
      return true;
    }
  return false;
}

bool setWatchdog(Settings &settings, std::string_view value) {
  return chooseWord<Watchdog>(value, {{"on", Watchdog::On}, {"off", Watchdog::Off}},
                              settings.watchdog);
}

bool setOut(Settings &settings, std::string_view value) {
  settings.out = value;
  return !value.empty();
}

bool addParamFile(Settings &settings, std::string_view value) {
  settings.paramFiles.emplace_back(value);
  return !value.empty();
}

constexpr CommonFlag kCommonFlags[] = {
    {"threads", "1..1024", "threads of each rank; by default all cores, shared by the ranks",
     setThreads},
    {"ranks", "1..1024", "ranks inside this process, to test and debug", setRanks},
    {"partition", "auto|blocks|hilbert|bisection|metis", "how nodes are cut into parts for ranks",
     setPartition},
    {"seed", "an integer", "seed of the run's random numbers", setSeed},
    {"set", "FILE.toml", "parameters from a file; the command line wins over it", addParamFile},
    {"format", "table|jsonl|csv", "how rows are printed", setFormat},
    {"out", "DIR", "a folder for all files of the run; its tables are written there too", setOut},
    {"watchdog", "on|off", "stop when a value is not finite", setWatchdog},
};

/// A flag without a value.
struct Switch {
  const char *name;
  const char *doc;
  bool Settings::*member;
};

constexpr Switch kSwitches[] = {
    {"resume", "go on from the checkpoint that the run wrote before it ended", &Settings::resume},
    {"plan",
     "say how the networks are cut and what a step sends of neighbors' values, and do not run",
     &Settings::wantsPlan},
    {"traffic", "say at the end what neighbors' values the ranks have sent",
     &Settings::showsTraffic},
    {"help", "print this text", &Settings::wantsHelp},
};

const Switch *findSwitch(std::string_view name) {
  for (const Switch &found : kSwitches)
    if (name == found.name)
      return &found;
  return nullptr;
}

constexpr std::string_view kCommonPrefix = "irh_";

const CommonFlag *findCommon(std::string_view name) {
  for (const CommonFlag &flag : kCommonFlags)
    if (name == flag.name)
      return &flag;
  return nullptr;
}

class Parser {
public:
  Parser(const Program &program, std::span<const std::string> arguments)
      : program(program), arguments(arguments) {
    for (const ParamSpec &param : program.params)
      settings.params.push_back(param.defaultValue);
    isGiven.resize(program.params.size());
  }

  Settings run() {
    while (next < arguments.size())
      readFlag(arguments[next++]);
    for (const std::string &path : settings.paramFiles)
      readParams(path);
    return std::move(settings);
  }

private:
  void readFlag(const std::string &argument) {
    if (argument == "-h") {
      settings.wantsHelp = true;
      return;
    }
    if (!argument.starts_with("--") || argument == "--")
      throw invalid("`" + argument + "` is not a flag; flags are written `--name value`");
    const std::size_t equals = argument.find('=');
    flag = argument.substr(0, equals);
    const std::string name = canonical(std::string_view(flag).substr(2));
    attached =
        equals == std::string::npos ? std::nullopt : std::optional(argument.substr(equals + 1));
    if (!readParam(name) && !readCommon(name))
      throw invalid("unknown flag `" + flag + "`" + suggestion(name, knownNames(), "--") +
                    (nearestName(name, knownNames()) ? "" : "; `--help` lists the flags"));
  }

  bool readParam(const std::string &name) {
    for (std::size_t i = 0; i < program.params.size(); ++i)
      if (canonical(program.params[i].name) == name) {
        settings.params[i] = paramValue(program.params[i]);
        isGiven[i] = true;
        return true;
      }
    return false;
  }

  /// Sets what the command line does not.
  void readParams(const std::string &path) {
    std::vector<std::optional<ParamValue>> values = readParamFile(path, program);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i] && !isGiven[i])
        settings.params[i] = std::move(*values[i]);
  }

  ParamValue paramValue(const ParamSpec &param) {
    const ParamType type = typeOf(param.defaultValue);
    if (type == ParamType::Bool && isBareBool())
      return true;
    const std::string text = takeValue();
    const std::optional<ParamValue> value = parseParam(type, text);
    if (!value)
      throw invalid("`" + flag + "` takes " + (type == ParamType::Int ? "an " : "a ") +
                    std::string(nameOf(type)) + ", but got `" + text + "`");
    if (!isInRange(param, *value))
      throw invalid("`" + flag + "` must be in " + rangeText(param) + ", but is " + text +
                    declaredAt(param, program));
    return *value;
  }

  /// A bool's flag alone means true.
  bool isBareBool() const {
    return !attached && (next == arguments.size() || !parseParam(ParamType::Bool, arguments[next]));
  }

  bool readCommon(std::string_view name) {
    if (name.starts_with(kCommonPrefix))
      name.remove_prefix(kCommonPrefix.size());
    if (const Switch *found = findSwitch(name)) {
      if (attached)
        throw invalid("`" + flag + "` takes no value, but got `" + *attached + "`");
      settings.*found->member = true;
      return true;
    }
    const CommonFlag *common = findCommon(name);
    if (!common)
      return false;
    const std::string value = takeValue();
    if (!common->set(settings, value))
      throw invalid("`" + flag + "` takes " + common->values + ", but got `" + value + "`");
    return true;
  }

  std::string takeValue() {
    if (attached)
      return *attached;
    if (next == arguments.size() || arguments[next].starts_with("--"))
      throw invalid("`" + flag + "` lacks its value; write `" + flag + " VALUE`");
    return arguments[next++];
  }

  std::vector<std::string> knownNames() const {
    std::vector<std::string> names;
    for (const ParamSpec &param : program.params)
      names.push_back(param.name);
    for (const CommonFlag &common : kCommonFlags)
      names.push_back(common.name);
    for (const Switch &found : kSwitches)
      names.push_back(found.name);
    return names;
  }

  const Program &program;
  std::span<const std::string> arguments;
  std::size_t next = 0;
  std::string flag;                    ///< The flag at hand, as it was written.
  std::optional<std::string> attached; ///< What follows its `=`.
  Settings settings;
  std::vector<bool> isGiven; ///< Of each parameter: on the command line.
};

std::string indentLines(const std::string &text) {
  std::string indented;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    indented +=
        "      " + std::string(trim(std::string_view(text).substr(start, end - start))) + "\n";
    start = end + 1;
  }
  return indented;
}

std::string describeParam(const ParamSpec &param) {
  const ParamType type = typeOf(param.defaultValue);
  const bool isString = type == ParamType::String;
  std::string line = "  --" + param.name + " : " + std::string(nameOf(type)) + " = " +
                     (isString ? "\"" : "") + toText(param.defaultValue) + (isString ? "\"" : "");
  if (const std::string range = rangeText(param); !range.empty())
    line += " in " + range;
  return line + "\n" + indentLines(param.doc);
}

} // namespace

std::string Settings::outputPath(const std::string &file) const {
  return (std::filesystem::path(out) / file).lexically_normal().string();
}

Settings parseCommandLine(const Program &program, std::span<const std::string> arguments) {
  return Parser(program, arguments).run();
}

std::string describeProgram(const Program &program) {
  std::string text = program.name + "\n" + indentLines(program.doc) + "\nparameters:\n";
  for (const ParamSpec &param : program.params)
    text += describeParam(param);
  text +=
      "\ncommon flags (a parameter of the same name takes precedence; then write --irh-NAME):\n";
  for (const CommonFlag &flag : kCommonFlags)
    text += "  --" + std::string(flag.name) + "=" + flag.values + "\n" + indentLines(flag.doc);
  for (const Switch &found : kSwitches)
    text += "  --" + std::string(found.name) + "\n" + indentLines(found.doc);
  return text;
}

} // namespace irh::rt::program
