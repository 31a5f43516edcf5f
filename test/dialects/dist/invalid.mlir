// RUN: irh-opt %s --split-input-file --verify-diagnostics

// Edges have no stale copies: both ranks evaluate them.

func.func @edges_are_not_exchanged(%w: !field.values<@G, edges, f64>) {
  // expected-error @+1 {{exchanges node fields: edges are evaluated on both ranks}}
  %fresh = dist.exchange %w : !field.values<@G, edges, f64>
  return
}

// -----

func.func @scalars_are_not_exchanged(%x: f64) {
  // expected-error @+1 {{operand #0 must be variadic of one value at each point of a set}}
  %fresh = "dist.exchange"(%x) : (f64) -> f64
  return
}
