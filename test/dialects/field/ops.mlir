// RUN: irh-opt %s | irh-opt | FileCheck %s

// Every operation of the dialect parses and prints as itself; the examples of the operations'
// descriptions are here.

!nodes = !field.values<@G, nodes, f64>
!flags = !field.values<@G, edges, i1>
!phases = !field.values<@G, nodes, complex<f64>>

// Stored results come first, then one scalar for each kind of `reduce`.

// CHECK-LABEL: func @sweep_stores_and_reduces(
// CHECK-SAME:    %[[THETA:.*]]: !field.values<@G, nodes, f64>, %[[H:.*]]: f64
func.func @sweep_stores_and_reduces(%theta: !nodes, %h: f64) -> (!nodes, f64) {
  // CHECK: field.sweep on @G nodes reduce [sum] {
  // CHECK:   %[[X:.*]] = field.here %[[THETA]] : !field.values<@G, nodes, f64>
  // CHECK:   %[[Y:.*]] = arith.mulf %[[X]], %[[H]] : f64
  // CHECK:   field.yield %[[Y]], %[[X]] : f64, f64
  // CHECK: } : !field.values<@G, nodes, f64>, f64
  %next, %total = field.sweep on @G nodes reduce [sum] {
    %x = field.here %theta : !field.values<@G, nodes, f64>
    %y = arith.mulf %x, %h : f64
    field.yield %y, %x : f64, f64
  } : !field.values<@G, nodes, f64>, f64
  return %next, %total : !nodes, f64
}

// A flag is reduced to a flag, whatever the element.

// CHECK-LABEL: func @every_kind_of_reduction(
func.func @every_kind_of_reduction(%theta: !nodes) {
  // CHECK: field.sweep on @G nodes reduce [sum, min, max, prod, not_finite] {
  // CHECK: } : f64, f64, f64, f64, i1
  %r:5 = field.sweep on @G nodes reduce [sum, min, max, prod, not_finite] {
    %x = field.here %theta : !nodes
    field.yield %x, %x, %x, %x, %x : f64, f64, f64, f64, f64
  } : f64, f64, f64, f64, i1
  return
}

// CHECK-LABEL: func @a_sweep_may_give_nothing(
func.func @a_sweep_may_give_nothing() {
  // CHECK:      field.sweep on @G edges {
  // CHECK-NEXT:   field.yield
  // CHECK-NEXT: }
  field.sweep on @G edges {
    field.yield
  }
  return
}

// CHECK-LABEL: func @values_from_outside(
func.func @values_from_outside() {
  // CHECK: field.draw uniform "theta.0" : !field.values<@G, nodes, f64>
  %u = field.draw uniform "theta.0" : !field.values<@G, nodes, f64>
  // CHECK: field.draw normal "theta.1" : !field.values<@G, nodes, f64>
  %z = field.draw normal "theta.1" : !nodes
  // CHECK: field.column "va" : !field.values<@G, nodes, f64>
  %va = field.column "va" : !field.values<@G, nodes, f64>
  // CHECK: field.column "open" : !field.values<@G, edges, i1>
  %open = field.column "open" : !flags
  // CHECK: field.column "phase" : !field.values<@G, nodes, complex<f64>>
  %phase = field.column "phase" : !phases
  // CHECK: field.count @G edges
  %n = field.count @G edges
  return
}

// CHECK-LABEL: func @hypot_takes_scalars_and_vectors(
func.func @hypot_takes_scalars_and_vectors(%x: f64, %v: vector<4xf64>) {
  // CHECK: field.hypot %{{.*}}, %{{.*}} : f64
  %a = field.hypot %x, %x : f64
  // CHECK: field.hypot %{{.*}}, %{{.*}} : vector<4xf64>
  %b = field.hypot %v, %v : vector<4xf64>
  return
}

// CHECK-LABEL: func @evolve_goes_to_a_time(
func.func @evolve_goes_to_a_time(%theta: !nodes, %a: f64, %b: f64, %h: f64, %n: i64) {
  // CHECK: field.evolve "t" ["theta"] from %{{.*}} to %{{.*}} by %{{.*}} iter(%{{.*}} : !field.values<@G, nodes, f64>) {
  %end = field.evolve "t" ["theta"] from %a to %b by %h iter (%theta : !field.values<@G, nodes, f64>) {
  // CHECK-NEXT: ^bb0(%{{.*}}: f64, %{{.*}}: f64, %{{.*}}: i64, %{{.*}}: !field.values<@G, nodes, f64>):
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: !field.values<@G, nodes, f64>):
    // CHECK: field.event every %{{.*}} {
    field.event every %n {
      %r = field.sweep on @G nodes reduce [max] {
        %x = field.here %now : !nodes
        field.yield %x : f64
      } : f64
      // CHECK: field.record 0 "r" %{{.*}} : f64
      field.record 0 "r" %r : f64
    }
    // CHECK: field.event {
    field.event {
      %true = arith.constant true
      // CHECK: field.check %{{.*}} "too large"
      field.check %true "too large"
    }
    %next, %bad = field.sweep on @G nodes reduce [not_finite] {
      %x = field.here %now : !nodes
      field.yield %x, %x : f64, f64
    } : !field.values<@G, nodes, f64>, i1
    // CHECK: field.watch %[[NEXT:.*]] if %{{.*}} : !field.values<@G, nodes, f64>
    field.watch %next if %bad : !field.values<@G, nodes, f64>
    // CHECK: field.yield %[[NEXT]] : !field.values<@G, nodes, f64>
    field.yield %next : !field.values<@G, nodes, f64>
  // CHECK: } -> !field.values<@G, nodes, f64>
  } -> !field.values<@G, nodes, f64>
  return
}

// CHECK-LABEL: func @evolve_goes_for_steps(
func.func @evolve_goes_for_steps(%n: i64, %h: f64) {
  // CHECK: field.evolve "t" [] for %{{.*}} steps by %{{.*}} iter() {
  field.evolve "t" [] for %n steps by %h iter () {
  ^bb0(%t: f64, %dt: f64, %step: i64):
    field.yield
  }
  return
}

// CHECK-LABEL: func @row_holds_its_cells(
func.func @row_holds_its_cells(%n: i64) {
  // CHECK: field.row {
  field.row {
    // CHECK: field.record 0 "n" %{{.*}} : i64
    field.record 0 "n" %n : i64
  }
  return
}

// CHECK-LABEL: func @loop_names_its_functions(
func.func @loop_names_its_functions(%theta: !nodes, %h: f64, %n: i64) -> !nodes {
  // CHECK:      field.loop "t" ["theta"] for %{{.*}} steps by %{{.*}} step @step all @all events [@event]
  // CHECK-SAME: every(%{{.*}}) columns ["r"] [f64] captures(%{{.*}} : f64) iter(%{{.*}} : !field.values<@G, nodes, f64>)
  %end = field.loop "t" ["theta"] for %n steps by %h step @step all @all events [@event]
      every (%n) columns ["r"] [f64] captures (%h : f64) iter (%theta : !nodes) -> !nodes
  return %end : !nodes
}
