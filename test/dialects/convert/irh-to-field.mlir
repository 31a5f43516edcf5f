// RUN: irh-opt %s --convert-irh-to-field --split-input-file | FileCheck %s

// Euler: one sweep, which stores u + dt f(u) and says whether it is finite. The state of the
// evolve is its body's argument; time and step number are arguments too.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         net.ring @G nodes %{{.*}} directed %{{.*}}
// CHECK:         %[[U0:.*]] = field.sweep on @G nodes {
// CHECK:         field.evolve "t" ["u"] for %{{.*}} steps by %{{.*}} iter(%[[U0]] :
// CHECK-NEXT:    ^bb0(%[[T:.*]]: f64, %[[DT:.*]]: f64, %[[N:.*]]: i64, %[[U:.*]]: !field.values<@G, nodes, f64>):
// CHECK:           %[[NEXT:.*]]:2 = field.sweep on @G nodes reduce [not_finite] {
// CHECK:             %[[HERE:.*]] = field.here %[[U]]
// CHECK:             %[[RATE:.*]] = arith.mulf %[[HERE]], %[[T]]
// CHECK:             %[[CHANGE:.*]] = arith.mulf %[[DT]], %[[RATE]]
// CHECK:             %[[SUM:.*]] = arith.addf %{{.*}}, %[[CHANGE]]
// CHECK:             field.yield %[[SUM]], %[[SUM]]
// CHECK:           field.watch %[[NEXT]]#0 if %[[NEXT]]#1
// CHECK:           field.yield %[[NEXT]]#0
// CHECK-NOT:     irh.model
irh.model @euler {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %one = arith.constant 1.0 : f64
                                   irh.yield %one : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %u = irh.read @u here : f64
                  %t = irh.time
                  %r = arith.mulf %u, %t : f64
                  irh.yield %r : f64 }
  }
}

// -----

// Runge-Kutta: a sweep for each stage, which adds its share to the later state and to the result
// at once; no rate is stored. Only the last one is watched.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         ^bb0(%[[T:.*]]: f64, %[[DT:.*]]: f64, %{{.*}}: i64, %[[U:.*]]: !field.values<@G, nodes, f64>):
// CHECK:           %[[A:.*]]:2 = field.sweep on @G nodes {
// CHECK:           %[[B:.*]]:2 = field.sweep on @G nodes {
// CHECK:             field.here %[[A]]#0
// CHECK:             field.here %[[U]]
// CHECK:             field.here %[[A]]#1
// CHECK:           %[[C:.*]]:2 = field.sweep on @G nodes {
// CHECK:             field.here %[[B]]#0
// CHECK:             field.here %[[U]]
// CHECK:             field.here %[[B]]#1
// CHECK:           %[[D:.*]]:2 = field.sweep on @G nodes reduce [not_finite] {
// CHECK:             field.here %[[C]]#0
// CHECK:             field.here %[[C]]#1
// CHECK-NOT:       field.sweep
// CHECK:           field.yield %[[D]]#0
irh.model @rk4 {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %one = arith.constant 1.0 : f64
                                   irh.yield %one : f64 }
  irh.evolve "t" rk4 by_steps { %n = arith.constant 10 : i64
                                %h = arith.constant 0.1 : f64
                                irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %u = irh.read @u here : f64
                  irh.yield %u : f64 }
  }
}

// -----

// Fields of one set share a stage's sweep, and every rate is taken from the same state; another
// set has a sweep of its own.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         ^bb0(%{{.*}}, %[[U:.*]]: !field.values<@G, nodes, f64>, %[[V:.*]]: !field.values<@G, nodes, f64>, %[[W:.*]]: !field.values<@G, edges, f64>):
// CHECK:           field.sweep on @G nodes reduce [not_finite, not_finite] {
// CHECK-DAG:         field.here %[[V]]
// CHECK-DAG:         field.here %[[U]]
// CHECK:           field.sweep on @G edges reduce [not_finite] {
// CHECK:             net.end src %[[U]]
// CHECK:             net.end dst %[[U]]
// CHECK-NOT:       field.sweep
// CHECK:           return
irh.model @two_sets {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.field @v on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.field @w on edges @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %r = irh.read @v here : f64
                  irh.yield %r : f64 }
    irh.rate @v { %r = irh.read @u here : f64
                  irh.yield %r : f64 }
    irh.rate @w { %a = irh.read @u src : f64
                  %b = irh.read @u dst : f64
                  %r = arith.subf %a, %b : f64
                  irh.yield %r : f64 }
  }
}

// -----

