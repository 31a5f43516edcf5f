//===- Link.cpp - an object and the runtime into one file -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Link.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>

using namespace llvm;

namespace irh::driver {
namespace {

/// A file beside the one that is wanted, with a name of its own; gone at the end, or when the
/// process is stopped.
class Scratch {
public:
  static Expected<Scratch> create(StringRef wanted, StringRef suffix) {
    SmallString<128> path;
    int descriptor = -1;
    std::error_code failure =
        sys::fs::createUniqueFile(wanted + ".%%%%%%" + suffix, descriptor, path);
    if (failure)
      return createStringError("cannot write `" + wanted + "`: " + failure.message());
    return Scratch(path, descriptor);
  }

  Scratch(Scratch &&other) : path(std::move(other.path)), descriptor(other.descriptor) {
    other.path.clear();
  }
  ~Scratch() {
    if (path.empty())
      return;
    sys::fs::remove(path);
    sys::DontRemoveFileOnSignal(path);
  }

  StringRef name() const { return path; }

  Error write(StringRef text) {
    raw_fd_ostream os(std::exchange(descriptor, -1), /*shouldClose=*/true);
    os << text;
    os.flush();
    if (!os.has_error())
      return Error::success();
    std::string reason = os.error().message();
    os.clear_error();
    return createStringError("cannot write `" + path + "`: " + reason);
  }

  /// For a file that another program writes.
  void close() { raw_fd_ostream(std::exchange(descriptor, -1), /*shouldClose=*/true); }

  Error becomes(StringRef wanted) {
    if (std::error_code failure = sys::fs::rename(path, wanted))
      return createStringError("cannot write `" + wanted + "`: " + failure.message());
    sys::DontRemoveFileOnSignal(path);
    path.clear();
    return Error::success();
  }

private:
  Scratch(StringRef path, int descriptor) : path(path.str()), descriptor(descriptor) {
    sys::RemoveFileOnSignal(path);
  }

  std::string path;
  int descriptor;
};

} // namespace

Error writeWhole(StringRef path, StringRef text) {
  Expected<Scratch> scratch = Scratch::create(path, "");
  if (!scratch)
    return scratch.takeError();
  if (Error error = scratch->write(text))
    return error;
  return scratch->becomes(path);
}

static Expected<std::string> findLinker() {
  static constexpr StringRef kNames[] = {"clang++-22", "clang++", "c++", "g++"};
  for (StringRef name : kNames)
    if (ErrorOr<std::string> path = sys::findProgramByName(name))
      return *path;
  return createStringError("linking takes a C++ compiler, and none of `" +
                           join(ArrayRef(kNames), "`, `") + "` is on PATH; install one");
}

/// In a build tree it lies in runtime/, where irh is installed in lib/; both beside this program's
/// folder.
static Expected<std::string> findRuntime() {
  std::string self = sys::fs::getMainExecutable(nullptr, reinterpret_cast<void *>(&findLinker));
  StringRef root = sys::path::parent_path(sys::path::parent_path(self));
  for (StringRef folder : {"runtime", "lib"}) {
    SmallString<128> path(root);
    sys::path::append(path, folder, "libirh_runtime.a");
    if (sys::fs::exists(path))
      return std::string(path);
  }
  return createStringError("the runtime is missing: there is no libirh_runtime.a in `" + root +
                           "/runtime` or `" + root + "/lib`; install irh anew");
}

/// The runtime of a tree with sanitizers calls them.
static void addSanitizerFlags([[maybe_unused]] SmallVectorImpl<StringRef> &command) {
#if __has_feature(address_sanitizer)
  command.push_back("-fsanitize=address");
#endif
#if __has_feature(undefined_behavior_sanitizer)
  command.push_back("-fsanitize=undefined");
#endif
#if __has_feature(thread_sanitizer)
  command.push_back("-fsanitize=thread");
#endif
}

/// Runs the command; what it says is part of the error.
static Error runLinker(ArrayRef<StringRef> command) {
  SmallString<128> said;
  if (std::error_code failure = sys::fs::createTemporaryFile("irhc-link", "txt", said))
    return createStringError("cannot write a temporary file: " + failure.message());
  std::optional<StringRef> redirects[] = {std::nullopt, StringRef(said), StringRef(said)};
  std::string reason;
  int code = sys::ExecuteAndWait(command[0], command, std::nullopt, redirects, 0, 0, &reason);
  ErrorOr<std::unique_ptr<MemoryBuffer>> output = MemoryBuffer::getFile(said);
  std::string text = output ? (*output)->getBuffer().str() : "";
  sys::fs::remove(said);
  if (code == 0)
    return Error::success();
  return createStringError("linking failed: `" + join(command, " ") + "`\n" +
                           StringRef(text.empty() ? reason : text).rtrim());
}

Error linkObject(StringRef object, StringRef output, const LinkOptions &options) {
  Expected<std::string> linker = findLinker();
  if (!linker)
    return linker.takeError();
  Expected<std::string> runtime = findRuntime();
  if (!runtime)
    return runtime.takeError();
  Expected<Scratch> code = Scratch::create(output, ".o");
  if (!code)
    return code.takeError();
  if (Error error = code->write(object))
    return error;
  Expected<Scratch> linked = Scratch::create(output, "");
  if (!linked)
    return linked.takeError();
  linked->close();
  SmallVector<StringRef> command = {*linker, "-o", linked->name(), code->name(), *runtime};
  if (options.product == target::Product::Library)
    command.append({"-shared", "-Wl,--exclude-libs,ALL"});
  addSanitizerFlags(command);
  command.push_back("-pthread");
  if (options.hasVectorCalls)
    command.push_back("-lmvec");
  if (Error error = runLinker(command))
    return error;
  return linked->becomes(output);
}

} // namespace irh::driver
