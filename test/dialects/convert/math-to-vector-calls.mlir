// RUN: irh-opt %s --convert-math-to-vector-calls="width=4" | FileCheck %s --check-prefixes=CHECK,AVX2
// RUN: irh-opt %s --convert-math-to-vector-calls="width=2" | FileCheck %s --check-prefixes=CHECK,SSE2
// RUN: irh-opt %s --convert-math-to-vector-calls="width=1" | FileCheck %s --check-prefixes=CHECK,NONE

// Each function is declared once, with the type of its vectors.

// AVX2-DAG: func.func private @_ZGVdN4v_sin(vector<4xf64>) -> vector<4xf64>
// AVX2-DAG: func.func private @_ZGVdN4vv_hypot(vector<4xf64>, vector<4xf64>) -> vector<4xf64>
// SSE2-DAG: func.func private @_ZGVbN2v_sin(vector<2xf64>) -> vector<2xf64>
// NONE-DAG: func.func private @sin(f64) -> f64

// All lanes go the same way: one call, or as many as the vector has pieces.

// CHECK-LABEL: func @vectors_call(
// CHECK-SAME:    %[[X:.*]]: vector<4xf64>
func.func @vectors_call(%x: vector<4xf64>) -> vector<4xf64> {
  // AVX2-NEXT: %[[R:.*]] = call @_ZGVdN4v_sin(%[[X]])
  // AVX2-NEXT: return %[[R]]

  // SSE2:      %[[LOW:.*]] = vector.extract_strided_slice %[[X]] {offsets = [0], sizes = [2]
  // SSE2:      %[[SINLOW:.*]] = call @_ZGVbN2v_sin(%[[LOW]])
  // SSE2:      vector.insert_strided_slice %[[SINLOW]]
  // SSE2:      %[[HIGH:.*]] = vector.extract_strided_slice %[[X]] {offsets = [2], sizes = [2]
  // SSE2:      call @_ZGVbN2v_sin(%[[HIGH]])

  // NONE-COUNT-4: call @sin(
  // CHECK-NOT:    math.sin
  %r = math.sin %x : vector<4xf64>
  return %r : vector<4xf64>
}

// Functions of two arguments have a letter for each.

// CHECK-LABEL: func @two_arguments(
func.func @two_arguments(%x: vector<4xf64>, %y: vector<4xf64>) -> vector<4xf64> {
  // AVX2: call @_ZGVdN4vv_hypot(
  // AVX2: call @_ZGVdN4vv_atan2(
  // AVX2: call @_ZGVdN4vv_pow(
  // SSE2: call @_ZGVbN2vv_hypot(
  // NONE: call @hypot(
  %0 = field.hypot %x, %y : vector<4xf64>
  %1 = math.atan2 %0, %y : vector<4xf64>
  %2 = math.powf %1, %y : vector<4xf64>
  return %2 : vector<4xf64>
}

// What the machine has an instruction for is left alone.

// CHECK-LABEL: func @instructions_stay(
func.func @instructions_stay(%x: vector<4xf64>) -> vector<4xf64> {
  // CHECK: math.sqrt
  // CHECK: math.absf
  // CHECK: math.floor
  // CHECK: math.fma
  %0 = math.sqrt %x : vector<4xf64>
  %1 = math.absf %0 : vector<4xf64>
  %2 = math.floor %1 : vector<4xf64>
  %3 = math.fma %2, %x, %x : vector<4xf64>
  return %3 : vector<4xf64>
}

// Scalars, which stand outside kernels only, call the plain function at every width.

// CHECK-LABEL: func @scalars_call_libm(
func.func @scalars_call_libm(%x: f64) -> f64 {
  // CHECK: call @exp(
  // CHECK: call @hypot(
  %0 = math.exp %x : f64
  %1 = field.hypot %0, %x : f64
  return %1 : f64
}
