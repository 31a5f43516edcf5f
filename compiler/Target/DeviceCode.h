//===- DeviceCode.h - kernels of devices to their assembly and objects ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_TARGET_DEVICECODE_H
#define IRH_COMPILER_TARGET_DEVICECODE_H

#include "compiler/Target/Toolkit.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace mlir {
class DialectRegistry;
}

namespace irh::target {

/// Assembly is PTX or GCN; an object is a cubin or a code object, which a driver loads.
enum class DeviceFormat { Assembly, Object };

struct DeviceOptions {
  DeviceKind kind;
  DeviceFormat format;
  std::string chip; ///< `sm_90`, `gfx90a`: one that isChip.
};

/// The chip that code is made for where none is said: the oldest that is served.
llvm::StringRef defaultChip(DeviceKind kind);

/// Whether LLVM makes code for a chip of that name, which has arithmetic in double precision and
/// all else that kernels need.
bool isChip(DeviceKind kind, llvm::StringRef name);

/// What the code of devices is made from; before a context is made from `registry`.
void registerDeviceDialects(mlir::DialectRegistry &registry);

/// Code of the kernels in `module`, which is in the LLVM dialect; empty if it has none. Fails with
/// a MissingTool where this machine lacks a library that the kernels call, or a tool.
llvm::Expected<std::string> emitDeviceCode(mlir::ModuleOp module, const DeviceOptions &options);

/// What a user can mend by installing something; the message says what.
class MissingTool : public llvm::ErrorInfo<MissingTool> {
public:
  static char ID;
  explicit MissingTool(std::string message) : message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override { os << message; }
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

private:
  std::string message;
};

} // namespace irh::target

#endif // IRH_COMPILER_TARGET_DEVICECODE_H
