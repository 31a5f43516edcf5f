//===- SpectralOps.td - operations of the `spectral` dialect ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_SPECTRAL_OPS_TD
#define IRH_SPECTRAL_OPS_TD

include "dialects/field/IR/FieldTypes.td"
include "dialects/spectral/IR/SpectralDialect.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Spectral_Op<string mnemonic, list<Trait> traits = []>
    : Op<Spectral_Dialect, mnemonic, traits>;

def Spectral_MatrixOp : Spectral_Op<"matrix", [AttrSizedOperandSegments]> {
  let summary = "a matrix of these entries";
  let description = [{
    `diagonal` is a real field of the nodes. `entries` is a field of the edges: what stands in the
    row of `dst` and the column of `src`, and conjugate in the row of `src`. One that is not there
    is zero. The fields may change afterwards; the matrix does not.

    A `general` matrix has `back` beside the entries, what stands in the row of `src`, and may have
    a complex diagonal; of a directed network the rows of `dst` are all.

    ```mlir
    %M = spectral.matrix @G "M" diagonal %d : !field.values<@G, nodes, f64>
        entries %e : !field.values<@G, edges, complex<f64>>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$network, StrAttr:$name, Optional<Field_Values>:$diagonal,
                       Optional<Field_Values>:$entries, Optional<Field_Values>:$back,
                       UnitAttr:$general);
  let results = (outs Spectral_Matrix:$result);
  let assemblyFormat = [{
    $network $name (`diagonal` $diagonal^ `:` qualified(type($diagonal)))?
    (`entries` $entries^ `:` qualified(type($entries)))?
    (`back` $back^ `:` qualified(type($back)))? (`general` $general^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Spectral_TraceOp : Spectral_Op<"trace", [SingleBlock, AttrSizedOperandSegments]> {
  let summary = "the sum of a function over the eigenvalues of a matrix";
  let description = [{
    Results: the sum, its error where it is an estimate, else 0, and the part of that which more
    steps would take away. `tolerance` is the error aimed at, relative to the sum; `probes` and
    `steps` fix their numbers. `method` is a number of `abi::TraceMethod`.

    ```mlir
    %Z, %error, %bias = spectral.trace %L {
    ^bb0(%lambda: f64):
      %0 = math.exp %lambda : f64
      spectral.yield %0
    }
    ```
  }];
  let arguments = (ins Spectral_Matrix:$matrix, Optional<F64>:$tolerance, Optional<I64>:$probes,
                       Optional<I64>:$steps, DefaultValuedAttr<I32Attr, "0">:$method);
  let results = (outs F64:$value, F64:$error, F64:$bias);
  let regions = (region SizedRegion<1>:$function);
  let assemblyFormat = [{
    $matrix (`tolerance` $tolerance^)? (`probes` $probes^)? (`steps` $steps^)? $function attr-dict
  }];
  let hasRegionVerifier = 1;
}

def Spectral_YieldOp : Spectral_Op<"yield", [Pure, Terminator, HasParent<"TraceOp">]> {
  let summary = "the value of the function at an eigenvalue";
  let arguments = (ins F64:$value);
  let assemblyFormat = "$value attr-dict";
}

def Spectral_LogDetOp : Spectral_Op<"logdet", [AttrSizedOperandSegments]> {
  let summary = "the logarithm of the size of a determinant";
  let description = [{
    The sum of ln |lambda| over the eigenvalues with |lambda| > `zero`; without it a matrix that is
    singular stops the run. Arguments and results else as of `spectral.trace`.

    ```mlir
    %L, %error, %bias = spectral.logdet %M zero %z
    ```
  }];
  let arguments = (ins Spectral_Matrix:$matrix, Optional<F64>:$zero, Optional<F64>:$tolerance,
                       Optional<I64>:$probes, Optional<I64>:$steps,
                       DefaultValuedAttr<I32Attr, "0">:$method);
  let results = (outs F64:$value, F64:$error, F64:$bias);
  let assemblyFormat = [{
    $matrix (`zero` $zero^)? (`tolerance` $tolerance^)? (`probes` $probes^)? (`steps` $steps^)?
    attr-dict
  }];
}

def Spectral_EigenvaluesOp : Spectral_Op<"eigenvalues", [AttrSizedOperandSegments]> {
  let summary = "eigenvalues of a matrix, from one end of its spectrum";
  let description = [{
    `end` is a number of `abi::SpectrumEnd`: from the smallest, the largest, the largest in size, or
    the one nearest to `nearest`; without a `count` all, ascending. With `vectors`, the eigenvectors
    are kept with them.

    ```mlir
    %lambda = spectral.eigenvalues %M 1 count %n
    ```
  }];
  let arguments = (ins Spectral_Matrix:$matrix, I32Attr:$end, Optional<I64>:$count,
                       Optional<F64>:$nearest, Optional<F64>:$tolerance, UnitAttr:$vectors);
  let results = (outs Field_List:$values);
  let assemblyFormat = [{
    $matrix $end (`count` $count^)? (`nearest` $nearest^)? (`tolerance` $tolerance^)?
    (`vectors` $vectors^)? attr-dict
  }];
}

def Spectral_EigenvectorOp : Spectral_Op<"eigenvector"> {
  let summary = "one of the eigenvectors that belong to a list of eigenvalues";
  let description = [{
    Counted from 0; of length 1.

    ```mlir
    %v = spectral.eigenvector %lambda[%i] : !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins Field_List:$eigenvalues, I64:$index);
  let results = (outs Field_Values:$result);
  let assemblyFormat = "$eigenvalues `[` $index `]` attr-dict `:` qualified(type($result))";
}

def Spectral_ExponentialOp : Spectral_Op<"exponential"> {
  let summary = "exp(factor matrix) start";
  let description = [{
    All are of one element type.

    ```mlir
    %y = spectral.exponential %M %a %x : complex<f64>,
        !field.values<@G, nodes, complex<f64>> -> !field.values<@G, nodes, complex<f64>>
    ```
  }];
  let arguments = (ins Spectral_Matrix:$matrix, AnyType:$factor, Field_Values:$start);
  let results = (outs Field_Values:$result);
  let assemblyFormat = [{
    $matrix $factor $start attr-dict `:` type($factor) `,` qualified(type($start))
    `->` qualified(type($result))
  }];
  let hasVerifier = 1;
}

def Spectral_SolveOp : Spectral_Op<"solve", [AttrSizedOperandSegments]> {
  let summary = "the solution of linear equations";
  let description = [{
    matrix x = `right`, found from `start` on. Results: x, the number of iterations, and the length
    of what is left over that of `right`. `method` is a number of `abi::SolveMethod`.

    ```mlir
    %x, %n, %r = spectral.solve 0 %M %b from %x0 : !field.values<@G, nodes, f64>,
        !field.values<@G, nodes, f64> -> !field.values<@G, nodes, f64>
    ```
  }];
  let arguments = (ins I32Attr:$method, Spectral_Matrix:$matrix, Field_Values:$right,
                       Field_Values:$start, Optional<F64>:$tolerance, Optional<I64>:$restart);
  let results = (outs Field_Values:$solution, I64:$iterations, F64:$residual);
  let assemblyFormat = [{
    $method $matrix $right `from` $start (`tolerance` $tolerance^)? (`restart` $restart^)? attr-dict
    `:` qualified(type($right)) `,` qualified(type($start)) `->` qualified(type($solution))
  }];
  let hasVerifier = 1;
}

#endif // IRH_SPECTRAL_OPS_TD
