// RUN: irh-opt %s --convert-field-to-kernels --split-input-file | FileCheck %s

// A frame has slots of eight bytes: networks, captures, state, temporaries. A complex number takes
// two of them. A step loads the single values of the state when it starts, and stores those that it
// has changed when it ends; what the loop ends with is read from the frame. The runtime is told of
// each slot whether it is made anew (0), a field to keep (1), or eight bytes to keep (2).

// CHECK:         llvm.mlir.global internal constant @[[KINDS:.*]](dense<[0, 2, 2, 2]> : tensor<4xi8>)

// CHECK-LABEL: func.func @step(
// CHECK-SAME:    %{{.*}}: !llvm.ptr, %[[FRAME:[a-z0-9]+]]: !llvm.ptr,
// CHECK:         llvm.load %{{.*}} -> !llvm.ptr
// CHECK:         %[[RE:.*]] = llvm.load %{{.*}} -> f64
// CHECK:         %[[IM:.*]] = llvm.load %{{.*}} -> f64
// CHECK:         %[[Z:.*]] = complex.create %[[RE]], %[[IM]]
// CHECK:         %[[FLAG:.*]] = llvm.load %{{.*}} -> i64
// CHECK:         arith.trunci %[[FLAG]] : i64 to i1
// CHECK:         call @irh_rt_watch_scalar(
// CHECK:         llvm.getelementptr %[[FRAME]]
// CHECK:         llvm.store %{{.*}} : f64
// CHECK:         llvm.store %{{.*}} : f64
// CHECK-NOT:     llvm.store
// CHECK:         return
func.func private @step(%t: f64, %dt: f64, %n: i64, %z: complex<f64>, %on: i1)
    -> (complex<f64>, i1) {
  %re = complex.re %z : complex<f64>
  %im = complex.im %z : complex<f64>
  %turned = complex.create %im, %re : complex<f64>
  field.watch_value "z" %re
  return %turned, %on : complex<f64>, i1
}

// CHECK-LABEL: func.func @irh_main(
// CHECK:         %[[SLOTS:.*]] = llvm.alloca
// CHECK:         %[[TOLD:.*]] = llvm.mlir.addressof @[[KINDS]] : !llvm.ptr
// CHECK-NEXT:    call @irh_rt_evolve_begin(%{{.*}}, %{{.*}}, %[[SLOTS]], %{{.*}}, %[[TOLD]])
// CHECK:         call @irh_rt_evolve_steps(
// CHECK-COUNT-3: llvm.getelementptr %[[SLOTS]]
// CHECK:         call @irh_rt_cell_complex(
// CHECK:         call @irh_rt_cell_bool(
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %h = arith.constant 0.5 : f64
  %on = arith.constant true
  %z = complex.constant [1.0, 0.0] : complex<f64>
  net.ring @G nodes %n directed %n
  %end:2 = field.loop "t" ["z", "on"] for %n steps by %h step @step all @step events []
      when [] held [] every [] () within [] () columns [] [] captures ()
      iter (%z, %on : complex<f64>, i1) -> complex<f64>, i1
  field.row {
    field.record 0 "z" %end#0 : complex<f64>
    field.record 1 "on" %end#1 : i1
  }
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>

// A step that may be refused. Draws fill the memory of a temporary again at each step; the new state
// is made in it, in place, while the old state stays; and the two swap if the step is taken.

