//===- Passes.td - conversions between dialects -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_CONVERT_PASSES_TD
#define IRH_CONVERT_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertIrhToField : Pass<"convert-irh-to-field", "::mlir::ModuleOp"> {
  let summary = "turn the equations of a model into sweeps";
  let description = [{
    The `irh.model` becomes one function `@irh_main` that makes the networks, computes the initial
    values and runs the statements. Each expression becomes the body of a `field.sweep`, or host
    arithmetic where it is global. Definitions are put where they are used; one that is read at
    a neighbour and itself looks at neighbours is stored first. A global reduction inside an
    equation becomes a sweep before it. A single value of the whole model is a number in host code.
    What an edge field's other end sees is its value times `net.sign`.

    The time stepper is expanded: stage i of an explicit Runge-Kutta method is one sweep for each
    set, which evaluates every rate at the stage's state and adds its share to each later stage's
    state and to the result; leapfrog is a kick, a drift and a kick. Where the steps follow their
    error, the last stage gives its size, and a step that is refused keeps the old state. Events and
    assignments after the step give new values of the state, each of which is watched. Every evolve
    carries all that the run changes.

    Where the program is `embedded`, a program around the run may replace the first values of each
    field, and is given the last ones.

    Before: `irh` operations, names.
    After:  `field` and `net` operations, SSA values.

    See test/dialects/convert/irh-to-field.mlir for the example; beside it are files for events,
    methods, networks and statements.
  }];
  let options = [Option<"embedded", "embedded", "bool", /*default=*/"false",
                        "the run is part of another program, which sets and reads fields">];
  let dependentDialects = ["::irh::field::FieldDialect", "::irh::net::NetDialect",
                           "::irh::spectral::SpectralDialect",
                           "::mlir::func::FuncDialect", "::mlir::arith::ArithDialect",
                           "::mlir::complex::ComplexDialect", "::mlir::math::MathDialect"];
}

def ConvertFieldToKernels : Pass<"convert-field-to-kernels", "::mlir::ModuleOp"> {
  let summary = "turn sweeps into kernels and everything else into runtime calls";
  let description = [{
    Each sweep becomes a function over a range of points (see FieldToKernels/Kernel.h) in vectors
    of four lanes, with an entry that the runtime's threads call. Field values get memory by
    liveness over the whole step. `@irh_main` and the functions of its loops call the runtime's
    table for all else. These functions work on a frame: networks, captures, state and temporaries,
    in slots of eight bytes.

    Before: `field`, `net` and `dist` operations on values.
    After:  `func`, `scf`, `arith`, `math`, `vector` and `llvm` operations on memory.

    With `device`, a sweep becomes a `gpu.func` of the module @irh_device instead, for one point
    (see FieldToKernels/DeviceKernel.h), and is launched by its number.

    See test/dialects/convert/field-to-kernels.mlir for the example; beside it,
    field-to-kernels-loops.mlir is for a loop's functions, field-to-kernels-device.mlir for devices.
  }];
  let options = [Option<"device", "device", "bool", /*default=*/"false",
                        "sweeps run on a device: one thread for each point">];
  let dependentDialects = ["::mlir::gpu::GPUDialect", "::mlir::func::FuncDialect",
                           "::mlir::scf::SCFDialect", "::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect", "::mlir::vector::VectorDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

def ConvertMathToVectorCalls : Pass<"convert-math-to-vector-calls", "::mlir::ModuleOp"> {
  let summary = "call the vector functions of the C library";
  let description = [{
    A `math` operation on vectors for which the machine has no instruction becomes a call of the
    vector function of glibc's libmvec (at most 4 ulp), of `width` lanes: 4 with AVX2, 2 with
    SSE2. With width 1, or on a scalar where MLIR has no lowering of its own (`field.hypot`), it is
    a call of libm for each lane. Every lane of every vector goes the same way, so that a value
    does not depend on its place.

    Before: `math.sin %x : vector<4xf64>`.
    After:  `call @_ZGVdN4v_sin(%x)`.

    See test/dialects/convert/math-to-vector-calls.mlir for the example.
  }];
  let options = [Option<"width", "width", "int64_t", "4", "lanes of a vector function: 4, 2 or 1">];
  let dependentDialects = ["::mlir::func::FuncDialect", "::mlir::vector::VectorDialect"];
}

def ConvertMathToDeviceCalls : Pass<"convert-math-to-device-calls", "::mlir::gpu::GPUModuleOp"> {
  let summary = "call the functions of a device's library";
  let description = [{
    In the kernels of a device, a `math` operation whose result is exact or correctly rounded
    becomes an intrinsic of LLVM's, and any other a call of the device's own library: `__nv_sin` of
    libdevice, `__ocml_sin_f64` of the ROCm device libraries. Those round in their own way, so their
    last bits are not the processor's. Kernels that call none need no library.

    It runs before MLIR's conversions for devices, which call a library for `math.fma` too.

    Before: `math.sin %x : f64`, `math.fma %x, %y, %z : f64`.
    After:  `llvm.call @__nv_sin(%x)`, `llvm.call_intrinsic "llvm.fma"(%x, %y, %z)`.

    See test/dialects/convert/math-to-device-calls.mlir for the example.
  }];
  let options = [Option<"prefix", "prefix", "std::string", "\"__nv_\"",
                        "what the library's names start with, before the C library's">,
                 Option<"suffix", "suffix", "std::string", "\"\"", "what they end with">];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def ConvertDeviceToLoops : Pass<"convert-device-to-loops", "::mlir::ModuleOp"> {
  let summary = "run the kernels of a device on the processor";
  let description = [{
    Each kernel becomes a function that runs the threads of one block, one after the other. The
    program is then its own device: it computes what a device's threads would, in the same order,
    and a function like `math.sin` with the bits of the processor's own kernels. So every model that
    is made for a device can be compared, bit for bit, on a machine without one.

    Before: `gpu.func`s in the module @irh_device.
    After:  functions over the addresses of their arguments and a block's number; @irh_main starts
            by giving each to the runtime.

    See test/dialects/convert/device-to-loops.mlir for the example.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect", "::mlir::scf::SCFDialect",
                           "::mlir::arith::ArithDialect", "::mlir::vector::VectorDialect",
                           "::mlir::LLVM::LLVMDialect"];
}

#endif // IRH_CONVERT_PASSES_TD
