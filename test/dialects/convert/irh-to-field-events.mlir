// RUN: irh-opt %s --convert-irh-to-field --split-input-file | FileCheck %s

// An event that assigns yields new values of the state, and its results are the state from there
// on: the next event and the step read them. What an assignment makes is watched; an event sees its
// own assignments.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         field.evolve "t" ["u", "v"]
// CHECK-NEXT:    ^bb0({{.*}}, %[[U:[a-z0-9]+]]: !field.values<@G, nodes, f64>, %[[V:[a-z0-9]+]]: !field.values<@G, nodes, f64>):
// CHECK:           %[[CHANGED:.*]] = field.event every %{{.*}} within %{{.*}} {
// CHECK:             %[[NEW:.*]]:2 = field.sweep on @G nodes reduce [not_finite] {
// CHECK:               field.here %[[V]]
// CHECK:             %[[SUM:.*]] = field.sweep on @G nodes reduce [sum] {
// CHECK:               field.here %[[NEW]]#0
// CHECK:             field.record 0 "after" %[[SUM]]
// CHECK:             field.watch %[[NEW]]#0 if %[[NEW]]#1
// CHECK:             field.yield %[[NEW]]#0
// CHECK:           } {assigned = array<i32: 0>} : !field.values<@G, nodes, f64>
// CHECK:           field.event {
// CHECK:             field.check
// CHECK:           } when {
// CHECK:             %[[MOST:.*]] = field.sweep on @G nodes reduce [max] {
// CHECK:               field.here %[[CHANGED]]
// CHECK:             %[[DUE:.*]] = arith.cmpf ogt, %[[MOST]]
// CHECK:             field.yield %[[DUE]] : i1
// CHECK:           %[[NEXT:.*]]:2 = field.sweep on @G nodes reduce [not_finite] {
// CHECK:             field.here %[[CHANGED]]
// CHECK:           field.yield %[[NEXT]]#0, %[[V]]
irh.model @events {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.field @v on nodes @G : f64 { %x = arith.constant 2.0 : f64
                                   irh.yield %x : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %u = irh.read @u here : f64
                  irh.yield %u : f64 }
    irh.event {
      irh.assign @u { %v = irh.read @v here : f64
                      irh.yield %v : f64 }
      irh.observe ["after"] from 0 {
        %s = irh.reduce sum nodes @G { %u = irh.read @u here : f64
                                       irh.yield %u : f64 } : f64
        irh.yield %s : f64
      }
    } every { %four = arith.constant 4 : i64
              irh.yield %four : i64 }
      within { %half = arith.constant 0.5 : f64
               irh.yield %half : f64 }
    irh.event {
      irh.check "large" { %c = arith.constant true
                          irh.yield %c : i1 }
    } when {
      %m = irh.reduce max nodes @G { %u = irh.read @u here : f64
                                     irh.yield %u : f64 } : f64
      %one = arith.constant 1.0 : f64
      %due = arith.cmpf ogt, %m, %one : f64
      irh.yield %due : i1
    }
  }
  irh.assign @v { %x = arith.constant 3.0 : f64
                  irh.yield %x : f64 }
}

// -----

// What follows a step sees its result, one step later by the clock; only draws are still those of
// the step. The state of the step's end is what is watched.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         ^bb0(%[[T:.*]]: f64, %[[DT:.*]]: f64, %[[N:.*]]: i64, %[[U:.*]]: !field.values<@G, nodes, f64>):
// CHECK:           %[[STEP:.*]]:2 = field.sweep
// CHECK:           %[[LATER:.*]] = arith.addf %[[T]], %[[DT]]
// CHECK:           %[[NUMBER:.*]] = arith.addi %[[N]], %{{.*}}
// CHECK:           %[[DRAWN:.*]] = field.draw normal "u.set.0" at %[[N]]
// CHECK:           %[[AFTER:.*]]:2 = field.sweep on @G nodes reduce [not_finite] {
// CHECK:             field.here %[[STEP]]#0
// CHECK:             field.here %[[DRAWN]]
// CHECK:             arith.mulf %{{.*}}, %[[LATER]]
// CHECK:           field.watch %[[AFTER]]#0 if %[[AFTER]]#1
// CHECK-NOT:       field.watch
// CHECK:           field.yield %[[AFTER]]#0
irh.model @after_step {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %u = irh.read @u here : f64
                  irh.yield %u : f64 }
    irh.after_step {
      irh.assign @u { %u = irh.read @u here : f64
                      %d = irh.draw normal "u.set.0"
                      %s = arith.addf %u, %d : f64
                      %t = irh.time
                      %r = arith.mulf %s, %t : f64
                      irh.yield %r : f64 }
    }
  }
}

