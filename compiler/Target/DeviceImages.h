//===- DeviceImages.h - kernels of devices as data of their program ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_TARGET_DEVICEIMAGES_H
#define IRH_COMPILER_TARGET_DEVICEIMAGES_H

#include "compiler/Target/DeviceCode.h"

#include <vector>

namespace irh::target {

/// What a program is given of its kernels, the first that fits being used. One that runs here and
/// now: PTX, which the driver compiles for its device, or a code object for each AMD device that is
/// served. One that is built: objects for today's devices as well, where ptxas is found.
std::vector<DeviceOptions> imagesToRun(DeviceKind kind);
std::vector<DeviceOptions> imagesToBuild(DeviceKind kind);

/// Replaces the kernels in `module`, which is in the LLVM dialect, by their images; @irh_main hands
/// them to the runtime before all else. Errors: as of emitDeviceCode.
llvm::Error embedImages(mlir::ModuleOp module, llvm::ArrayRef<DeviceOptions> images);

} // namespace irh::target

#endif // IRH_COMPILER_TARGET_DEVICEIMAGES_H
