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
                                       ParentOneOf<["SweepOp", "EvolveOp", "EventOp"]>]> {
  let summary = "end a body";
  let description = [{
    In a sweep: what is stored, then what is reduced. In an evolve: the next state. In an event: new
    values of what it assigns, or whether it is due.
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
    uniform in [0, 1), or normal with mean 0 and deviation 1. Ghosts are drawn too. With `at` it is
    a function of the step's number as well.

    ```mlir
    %u = field.draw uniform "theta.0" : !field.values<@G, nodes, f64>
    %n = field.draw normal "theta.set.0" at %step : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins Field_StandardKind:$kind, StrAttr:$stream, Optional<I64>:$step);
  let results = (outs Field_Values:$result);
  let assemblyFormat = [{
    $kind $stream (`at` $step^)? attr-dict `:` qualified(type($result))
  }];
}

def Field_VariateOp : Field_Op<"variate"> {
  let summary = "one standard random variate for the whole model";
  let description = [{
    As `field.draw`, for the key 0.

    ```mlir
    %u = field.variate normal "a.0" at %step
    ```
  }];
  let arguments = (ins Field_StandardKind:$kind, StrAttr:$stream, Optional<I64>:$step);
  let results = (outs F64:$result);
  let assemblyFormat = "$kind $stream (`at` $step^)? attr-dict";
}

def Field_ColumnOp : Field_Op<"column"> {
  let summary = "a column of the file that a set was read from";
  let description = [{
    `symmetry` says how the values at the two ends of an edge belong together: 0 equal, 1 conjugate,
    2 opposite. A file that holds both is checked.

    ```mlir
    %va = field.column "va" : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins StrAttr:$name, DefaultValuedAttr<I32Attr, "0">:$symmetry);
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
    in it see, and may change, the state before the step. Either from `from` to `to`, or for `steps`
    steps from time 0. With `tolerance` the step is adapted: the body asks `field.step_error` and
    keeps the old state where the step is refused. The state holds fields and single values;
    `names` are their names. Results: the final state.

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
                       Optional<I64>:$steps, F64:$step, Optional<F64>:$tolerance,
                       Variadic<Field_State>:$initial);
  let results = (outs Variadic<Field_State>:$final);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $time $names (`from` $from^ `to` $to)? (`for` $steps^ `steps`)? `by` $step
    (`tolerance` $tolerance^)?
    `iter` `(` ($initial^ `:` qualified(type($initial)))? `)` $body attr-dict
    (`->` qualified(type($final))^)?
  }];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::Block *getBlock() { return &getBody().front(); }
    static constexpr unsigned kNumTimeArguments = 3; ///< t, dt, step number.
  }];
}

def Field_EventOp : Field_Op<"event", [AttrSizedOperandSegments, HasParent<"EvolveOp">]> {
  let summary = "what happens at some steps, on the state before the step";
  let description = [{
    Due at step 0, each `every`-th step and the last; at step 0, the first step at or past each
    multiple of `within` and the last; where the `when` region yields true. Any one suffices; with
    none of them, at each step. `assigned` numbers the values of the state that it changes: the body
    yields them, and the results are the state from here on.

    ```mlir
    field.event every %n {
      %r = field.sweep on @G nodes reduce [max] { ... } : f64
      field.record 0 "r" %r : f64
      field.yield
    }
    ```
  }];
  let arguments = (ins Optional<I64>:$every, Optional<F64>:$within,
                       DefaultValuedAttr<DenseI32ArrayAttr, "{}">:$assigned);
  let results = (outs Variadic<Field_State>:$results);
  let regions = (region SizedRegion<1>:$body, MaxSizedRegion<1>:$condition);
  let assemblyFormat = [{
    (`every` $every^)? (`within` $within^)? $body (`when` $condition^)? attr-dict
    (`:` qualified(type($results))^)?
  }];
  let hasRegionVerifier = 1;
}

