// RUN: irh-opt %s --field-expand-complex --canonicalize --cse | FileCheck %s
// RUN: irh-opt %s --field-expand-complex --canonicalize --cse | FileCheck %s --check-prefix=NONE

// No operation on complex numbers is left but those that take them apart and put them together.

// NONE-NOT: complex.{{abs|add|angle|conj|constant|cos|div|eq|exp|log|mul|neg|neq|sin|sqrt|sub|tan}}

// Multiplication is plain: no second look at what is not finite.

// CHECK-LABEL: func @mul(
// CHECK-SAME:    %[[A:.*]]: complex<f64>, %[[B:.*]]: complex<f64>
func.func @mul(%a: complex<f64>, %b: complex<f64>) -> complex<f64> {
  // CHECK-DAG: %[[AR:.*]] = complex.re %[[A]]
  // CHECK-DAG: %[[AI:.*]] = complex.im %[[A]]
  // CHECK-DAG: %[[BR:.*]] = complex.re %[[B]]
  // CHECK-DAG: %[[BI:.*]] = complex.im %[[B]]
  // CHECK-DAG: %[[RR:.*]] = arith.mulf %[[AR]], %[[BR]]
  // CHECK-DAG: %[[II:.*]] = arith.mulf %[[AI]], %[[BI]]
  // CHECK-DAG: %[[RI:.*]] = arith.mulf %[[AR]], %[[BI]]
  // CHECK-DAG: %[[IR:.*]] = arith.mulf %[[AI]], %[[BR]]
  // CHECK-DAG: %[[RE:.*]] = arith.subf %[[RR]], %[[II]]
  // CHECK-DAG: %[[IM:.*]] = arith.addf %[[RI]], %[[IR]]
  // CHECK:     complex.create %[[RE]], %[[IM]]
  %c = complex.mul %a, %b : complex<f64>
  return %c : complex<f64>
}

// Smith's division: everything is divided by the larger part of the divisor first.

// CHECK-LABEL: func @div(
func.func @div(%a: complex<f64>, %b: complex<f64>) -> complex<f64> {
  // CHECK-DAG: %[[BR:.*]] = complex.re %arg1
  // CHECK-DAG: %[[BI:.*]] = complex.im %arg1
  // CHECK-DAG: %[[SR:.*]] = math.absf %[[BR]]
  // CHECK-DAG: %[[SI:.*]] = math.absf %[[BI]]
  // CHECK:     %[[IS_REAL:.*]] = arith.cmpf oge, %[[SR]], %[[SI]]
  // CHECK:     %[[LARGE:.*]] = arith.select %[[IS_REAL]], %[[BR]], %[[BI]]
  // CHECK:     %[[SMALL:.*]] = arith.select %[[IS_REAL]], %[[BI]], %[[BR]]
  // CHECK:     arith.divf %[[SMALL]], %[[LARGE]]
  %c = complex.div %a, %b : complex<f64>
  return %c : complex<f64>
}

// The magnitude does not overflow where its parts do not.

// CHECK-LABEL: func @measures(
func.func @measures(%a: complex<f64>) -> (f64, f64) {
  // CHECK: %[[SIZE:.*]] = field.hypot %[[RE:.*]], %[[IM:.*]] : f64
  // CHECK: %[[ANGLE:.*]] = math.atan2 %[[IM]], %[[RE]]
  // CHECK: return %[[SIZE]], %[[ANGLE]]
  %size = complex.abs %a : complex<f64>
  %angle = complex.angle %a : complex<f64>
  return %size, %angle : f64, f64
}

// CHECK-LABEL: func @comparisons(
func.func @comparisons(%a: complex<f64>, %b: complex<f64>) -> (i1, i1) {
  // Both parts are equal, or one of them is not.
  // CHECK-COUNT-2: arith.cmpf oeq
  // CHECK:         %[[EQ:.*]] = arith.andi
  // CHECK-COUNT-2: arith.cmpf une
  // CHECK:         %[[NE:.*]] = arith.ori
  // CHECK:         return %[[EQ]], %[[NE]]
  %eq = complex.eq %a, %b : complex<f64>
  %ne = complex.neq %a, %b : complex<f64>
  return %eq, %ne : i1, i1
}

// CHECK-LABEL: func @choice_is_made_for_each_part(
func.func @choice_is_made_for_each_part(%c: i1, %a: complex<f64>, %b: complex<f64>)
    -> complex<f64> {
  // CHECK: arith.select %{{.*}} : f64
  // CHECK: arith.select %{{.*}} : f64
  %r = arith.select %c, %a, %b : complex<f64>
  return %r : complex<f64>
}

// The real choice is not the pass's.

// CHECK-LABEL: func @real_choice_stays(
func.func @real_choice_stays(%c: i1, %a: f64, %b: f64) -> f64 {
  // CHECK-NEXT: arith.select
  // CHECK-NEXT: return
  %r = arith.select %c, %a, %b : f64
  return %r : f64
}

// CHECK-LABEL: func @functions(
func.func @functions(%a: complex<f64>) -> complex<f64> {
  // CHECK: math.exp
  // CHECK: math.copysign
  // CHECK: math.log
  // CHECK: math.sinh
  %i = complex.constant [0.0, 1.0] : complex<f64>
  %0 = complex.add %a, %i : complex<f64>
  %1 = complex.exp %0 : complex<f64>
  %2 = complex.sqrt %1 : complex<f64>
  %3 = complex.log %2 : complex<f64>
  %4 = complex.sin %3 : complex<f64>
  %5 = complex.cos %4 : complex<f64>
  %6 = complex.tan %5 : complex<f64>
  %7 = complex.tanh %6 : complex<f64>
  %8 = complex.conj %7 : complex<f64>
  %9 = complex.neg %8 : complex<f64>
  %10 = complex.sub %9, %a : complex<f64>
  return %10 : complex<f64>
}
