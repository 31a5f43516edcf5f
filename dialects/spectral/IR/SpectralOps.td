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
  let summary = "a Hermitian matrix of these entries";
  let description = [{
    `diagonal` is a real field of the nodes. `entries` is a field of the edges: what stands in the
    row of `dst` and the column of `src`, and conjugate in the row of `src`. One that is not there
    is zero. The fields may change afterwards; the matrix does not.

    ```mlir
    %M = spectral.matrix @G "M" diagonal %d : !field.values<@G, nodes, f64>
        entries %e : !field.values<@G, edges, complex<f64>>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$network, StrAttr:$name, Optional<Field_Values>:$diagonal,
                       Optional<Field_Values>:$entries);
  let results = (outs Spectral_Matrix:$result);
  let assemblyFormat = [{
    $network $name (`diagonal` $diagonal^ `:` qualified(type($diagonal)))?
    (`entries` $entries^ `:` qualified(type($entries)))? attr-dict
  }];
  let hasVerifier = 1;
}

def Spectral_TraceOp : Spectral_Op<"trace", [SingleBlock]> {
  let summary = "the sum of a function over the eigenvalues of a matrix";
  let description = [{
    Results: the sum, and its standard error where it is an estimate, else 0. `tolerance` is the
    error aimed at, relative to the sum. `method` is a number of `abi::TraceMethod`.

    ```mlir
    %Z, %error = spectral.trace %L {
    ^bb0(%lambda: f64):
      %0 = math.exp %lambda : f64
      spectral.yield %0
    }
    ```
  }];
  let arguments = (ins Spectral_Matrix:$matrix, Optional<F64>:$tolerance,
                       DefaultValuedAttr<I32Attr, "0">:$method);
  let results = (outs F64:$value, F64:$error);
  let regions = (region SizedRegion<1>:$function);
  let assemblyFormat = "$matrix (`tolerance` $tolerance^)? $function attr-dict";
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
    singular stops the run. Results: the sum, and its standard error.

    ```mlir
    %L, %error = spectral.logdet %M zero %z
    ```
  }];
  let arguments = (ins Spectral_Matrix:$matrix, Optional<F64>:$zero, Optional<F64>:$tolerance,
                       DefaultValuedAttr<I32Attr, "0">:$method);
  let results = (outs F64:$value, F64:$error);
  let assemblyFormat = "$matrix (`zero` $zero^)? (`tolerance` $tolerance^)? attr-dict";
}

def Spectral_EigenvaluesOp : Spectral_Op<"eigenvalues", [AttrSizedOperandSegments]> {
  let summary = "eigenvalues of a matrix, from one end of its spectrum";
  let description = [{
    `end` is a number of `abi::SpectrumEnd`: from the smallest, the largest, the largest in size, or
    the one nearest to `nearest`; without a `count` all, ascending.

    ```mlir
    %lambda = spectral.eigenvalues %M 1 count %n
    ```
  }];
  let arguments = (ins Spectral_Matrix:$matrix, I32Attr:$end, Optional<I64>:$count,
                       Optional<F64>:$nearest, Optional<F64>:$tolerance);
  let results = (outs Field_List:$values);
  let assemblyFormat = [{
    $matrix $end (`count` $count^)? (`nearest` $nearest^)? (`tolerance` $tolerance^)? attr-dict
  }];
}

#endif // IRH_SPECTRAL_OPS_TD
