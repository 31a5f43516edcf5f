// RUN: irh-opt %s --field-outline-evolve --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// An event that changes the state gives the whole state back. The step then holds no event at all:
// events come before it, one after the other, and each sees what the one before has made of the
// state, as the function's own argument.

// CHECK-LABEL: func private @irh_evolve0_step(
// CHECK-SAME:    %{{.*}}: f64, %{{.*}}: f64, %{{.*}}: i64, %[[U:.*]]: !field.values<@G, nodes, f64>, %[[S:.*]]: f64)
// CHECK-NOT:     field.record
// CHECK:         field.here %[[U]]
// CHECK:         return %{{.*}}, %[[S]]

// CHECK-LABEL: func private @irh_evolve0_event0(
// CHECK-SAME:    %{{.*}}: f64, %{{.*}}: i64, %[[U:.*]]: !field.values<@G, nodes, f64>, %[[S:.*]]: f64) -> (!field.values<@G, nodes, f64>, f64)
// CHECK-NEXT:    %[[TWICE:.*]] = arith.addf %[[S]], %[[S]]
// CHECK-NEXT:    return %[[U]], %[[TWICE]]

// CHECK-LABEL: func private @irh_evolve0_event1(
// CHECK-SAME:    %[[S:[a-z0-9]+]]: f64) {
// CHECK-NEXT:    field.record 0 "s" %[[S]]
// CHECK-NEXT:    return{{$}}

// CHECK-LABEL: func @changes(
// CHECK:         field.loop "t" ["u", "s"] {{.*}} step @irh_evolve0_step all @irh_evolve0_step
// CHECK-SAME:      events [@irh_evolve0_event0, @irh_evolve0_event1] when [unit, unit] held [false, false]
// CHECK-SAME:      every [0, -1](%{{.*}}) within [-1, -1]()
func.func @changes(%u: !nodes, %s: f64, %h: f64, %n: i64) -> (!nodes, f64) {
  %end:2 = field.evolve "t" ["u", "s"] for %n steps by %h iter (%u, %s : !nodes, f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: !nodes, %value: f64):
    %changed = field.event every %n {
      %twice = arith.addf %value, %value : f64
      field.yield %twice : f64
    } {assigned = array<i32: 1>} : f64
    field.event {
      field.record 0 "s" %changed : f64
      field.yield
    }
    %next = field.sweep on @G nodes {
      %x = field.here %now : !nodes
      %y = arith.addf %x, %changed : f64
      field.yield %y : f64
    } : !nodes
    field.yield %next, %changed : !nodes, f64
  } -> !nodes, f64
  return %end#0, %end#1 : !nodes, f64
}

// -----

!nodes = !field.values<@G, nodes, f64>

// A condition becomes a function that answers the loop. Its event, and one that follows a time, is
// never held; others still are, in the step function or, periodic ones, in the full one.

// CHECK-LABEL: func private @irh_evolve0_step(
// CHECK-NOT:     field.record
// CHECK:         field.record 2 "always"
// CHECK-NOT:     field.record
// CHECK:         return

// CHECK-LABEL: func private @irh_evolve0_all(
// CHECK:         field.record 2 "always"
// CHECK-NEXT:    field.record 3 "periodic"
// CHECK-NOT:     field.record
// CHECK:         return

// CHECK:       func private @irh_evolve0_event0(
// CHECK-LABEL: func private @irh_evolve0_event0_when(
// CHECK-SAME:    %[[T:.*]]: f64, %{{.*}}: i64, %[[K:.*]]: f64, %{{.*}}: !field.values<@G, nodes, f64>) {
// CHECK-NEXT:    %[[DUE:.*]] = arith.cmpf ogt, %[[T]], %[[K]]
// CHECK-NEXT:    field.due %[[DUE]]
// CHECK-NEXT:    return

// CHECK-LABEL: func @cadences(
// CHECK:         field.loop {{.*}} step @irh_evolve0_step all @irh_evolve0_all
// CHECK-SAME:      when [@irh_evolve0_event0_when, unit, unit, unit] held [false, false, true, true]
// CHECK-SAME:      every [-1, -1, -1, 0](%{{.*}}) within [-1, 0, -1, -1](%[[H:[a-z0-9]+]]) checkpoint_every %{{.*}} checkpoint_seconds %[[H]] columns
func.func @cadences(%u: !nodes, %h: f64, %n: i64, %k: f64) -> !nodes {
  %end = field.evolve "t" ["u"] for %n steps by %h iter (%u : !nodes) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: !nodes):
    field.event {
      field.record 0 "conditional" %t : f64
      field.yield
    } when {
      %due = arith.cmpf ogt, %t, %k : f64
      field.yield %due : i1
    }
    field.event within %h {
      field.record 1 "timed" %t : f64
      field.yield
    }
    field.event {
      field.record 2 "always" %t : f64
      field.yield
    }
    field.event every %n {
      field.record 3 "periodic" %t : f64
      field.yield
    }
    field.checkpoint every %n seconds %h
    field.yield %now : !nodes
  } -> !nodes
  return %end : !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>

// Where a step may be refused, and so be called again, it holds nothing.

// CHECK-LABEL: func private @irh_evolve0_step(
// CHECK-NOT:     field.record
// CHECK:         field.step_error
// CHECK:         return

// CHECK-LABEL: func @adaptive(
// CHECK:         field.loop "t" ["u"] from %{{.*}} to %{{.*}} by %{{.*}} tolerance %{{.*}} step {{.*}} held [false]
func.func @adaptive(%u: !nodes, %h: f64, %n: i64) -> !nodes {
  %end = field.evolve "t" ["u"] from %h to %h by %h tolerance %h iter (%u : !nodes) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: !nodes):
    field.event {
      field.record 0 "t2" %t : f64
      field.yield
    }
    %new, %squares = field.sweep on @G nodes reduce [sum] {
      %x = field.here %now : !nodes
      field.yield %x, %x : f64, f64
    } : !nodes, f64
    %ok = field.step_error %squares of %n
    %next = field.select %ok, %new, %now : !nodes
    field.yield %next : !nodes
  } -> !nodes
  return %end : !nodes
}
