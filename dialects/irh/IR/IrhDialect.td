//===- IrhDialect.td - the `irh` dialect ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_IRH_DIALECT_TD
#define IRH_IRH_DIALECT_TD

include "mlir/IR/OpBase.td"

def Irh_Dialect : Dialect {
  let name = "irh";
  let cppNamespace = "::irh::model";
  let summary = "A model, in the shape of its source";
  let description = [{
    One operation for each declaration and statement of the language, in source order. Expressions
    are regions over scalars, at one point: `arith`, `math` and `complex` for arithmetic, and the
    operations below for whatever has a name. Every name, type and set is known.
  }];
  let useDefaultTypePrinterParser = 1;
}

#endif // IRH_IRH_DIALECT_TD
