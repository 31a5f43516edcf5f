//===- Driver.cpp - the commands of irhc -----------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Driver.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Driver/BuildCommand.h"
#include "compiler/Driver/EmitCommand.h"
#include "compiler/Driver/ExplainCommand.h"
#include "compiler/Driver/Flags.h"
#include "compiler/Driver/FmtCommand.h"
#include "compiler/Driver/Frontend.h"
#include "compiler/Driver/RunCommand.h"
#include "compiler/Target/DeviceCode.h"
#include "runtime/device/Driver.h"
#include "runtime/mpi/Place.h"
#include "runtime/program/Run.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <vector>

using llvm::ArrayRef;
using llvm::StringRef;

namespace irh::driver {

static constexpr const char *kUsage = R"(irhc: the compiler of irh models

  irhc run FILE [--PARAM VALUE ...]    compile in memory and run; --help lists the parameters
  irhc plan FILE [--PARAM VALUE ...]   how the networks are cut, and what a step sends
  irhc build FILE [-o PROGRAM]         make a program with the same flags; --emit=lib: a library;
                                       --arch=PROCESSOR: for another machine
  irhc check FILE                      report errors, and do nothing
  irhc fmt FILE...                     format in place; --check only names them; - is stdin
  irhc explain CODE                    what a diagnostic means, with an example
  irhc emit --stage=STAGE FILE         print a stage; --chip=CHIP: for sm_90, gfx942, ...; it is )";

static void printUsage(llvm::raw_ostream &os) {
  os << kUsage << llvm::join(stageNames(), " ") << "\n"
     << "  irhc --help                          this text\n\n"
     << "run, plan, build, check, emit and fmt take --diagnostics=text|json\n"
     << "run, build and emit take --target=cpu|cuda|hip|emulated: what runs the sweeps\n";
}

static int refuse(const llvm::Twine &message) {
  llvm::errs() << "irhc: error: " << message << "\n";
  return 1;
}

/// ": did you mean `x`?", or the list of what there is.
static std::string suggest(StringRef name, ArrayRef<StringRef> known) {
  StringRef nearest = diag::nearestName(name, known);
  if (!nearest.empty())
    return (": did you mean `" + nearest + "`?").str();
  return ": there are " + llvm::join(known, ", ");
}

/// The arguments of a command, and how it writes diagnostics.
struct CommandLine {
  std::vector<std::string> arguments;
  DiagnosticStyle style = DiagnosticStyle::Text;
  std::string unknownStyle; ///< What `--diagnostics=` has instead of a style.
};

/// Takes each `--diagnostics=STYLE` out of `arguments`.
static CommandLine takeStyle(ArrayRef<std::string> arguments) {
  CommandLine line;
  for (const std::string &argument : arguments) {
    StringRef style = argument;
    if (!style.consume_front("--diagnostics="))
      line.arguments.push_back(argument);
    else if (style == "json" || style == "text")
      line.style = style == "json" ? DiagnosticStyle::Json : DiagnosticStyle::Text;
    else
      line.unknownStyle = style.str();
  }
  return line;
}

static std::string describeStyle(const CommandLine &line) {
  return "`--diagnostics` is `text` or `json`, not `" + line.unknownStyle + "`";
}

static int checkCommand(const CommandLine &line) {
  for (const std::string &argument : line.arguments)
    if (StringRef(argument).starts_with("-"))
      return refuse("unknown flag `" + argument +
                    "` of `irhc check`: it takes `--diagnostics=text|json`");
  if (line.arguments.size() != 1)
    return refuse("`irhc check` takes one file: `irhc check model.irh`");
  return runFrontend(line.arguments[0], FrontendGoal::Model, line.style) ? 0 : 1;
}

/// What is wrong with the flags of `irhc emit`, taken together; else empty. Settles the target.
static std::string settleTarget(EmitOptions &options, StringRef named) {
  llvm::Expected<Target> asked = targetNamed(named.empty() ? "cpu" : named);
  if (!asked)
    return llvm::toString(asked.takeError());
  std::optional<Target> needed = targetOfStage(options.stage);
  if (needed && !named.empty() && *needed != *asked)
    return ("`" + options.stage + "` is a stage of `--target=" + nameOf(*needed) + "`").str();
  options.target = needed.value_or(*asked);
  std::optional<target::DeviceKind> kind = deviceOf(options.target);
  bool isOfProcessor =
      options.stage == "llvm" || options.stage == "llvm-ir" || options.stage == "asm";
  if (kind && isOfProcessor)
    return "`" + options.stage + "` is the processor's code: for a device's, take `--stage=" +
           (options.target == Target::Cuda ? "ptx" : "gcn") + "`";
  if (options.chip.empty())
    return {};
  if (!needed)
    return "`--chip` goes with `--stage=ptx`, `cubin`, `gcn` or `hsaco`";
  if (target::isChip(*kind, options.chip))
    return {};
  return "`" + options.chip + "` is no chip of `--target=" +
         (kind == target::DeviceKind::Cuda
              ? "cuda`: they are `sm_80` and later ones"
              : "hip`: they are `gfx908` and later ones of that family");
}