// A definition is put where it is used, and read where it is read: at a neighbour, its fields are
// the neighbour's. One that itself looks at neighbours is stored before.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[U:.*]] = field.sweep on @G nodes {
// CHECK:         %[[PULL:.*]] = field.sweep on @G nodes {
// CHECK:           net.reduce [sum] (%[[U]] :
// CHECK:         field.sweep on @G nodes {
// CHECK:           net.reduce [sum] (%[[U]] : {{.*}}, %[[PULL]] :
// CHECK-NEXT:      ^bb0(%[[UT:.*]]: f64, %[[PT:.*]]: f64):
// CHECK-NEXT:        %[[SIN:.*]] = math.sin %[[UT]]
// CHECK-NEXT:        arith.addf %[[SIN]], %[[PT]]
irh.model @definitions {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.let @local on nodes @G : f64 { %u = irh.read @u here : f64
                                     %s = math.sin %u : f64
                                     irh.yield %s : f64 }
  irh.let @pull on nodes @G : f64 {
    %p = irh.neighbours sum @G { %u = irh.read @u neighbour : f64
                                 irh.yield %u : f64 } : f64
    irh.yield %p : f64
  }
  irh.field @u on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.field @v on nodes @G : f64 {
    %p = irh.neighbours sum @G { %l = irh.let_value @local neighbour : f64
                                 %q = irh.let_value @pull neighbour : f64
                                 %r = arith.addf %l, %q : f64
                                 irh.yield %r : f64 } : f64
    irh.yield %p : f64
  }
}

// -----

// A reduction over a whole set inside an equation is a sweep before it. A complex sum is two.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[Z:.*]] = field.sweep on @G nodes {
// CHECK:         %[[SUM:.*]]:2 = field.sweep on @G nodes reduce [sum, sum] {
// CHECK:           complex.re
// CHECK:           complex.im
// CHECK:         %[[TOTAL:.*]] = complex.create %[[SUM]]#0, %[[SUM]]#1
// CHECK:         field.sweep on @G nodes {
// CHECK:           complex.sub %{{.*}}, %[[TOTAL]]
irh.model @reductions {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @z on nodes @G : complex<f64> { %i = complex.constant [0.0, 1.0] : complex<f64>
                                            irh.yield %i : complex<f64> }
  irh.field @y on nodes @G : complex<f64> {
    %here = irh.read @z here : complex<f64>
    %sum = irh.reduce sum nodes @G { %z = irh.read @z here : complex<f64>
                                     irh.yield %z : complex<f64> } : complex<f64>
    %r = complex.sub %here, %sum : complex<f64>
    irh.yield %r : complex<f64>
  }
}

// -----

// Statements keep their order. In an evolve each is an event; outside, neighbouring observes form
// one row. The model's own seed is used before anything is drawn.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[SEED:.*]] = irh.param_value 0 "seed"
// CHECK-NEXT:    irh.use_seed %[[SEED]]
// CHECK:         field.draw
// CHECK:         field.row {
// CHECK:           field.record 0 "a"
// CHECK:           field.record 1 "b"
// CHECK:         }
// CHECK:         field.check %{{.*}} "between"
// CHECK:         %[[FOUR:.*]] = arith.constant 4 : i64
// CHECK:         field.evolve
// CHECK:           field.event every %[[FOUR]] {
// CHECK:             field.record 0 "c"
// CHECK:           field.event {
// CHECK:             field.check %{{.*}} "inside"
// CHECK:         field.row {
irh.model @statements {
  irh.param 0 @seed : i64 seed
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %x = irh.draw normal "u.0"
                                   irh.yield %x : f64 }
  irh.observe ["a"] from 0 { %n = irh.count nodes @G
                             irh.yield %n : i64 }
  irh.observe ["b"] from 1 { %n = irh.count edges @G
                             irh.yield %n : i64 }
  irh.check "between" { %c = arith.constant true
                        irh.yield %c : i1 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %u = irh.read @u here : f64
                  irh.yield %u : f64 }
    irh.event {
      irh.observe ["c"] from 0 { %n = irh.step_number
                                 irh.yield %n : i64 }
    } every { %four = arith.constant 4 : i64
              irh.yield %four : i64 }
    irh.event {
      irh.check "inside" { %c = arith.constant true
                           irh.yield %c : i1 }
    }
  }
  irh.observe ["d"] from 0 { %n = irh.count nodes @G
                             irh.yield %n : i64 }
}

// -----

// Over neighbours, too, a complex sum is two real ones; a complex product is one.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         net.reduce [sum, sum]
// CHECK:           net.yield %{{.*}}, %{{.*}} : f64, f64
// CHECK:         complex.create
// CHECK:         net.reduce [prod]
// CHECK:           net.yield %{{.*}} : complex<f64>
irh.model @complex_neighbours {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @z on nodes @G : complex<f64> { %i = complex.constant [0.0, 1.0] : complex<f64>
                                            irh.yield %i : complex<f64> }
  irh.field @y on nodes @G : complex<f64> {
    %sum = irh.neighbours sum @G { %z = irh.read @z neighbour : complex<f64>
                                   irh.yield %z : complex<f64> } : complex<f64>
    %prod = irh.neighbours prod @G { %z = irh.read @z neighbour : complex<f64>
                                     irh.yield %z : complex<f64> } : complex<f64>
    %r = complex.sub %sum, %prod : complex<f64>
    irh.yield %r : complex<f64>
  }
}
