// RUN: irh-opt %s --convert-irh-to-field --split-input-file | FileCheck %s

// A field of edges is stored as `dst` sees it. Read at a neighbour, the imaginary part of a
// hermitian one takes the sign of the end, an antisymmetric one takes it whole; here, on the edge,
// and in reductions over all edges it is what is stored. Such fields refuse a directed network.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         net.ring @G
// CHECK-NEXT:    net.require_undirected @G "h"
// CHECK-NEXT:    net.require_undirected @G "flow"
// CHECK:         %[[H:.*]] = field.sweep on @G edges {
// CHECK:         %[[FLOW:.*]] = field.sweep on @G edges {
// CHECK:           field.here %[[H]]
// CHECK-NOT:       net.sign
// CHECK:         net.reduce [sum, sum] (%[[H]] : {{.*}}, %[[FLOW]] :
// CHECK-NEXT:    ^bb0(%[[STORED:.*]]: complex<f64>, %[[THROUGH:.*]]: f64):
// CHECK:           %[[S:.*]] = net.sign : f64
// CHECK:           %[[RE:.*]] = complex.re %[[STORED]]
// CHECK:           %[[IM:.*]] = complex.im %[[STORED]]
// CHECK:           %[[SEEN:.*]] = arith.mulf %[[IM]], %[[S]]
// CHECK:           complex.create %[[RE]], %[[SEEN]]
// CHECK:           %[[S2:.*]] = net.sign : f64
// CHECK:           arith.mulf %[[THROUGH]], %[[S2]]
irh.model @symmetries {
  irh.network @G ring { %n = arith.constant 10 : i64
                        %no = arith.constant 0 : i64
                        irh.yield %n, %no : i64, i64 }
  irh.field @h on edges @G : complex<f64> attributes {symmetry = 1 : i32} {
    %i = complex.constant [0.0, 1.0] : complex<f64>
    irh.yield %i : complex<f64>
  }
  irh.field @flow on edges @G : f64 attributes {symmetry = 2 : i32} {
    %h = irh.read @h here : complex<f64>
    %x = complex.im %h : complex<f64>
    irh.yield %x : f64
  }
  irh.field @y on nodes @G : complex<f64> {
    %sum = irh.neighbours sum @G { %h = irh.read @h neighbour : complex<f64>
                                   %f = irh.read @flow neighbour : f64
                                   %zero = arith.constant 0.0 : f64
                                   %c = complex.create %f, %zero : complex<f64>
                                   %r = complex.add %h, %c : complex<f64>
                                   irh.yield %r : complex<f64> } : complex<f64>
    irh.yield %sum : complex<f64>
  }
}

// -----

// Targets are the other ends of the edges that lead away from here. Coordinates are made once, with
// the networks, whoever reads them.

// CHECK-LABEL: func.func @irh_main()
// CHECK:         net.lattice @G
// CHECK-NEXT:    %[[Y:.*]] = net.position 1 : !field.values<@G, nodes, f64>
// CHECK-NOT:     net.position
// CHECK:         %[[X:.*]] = field.sweep on @G nodes {
// CHECK:           field.here %[[Y]]
// CHECK:         field.sweep on @G nodes {
// CHECK:           net.reduce targets [sum] (%[[X]] : {{.*}}, %[[Y]] :
// CHECK:           net.reduce [sum] (%[[X]] :
irh.model @directions {
  irh.network @G lattice { %periodic = arith.constant 0 : i64
                           %n = arith.constant 5 : i64
                           irh.yield %periodic, %n, %n : i64, i64, i64 }
  irh.field @x on nodes @G : f64 { %y = irh.position @G 1 here
                                   irh.yield %y : f64 }
  irh.field @z on nodes @G : f64 {
    %out = irh.neighbours sum targets @G { %x = irh.read @x neighbour : f64
                                           %y = irh.position @G 1 neighbour
                                           %r = arith.mulf %x, %y : f64
                                           irh.yield %r : f64 } : f64
    %in = irh.neighbours sum @G { %x = irh.read @x neighbour : f64
                                  irh.yield %x : f64 } : f64
    %r = arith.subf %in, %out : f64
    irh.yield %r : f64
  }
}
