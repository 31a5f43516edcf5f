//===- DistDialect.td - the `dist` dialect ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIST_DIALECT_TD
#define IRH_DIST_DIALECT_TD

include "mlir/IR/OpBase.td"

def Dist_Dialect : Dialect {
  let name = "dist";
  let cppNamespace = "::irh::dist";
  let summary = "Who owns which points, and what travels between ranks";
  let dependentDialects = ["::irh::field::FieldDialect"];
}

#endif // IRH_DIST_DIALECT_TD
