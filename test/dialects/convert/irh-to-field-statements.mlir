// RUN: irh-opt %s --convert-irh-to-field --split-input-file | FileCheck %s

// A requirement that reads parameters alone is tested before anything is made, any other one after
// the initial values.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[P:.*]] = irh.param_value 0 "p"
// CHECK:         %[[POSITIVE:.*]] = arith.cmpf ogt, %[[P]]
// CHECK:         field.require %[[POSITIVE]] "p is positive"
// CHECK:         net.ring @G
// CHECK:         %[[U:.*]] = field.sweep on @G nodes {
// CHECK:         field.sweep on @G nodes reduce [sum] {
// CHECK:           field.here %[[U]]
// CHECK:         field.require %{{.*}} "u is not empty"
// CHECK-NEXT:    return
irh.model @requirements {
  irh.param 0 @p : f64
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.require "p is positive" { %p = irh.param_value 0 "p" : f64
                                %zero = arith.constant 0.0 : f64
                                %c = arith.cmpf ogt, %p, %zero : f64
                                irh.yield %c : i1 }
  irh.require "u is not empty" after_initial {
    %s = irh.reduce sum nodes @G { %u = irh.read @u here : f64
                                   irh.yield %u : f64 } : f64
    %zero = arith.constant 0.0 : f64
    %c = arith.cmpf une, %s, %zero : f64
    irh.yield %c : i1
  }
}

// -----

// What is saved is a field: the one that a column names, or a new one that a sweep stores. In an
// event the step and the time go with it.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[U:.*]] = field.sweep on @G nodes {
// CHECK-NEXT:      arith.constant
// CHECK:         field.save "first.h5" 1 ["u"](%[[U]]) : !field.values<@G, nodes, f64>
// CHECK:         field.evolve "t" ["u"]
// CHECK-NEXT:    ^bb0({{.*}}, %[[NOW:[a-z0-9]+]]: !field.values<@G, nodes, f64>):
// CHECK:           field.event {
// CHECK:             %[[DOUBLE:.*]] = field.sweep on @G nodes {
// CHECK:             field.save "u.csv" 0 ["u", "double"](%[[NOW]], %[[DOUBLE]]) timed
// CHECK:             field.yield
irh.model @saves {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @u on nodes @G : f64 { %x = arith.constant 1.0 : f64
                                   irh.yield %x : f64 }
  irh.save "first.h5" hdf5 {
    irh.saved "u" on nodes @G { %u = irh.read @u here : f64
                                irh.yield %u : f64 }
  }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %u = irh.read @u here : f64
                  irh.yield %u : f64 }
    irh.event {
      irh.save "u.csv" csv {
        irh.saved "u" on nodes @G { %u = irh.read @u here : f64
                                    irh.yield %u : f64 }
        irh.saved "double" on nodes @G { %u = irh.read @u here : f64
                                         %d = arith.addf %u, %u : f64
                                         irh.yield %d : f64 }
      }
    }
  }
}