def Field_CheckpointOp : Field_Op<"checkpoint", [AttrSizedOperandSegments,
                                                 HasParent<"EvolveOp">]> {
  let summary = "the run can be taken up again from here, every so often";
  let description = [{
    Every so many steps, so much time, or so many seconds by the clock on the wall.
  }];
  let arguments = (ins Optional<I64>:$every, Optional<F64>:$within, Optional<F64>:$seconds);
  let assemblyFormat = [{
    (`every` $every^)? (`within` $within^)? (`seconds` $seconds^)? attr-dict
  }];
}

def Field_SelectOp : Field_Op<"select", [Pure, AllTypesMatch<["ifTrue", "ifFalse", "result"]>]> {
  let summary = "the new values of a field, or the old ones";
  let description = [{
    The old values are a state that the step entered with; the result lives in its memory.
  }];
  let arguments = (ins I1:$condition, Field_Values:$ifTrue, Field_Values:$ifFalse);
  let results = (outs Field_Values:$result);
  let assemblyFormat = "$condition `,` $ifTrue `,` $ifFalse attr-dict `:` qualified(type($result))";
}

def Field_StepErrorOp : Field_Op<"step_error"> {
  let summary = "whether the step is accepted, by the error of its result";
  let description = [{
    The error is the root of the mean of `squares`, a sum over `count` components, each in units of
    what is tolerated. The runtime chooses the next step by it.
  }];
  let arguments = (ins F64:$squares, I64:$count);
  let results = (outs I1:$accepted);
  let assemblyFormat = "$squares `of` $count attr-dict";
}

def Field_DueOp : Field_Op<"due"> {
  let summary = "the answer of the function that decides whether an event is due";
  let arguments = (ins I1:$condition);
  let assemblyFormat = "$condition attr-dict";
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
  let arguments = (ins I64Attr:$column, StrAttr:$name,
                       AnyTypeOf<[Field_Scalar, Field_List]>:$value);
  let assemblyFormat = "$column $name $value attr-dict `:` type($value)";
}

def Field_CheckOp : Field_Op<"check"> {
  let summary = "stop the run with a message unless a condition holds";
  let arguments = (ins I1:$condition, StrAttr:$message);
  let assemblyFormat = "$condition $message attr-dict";
}

def Field_RequireOp : Field_Op<"require"> {
  let summary = "refuse to run with a message unless a condition holds";
  let arguments = (ins I1:$condition, StrAttr:$message);
  let assemblyFormat = "$condition $message attr-dict";
}

def Field_ListElementOp : Field_Op<"list_element", [Pure]> {
  let summary = "a number of a list, counted from 0";
  let description = [{
    The run stops where the list has no such number.

    ```mlir
    %0 = field.list_element %list[%i]
    ```
  }];
  let arguments = (ins Field_List:$list, I64:$index);
  let results = (outs F64:$result);
  let assemblyFormat = "$list `[` $index `]` attr-dict";
}

def Field_ListReduceOp : Field_Op<"list_reduce", [Pure]> {
  let summary = "the sum, mean, least or largest number of a list";
  let description = [{
    `kind` is a number of `abi::ListReduction`.

    ```mlir
    %0 = field.list_reduce 0 %list
    ```
  }];
  let arguments = (ins I32Attr:$kind, Field_List:$list);
  let results = (outs F64:$result);
  let assemblyFormat = "$kind $list attr-dict";
}

