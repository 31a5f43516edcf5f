// RUN: irh-opt %s --convert-irh-to-field=embedded=true | FileCheck %s
// RUN: irh-opt %s --irh-phase-field=embedded=true --irh-phase-fused --irh-phase-kernels \
// RUN:   | FileCheck %s --check-prefix=CALLS
// RUN: irh-opt %s --convert-irh-to-field | FileCheck %s --check-prefix=ALONE

// A program around the run sets the first values of each field, and what is computed from them
// sees what it has set; so the sweeps of `u` and `v` stay two. At the end it is given the last
// values. A state of the whole model is not its business.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         %[[U:.*]] = field.sweep on @G nodes {
// CHECK:         %[[U0:.*]] = field.initial "u" %[[U]] : !field.values<@G, nodes, f64>
// CHECK:         %[[V:.*]] = field.sweep on @G nodes {
// CHECK:           field.here %[[U0]]
// CHECK:         %[[V0:.*]] = field.initial "v" %[[V]] : !field.values<@G, nodes, f64>
// CHECK:         %[[END:.*]] = field.evolve
// CHECK:         field.final "u" %[[END]]
// CHECK:         field.final "v" %[[V0]]
// CHECK-NOT:     field.final

// The result of `field.initial` has the memory of the field, which lives until it is given.

// CALLS-LABEL: func.func @irh_main(
// CALLS:         %[[U:.*]] = call @irh_rt_field(
// CALLS:         call @irh_rt_sweep(
// CALLS:         call @irh_rt_field_initial(%{{.*}}, %[[U]], %{{.*}})
// CALLS:         %[[V:.*]] = call @irh_rt_field(
// CALLS:         call @irh_rt_sweep(
// CALLS:         call @irh_rt_field_initial(%{{.*}}, %[[V]], %{{.*}})
// CALLS-NOT:     call @irh_rt_field_release(%{{.*}}, %[[V]])
// CALLS:         call @irh_rt_field_final(%{{.*}}, %[[U]], %{{.*}})
// CALLS:         call @irh_rt_field_final(%{{.*}}, %[[V]], %{{.*}})

// A program of its own has neither.

// ALONE-NOT: field.{{initial|final}}

irh.model @chain {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %undirected = arith.constant 0 : i64
                        irh.yield %n, %undirected : i64, i64 }
  irh.field @u on nodes @G : f64 { %one = arith.constant 1.0 : f64
                                   irh.yield %one : f64 }
  irh.field @v on nodes @G : f64 { %u = irh.read @u here : f64
                                   %v = arith.addf %u, %u : f64
                                   irh.yield %v : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    irh.rate @u { %v = irh.read @v here : f64
                  irh.yield %v : f64 }
  }
}
