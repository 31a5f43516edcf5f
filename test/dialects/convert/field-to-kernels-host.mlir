// RUN: irh-opt %s --convert-field-to-kernels --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>

// Everything but sweeps is a call of the runtime with the rank's context. Where a statement
// starts that may fail, the runtime is told its place in the model.

// CHECK-LABEL: func.func @irh_main(
// CHECK-SAME:    %[[CONTEXT:.*]]: !llvm.ptr)
// CHECK:         %[[SEED:.*]] = call @irh_rt_param_int(%[[CONTEXT]],
// CHECK:         call @irh_rt_use_seed(%[[CONTEXT]], %[[SEED]])
// CHECK:         %[[FILE:.*]] = call @irh_rt_param_string(%[[CONTEXT]],
// CHECK:         %[[LINE:.*]] = arith.constant 7 : i32
// CHECK:         %[[COLUMN:.*]] = arith.constant 3 : i32
// CHECK:         call @irh_rt_at(%[[CONTEXT]], %[[LINE]], %[[COLUMN]])
// CHECK:         %[[NOFILE:.*]] = llvm.mlir.zero
// CHECK:         %[[G:.*]] = call @irh_rt_network_read(%[[CONTEXT]], %[[FILE]], %[[NOFILE]],
// CHECK:         call @irh_rt_field_column(
// CHECK:         call @irh_rt_set_count(
// CHECK:         call @irh_rt_table(
// CHECK:         call @irh_rt_table_column(
// CHECK:         call @irh_rt_cell_int(
// CHECK:         call @irh_rt_row_end(
// CHECK:         call @irh_rt_check(
func.func @irh_main() {
  %seed = irh.param_value 0 "seed" : i64
  irh.use_seed %seed
  %file = irh.param_value 1 "file" : !irh.string
  net.read @G edges %file directed %seed duplicates 0 loops 0 loc("model.irh":7:3 to :20)
  %u = field.column "u" : !nodes
  %n = field.count @G nodes
  field.row {
    field.record 0 "n" %n : i64
  }
  %true = arith.constant true
  field.check %true "never"
  return
}

// -----

!nodes = !field.values<@G, nodes, f64>

// The loop's functions get networks, captures, state and temporaries in a frame.

// CHECK-LABEL: func.func @step(
// CHECK-SAME:    %[[CONTEXT:[a-z0-9]+]]: !llvm.ptr, %[[FRAME:[a-z0-9]+]]: !llvm.ptr, %{{.*}}: f64, %{{.*}}: f64, %{{.*}}: i64)
// CHECK:         llvm.load %{{.*}} -> !llvm.ptr
// CHECK:         llvm.load %{{.*}} -> f64
// CHECK:         call @irh_rt_sweep(%[[CONTEXT]],
// CHECK:         call @irh_rt_watch(%[[CONTEXT]],
// CHECK-NEXT:    return
func.func private @step(%t: f64, %dt: f64, %n: i64, %k: f64, %u: !nodes) -> !nodes {
  %next, %bad = field.sweep on @G nodes reduce [not_finite] {
    %x = field.here %u : !nodes
    %y = arith.mulf %x, %k : f64
    field.yield %y, %y : f64, f64
  } : !nodes, i1
  field.watch %next if %bad : !nodes
  return %next : !nodes
}

// CHECK-LABEL: func.func @event(
// CHECK-SAME:    %[[CONTEXT:[a-z0-9]+]]: !llvm.ptr, %[[FRAME:[a-z0-9]+]]: !llvm.ptr, %[[T:[a-z0-9]+]]: f64, %{{.*}}: i64)
// CHECK:         call @irh_rt_cell_real(%[[CONTEXT]], %{{.*}}, %[[T]])
func.func private @event(%t: f64, %n: i64, %k: f64, %u: !nodes) {
  field.record 0 "t2" %t : f64
  return
}

// CHECK-LABEL: func.func @irh_main(
// CHECK:         call @irh_rt_field_name(
// CHECK:         call @irh_rt_table(
// CHECK:         call @irh_rt_evolve_begin(
// CHECK:         call @irh_rt_evolve_event(
// CHECK:         call @irh_rt_evolve_steps(
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  %k = irh.param_value 1 "K" : f64
  net.ring @G nodes %n directed %n
  %u = field.draw normal "u.0" : !nodes
  %end = field.loop "t" ["u"] for %n steps by %k step @step all @step events [@event]
      when [unit] held [true] every [0] (%n) within [-1] ()
      columns ["t2"] [f64] captures (%k : f64) iter (%u : !nodes) -> !nodes
  return
}
