// RUN: irh-opt %s --dist-insert-exchange --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// One exchange serves every neighbour read of a value; it stands right after the value is made,
// and reads at the point itself keep the value that has no need of it.

// CHECK-LABEL: func @reads_share_one_exchange(
// CHECK-SAME:    %[[U:.*]]: !field.values<@G, nodes, f64>)
func.func @reads_share_one_exchange(%u: !nodes) -> (!nodes, f64) {
  // CHECK-NEXT: %[[FRESH:.*]] = dist.exchange %[[U]]
  // CHECK:      field.here %[[U]]
  // CHECK:      net.reduce [sum] (%[[FRESH]]
  // CHECK:      net.end src %[[FRESH]]
  // CHECK:      net.end dst %[[FRESH]]
  // CHECK-NOT:  dist.exchange
  %a = field.sweep on @G nodes {
    %here = field.here %u : !nodes
    %pull = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      %gap = arith.subf %there, %here : f64
      net.yield %gap : f64
    } : f64
    field.yield %pull : f64
  } : !nodes
  %b = field.sweep on @G edges reduce [max] {
    %src = net.end src %u : !nodes
    %dst = net.end dst %u : !nodes
    %gap = arith.subf %src, %dst : f64
    field.yield %gap : f64
  } : f64
  return %a, %b : !nodes, f64
}

// -----

!nodes = !field.values<@G, nodes, f64>

// Fields that are made together travel together.

// CHECK-LABEL: func @fields_of_one_sweep_share_a_message(
func.func @fields_of_one_sweep_share_a_message(%u: !nodes) -> !nodes {
  // CHECK:     %[[AB:.*]]:2 = field.sweep
  // CHECK:     %[[FRESH:.*]]:2 = dist.exchange %[[AB]]#0, %[[AB]]#1
  // CHECK:     net.reduce [sum, sum] (%[[FRESH]]#0 : {{.*}}, %[[FRESH]]#1 :
  // CHECK-NOT: dist.exchange
  %a, %b = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = math.sin %x : f64
    field.yield %x, %y : f64, f64
  } : !nodes, !nodes
  %c = field.sweep on @G nodes {
    %p, %q = net.reduce [sum, sum] (%a : !nodes, %b : !nodes) {
    ^bb0(%at: f64, %bt: f64):
      net.yield %at, %bt : f64, f64
    } : f64, f64
    %r = arith.addf %p, %q : f64
    field.yield %r : f64
  } : !nodes
  return %c : !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>
!counts = !field.values<@G, nodes, i64>

// What is drawn, read from a file or counted on the network is right on every rank from the
// start; so are edge fields, which both ranks evaluate, and what is fresh already.

