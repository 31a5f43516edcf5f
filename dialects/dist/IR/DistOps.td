//===- DistOps.td - operations of the `dist` dialect ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIST_OPS_TD
#define IRH_DIST_OPS_TD

include "dialects/dist/IR/DistDialect.td"
include "dialects/field/IR/FieldTypes.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Dist_Op<string mnemonic, list<Trait> traits = []>
    : Op<Dist_Dialect, mnemonic, traits>;

def Dist_ExchangeOp : Dist_Op<"exchange", [DeclareOpInterfaceMethods<InferTypeOpInterface>]> {
  let summary = "bring the ghosts of fields up to date";
  let description = [{
    Each result is its operand with every ghost equal to the value that its owner holds. Owned
    values are unchanged, and operand and result share their memory. One message goes to each
    neighbouring rank, whatever the number of fields; on one rank nothing happens.

    ```mlir
    %fresh = dist.exchange %theta : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins Variadic<Field_Values>:$fields);
  let results = (outs Variadic<Field_Values>:$results);
  let assemblyFormat = "$fields attr-dict `:` qualified(type($fields))";
  let hasVerifier = 1;
}

#endif // IRH_DIST_OPS_TD
