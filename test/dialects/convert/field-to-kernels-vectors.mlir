// RUN: irh-opt %s --convert-field-to-kernels | FileCheck %s

// The runtime fills a field with what a matrix gives: a new one, and it is released like any other.

!nodes = !field.values<@G, nodes, f64>

func.func @irh_main() {
  %n = arith.constant 10 : i64
  %i = arith.constant 1 : i64
  %a = arith.constant -0.5 : f64
  net.star @G nodes %n
  %d = field.sweep on @G nodes {
    field.yield %a : f64
  } : !nodes
  %M = spectral.matrix @G "M" diagonal %d : !nodes
  %lambda = spectral.eigenvalues %M 0 count %n vectors
  %v = spectral.eigenvector %lambda[%i] : !nodes
  %y = spectral.exponential %M %a %v : f64, !nodes -> !nodes
  %x, %count, %left = spectral.solve 0 %M %y from %v : !nodes, !nodes -> !nodes
  %first = field.list_element %lambda[%i]
  %sum = field.list_reduce 0 %lambda
  field.save "x.csv" 0 ["x", "v"] (%x, %lambda) : !nodes, !field.list
  field.row {
    field.record 0 "n" %count : i64
    field.record 1 "first" %first : f64
    field.record 2 "sum" %sum : f64
    field.record 3 "left" %left : f64
  }
  return
}

// CHECK-LABEL: func.func @irh_main(
// CHECK: %[[M:.*]] = call @irh_rt_matrix(
// CHECK: %[[LIST:.*]] = call @irh_rt_eigenvalues(%{{.*}}, %{{.*}}, %[[M]],
// CHECK: %[[V:.*]] = call @irh_rt_field(
// CHECK: call @irh_rt_eigenvector(%{{.*}}, %[[LIST]], %{{.*}}, %[[V]])
// CHECK: %[[Y:.*]] = call @irh_rt_field(
// CHECK: call @irh_rt_exponential(%{{.*}}, %[[M]], %{{.*}}, %{{.*}}, %[[V]], %[[Y]])
// CHECK: %[[X:.*]] = call @irh_rt_field(
// CHECK: call @irh_rt_solve(%{{.*}}, %[[M]], %{{.*}}, %[[Y]], %[[V]], %[[X]], %{{.*}}, %{{.*}}, %[[OUT:.*]])
// CHECK: call @irh_rt_field_release(%{{.*}}, %[[V]])
// CHECK: call @irh_rt_list_element(%{{.*}}, %[[LIST]],
// CHECK: call @irh_rt_list_reduce(%{{.*}}, %[[LIST]],
// CHECK: call @irh_rt_save(
