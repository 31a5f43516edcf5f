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
  %t, %e = spectral.trace %M {
    spectral.yield %x
  }
  return
}
