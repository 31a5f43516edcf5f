// RUN: irh-opt %s --convert-field-to-kernels --canonicalize --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// A kernel is given its range, its memory and scalars, and the accumulators; no two pointers
// alias. It works in batches of 64 points: whole vectors first, then the rest with masked stores.
// The entry hands over the slots, which the host fills in the same order.

// CHECK-LABEL: func.func @irh_main(%{{.*}}: !llvm.ptr)
// CHECK:         %[[MEMORY:.*]] = call @irh_rt_field_data
// CHECK:         llvm.store %[[MEMORY]], %[[SLOTS:.*]] : !llvm.ptr, !llvm.ptr
// CHECK:         call @irh_rt_sweep(%{{.*}}, %{{.*}}, %{{.*}}, %[[SLOTS]],

// CHECK-LABEL: func.func @irh_kernel0(
// CHECK-SAME:    %[[RANGE:.*]]: !llvm.ptr, %[[OUT:.*]]: !llvm.ptr {llvm.noalias}, %[[IN:.*]]: !llvm.ptr {llvm.noalias}, %[[K:.*]]: f64, %[[ACC:.*]]: !llvm.ptr)
// CHECK-DAG:     %[[BATCH:.*]] = arith.constant 64 : i64
// CHECK-DAG:     %[[KS:.*]] = vector.broadcast %[[K]] : f64 to vector<4xf64>
// CHECK-DAG:     %[[SUMS:.*]] = llvm.alloca
// CHECK:         scf.for %[[FIRST:.*]] = %{{.*}} to %{{.*}} step %[[BATCH]]
// CHECK:           scf.for
// CHECK:             %[[X:.*]] = llvm.load %{{.*}} -> vector<4xf64>
// CHECK:             %[[Y:.*]] = arith.mulf %[[X]], %[[KS]] : vector<4xf64>
// CHECK:             llvm.store %[[Y]], %{{.*}} : vector<4xf64>, !llvm.ptr
// CHECK:           scf.if
// CHECK:             llvm.intr.masked.store
// CHECK:           call @irh_rt_accumulate(%[[ACC]], %{{.*}}, %[[SUMS]],

// CHECK-LABEL: func.func @irh_kernel0_entry(
// CHECK-SAME:    %[[RANGE:.*]]: !llvm.ptr, %[[SLOTS:.*]]: !llvm.ptr, %[[ACC:.*]]: !llvm.ptr)
// CHECK:         %[[OUT:.*]] = llvm.load %[[SLOTS]] {{.*}} -> !llvm.ptr
// CHECK:         %[[IN:.*]] = llvm.load {{.*}} -> !llvm.ptr
// CHECK:         %[[K:.*]] = llvm.load {{.*}} -> f64
// CHECK:         call @irh_kernel0(%[[RANGE]], %[[OUT]], %[[IN]], %[[K]], %[[ACC]])
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %k = irh.param_value 1 "K" : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %a, %sum = field.sweep on @G nodes reduce [sum] {
    %x = field.here %u : !nodes
    %y = arith.mulf %x, %k : f64
    field.yield %y, %x : f64, f64
  } : !nodes, f64
  field.row {
    field.record 0 "sum" %sum : f64
  }
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>

// A neighbour reduction has stages: values at the node, then the edges of the batch (gather,
// compute in vectors, sum up rows in four lanes that join as (0 + 2) + (1 + 3)), then the rest.

// CHECK-LABEL: func.func @irh_kernel0(
// Gather: one edge after the other, nothing but loads and stores.
// CHECK:         %[[EDGE:.*]] = llvm.load %{{.*}} -> i32
// CHECK-NEXT:    %[[AT:.*]] = arith.extui %[[EDGE]]
// CHECK:         %[[THERE:.*]] = llvm.load %{{.*}} -> f64
// CHECK:         llvm.store %[[THERE]]
// Terms: four at a time.
// CHECK:         math.sin %{{.*}} : vector<4xf64>
// Row sums: whole vectors, then the rest, which leaves the other lanes alone.
// CHECK:         %[[WHOLE:.*]] = scf.for {{.*}} iter_args(%[[LANES:.*]] = %{{.*}}) -> (vector<4xf64>)
// CHECK:         %[[MORE:.*]] = arith.addf %[[WHOLE]], %{{.*}} : vector<4xf64>
// CHECK:         %[[ALL:.*]] = arith.select %{{.*}}, %[[MORE]], %[[WHOLE]] : vector<4xi1>, vector<4xf64>
// CHECK-DAG:     %[[L0:.*]] = vector.extract %[[ALL]][0]
// CHECK-DAG:     %[[L1:.*]] = vector.extract %[[ALL]][1]
// CHECK-DAG:     %[[L2:.*]] = vector.extract %[[ALL]][2]
// CHECK-DAG:     %[[L3:.*]] = vector.extract %[[ALL]][3]
// CHECK:         %[[EVEN:.*]] = arith.addf %[[L0]], %[[L2]] : f64
// CHECK:         %[[ODD:.*]] = arith.addf %[[L1]], %[[L3]] : f64
// CHECK:         arith.addf %[[EVEN]], %[[ODD]] : f64
// At the points: no scalar function.
// CHECK-NOT:     math.sin %{{.*}} : f64
// CHECK:         math.cos %{{.*}} : vector<4xf64>
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %a, %max = field.sweep on @G nodes reduce [max] {
    %here = field.here %u : !nodes
    %pull = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      %gap = arith.subf %there, %here : f64
      %sin = math.sin %gap : f64
      net.yield %sin : f64
    } : f64
    %cos = math.cos %pull : f64
    field.yield %cos, %cos : f64, f64
  } : !nodes, f64
  field.row {
    field.record 0 "max" %max : f64
  }
  return
}

