// RUN: irh-opt %s | irh-opt | FileCheck %s

// Every operation of the dialect parses and prints as itself; the examples of the operations'
// descriptions are here.

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>

// CHECK-LABEL: func @networks_are_made(
func.func @networks_are_made(%n: i64, %k: i64, %p: f64, %file: !irh.string) {
  // CHECK: net.ring @G nodes %{{.*}}
  net.ring @G nodes %n
  // CHECK: net.watts_strogatz @S nodes %{{.*}} neighbours %{{.*}} rewire %{{.*}} seed %{{.*}}
  net.watts_strogatz @S nodes %n neighbours %k rewire %p seed %n
  // CHECK: net.read @R edges %{{.*}} nodes %{{.*}} duplicates 1 loops 2
  net.read @R edges %file nodes %file duplicates 1 loops 2
  // CHECK: net.read @E edges %{{.*}} duplicates 0 loops 0
  net.read @E edges %file duplicates 0 loops 0
  // CHECK: net.degrees : !field.values<@G, nodes, i64>
  %degrees = net.degrees : !field.values<@G, nodes, i64>
  // CHECK: net.ids : !field.values<@G, nodes, i64>
  %ids = net.ids : !field.values<@G, nodes, i64>
  return
}

// CHECK-LABEL: func @a_node_looks_at_its_neighbours(
func.func @a_node_looks_at_its_neighbours(%theta: !nodes) -> !nodes {
  %r = field.sweep on @G nodes {
    %here = field.here %theta : !nodes
    // CHECK: net.reduce [sum] (%{{.*}} : !field.values<@G, nodes, f64>) {
    // CHECK: ^bb0(%[[THERE:.*]]: f64):
    %pull = net.reduce [sum] (%theta : !field.values<@G, nodes, f64>) {
    ^bb0(%there: f64):
      %gap = arith.subf %there, %here : f64
      // CHECK: net.yield %{{.*}} : f64
      net.yield %gap : f64
    // CHECK: } : f64
    } : f64
    field.yield %pull : f64
  } : !nodes
  return %r : !nodes
}

// One walk may look at several fields and give several terms, each with its kind.

// CHECK-LABEL: func @one_walk_gives_many_terms(
func.func @one_walk_gives_many_terms(%theta: !nodes, %w: !edges) -> (!nodes, !nodes) {
  %r:2 = field.sweep on @G nodes {
    // CHECK: net.reduce [min, prod] (%{{.*}} : !field.values<@G, nodes, f64>, %{{.*}} : !field.values<@G, edges, f64>) {
    %a, %b = net.reduce [min, prod] (%theta : !nodes, %w : !edges) {
    ^bb0(%there: f64, %weight: f64):
      net.yield %there, %weight : f64, f64
    // CHECK: } : f64, f64
    } : f64, f64
    field.yield %a, %b : f64, f64
  } : !nodes, !nodes
  return %r#0, %r#1 : !nodes, !nodes
}

// CHECK-LABEL: func @a_term_may_read_nothing(
func.func @a_term_may_read_nothing() -> !field.values<@G, nodes, i64> {
  %one = arith.constant 1 : i64
  %r = field.sweep on @G nodes {
    // CHECK: net.reduce [sum] () {
    %n = net.reduce [sum] () {
      net.yield %one : i64
    } : i64
    field.yield %n : i64
  } : !field.values<@G, nodes, i64>
  return %r : !field.values<@G, nodes, i64>
}

// CHECK-LABEL: func @terms_may_be_complex(
func.func @terms_may_be_complex(%z: !field.values<@G, nodes, complex<f64>>)
    -> !field.values<@G, nodes, complex<f64>> {
  %r = field.sweep on @G nodes {
    // CHECK: net.reduce [prod] (%{{.*}} : !field.values<@G, nodes, complex<f64>>) {
    %p = net.reduce [prod] (%z : !field.values<@G, nodes, complex<f64>>) {
    ^bb0(%there: complex<f64>):
      net.yield %there : complex<f64>
    // CHECK: } : complex<f64>
    } : complex<f64>
    field.yield %p : complex<f64>
  } : !field.values<@G, nodes, complex<f64>>
  return %r : !field.values<@G, nodes, complex<f64>>
}

// CHECK-LABEL: func @an_edge_looks_at_its_ends(
func.func @an_edge_looks_at_its_ends(%theta: !nodes) -> f64 {
  %r = field.sweep on @G edges reduce [max] {
    // CHECK: net.end src %{{.*}} : !field.values<@G, nodes, f64>
    %a = net.end src %theta : !field.values<@G, nodes, f64>
    // CHECK: net.end dst %{{.*}} : !field.values<@G, nodes, f64>
    %b = net.end dst %theta : !nodes
    %gap = arith.subf %a, %b : f64
    field.yield %gap : f64
  } : f64
  return %r : f64
}
