//===- BuildCommand.cpp - irhc build ----------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/BuildCommand.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Driver/Backend.h"
#include "compiler/Driver/Flags.h"
#include "compiler/Driver/Header.h"
#include "compiler/Driver/Link.h"
#include "compiler/Driver/RunCommand.h"
#include "compiler/Target/DeviceImages.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>

using namespace llvm;
using mlir::ModuleOp;

namespace irh::driver {
namespace {

/// What the arguments ask for.
struct BuildRequest {
  std::string file;
  std::string output; ///< Empty: named after the model.
  std::string arch = "native";
  std::string emit = "program"; ///< Or `lib`.
  std::string target = "cpu";
};

/// A flag of `irhc build` and where its value goes.
struct BuildFlag {
  StringRef name;
  std::string BuildRequest::*value;
};

} // namespace

static constexpr BuildFlag kFlags[] = {{"-o", &BuildRequest::output},
                                       {"--arch", &BuildRequest::arch},
                                       {"--emit", &BuildRequest::emit},
                                       {"--target", &BuildRequest::target}};

static int refuse(const Twine &message) {
  errs() << "irhc: error: " << message << "\n";
  return 1;
}

/// Takes one of kFlags off the front of `rest`. False if another argument stands there.
static bool readFlag(ArrayRef<std::string> &rest, BuildRequest &request) {
  for (const BuildFlag &flag : kFlags)
    if (std::optional<std::string> value = takeFlag(rest, flag.name)) {
      request.*flag.value = *value;
      return true;
    }
  return false;
}

/// Nothing if the arguments are wrong, which has been said.
static std::optional<BuildRequest> readRequest(ArrayRef<std::string> arguments) {
  BuildRequest request;
  for (ArrayRef<std::string> rest = arguments; !rest.empty();) {
    if (readFlag(rest, request))
      continue;
    StringRef argument = rest.front();
    rest = rest.drop_front();
    if (argument.starts_with("-")) {
      refuse("`" + argument +
             "` is no flag of `irhc build`: it takes `-o FILE`, `--arch=PROCESSOR`, "
             "`--emit=program|lib` and `--target=TARGET`");
      return std::nullopt;
    }
    if (!request.file.empty()) {
      refuse("`irhc build` takes one file, and there are `" + request.file + "` and `" + argument +
             "`");
      return std::nullopt;
    }
    request.file = argument.str();
  }
  if (!request.file.empty())
    return request;
  refuse("`irhc build` takes a file: `irhc build model.irh -o model`");
  return std::nullopt;
}

/// Nothing if there is no such processor, which has been said.
static std::optional<target::Machine> findMachine(StringRef arch) {
  if (arch == "native")
    return target::hostMachine();
  std::vector<std::string> names = target::processorNames();
  if (is_contained(names, arch))
    return target::machineWith(arch);
  SmallVector<StringRef> known(names.begin(), names.end());
  known.push_back("native");
  StringRef nearest = diag::nearestName(arch, known);
  refuse("no processor is called `" + arch + "`: " +
         (nearest.empty()
              ? "there are `native`, and those that `clang --print-supported-cpus` lists"
              : "did you mean `" + nearest.str() + "`?"));
  return std::nullopt;
}

/// Nothing if it is no product, which has been said.
static std::optional<target::Product> findProduct(StringRef emit) {
  if (emit == "program")
    return target::Product::Program;
  if (emit == "lib")
    return target::Product::Library;
  refuse("`--emit` is `program` or `lib`, not `" + emit + "`");
  return std::nullopt;
}

/// Where the header of a library goes: beside it, `libmodel.so` with `model.h`.
static std::string headerPath(StringRef library) {
  StringRef name = sys::path::stem(library);
  name.consume_front("lib");
  SmallString<128> path = sys::path::parent_path(library);
  sys::path::append(path, name + ".h");
  return std::string(path);
}

/// A model on its way to a file.
struct Build {
  const Input &input;
  const std::string &output;
  target::Machine machine;
  target::Product product;
  Target target;
};

/// The bytes of an object file.
static Expected<std::string> compileObject(const Build &build, ModuleOp module,
                                           const rt::program::Program &program) {
  if (std::optional<target::DeviceKind> device = deviceOf(build.target))
    if (Error error = target::embedImages(module, target::imagesToBuild(*device)))
      return std::move(error);
  return target::emitObject(
      module, {.product = build.product, .machine = build.machine, .program = program});
}

static int runBuild(const Build &build) {
  rt::program::Program program = describeProgram(build.input);
  LoweredModel lowered =
      runBackend(build.input, {.lastPhase = "",
                               .isEmbedded = build.product == target::Product::Library,
                               .machine = build.machine,
                               .target = build.target});
  if (!lowered.module)
    return 3;
  Expected<std::string> object = compileObject(build, *lowered.module, program);
  if (!object)
    return reportFailure(build.input, object.takeError());
  LinkOptions options{.product = build.product, .hasVectorCalls = build.machine.vectorWidth > 1};
  Error error = linkObject(*object, build.output, options);
  if (!error && build.product == target::Product::Library)
    error = writeWhole(headerPath(build.output), makeHeader(program));
  return error ? refuse(toString(std::move(error))) : 0;
}

int buildCommand(ArrayRef<std::string> arguments, DiagnosticStyle style) {
  std::optional<BuildRequest> request = readRequest(arguments);
  if (!request)
    return 1;
  std::optional<target::Product> product = findProduct(request->emit);
  std::optional<target::Machine> machine = findMachine(request->arch);
  if (!product || !machine)
    return 1;
  Expected<Target> target = targetNamed(request->target);
  if (!target)
    return refuse(toString(target.takeError()));
  auto input = runFrontend(request->file, FrontendGoal::Model, style);
  if (!input)
    return 1;
  if (request->output.empty())
    request->output = *product == target::Product::Program ? input->model->name
                                                           : "lib" + input->model->name + ".so";
  if (sys::fs::equivalent(request->file, request->output))
    return refuse("`" + request->output + "` is the model itself; name another file with `-o`");
  return runBuild({*input, request->output, *machine, *product, *target});
}

} // namespace irh::driver
