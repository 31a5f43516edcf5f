//===- Toolkit.h - a vendor's tools and libraries for its devices --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// None of them is needed to build irh; each is looked for when code for a device is made.

#ifndef IRH_COMPILER_TARGET_TOOLKIT_H
#define IRH_COMPILER_TARGET_TOOLKIT_H

#include "runtime/abi/Abi.h"

#include <string>

namespace irh::target {

using abi::DeviceKind;

/// Paths; empty for what this machine lacks.
struct Toolkit {
  std::string root;      ///< Of CUDA: the folder with bin/ptxas.
  std::string assembler; ///< ptxas, or ld.lld.
  std::string library;   ///< libdevice.10.bc, or the folder with ocml.bc.
};

/// Looks in $CUDA_HOME, $CUDA_PATH, beside the ptxas in $PATH and in the usual folders; for HIP in
/// $ROCM_PATH, /opt/rocm, and where Debian has LLVM's linker and the device libraries.
Toolkit findToolkit(DeviceKind kind);

} // namespace irh::target

#endif // IRH_COMPILER_TARGET_TOOLKIT_H
