// RUN: irh-opt %s --field-fuse-sweeps --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// What the first stores and the second reads at its own point passes in a register. Results:
// stored of the first, of the second, then reduced of the first, of the second.

// CHECK-LABEL: func @reads_at_the_point_fuse(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>
func.func @reads_at_the_point_fuse(%u: !nodes) -> (!nodes, f64, !nodes, f64) {
  // CHECK:     %[[R:.*]]:4 = field.sweep on @G nodes reduce [sum, max] {
  // CHECK:       %[[X:.*]] = field.here %[[U]]
  // CHECK:       %[[Y:.*]] = math.sin %[[X]]
  // CHECK-NOT:   field.here
  // CHECK:       %[[Z:.*]] = math.cos %[[Y]]
  // CHECK:       field.yield %[[Y]], %[[Z]], %[[X]], %[[Y]]
  // CHECK-NOT: field.sweep
  // CHECK:     return %[[R]]#0, %[[R]]#2, %[[R]]#1, %[[R]]#3
  %a, %sum = field.sweep on @G nodes reduce [sum] {
    %x = field.here %u : !nodes
    %y = math.sin %x : f64
    field.yield %y, %x : f64, f64
  } : !nodes, f64
  %b, %max = field.sweep on @G nodes reduce [max] {
    %x = field.here %a : !nodes
    %y = math.cos %x : f64
    field.yield %y, %x : f64, f64
  } : !nodes, f64
  return %a, %sum, %b, %max : !nodes, f64, !nodes, f64
}

// -----

!nodes = !field.values<@G, nodes, f64>

// Scalar work that stands between moves along: the second goes up to the first.

// CHECK-LABEL: func @second_moves_up(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>, %[[K:.*]]: f64
func.func @second_moves_up(%u: !nodes, %k: f64) -> (f64, !nodes) {
  // CHECK:      %[[TWICE:.*]] = arith.addf %[[K]], %[[K]]
  // CHECK-NEXT: field.sweep on @G nodes reduce [sum]
  // CHECK:        arith.mulf %{{.*}}, %[[TWICE]]
  // CHECK-NOT:  field.sweep
  // CHECK:      field.record 0 "sum"
  %sum = field.sweep on @G nodes reduce [sum] {
    %x = field.here %u : !nodes
    field.yield %x : f64
  } : f64
  field.record 0 "sum" %sum : f64
  %twice = arith.addf %k, %k : f64
  %b = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = arith.mulf %x, %twice : f64
    field.yield %y : f64
  } : !nodes
  return %sum, %b : f64, !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>

// The second needs what is made between, so it stays; nobody needs the first before, so the first
// goes down.

// CHECK-LABEL: func @first_moves_down(
func.func @first_moves_down(%u: !nodes, %w: !edges) -> (!nodes, !nodes) {
  // CHECK:      %[[TOTAL:.*]] = field.sweep on @G edges reduce [sum]
  // CHECK:      field.sweep on @G nodes {
  // CHECK:        math.sin
  // CHECK:        arith.mulf %{{.*}}, %[[TOTAL]]
  // CHECK-NOT:  field.sweep
  %a = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = math.sin %x : f64
    field.yield %y : f64
  } : !nodes
  %total = field.sweep on @G edges reduce [sum] {
    %x = field.here %w : !edges
    field.yield %x : f64
  } : f64
  %b = field.sweep on @G nodes {
    %x = field.here %a : !nodes
    %y = arith.mulf %x, %total : f64
    field.yield %y : f64
  } : !nodes
  return %a, %b : !nodes, !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>

// A neighbour's value is there only once the first sweep is over.

// CHECK-LABEL: func @neighbour_reads_do_not_fuse(
// CHECK-COUNT-2: field.sweep
func.func @neighbour_reads_do_not_fuse(%u: !nodes) -> (!nodes, !nodes) {
  %a = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = math.sin %x : f64
    field.yield %y : f64
  } : !nodes
  %b = field.sweep on @G nodes {
    %pull = net.reduce [sum] (%a : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %pull : f64
  } : !nodes
  return %a, %b : !nodes, !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>

// So is a reduction over the whole set.

// CHECK-LABEL: func @totals_do_not_fuse(
// CHECK-COUNT-2: field.sweep
func.func @totals_do_not_fuse(%u: !nodes) -> !nodes {
  %sum = field.sweep on @G nodes reduce [sum] {
    %x = field.here %u : !nodes
    field.yield %x : f64
  } : f64
  %b = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = arith.subf %x, %sum : f64
    field.yield %y : f64
  } : !nodes
  return %b : !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>

// A total that reaches the second sweep through scalar work is a total too.

// CHECK-LABEL: func @means_do_not_fuse(
// CHECK-COUNT-2: field.sweep
func.func @means_do_not_fuse(%u: !nodes, %n: f64) -> !nodes {
  %sum = field.sweep on @G nodes reduce [sum] {
    %x = field.here %u : !nodes
    field.yield %x : f64
  } : f64
  %mean = arith.divf %sum, %n : f64
  %b = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = arith.subf %x, %mean : f64
    field.yield %y : f64
  } : !nodes
  return %b : !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>

// Nodes and edges are different sets, and so are the nodes of two networks.

// CHECK-LABEL: func @other_sets_do_not_fuse(
// CHECK-COUNT-3: field.sweep
func.func @other_sets_do_not_fuse(%u: !nodes, %w: !edges, %v: !field.values<@H, nodes, f64>)
    -> (f64, f64, f64) {
  %a = field.sweep on @G nodes reduce [sum] {
    %x = field.here %u : !nodes
    field.yield %x : f64
  } : f64
  %b = field.sweep on @G edges reduce [sum] {
    %x = field.here %w : !edges
    field.yield %x : f64
  } : f64
  %c = field.sweep on @H nodes reduce [sum] {
    %x = field.here %v : !field.values<@H, nodes, f64>
    field.yield %x : f64
  } : f64
  return %a, %b, %c : f64, f64, f64
}

// -----

!nodes = !field.values<@G, nodes, f64>

// The sweeps of a row share a pass over memory as well.

// CHECK-LABEL: func @rows_share_sweeps(
// CHECK:         field.row {
// CHECK:           field.sweep on @G nodes reduce [min, max]
// CHECK-NOT:       field.sweep
// CHECK:           field.record 1
func.func @rows_share_sweeps(%u: !nodes) {
  field.row {
    %min = field.sweep on @G nodes reduce [min] {
      %x = field.here %u : !nodes
      field.yield %x : f64
    } : f64
    field.record 0 "min" %min : f64
    %max = field.sweep on @G nodes reduce [max] {
      %x = field.here %u : !nodes
      field.yield %x : f64
    } : f64
    field.record 1 "max" %max : f64
  }
  return
}
