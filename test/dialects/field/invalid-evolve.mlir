// RUN: irh-opt %s --split-input-file --verify-diagnostics

// An event gives a value for each part of the state that it assigns, in their order.

func.func @event_without_what_it_assigns(%h: f64, %n: i64, %s: f64) {
  %end = field.evolve "t" ["s"] for %n steps by %h iter (%s : f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: f64):
    // expected-error @+1 {{yields what it assigns, one value for each result}}
    %r = field.event {
      field.yield
    } {assigned = array<i32: 0>} : f64
    field.yield %r : f64
  } -> f64
  return
}

// -----

func.func @event_with_a_result_for_nothing(%h: f64, %n: i64, %s: f64) {
  %end = field.evolve "t" ["s"] for %n steps by %h iter (%s : f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: f64):
    // expected-error @+1 {{yields what it assigns, one value for each result}}
    %r = field.event {
      field.yield %now : f64
    } : f64
    field.yield %r : f64
  } -> f64
  return
}

// -----

func.func @event_assigns_twice(%h: f64, %n: i64, %s: f64) {
  %end = field.evolve "t" ["s"] for %n steps by %h iter (%s : f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: f64):
    // expected-error @+1 {{assigns values of the state in their order, each once}}
    %r:2 = field.event {
      field.yield %now, %now : f64, f64
    } {assigned = array<i32: 0, 0>} : f64, f64
    field.yield %r#0 : f64
  } -> f64
  return
}

// -----

func.func @event_assigns_another_type(%h: f64, %n: i64, %s: f64) {
  %end = field.evolve "t" ["s"] for %n steps by %h iter (%s : f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: f64):
    // expected-error @+1 {{assigns value 0 of the state, which is no 'i64'}}
    %r = field.event {
      field.yield %step : i64
    } {assigned = array<i32: 0>} : i64
    field.yield %now : f64
  } -> f64
  return
}

// -----

func.func @event_assigns_past_the_state(%h: f64, %n: i64, %s: f64) {
  %end = field.evolve "t" ["s"] for %n steps by %h iter (%s : f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: f64):
    // expected-error @+1 {{assigns value 1 of the state, which is no 'f64'}}
    %r = field.event {
      field.yield %now : f64
    } {assigned = array<i32: 1>} : f64
    field.yield %now : f64
  } -> f64
  return
}

// -----

func.func @condition_is_a_truth_value(%h: f64, %n: i64) {
  field.evolve "t" [] for %n steps by %h iter () {
  ^bb0(%t: f64, %dt: f64, %step: i64):
    // expected-error @+1 {{condition yields one i1}}
    field.event {
      field.yield
    } when {
      field.yield %t : f64
    }
    field.yield
  }
  return
}

// -----

// An evolve that chooses its steps ends at a time, not after a number of them.

func.func @chosen_steps_are_not_counted(%h: f64, %n: i64) {
  // expected-error @+1 {{has a tolerance, so it goes from a time to a time}}
  field.evolve "t" [] for %n steps by %h tolerance %h iter () {
  ^bb0(%t: f64, %dt: f64, %step: i64):
    field.yield
  }
  return
}

// -----

func.func @state_without_names(%h: f64, %n: i64, %s: f64) {
  // expected-error @+1 {{has 0 names for a state of 1 values}}
  %end = field.evolve "t" [] for %n steps by %h iter (%s : f64) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: f64):
    field.yield %now : f64
  } -> f64
  return
}

// -----

func.func @saved_without_a_name(%u: !field.values<@G, nodes, f64>) {
  // expected-error @+1 {{has 0 names for 1 fields}}
  field.save "u.csv" 0 [] (%u) : !field.values<@G, nodes, f64>
  return
}

// -----

// A loop knows of each event when it is due.

func.func private @step(f64, f64, i64, f64) -> f64
func.func private @event(f64, i64, f64)
func.func @loop_forgets_an_event(%h: f64, %n: i64, %s: f64) {
  // expected-error @+1 {{has 1 events, but says of 0 when they are due}}
  %end = field.loop "t" ["s"] for %n steps by %h step @step all @step events [@event]
      when [unit] held [] every [0] (%n) within [-1] () columns [] [] captures ()
      iter (%s : f64) -> f64
  return
}

// -----

func.func private @step(f64, f64, i64, f64) -> f64
func.func private @event(f64, i64, f64)
func.func @loop_without_the_period(%h: f64, %n: i64, %s: f64) {
  // expected-error @+1 {{has no such period or interval}}
  %end = field.loop "t" ["s"] for %n steps by %h step @step all @step events [@event]
      when [unit] held [true] every [1] (%n) within [-1] () columns [] [] captures ()
      iter (%s : f64) -> f64
  return
}

// -----

func.func private @step(f64, f64, i64, f64) -> f64
func.func @loop_with_untyped_columns(%h: f64, %n: i64, %s: f64) {
  // expected-error @+1 {{has 1 columns of 0 types}}
  %end = field.loop "t" ["s"] for %n steps by %h step @step all @step events []
      when [] held [] every [] () within [] () columns ["s"] [] captures ()
      iter (%s : f64) -> f64
  return
}

// -----

// The functions of a loop exist, and take its captures and its state.

func.func @loop_of_no_function(%h: f64, %n: i64, %s: f64) {
  // expected-error @+1 {{calls @step, which is no function}}
  %end = field.loop "t" ["s"] for %n steps by %h step @step all @step events []
      when [] held [] every [] () within [] () columns [] [] captures ()
      iter (%s : f64) -> f64
  return
}

// -----

func.func private @step(f64, f64, i64, f64) -> f64
func.func @loop_of_another_state(%h: f64, %n: i64, %s: i64) {
  // expected-error @+1 {{calls @step, which is no function of its captures and state}}
  %end = field.loop "t" ["s"] for %n steps by %h step @step all @step events []
      when [] held [] every [] () within [] () columns [] [] captures ()
      iter (%s : i64) -> i64
  return
}

// -----

func.func private @step(f64, f64, i64, f64) -> f64
func.func private @event(f64, i64)
func.func @loop_with_an_event_of_nothing(%h: f64, %n: i64, %s: f64) {
  // expected-error @+1 {{calls @event, which is no function of its captures and state}}
  %end = field.loop "t" ["s"] for %n steps by %h step @step all @step events [@event]
      when [unit] held [true] every [0] (%n) within [-1] () columns [] [] captures ()
      iter (%s : f64) -> f64
  return
}
