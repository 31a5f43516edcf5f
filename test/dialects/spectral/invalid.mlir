// RUN: irh-opt %s --split-input-file --verify-diagnostics

func.func @a_diagonal_of_edges(%d: !field.values<@G, edges, f64>) {
  // expected-error @+1 {{has reals of its network's nodes on the diagonal}}
  %M = spectral.matrix @G "M" diagonal %d : !field.values<@G, edges, f64>
  return
}

// -----

func.func @a_complex_diagonal(%d: !field.values<@G, nodes, complex<f64>>) {
  // expected-error @+1 {{has reals of its network's nodes on the diagonal}}
  %M = spectral.matrix @G "M" diagonal %d : !field.values<@G, nodes, complex<f64>>
  return
}

// -----

func.func @entries_of_another_network(%e: !field.values<@H, edges, f64>) {
  // expected-error @+1 {{has reals or complex numbers of its network's edges for entries}}
  %M = spectral.matrix @G "M" entries %e : !field.values<@H, edges, f64>
  return
}

// -----

func.func @a_function_of_nothing(%M: !spectral.matrix, %x: f64) {
  // expected-error @+1 {{takes a function of one real}}
  %t, %e, %b = spectral.trace %M {
    spectral.yield %x
  }
  return
}

// -----

func.func @one_way_of_another_type(%e: !field.values<@G, edges, f64>, %b: !field.values<@G, edges, complex<f64>>) {
  // expected-error @+1 {{has entries of one type both ways}}
  %M = spectral.matrix @G "M" entries %e : !field.values<@G, edges, f64>
      back %b : !field.values<@G, edges, complex<f64>> general
  return
}

// -----

func.func @a_factor_of_another_type(%M: !spectral.matrix, %a: f64, %x: !field.values<@G, nodes, complex<f64>>) {
  // expected-error @+1 {{takes a factor and values of the type that it gives}}
  %y = spectral.exponential %M %a %x : f64, !field.values<@G, nodes, complex<f64>> -> !field.values<@G, nodes, complex<f64>>
  return
}

// -----

func.func @what_acts_on_edges(%M: !spectral.matrix, %a: f64, %x: !field.values<@G, edges, f64>) {
  // expected-error @+1 {{takes and gives values of the nodes of one network}}
  %y = spectral.exponential %M %a %x : f64, !field.values<@G, edges, f64> -> !field.values<@G, edges, f64>
  return
}

// -----

func.func @a_solution_of_another_type(%M: !spectral.matrix, %b: !field.values<@G, nodes, f64>, %x: !field.values<@G, nodes, complex<f64>>) {
  // expected-error @+1 {{takes and gives values of the nodes of one network, of one type}}
  %y, %n, %r = spectral.solve 0 %M %b from %x : !field.values<@G, nodes, f64>, !field.values<@G, nodes, complex<f64>> -> !field.values<@G, nodes, complex<f64>>
  return
}