// -----

!nodes = !field.values<@L, nodes, f64>
!edges = !field.values<@L, edges, f64>

// A lattice has no stored rows: where neighbours alone are read, a batch computes its own, and is
// given the network for that. A field on edges needs the stored ones.

// CHECK-LABEL: func.func @irh_kernel0(
// CHECK:         call @irh_rt_lattice_rows(%{{.*}}, %{{.*}}, %{{.*}}, %[[OFFSETS:.*]], %[[COLUMNS:.*]]) :
// CHECK:         llvm.getelementptr %[[OFFSETS]]
// CHECK:         llvm.getelementptr %[[COLUMNS]]
// CHECK-LABEL: func.func @irh_kernel1(
// CHECK-NOT:     call @irh_rt_lattice_rows
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  net.lattice @L periodic %n shape %n, %n
  %u = field.draw normal "u.0" : !nodes
  %w = field.draw normal "w.0" : !edges
  %a = field.sweep on @L nodes {
    %sum = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %sum : f64
  } : !nodes
  %b = field.sweep on @L nodes {
    %sum = net.reduce [sum] (%w : !edges) {
    ^bb0(%weight: f64):
      net.yield %weight : f64
    } : f64
    field.yield %sum : f64
  } : !nodes
  field.save "ab.csv" 0 ["a", "b"] (%a, %b) : !nodes, !nodes
  return
}

// -----

!phases = !field.values<@G, nodes, complex<f64>>
!flags = !field.values<@G, nodes, i1>

// Complex numbers are interleaved in memory and pairs of vectors in the kernel; flags are bytes.

// CHECK-LABEL: func.func @irh_kernel0(
// CHECK:         %[[PAIRS:.*]] = llvm.load %{{.*}} -> vector<8xf64>
// CHECK:         vector.shuffle %[[PAIRS]], %{{.*}} [0, 2, 4, 6]
// CHECK:         vector.shuffle %[[PAIRS]], %{{.*}} [1, 3, 5, 7]
// CHECK:         vector.interleave %{{.*}} : vector<4xf64> -> vector<8xf64>
// CHECK:         arith.extui %{{.*}} : vector<4xi1> to vector<4xi8>
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  net.ring @G nodes %n directed %n
  %z = field.column "z" : !phases
  %a, %b = field.sweep on @G nodes {
    %x = field.here %z : !phases
    %re = complex.re %x : complex<f64>
    %im = complex.im %x : complex<f64>
    %turned = complex.create %im, %re : complex<f64>
    %is = arith.cmpf olt, %re, %im : f64
    field.yield %turned, %is : complex<f64>, i1
  } : !phases, !flags
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>

// Degrees, ids and the shape of the network are its own arrays; nothing is copied.

// CHECK-LABEL: func.func @irh_main(
// CHECK-NOT:     irh_rt_field(
// CHECK:         call @irh_rt_network_array
// CHECK:         call @irh_rt_network_array
// CHECK:         call @irh_rt_sweep
// CHECK-NOT:     call @irh_rt_field(
// CHECK:         return
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  net.ring @G nodes %n directed %n
  %degrees = net.degrees : !field.values<@G, nodes, i64>
  %ids = net.ids : !field.values<@G, nodes, i64>
  %most = field.sweep on @G nodes reduce [max] {
    %d = field.here %degrees : !field.values<@G, nodes, i64>
    %i = field.here %ids : !field.values<@G, nodes, i64>
    %s = arith.addi %d, %i : i64
    field.yield %s : i64
  } : i64
  field.row {
    field.record 0 "most" %most : i64
  }
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>

// Sweeps that differ only in what they are given share a kernel.

// CHECK-LABEL: func.func @irh_main(
// CHECK-COUNT-2: call @irh_rt_sweep
// CHECK:         func.func @irh_kernel0(
// CHECK-NOT:     func.func @irh_kernel1(
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %k = irh.param_value 1 "K" : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %a = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = arith.mulf %x, %k : f64
    field.yield %y : f64
  } : !nodes
  %twice = arith.addf %k, %k : f64
  %b = field.sweep on @G nodes {
    %x = field.here %a : !nodes
    %y = arith.mulf %x, %twice : f64
    field.yield %y : f64
  } : !nodes
  return
}
