// RUN: irh-opt %s --split-input-file --verify-diagnostics

// What a field holds.

// expected-error @+1 {{a field holds i1, i64, f64 or complex<f64>, not 'f32'}}
func.func private @narrow(!field.values<@G, nodes, f32>)

// -----

// The words of a sweep's head.

func.func @no_such_set() {
  field.sweep on @G cells { // expected-error {{expected `nodes` or `edges`}}
    field.yield
  }
  return
}

// -----

func.func @no_such_reduction() {
  %r = field.sweep on @G nodes reduce [mean] { // expected-error {{unknown reduction `mean`}}
    field.yield
  } : f64
  return
}

// -----

// The body of a sweep.

func.func @body_takes_nothing() {
  field.sweep on @G nodes { // expected-error {{body takes no arguments}}
  ^bb0(%x: f64):
    field.yield
  }
  return
}

// -----

func.func @body_ends_in_a_yield(%x: f64) {
  field.sweep on @G nodes { // expected-error {{body must end in field.yield}}
    irh.yield %x : f64
  }
  return
}

// -----

func.func @as_many_values_as_results(%x: f64) {
  %a = field.sweep on @G nodes { // expected-error {{yields 2 values for 1 results}}
    field.yield %x, %x : f64, f64
  } : !field.values<@G, nodes, f64>
  return
}

// -----

func.func @a_stored_result_is_a_field(%x: f64) {
  // expected-error @+1 {{result 0 must have type '!field.values<@G, nodes, f64>', has '!field.values<@G, edges, f64>'}}
  %a = field.sweep on @G nodes {
    field.yield %x : f64
  } : !field.values<@G, edges, f64>
  return
}

// -----

func.func @a_reduced_result_is_a_scalar(%x: f64) {
  // expected-error @+1 {{result 0 must have type 'i1', has 'f64'}}
  %a = field.sweep on @G nodes reduce [not_finite] {
    field.yield %x : f64
  } : f64
  return
}

// -----

// Reads at the point belong to the set of the sweep.

func.func @here_outside_a_sweep(%u: !field.values<@G, nodes, f64>) {
  // expected-error @+1 {{stands in the body of a field.sweep}}
  %x = field.here %u : !field.values<@G, nodes, f64>
  return
}

// -----

func.func @here_of_another_set(%u: !field.values<@G, nodes, f64>) {
  field.sweep on @G edges {
    // expected-error @+1 {{reads a field on @G nodes in a sweep on @G edges}}
    %x = field.here %u : !field.values<@G, nodes, f64>
    field.yield
  }
  return
}

// -----

func.func @here_of_another_network(%u: !field.values<@H, nodes, f64>) {
  field.sweep on @G nodes {
    // expected-error @+1 {{reads a field on @H nodes in a sweep on @G nodes}}
    %x = field.here %u : !field.values<@H, nodes, f64>
    field.yield
  }
  return
}

// -----

// Where a yield and an event stand.

func.func @yield_alone() {
  field.yield // expected-error {{expects parent op to be one of 'field.sweep, field.evolve, field.event'}}
}

// -----

func.func @event_alone() {
  field.event { // expected-error {{expects parent op 'field.evolve'}}
    field.yield
  }
  return
}

// -----

// The time span of an evolve.

func.func @neither_span_nor_steps(%h: f64) {
  // expected-error @+1 {{goes either from a time to a time or for a number of steps}}
  field.evolve "t" [] by %h iter () {
  ^bb0(%t: f64, %dt: f64, %n: i64):
    field.yield
  }
  return
}

// -----

func.func @both_span_and_steps(%h: f64, %n: i64) {
  // expected-error @+1 {{goes either from a time to a time or for a number of steps}}
  field.evolve "t" [] from %h to %h for %n steps by %h iter () {
  ^bb0(%t: f64, %dt: f64, %step: i64):
    field.yield
  }
  return
}

// -----

// The state of an evolve.

func.func @body_takes_the_state(%h: f64, %n: i64, %u: !field.values<@G, nodes, f64>) {
  // expected-error @+1 {{body takes t, dt, the step number and the state}}
  %end = field.evolve "t" ["u"] for %n steps by %h iter (%u : !field.values<@G, nodes, f64>) {
  ^bb0(%t: f64, %dt: f64, %step: i64):
    field.yield %u : !field.values<@G, nodes, f64>
  } -> !field.values<@G, nodes, f64>
  return
}

// -----

func.func @body_yields_the_state(%h: f64, %n: i64, %u: !field.values<@G, nodes, f64>) {
  // expected-error @+1 {{body yields the next state, of the types of the initial one}}
  %end = field.evolve "t" ["u"] for %n steps by %h iter (%u : !field.values<@G, nodes, f64>) {
  ^bb0(%t: f64, %dt: f64, %step: i64, %now: !field.values<@G, nodes, f64>):
    field.yield
  } -> !field.values<@G, nodes, f64>
  return
}
