//===- NetDialect.td - the `net` dialect ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_NET_DIALECT_TD
#define IRH_NET_DIALECT_TD

include "mlir/IR/OpBase.td"

def Net_Dialect : Dialect {
  let name = "net";
  let cppNamespace = "::irh::net";
  let summary = "Networks, and what walks them";
  let description = [{
    Operations that make a network, and the two ways in which a sweep looks beyond its own point:
    `net.reduce` from a node to its neighbours, `net.end` from an edge to its ends.
  }];
  let dependentDialects = ["::irh::field::FieldDialect"];
}

#endif // IRH_NET_DIALECT_TD
