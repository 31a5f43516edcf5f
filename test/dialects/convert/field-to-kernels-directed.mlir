// RUN: irh-opt %s --convert-field-to-kernels --canonicalize --split-input-file | FileCheck %s

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>

// Neighbours and targets are two passes over edges, each with arrays of its own. What a node sees of
// an edge's value is the value times a sign, from an array of bytes; only a kernel that asks for
// signs is given it. A field that its ends see differently refuses a directed network.

// CHECK-LABEL: func.func @irh_main(
// CHECK-DAG:     %[[TARGET_OFFSETS:.*]] = arith.constant 8 : i32
// CHECK-DAG:     %[[TARGETS:.*]] = arith.constant 9 : i32
// CHECK-DAG:     %[[SIGNS:.*]] = arith.constant 7 : i32
// CHECK:         call @irh_rt_undirected(
// CHECK:         call @irh_rt_network_array(%{{.*}}, %{{.*}}, %[[TARGET_OFFSETS]])
// CHECK:         call @irh_rt_network_array(%{{.*}}, %{{.*}}, %[[TARGETS]])
// CHECK:         call @irh_rt_network_array(%{{.*}}, %{{.*}}, %[[SIGNS]])

// CHECK-LABEL: func.func @irh_kernel0(
// CHECK:         scf.while
// CHECK:           %[[BYTES:.*]] = llvm.load %{{.*}} {alignment = 1 : i64} : !llvm.ptr -> vector<4xi8>
// CHECK:           %[[WORDS:.*]] = arith.extsi %[[BYTES]]
// CHECK:           %[[SIGN:.*]] = arith.sitofp %[[WORDS]] : vector<4xi32> to vector<4xf64>
// CHECK:           arith.mulf %[[SIGN]], %{{.*}} : vector<4xf64>
// CHECK:         scf.while
// CHECK-NOT:       vector<4xi8>
// CHECK:         arith.subf
func.func @irh_main() {
  %n = irh.param_value 0 "N" : i64
  net.ring @G nodes %n directed %n
  net.require_undirected @G "flow"
  %u = field.draw normal "u.0" : !nodes
  %flow = field.draw normal "flow.0" : !edges
  %a = field.sweep on @G nodes {
    %out = net.reduce targets [sum] (%u : !nodes) {
    ^bb0(%there: f64):
      net.yield %there : f64
    } : f64
    %in = net.reduce [sum] (%flow : !edges) {
    ^bb0(%f: f64):
      %s = net.sign : f64
      %seen = arith.mulf %s, %f : f64
      net.yield %seen : f64
    } : f64
    %r = arith.subf %in, %out : f64
    field.yield %r : f64
  } : !nodes
  field.final "a" %a : !nodes
  return
}
