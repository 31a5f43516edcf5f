//===- Toolkit.cpp - a vendor's tools and libraries for its devices ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Target/Toolkit.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

#include <optional>

using llvm::StringRef;
using llvm::Twine;

namespace irh::target {

using Folders = llvm::SmallVector<std::string>;

static void addVariable(Folders &folders, StringRef variable) {
  if (std::optional<std::string> value = llvm::sys::Process::GetEnv(variable))
    folders.push_back(*value);
}

/// The first folder that has `name`, or nothing.
static std::string findIn(const Folders &folders, const Twine &name) {
  for (const std::string &folder : folders)
    if (!folder.empty() && llvm::sys::fs::exists(folder + "/" + name))
      return folder;
  return {};
}

static Toolkit findCuda() {
  Folders roots;
  addVariable(roots, "CUDA_HOME");
  addVariable(roots, "CUDA_PATH");
  if (auto ptxas = llvm::sys::findProgramByName("ptxas"))
    roots.push_back(llvm::sys::path::parent_path(llvm::sys::path::parent_path(*ptxas)).str());
  roots.append({"/usr/local/cuda", "/usr/lib/cuda", "/usr/lib/nvidia-cuda-toolkit"});
  Toolkit toolkit;
  toolkit.root = findIn(roots, "bin/ptxas");
  if (!toolkit.root.empty())
    toolkit.assembler = toolkit.root + "/bin/ptxas";
  for (StringRef inside : {"/nvvm/libdevice/libdevice.10.bc", "/libdevice/libdevice.10.bc"})
    if (std::string root = findIn(roots, inside); toolkit.library.empty() && !root.empty())
      toolkit.library = root + inside.str();
  return toolkit;
}

/// Debian's libraries are in a folder named after the machine.
static Folders multiarchFolders() {
  Folders folders;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator entry("/usr/lib", error), last; entry != last && !error;
       entry.increment(error))
    if (StringRef(entry->path()).ends_with("-linux-gnu"))
      folders.push_back(entry->path());
  return folders;
}

static Toolkit findHip() {
  Folders roots;
  addVariable(roots, "ROCM_PATH");
  roots.append({"/opt/rocm", "/usr"});
  roots.append(multiarchFolders());
  Toolkit toolkit;
  std::string debian = "/usr/lib/llvm-" + std::to_string(LLVM_VERSION_MAJOR);
  if (std::string root = findIn(roots, "llvm/bin/ld.lld"); !root.empty())
    toolkit.assembler = root + "/llvm/bin/ld.lld";
  else if (llvm::sys::fs::exists(debian + "/bin/ld.lld"))
    toolkit.assembler = debian + "/bin/ld.lld";
  else if (auto lld = llvm::sys::findProgramByName("ld.lld"))
    toolkit.assembler = *lld;
  if (std::string root = findIn(roots, "amdgcn/bitcode/ocml.bc"); !root.empty())
    toolkit.library = root + "/amdgcn/bitcode";
  return toolkit;
}

Toolkit findToolkit(DeviceKind kind) { return kind == DeviceKind::Cuda ? findCuda() : findHip(); }

} // namespace irh::target
