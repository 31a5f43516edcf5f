// RUN: irh-opt %s --field-outline-evolve | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// The step holds the events of each step; `all` holds every event; each event has a function of
// its own. Captured values become arguments before the state, constants are repeated, and the
// loop's columns come in the order of their numbers.

// CHECK-LABEL: func private @irh_evolve0_step(
// CHECK-SAME:    %[[T:.*]]: f64, %[[DT:.*]]: f64, %[[STEP:.*]]: i64, %[[K:.*]]: f64,
// CHECK-SAME:    %[[STATE:.*]]: !field.values<@G, nodes, f64>) -> !field.values<@G, nodes, f64>
// CHECK-DAG:     %[[HALF:.*]] = arith.constant 5.000000e-01
// CHECK:         field.check %{{.*}} "stay positive"
// CHECK-NOT:     field.record
// CHECK:         %[[NEXT:.*]] = field.sweep
// CHECK:           field.here %[[STATE]]
// CHECK:           arith.mulf %{{.*}}, %[[K]]
// CHECK:           arith.mulf %{{.*}}, %[[HALF]]
// CHECK:         return %[[NEXT]]

// CHECK-LABEL: func private @irh_evolve0_all(
// CHECK:         field.record 1 "least"
// CHECK:         field.check
// CHECK:         field.record 0 "total"

// CHECK-LABEL: func private @irh_evolve0_event0(
// CHECK-SAME:    %[[T:.*]]: f64, %[[STEP:.*]]: i64, %[[K:.*]]: f64, %[[STATE:.*]]: !field.values<@G, nodes, f64>)
// CHECK-NOT:     field.check
// CHECK:         field.record 1 "least"
// CHECK-NEXT:    return

// CHECK-LABEL: func private @irh_evolve0_event1(
// CHECK:         field.check
// CHECK-LABEL: func private @irh_evolve0_event2(
// CHECK:         field.record 0 "total"

// The loop keeps the events in their order, with the periods of those that have one. A period is the
// loop's own: the functions do not get it.

// CHECK-LABEL: func @periodic_events(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>, %[[H:.*]]: f64, %[[TEN:.*]]: i64, %[[C:.*]]: f64
// CHECK:         %[[END:.*]] = field.loop "t" ["u"] for %[[TEN]] steps by %[[H]]
// CHECK-SAME:      step @irh_evolve0_step all @irh_evolve0_all
// CHECK-SAME:      events [@irh_evolve0_event0, @irh_evolve0_event1, @irh_evolve0_event2]
// CHECK-SAME:      when [unit, unit, unit] held [true, true, true]
// CHECK-SAME:      every [0, -1, 1](%[[TEN]], %[[TEN]]) within [-1, -1, -1]() columns ["total", "least"] [f64, f64]
// CHECK-SAME:      captures(%[[C]] : f64) iter(%[[U]]
// CHECK-NOT:     field.evolve
// CHECK:         return %[[END]]
func.func @periodic_events(%u: !nodes, %h: f64, %ten: i64, %k: f64) -> !nodes {
  %half = arith.constant 0.5 : f64
  %end = field.evolve "t" ["u"] for %ten steps by %h iter (%u : !nodes) {
  ^bb0(%t: f64, %dt: f64, %n: i64, %now: !nodes):
    field.event every %ten {
      %r = field.sweep on @G nodes reduce [min] {
        %x = field.here %now : !nodes
        field.yield %x : f64
      } : f64
      field.record 1 "least" %r : f64
      field.yield
    }
    field.event {
      %true = arith.constant true
      field.check %true "stay positive"
      field.yield
    }
    field.event every %ten {
      field.record 0 "total" %t : f64
      field.yield
    }
    %next = field.sweep on @G nodes {
      %x = field.here %now : !nodes
      %y = arith.mulf %x, %k : f64
      %z = arith.mulf %y, %half : f64
      field.yield %z : f64
    } : !nodes
    field.yield %next : !nodes
  } -> !nodes
  return %end : !nodes
}

// Where all events are of each step, one function serves as both; evolves are numbered.

// CHECK-LABEL: func @events_of_each_step(
// CHECK:         field.loop {{.*}} step @irh_evolve1_step all @irh_evolve1_step events [@irh_evolve1_event0]
func.func @events_of_each_step(%u: !nodes, %h: f64, %n: i64) -> !nodes {
  %end = field.evolve "t" ["u"] for %n steps by %h iter (%u : !nodes) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: !nodes):
    field.event {
      %true = arith.constant true
      field.check %true "fine"
      field.yield
    }
    field.yield %now : !nodes
  } -> !nodes
  return %end : !nodes
}
