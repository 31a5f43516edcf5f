//===- KernelEdges.cpp - what a kernel does at the edges of a batch ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Gathering is apart from computing because a loop that only gathers keeps many cache misses in
// flight; a vector function between two gathers would serialise them.

#include "dialects/convert/FieldToKernels/Combine.h"
#include "dialects/convert/FieldToKernels/EdgePass.h"
#include "dialects/convert/FieldToKernels/KernelEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using irh::field::ValuesType;

namespace irh::convert {

//===- Buffers ----------------------------------------------------------------===//

/// A power of two: whatever it is, a term's lane depends on its place in the row alone.
int64_t KernelEmitter::chooseBatchEdges() {
  int64_t numBuffers = 0;
  auto count = [&](Type element) { numBuffers += bufferParts(element).size(); };
  for (ArrayRef<net::ReduceOp> level : schedule.reduces)
    for (net::ReduceOp reduce : level) {
      for (Value field : reduce.getFields())
        count(cast<ValuesType>(field.getType()).getElement());
      for (Value value : capturedAtNode(reduce))
        count(value.getType());
      for (Type type : reduce.getResultTypes())
        count(type);
    }
  int64_t edges = kMostBatchEdges;
  while (edges > kFewestBatchEdges && numBuffers * edges * 8 > kEdgeBufferBytes)
    edges /= 2;
  return edges;
}

void KernelEmitter::allocateEdgeBuffers(unsigned stage, bool areTargets, bool areComputed) {
  auto pass = std::make_unique<EdgePass>();
  pass->stage = stage;
  pass->isComputed = areComputed;
  for (net::ReduceOp reduce : schedule.reduces[stage])
    if (reduce.getTargets() == areTargets && slots.areRowsComputed(reduce) == areComputed)
      pass->reduces.push_back(reduce);
  if (pass->reduces.empty())
    return;
  pass->rows = rowArraysOf(pass->reduces.front());
  auto addBuffers = [&](llvm::MapVector<Value, EdgePass::Buffers> &map, Value key, Type element) {
    EdgePass::Buffers &buffers = map[key];
    for (size_t part = buffers.size(); part < bufferParts(element).size(); ++part)
      buffers.push_back(allocate(batchEdges));
  };
  for (net::ReduceOp reduce : pass->reduces) {
    for (Value field : reduce.getFields())
      addBuffers(pass->gathered, field, cast<ValuesType>(field.getType()).getElement());
    for (Value value : capturedAtNode(reduce))
      if (!value.getDefiningOp()->hasTrait<OpTrait::ConstantLike>())
        addBuffers(pass->spread, value, value.getType());
    for (auto [i, result] : llvm::enumerate(reduce.getResults())) {
      Value yielded = reduce.getYield().getOperand(i);
      auto argument = dyn_cast<BlockArgument>(yielded);
      bool isGathered = argument && argument.getOwner() == reduce.getBlock();
      EdgePass::Term term{result, yielded, reduce.getKind(i), {}, {}, isGathered};
      if (isGathered)
        term.buffers = pass->gathered[reduce.getFields()[argument.getArgNumber()]];
      while (term.buffers.size() < bufferParts(result.getType()).size())
        term.buffers.push_back(allocate(batchEdges));
      while (term.laneBuffers.size() < term.buffers.size())
        term.laneBuffers.push_back(allocate(kBatchRows * kNumLanes));
      pass->terms.push_back(term);
    }
  }
  edgePasses.push_back(std::move(pass));
}

/// Slots before row `row` of the batch.
Value KernelEmitter::rowOffset(const EdgePass &pass, Value row) {
  if (pass.isComputed)
    return code.load(code.i64(), latticeOffsets, row);
  return code.load(code.i64(), arrayPointer(pass.rows.offsets), code.add(batchBegin, row));
}

//===- Walking ----------------------------------------------------------------===//

/// Splits the rows of the batch into groups whose edges fit the buffers; a longer row is a group
/// of its own.
void KernelEmitter::emitEdges(const EdgePass &pass) {
  Value zero = code.index(0), one = code.index(1);
  auto groups = scf::WhileOp::create(builder, code.loc, TypeRange{code.i64()}, ValueRange{zero});
  OpBuilder::InsertionGuard guard(builder);
  Block *before = builder.createBlock(&groups.getBefore(), {}, {code.i64()}, {code.loc});
  Value first = before->getArgument(0);
  scf::ConditionOp::create(builder, code.loc, code.isLess(first, batchRows), first);

  Block *after = builder.createBlock(&groups.getAfter(), {}, {code.i64()}, {code.loc});
  first = after->getArgument(0);
  Value limit = code.add(rowOffset(pass, first), code.index(batchEdges));
  auto fits = [&](Value end) -> Value {
    return arith::CmpIOp::create(builder, code.loc, arith::CmpIPredicate::sle, rowOffset(pass, end),
                                 limit);
  };
  // All the rest, if it fits; else row by row.
  Value start =
      arith::SelectOp::create(builder, code.loc, fits(batchRows), batchRows, code.add(first, one));
  auto grow = scf::WhileOp::create(builder, code.loc, TypeRange{code.i64()}, ValueRange{start});
  {
    OpBuilder::InsertionGuard inner(builder);
    Block *test = builder.createBlock(&grow.getBefore(), {}, {code.i64()}, {code.loc});
    Value last = test->getArgument(0);
    Value next = code.min(code.add(last, one), batchRows);
    Value goesOn =
        arith::AndIOp::create(builder, code.loc, code.isLess(last, batchRows), fits(next));
    scf::ConditionOp::create(builder, code.loc, goesOn, last);
    Block *step = builder.createBlock(&grow.getAfter(), {}, {code.i64()}, {code.loc});
    scf::YieldOp::create(builder, code.loc, code.add(step->getArgument(0), one));
  }
  emitEdgeGroup(pass, first, grow.getResult(0));
  scf::YieldOp::create(builder, code.loc, grow.getResult(0));
}

void KernelEmitter::emitEdgeGroup(const EdgePass &pass, Value firstRow, Value lastRow) {
  // A row without edges keeps what it starts from.
  for (const EdgePass::Term &term : pass.terms)
    for (auto [i, neutral] :
         llvm::enumerate(neutralOf(builder, term.kind, term.result.getType()))) {
      Value vector = code.splat(neutral);
      Value scalar = arith::ConstantOp::create(builder, code.loc, neutral);
      code.loop(firstRow, lastRow, 1, [&](Value row) {
        code.store(vector, term.laneBuffers[i], vector.getType(), row);
        code.store(scalar, rowBuffers.at(term.result)[i], scalar.getType(), row);
      });
    }
  Value begin = rowOffset(pass, firstRow), end = rowOffset(pass, lastRow);
  code.loop(begin, end, batchEdges, [&](Value start) {
    Value count = code.min(code.index(batchEdges), code.sub(end, start));
    emitSegment(pass, firstRow, lastRow, start, count);
  });
}

/// Edges start, ..., start + count of a group: all of it, but where one long row is cut. Cuts are
/// at multiples of the number of lanes, so a term's lane depends on its place in the row alone.
void KernelEmitter::emitSegment(const EdgePass &pass, Value firstRow, Value lastRow, Value start,
                                Value count) {
  static_assert(kFewestBatchEdges % kNumLanes == 0);
  emitGathers(pass, start, count);
  emitSpreads(pass, firstRow, lastRow, start, count);
  emitTerms(pass, start, count);
  emitRowSums(pass, firstRow, lastRow, start, count);
}

Value KernelEmitter::loadIndex(const EdgePass &pass, abi::NetworkArray array, Value slot) {
  Value indices = pass.isComputed ? latticeColumns : arrayPointer(array);
  return arith::ExtUIOp::create(builder, code.loc, code.i64(),
                                code.load(builder.getI32Type(), indices, slot));
}

/// Index arrays may be read past their end (see NetworkArray): whole vectors are gathered.
void KernelEmitter::emitGathers(const EdgePass &pass, Value start, Value count) {
  if (pass.gathered.empty())
    return;
  code.loop(code.index(0), code.roundUp(count), 1, [&](Value edge) {
    Value slot = code.add(start, edge);
    llvm::DenseMap<int32_t, Value> indices;
    auto indexFrom = [&](abi::NetworkArray array) {
      Value &index = indices[static_cast<int32_t>(array)];
      if (!index)
        index = loadIndex(pass, array, slot);
      return index;
    };
    for (auto &[field, buffers] : pass.gathered) {
      auto type = cast<ValuesType>(field.getType());
      Value position =
          indexFrom(type.getSet() == field::SetKind::Nodes ? pass.rows.columns : pass.rows.edges);
      auto parts = code.loadParts(pointerTo(field), type.getElement(), position);
      for (auto [part, buffer] : llvm::zip_equal(parts, buffers))
        code.store(part, buffer, part.getType(), edge);
    }
  });
}

/// First and last edge, counted from `start`, that row `row` has in the segment.
static std::pair<Value, Value> clipRow(KernelCode &code, Value rowBegin, Value rowEnd, Value start,
                                       Value count) {
  Value begin = code.max(code.sub(rowBegin, start), code.index(0));
  Value end = code.min(code.sub(rowEnd, start), count);
  return {begin, end};
}

void KernelEmitter::emitSpreads(const EdgePass &pass, Value firstRow, Value lastRow, Value start,
                                Value count) {
  if (pass.spread.empty())
    return;
  code.loop(firstRow, lastRow, 1, [&](Value row) {
    auto [begin, end] = clipRow(code, rowOffset(pass, row),
                                rowOffset(pass, code.add(row, code.index(1))), start, count);
    SmallVector<std::pair<Value, Value>> copies; // Vector, buffer at the edges.
    for (auto &[value, buffers] : pass.spread)
      for (auto [i, buffer] : llvm::enumerate(buffers)) {
        Type type = bufferParts(value.getType())[i];
        Value atNode = code.load(type, rowBuffers.at(value)[i], row);
        copies.push_back({code.broadcast(atNode), buffer});
      }
    // Whole vectors: the next row writes over what is too much.
    code.loop(begin, end, kNumLanes, [&](Value edge) {
      for (auto [vector, buffer] : copies)
        code.store(vector, buffer, getElementTypeOrSelf(vector.getType()), edge);
    });
  });
}

/// Signs of slots slot, slot + 1, ... as numbers of `type`.
Lanes KernelEmitter::loadSigns(const EdgePass &pass, Type type, Value slot) {
  Type bytes = VectorType::get(kNumLanes, builder.getI8Type());
  Value signs = code.load(bytes, arrayPointer(pass.rows.signs), builder.getI8Type(), slot);
  if (!type.isF64())
    return {arith::ExtSIOp::create(builder, code.loc, code.lanesOf(type), signs), {}};
  // Through 32 bits: from there the machine converts whole vectors.
  Type words = VectorType::get(kNumLanes, builder.getI32Type());
  Value wide = arith::ExtSIOp::create(builder, code.loc, words, signs);
  return {arith::SIToFPOp::create(builder, code.loc, code.lanesOf(type), wide), {}};
}

void KernelEmitter::emitTerms(const EdgePass &pass, Value start, Value count) {
  if (llvm::all_of(pass.terms, [](const EdgePass::Term &term) { return term.isGathered; }))
    return;
  code.loop(code.index(0), count, kNumLanes, [&](Value edge) {
    LaneCode lanes(code, [&](Value value) -> std::optional<Lanes> {
      if (std::optional<Lanes> outside = broadcastOutside(value))
        return outside;
      if (auto argument = dyn_cast<BlockArgument>(value)) {
        auto reduce = cast<net::ReduceOp>(argument.getOwner()->getParentOp());
        Value field = reduce.getFields()[argument.getArgNumber()];
        return code.loadBuffers(pass.gathered.find(field)->second, value.getType(), edge);
      }
      if (value.getDefiningOp<net::SignOp>())
        return loadSigns(pass, value.getType(), code.add(start, edge));
      auto spread = pass.spread.find(value);
      if (spread != pass.spread.end())
        return code.loadBuffers(spread->second, value.getType(), edge);
      return std::nullopt;
    });
    for (const EdgePass::Term &term : pass.terms)
      if (!term.isGathered)
        code.storeBuffers(lanes.get(term.yielded), term.buffers, edge);
  });
}

void KernelEmitter::emitRowSums(const EdgePass &pass, Value firstRow, Value lastRow, Value start,
                                Value count) {
  code.loop(firstRow, lastRow, 1, [&](Value row) {
    auto [begin, end] = clipRow(code, rowOffset(pass, row),
                                rowOffset(pass, code.add(row, code.index(1))), start, count);
    for (unsigned term = 0; term < pass.terms.size(); ++term) {
      Lanes total = sumOfRow(pass, term, row, begin, end);
      for (auto [part, buffer] :
           llvm::zip_equal(total.parts(), rowBuffers.at(pass.terms[term].result)))
        code.store(part, buffer, part.getType(), row);
    }
  });
}

/// Adds edges begin, ..., end to the row's lanes, and gives (0 + 2) + (1 + 3) of them.
Lanes KernelEmitter::sumOfRow(const EdgePass &pass, unsigned index, Value row, Value begin,
                              Value end) {
  const EdgePass::Term &term = pass.terms[index];
  SmallVector<Type, 2> elements = bufferParts(term.result.getType());
  auto loadParts = [&](ArrayRef<Value> buffers, Value position, bool isRow) {
    SmallVector<Value, 2> parts;
    for (auto [buffer, element] : llvm::zip_equal(buffers, elements)) {
      Type vector = code.lanesOf(element);
      parts.push_back(code.load(vector, buffer, isRow ? vector : element, position));
    }
    return parts;
  };
  Value whole = code.add(begin, code.roundDown(code.sub(end, begin)));
  auto sums = scf::ForOp::create(builder, code.loc, begin, whole, code.index(kNumLanes),
                                 loadParts(term.laneBuffers, row, /*isRow=*/true));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(sums.getBody());
    auto next = loadParts(term.buffers, sums.getInductionVar(), /*isRow=*/false);
    SmallVector<Value> sumsSoFar(sums.getRegionIterArgs());
    Lanes lanes = combine(code, term.kind, Lanes::of(sumsSoFar), Lanes::of(next));
    scf::YieldOp::create(builder, code.loc, lanes.parts());
  }
  // The edges that are left: the lanes of the others stay. A neutral value would not leave them all
  // alone: 1 + 0i turns an infinity into NaN.
  Value mask = code.firstLanes(code.sub(end, whole));
  SmallVector<Value> total(sums.getResults());
  SmallVector<Value, 2> rest = loadParts(term.buffers, whole, /*isRow=*/false);
  SmallVector<Value, 2> blended;
  Lanes combined = combine(code, term.kind, Lanes::of(total), Lanes::of(rest));
  for (auto [with, without] : llvm::zip_equal(combined.parts(), total))
    blended.push_back(arith::SelectOp::create(builder, code.loc, mask, with, without));
  Lanes lanes = Lanes::of(blended);
  for (auto [part, buffer] : llvm::zip_equal(lanes.parts(), term.laneBuffers))
    code.store(part, buffer, part.getType(), row);

  SmallVector<Lanes> sumsOfLanes;
  for (int64_t i = 0; i < kNumLanes; ++i) {
    SmallVector<Value, 2> parts;
    for (Value part : lanes.parts())
      parts.push_back(code.lane(part, i));
    sumsOfLanes.push_back(Lanes::of(parts));
  }
  return combinePartialSums(code, term.kind, sumsOfLanes);
}

} // namespace irh::convert
