// RUN: irh-opt %s --split-input-file --verify-diagnostics

// A neighbour reduction stands at a node.

func.func @reduce_outside_a_sweep(%u: !field.values<@G, nodes, f64>) {
  // expected-error @+1 {{stands in a field.sweep over nodes}}
  %r = net.reduce [sum] (%u : !field.values<@G, nodes, f64>) {
  ^bb0(%there: f64):
    net.yield %there : f64
  } : f64
  return
}

// -----

func.func @reduce_at_an_edge(%u: !field.values<@G, nodes, f64>) {
  field.sweep on @G edges {
    // expected-error @+1 {{stands in a field.sweep over nodes}}
    %r = net.reduce [sum] (%u : !field.values<@G, nodes, f64>) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield
  }
  return
}

// -----

func.func @reduce_over_another_network(%u: !field.values<@H, nodes, f64>) {
  field.sweep on @G nodes {
    // expected-error @+1 {{reads a field of another network}}
    %r = net.reduce [sum] (%u : !field.values<@H, nodes, f64>) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield
  }
  return
}

// -----

// The kinds of neighbour reductions.

func.func @no_such_kind() {
  field.sweep on @G nodes {
    %r = net.reduce [mean] () { // expected-error {{unknown neighbour reduction `mean`}}
    } : f64
    field.yield
  }
  return
}

// -----

func.func @flags_are_for_whole_sets() {
  field.sweep on @G nodes {
    %r = net.reduce [not_finite] () { // expected-error {{unknown neighbour reduction `not_finite`}}
    } : i1
    field.yield
  }
  return
}

// -----

// The body of a neighbour reduction.

func.func @one_argument_for_each_field(%u: !field.values<@G, nodes, f64>, %x: f64) {
  field.sweep on @G nodes {
    // expected-error @+1 {{body takes one value for each field}}
    %r = net.reduce [sum] (%u : !field.values<@G, nodes, f64>) {
      net.yield %x : f64
    } : f64
    field.yield
  }
  return
}

// -----

func.func @arguments_are_elements(%u: !field.values<@G, nodes, i64>, %x: f64) {
  field.sweep on @G nodes {
    // expected-error @+1 {{body argument 0 must have type 'i64'}}
    %r = net.reduce [sum] (%u : !field.values<@G, nodes, i64>) {
    ^bb0(%there: f64):
      net.yield %x : f64
    } : f64
    field.yield
  }
  return
}

// -----

func.func @one_term_for_each_kind(%x: f64) {
  field.sweep on @G nodes {
    // expected-error @+1 {{yields one term for each kind and result, of the result's type}}
    %r:2 = net.reduce [sum] () {
      net.yield %x, %x : f64, f64
    } : f64, f64
    field.yield
  }
  return
}

// -----

func.func @terms_have_the_results_type(%x: f64) {
  field.sweep on @G nodes {
    // expected-error @+1 {{yields one term for each kind and result, of the result's type}}
    %r = net.reduce [sum] () {
      net.yield %x : f64
    } : i64
    field.yield
  }
  return
}

// -----

func.func @yield_alone(%x: f64) {
  net.yield %x : f64 // expected-error {{expects parent op 'net.reduce'}}
}

// -----

// The ends of an edge.

func.func @end_at_a_node(%u: !field.values<@G, nodes, f64>) {
  field.sweep on @G nodes {
    // expected-error @+1 {{stands in a field.sweep over edges}}
    %r = net.end src %u : !field.values<@G, nodes, f64>
    field.yield
  }
  return
}

// -----

func.func @end_of_an_edge_field(%w: !field.values<@G, edges, f64>) {
  field.sweep on @G edges {
    // expected-error @+1 {{reads a field on the nodes of the sweep's network}}
    %r = net.end dst %w : !field.values<@G, edges, f64>
    field.yield
  }
  return
}

// -----

func.func @no_such_end(%u: !field.values<@G, nodes, f64>) {
  field.sweep on @G edges {
    // expected-error @+1 {{containing one of the following enum values for attribute 'end' [src, dst]}}
    %r = net.end left %u : !field.values<@G, nodes, f64>
    field.yield
  }
  return
}

// -----

func.func @products_of_nodes(%w: !field.values<@G, nodes, f64>) {
  // expected-error @+1 {{takes two fields of the edges, and gives one of the network's triangles or cycles, of the same type}}
  %h = net.holonomy %w, %w : !field.values<@G, nodes, f64>, !field.values<@G, nodes, f64> -> !field.values<@G, cycles, f64>
  return
}
