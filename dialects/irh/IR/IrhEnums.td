//===- IrhEnums.td - enumerations of the `irh` dialect --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_IRH_ENUMS_TD
#define IRH_IRH_ENUMS_TD

include "mlir/IR/EnumAttr.td"

def Irh_SetKind : I32EnumAttr<"SetKind", "where values live", [
    I32EnumAttrCase<"Global", 0, "global">, I32EnumAttrCase<"Nodes", 1, "nodes">,
    I32EnumAttrCase<"Edges", 2, "edges">]> {
  let cppNamespace = "::irh::model";
}

def Irh_Place : I32EnumAttr<"Place", "the point at which a name is read", [
    I32EnumAttrCase<"Here", 0, "here">, I32EnumAttrCase<"Neighbour", 1, "neighbour">,
    I32EnumAttrCase<"Src", 2, "src">, I32EnumAttrCase<"Dst", 3, "dst">]> {
  let cppNamespace = "::irh::model";
}

def Irh_ReduceKind : I32EnumAttr<"ReduceKind", "how terms are combined", [
    I32EnumAttrCase<"Sum", 0, "sum">, I32EnumAttrCase<"Min", 1, "min">,
    I32EnumAttrCase<"Max", 2, "max">, I32EnumAttrCase<"Prod", 3, "prod">]> {
  let cppNamespace = "::irh::model";
}

def Irh_Distribution : I32EnumAttr<"Standard", "a standard random variate", [
    I32EnumAttrCase<"Uniform", 0, "uniform">, I32EnumAttrCase<"Normal", 1, "normal">]> {
  let cppNamespace = "::irh::model";
}

def Irh_NetworkKind : I32EnumAttr<"NetworkKind", "how a network is made", [
    I32EnumAttrCase<"Ring", 0, "ring">, I32EnumAttrCase<"WattsStrogatz", 1, "watts_strogatz">,
    I32EnumAttrCase<"Read", 2, "read">]> {
  let cppNamespace = "::irh::model";
}

def Irh_Method : I32EnumAttr<"Method", "a time stepper", [
    I32EnumAttrCase<"Euler", 0, "euler">, I32EnumAttrCase<"Rk4", 1, "rk4">]> {
  let cppNamespace = "::irh::model";
}

#endif // IRH_IRH_ENUMS_TD
