//===- FieldEnums.td - enumerations of the `field` dialect ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_FIELD_ENUMS_TD
#define IRH_FIELD_ENUMS_TD

include "mlir/IR/EnumAttr.td"

def Field_SetKind : I32EnumAttr<"SetKind", "which points of a network", [
    I32EnumAttrCase<"Nodes", 0, "nodes">, I32EnumAttrCase<"Edges", 1, "edges">,
    I32EnumAttrCase<"Triangles", 2, "triangles">, I32EnumAttrCase<"Cycles", 3, "cycles">,
    I32EnumAttrCase<"Components", 4, "components">]> {
  let cppNamespace = "::irh::field";
}

def Field_ReductionKind : I32EnumAttr<"ReductionKind", "how values become one", [
    I32EnumAttrCase<"Sum", 0, "sum">, I32EnumAttrCase<"Min", 1, "min">,
    I32EnumAttrCase<"Max", 2, "max">, I32EnumAttrCase<"Prod", 3, "prod">,
    I32EnumAttrCase<"NotFinite", 4, "not_finite">]> {
  let cppNamespace = "::irh::field";
}

def Field_StandardKind : I32EnumAttr<"StandardKind", "a standard random variate", [
    I32EnumAttrCase<"Uniform", 0, "uniform">, I32EnumAttrCase<"Normal", 1, "normal">]> {
  let cppNamespace = "::irh::field";
}

#endif // IRH_FIELD_ENUMS_TD
