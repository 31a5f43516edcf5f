//===- Target.h - LLVM dialect to machine code of this machine ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_TARGET_TARGET_H
#define IRH_COMPILER_TARGET_TARGET_H

#include "runtime/program/Program.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace llvm::orc {
class LLJIT;
}

namespace irh::target {

/// What the phases must know of the machine that the code is for.
struct Machine {
  bool hasFma = false;
  int64_t vectorWidth = 1;    ///< Lanes of the C library's vector functions.
  std::string processor = {}; ///< A name of LLVM's; empty for the host's own.
};

/// The machine this program runs on.
Machine hostMachine();

/// The names of processors that code can be made for, of the host's family.
std::vector<std::string> processorNames();

/// A machine with that processor, one of processorNames().
Machine machineWith(llvm::StringRef processor);

/// Optimized assembly of a module in the LLVM dialect.
llvm::Expected<std::string> emitAssembly(mlir::ModuleOp module);

/// Optimized LLVM IR, as text.
llvm::Expected<std::string> emitLlvmIr(mlir::ModuleOp module);

/// What an object is linked into.
enum class Product { Program, Library };

struct ObjectOptions {
  Product product = Product::Program;
  const Machine &machine;
  const rt::program::Program &program;
};

/// An object file with the optimized module, a table that describes the program, and either a
/// `main` that runs it or the functions of runtime/embed/EmbedCalls.def. It calls the runtime and
/// the C library's mathematical functions, scalar and vector.
llvm::Expected<std::string> emitObject(mlir::ModuleOp module, const ObjectOptions &options);

/// A symbol that compiled code may call, and where it is in this process.
using Symbol = std::pair<llvm::StringRef, void *>;

/// Compiled code in this process; it lives as long as this.
class CompiledModule {
public:
  CompiledModule(std::unique_ptr<llvm::orc::LLJIT> jit);
  CompiledModule(CompiledModule &&);
  ~CompiledModule();

  /// Address of a function.
  llvm::Expected<void *> lookup(llvm::StringRef name) const;

private:
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

/// Compiles a module in the LLVM dialect into this process. It may call `symbols` and the C
/// library's mathematical functions, scalar and vector.
llvm::Expected<CompiledModule> compile(mlir::ModuleOp module, llvm::ArrayRef<Symbol> symbols);

} // namespace irh::target

#endif // IRH_COMPILER_TARGET_TARGET_H
