//===- Passes.td - transformations of the `field` dialect -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_FIELD_PASSES_TD
#define IRH_FIELD_PASSES_TD

include "mlir/Pass/PassBase.td"

def OutlineEvolve : Pass<"field-outline-evolve", "::mlir::ModuleOp"> {
  let summary = "turn the body of each evolve into functions";
  let description = [{
    The time loop belongs to the runtime, which calls functions. A step function takes the state
    to the next one and holds the events that are due at each step; a second one holds every
    event, for the steps at which all are due, so that they share its sweeps; and each event has a
    function of its own, for other steps and for the last state.

    Not held are events that follow a time or a condition, which has a function of its own; and none
    at all where an event changes the state, since order matters then, or where a step may be
    refused and taken again. An event that changes the state gives back the whole state.

    Before: `field.evolve` with events in its body.
    After:  `field.loop` and functions without regions of their own other than sweeps.

    See test/dialects/field/outline-evolve.mlir for the example, and outline-evolve-events.mlir
    beside it for events that change the state.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect"];
}

def FuseSweeps : Pass<"field-fuse-sweeps", "::mlir::func::FuncOp"> {
  let summary = "merge sweeps over one set of points";
  let description = [{
    Two sweeps over one set become one where the second reads what the first stores only at its
    own point, and either the second can move up to the first or the first down to the second.
    So memory is passed over once, and observations are reduced in the sweep that reads their
    data anyway.

    Before: one sweep for each equation, stage and reduction.
    After:  no two sweeps of a block that could share a pass over memory.

    See test/dialects/field/fuse-sweeps.mlir for the example.
  }];
}

def HoistInvariants : Pass<"field-hoist-invariants", "::mlir::func::FuncOp"> {
  let summary = "compute once what does not depend on the point or the neighbour";
  let description = [{
    Scalar arithmetic in a sweep whose operands all come from outside moves before the sweep;
    arithmetic in a neighbour reduction whose operands are values at the node moves before the
    reduction.

    Before: `exp(-t)` is evaluated at each point.
    After:  every operation of a body depends on the point, or the neighbour.

    See test/dialects/field/hoist-invariants.mlir for the example.
  }];
}

def ExpandComplex : Pass<"field-expand-complex", "::mlir::func::FuncOp"> {
  let summary = "write complex arithmetic in real numbers";
  let description = [{
    Every operation on complex values becomes operations on real and imaginary parts. What is
    left of complex numbers are the values read from fields and neighbours, `complex.re` and
    `complex.im` of them, and `complex.create` before what is stored. Multiplication is plain;
    division is Smith's (CACM 5 (1962) 435), which does not overflow on the way.

    Before: `complex` operations.
    After:  `complex.create`, `complex.re` and `complex.im` only.

    See test/dialects/field/expand-complex.mlir for the example.
  }];
  let dependentDialects = ["::irh::field::FieldDialect", "::mlir::complex::ComplexDialect",
                           "::mlir::math::MathDialect", "::mlir::arith::ArithDialect"];
}

def FormFma : Pass<"field-form-fma", "::mlir::func::FuncOp"> {
  let summary = "contract products and sums in sweeps to fused multiply-adds";
  let description = [{
    This is the only place where a product and a sum are contracted: LLVM never gets `contract`,
    for it would treat the copies of one body differently, and results would depend on where a
    chunk ends. A product with other uses stays.

    Before: `arith.mulf` feeding `arith.addf` or `arith.subf`.
    After:  `math.fma`.

    See test/dialects/field/form-fma.mlir for the example.
  }];
  let dependentDialects = ["::mlir::math::MathDialect"];
}

#endif // IRH_FIELD_PASSES_TD
