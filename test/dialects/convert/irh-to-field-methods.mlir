// RUN: irh-opt %s --convert-irh-to-field --split-input-file | FileCheck %s

// Leapfrog: a kick of half a step, a whole drift, and the other half of the kick at the new
// position. Rates come in pairs, of a position and of its velocity; only the second one's is needed.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         ^bb0(%[[T:.*]]: f64, %[[DT:.*]]: f64, %{{.*}}: i64, %[[X:.*]]: !field.values<@G, nodes, f64>, %[[V:.*]]: !field.values<@G, nodes, f64>):
// CHECK:           %[[HALF:.*]] = arith.mulf %[[DT]], %{{.*}}
// CHECK-NEXT:      %[[DRIFT:.*]]:3 = field.sweep on @G nodes reduce [not_finite] {
// CHECK:             %[[FORCE:.*]] = arith.negf
// CHECK:             %[[KICK:.*]] = arith.mulf %[[HALF]], %[[FORCE]]
// CHECK:             %[[V1:.*]] = arith.addf %{{.*}}, %[[KICK]]
// CHECK:             %[[MOVE:.*]] = arith.mulf %[[DT]], %[[V1]]
// CHECK:             %[[X1:.*]] = arith.addf %{{.*}}, %[[MOVE]]
// CHECK:             field.yield %[[V1]], %[[X1]], %[[X1]]
// CHECK:           %[[SECOND:.*]]:2 = field.sweep on @G nodes reduce [not_finite] {
// CHECK:             field.here %[[DRIFT]]#1
// CHECK:             field.here %[[DRIFT]]#0
// CHECK:           field.watch %[[DRIFT]]#1 if %[[DRIFT]]#2
// CHECK:           field.watch %[[SECOND]]#0 if %[[SECOND]]#1
// CHECK:           field.yield %[[DRIFT]]#1, %[[SECOND]]#0
irh.model @leapfrog {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @x on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.field @v on nodes @G : f64 { %x = arith.constant 0.0 : f64
                                   irh.yield %x : f64 }
  irh.evolve "t" leapfrog by_steps { %n = arith.constant 10 : i64
                                     %h = arith.constant 0.1 : f64
                                     irh.yield %n, %h : i64, f64 } {
    irh.rate @x { %v = irh.read @v here : f64
                  irh.yield %v : f64 }
    irh.rate @v { %x = irh.read @x here : f64
                  %f = arith.negf %x : f64
                  irh.yield %f : f64 }
  }
}

// -----

// Dormand and Prince: seven stages, the last of which is taken at the result and gives the error's
// size, in units of what is tolerated, as one sum. Where the runtime refuses the step, the old state
// stays. What `after step` assigns is chosen likewise, and watched only where the step is taken; the
// result itself needs no watch, as an error that is no number is refused.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         field.evolve "t" ["x", "n"] from %{{.*}} to %{{.*}} by %{{.*}} tolerance %[[TOL:.*]] iter(
// CHECK-NEXT:    ^bb0(%{{.*}}, %[[X:[a-z0-9]+]]: !field.values<@G, nodes, f64>, %[[N:[a-z0-9]+]]: f64):
// CHECK-COUNT-5:   field.sweep on @G nodes {
// CHECK:           %[[SIX:.*]]:2 = field.sweep on @G nodes {
// CHECK:           %[[SQUARES:.*]] = field.sweep on @G nodes reduce [sum] {
// CHECK:             %[[OLD:.*]] = field.here %[[X]]
// CHECK:             %[[NEW:.*]] = field.here %[[SIX]]#0
// CHECK:             %[[SIZE:.*]] = arith.maximumf
// CHECK:             %[[SCALE:.*]] = arith.addf %{{.*}}, %[[SIZE]]
// CHECK:             arith.mulf %[[TOL]], %[[SCALE]]
// CHECK:           %[[POINTS:.*]] = field.count @G nodes
// CHECK:           %[[OK:.*]] = field.step_error %{{.*}} of %{{.*}}
// CHECK:           %[[NEXT:.*]] = field.select %[[OK]], %[[SIX]]#0, %[[X]]
// CHECK:           %[[COUNTED:.*]] = arith.select %[[OK]], %{{.*}}, %[[N]]
// CHECK-NOT:       field.watch %
// CHECK:           field.watch_value "n" %[[COUNTED]]
// CHECK:           field.yield %[[NEXT]], %[[COUNTED]]
irh.model @dopri5 {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @x on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.field @n on global : f64 { %x = arith.constant 0.0 : f64
                                 irh.yield %x : f64 }
  irh.evolve "t" dopri5 { %a = arith.constant 0.0 : f64
                          %b = arith.constant 1.0 : f64
                          %h = arith.constant 0.0 : f64
                          %tolerance = arith.constant 1.0e-6 : f64
                          irh.yield %a, %b, %h, %tolerance : f64, f64, f64, f64 } {
    irh.rate @x { %x = irh.read @x here : f64
                  irh.yield %x : f64 }
    irh.after_step {
      irh.assign @n { %n = irh.read @n here : f64
                      %one = arith.constant 1.0 : f64
                      %m = arith.addf %n, %one : f64
                      irh.yield %m : f64 }
    }
  }
}

// -----

// Noise is drawn at each step, and divided by the root of its length: over the step it adds up to
// a variate of that variance.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         ^bb0(%{{.*}}: f64, %[[DT:.*]]: f64, %[[N:.*]]: i64, %[[X:.*]]: !field.values<@G, nodes, f64>):
// CHECK:           %[[DRAWN:.*]] = field.draw normal "x.noise.0" at %[[N]]
// CHECK:           field.sweep
// CHECK:             %[[Z:.*]] = field.here %[[DRAWN]]
// CHECK:             %[[ROOT:.*]] = math.sqrt %[[DT]]
// CHECK:             %[[NOISE:.*]] = arith.divf %[[Z]], %[[ROOT]]
// CHECK:             arith.mulf %[[DT]], %[[NOISE]]
irh.model @noise {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @x on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.evolve "t" euler_maruyama by_steps { %n = arith.constant 10 : i64
                                           %h = arith.constant 0.1 : f64
                                           irh.yield %n, %h : i64, f64 } {
    irh.rate @x { %z = irh.noise "x.noise.0"
                  irh.yield %z : f64 }
  }
}
