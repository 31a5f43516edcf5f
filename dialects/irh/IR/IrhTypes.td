//===- IrhTypes.td - types of the `irh` dialect -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_IRH_TYPES_TD
#define IRH_IRH_TYPES_TD

include "dialects/irh/IR/IrhDialect.td"
include "mlir/IR/AttrTypeBase.td"

def Irh_String : TypeDef<Irh_Dialect, "String"> {
  let mnemonic = "string";
  let summary = "text: the name of a file";
}

def Irh_List : TypeDef<Irh_Dialect, "List"> {
  let mnemonic = "list";
  let summary = "reals; how many is known when it is made";
}

#endif // IRH_IRH_TYPES_TD
