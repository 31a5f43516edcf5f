//===- NetOps.td - operations of the `net` dialect --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_NET_OPS_TD
#define IRH_NET_OPS_TD

include "dialects/field/IR/FieldTypes.td"
include "dialects/irh/IR/IrhTypes.td"
include "dialects/net/IR/NetEnums.td"
include "dialects/net/IR/NetDialect.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Net_Op<string mnemonic, list<Trait> traits = []>
    : Op<Net_Dialect, mnemonic, traits>;

/// `directed` is an i64: 0 or 1.
def Net_RingOp : Net_Op<"ring"> {
  let summary = "make a ring of nodes";
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$nodes, I64:$directed);
  let assemblyFormat = "$name `nodes` $nodes `directed` $directed attr-dict";
}

def Net_WattsStrogatzOp : Net_Op<"watts_strogatz"> {
  let summary = "make a small world";
  let description = [{
    Source: D. J. Watts and S. H. Strogatz, Nature 393 (1998) 440-442.
  }];
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$nodes, I64:$neighbours, F64:$rewire,
                       I64:$seed);
  let assemblyFormat = [{
    $name `nodes` $nodes `neighbours` $neighbours `rewire` $rewire `seed` $seed attr-dict
  }];
}

def Net_GeometricOp : Net_Op<"geometric"> {
  let summary = "make a random geometric network in a unit box";
  let description = [{
    Nodes nearer than `extent` are joined; with `by_degree`, `extent` is the mean degree aimed at.
    `torus` is an i64: 0 or 1.
  }];
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$nodes, I64:$dim, F64:$extent,
                       UnitAttr:$by_degree, I64:$torus, I64:$seed);
  let assemblyFormat = [{
    $name `nodes` $nodes `dim` $dim `extent` $extent (`by_degree` $by_degree^)? `torus` $torus
    `seed` $seed attr-dict
  }];
}

def Net_ErdosRenyiOp : Net_Op<"erdos_renyi"> {
  let summary = "make a network in which each pair is joined with one probability";
  let description = [{
    Source: E. N. Gilbert, Ann. Math. Stat. 30 (1959) 1141-1144.
  }];
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$nodes, F64:$probability, I64:$directed,
                       I64:$seed);
  let assemblyFormat = [{
    $name `nodes` $nodes `probability` $probability `directed` $directed `seed` $seed attr-dict
  }];
}

def Net_BarabasiAlbertOp : Net_Op<"barabasi_albert"> {
  let summary = "make a network by preferential attachment";
  let description = [{
    Source: A.-L. Barabasi and R. Albert, Science 286 (1999) 509-512.
  }];
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$nodes, I64:$attach, I64:$directed, I64:$seed);
  let assemblyFormat = [{
    $name `nodes` $nodes `attach` $attach `directed` $directed `seed` $seed attr-dict
  }];
}

def Net_LatticeOp : Net_Op<"lattice"> {
  let summary = "make a lattice, as many dimensions as extents";
  let description = [{
    `periodic` is an i64: 0 or 1.
  }];
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$periodic, Variadic<I64>:$shape);
  let assemblyFormat = "$name `periodic` $periodic `shape` $shape attr-dict";
}

def Net_CompleteOp : Net_Op<"complete"> {
  let summary = "make a network in which each two nodes are joined";
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$nodes, I64:$directed);
  let assemblyFormat = "$name `nodes` $nodes `directed` $directed attr-dict";
}

def Net_StarOp : Net_Op<"star"> {
  let summary = "make a network in which node 0 is joined with all others";
  let arguments = (ins FlatSymbolRefAttr:$name, I64:$nodes);
  let assemblyFormat = "$name `nodes` $nodes attr-dict";
}

def Net_ReadOp : Net_Op<"read"> {
  let summary = "make a network from files";
  let description = [{
    `duplicates` and `loops` are numbers of `abi::Duplicates` and `abi::Loops`; `directed` is -1
    where the model doesn't say.
  }];
  let arguments = (ins FlatSymbolRefAttr:$name, Irh_String:$edgesFile,
                       Optional<Irh_String>:$nodesFile, I64:$directed, I32Attr:$duplicates,
                       I32Attr:$loops);
  let assemblyFormat = [{
    $name `edges` $edgesFile (`nodes` $nodesFile^)? `directed` $directed `duplicates` $duplicates
    `loops` $loops attr-dict
  }];
}

def Net_RequireUndirectedOp : Net_Op<"require_undirected"> {
  let summary = "refuse to run on a directed network, for the sake of a field";
  let arguments = (ins FlatSymbolRefAttr:$name, StrAttr:$field);
  let assemblyFormat = "$name $field attr-dict";
}

