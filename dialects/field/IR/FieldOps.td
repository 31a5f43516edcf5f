//===- FieldOps.td - operations of the `field` dialect ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_FIELD_OPS_TD
#define IRH_FIELD_OPS_TD

include "dialects/field/IR/FieldTypes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Field_Op<string mnemonic, list<Trait> traits = []>
    : Op<Field_Dialect, mnemonic, traits>;

def Field_SweepOp : Field_Op<"sweep", [SingleBlock]> {
  let summary = "evaluate a body at each point of a set";
  let description = [{
    Runs the body once for each point of the set. The first operands of its `field.yield` are
    stored, one new `!field.values` each; the others are reduced over all points of the set, one
    scalar each, by the kinds in `reduce`, in a way that does not depend on the order of the
    points. The body reads fields through `field.here`, `net.reduce` and `net.end` only, and uses
    scalars of the enclosing function as they are. Results: the stored fields, then the scalars.
    `not_finite` gives an i1: whether any value was infinite or NaN.

    ```mlir
    %next, %total = field.sweep on @G nodes reduce [sum] {
      %x = field.here %theta : !field.values<@G, nodes, f64>
      %y = arith.mulf %x, %h : f64
      field.yield %y, %x : f64, f64
    } : !field.values<@G, nodes, f64>, f64
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$network, Field_SetKind:$set, DenseI32ArrayAttr:$kinds);
  let results = (outs Variadic<AnyType>:$results);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let hasCanonicalizeMethod = 1;
  let extraClassDeclaration = [{
    ::mlir::Block *getBlock() { return &getBody().front(); }
    YieldOp getYield();
    unsigned getNumStored() { return getNumResults() - getKinds().size(); }
    ::mlir::OperandRange getStoredOperands();
    ::mlir::OperandRange getReducedOperands();
    ReductionKind getReduction(unsigned i) { return static_cast<ReductionKind>(getKinds()[i]); }
    /// Type of the scalar that reducing values of `element` gives.
    static ::mlir::Type reducedType(ReductionKind kind, ::mlir::Type element);
    /// A copy of this op, placed before it, with these yields; the body is moved. The caller
    /// replaces the results. Locations stay.
    SweepOp withYields(::mlir::RewriterBase &rewriter, ::mlir::ValueRange stored,
                       ::mlir::ValueRange reduced, ::llvm::ArrayRef<int32_t> kinds);
  }];
}

def Field_YieldOp : Field_Op<"yield", [Pure, Terminator,
                                       ParentOneOf<["SweepOp", "EvolveOp"]>]> {
  let summary = "end a body";
  let description = [{
    In a sweep: what is stored, then what is reduced. In an evolve: the next state.
  }];
  let arguments = (ins Variadic<AnyType>:$operands);
  let assemblyFormat = "($operands^ `:` type($operands))? attr-dict";
}

def Field_HereOp : Field_Op<"here", [Pure,
    TypesMatchWith<"the result is an element of the field", "field", "result",
                   "::llvm::cast<::irh::field::ValuesType>($_self).getElement()">]> {
  let summary = "a field's value at the point of the sweep";
  let arguments = (ins Field_Values:$field);
  let results = (outs Field_Scalar:$result);
  let assemblyFormat = "$field attr-dict `:` qualified(type($field))";
  let hasVerifier = 1;
}

def Field_HypotOp : Field_Op<"hypot", [Pure, SameOperandsAndResultType]> {
  let summary = "sqrt(x^2 + y^2) without overflow on the way, of scalars or vectors";
  let arguments = (ins AnyType:$x, AnyType:$y);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$x `,` $y attr-dict `:` type($result)";
}

def Field_DrawOp : Field_Op<"draw"> {
  let summary = "a field of standard random variates";
  let description = [{
    A draw is a pure function of the run's seed, the stream's name and the point's global id:
    uniform in [0, 1), or normal with mean 0 and deviation 1. Ghosts are drawn too.

    ```mlir
    %u = field.draw uniform "theta.0" : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins Field_StandardKind:$kind, StrAttr:$stream);
  let results = (outs Field_Values:$result);
  let assemblyFormat = "$kind $stream attr-dict `:` qualified(type($result))";
}

def Field_ColumnOp : Field_Op<"column"> {
  let summary = "a column of the file that a set was read from";
  let description = [{
    ```mlir
    %va = field.column "va" : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins StrAttr:$name);
  let results = (outs Field_Values:$result);
  let assemblyFormat = "$name attr-dict `:` qualified(type($result))";
}

def Field_CountOp : Field_Op<"count", [Pure]> {
  let summary = "number of points of a set, over all ranks";
  let arguments = (ins FlatSymbolRefAttr:$network, Field_SetKind:$set);
  let results = (outs I64:$result);
  let assemblyFormat = "$network $set attr-dict";
}

def Field_EvolveOp : Field_Op<"evolve", [AttrSizedOperandSegments, SingleBlock]> {
  let summary = "take a state through time";
  let description = [{
    The body takes time, time step, step number and the state to the next state. `field.event`s
    in it see the state before the step. Either from `from` to `to`, or for `steps` steps from
    time 0. `names` are the names of the state's fields. Results: the final state.

    ```mlir
    %end = field.evolve "t" ["theta"] from %a to %b by %h
        iter (%theta : !field.values<@G, nodes, f64>) {
    ^bb0(%t: f64, %dt: f64, %n: i64, %now: !field.values<@G, nodes, f64>):
      %next = field.sweep on @G nodes { ... } : !field.values<@G, nodes, f64>
      field.yield %next : !field.values<@G, nodes, f64>
    } -> !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins StrAttr:$time, StrArrayAttr:$names, Optional<F64>:$from, Optional<F64>:$to,
                       Optional<I64>:$steps, F64:$step, Variadic<Field_Values>:$initial);
  let results = (outs Variadic<Field_Values>:$final);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $time $names (`from` $from^ `to` $to)? (`for` $steps^ `steps`)? `by` $step
    `iter` `(` ($initial^ `:` qualified(type($initial)))? `)` $body attr-dict
    (`->` qualified(type($final))^)?
  }];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::Block *getBlock() { return &getBody().front(); }
    static constexpr unsigned kNumTimeArguments = 3; ///< t, dt, step number.
  }];
}

