// RUN: irh-opt %s --field-form-fma | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// A product that only a sum needs is rounded once with it: a b + c, c + a b, a b - c, c - a b.

// CHECK-LABEL: func @products_and_sums_contract(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>, %[[A:.*]]: f64, %[[B:.*]]: f64
func.func @products_and_sums_contract(%u: !nodes, %a: f64, %b: f64)
    -> (!nodes, !nodes, !nodes, !nodes) {
  // CHECK:     %[[X:.*]] = field.here %[[U]]
  // CHECK:     %[[P:.*]] = math.fma %[[A]], %[[X]], %[[B]]
  // CHECK:     %[[Q:.*]] = math.fma %[[A]], %[[X]], %[[B]]
  // CHECK:     %[[NB:.*]] = arith.negf %[[B]]
  // CHECK:     %[[R:.*]] = math.fma %[[A]], %[[X]], %[[NB]]
  // CHECK:     %[[NA:.*]] = arith.negf %[[A]]
  // CHECK:     %[[S:.*]] = math.fma %[[NA]], %[[X]], %[[B]]
  // CHECK-NOT: arith.mulf
  // CHECK:     field.yield %[[P]], %[[Q]], %[[R]], %[[S]]
  %r:4 = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %ax0 = arith.mulf %a, %x : f64
    %p = arith.addf %ax0, %b : f64
    %ax1 = arith.mulf %a, %x : f64
    %q = arith.addf %b, %ax1 : f64
    %ax2 = arith.mulf %a, %x : f64
    %r = arith.subf %ax2, %b : f64
    %ax3 = arith.mulf %a, %x : f64
    %s = arith.subf %b, %ax3 : f64
    field.yield %p, %q, %r, %s : f64, f64, f64, f64
  } : !nodes, !nodes, !nodes, !nodes
  return %r#0, %r#1, %r#2, %r#3 : !nodes, !nodes, !nodes, !nodes
}

// A product with another use is computed anyway; a square, too, is one value used twice.

// CHECK-LABEL: func @shared_products_stay(
func.func @shared_products_stay(%u: !nodes, %a: f64) -> (!nodes, !nodes, !nodes) {
  // CHECK-NOT: math.fma
  // CHECK:     field.yield
  %r:3 = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %ax = arith.mulf %a, %x : f64
    %p = arith.addf %ax, %x : f64
    %xx = arith.mulf %x, %x : f64
    %q = arith.addf %xx, %xx : f64
    field.yield %ax, %p, %q : f64, f64, f64
  } : !nodes, !nodes, !nodes
  return %r#0, %r#1, %r#2 : !nodes, !nodes, !nodes
}

// A product that is the same for all neighbours is computed once, at the node.

// CHECK-LABEL: func @products_at_the_node_stay(
func.func @products_at_the_node_stay(%u: !nodes, %a: f64) -> !nodes {
  // CHECK:      arith.mulf
  // CHECK-NEXT: net.reduce
  // CHECK:        arith.addf
  %r = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %ax = arith.mulf %a, %x : f64
    %p = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      %q = arith.addf %ax, %there : f64
      net.yield %q : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  return %r : !nodes
}

// Outside sweeps there is nothing to win.

// CHECK-LABEL: func @scalars_stay(
func.func @scalars_stay(%a: f64, %b: f64) -> f64 {
  // CHECK: arith.mulf
  // CHECK: arith.addf
  %ab = arith.mulf %a, %b : f64
  %r = arith.addf %ab, %b : f64
  return %r : f64
}
