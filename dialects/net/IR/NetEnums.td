//===- NetEnums.td - enumerations of the `net` dialect --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_NET_ENUMS_TD
#define IRH_NET_ENUMS_TD

include "mlir/IR/EnumAttr.td"

def Net_EdgeEnd : I32EnumAttr<"EdgeEnd", "an end of an edge", [
    I32EnumAttrCase<"Src", 0, "src">, I32EnumAttrCase<"Dst", 1, "dst">]> {
  let cppNamespace = "::irh::net";
}

#endif // IRH_NET_ENUMS_TD
