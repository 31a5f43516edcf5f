// RUN: irh-opt %s | irh-opt | FileCheck %s

// Every operation of the dialect parses and prints as itself; the examples of the operations'
// descriptions are here.

!diagonal = !field.values<@G, nodes, f64>
!entries = !field.values<@G, edges, complex<f64>>
!vector = !field.values<@G, nodes, complex<f64>>

// CHECK-LABEL: func @a_matrix_is_made_of_fields(
func.func @a_matrix_is_made_of_fields(%d: !diagonal, %e: !entries) {
  // CHECK: spectral.matrix @G "M" diagonal %{{.*}} : !field.values<@G, nodes, f64> entries %{{.*}} : !field.values<@G, edges, complex<f64>>
  %M = spectral.matrix @G "M" diagonal %d : !field.values<@G, nodes, f64>
      entries %e : !field.values<@G, edges, complex<f64>>
  // CHECK: spectral.matrix @G "D" diagonal %{{.*}} : !field.values<@G, nodes, f64>{{$}}
  %D = spectral.matrix @G "D" diagonal %d : !field.values<@G, nodes, f64>
  // CHECK: spectral.matrix @G "Z"{{$}}
  %Z = spectral.matrix @G "Z"
  return
}

// CHECK-LABEL: func @numbers_of_a_matrix(
func.func @numbers_of_a_matrix(%M: !spectral.matrix, %z: f64, %n: i64) {
  // CHECK: spectral.trace %{{.*}} {
  // CHECK: ^bb0(%{{.*}}: f64):
  // CHECK: spectral.yield %{{.*}}
  %Z, %error, %bias = spectral.trace %M {
  ^bb0(%lambda: f64):
    %0 = math.exp %lambda : f64
    spectral.yield %0
  }
  // CHECK: spectral.trace %{{.*}} tolerance %{{.*}} probes %{{.*}} steps %{{.*}} {
  // CHECK: } {method = 2 : i32}
  %Q, %q, %qb = spectral.trace %M tolerance %z probes %n steps %n {
  ^bb0(%lambda: f64):
    spectral.yield %lambda
  } {method = 2 : i32}
  // CHECK: spectral.logdet %{{.*}} zero %{{.*}}
  %L, %l, %lb = spectral.logdet %M zero %z
  // CHECK: spectral.logdet %{{.*}} tolerance %{{.*}} steps %{{.*}}
  %K, %k, %kb = spectral.logdet %M tolerance %z steps %n
  // CHECK: spectral.eigenvalues %{{.*}} 1 count %{{.*}}
  %lambda = spectral.eigenvalues %M 1 count %n
  // CHECK: spectral.eigenvalues %{{.*}} 3 count %{{.*}} nearest %{{.*}}
  %near = spectral.eigenvalues %M 3 count %n nearest %z
  // CHECK: field.record 0 "all" %{{.*}} : !field.list
  field.record 0 "all" %near : !field.list
  return
}

// CHECK-LABEL: func @a_general_matrix_has_entries_both_ways(
func.func @a_general_matrix_has_entries_both_ways(%d: !vector, %e: !entries, %b: !entries) {
  // CHECK: spectral.matrix @G "A" diagonal %{{.*}} : !field.values<@G, nodes, complex<f64>> entries %{{.*}} : !field.values<@G, edges, complex<f64>> back %{{.*}} : !field.values<@G, edges, complex<f64>> general
  %A = spectral.matrix @G "A" diagonal %d : !vector entries %e : !entries back %b : !entries general
  return
}

// CHECK-LABEL: func @vectors_of_a_matrix(
func.func @vectors_of_a_matrix(%M: !spectral.matrix, %x: !vector, %a: complex<f64>, %i: i64, %t: f64) {
  // CHECK: spectral.eigenvalues %{{.*}} 0 count %{{.*}} vectors
  %lambda = spectral.eigenvalues %M 0 count %i vectors
  // CHECK: spectral.eigenvector %{{.*}}[%{{.*}}] : !field.values<@G, nodes, complex<f64>>
  %v = spectral.eigenvector %lambda[%i] : !vector
  // CHECK: spectral.exponential %{{.*}} %{{.*}} %{{.*}} : complex<f64>, !field.values<@G, nodes, complex<f64>> -> !field.values<@G, nodes, complex<f64>>
  %y = spectral.exponential %M %a %x : complex<f64>, !vector -> !vector
  // CHECK: spectral.solve 2 %{{.*}} %{{.*}} from %{{.*}} tolerance %{{.*}} restart %{{.*}} : !field.values<@G, nodes, complex<f64>>
  %z, %n, %r = spectral.solve 2 %M %y from %v tolerance %t restart %i : !vector, !vector -> !vector
  return
}
