//===- Driver.cpp - the commands of irhc -----------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Driver.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Driver/BuildCommand.h"
#include "compiler/Driver/EmitCommand.h"
#include "compiler/Driver/ExplainCommand.h"
#include "compiler/Driver/FmtCommand.h"
#include "compiler/Driver/Frontend.h"
#include "compiler/Driver/RunCommand.h"
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
  irhc emit --stage=STAGE FILE         print a stage: )";

static void printUsage(llvm::raw_ostream &os) {
  os << kUsage << llvm::join(stageNames(), " ") << "\n"
     << "  irhc --help                          this text\n\n"
     << "run, plan, build, check, emit and fmt take --diagnostics=text|json\n";
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

static int emitCommand(const CommandLine &line) {
  ArrayRef<std::string> arguments = line.arguments;
  StringRef stage;
  std::string file;
  for (size_t i = 0; i < arguments.size(); ++i) {
    StringRef argument = arguments[i];
    if (argument.consume_front("--stage=")) {
      stage = argument;
    } else if (argument == "--stage" && i + 1 < arguments.size()) {
      stage = arguments[++i];
    } else if (argument.starts_with("-")) {
      return refuse("unknown flag `" + argument + "` of `irhc emit`: it takes `--stage=STAGE`");
    } else if (!file.empty()) {
      return refuse("`irhc emit` takes one file, and there are `" + file + "` and `" + argument +
                    "`");
    } else {
      file = argument.str();
    }
  }
  llvm::SmallVector<StringRef> known = stageNames();
  if (stage.empty() || file.empty())
    return refuse("`irhc emit` takes a stage and a file: `irhc emit --stage=fused model.irh`; "
                  "stages are " +
                  llvm::join(known, ", "));
  if (!llvm::is_contained(known, stage))
    return refuse("unknown stage `" + stage + "`" + suggest(stage, known));
  return emitStage(file, stage, line.style);
}

enum class RunGoal { Rows, Plan };

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
  bool isParam = llvm::any_of(input->model->params,
                              [](const sema::Param &param) { return param.name == "diagnostics"; });
  if (!isParam && !line.unknownStyle.empty())
    return refuseRun(describeStyle(line));
  ArrayRef<std::string> flags =
      isParam ? all.drop_until([&](const std::string &argument) { return argument == file; })
              : ArrayRef<std::string>(line.arguments);
  std::vector<std::string> ofProgram = flags.drop_front().vec();
  if (goal == RunGoal::Plan)
    ofProgram.push_back("--irh-plan");
  return runModel(*input, std::move(ofProgram));
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
