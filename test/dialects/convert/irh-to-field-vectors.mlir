// RUN: irh-opt %s --convert-irh-to-field | FileCheck %s

// What a matrix gives on nodes is a field like any other, made once for a state; a solve changes the
// state: its unknown, and the two numbers that say how it went. A matrix that is not Hermitian has
// an entry for each way along an edge, and what `src` sees of an oriented field is turned round.

irh.model @m {
  irh.network @G ring {
    %n = arith.constant 10 : i64
    irh.yield %n, %n : i64, i64
  }
  irh.field @w on edges @G : f64 attributes {symmetry = 2 : i32} {
    %0 = arith.constant 1.0 : f64
    irh.yield %0 : f64
  }
  irh.field @x on nodes @G : f64 {
    %0 = arith.constant 0.0 : f64
    irh.yield %0 : f64
  }
  irh.field @x.iterations on global : i64 {
    %0 = arith.constant 0 : i64
    irh.yield %0 : i64
  }
  irh.field @x.residual on global : f64 {
    %0 = arith.constant 0.0 : f64
    irh.yield %0 : f64
  }
  irh.matrix @A on @G general diagonal {} entry {
    %0 = irh.read @w neighbour : f64
    irh.yield %0 : f64
  }
  irh.matrix @L on @G diagonal {
    %0 = irh.degree @G here
    %1 = arith.sitofp %0 : i64 to f64
    irh.yield %1 : f64
  } entry {}
  irh.vector @heat on @G : f64 exponential @L index {} factor {
    %0 = arith.constant -2.0 : f64
    irh.yield %0 : f64
  } start {
    %0 = irh.read @x here : f64
    irh.yield %0 : f64
  }
  irh.solve @x @A gmres @x.iterations @x.residual {
    %0 = irh.vector_value @heat here : f64
    irh.yield %0 : f64
  } tolerance {} restart {}
  irh.observe ["n"] from 0 {
    %0 = irh.read @x.iterations here : i64
    irh.yield %0 : i64
  }
}

// CHECK: %[[W:.*]] = field.sweep on @G edges {
// CHECK: %[[X:.*]] = field.sweep on @G nodes {
// CHECK: %[[L:.*]] = spectral.matrix @G "L"
// CHECK: %[[HEAT:.*]] = spectral.exponential %[[L]] %{{.*}} %[[X]] :
// CHECK: %[[FORTH:.*]] = field.sweep on @G edges {
// CHECK-NEXT: %[[HERE:.*]] = field.here %[[W]] :
// CHECK-NEXT: field.yield %[[HERE]] : f64
// CHECK: %[[BACK:.*]] = field.sweep on @G edges {
// CHECK-NEXT: %[[STORED:.*]] = field.here %[[W]] :
// CHECK-NEXT: %[[TURNED:.*]] = arith.negf %[[STORED]] : f64
// CHECK-NEXT: field.yield %[[TURNED]] : f64
// CHECK: %[[A:.*]] = spectral.matrix @G "A" entries %[[FORTH]] : {{.*}} back %[[BACK]] : {{.*}} general
// CHECK: %{{.*}}, %[[N:.*]], %{{.*}} = spectral.solve 2 %[[A]] %[[HEAT]] from %[[X]] :
// CHECK: field.record 0 "n" %[[N]] : i64