def Field_EventOp : Field_Op<"event", [SingleBlock, NoTerminator, HasParent<"EvolveOp">]> {
  let summary = "what happens at some steps, on the state before the step";
  let description = [{
    Due at step 0, each `every`-th step and the last; without `every`, at each step.

    ```mlir
    field.event every %n {
      %r = field.sweep on @G nodes reduce [max] { ... } : f64
      field.record 0 "r" %r : f64
    }
    ```
  }];
  let arguments = (ins Optional<I64>:$every);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "(`every` $every^)? $body attr-dict";
}

def Field_RowOp : Field_Op<"row", [SingleBlock, NoTerminator]> {
  let summary = "one row of output, written where it stands";
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$body attr-dict";
}

def Field_RecordOp : Field_Op<"record"> {
  let summary = "a cell of the row at hand";
  let description = [{
    `column` counts the columns of the table that the enclosing evolve or row writes.

    ```mlir
    field.record 0 "r" %r : f64
    ```
  }];
  let arguments = (ins I64Attr:$column, StrAttr:$name, Field_Scalar:$value);
  let assemblyFormat = "$column $name $value attr-dict `:` type($value)";
}

def Field_CheckOp : Field_Op<"check"> {
  let summary = "stop the run with a message unless a condition holds";
  let arguments = (ins I1:$condition, StrAttr:$message);
  let assemblyFormat = "$condition $message attr-dict";
}

def Field_WatchOp : Field_Op<"watch"> {
  let summary = "stop the run if a field has a value that is not finite";
  let description = [{
    `flag` is the `not_finite` reduction of the field, from the sweep that made it. Its location
    is that of the equation to name.
  }];
  let arguments = (ins Field_Values:$field, I1:$flag);
  let assemblyFormat = "$field `if` $flag attr-dict `:` qualified(type($field))";
}

def Field_LoopOp : Field_Op<"loop", [AttrSizedOperandSegments]> {
  let summary = "an evolve whose body has become functions";
  let description = [{
    Made by `field-outline-evolve`. `step` holds the events of each step, `all` holds every event;
    both take (t, dt, step number, captures, state) to the next state. `events` are the events
    alone, (t, step number, captures, state) to nothing; the first of them are due each `periods`
    steps, those without a period at each step. The loop works in the memory of `initial`, which
    is not read after it. `columns` names the table's columns, `columnTypes`
    their types.
  }];
  let arguments = (ins StrAttr:$time, StrArrayAttr:$names, FlatSymbolRefAttr:$step,
                       FlatSymbolRefAttr:$all, FlatSymbolRefArrayAttr:$events,
                       StrArrayAttr:$columns, TypeArrayAttr:$columnTypes,
                       Optional<F64>:$from, Optional<F64>:$to, Optional<I64>:$steps, F64:$dt,
                       Variadic<I64>:$periods,
                       Variadic<AnyType>:$captures, Variadic<Field_Values>:$initial);
  let results = (outs Variadic<Field_Values>:$final);
  let assemblyFormat = [{
    $time $names (`from` $from^ `to` $to)? (`for` $steps^ `steps`)? `by` $dt
    `step` $step `all` $all `events` $events `every` `(` ($periods^)? `)`
    `columns` $columns $columnTypes
    `captures` `(` ($captures^ `:` type($captures))? `)`
    `iter` `(` ($initial^ `:` qualified(type($initial)))? `)`
    attr-dict (`->` qualified(type($final))^)?
  }];
}

#endif // IRH_FIELD_OPS_TD