// CHECK-LABEL: func @born_fresh(
func.func @born_fresh(%w: !edges, %u: !nodes) -> !nodes {
  // CHECK-COUNT-1: dist.exchange
  // CHECK-NOT:     dist.exchange
  %drawn = field.draw normal "z.0" : !nodes
  %read = field.column "va" : !nodes
  %degrees = net.degrees : !counts
  %ids = net.ids : !counts
  %fresh = dist.exchange %u : !nodes
  %c = field.sweep on @G nodes {
    %p = net.reduce [sum] (%drawn : !nodes, %read : !nodes, %degrees : !counts, %ids : !counts,
                           %w : !edges, %fresh : !nodes) {
    ^bb0(%0: f64, %1: f64, %2: i64, %3: i64, %4: f64, %5: f64):
      net.yield %0 : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  return %c : !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>

// What a loop captures does not change in it: it is exchanged once, before the loop. The state is
// exchanged in the step, where it changes.

// CHECK-LABEL: func private @step(
// CHECK-SAME:    %[[CAPTURED:[a-z0-9]+]]: !field.values<@G, nodes, f64>,
// CHECK-SAME:    %[[STATE:[a-z0-9]+]]: !field.values<@G, nodes, f64>)
// CHECK-NEXT:    %[[FRESH:.*]] = dist.exchange %[[STATE]] :
// CHECK:         net.reduce [sum] (%[[CAPTURED]] : {{.*}}, %[[FRESH]] :
func.func private @step(%t: f64, %dt: f64, %n: i64, %captured: !nodes, %state: !nodes) -> !nodes {
  %next = field.sweep on @G nodes {
    %p = net.reduce [sum] (%captured : !nodes, %state : !nodes) {
    ^bb0(%a: f64, %b: f64):
      %c = arith.mulf %a, %b : f64
      net.yield %c : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  return %next : !nodes
}

// CHECK-LABEL: func @captures_are_fresh_before_the_loop(
// CHECK-SAME:    %[[A:[a-z0-9]+]]: !field.values<@G, nodes, f64>, %[[U:[a-z0-9]+]]: !field.values<@G, nodes, f64>,
// CHECK-NEXT:    %[[FRESH:.*]] = dist.exchange %[[A]] :
// CHECK:         field.loop {{.*}} captures(%[[FRESH]] : {{.*}}) iter(%[[U]] :
func.func @captures_are_fresh_before_the_loop(%a: !nodes, %u: !nodes, %h: f64, %n: i64) -> !nodes {
  %end = field.loop "t" ["u"] for %n steps by %h step @step all @step events [] when [] held []
      every [] () within [] () columns [] [] captures (%a : !nodes) iter (%u : !nodes) -> !nodes
  return %end : !nodes
}

// -----

!nodes = !field.values<@G, nodes, f64>

// An event that changes the state leaves stale ghosts behind. Whoever reads the state next, a
// condition, another event or the step, gets it as an argument, and makes it fresh for itself.
// Coordinates are right everywhere from the start.

// CHECK-LABEL: func private @event(
// CHECK-SAME:    %[[U:[a-z0-9]+]]: !field.values<@G, nodes, f64>)
// CHECK-NEXT:    %[[FRESH:.*]] = dist.exchange %[[U]] :
// CHECK:         %[[NEW:.*]] = field.sweep
// CHECK:           net.reduce [sum] (%[[FRESH]] :
// CHECK:         %[[AGAIN:.*]] = dist.exchange %[[NEW]] :
// CHECK:           net.reduce [sum] (%[[AGAIN]] :
// CHECK-NOT:     dist.exchange
// CHECK:         return
func.func private @event(%t: f64, %n: i64, %y: !nodes, %u: !nodes) -> !nodes {
  %a = field.sweep on @G nodes {
    %p = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  %b = field.sweep on @G nodes {
    %p = net.reduce [sum] (%a : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  return %b : !nodes
}

// CHECK-LABEL: func private @when(
// CHECK-SAME:    %[[Y:[a-z0-9]+]]: !field.values<@G, nodes, f64>, %[[U:[a-z0-9]+]]: !field.values<@G, nodes, f64>)
// CHECK-NEXT:    %[[FRESH:.*]] = dist.exchange %[[U]] :
// CHECK:         net.reduce [max] (%[[FRESH]] : {{.*}}, %[[Y]] :
// CHECK:         field.due
func.func private @when(%t: f64, %n: i64, %y: !nodes, %u: !nodes) {
  %most = field.sweep on @G nodes reduce [max] {
    %p = net.reduce [max] (%u : !nodes, %y : !nodes) {
    ^bb0(%there: f64, %height: f64):
      %s = arith.addf %there, %height : f64
      net.yield %s : f64
    } : f64
    field.yield %p : f64
  } : f64
  %due = arith.cmpf ogt, %most, %t : f64
  field.due %due
  return
}

func.func private @step(%t: f64, %dt: f64, %n: i64, %y: !nodes, %u: !nodes) -> !nodes {
  return %u : !nodes
}

// CHECK-LABEL: func @events_make_their_own_ghosts(
// CHECK-NOT:     dist.exchange
func.func @events_make_their_own_ghosts(%u: !nodes, %h: f64, %n: i64) -> !nodes {
  %y = net.position 1 : !nodes
  %end = field.loop "t" ["u"] for %n steps by %h step @step all @step events [@event]
      when [@when] held [false] every [-1] () within [-1] ()
      columns [] [] captures (%y : !nodes) iter (%u : !nodes) -> !nodes
  return %end : !nodes
}
