// RUN: irh-opt %s | irh-opt | FileCheck %s

// Every operation of the dialect parses and prints as itself. A model is symbols for its
// declarations, then its statements in source order.

// CHECK-LABEL: irh.model @declarations {
irh.model @declarations {
  // CHECK: irh.param 0 @rate : f64
  irh.param 0 @rate : f64
  // CHECK: irh.param 1 @seed : i64 seed
  irh.param 1 @seed : i64 seed
  // CHECK: irh.network @G ring {
  irh.network @G ring {
    %n = arith.constant 100 : i64
    // CHECK: irh.yield %{{.*}}, %{{.*}} : i64, i64
    irh.yield %n, %n : i64, i64
  }
  // CHECK: irh.network @S watts_strogatz {
  irh.network @S watts_strogatz {
    %n = arith.constant 100 : i64
    %p = arith.constant 0.1 : f64
    // CHECK: irh.run_seed
    %seed = irh.run_seed
    irh.yield %n, %n, %p, %seed : i64, i64, f64, i64
  }
  // CHECK: irh.network @R read attributes {duplicates = 1 : i32, loops = 2 : i32} {
  irh.network @R read attributes {duplicates = 1 : i32, loops = 2 : i32} {
    // CHECK: irh.text "edges.csv"
    %file = irh.text "edges.csv"
    // CHECK: irh.yield %{{.*}} : !irh.string
    irh.yield %file : !irh.string
  }
  // CHECK: irh.field @u on nodes @G : f64 {
  irh.field @u on nodes @G : f64 {
    // CHECK: irh.draw normal "u.0"
    %draw = irh.draw normal "u.0"
    irh.yield %draw : f64
  }
  // CHECK: irh.field @w on edges @R : complex<f64> {
  irh.field @w on edges @R : complex<f64> {
    // CHECK: irh.column "w" : complex<f64>
    %w = irh.column "w" : complex<f64>
    irh.yield %w : complex<f64>
  }
  // CHECK: irh.let @size on global : i64 {
  irh.let @size on global : i64 {
    // CHECK: irh.count nodes @G
    %n = irh.count nodes @G
    irh.yield %n : i64
  }
  // CHECK: irh.let @pull on nodes @G : f64 {
  irh.let @pull on nodes @G : f64 {
    // CHECK: irh.neighbours sum @G {
    %sum = irh.neighbours sum @G {
      // CHECK: irh.read @u neighbour : f64
      %there = irh.read @u neighbour : f64
      irh.yield %there : f64
    // CHECK: } : f64
    } : f64
    irh.yield %sum : f64
  }
}

// CHECK-LABEL: irh.model @statements {
irh.model @statements {
  // CHECK: irh.evolve "t" rk4 {
  irh.evolve "t" rk4 {
    // CHECK: irh.param_value 0 "T" : f64
    %end = irh.param_value 0 "T" : f64
    irh.yield %end, %end, %end : f64, f64, f64
  } {
    // CHECK: irh.rate @u {
    irh.rate @u {
      // CHECK: irh.let_value @pull here : f64
      %pull = irh.let_value @pull here : f64
      // CHECK: irh.degree @G here
      %degree = irh.degree @G here
      // CHECK: irh.id @G neighbour
      %id = irh.id @G neighbour
      // CHECK: irh.time
      %t = irh.time
      // CHECK: irh.step_number
      %step = irh.step_number
      irh.yield %pull : f64
    }
    // CHECK: irh.event {
    irh.event {
    // CHECK: irh.observe ["r"] from 2 {
    irh.observe ["r"] from 2 {
      // CHECK: irh.reduce max edges @G {
      %max = irh.reduce max edges @G {
        // CHECK: irh.read @u src : f64
        %src = irh.read @u src : f64
        irh.yield %src : f64
      // CHECK: } : f64
      } : f64
      irh.yield %max : f64
    }
    // CHECK: } every {
    } every {
      %ten = arith.constant 10 : i64
      irh.yield %ten : i64
    }
    // CHECK: irh.event {
    irh.event {
      // CHECK: irh.check "too large" {
      irh.check "too large" {
        %true = arith.constant true
        // CHECK:      irh.yield %{{.*}} : i1
        // CHECK-NEXT: }{{$}}
        irh.yield %true : i1
      }
    }
  }
  // CHECK: irh.evolve "t" euler by_steps {
  irh.evolve "t" euler by_steps {
    %n = arith.constant 5 : i64
    %h = arith.constant 0.1 : f64
    irh.yield %n, %h : i64, f64
  } {
  }
}

