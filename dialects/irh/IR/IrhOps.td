//===- IrhOps.td - operations of the `irh` dialect --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_IRH_OPS_TD
#define IRH_IRH_OPS_TD

include "dialects/irh/IR/IrhEnums.td"
include "dialects/irh/IR/IrhTypes.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Irh_Op<string mnemonic, list<Trait> traits = []>
    : Op<Irh_Dialect, mnemonic, traits>;

def Irh_Value : AnyTypeOf<[I1, I64, F64, Complex<F64>, Irh_String, Irh_List]>;

// Declarations.

def Irh_ModelOp : Irh_Op<"model", [SymbolTable, Symbol, SingleBlock, NoTerminator,
                                   IsolatedFromAbove]> {
  let summary = "a model";
  let description = [{
    ```mlir
    irh.model @decay {
      irh.param 0 @rate : f64
      irh.network @G ring { %n = arith.constant 100 : i64
                            irh.yield %n : i64 }
      irh.field @u on nodes @G : f64 { %one = arith.constant 1.0 : f64
                                       irh.yield %one : f64 }
      irh.evolve "t" euler by_time { ... } {
        irh.rate @u { ... }
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
}

def Irh_ParamOp : Irh_Op<"param", [Symbol]> {
  let summary = "the i-th parameter; the run gives its value";
  let arguments = (ins I64Attr:$index, SymbolNameAttr:$sym_name, TypeAttr:$type,
                       UnitAttr:$is_seed);
  let assemblyFormat = "$index $sym_name `:` $type (`seed` $is_seed^)? attr-dict";
}

def Irh_NetworkOp : Irh_Op<"network", [Symbol, SingleBlock]> {
  let summary = "a network";
  let description = [{
    The region yields the arguments: `ring`, `complete` nodes, directed; `star` nodes;
    `watts_strogatz` nodes, neighbours, rewire; `geometric` nodes, dim, radius (with `by_degree`
    the mean degree), torus; `erdos_renyi` nodes, p, directed; `barabasi_albert` nodes, attach,
    directed; `lattice` periodic, extents; `read` edges file, directed and, if there is one, nodes
    file. Random ones yield their seed last. `directed` is an i64: 0, 1, or of `read` -1 where the
    model doesn't say.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Irh_NetworkKind:$kind,
                       DefaultValuedAttr<I32Attr, "0">:$duplicates,
                       DefaultValuedAttr<I32Attr, "0">:$loops, UnitAttr:$by_degree);
  let regions = (region SizedRegion<1>:$arguments);
  let assemblyFormat = "$sym_name $kind attr-dict-with-keyword $arguments";
}

def Irh_FieldOp : Irh_Op<"field", [Symbol, SingleBlock]> {
  let summary = "stored values on a set, with their initial value at a point";
  let description = [{
    On the set `global` it is one value for the whole model. `symmetry`, of an edge field, says what
    the end of an edge that is not `dst` sees.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Irh_SetKind:$set,
                       OptionalAttr<FlatSymbolRefAttr>:$network, TypeAttr:$type,
                       DefaultValuedAttr<Irh_Symmetry, "Symmetry::Symmetric">:$symmetry);
  let regions = (region SizedRegion<1>:$initial);
  let assemblyFormat = [{
    $sym_name `on` $set ($network^)? `:` $type attr-dict-with-keyword $initial
  }];
}

def Irh_LetOp : Irh_Op<"let", [Symbol, SingleBlock]> {
  let summary = "a pure definition, at a point or global";
  let arguments = (ins SymbolNameAttr:$sym_name, Irh_SetKind:$set,
                       OptionalAttr<FlatSymbolRefAttr>:$network, TypeAttr:$type);
  let regions = (region SizedRegion<1>:$value);
  let assemblyFormat = [{
    $sym_name `on` $set ($network^)? `:` $type attr-dict-with-keyword $value
  }];
}

def Irh_MatrixOp : Irh_Op<"matrix", [Symbol]> {
  let summary = "a matrix over the nodes of a network";
  let description = [{
    `diagonal` yields a number at a node, a real unless the matrix is `general`; `entry` the term of
    a reduction over neighbours: what stands in the row of this node and the column of the
    neighbour. An empty region is zeros. One that is not `general` is Hermitian.

    ```mlir
    irh.matrix @W on @G diagonal {} entry {
      %0 = irh.read @w neighbour : complex<f64>
      irh.yield %0 : complex<f64>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$network, UnitAttr:$general);
  let regions = (region AnyRegion:$diagonal, AnyRegion:$entry);
  let assemblyFormat = [{
    $sym_name `on` $network (`general` $general^)? attr-dict-with-keyword
    `diagonal` $diagonal `entry` $entry
  }];
}

def Irh_FunctionalOp : Irh_Op<"functional", [Symbol]> {
  let summary = "numbers of the whole of a matrix";
  let description = [{
    A `trace` is the sum of `function` over the eigenvalues, `logdet` the sum of ln |lambda| over
    those above `zero`, `eigenvalues` the `count` first ones from an `end` of the spectrum, or all.
    An empty region is an argument that is not given.

    ```mlir
    irh.functional @trace.0 trace @L {
    ^bb0(%lambda: f64):
      %0 = math.exp %lambda : f64
      irh.yield %0 : f64
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Irh_FunctionalKind:$kind,
                       FlatSymbolRefAttr:$matrix,
                       DefaultValuedAttr<Irh_SpectrumEnd, "SpectrumEnd::Smallest">:$end,
                       DefaultValuedAttr<I32Attr, "0">:$method);
  let regions = (region AnyRegion:$function, AnyRegion:$zero, AnyRegion:$count, AnyRegion:$nearest,
                        AnyRegion:$tolerance, AnyRegion:$probes, AnyRegion:$steps);
  let assemblyFormat = [{
    $sym_name $kind $matrix attr-dict-with-keyword $function (`zero` $zero^)? (`count` $count^)?
    (`nearest` $nearest^)? (`tolerance` $tolerance^)? (`probes` $probes^)? (`steps` $steps^)?
  }];
}

def Irh_VectorOp : Irh_Op<"vector", [Symbol]> {
  let summary = "values of nodes that a matrix gives";
  let description = [{
    An `eigenvector` is number `index` of those that belong to `source`, a functional of
    eigenvalues; an `exponential` is exp(factor M) start of the matrix `source`. An empty region is
    an argument that the kind does not have.

    ```mlir
    irh.vector @L.exponential.1 on @G : complex<f64> exponential @L index {} factor {
      %0 = irh.param_value 0 "t" : f64
      …
    } start {
      %0 = irh.read @psi here : complex<f64>
      irh.yield %0 : complex<f64>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, FlatSymbolRefAttr:$network, TypeAttr:$type,
                       Irh_VectorKind:$kind, FlatSymbolRefAttr:$source);
  let regions = (region AnyRegion:$index, AnyRegion:$factor, AnyRegion:$start);
  let assemblyFormat = [{
    $sym_name `on` $network `:` $type $kind $source attr-dict-with-keyword `index` $index
    `factor` $factor `start` $start
  }];
}

// Statements.

def Irh_SolveOp : Irh_Op<"solve"> {
  let summary = "make a field the solution of linear equations";
  let description = [{
    matrix unknown = `right`, which is a value at a node. The two states become the number of
    iterations, and the length of what is left over that of the right side. An empty region is an
    argument that is not given.
  }];
  let arguments = (ins FlatSymbolRefAttr:$unknown, FlatSymbolRefAttr:$matrix,
                       Irh_SolveMethod:$method, FlatSymbolRefAttr:$iterations,
                       FlatSymbolRefAttr:$residual);
  let regions = (region SizedRegion<1>:$right, AnyRegion:$tolerance, AnyRegion:$restart);
  let assemblyFormat = [{
    $unknown $matrix $method $iterations $residual attr-dict-with-keyword $right
    `tolerance` $tolerance `restart` $restart
  }];
}

def Irh_RequireOp : Irh_Op<"require", [SingleBlock]> {
  let summary = "refuse to run unless a condition holds";
  let description = [{
    Tested before the networks are made; with `after_initial`, after the initial values.
  }];
  let arguments = (ins StrAttr:$message, UnitAttr:$after_initial);
  let regions = (region SizedRegion<1>:$condition);
  let assemblyFormat = [{
    $message (`after_initial` $after_initial^)? attr-dict-with-keyword $condition
  }];
}

def Irh_EvolveOp : Irh_Op<"evolve", [SingleBlock, NoTerminator]> {
  let summary = "evolve a state through time";
  let description = [{
    `span` yields (from, to, step), or with `by_steps` (number of steps, step). By `dopri5` it
    yields (from, to, first step, tolerance); a first step of 0 is the runtime's choice. The body
    holds rates, one `after_step`, events and checkpoints.
  }];
  let arguments = (ins StrAttr:$time, Irh_Method:$method, UnitAttr:$by_steps);
  let regions = (region SizedRegion<1>:$span, SizedRegion<1>:$body);
  let assemblyFormat = [{
    $time $method (`by_steps` $by_steps^)? attr-dict-with-keyword $span $body
  }];
}

def Irh_RateOp : Irh_Op<"rate", [SingleBlock, HasParent<"EvolveOp">]> {
  let summary = "the time derivative of a field, at a point";
  let arguments = (ins FlatSymbolRefAttr:$field);
  let regions = (region SizedRegion<1>:$value);
  let assemblyFormat = "$field attr-dict-with-keyword $value";
}

def Irh_AfterStepOp : Irh_Op<"after_step", [SingleBlock, NoTerminator, HasParent<"EvolveOp">]> {
  let summary = "assignments at the end of each step";
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "attr-dict-with-keyword $body";
}

def Irh_EventOp : Irh_Op<"event", [SingleBlock, NoTerminator, HasParent<"EvolveOp">]> {
  let summary = "actions at some steps, on the state before the step";
  let description = [{
    Due at step 0, each n-th and the last (`every` yields n); at step 0, the first step at or past
    each multiple of a time (`within` yields it) and the last; where a condition holds (`when`
    yields it). Any one suffices; with none, due at each step.

    ```mlir
    irh.event {
      irh.assign @theta { ... }
    } every { %n = arith.constant 10 : i64
              irh.yield %n : i64 }
    ```
  }];
  let regions = (region SizedRegion<1>:$body, AnyRegion:$steps, AnyRegion:$interval,
                        AnyRegion:$condition);
  let assemblyFormat = [{
    attr-dict-with-keyword $body (`every` $steps^)? (`within` $interval^)? (`when` $condition^)?
  }];
}

def Irh_CheckpointOp : Irh_Op<"checkpoint", [NoTerminator, HasParent<"EvolveOp">]> {
  let summary = "write a checkpoint every so many steps, so much time, or so many seconds";
  let regions = (region AnyRegion:$steps, AnyRegion:$interval, AnyRegion:$seconds);
  let assemblyFormat = [{
    attr-dict (`every` $steps^)? (`within` $interval^)? (`seconds` $seconds^)?
  }];
}

def Irh_ObserveOp : Irh_Op<"observe", [SingleBlock]> {
  let summary = "cells of a row";
  let description = [{
    `values` yields one global value for each name. `firstColumn` counts the columns of the same
    table before these.
  }];
  let arguments = (ins StrArrayAttr:$names, I64Attr:$firstColumn);
  let regions = (region SizedRegion<1>:$values);
  let assemblyFormat = "$names `from` $firstColumn attr-dict-with-keyword $values";
}

def Irh_CheckOp : Irh_Op<"check", [SingleBlock]> {
  let summary = "stop the run unless a condition holds";
  let arguments = (ins StrAttr:$message);
  let regions = (region SizedRegion<1>:$condition);
  let assemblyFormat = "$message attr-dict-with-keyword $condition";
}

def Irh_AssignOp : Irh_Op<"assign", [SingleBlock]> {
  let summary = "give a field a new value, at a point";
  let arguments = (ins FlatSymbolRefAttr:$field);
  let regions = (region SizedRegion<1>:$value);
  let assemblyFormat = "$field attr-dict-with-keyword $value";
}

def Irh_SaveOp : Irh_Op<"save", [SingleBlock, NoTerminator]> {
  let summary = "write fields to a file";
  let arguments = (ins StrAttr:$file, Irh_FileFormat:$format);
  let regions = (region SizedRegion<1>:$columns);
  let assemblyFormat = "$file $format attr-dict-with-keyword $columns";
}

def Irh_SavedOp : Irh_Op<"saved", [SingleBlock, HasParent<"SaveOp">]> {
  let summary = "one of the saved values, at a point";
  let arguments = (ins StrAttr:$name, Irh_SetKind:$set, FlatSymbolRefAttr:$network);
  let regions = (region SizedRegion<1>:$value);
  let assemblyFormat = "$name `on` $set $network attr-dict-with-keyword $value";
}

def Irh_YieldOp : Irh_Op<"yield", [Pure, Terminator]> {
  let summary = "the values of an expression";
  let arguments = (ins Variadic<Irh_Value>:$values);
  let assemblyFormat = "$values attr-dict `:` type($values)";
}

// Names in expressions.

def Irh_ParamValueOp : Irh_Op<"param_value", [Pure]> {
  let summary = "the value that the run gave to a parameter";
  let arguments = (ins I64Attr:$index, StrAttr:$name);
  let results = (outs Irh_Value:$result);
  let assemblyFormat = "$index $name attr-dict `:` type($result)";
}

def Irh_RunSeedOp : Irh_Op<"run_seed", [Pure]> {
  let summary = "the seed of the run";
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict";
}

def Irh_UseSeedOp : Irh_Op<"use_seed"> {
  let summary = "the model's own seed becomes the run's";
  let arguments = (ins I64:$seed);
  let assemblyFormat = "$seed attr-dict";
}

def Irh_TextOp : Irh_Op<"text", [Pure]> {
  let summary = "a string literal";
  let arguments = (ins StrAttr:$value);
  let results = (outs Irh_String:$result);
  let assemblyFormat = "$value attr-dict";
}

def Irh_ReadOp : Irh_Op<"read", [Pure]> {
  let summary = "a field's value at a place";
  let arguments = (ins FlatSymbolRefAttr:$field, Irh_Place:$place);
  let results = (outs Irh_Value:$result);
  let assemblyFormat = "$field $place attr-dict `:` type($result)";
}

def Irh_LetValueOp : Irh_Op<"let_value", [Pure]> {
  let summary = "a definition's value at a place";
  let arguments = (ins FlatSymbolRefAttr:$let, Irh_Place:$place);
  let results = (outs Irh_Value:$result);
  let assemblyFormat = "$let $place attr-dict `:` type($result)";
}

def Irh_FunctionalValueOp : Irh_Op<"functional_value", [Pure]> {
  let summary = "what a functional gives: its value, the error of that, or the bias in the error";
  let arguments = (ins FlatSymbolRefAttr:$functional,
                       DefaultValuedAttr<Irh_FunctionalPart, "FunctionalPart::Value">:$part);
  let results = (outs Irh_Value:$result);
  let assemblyFormat = "$functional (`part` $part^)? attr-dict `:` type($result)";
}

def Irh_HolonomyOp : Irh_Op<"holonomy", [SingleBlock]> {
  let summary = "the product of a value of the edges around a triangle or cycle";
  let description = [{
    The point at hand is a triangle or a cycle; `value` yields a real or complex number at an edge.
    Each node on the way contributes what it sees of its edge to the next.

    ```mlir
    %flux = irh.holonomy {
      %0 = irh.read @w here : complex<f64>
      irh.yield %0 : complex<f64>
    } : complex<f64>
    ```
  }];
  let regions = (region SizedRegion<1>:$value);
  let results = (outs Irh_Value:$result);
  let assemblyFormat = "$value attr-dict `:` type($result)";
}

def Irh_VectorValueOp : Irh_Op<"vector_value", [Pure]> {
  let summary = "a vector's value at a node";
  let arguments = (ins FlatSymbolRefAttr:$vector, Irh_Place:$place);
  let results = (outs Irh_Value:$result);
  let assemblyFormat = "$vector $place attr-dict `:` type($result)";
}

def Irh_ListElementOp : Irh_Op<"list_element", [Pure]> {
  let summary = "a number of a list, counted from 0";
  let arguments = (ins Irh_List:$list, I64:$index);
  let results = (outs F64:$result);
  let assemblyFormat = "$list `[` $index `]` attr-dict";
}

def Irh_ListReduceOp : Irh_Op<"list_reduce", [Pure]> {
  let summary = "the sum, mean, least or largest number of a list";
  let description = [{
    `kind` is a number of `sema::ReduceKind` and `abi::ListReduction`: 0 sum, 1 mean, 2 min, 3 max.
  }];
  let arguments = (ins I32Attr:$kind, Irh_List:$list);
  let results = (outs F64:$result);
  let assemblyFormat = "$kind $list attr-dict";
}

def Irh_DegreeOp : Irh_Op<"degree", [Pure]> {
  let summary = "number of neighbours of a node";
  let arguments = (ins FlatSymbolRefAttr:$network, Irh_Place:$place);
  let results = (outs I64:$result);
  let assemblyFormat = "$network $place attr-dict";
}

def Irh_IdOp : Irh_Op<"id", [Pure]> {
  let summary = "id of a node";
  let arguments = (ins FlatSymbolRefAttr:$network, Irh_Place:$place);
  let results = (outs I64:$result);
  let assemblyFormat = "$network $place attr-dict";
}

def Irh_PositionOp : Irh_Op<"position", [Pure]> {
  let summary = "a coordinate of a node";
  let arguments = (ins FlatSymbolRefAttr:$network, I64Attr:$axis, Irh_Place:$place);
  let results = (outs F64:$result);
  let assemblyFormat = "$network $axis $place attr-dict";
}

def Irh_CountOp : Irh_Op<"count", [Pure]> {
  let summary = "number of points of a set";
  let arguments = (ins Irh_SetKind:$set, FlatSymbolRefAttr:$network);
  let results = (outs I64:$result);
  let assemblyFormat = "$set $network attr-dict";
}

def Irh_TimeOp : Irh_Op<"time", [Pure]> {
  let summary = "the time of the state at hand";
  let results = (outs F64:$result);
  let assemblyFormat = "attr-dict";
}

def Irh_StepNumberOp : Irh_Op<"step_number", [Pure]> {
  let summary = "the number of the step at hand, from 0";
  let results = (outs I64:$result);
  let assemblyFormat = "attr-dict";
}

def Irh_ColumnOp : Irh_Op<"column", [Pure]> {
  let summary = "a column of the file behind the set, at this point";
  let arguments = (ins StrAttr:$name);
  let results = (outs Irh_Value:$result);
  let assemblyFormat = "$name attr-dict `:` type($result)";
}

def Irh_DrawOp : Irh_Op<"draw", [Pure]> {
  let summary = "a standard random variate of a stream, at this point, or of the whole model";
  let description = [{
    Inside an evolve it is drawn anew for each step.
  }];
  let arguments = (ins Irh_Distribution:$kind, StrAttr:$stream);
  let results = (outs F64:$result);
  let assemblyFormat = "$kind $stream attr-dict";
}

def Irh_NoiseOp : Irh_Op<"noise", [Pure]> {
  let summary = "unit white noise of a stream: a normal variate over the root of the time step";
  let arguments = (ins StrAttr:$stream);
  let results = (outs F64:$result);
  let assemblyFormat = "$stream attr-dict";
}

def Irh_NeighboursOp : Irh_Op<"neighbours", [Pure, SingleBlock]> {
  let summary = "combine a term over the neighbours of this node";
  let description = [{
    Neighbours are the nodes with an edge into here; with `targets`, those that an edge leads to.
  }];
  let arguments = (ins Irh_ReduceKind:$kind, FlatSymbolRefAttr:$network, UnitAttr:$targets);
  let results = (outs Irh_Value:$result);
  let regions = (region SizedRegion<1>:$term);
  let assemblyFormat = [{
    $kind (`targets` $targets^)? $network attr-dict-with-keyword $term `:` type($result)
  }];
}

def Irh_ReduceOp : Irh_Op<"reduce", [Pure, SingleBlock]> {
  let summary = "combine a term over all points of a set";
  let arguments = (ins Irh_ReduceKind:$kind, Irh_SetKind:$set, FlatSymbolRefAttr:$network);
  let results = (outs Irh_Value:$result);
  let regions = (region SizedRegion<1>:$term);
  let assemblyFormat = "$kind $set $network attr-dict-with-keyword $term `:` type($result)";
}

#endif // IRH_IRH_OPS_TD
