//===- IrhEnums.td - enumerations of the `irh` dialect --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_IRH_ENUMS_TD
#define IRH_IRH_ENUMS_TD

include "mlir/IR/EnumAttr.td"

def Irh_SetKind : I32EnumAttr<"SetKind", "where values live", [
    I32EnumAttrCase<"Global", 0, "global">, I32EnumAttrCase<"Nodes", 1, "nodes">,
    I32EnumAttrCase<"Edges", 2, "edges">, I32EnumAttrCase<"Triangles", 3, "triangles">,
    I32EnumAttrCase<"Cycles", 4, "cycles">, I32EnumAttrCase<"Components", 5, "components">]> {
  let cppNamespace = "::irh::model";
}

def Irh_Place : I32EnumAttr<"Place", "the point at which a name is read", [
    I32EnumAttrCase<"Here", 0, "here">, I32EnumAttrCase<"Neighbour", 1, "neighbour">,
    I32EnumAttrCase<"Src", 2, "src">, I32EnumAttrCase<"Dst", 3, "dst">]> {
  let cppNamespace = "::irh::model";
}

def Irh_ReduceKind : I32EnumAttr<"ReduceKind", "how terms are combined", [
    I32EnumAttrCase<"Sum", 0, "sum">, I32EnumAttrCase<"Min", 1, "min">,
    I32EnumAttrCase<"Max", 2, "max">, I32EnumAttrCase<"Prod", 3, "prod">]> {
  let cppNamespace = "::irh::model";
}

def Irh_Distribution : I32EnumAttr<"Standard", "a standard random variate", [
    I32EnumAttrCase<"Uniform", 0, "uniform">, I32EnumAttrCase<"Normal", 1, "normal">]> {
  let cppNamespace = "::irh::model";
}

def Irh_NetworkKind : I32EnumAttr<"NetworkKind", "how a network is made", [
    I32EnumAttrCase<"Ring", 0, "ring">, I32EnumAttrCase<"WattsStrogatz", 1, "watts_strogatz">,
    I32EnumAttrCase<"Read", 2, "read">, I32EnumAttrCase<"Geometric", 3, "geometric">,
    I32EnumAttrCase<"ErdosRenyi", 4, "erdos_renyi">,
    I32EnumAttrCase<"BarabasiAlbert", 5, "barabasi_albert">,
    I32EnumAttrCase<"Lattice", 6, "lattice">, I32EnumAttrCase<"Complete", 7, "complete">,
    I32EnumAttrCase<"Star", 8, "star">]> {
  let cppNamespace = "::irh::model";
}

def Irh_Method : I32EnumAttr<"Method", "a time stepper", [
    I32EnumAttrCase<"Euler", 0, "euler">, I32EnumAttrCase<"Midpoint", 1, "midpoint">,
    I32EnumAttrCase<"Rk4", 2, "rk4">, I32EnumAttrCase<"Ssprk3", 3, "ssprk3">,
    I32EnumAttrCase<"Leapfrog", 4, "leapfrog">, I32EnumAttrCase<"Dopri5", 5, "dopri5">,
    I32EnumAttrCase<"EulerMaruyama", 6, "euler_maruyama">]> {
  let cppNamespace = "::irh::model";
}

def Irh_Symmetry : I32EnumAttr<"Symmetry", "what the end of an edge that is not `dst` sees", [
    I32EnumAttrCase<"Symmetric", 0, "symmetric">, I32EnumAttrCase<"Hermitian", 1, "hermitian">,
    I32EnumAttrCase<"Antisymmetric", 2, "antisymmetric">]> {
  let cppNamespace = "::irh::model";
}

def Irh_FunctionalKind : I32EnumAttr<"FunctionalKind", "what is asked of a matrix", [
    I32EnumAttrCase<"Trace", 0, "trace">, I32EnumAttrCase<"LogDet", 1, "logdet">,
    I32EnumAttrCase<"Eigenvalues", 2, "eigenvalues">]> {
  let cppNamespace = "::irh::model";
}

def Irh_FunctionalPart : I32EnumAttr<"FunctionalPart", "a number that a functional gives", [
    I32EnumAttrCase<"Value", 0, "value">, I32EnumAttrCase<"Error", 1, "error">,
    I32EnumAttrCase<"Bias", 2, "bias">]> {
  let cppNamespace = "::irh::model";
}

def Irh_SpectrumEnd : I32EnumAttr<"SpectrumEnd", "where the first eigenvalue is", [
    I32EnumAttrCase<"Smallest", 0, "smallest">, I32EnumAttrCase<"Largest", 1, "largest">,
    I32EnumAttrCase<"Magnitude", 2, "magnitude">, I32EnumAttrCase<"Nearest", 3, "nearest">]> {
  let cppNamespace = "::irh::model";
}

def Irh_VectorKind : I32EnumAttr<"VectorKind", "what a matrix gives on nodes", [
    I32EnumAttrCase<"Eigenvector", 0, "eigenvector">,
    I32EnumAttrCase<"Exponential", 1, "exponential">]> {
  let cppNamespace = "::irh::model";
}

def Irh_SolveMethod : I32EnumAttr<"SolveMethod", "how equations are solved", [
    I32EnumAttrCase<"Cg", 0, "cg">, I32EnumAttrCase<"Minres", 1, "minres">,
    I32EnumAttrCase<"Gmres", 2, "gmres">, I32EnumAttrCase<"Direct", 3, "direct">]> {
  let cppNamespace = "::irh::model";
}

def Irh_FileFormat : I32EnumAttr<"FileFormat", "how saved fields are written", [
    I32EnumAttrCase<"Csv", 0, "csv">, I32EnumAttrCase<"Hdf5", 1, "hdf5">]> {
  let cppNamespace = "::irh::model";
}

#endif // IRH_IRH_ENUMS_TD
