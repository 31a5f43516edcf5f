// RUN: irh-opt %s --convert-irh-to-field | FileCheck %s

// A product around triangles is a field on them, of what `dst` and what `src` sees of each edge; then
// there is a sweep over triangles like any other.

irh.model @m {
  irh.network @G ring {
    %n = arith.constant 10 : i64
    irh.yield %n, %n : i64, i64
  }
  irh.field @w on edges @G : complex<f64> attributes {symmetry = 1 : i32} {
    %0 = arith.constant 1.0 : f64
    %1 = complex.create %0, %0 : complex<f64>
    irh.yield %1 : complex<f64>
  }
  irh.observe ["flux"] from 0 {
    %0 = irh.reduce sum triangles @G {
      %1 = irh.holonomy {
        %2 = irh.read @w here : complex<f64>
        irh.yield %2 : complex<f64>
      } : complex<f64>
      %3 = complex.angle %1 : complex<f64>
      irh.yield %3 : f64
    } : f64
    irh.yield %0 : f64
  }
}

// CHECK: %[[W:.*]] = field.sweep on @G edges {
// CHECK: %[[FORTH:.*]] = field.sweep on @G edges {
// CHECK-NEXT: %[[HERE:.*]] = field.here %[[W]] :
// CHECK-NEXT: field.yield %[[HERE]]
// CHECK: %[[BACK:.*]] = field.sweep on @G edges {
// CHECK:   arith.negf
// CHECK: %[[AROUND:.*]] = net.holonomy %[[FORTH]], %[[BACK]] : {{.*}} -> !field.values<@G, triangles, complex<f64>>
// CHECK: field.sweep on @G triangles
// CHECK:   field.here %[[AROUND]] :
// CHECK:   complex.angle
