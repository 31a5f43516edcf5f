// RUN: irh-opt %s --convert-irh-to-field | FileCheck %s

// A matrix is two fields of the state at hand: its diagonal, and its entries as the `dst` of each edge
// sees them. It is made once for all that is asked of it; what a function does not need the eigenvalue
// for comes before.

irh.model @m {
  irh.param 0 @t : f64
  irh.network @G ring {
    %n = arith.constant 10 : i64
    irh.yield %n, %n : i64, i64
  }
  irh.field @u on nodes @G : f64 {
    %0 = arith.constant 2.0 : f64
    irh.yield %0 : f64
  }
  irh.field @w on edges @G : complex<f64> attributes {symmetry = 1 : i32} {
    %0 = arith.constant 1.0 : f64
    %1 = complex.create %0, %0 : complex<f64>
    irh.yield %1 : complex<f64>
  }
  irh.matrix @M on @G diagonal {
    %0 = irh.read @u here : f64
    irh.yield %0 : f64
  } entry {
    %0 = irh.read @u here : f64
    %1 = irh.read @u neighbour : f64
    %2 = arith.mulf %0, %1 : f64
    %3 = irh.read @w neighbour : complex<f64>
    %4 = complex.create %2, %2 : complex<f64>
    %5 = complex.mul %3, %4 : complex<f64>
    irh.yield %5 : complex<f64>
  }
  irh.functional @heat trace @M {
  ^bb0(%lambda: f64):
    %0 = irh.param_value 0 "t" : f64
    %1 = arith.negf %0 : f64
    %2 = arith.mulf %1, %lambda : f64
    %3 = math.exp %2 : f64
    irh.yield %3 : f64
  } probes {
    %0 = arith.constant 20 : i64
    irh.yield %0 : i64
  }
  irh.functional @top eigenvalues @M attributes {end = 1 : i32} {
  } count {
    %0 = arith.constant 3 : i64
    irh.yield %0 : i64
  }
  irh.observe ["Z", "error", "top", "bias"] from 0 {
    %0 = irh.functional_value @heat : f64
    %1 = irh.functional_value @heat part error : f64
    %2 = irh.functional_value @top : !irh.list
    %3 = irh.functional_value @heat part bias : f64
    irh.yield %0, %1, %2, %3 : f64, f64, !irh.list, f64
  }
}

// CHECK: %[[U:.*]] = field.sweep on @G nodes {
// CHECK: %[[W:.*]] = field.sweep on @G edges {
// CHECK: %[[D:.*]] = field.sweep on @G nodes {
// CHECK: %[[E:.*]] = field.sweep on @G edges {
// CHECK:   net.end dst %[[U]] :
// CHECK:   net.end src %[[U]] :
// CHECK:   field.here %[[W]] : !field.values<@G, edges, complex<f64>>
// CHECK: %[[M:.*]] = spectral.matrix @G "M" diagonal %[[D]] : {{.*}} entries %[[E]]
// CHECK: %[[PROBES:.*]] = arith.constant 20 : i64
// CHECK: %[[T:.*]] = irh.param_value 0 "t"
// CHECK: %[[MINUS:.*]] = arith.negf %[[T]]
// CHECK: %[[Z:.*]], %[[ERROR:.*]], %[[BIAS:.*]] = spectral.trace %[[M]] probes %[[PROBES]] {
// CHECK: ^bb0(%[[LAMBDA:.*]]: f64):
// CHECK:   %[[AT:.*]] = arith.mulf %[[MINUS]], %[[LAMBDA]]
// CHECK:   %[[EXP:.*]] = math.exp %[[AT]]
// CHECK:   spectral.yield %[[EXP]]
// CHECK-NOT: spectral.matrix
// CHECK: %[[TOP:.*]] = spectral.eigenvalues %[[M]] 1 count
// CHECK: field.record 0 "Z" %[[Z]] : f64
// CHECK: field.record 1 "error" %[[ERROR]] : f64
// CHECK: field.record 2 "top" %[[TOP]] : !field.list
// CHECK: field.record 3 "bias" %[[BIAS]] : f64