// CHECK-LABEL: func.func @step(
// CHECK-SAME:    %[[CONTEXT:[a-z0-9]+]]: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: f64, %{{.*}}: f64, %[[N:.*]]: i64)
// CHECK:         llvm.load
// CHECK:         %[[U:.*]] = llvm.load
// CHECK:         %[[NEW:.*]] = llvm.load
// CHECK:         call @irh_rt_field_fill(%[[CONTEXT]], %[[NEW]], %{{.*}}, %{{.*}}, %[[N]])
// CHECK:         call @irh_rt_field_data(%[[CONTEXT]], %[[NEW]])
// CHECK:         call @irh_rt_field_data(%[[CONTEXT]], %[[U]])
// CHECK:         call @irh_rt_sweep(
// CHECK:         %[[ANSWER:.*]] = call @irh_rt_step_error(
// CHECK:         call @irh_rt_field_swap_if(%[[CONTEXT]], %[[U]], %[[NEW]],
// CHECK-NEXT:    return
func.func private @step(%t: f64, %dt: f64, %n: i64, %u: !nodes) -> !nodes {
  %noise = field.draw normal "u.set.0" at %n : !nodes
  %new, %squares = field.sweep on @G nodes reduce [sum] {
    %x = field.here %u : !nodes
    %y = field.here %noise : !nodes
    %z = arith.addf %x, %y : f64
    field.yield %z, %x : f64, f64
  } : !nodes, f64
  %ok = field.step_error %squares of %n
  %next = field.select %ok, %new, %u : !nodes
  return %next : !nodes
}

// CHECK-LABEL: func.func @irh_main(
// CHECK:         call @irh_rt_evolve_begin(
// CHECK:         call @irh_rt_require(
// CHECK:         call @irh_rt_checkpoint(
// CHECK:         call @irh_rt_checkpoint(
// CHECK:         call @irh_rt_evolve_adaptive(
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %h = arith.constant 0.5 : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %end = field.loop "t" ["u"] from %h to %h by %h tolerance %h step @step all @step events []
      when [] held [] every [] () within [] () checkpoint_every %n checkpoint_seconds %h
      columns [] [] captures () iter (%u : !nodes) -> !nodes
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>

// An event works in the memory of the state, too. A variate is one number; what is saved goes to the
// runtime as names and handles, before the event changes it.

func.func private @step(%t: f64, %dt: f64, %n: i64, %u: !nodes) -> !nodes {
  return %u : !nodes
}

// CHECK-LABEL: func.func @event(
// CHECK-SAME:    %[[CONTEXT:[a-z0-9]+]]: !llvm.ptr, %{{.*}}: !llvm.ptr, %{{.*}}: f64, %[[N:.*]]: i64)
// CHECK:         llvm.load
// CHECK:         %[[U:.*]] = llvm.load
// CHECK:         call @irh_rt_draw(%[[CONTEXT]], %{{.*}}, %{{.*}}, %[[N]])
// CHECK:         llvm.store %[[U]]
// CHECK:         call @irh_rt_save(
// CHECK:         call @irh_rt_field_data(%[[CONTEXT]], %[[U]])
// CHECK:         call @irh_rt_sweep(
// CHECK-NEXT:    return
func.func private @event(%t: f64, %n: i64, %u: !nodes) -> !nodes {
  %kick = field.variate uniform "u.set.1" at %n
  field.save "u.csv" 0 ["u"] (%u) timed : !nodes
  %new = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = arith.addf %x, %kick : f64
    field.yield %y : f64
  } : !nodes
  return %new : !nodes
}

// A condition gives its answer to the runtime, which calls it with the event's own arguments.

// CHECK-LABEL: func.func @when(
// CHECK:         call @irh_rt_due(
func.func private @when(%t: f64, %n: i64, %u: !nodes) {
  %c = arith.constant true
  field.due %c
  return
}

// CHECK-LABEL: func.func @irh_main(
// CHECK:         %[[WHEN:.*]] = constant @when
// CHECK-NEXT:    %[[CONDITION:.*]] = builtin.unrealized_conversion_cast %[[WHEN]]
// CHECK-NEXT:    %[[HELD:.*]] = arith.constant 0 : i32
// CHECK-NEXT:    call @irh_rt_evolve_event(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[CONDITION]], %[[HELD]])
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %h = arith.constant 0.5 : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %end = field.loop "t" ["u"] for %n steps by %h step @step all @step events [@event]
      when [@when] held [false] every [-1] () within [0] (%h)
      columns [] [] captures () iter (%u : !nodes) -> !nodes
  return
}