static int emitCommand(const CommandLine &line) {
  EmitOptions options{.style = line.style};
  std::string file, target;
  for (ArrayRef<std::string> rest = line.arguments; !rest.empty();) {
    if (std::optional<std::string> stage = takeFlag(rest, "--stage")) {
      options.stage = *stage;
    } else if (std::optional<std::string> name = takeFlag(rest, "--target")) {
      target = *name;
    } else if (std::optional<std::string> chip = takeFlag(rest, "--chip")) {
      options.chip = *chip;
    } else if (StringRef(rest.front()).starts_with("-")) {
      return refuse("unknown flag `" + rest.front() +
                    "` of `irhc emit`: it takes `--stage=STAGE`, `--target=TARGET` and "
                    "`--chip=CHIP`");
    } else if (!file.empty()) {
      return refuse("`irhc emit` takes one file, and there are `" + file + "` and `" +
                    rest.front() + "`");
    } else {
      file = rest.front();
      rest = rest.drop_front();
    }
  }
  llvm::SmallVector<StringRef> known = stageNames();
  if (options.stage.empty() || file.empty())
    return refuse("`irhc emit` takes a stage and a file: `irhc emit --stage=fused model.irh`; "
                  "stages are " +
                  llvm::join(known, ", "));
  if (!llvm::is_contained(known, options.stage))
    return refuse("unknown stage `" + options.stage + "`" + suggest(options.stage, known));
  if (std::string wrong = settleTarget(options, target); !wrong.empty())
    return refuse(wrong);
  return emitStage(file, options);
}

enum class RunGoal { Rows, Plan };

static bool hasParam(const sema::Model &model, StringRef name) {
  return llvm::any_of(model.params, [&](const sema::Param &param) { return name == param.name; });
}

/// The flags behind a model, of its program and of ours.
struct ProgramFlags {
  std::vector<std::string> arguments;
  std::string target = "cpu";
};

static ProgramFlags takeTarget(ArrayRef<std::string> rest, const sema::Model &model) {
  ProgramFlags flags;
  bool isOurs = !hasParam(model, "target");
  while (!rest.empty()) {
    if (std::optional<std::string> target; isOurs && (target = takeFlag(rest, "--target"))) {
      flags.target = *target;
      continue;
    }
    flags.arguments.push_back(rest.front());
    rest = rest.drop_front();
  }
  return flags;
}

/// `all` is what `line` was taken from, and the command. Where a parameter of the model bears the
/// name of the flag, the flag behind the file is the parameter's, as with every flag of the
/// program.
static int runCommand(const CommandLine &line, ArrayRef<std::string> all, RunGoal goal) {
  // Under mpirun the ranks agree on what is said.
  bool isRank = rt::mpi::findPlace().has_value();
  auto refuseRun = [&](const llvm::Twine &message) {
    return isRank ? rt::program::endUncompiled(1, ("irhc: error: " + message + "\n").str())
                  : refuse(message);
  };
  if (line.arguments.empty() || StringRef(line.arguments[0]).starts_with("-"))
    return refuseRun("`irhc " + all.front() + "` takes a file, then its flags: `irhc " +
                     all.front() + " model.irh --help`");
  const std::string &file = line.arguments[0];
  std::string said;
  llvm::raw_string_ostream saying(said);
  llvm::raw_ostream &os = isRank ? static_cast<llvm::raw_ostream &>(saying) : llvm::errs();
  auto input = runFrontend(file, FrontendGoal::Model, line.style, os);
  if (!input)
    return rt::program::endUncompiled(1, said);
  bool isParam = hasParam(*input->model, "diagnostics");
  if (!isParam && !line.unknownStyle.empty())
    return refuseRun(describeStyle(line));
  ArrayRef<std::string> flags =
      isParam ? all.drop_until([&](const std::string &argument) { return argument == file; })
              : ArrayRef<std::string>(line.arguments);
  ProgramFlags ofProgram = takeTarget(flags.drop_front(), *input->model);
  llvm::Expected<Target> target = targetNamed(ofProgram.target);
  if (!target)
    return refuseRun(llvm::toString(target.takeError()));
  if (goal == RunGoal::Plan) { // What is sent does not depend on what computes it.
    ofProgram.arguments.push_back("--irh-plan");
    target = Target::Cpu;
  }
  std::optional<target::DeviceKind> device = deviceOf(*target);
  bool runs = !llvm::is_contained(ofProgram.arguments, "--help");
  if (std::string why = device && runs ? rt::device::whyNoDevice(*device) : ""; !why.empty())
    return refuseRun(why);
  return runModel(*input, std::move(ofProgram.arguments), *target);
}

int runIrhc(ArrayRef<std::string> arguments) {
  if (arguments.empty()) {
    printUsage(llvm::errs());
    return 1;
  }
  StringRef command = arguments[0];
  auto isHelp = [](StringRef word) { return word == "--help" || word == "-h"; };
  bool asksForHelp = arguments.size() > 1 && isHelp(arguments[1]);
  if (isHelp(command) || command == "help" || asksForHelp) {
    printUsage(llvm::outs());
    return 0;
  }
  CommandLine line = takeStyle(arguments.drop_front());
  if (command == "run" || command == "plan")
    return runCommand(line, arguments, command == "run" ? RunGoal::Rows : RunGoal::Plan);
  if (!line.unknownStyle.empty())
    return refuse(describeStyle(line));
  if (command == "check")
    return checkCommand(line);
  if (command == "build")
    return buildCommand(line.arguments, line.style);
  if (command == "emit")
    return emitCommand(line);
  if (command == "fmt")
    return fmtCommand(line.arguments, line.style);
  if (command == "explain")
    return explainCommand(line.arguments);
  return refuse("unknown command `" + command + "`" +
                suggest(command, {"run", "plan", "build", "check", "emit", "fmt", "explain"}));
}

} // namespace irh::driver
