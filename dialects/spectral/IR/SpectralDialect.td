//===- SpectralDialect.td - the `spectral` dialect --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_SPECTRAL_DIALECT_TD
#define IRH_SPECTRAL_DIALECT_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"

def Spectral_Dialect : Dialect {
  let name = "spectral";
  let cppNamespace = "::irh::spectral";
  let summary = "Matrices, and what is asked of them";
  let description = [{
    A matrix is made of fields: one of the nodes for its diagonal, one of the edges for all other
    entries. Traces, determinants and eigenvalues are values of the whole model, which the runtime
    finds by a method of its own choice.
  }];
  let dependentDialects = ["::irh::field::FieldDialect"];
  let useDefaultTypePrinterParser = 1;
}

def Spectral_Matrix : TypeDef<Spectral_Dialect, "Matrix"> {
  let mnemonic = "matrix";
  let summary = "a Hermitian matrix over the nodes of a network";
}

#endif // IRH_SPECTRAL_DIALECT_TD