// CHECK-LABEL: irh.model @whole_language {
irh.model @whole_language {
  // CHECK: irh.network @P geometric attributes {by_degree} {
  irh.network @P geometric attributes {by_degree} {
    %n = arith.constant 100 : i64
    %k = arith.constant 8.0 : f64
    irh.yield %n, %n, %k, %n, %n : i64, i64, f64, i64, i64
  }
  // CHECK: irh.field @w on edges @P : complex<f64> attributes {symmetry = 1 : i32} {
  irh.field @w on edges @P : complex<f64> attributes {symmetry = 1 : i32} {
    %w = irh.column "weight" : complex<f64>
    irh.yield %w : complex<f64>
  }
  // CHECK: irh.field @s on global : f64 {
  irh.field @s on global : f64 {
    %one = arith.constant 1.0 : f64
    irh.yield %one : f64
  }
  // CHECK: irh.field @x on nodes @P : f64 {
  irh.field @x on nodes @P : f64 {
    // CHECK: irh.position @P 0 here
    %x = irh.position @P 0 here
    irh.yield %x : f64
  }
  // CHECK: irh.require "too small" {
  irh.require "too small" {
    %true = arith.constant true
    irh.yield %true : i1
  }
  // CHECK: irh.require "cold" after_initial {
  irh.require "cold" after_initial {
    %true = arith.constant true
    irh.yield %true : i1
  }
  // CHECK: irh.evolve "t" euler_maruyama by_steps {
  irh.evolve "t" euler_maruyama by_steps {
    %n = arith.constant 5 : i64
    %h = arith.constant 0.1 : f64
    irh.yield %n, %h : i64, f64
  } {
    irh.rate @x {
      // CHECK: irh.noise "x'.noise.0"
      %noise = irh.noise "x'.noise.0"
      // CHECK: irh.neighbours sum targets @P {
      %sum = irh.neighbours sum targets @P {
        irh.yield %noise : f64
      } : f64
      irh.yield %sum : f64
    }
    // CHECK: irh.after_step {
    irh.after_step {
      // CHECK: irh.assign @x {
      irh.assign @x {
        %x = irh.read @x here : f64
        irh.yield %x : f64
      }
    }
    // CHECK: irh.event {
    irh.event {
      // CHECK: irh.save "x.csv" csv {
      irh.save "x.csv" csv {
        // CHECK: irh.saved "x" on nodes @P {
        irh.saved "x" on nodes @P {
          %x = irh.read @x here : f64
          irh.yield %x : f64
        }
      }
    // CHECK: } within {
    } within {
      %t = arith.constant 0.5 : f64
      irh.yield %t : f64
    // CHECK: } when {
    } when {
      %true = arith.constant true
      irh.yield %true : i1
    }
    // CHECK: irh.checkpoint seconds {
    irh.checkpoint seconds {
      %minute = arith.constant 60.0 : f64
      irh.yield %minute : f64
    }
  }
}

// The example of the model's description, with its dots written out.

// CHECK-LABEL: irh.model @decay {
irh.model @decay {
  irh.param 0 @rate : f64
  irh.network @G ring { %n = arith.constant 100 : i64
                        irh.yield %n, %n : i64, i64 }
  irh.field @u on nodes @G : f64 { %one = arith.constant 1.0 : f64
                                   irh.yield %one : f64 }
  irh.evolve "t" euler by_steps { %n = arith.constant 10 : i64
                                  %h = arith.constant 0.1 : f64
                                  irh.yield %n, %h : i64, f64 } {
    // CHECK: irh.rate @u {
    irh.rate @u { %u = irh.read @u here : f64
                  irh.yield %u : f64 }
  }
}

