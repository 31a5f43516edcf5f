// RUN: irh-opt %s --convert-math-to-device-calls | FileCheck %s --check-prefixes=CHECK,CUDA
// RUN: irh-opt %s --convert-math-to-device-calls="prefix=__ocml_ suffix=_f64" | FileCheck %s --check-prefixes=CHECK,HIP

// A function of the device's library is declared once.

// CUDA-DAG: llvm.func @__nv_sin(f64) -> f64
// CUDA-DAG: llvm.func @__nv_pow(f64, f64) -> f64
// HIP-DAG:  llvm.func @__ocml_sin_f64(f64) -> f64
// HIP-DAG:  llvm.func @__ocml_pow_f64(f64, f64) -> f64
gpu.module @irh_device {
  // CHECK-LABEL: gpu.func @rounded_in_the_library(
  // CHECK-SAME:    %[[X:.*]]: f64
  gpu.func @rounded_in_the_library(%x: f64, %out: !llvm.ptr) kernel {
    // CUDA: %[[A:.*]] = llvm.call @__nv_sin(%[[X]])
    // CUDA: %[[B:.*]] = llvm.call @__nv_sin(%[[A]])
    // CUDA: llvm.call @__nv_pow(%[[A]], %[[B]])
    // HIP:  %[[A:.*]] = llvm.call @__ocml_sin_f64(%[[X]])
    // HIP:  llvm.call @__ocml_pow_f64(
    %a = math.sin %x : f64
    %b = math.sin %a : f64
    %c = math.powf %a, %b : f64
    llvm.store %c, %out : f64, !llvm.ptr
    gpu.return
  }

  // What has one right answer is no call.

  // CHECK-LABEL: gpu.func @rounded_right(
  // CHECK-NOT:   llvm.call @
  gpu.func @rounded_right(%x: f64, %n: i64, %out: !llvm.ptr) kernel {
    // CHECK: llvm.call_intrinsic "llvm.sqrt"(%{{.*}})
    // CHECK: llvm.call_intrinsic "llvm.fma"(%{{.*}}, %{{.*}}, %{{.*}})
    // CHECK: llvm.call_intrinsic "llvm.abs"(%{{.*}}, %{{.*}}) : (i64, i1) -> i64
    %a = math.sqrt %x : f64
    %b = math.fma %a, %x, %x : f64
    %c = math.absi %n : i64
    llvm.store %b, %out : f64, !llvm.ptr
    llvm.store %c, %out : i64, !llvm.ptr
    gpu.return
  }
}
