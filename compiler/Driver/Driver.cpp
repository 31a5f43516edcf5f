//===- Driver.cpp - the commands of irhc -----------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Driver.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Driver/EmitCommand.h"
#include "compiler/Driver/Frontend.h"
#include "compiler/Driver/RunCommand.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using llvm::ArrayRef;
using llvm::StringRef;

namespace irh::driver {

static constexpr const char *kUsage = R"(irhc: the compiler of irh models

  irhc run FILE [--PARAM VALUE ...]    compile in memory and run; --help lists the parameters
  irhc check FILE                      report errors, and do nothing
  irhc emit --stage=STAGE FILE         print a stage: )";

static void printUsage(llvm::raw_ostream &os) {
  os << kUsage << llvm::join(stageNames(), " ") << "\n"
     << "  irhc --help                          this text\n";
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

static int checkCommand(ArrayRef<std::string> arguments) {
  if (arguments.size() != 1 || StringRef(arguments[0]).starts_with("-"))
    return refuse("`irhc check` takes one file: `irhc check model.irh`");
  return runFrontend(arguments[0], FrontendGoal::Model) ? 0 : 1;
}

static int emitCommand(ArrayRef<std::string> arguments) {
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
  return emitStage(file, stage);
}

static int runCommand(ArrayRef<std::string> arguments) {
  if (arguments.empty() || StringRef(arguments[0]).starts_with("-"))
    return refuse("`irhc run` takes a file, then its flags: `irhc run model.irh --help`");
  auto input = runFrontend(arguments[0], FrontendGoal::Model);
  if (!input)
    return 1;
  return runModel(*input, arguments.drop_front().vec());
}

int runIrhc(ArrayRef<std::string> arguments) {
  if (arguments.empty()) {
    printUsage(llvm::errs());
    return 1;
  }
  StringRef command = arguments[0];
  if (command == "--help" || command == "-h" || command == "help") {
    printUsage(llvm::outs());
    return 0;
  }
  if (command == "run")
    return runCommand(arguments.drop_front());
  if (command == "check")
    return checkCommand(arguments.drop_front());
  if (command == "emit")
    return emitCommand(arguments.drop_front());
  return refuse("unknown command `" + command + "`" + suggest(command, {"run", "check", "emit"}));
}

} // namespace irh::driver
