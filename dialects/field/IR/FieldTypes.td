//===- FieldTypes.td - types of the `field` dialect -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_FIELD_TYPES_TD
#define IRH_FIELD_TYPES_TD

include "dialects/field/IR/FieldDialect.td"
include "dialects/field/IR/FieldEnums.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributes.td"

def Field_Values : TypeDef<Field_Dialect, "Values"> {
  let mnemonic = "values";
  let summary = "one value at each point of a set";
  let description = [{
    `!field.values<@G, nodes, f64>`: a number for each node of network `@G`. The element is
    `i1`, `i64`, `f64` or `complex<f64>`.
  }];
  let parameters = (ins "::mlir::FlatSymbolRefAttr":$network, "::irh::field::SetKind":$set,
                        "::mlir::Type":$element);
  let assemblyFormat = "`<` $network `,` $set `,` $element `>`";
  let genVerifyDecl = 1;
}

def Field_List : TypeDef<Field_Dialect, "List"> {
  let mnemonic = "list";
  let summary = "reals of the whole model; how many is known when it is made";
}

/// An element of a field, or a value of the whole model.
def Field_Scalar : AnyTypeOf<[I1, I64, F64, Complex<F64>]>;

/// What an evolve carries from step to step.
def Field_State : AnyTypeOf<[Field_Values, I1, I64, F64, Complex<F64>]>;

#endif // IRH_FIELD_TYPES_TD
