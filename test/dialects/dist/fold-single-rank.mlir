// RUN: irh-opt %s --dist-fold-single-rank | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// On one rank nothing is a ghost: a read sees the field itself.

// CHECK-LABEL: func @exchanges_go(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>
func.func @exchanges_go(%u: !nodes) -> !nodes {
  // CHECK-NOT: dist.exchange
  // CHECK:     net.reduce [sum] (%[[U]] :
  %fresh = dist.exchange %u : !nodes
  %r = field.sweep on @G nodes {
    %p = net.reduce [sum] (%fresh : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  return %r : !nodes
}
