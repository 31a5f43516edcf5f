// RUN: irh-opt %s | irh-opt | FileCheck %s

// An exchange gives each field back with fresh ghosts; several fields travel together.

// CHECK-LABEL: func @exchange(
func.func @exchange(%theta: !field.values<@G, nodes, f64>, %c: !field.values<@G, nodes, i1>) {
  // CHECK: dist.exchange %{{.*}} : !field.values<@G, nodes, f64>
  %fresh = dist.exchange %theta : !field.values<@G, nodes, f64>
  // CHECK: dist.exchange %{{.*}}, %{{.*}} : !field.values<@G, nodes, f64>, !field.values<@G, nodes, i1>
  %both:2 = dist.exchange %theta, %c : !field.values<@G, nodes, f64>, !field.values<@G, nodes, i1>
  return
}
