// RUN: irh-opt %s --convert-device-to-loops | FileCheck %s

// A block of a device's threads becomes a loop, its arguments what the addresses in `parameters`
// hold. Before all else the program says where its kernels are, in the order of their numbers. A
// function is computed in a vector, whose lanes have the bits of the processor's own kernels.

// CHECK-LABEL: func.func @irh_main(
// CHECK-SAME:    %[[CONTEXT:.*]]: !llvm.ptr)
// CHECK-NEXT:    %[[F:.*]] = {{.*}}constant @irh_kernel0
// CHECK-NEXT:    %[[ADDRESS:.*]] = builtin.unrealized_conversion_cast %[[F]]
// CHECK-NEXT:    call @irh_rt_emulate(%[[CONTEXT]], %[[ADDRESS]])

// CHECK-LABEL: func.func @irh_kernel0(
// CHECK-SAME:    %[[PARAMETERS:.*]]: !llvm.ptr, %[[BLOCK:.*]]: i64)
// CHECK:         %[[PLACE:.*]] = llvm.getelementptr %[[PARAMETERS]][0]
// CHECK:         %[[AT:.*]] = llvm.load %[[PLACE]] : !llvm.ptr -> !llvm.ptr
// CHECK:         llvm.load %[[AT]] : !llvm.ptr -> !llvm.ptr
// CHECK:         arith.index_cast %[[BLOCK]] : i64 to index
// CHECK:         %[[THREADS:.*]] = arith.constant 256
// CHECK:         scf.for %{{.*}} = %{{.*}} to %[[THREADS]]
// CHECK:           vector.broadcast %{{.*}} : f64 to vector<4xf64>
// CHECK:           math.sin %{{.*}} : vector<4xf64>
// CHECK:           vector.extract %{{.*}}[0]
// CHECK-NOT:     gpu.
func.func @irh_main(%context: !llvm.ptr) {
  return
}

gpu.module @irh_device {
  gpu.func @irh_kernel0(%out: !llvm.ptr, %x: f64) kernel {
    %block = gpu.block_id x
    %thread = gpu.thread_id x
    %size = arith.constant 256 : index
    %before = arith.muli %block, %size : index
    %point = arith.addi %before, %thread : index
    %i = arith.index_castui %point : index to i64
    %y = math.sin %x : f64
    %at = llvm.getelementptr %out[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f64
    llvm.store %y, %at : f64, !llvm.ptr
    gpu.return
  }
}
