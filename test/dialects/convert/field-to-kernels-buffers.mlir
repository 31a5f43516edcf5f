// RUN: irh-opt %s --convert-field-to-kernels --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// A step that reads the state at its own point only writes it in place: no memory is added, and
// nothing changes hands.

// CHECK-LABEL: func.func @step(
// CHECK-NOT:     irh_rt_field_swap
// CHECK:         return
func.func private @step(%t: f64, %dt: f64, %n: i64, %u: !nodes) -> !nodes {
  %next = field.sweep on @G nodes {
    %x = field.here %u : !nodes
    %y = arith.mulf %x, %dt : f64
    field.yield %y : f64
  } : !nodes
  return %next : !nodes
}

// CHECK-LABEL: func.func @irh_main(
// CHECK-NOT:     call @irh_rt_field(
// CHECK:         return
// CHECK-LABEL: func.func @irh_kernel0(
// CHECK-SAME:    %{{[a-z0-9]+}}: !llvm.ptr, %{{[a-z0-9]+}}: !llvm.ptr {llvm.noalias}, %{{[a-z0-9]+}}: f64, %{{[a-z0-9]+}}: !llvm.ptr)
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %h = irh.param_value 1 "h" : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %end = field.loop "t" ["u"] for %n steps by %h step @step all @step events [] when [] held []
      every [] () within [] () columns [] [] captures () iter (%u : !nodes) -> !nodes
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>

// One that reads it at neighbours writes to other memory, and the two are swapped at the end of
// the step. The memory is made once, before the loop, and given back after it.

// CHECK-LABEL: func.func @step(
// CHECK:         call @irh_rt_sweep
// CHECK:         call @irh_rt_field_swap
// CHECK-NEXT:    return
func.func private @step(%t: f64, %dt: f64, %n: i64, %u: !nodes) -> !nodes {
  %next = field.sweep on @G nodes {
    %pull = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %pull : f64
  } : !nodes
  return %next : !nodes
}

// CHECK-LABEL: func.func @irh_main(
// CHECK:         %[[OTHER:.*]] = call @irh_rt_field(
// CHECK-NOT:     call @irh_rt_field(
// CHECK:         call @irh_rt_evolve_steps(
// CHECK:         call @irh_rt_field_release(%{{.*}}, %[[OTHER]])
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %h = irh.param_value 1 "h" : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %end = field.loop "t" ["u"] for %n steps by %h step @step all @step events [] when [] held []
      every [] () within [] () columns [] [] captures () iter (%u : !nodes) -> !nodes
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>

// Memory whose value nobody reads any more is used again: a chain of three neighbour reads needs
// two fields beside the state, and the last sweep may write the state's own.

// CHECK-LABEL: func.func @step(
// CHECK-COUNT-3: call @irh_rt_sweep
// CHECK-NOT:     irh_rt_field_swap
// CHECK:         return
func.func private @step(%t: f64, %dt: f64, %n: i64, %u: !nodes) -> !nodes {
  %a = field.sweep on @G nodes {
    %p = net.reduce [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  %b = field.sweep on @G nodes {
    %p = net.reduce [sum] (%a : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  %c = field.sweep on @G nodes {
    %p = net.reduce [sum] (%b : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    field.yield %p : f64
  } : !nodes
  return %c : !nodes
}

// CHECK-LABEL: func.func @irh_main(
// CHECK-COUNT-2: call @irh_rt_field(
// CHECK-NOT:     call @irh_rt_field(
// CHECK:         call @irh_rt_evolve_steps(
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %h = irh.param_value 1 "h" : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %end = field.loop "t" ["u"] for %n steps by %h step @step all @step events [] when [] held []
      every [] () within [] () columns [] [] captures () iter (%u : !nodes) -> !nodes
  return
}
