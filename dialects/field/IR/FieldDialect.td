//===- FieldDialect.td - the `field` dialect --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_FIELD_DIALECT_TD
#define IRH_FIELD_DIALECT_TD

include "mlir/IR/OpBase.td"

def Field_Dialect : Dialect {
  let name = "field";
  let cppNamespace = "::irh::field";
  let summary = "Sweeps over sets of points, in value semantics";
  let description = [{
    A model after its equations have become work: every field is an SSA value of type
    `!field.values`, every pointwise computation is a `field.sweep` over one set of points, and
    time is a `field.evolve` whose body takes the state of one step to the next. What walks
    neighbours is in `net`; who owns which points is in `dist`.
  }];
  let useDefaultTypePrinterParser = 1;
}

#endif // IRH_FIELD_DIALECT_TD
