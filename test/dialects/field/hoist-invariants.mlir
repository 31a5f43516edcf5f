// RUN: irh-opt %s --field-hoist-invariants | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// Arithmetic on what comes from outside is done once, before the sweep; so are the functions.

// CHECK-LABEL: func @scalar_work_leaves_the_sweep(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>, %[[T:.*]]: f64
func.func @scalar_work_leaves_the_sweep(%u: !nodes, %t: f64) -> !nodes {
  // CHECK:      %[[NEG:.*]] = arith.negf %[[T]]
  // CHECK-NEXT: %[[DECAY:.*]] = math.exp %[[NEG]]
  // CHECK-NEXT: %[[SIZE:.*]] = field.hypot %[[DECAY]], %[[T]]
  // CHECK-NEXT: field.sweep
  // CHECK-NEXT:   %[[X:.*]] = field.here %[[U]]
  // CHECK-NEXT:   arith.mulf %[[X]], %[[SIZE]]
  // CHECK-NEXT:   field.yield
  %r = field.sweep on @G nodes {
    %neg = arith.negf %t : f64
    %decay = math.exp %neg : f64
    %size = field.hypot %decay, %t : f64
    %x = field.here %u : !nodes
    %y = arith.mulf %x, %size : f64
    field.yield %y : f64
  } : !nodes
  return %r : !nodes
}

// What is the same for all neighbours is done once for the node, and leaves the sweep as well if
// it is the same for all nodes. Reads stay.

// CHECK-LABEL: func @node_work_leaves_the_neighbours(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>, %[[T:.*]]: f64
func.func @node_work_leaves_the_neighbours(%u: !nodes, %t: f64) -> !nodes {
  // CHECK:      %[[DECAY:.*]] = math.exp %[[T]]
  // CHECK-NEXT: field.sweep
  // CHECK-NEXT:   %[[HERE:.*]] = field.here %[[U]]
  // CHECK-NEXT:   %[[SCALED:.*]] = arith.mulf %[[HERE]], %[[DECAY]]
  // CHECK-NEXT:   net.reduce
  // CHECK-NEXT:   ^bb0(%[[THERE:.*]]: f64):
  // CHECK-NEXT:     arith.subf %[[THERE]], %[[SCALED]]
  // CHECK-NEXT:     net.yield
  %r = field.sweep on @G nodes {
    %here = field.here %u : !nodes
    %pull = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      %decay = math.exp %t : f64
      %scaled = arith.mulf %here, %decay : f64
      %gap = arith.subf %there, %scaled : f64
      net.yield %gap : f64
    } : f64
    field.yield %pull : f64
  } : !nodes
  return %r : !nodes
}

// A kernel is given real numbers: the parts of a complex one leave, the number stays.

// CHECK-LABEL: func @complex_numbers_stay(
// CHECK-SAME:    %[[K:.*]]: f64
func.func @complex_numbers_stay(%k: f64) -> !field.values<@G, nodes, complex<f64>> {
  // CHECK:      %[[SIN:.*]] = math.sin %[[K]]
  // CHECK-NEXT: field.sweep
  // CHECK-NEXT:   complex.create %[[K]], %[[SIN]]
  %r = field.sweep on @G nodes {
    %sin = math.sin %k : f64
    %z = complex.create %k, %sin : complex<f64>
    field.yield %z : complex<f64>
  } : !field.values<@G, nodes, complex<f64>>
  return %r : !field.values<@G, nodes, complex<f64>>
}

// A division of integers by zero must not run for an empty set: it stays.

// CHECK-LABEL: func @what_may_trap_stays(
func.func @what_may_trap_stays(%n: i64) -> !field.values<@G, nodes, i64> {
  // CHECK:      field.sweep
  // CHECK-NEXT:   arith.divsi
  %r = field.sweep on @G nodes {
    %q = arith.divsi %n, %n : i64
    field.yield %q : i64
  } : !field.values<@G, nodes, i64>
  return %r : !field.values<@G, nodes, i64>
}
