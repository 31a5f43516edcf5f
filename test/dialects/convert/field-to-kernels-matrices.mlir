// RUN: irh-opt %s --convert-field-to-kernels | FileCheck %s

// What is asked of a matrix is asked of the runtime, which says at which points it wants a function.

func.func @irh_main() {
  %n = arith.constant 10 : i64
  %z = arith.constant 1.0e-10 : f64
  net.star @G nodes %n
  %d = field.sweep on @G nodes {
    field.yield %z : f64
  } : !field.values<@G, nodes, f64>
  %M = spectral.matrix @G "M" diagonal %d : !field.values<@G, nodes, f64>
  %L, %error, %bias = spectral.logdet %M zero %z
  %Z, %spread, %part = spectral.trace %M {
  ^bb0(%lambda: f64):
    %0 = math.exp %lambda : f64
    spectral.yield %0
  }
  %all = spectral.eigenvalues %M 0
  field.row {
    field.record 0 "L" %L : f64
    field.record 1 "Z" %Z : f64
    field.record 2 "all" %all : !field.list
  }
  return
}

// CHECK-LABEL: func.func @irh_main(
// CHECK: %[[G:.*]] = call @irh_rt_network_star(
// CHECK: %[[D:.*]] = call @irh_rt_field(
// CHECK: %[[M:.*]] = call @irh_rt_matrix(%{{.*}}, %{{.*}}, %[[G]], %{{.*}}, %[[D]], %{{.*}})
// CHECK: call @irh_rt_field_release(%{{.*}}, %[[D]])
// CHECK: call @irh_rt_logdet(%{{.*}}, %[[M]], %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[RESULTS:.*]])
// CHECK: %[[L:.*]] = llvm.load {{.*}} -> f64
// CHECK: %[[TRACE:.*]] = call @irh_rt_trace(%{{.*}}, %{{.*}}, %[[M]],
// CHECK: scf.while : () -> () {
// CHECK:   call @irh_rt_trace_next(%{{.*}}, %[[TRACE]])
// CHECK:   scf.condition
// CHECK: } do {
// CHECK:   %[[AT:.*]] = func.call @irh_rt_trace_point(%{{.*}}, %[[TRACE]])
// CHECK:   %[[VALUE:.*]] = math.exp %[[AT]]
// CHECK:   func.call @irh_rt_trace_value(%{{.*}}, %[[TRACE]], %[[VALUE]])
// CHECK: call @irh_rt_trace_end(%{{.*}}, %[[TRACE]],
// CHECK: %[[ALL:.*]] = call @irh_rt_eigenvalues(%{{.*}}, %{{.*}}, %[[M]],
// CHECK: call @irh_rt_cell_real(%{{.*}}, %{{.*}}, %[[L]])
// CHECK: call @irh_rt_cell_list(%{{.*}}, %{{.*}}, %[[ALL]])
