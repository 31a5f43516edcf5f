//===- ParamFile.cpp - parameters from a TOML file --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/ParamFile.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/io/ReadFile.h"
#include "runtime/program/ParamText.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

// Some wrong files, such as one with `[.a]`, break assertions of the library, which an optimized
// build would assume to hold. They are checked here, and throw.
#undef NDEBUG
#define TOML_ASSERT(claim) ((claim) ? void() : throw irh::rt::program::BrokenClaim())
namespace irh::rt::program {
struct BrokenClaim {};
} // namespace irh::rt::program
#include <toml++/toml.h>

namespace irh::rt::program {
namespace {

using Entry = std::pair<const toml::key *, const toml::node *>;

bool isBefore(const Entry &a, const Entry &b) {
  const auto place = [](const Entry &entry) {
    const toml::source_position &begin = entry.first->source().begin;
    return std::pair(begin.line, begin.column);
  };
  return place(a) < place(b);
}

/// The first lines of a text.
std::string_view firstLines(std::string_view text, std::int64_t count) {
  std::size_t end = 0; // behind a newline
  while (count-- > 0 && end < text.size())
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  return text.substr(0, end);
}

bool breaksLibrary(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
  } catch (const toml::parse_error &) {
  } catch (const BrokenClaim &) {
    return true;
  }
  return false;
}

/// The first line, from 1, up to which the text breaks the library.
std::int64_t findBreakingLine(std::string_view text) {
  std::int64_t last = 1 + std::count(text.begin(), text.end(), '\n');
  std::int64_t first = 1;
  while (first < last) {
    const std::int64_t middle = first + (last - first) / 2;
    if (breaksLibrary(firstLines(text, middle)))
      last = middle;
    else
      first = middle + 1;
  }
  return last;
}

/// Where a string that begins at `begin` ends: behind its closing quotes, or where it breaks off.
std::size_t findStringEnd(std::string_view text, std::size_t begin) {
  const std::string threeQuotes(3, text[begin]);
  const bool isLong = text.substr(begin, 3) == threeQuotes;
  const std::string_view closing = isLong ? std::string_view(threeQuotes) : text.substr(begin, 1);
  const bool hasEscapes = text[begin] == '"';
  std::size_t at = begin + closing.size();
  while (at < text.size() && text.substr(at, closing.size()) != closing) {
    if (!isLong && text[at] == '\n')
      return at;
    at += hasEscapes && text[at] == '\\' ? 2 : 1;
  }
  return std::min(at + closing.size(), text.size());
}

/// The line, from 1, of the first character beyond ASCII that is in no string and no comment. TOML
/// has none, and the library, asking whether it is a blank, goes where no program may.
std::optional<std::int64_t> findStrayCharacter(std::string_view text) {
  const std::string_view mark = "\xEF\xBB\xBF"; // of UTF-8, at the start of a file
  std::size_t at = text.starts_with(mark) ? mark.size() : 0;
  while (at < text.size()) {
    if (text[at] == '#')
      at = std::min(text.find('\n', at), text.size());
    else if (text[at] == '"' || text[at] == '\'')
      at = findStringEnd(text, at);
    else if (static_cast<unsigned char>(text[at]) >= 0x80)
      return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    else
      ++at;
  }
  return std::nullopt;
}

class Reader {
public:
  Reader(const std::string &path, const Program &program)
      : path(path), program(program), values(program.params.size()) {}

  std::vector<std::optional<ParamValue>> run(std::string_view text) {
    if (const std::optional<std::int64_t> line = findStrayCharacter(text))
      throw invalidAt(
          path, *line,
          "this line holds a character that is not ASCII outside of a string; quote it");
    try {
      const toml::table table = toml::parse(text, path);
      collect(table, /*isTop=*/true);
      std::sort(entries.begin(), entries.end(), isBefore);
      for (const auto &[key, node] : entries)
        readEntry(*key, *node);
    } catch (const toml::parse_error &error) {
      throw errorAt(error.source().begin, "this is no TOML: " + std::string(error.description()));
    } catch (const BrokenClaim &) {
      throw invalidAt(path, findBreakingLine(text), "this line is no TOML");
    }
    return std::move(values);
  }

private:
  Error errorAt(const toml::source_position &place, const std::string &message) const {
    return invalid(path + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                   ": " + message);
  }