def Net_PositionOp : Net_Op<"position"> {
  let summary = "a coordinate of each node";
  let arguments = (ins I64Attr:$axis);
  let results = (outs Field_Values:$result);
  let assemblyFormat = "$axis attr-dict `:` qualified(type($result))";
}

def Net_HolonomyOp : Net_Op<"holonomy"> {
  let summary = "products around triangles or cycles of what the nodes on the way see of an edge";
  let description = [{
    `forth` is what `dst` sees of each edge, `back` what `src` sees.

    ```mlir
    %h = net.holonomy %w, %v : !field.values<@G, edges, f64>, !field.values<@G, edges, f64> ->
        !field.values<@G, cycles, f64>
    ```
  }];
  let arguments = (ins Field_Values:$forth, Field_Values:$back);
  let results = (outs Field_Values:$result);
  let assemblyFormat = [{
    $forth `,` $back attr-dict `:` qualified(type($forth)) `,` qualified(type($back)) `->`
    qualified(type($result))
  }];
  let hasVerifier = 1;
}

def Net_DegreesOp : Net_Op<"degrees", [Pure]> {
  let summary = "the number of neighbours, as a field on the nodes";
  let results = (outs Field_Values:$result);
  let assemblyFormat = "attr-dict `:` qualified(type($result))";
}

def Net_IdsOp : Net_Op<"ids", [Pure]> {
  let summary = "the id of each node in its file, else its row";
  let results = (outs Field_Values:$result);
  let assemblyFormat = "attr-dict `:` qualified(type($result))";
}

def Net_ReduceOp : Net_Op<"reduce", [Pure, SingleBlock]> {
  let summary = "combine, at a node, one term for each neighbour";
  let description = [{
    In a sweep over the nodes of a network. For each edge between here and a neighbour j the body
    is given the values of the operands: of a node field at j, of an edge field on the edge. It
    yields one term or more; each is combined over the neighbours by its own kind (`sum`, `min`,
    `max`, `prod`). Neighbours are the nodes with an edge into here; with `targets`, those that an
    edge leads to from here:

        result[t] = kind[t] over j of body(operands at j)[t]

    A node without neighbours gets the neutral element (0, +inf, -inf, 1; for i64 the largest and
    the least number instead of the infinities). Terms are combined in the order of the
    neighbours' global ids, term m of a row in lane m mod 4, lanes as (0 + 2) + (1 + 3): the
    result depends on the network alone. Values from outside the body are those at the node.

    **Reads ghosts.** A node field must be fresh, which `dist-insert-exchange` arranges.

    ```mlir
    %pull = net.reduce [sum] (%theta : !field.values<@G, nodes, f64>) {
    ^bb0(%there: f64):
      %gap = arith.subf %there, %here : f64
      net.yield %gap : f64
    } : f64
    ```
  }];
  let arguments = (ins DenseI32ArrayAttr:$kinds, UnitAttr:$targets,
                       Variadic<Field_Values>:$fields);
  let results = (outs Variadic<Field_Scalar>:$results);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::Block *getBlock() { return &getBody().front(); }
    YieldOp getYield();
    ::irh::field::ReductionKind getKind(unsigned i) {
      return static_cast<::irh::field::ReductionKind>(getKinds()[i]);
    }
  }];
}

def Net_YieldOp : Net_Op<"yield", [Pure, Terminator, HasParent<"ReduceOp">]> {
  let summary = "the terms that one neighbour contributes";
  let arguments = (ins Variadic<Field_Scalar>:$terms);
  let assemblyFormat = "$terms attr-dict `:` type($terms)";
}

def Net_SignOp : Net_Op<"sign", [Pure, HasParent<"ReduceOp">]> {
  let summary = "1 where this node sees an edge as it is stored, -1 where it is the other end";
  let description = [{
    An edge is stored as its `dst` sees it. On a directed network it is 1 everywhere.

    ```mlir
    %s = net.sign : f64
    %seen = arith.mulf %s, %current : f64
    ```
  }];
  let results = (outs AnyTypeOf<[F64, I64]>:$result);
  let assemblyFormat = "attr-dict `:` type($result)";
}

def Net_EndOp : Net_Op<"end", [Pure,
    TypesMatchWith<"the result is an element of the field", "field", "result",
                   "::llvm::cast<::irh::field::ValuesType>($_self).getElement()">]> {
  let summary = "a node field's value at an end of the edge of the sweep";
  let description = [{
    `src` is the end with the smaller global row. **Reads ghosts**, as `net.reduce` does.

    ```mlir
    %a = net.end src %theta : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins Net_EdgeEnd:$end, Field_Values:$field);
  let results = (outs Field_Scalar:$result);
  let assemblyFormat = "$end $field attr-dict `:` qualified(type($field))";
  let hasVerifier = 1;
}

#endif // IRH_NET_OPS_TD