// -----

// A single value is a number of the host: its rate and its assignments are host code, its draws are
// variates, and its watch takes the value itself.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[S0:.*]] = field.variate uniform "s.0"{{$}}
// CHECK:         field.evolve "t" ["s", "z"] {{.*}} iter(%[[S0]], %{{.*}} : f64, complex<f64>)
// CHECK:         ^bb0(%{{.*}}: f64, %[[DT:.*]]: f64, %[[N:.*]]: i64, %[[S:.*]]: f64, %[[Z:.*]]: complex<f64>):
// CHECK-NOT:       field.sweep
// CHECK:           %[[CHANGE:.*]] = arith.mulf %[[DT]], %[[S]]
// CHECK:           %[[NEXT:.*]] = arith.addf %[[S]], %[[CHANGE]]
// CHECK:           %[[KICK:.*]] = field.variate normal "z.set.0" at %[[N]]
// CHECK:           %[[ZNEXT:.*]] = complex.create %[[KICK]], %[[NEXT]]
// CHECK:           field.watch_value "s" %[[NEXT]]
// CHECK:           %[[RE:.*]] = complex.re %[[ZNEXT]]
// CHECK:           field.watch_value "z" %[[RE]]
// CHECK:           %[[IM:.*]] = complex.im %[[ZNEXT]]
// CHECK:           field.watch_value "z" %[[IM]]
// CHECK:           field.yield %[[NEXT]], %[[ZNEXT]]
irh.model @single_values {
  irh.field @s on global : f64 { %u = irh.draw uniform "s.0"
                                 irh.yield %u : f64 }
  irh.field @z on global : complex<f64> { %i = complex.constant [0.0, 1.0] : complex<f64>
                                          irh.yield %i : complex<f64> }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @s { %s = irh.read @s here : f64
                  irh.yield %s : f64 }
    irh.after_step {
      irh.assign @z { %d = irh.draw normal "z.set.0"
                      %s = irh.read @s here : f64
                      %r = complex.create %d, %s : complex<f64>
                      irh.yield %r : complex<f64> }
    }
  }
}

// -----

// Each evolve carries all that the run ever changes, its own first: so a checkpoint holds what
// cannot be made again. What never changes is not carried.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[A:.*]] = field.sweep
// CHECK:         %[[B:.*]] = field.sweep
// CHECK:         %[[K:.*]] = field.sweep
// CHECK:         %[[ONE:.*]]:2 = field.evolve "t" ["a", "b"] {{.*}} iter(%[[A]], %[[B]] :
// CHECK:         field.checkpoint every %{{.*}} seconds %{{.*}}
// CHECK:           field.here %[[K]]
// CHECK:         %[[SET:.*]]:2 = field.sweep
// CHECK:           field.here %[[ONE]]#0
// CHECK:         field.evolve "t" ["b", "a"] {{.*}} iter(%[[SET]]#0, %[[ONE]]#0 :
irh.model @two_evolves {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @a on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.field @b on nodes @G : f64 { %x = arith.constant 2.0 : f64
                                   irh.yield %x : f64 }
  irh.field @k on nodes @G : f64 { %x = arith.constant 3.0 : f64
                                   irh.yield %x : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @a { %k = irh.read @k here : f64
                  irh.yield %k : f64 }
    irh.checkpoint every { %n = arith.constant 5 : i64
                           irh.yield %n : i64 }
      seconds { %s = arith.constant 60.0 : f64
                irh.yield %s : f64 }
  }
  irh.assign @b { %a = irh.read @a here : f64
                  irh.yield %a : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @b { %b = irh.read @b here : f64
                  irh.yield %b : f64 }
  }
}
