// RUN: irh-opt %s --canonicalize | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// A result that nobody uses is not computed, stored or reduced.

// CHECK-LABEL: func @unused_results_go(
func.func @unused_results_go(%u: !nodes) -> (!nodes, f64) {
  // CHECK:     field.sweep on @G nodes reduce [max] {
  // CHECK:       %[[X:.*]] = field.here
  // CHECK-NOT:   math.sin
  // CHECK:       field.yield %[[X]], %[[X]] : f64, f64
  %a, %b, %c, %d = field.sweep on @G nodes reduce [sum, max] {
    %x = field.here %u : !nodes
    %y = math.sin %x : f64
    field.yield %y, %x, %y, %x : f64, f64, f64, f64
  } : !nodes, !nodes, f64, f64
  return %b, %d : !nodes, f64
}

// CHECK-LABEL: func @unused_sweeps_go(
func.func @unused_sweeps_go(%u: !nodes) {
  // CHECK-NOT: field.sweep
  %a = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    field.yield %x : f64
  } : !nodes
  return
}
