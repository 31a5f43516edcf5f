//===- Abi.h - data that generated code and the runtime share ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C layout, no runtime or LLVM header. Numbers are part of the contract: the compiler
// writes them into generated code.

#ifndef IRH_RUNTIME_ABI_ABI_H
#define IRH_RUNTIME_ABI_ABI_H

#include <cstddef>
#include <cstdint>

extern "C" {

/// A contiguous run of local points [begin, end).
struct irh_range {
  std::int64_t begin;
  std::int64_t end;
};

/// One thread's accumulators of one sweep; opaque to generated code.
struct irh_accumulator;

/// The uniform entry of a kernel: unpacks the slots (pointers, i64 or f64, 8 bytes each) and calls
/// the typed kernel (const irh_range *, noalias pointers, scalars, irh_accumulator *).
using irh_kernel = void (*)(const irh_range *, void *const *slots, irh_accumulator *);

using irh_event = void (*)(void *context, void *frame, double t, std::int64_t step);
using irh_step = void (*)(void *context, void *frame, double t, double dt, std::int64_t step);

/// One block of a kernel for devices, run by the processor: the address of each argument, which has
/// 8 bytes, and the block's number.
using irh_emulated_kernel = void (*)(void *const *parameters, std::int64_t block);

/// The program: declares, initialises, runs every statement.
using irh_main = void (*)(void *context);
}

namespace irh::abi {

/// What a field stores at a point. Bool: one byte, 0 or 1. Complex: two doubles, interleaved.
enum class Element : std::int32_t { Bool = 0, Int = 1, Real = 2, Complex = 3 };

/// Points of a network. Those beyond edges are of undirected networks; rank 0 owns them all.
enum class SetKind : std::int32_t {
  Nodes = 0,
  Edges = 1,
  Triangles = 2,
  Cycles = 3,
  Components = 4
};

/// Arrays of this rank's part of a network, by local index. Owned nodes come first (interior, then
/// border), then ghosts. An edge is stored once; owned edges first, then copies of cut edges that
/// another rank owns. An undirected edge has its smaller global id as src; a neighbour of a node is
/// the other end of an edge, on a directed network the src of an edge into the node.
///   RowOffsets  i64[owned nodes + 1]  slots of node i: [RowOffsets[i], RowOffsets[i + 1])
///   Columns     i32[slots]            the neighbour; sorted by global id within a row
///   SlotEdges   i32[slots]            the edge
///   EdgeSrc     i32[edges], EdgeDst i32[edges]   local nodes at the ends
///   NodeIds     i64[nodes]            the file's id, else the global row; ghosts too
///   Degrees     i64[nodes]            number of neighbours; ghosts too
///   SlotSigns   i8[slots]             1 where the node is the edge's dst, which sees the stored
///                                     value; -1 where it is the src of an undirected edge that
///                                     leads elsewhere
///   OutRowOffsets, OutColumns, OutSlotEdges, OutSlotSigns   likewise, with the dst of each edge
///                                     from the node in its rows; signs are 1. On an undirected
///                                     network these are the arrays above.
/// Every array may be read up to 8 entries past its end; index arrays hold 0 there.
enum class NetworkArray : std::int32_t {
  RowOffsets = 0,
  Columns = 1,
  SlotEdges = 2,
  EdgeSrc = 3,
  EdgeDst = 4,
  NodeIds = 5,
  Degrees = 6,
  SlotSigns = 7,
  OutRowOffsets = 8,
  OutColumns = 9,
  OutSlotEdges = 10,
  OutSlotSigns = 11
};
inline constexpr std::size_t kNumNetworkArrays = 12;

/// What the src of an undirected edge sees of a value that its dst sees: the same, the conjugate,
/// or the opposite.
enum class Symmetry : std::int32_t { Symmetric = 0, Hermitian = 1, Antisymmetric = 2 };

/// How the trace of a function of a matrix is found.
enum class TraceMethod : std::int32_t { Automatic = 0, Dense = 1, Quadrature = 2, Sparse = 3 };

/// Where in the spectrum of a matrix the first eigenvalue is.
enum class SpectrumEnd : std::int32_t { Smallest = 0, Largest = 1, Magnitude = 2, Nearest = 3 };

/// How equations are solved.
enum class SolveMethod : std::int32_t { Cg = 0, Minres = 1, Gmres = 2, Direct = 3 };

/// What is made of the numbers of a list.
enum class ListReduction : std::int32_t { Sum = 0, Mean = 1, Min = 2, Max = 3 };

/// Whether a model says that a network that is read is directed.
enum class Directed : std::int32_t { Unsaid = -1, No = 0, Yes = 1 };

/// What the extent of a geometric network is: a radius, or the mean degree that a radius gives.
enum class GeometricExtent : std::int32_t { Radius = 0, MeanDegree = 1 };

enum class Duplicates : std::int32_t { Refuse = 0, Sum = 1, First = 2 };
enum class Loops : std::int32_t { Refuse = 0, Keep = 1, Drop = 2 };

/// What a `save` writes.
enum class SaveFormat : std::int32_t { Csv = 0, Hdf5 = 1 };

/// Standard variates: Uniform in [0, 1), Normal with mean 0 and deviation 1.
enum class Standard : std::int32_t { Uniform = 0, Normal = 1 };

/// What an accumulator does with the values it is given; Real ones take f64, Int ones i64.
/// NotFinite takes f64 and gives an i64: 1 if any value was infinite or NaN.
enum class Reduction : std::int32_t {
  SumReal = 0,
  MinReal = 1,
  MaxReal = 2,
  SumInt = 3,
  MinInt = 4,
  MaxInt = 5,
  NotFinite = 6
};

/// What a slot of an evolve's frame is to a checkpoint: nothing, the handle of a field that is
/// kept, or eight bytes that are kept themselves.
enum class SlotKind : std::int8_t { Passing = 0, Field = 1, Scalar = 2 };

/// Whose devices a program's kernels are for.
enum class DeviceKind : std::int32_t { Cuda = 0, Hip = 1 };

/// What a kernel does with a field's memory.
enum class Access : std::int32_t { Read = 1, Write = 2, ReadWrite = 3 };

/// Kernels that every program for devices has, by number; its own follow. Of a field's values,
/// which have `units` of 8 bytes each, they copy those of `count` points to a message, or from it:
/// (values, const i32 *points, i64 count, i64 units, message).
enum class DeviceHelper : std::int32_t { Pack = 0, Unpack = 1 };
inline constexpr std::int32_t kNumDeviceHelpers = 2;

/// Threads of a device that start together, one for each point.
inline constexpr std::int32_t kThreadsPerBlock = 256;

} // namespace irh::abi

#endif // IRH_RUNTIME_ABI_ABI_H
