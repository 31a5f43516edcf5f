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

// Draws of a step, and one for the whole model.

// CHECK-LABEL: func @draws_of_a_step(
func.func @draws_of_a_step(%step: i64) {
  // CHECK: field.draw normal "theta.set.0" at %{{.*}} : !field.values<@G, nodes, f64>
  %z = field.draw normal "theta.set.0" at %step : !nodes
  // CHECK: field.variate uniform "a.0"
  %u = field.variate uniform "a.0"
  // CHECK: field.variate normal "a.set.0" at %{{.*}}
  %v = field.variate normal "a.set.0" at %step
  return
}

// CHECK-LABEL: func @a_program_around_the_run(
func.func @a_program_around_the_run(%u: !nodes, %ok: i1, %list: !field.list, %i: i64) {
  // CHECK: field.require %{{.*}} "too small"
  field.require %ok "too small"
  // CHECK: %[[FIRST:.*]] = field.initial "u" %{{.*}} : !field.values<@G, nodes, f64>
  %first = field.initial "u" %u : !nodes
  // CHECK: field.save "u.csv" 0 ["u"](%[[FIRST]]) : !field.values<@G, nodes, f64>
  field.save "u.csv" 0 ["u"] (%first) : !nodes
  // CHECK: field.save "v.csv" 0 ["v"](%{{.*}}) : !field.list
  field.save "v.csv" 0 ["v"] (%list) : !field.list
  // CHECK: field.list_element %{{.*}}[%{{.*}}]
  %element = field.list_element %list[%i]
  // CHECK: field.list_reduce 1 %{{.*}}
  %mean = field.list_reduce 1 %list
  // CHECK: field.final "u" %[[FIRST]] : !field.values<@G, nodes, f64>
  field.final "u" %first : !nodes
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
      field.yield
    }
    // CHECK: field.event {
    field.event {
      %true = arith.constant true
      // CHECK: field.check %{{.*}} "too large"
      field.check %true "too large"
      field.yield
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

// The state holds fields and single values. An event may change it: what it yields is the state from
// there on. With a tolerance the step may be refused, and then the old state stays.

// CHECK-LABEL: func @events_change_the_state(
func.func @events_change_the_state(%u: !nodes, %s: f64, %h: f64, %n: i64) {
  // CHECK: field.evolve "t" ["u", "s"] from %{{.*}} to %{{.*}} by %{{.*}} tolerance %{{.*}} iter(
  %end:2 = field.evolve "t" ["u", "s"] from %h to %h by %h tolerance %h iter (%u, %s : !nodes, f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: !nodes, %level: f64):
    // CHECK: field.checkpoint every %{{.*}} seconds %{{.*}}
    field.checkpoint every %n seconds %h
    // CHECK: field.event within %{{.*}} {
    %low = field.event within %h {
      // CHECK: field.save "u.h5" 1 ["u"](%{{.*}}) timed : !field.values<@G, nodes, f64>
      field.save "u.h5" 1 ["u"] (%now) timed : !nodes
      %half = arith.mulf %level, %h : f64
      // CHECK: field.watch_value "s" %{{.*}}
      field.watch_value "s" %half
      field.yield %half : f64
    // CHECK: } when {
    } when {
      %high = arith.cmpf ogt, %level, %h : f64
      field.yield %high : i1
    // CHECK: } {assigned = array<i32: 1>} : f64
    } {assigned = array<i32: 1>} : f64
    %new, %squares = field.sweep on @G nodes reduce [sum] {
      %x = field.here %now : !nodes
      field.yield %x, %x : f64, f64
    } : !nodes, f64
    // CHECK: field.step_error %{{.*}} of %{{.*}}
    %ok = field.step_error %squares of %n
    // CHECK: field.select %{{.*}}, %{{.*}}, %{{.*}} : !field.values<@G, nodes, f64>
    %next = field.select %ok, %new, %now : !nodes
    field.yield %next, %low : !nodes, f64
  } -> !nodes, f64
  return
}

// CHECK-LABEL: func @the_condition_of_an_event(
func.func @the_condition_of_an_event(%c: i1) {
  // CHECK: field.due %{{.*}}
  field.due %c
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

func.func private @step(f64, f64, i64, f64, !nodes) -> !nodes
func.func private @all(f64, f64, i64, f64, !nodes) -> !nodes
func.func private @event(f64, i64, f64, !nodes)
func.func private @when(f64, i64, f64, !nodes)

// CHECK-LABEL: func @loop_names_its_functions(
func.func @loop_names_its_functions(%theta: !nodes, %h: f64, %n: i64) -> !nodes {
  // CHECK:      field.loop "t" ["theta"] for %{{.*}} steps by %{{.*}} step @step all @all events [@event]
  // CHECK-SAME: when [unit] held [true] every [0](%{{.*}}) within [-1]() columns ["r"] [f64] captures(%{{.*}} : f64) iter(%{{.*}} : !field.values<@G, nodes, f64>)
  %end = field.loop "t" ["theta"] for %n steps by %h step @step all @all events [@event]
      when [unit] held [true] every [0] (%n) within [-1] () columns ["r"] [f64] captures (%h : f64) iter (%theta : !nodes) -> !nodes
  return %end : !nodes
}

// CHECK-LABEL: func @loop_of_chosen_steps(
func.func @loop_of_chosen_steps(%theta: !nodes, %h: f64) -> !nodes {
  // CHECK:      field.loop "t" ["theta"] from %{{.*}} to %{{.*}} by %{{.*}} tolerance %{{.*}} step @step all @step
  // CHECK-SAME: events [@event] when [@when] held [false] every [-1]() within [0](%{{[a-z0-9]+}})
  // CHECK-SAME: checkpoint_within %{{.*}} checkpoint_seconds %{{.*}} columns [] []
  %end = field.loop "t" ["theta"] from %h to %h by %h tolerance %h step @step all @step
      events [@event] when [@when] held [false] every [-1] () within [0] (%h)
      checkpoint_within %h checkpoint_seconds %h
      columns [] [] captures (%h : f64) iter (%theta : !nodes) -> !nodes
  return %end : !nodes
}
