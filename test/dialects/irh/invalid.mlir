// RUN: irh-opt %s --split-input-file --verify-diagnostics

// Names of one model are distinct.

irh.model @twice {
  irh.param 0 @rate : f64 // expected-note {{see existing symbol definition here}}
  irh.param 1 @rate : f64 // expected-error {{redefinition of symbol named 'rate'}}
}

// -----

// A rate belongs to an evolve.

irh.model @rate_alone {
  irh.rate @u { // expected-error {{'irh.rate' op expects parent op 'irh.evolve'}}
    %t = irh.time
    irh.yield %t : f64
  }
}

// -----

// A model sees nothing from outside: its names are its own.

%x = arith.constant 1.0 : f64
irh.model @captures { // expected-note {{required by region isolation constraints}}
  irh.let @y on global : f64 {
    irh.yield %x : f64 // expected-error {{using value defined outside the region}}
  }
}

// -----

// An expression is a number or a text, of the widths of the language.

func.func @narrow(%x: f32) {
  irh.yield %x : f32 // expected-error {{operand #0 must be variadic of 1-bit signless integer or 64-bit signless integer or 64-bit float or complex type with 64-bit float elements or text: the name of a file}}
}

// -----

// Places, kinds and methods are words of the language.

func.func @place() {
  // expected-error @+1 {{containing one of the following enum values for attribute 'place' [here, neighbour, src, dst]}}
  %u = irh.read @u there : f64
  return
}

// -----

// Events, checkpoints and what follows a step belong to an evolve; what is saved, to a save.

irh.model @event_alone {
  irh.event { // expected-error {{'irh.event' op expects parent op 'irh.evolve'}}
  }
}

// -----

irh.model @after_step_alone {
  irh.after_step { // expected-error {{'irh.after_step' op expects parent op 'irh.evolve'}}
  }
}

// -----

irh.model @saved_alone {
  irh.saved "u" on nodes @G { // expected-error {{'irh.saved' op expects parent op 'irh.save'}}
    %u = irh.read @u here : f64
    irh.yield %u : f64
  }
}