  Error errorAt(const toml::key &key, const std::string &message) const {
    return errorAt(key.source().begin, message);
  }

  // A table keeps its entries by name; they are read in the order of the file.
  void collect(const toml::table &table, bool isTop) {
    for (const auto &[key, node] : table) {
      const toml::table *inner = node.as_table();
      if (isTop && inner && key.str() == program.name)
        collect(*inner, /*isTop=*/false);
      else
        entries.emplace_back(&key, &node);
    }
  }

  void readEntry(const toml::key &key, const toml::node &node) {
    const std::string name(key.str());
    for (std::size_t i = 0; i < program.params.size(); ++i) {
      if (canonical(program.params[i].name) != canonical(name))
        continue;
      if (values[i])
        throw errorAt(key, "`" + name + "` is set twice; keep one of the two");
      values[i] = readValue(key, node, program.params[i]);
      return;
    }
    throw errorAt(key, "`" + name + "` is no parameter of `" + program.name + "`" +
                           suggestion(name, names()) +
                           (nearestName(name, names()) ? "" : "; `--help` lists them"));
  }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const ParamSpec &param : program.params)
      names.push_back(param.name);
    return names;
  }

  ParamValue readValue(const toml::key &key, const toml::node &node, const ParamSpec &param) const {
    const ParamType type = typeOf(param.defaultValue);
    const std::optional<ParamValue> value = valueOf(node, type);
    if (!value)
      throw errorAt(node.source().begin,
                    "`" + param.name + "` takes " + (type == ParamType::Int ? "an " : "a ") +
                        std::string(nameOf(type)) + ", but this is " + describe(node));
    if (!isInRange(param, *value))
      throw errorAt(key, "`" + param.name + "` must be in " + rangeText(param) + ", but is " +
                             toText(*value) + declaredAt(param, program));
    return *value;
  }

  static std::optional<ParamValue> valueOf(const toml::node &node, ParamType type) {
    switch (type) {
    case ParamType::Bool:
      return as<bool>(node);
    case ParamType::String:
      return as<std::string>(node);
    case ParamType::Int:
      return node.is_floating_point() ? wholeOf(node.as_floating_point()->get())
                                      : as<std::int64_t>(node);
    case ParamType::Real:
      return realOf(node);
    }
    return std::nullopt;
  }

  template <typename T> static std::optional<ParamValue> as(const toml::node &node) {
    const toml::value<T> *value = node.as<T>();
    return value ? std::optional<ParamValue>(value->get()) : std::nullopt;
  }

  // Spelled as on the command line, where 1e6 is an int and `nan` is no real.
  static std::optional<ParamValue> wholeOf(double value) {
    return parseParam(ParamType::Int, shortest(value));
  }

  static std::optional<ParamValue> realOf(const toml::node &node) {
    const std::optional<double> value = node.is_number() ? node.value<double>() : std::nullopt;
    return value && std::isfinite(*value) ? std::optional<ParamValue>(*value) : std::nullopt;
  }

  static std::string describe(const toml::node &node) {
    if (node.is_table())
      return "a table";
    if (node.is_array())
      return "an array";
    if (const auto *text = node.as_string())
      return "the string \"" + text->get() + "\"";
    if (const auto *truth = node.as_boolean())
      return truth->get() ? "true" : "false";
    if (const auto *integer = node.as_integer())
      return std::to_string(integer->get());
    if (const auto *real = node.as_floating_point())
      return shortest(real->get());
    return "a date or a time";
  }

  const std::string &path;
  const Program &program;
  std::vector<Entry> entries;
  std::vector<std::optional<ParamValue>> values;
};

} // namespace

std::vector<std::optional<ParamValue>> readParamFile(const std::string &path,
                                                     const Program &program) {
  return parseParams(io::readFile(path), path, program);
}

std::vector<std::optional<ParamValue>> parseParams(std::string_view text, const std::string &path,
                                                   const Program &program) {
  return Reader(path, program).run(text);
}

} // namespace irh::rt::program