def Field_SaveOp : Field_Op<"save"> {
  let summary = "write fields to a file, in the user's order";
  let description = [{
    `format` is a number of `abi::SaveFormat`. A list of eigenvalues stands for its vectors. With
    `timed`, the step and the time at hand go with them.

    ```mlir
    field.save "theta.csv" 0 ["theta"] (%theta) timed : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins StrAttr:$file, I32Attr:$format, StrArrayAttr:$names, UnitAttr:$timed,
                       Variadic<AnyTypeOf<[Field_Values, Field_List]>>:$fields);
  let assemblyFormat = [{
    $file $format $names `(` $fields `)` (`timed` $timed^)? attr-dict
    `:` qualified(type($fields))
  }];
  let hasVerifier = 1;
}

def Field_InitialOp : Field_Op<"initial", [SameOperandsAndResultType]> {
  let summary = "let a program around the run replace the first values of a field";
  let description = [{
    The result has the memory of `field`, which is not read after it. Whatever is computed from the
    field's first values reads the result.

    ```mlir
    %1 = field.initial "theta" %0 : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins StrAttr:$name, Field_Values:$field);
  let results = (outs Field_Values:$result);
  let assemblyFormat = "$name $field attr-dict `:` qualified(type($field))";
}

def Field_FinalOp : Field_Op<"final"> {
  let summary = "give the last values of a field to a program around the run";
  let description = [{
    ```mlir
    field.final "theta" %theta : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins StrAttr:$name, Field_Values:$field);
  let assemblyFormat = "$name $field attr-dict `:` qualified(type($field))";
}

def Field_WatchValueOp : Field_Op<"watch_value"> {
  let summary = "stop the run if a value of the state is not finite";
  let arguments = (ins StrAttr:$name, F64:$value);
  let assemblyFormat = "$name $value attr-dict";
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

def Field_LoopOp : Field_Op<"loop", [AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "an evolve whose body has become functions";
  let description = [{
    Made by `field-outline-evolve`. `step` holds the held events of each step, `all` holds every
    held event; both take (t, dt, step number, captures, state) to the next state. `events` are the
    events alone, (t, step number, captures, state) to the changed state, or to nothing where they
    change nothing; `conditions` the functions that decide about them, or unit. Event i is due each
    `periods[periodOf[i]]` steps and each `intervals[intervalOf[i]]` of time; -1 is none. The loop
    works in the memory of `initial`, which is not read after it. `columns` names the table's
    columns, `columnTypes` their types.
  }];
  let arguments = (ins StrAttr:$time, StrArrayAttr:$names, FlatSymbolRefAttr:$step,
                       FlatSymbolRefAttr:$all, FlatSymbolRefArrayAttr:$events,
                       ArrayAttr:$conditions, DenseBoolArrayAttr:$held,
                       DenseI32ArrayAttr:$periodOf, DenseI32ArrayAttr:$intervalOf,
                       StrArrayAttr:$columns, TypeArrayAttr:$columnTypes,
                       Optional<F64>:$from, Optional<F64>:$to, Optional<I64>:$steps, F64:$dt,
                       Optional<F64>:$tolerance,
                       Variadic<I64>:$periods, Variadic<F64>:$intervals,
                       Variadic<I64>:$checkpointSteps, Variadic<F64>:$checkpointIntervals,
                       Variadic<F64>:$checkpointSeconds,
                       Variadic<AnyType>:$captures, Variadic<Field_State>:$initial);
  let results = (outs Variadic<Field_State>:$final);
  let assemblyFormat = [{
    $time $names (`from` $from^ `to` $to)? (`for` $steps^ `steps`)? `by` $dt
    (`tolerance` $tolerance^)?
    `step` $step `all` $all `events` $events `when` $conditions `held` $held
    `every` $periodOf `(` ($periods^)? `)` `within` $intervalOf `(` ($intervals^)? `)`
    (`checkpoint_every` $checkpointSteps^)? (`checkpoint_within` $checkpointIntervals^)?
    (`checkpoint_seconds` $checkpointSeconds^)?
    `columns` $columns $columnTypes
    `captures` `(` ($captures^ `:` type($captures))? `)`
    `iter` `(` ($initial^ `:` qualified(type($initial)))? `)`
    attr-dict (`->` qualified(type($final))^)?
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    static constexpr unsigned kNumEventArguments = 2; ///< Of an event's functions: t, step number.
  }];
}

#endif // IRH_FIELD_OPS_TD
