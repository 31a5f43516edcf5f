// RUN: irh-opt %s | irh-opt | FileCheck %s

// Every operation of the dialect parses and prints as itself; the examples of the operations'
// descriptions are here.

!nodes = !field.values<@G, nodes, f64>
!edges = !field.values<@G, edges, f64>

// CHECK-LABEL: func @networks_are_made(
func.func @networks_are_made(%n: i64, %k: i64, %p: f64, %file: !irh.string) {
  // CHECK: net.ring @G nodes %{{.*}} directed %{{.*}}
  net.ring @G nodes %n directed %n
  // CHECK: net.watts_strogatz @S nodes %{{.*}} neighbours %{{.*}} rewire %{{.*}} seed %{{.*}}
  net.watts_strogatz @S nodes %n neighbours %k rewire %p seed %n
  // CHECK: net.read @R edges %{{.*}} nodes %{{.*}} directed %{{.*}} duplicates 1 loops 2
  net.read @R edges %file nodes %file directed %n duplicates 1 loops 2
  // CHECK: net.read @E edges %{{.*}} directed %{{.*}} duplicates 0 loops 0
  net.read @E edges %file directed %n duplicates 0 loops 0
  // CHECK: net.geometric @P nodes %{{.*}} dim %{{.*}} extent %{{.*}} by_degree torus %{{.*}} seed %{{.*}}
  net.geometric @P nodes %n dim %n extent %p by_degree torus %n seed %n
  // CHECK: net.erdos_renyi @ER nodes %{{.*}} probability %{{.*}} directed %{{.*}} seed %{{.*}}
  net.erdos_renyi @ER nodes %n probability %p directed %n seed %n
  // CHECK: net.barabasi_albert @BA nodes %{{.*}} attach %{{.*}} directed %{{.*}} seed %{{.*}}
  net.barabasi_albert @BA nodes %n attach %k directed %n seed %n
  // CHECK: net.lattice @L periodic %{{.*}} shape %{{.*}}, %{{.*}}
  net.lattice @L periodic %n shape %n, %k
  // CHECK: net.complete @K nodes %{{.*}} directed %{{.*}}
  net.complete @K nodes %n directed %n
  // CHECK: net.star @T nodes %{{.*}}
  net.star @T nodes %n
  // CHECK: net.require_undirected @G "w"
  net.require_undirected @G "w"
  // CHECK: net.position 1 : !field.values<@P, nodes, f64>
  %y = net.position 1 : !field.values<@P, nodes, f64>
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

// An edge field may look different from its other end; the sign says which end this is. On a
// directed network the nodes that edges lead to are looked at apart.

// CHECK-LABEL: func @currents_out_of_a_node(
func.func @currents_out_of_a_node(%current: !edges) -> !nodes {
  %r = field.sweep on @G nodes {
    // CHECK: net.reduce targets [sum] (%{{.*}} : !field.values<@G, edges, f64>) {
    %out = net.reduce targets [sum] (%current : !edges) {
    ^bb0(%stored: f64):
      // CHECK: net.sign : f64
      %s = net.sign : f64
      %seen = arith.mulf %s, %stored : f64
      net.yield %seen : f64
    } : f64
    field.yield %out : f64
  } : !nodes
  return %r : !nodes
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

// CHECK-LABEL: func @products_around_cycles(
func.func @products_around_cycles(%w: !field.values<@G, edges, f64>) {
  // CHECK: net.holonomy %{{.*}}, %{{.*}} : !field.values<@G, edges, f64>, !field.values<@G, edges, f64> -> !field.values<@G, cycles, f64>
  %h = net.holonomy %w, %w : !field.values<@G, edges, f64>, !field.values<@G, edges, f64> -> !field.values<@G, cycles, f64>
  return
}
