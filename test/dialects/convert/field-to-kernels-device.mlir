// RUN: irh-opt %s --convert-field-to-kernels=device=true --canonicalize --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// On a device a kernel is a function for one point, whose number follows from its thread's. It is
// given its slots, the points first to end, how many are owned, and where flags and values of what
// is reduced go. The host asks for memory of the device, says what the kernel does there (1 reads,
// 2 writes), and launches the kernel by its number.

// CHECK-LABEL: func.func @irh_main(
// CHECK-DAG:     %[[READS:.*]] = arith.constant 1 : i32
// CHECK-DAG:     %[[WRITES:.*]] = arith.constant 2 : i32
// CHECK-DAG:     %[[FIRST:.*]] = arith.constant 0 : i32
// CHECK:         call @irh_rt_field_device(%{{.*}}, %{{.*}}, %[[WRITES]])
// CHECK:         call @irh_rt_field_device(%{{.*}}, %{{.*}}, %[[READS]])
// CHECK:         call @irh_rt_launch(%{{.*}}, %{{.*}}, %[[FIRST]],
// CHECK-NOT:     irh_rt_sweep

// Two kernels are those of every program: values of scattered points to a message and back.

// CHECK-LABEL: gpu.module @irh_device
// CHECK:         gpu.func @irh_pack(%[[ALL:.*]]: !llvm.ptr {llvm.noalias}, %[[POINTS:.*]]: !llvm.ptr {llvm.noalias}, %[[COUNT:.*]]: i64, %[[UNITS:.*]]: i64, %[[MESSAGE:.*]]: !llvm.ptr {llvm.noalias}) kernel
// CHECK:           arith.cmpi slt, %{{.*}}, %[[COUNT]] : i64
// CHECK:           llvm.getelementptr %[[POINTS]]
// CHECK:           scf.for %{{.*}} to %[[UNITS]]
// CHECK:             llvm.getelementptr %[[ALL]]
// CHECK:             llvm.getelementptr %[[MESSAGE]]
// CHECK:         gpu.func @irh_unpack(
// CHECK:         gpu.func @irh_kernel0(%[[OUT:.*]]: !llvm.ptr {llvm.noalias}, %[[IN:.*]]: !llvm.ptr {llvm.noalias}, %[[K:.*]]: f64,
// CHECK-SAME:      %[[BEGIN:.*]]: i64, %[[END:.*]]: i64, %[[OWNED:.*]]: i64, %[[FLAGS:.*]]: !llvm.ptr {llvm.noalias}, %[[VALUES:.*]]: !llvm.ptr {llvm.noalias}) kernel
// CHECK:           %[[POINT:.*]] = arith.addi %[[BEGIN]], %{{.*}} : i64
// CHECK:           %[[IS:.*]] = arith.cmpi slt, %[[POINT]], %[[END]] : i64
// CHECK:           scf.if %[[IS]]
// CHECK:             %[[X:.*]] = llvm.load %{{.*}} -> f64
// CHECK:             %[[Y:.*]] = arith.mulf %[[X]], %[[K]] : f64
// CHECK:             %[[AT:.*]] = llvm.getelementptr %[[OUT]][%[[POINT]]]
// CHECK:             llvm.store %[[Y]], %[[AT]]
// Copies of edges count nowhere. The second reduction's values lie behind the first's.
// CHECK:             arith.cmpi slt, %[[POINT]], %[[OWNED]] : i64
// CHECK:             %[[PLACE:.*]] = llvm.getelementptr %[[VALUES]][%[[POINT]]]
// CHECK:             llvm.store %[[X]], %[[PLACE]]
// CHECK:             %[[NEXT:.*]] = arith.addi %[[OWNED]], %[[POINT]]
// CHECK:             %[[PLACE1:.*]] = llvm.getelementptr %[[VALUES]][%[[NEXT]]]
// CHECK:             llvm.store %[[Y]], %[[PLACE1]]
// Of what is infinite or NaN a flag remains: x - x is not 0.
// CHECK:             %[[GAP:.*]] = arith.subf %[[X]], %[[X]]
// CHECK:             arith.cmpf uno, %[[GAP]], %[[GAP]]
// CHECK:             llvm.getelementptr %[[FLAGS]][2]
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %k = irh.param_value 1 "K" : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %a, %sum, %max, %bad = field.sweep on @G nodes reduce [sum, max, not_finite] {
    %x = field.here %u : !nodes
    %y = arith.mulf %x, %k : f64
    field.yield %y, %x, %y, %x : f64, f64, f64, f64
  } : !nodes, f64, f64, i1
  field.row {
    field.record 0 "sum" %sum : f64
    field.record 1 "max" %max : f64
    field.record 2 "bad" %bad : i1
  }
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>

// One loop over the row holds all reductions of a stage. Each has four partial sums, which turn by
// one place with every term, and are joined as on the processor.

// CHECK-LABEL: gpu.module @irh_device
// CHECK:         %[[COS:.*]] = math.cos
// CHECK:         %[[SUMS:.*]]:4 = scf.for %[[SLOT:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[A:.*]] = %{{.*}}, %[[B:.*]] = %{{.*}}, %[[C:.*]] = %{{.*}}, %[[D:.*]] = %{{.*}})
// CHECK:           llvm.load %{{.*}} -> i8
// CHECK:           llvm.load %{{.*}} -> i32
// CHECK:           %[[WEIGHT:.*]] = llvm.load %{{.*}} -> f64
// CHECK:           llvm.load %{{.*}} -> i32
// CHECK:           %[[THERE:.*]] = llvm.load %{{.*}} -> f64
// CHECK:           %[[GAP:.*]] = arith.subf %[[THERE]], %[[COS]] : f64
// CHECK:           arith.mulf %[[WEIGHT]], %[[GAP]] : f64
// CHECK:           %[[NEXT:.*]] = arith.addf %[[A]], %{{.*}} : f64
// CHECK:           scf.yield %[[B]], %[[C]], %[[D]], %[[NEXT]]
// CHECK:         %[[EVEN:.*]] = arith.addf %[[SUMS]]#0, %[[SUMS]]#2
// CHECK:         %[[ODD:.*]] = arith.addf %[[SUMS]]#1, %[[SUMS]]#3
// CHECK:         arith.addf %[[EVEN]], %[[ODD]]
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %w = field.draw normal "w.0" : !edges
  %a = field.sweep on @G nodes {
    %here = field.here %u : !nodes
    %cos = math.cos %here : f64
    %pull = net.reduce [sum] (%u : !nodes, %w : !edges) {
    ^bb0(%there: f64, %weight: f64):
      %sign = net.sign : f64
      %gap = arith.subf %there, %cos : f64
      %part = arith.mulf %weight, %gap : f64
      %term = arith.mulf %sign, %part : f64
      net.yield %term : f64
    } : f64
    field.yield %pull : f64
  } : !nodes
  return
}