// CHECK-LABEL: irh.model @matrices {
irh.model @matrices {
  irh.network @G ring { %n = arith.constant 100 : i64
                        irh.yield %n, %n : i64, i64 }
  irh.field @w on edges @G : complex<f64> attributes {symmetry = 1 : i32} {
    %0 = arith.constant 1.0 : f64
    %1 = complex.create %0, %0 : complex<f64>
    irh.yield %1 : complex<f64>
  }
  // CHECK: irh.matrix @W on @G diagonal {
  // CHECK-NEXT: } entry {
  irh.matrix @W on @G diagonal {} entry {
    %0 = irh.read @w neighbour : complex<f64>
    irh.yield %0 : complex<f64>
  }
  // CHECK: irh.functional @trace.0 trace @W {
  // CHECK-NEXT: ^bb0(%{{.*}}: f64):
  irh.functional @trace.0 trace @W {
  ^bb0(%lambda: f64):
    %0 = math.exp %lambda : f64
    irh.yield %0 : f64
  // CHECK: } tolerance {
  } tolerance {
    %0 = arith.constant 0.1 : f64
    irh.yield %0 : f64
  }
  // CHECK: irh.functional @near eigenvalues @W attributes {end = 3 : i32} {
  // CHECK-NEXT: } count {
  // CHECK: } nearest {
  irh.functional @near eigenvalues @W attributes {end = 3 : i32} {
  } count {
    %0 = arith.constant 3 : i64
    irh.yield %0 : i64
  } nearest {
    %0 = arith.constant 0.1 : f64
    irh.yield %0 : f64
  }
  // CHECK: irh.functional @ln logdet @W {
  // CHECK-NEXT: } zero {
  irh.functional @ln logdet @W {
  } zero {
    %0 = arith.constant 0.1 : f64
    irh.yield %0 : f64
  }
  // CHECK: irh.matrix @A on @G general diagonal {
  irh.matrix @A on @G general diagonal {} entry {
    %0 = irh.read @w neighbour : complex<f64>
    irh.yield %0 : complex<f64>
  }
  // CHECK: irh.vector @v on @G : complex<f64> eigenvector @near index {
  irh.vector @v on @G : complex<f64> eigenvector @near index {
    %0 = arith.constant 0 : i64
    irh.yield %0 : i64
  // CHECK: } factor {
  // CHECK-NEXT: } start {
  } factor {} start {}
  // CHECK: irh.vector @y on @G : f64 exponential @W index {
  // CHECK-NEXT: } factor {
  irh.vector @y on @G : f64 exponential @W index {} factor {
    %0 = arith.constant 0.1 : f64
    irh.yield %0 : f64
  // CHECK: } start {
  } start {
    // CHECK: irh.vector_value @v here : f64
    %0 = irh.vector_value @v here : f64
    irh.yield %0 : f64
  }
  // CHECK: irh.solve @x @A gmres @x.iterations @x.residual {
  irh.solve @x @A gmres @x.iterations @x.residual {
    %0 = arith.constant 1.0 : f64
    irh.yield %0 : f64
  // CHECK: } tolerance {
  // CHECK-NEXT: } restart {
  } tolerance {} restart {
    %0 = arith.constant 10 : i64
    irh.yield %0 : i64
  }
  irh.observe ["frustration"] from 5 {
    // CHECK: irh.reduce sum triangles @G {
    %0 = irh.reduce sum triangles @G {
      // CHECK: irh.holonomy {
      %1 = irh.holonomy {
        %2 = irh.read @w here : complex<f64>
        irh.yield %2 : complex<f64>
      // CHECK: } : complex<f64>
      } : complex<f64>
      %3 = complex.angle %1 : complex<f64>
      irh.yield %3 : f64
    } : f64
    irh.yield %0 : f64
  }
  irh.observe ["first", "sum"] from 3 {
    %list = irh.functional_value @near : !irh.list
    %i = arith.constant 0 : i64
    // CHECK: irh.list_element %{{.*}}[%{{.*}}]
    %0 = irh.list_element %list[%i]
    // CHECK: irh.list_reduce 0 %{{.*}}
    %1 = irh.list_reduce 0 %list
    irh.yield %0, %1 : f64, f64
  }
  irh.observe ["Z", "e", "near"] from 0 {
    // CHECK: irh.functional_value @trace.0 : f64
    %0 = irh.functional_value @trace.0 : f64
    // CHECK: irh.functional_value @trace.0 part error : f64
    %1 = irh.functional_value @trace.0 part error : f64
    // CHECK: irh.functional_value @near : !irh.list
    %2 = irh.functional_value @near : !irh.list
    irh.yield %0, %1, %2 : f64, f64, !irh.list
  }
}

// CHECK-LABEL: func @uses_the_seed(
func.func @uses_the_seed(%seed: i64) {
  // CHECK: irh.use_seed %
  irh.use_seed %seed
  return
}
