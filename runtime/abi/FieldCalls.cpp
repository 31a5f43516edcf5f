//===- FieldCalls.cpp - fields, their first values, their ghosts ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/graph/Columns.h"
#include "runtime/partition/EdgeEnds.h"
#include "runtime/random/Draws.h"

#include <algorithm>
#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using irh::abi::Element;
using irh::abi::guard;
using irh::abi::guardEffect;
using irh::abi::guardLocal;
using irh::abi::SetKind;
using irh::abi::Standard;
using irh::abi::Symmetry;
using irh::rt::field::Field;
using irh::rt::partition::EdgeEnds;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;
using irh::rt::program::NetworkPart;
using irh::rt::program::SetHandle;
namespace graph = irh::rt::graph;
namespace draws = irh::rt::random;

static FieldHandle &makeField(Context &context, const SetHandle &set, Element element) {
  if (set.points->kind == SetKind::Edges)
    set.network->local.listEdges();
  if (context.notes)
    return context.fields.emplace_back(set, Field{set.points, element, {}});
  return context.fields.emplace_back(set, irh::rt::field::makeField(*set.points, element));
}

/// Copies the local points' entries of a column, which is by global id.
template <typename To, typename From>
static void scatter(Field &field, const std::vector<From> &column) {
  auto *values = field.values<To>();
  for (std::int64_t i = 0; i < field.set->numLocal; ++i) {
    const std::int64_t id = field.set->globalIds[static_cast<std::size_t>(i)];
    values[i] = static_cast<To>(column[static_cast<std::size_t>(id)]);
  }
}

static void fillFromNodeColumn(FieldHandle &handle, const std::string &name) {
  const graph::Network &network = handle.set.network->whole;
  Field &field = handle.field;
  if (field.element == Element::Real)
    return scatter<double>(field, nodeReals(network, name));
  if (field.element == Element::Complex)
    return scatter<std::complex<double>>(field, nodeReals(network, name));
  if (field.element == Element::Int)
    return scatter<std::int64_t>(field, nodeInts(network, name));
  scatter<std::uint8_t>(field, nodeBools(network, name));
}

static void fillFromEdgeColumn(FieldHandle &handle, const std::string &name, Symmetry symmetry) {
  const graph::Network &network = handle.set.network->whole;
  Field &field = handle.field;
  if (field.element == Element::Real)
    return scatter<double>(field, edgeReals(network, name, symmetry));
  if (field.element == Element::Complex)
    return scatter<std::complex<double>>(field, edgeComplexes(network, name, symmetry));
  if (field.element == Element::Int)
    return scatter<std::int64_t>(field, edgeInts(network, name, symmetry));
  scatter<std::uint8_t>(field, edgeBools(network, name, symmetry));
}

static void fillFromPositions(FieldHandle &handle, std::int64_t axis) {
  const graph::Network &network = handle.set.network->whole;
  const std::int64_t numAxes = graph::numAxes(network);
  if (numAxes == 0)
    throw irh::rt::invalid("the nodes of this network have no positions; those of `geometric` and "
                           "`lattice` networks do");
  if (axis < 0 || axis >= numAxes)
    throw irh::rt::invalid("there is no component " + std::to_string(axis) +
                           " of the positions: the network has " + std::to_string(numAxes) +
                           (numAxes == 1 ? " dimension" : " dimensions") + ", counted from 0");
  auto *values = handle.field.values<double>();
  for (std::int64_t i = 0; i < handle.field.set->numLocal; ++i)
    values[i] =
        graph::coordinate(network, handle.field.set->globalIds[static_cast<std::size_t>(i)], axis);
}

namespace {

/// A variate for each point of a field.
struct FieldDraw {
  Standard kind;
  draws::Stream stream;
  std::int64_t step = -1; ///< -1: of initial values.
};

} // namespace

static draws::Stream streamOf(const Context &context, const void *name) {
  return draws::makeStream(context.seed, static_cast<const char *>(name));
}

/// The ends in order; of two edges between them, the one that leads back has ordinal 1.
static draws::Key keyOf(const graph::Edge &edge) {
  return {.a = static_cast<std::uint64_t>(std::min(edge.src, edge.dst)),
          .b = static_cast<std::uint64_t>(std::max(edge.src, edge.dst)),
          .ordinal = edge.src > edge.dst ? 1u : 0u};
}

/// Word 0 is that of initial values.
static std::uint64_t stepWord(std::int64_t step) { return static_cast<std::uint64_t>(step + 1); }

static double variate(Standard kind, const draws::Words &words) {
  return kind == Standard::Uniform ? draws::uniform(words) : draws::normal(words);
}

static void fillWithDraws(Context &context, FieldHandle &handle, const FieldDraw &what) {
  constexpr std::int64_t kChunk = 1024;
  const std::int64_t numLocal = handle.field.set->numLocal;
  auto *values = reinterpret_cast<double *>(handle.field.memory.overwrite());
  const SetKind kind = handle.field.set->kind;
  std::optional<EdgeEnds> ends;
  if (kind == SetKind::Edges)
    ends.emplace(handle.set.network->local);
  context.team.parallelFor((numLocal + kChunk - 1) / kChunk, [&](std::int64_t chunk, int) {
    std::optional<EdgeEnds> mine = ends;
    for (std::int64_t i = chunk * kChunk; i < std::min((chunk + 1) * kChunk, numLocal); ++i) {
      const std::int64_t id = handle.field.set->globalIds[static_cast<std::size_t>(i)];
      draws::Key key = mine ? keyOf(mine->at(i)) : draws::Key{.a = static_cast<std::uint64_t>(id)};
      key.step = stepWord(what.step);
      values[i] = variate(what.kind, draws::draw(what.stream, key));
    }
  });
}

/// Groups the fields by network and exchanges each group; most models have one network.
static void exchangeAll(Context &context, FieldHandle *const *fields, std::int64_t numFields) {
  for (NetworkPart &network : context.networks) {
    context.exchanged.clear();
    for (std::int64_t i = 0; i < numFields; ++i)
      if (fields[i]->set.network == &network)
        context.exchanged.push_back(&fields[i]->field);
    if (context.exchanged.empty())
      continue;
    context.sent += network.exchanger.volumeOf(context.exchanged);
    if (context.notes)
      continue;
    network.exchanger.start(context.exchanged, context.comm);
    context.isExchanging = true;
  }
}

extern "C" {

void *irh_rt_field(void *handle, void *set, std::int32_t element) {
  return guard(handle, [&](Context &context) -> void * {
    return &makeField(context, *static_cast<SetHandle *>(set), static_cast<Element>(element));
  });
}

void *irh_rt_field_column(void *handle, void *set, std::int32_t element, void *column,
                          std::int32_t symmetry) {
  return guard(handle, [&](Context &context) -> void * {
    FieldHandle &field =
        makeField(context, *static_cast<SetHandle *>(set), static_cast<Element>(element));
    const std::string name = static_cast<const char *>(column);
    if (context.notes)
      return &field;
    if (field.set.points->kind == SetKind::Nodes)
      fillFromNodeColumn(field, name);
    else
      fillFromEdgeColumn(field, name, static_cast<Symmetry>(symmetry));
    return &field;
  });
}

void *irh_rt_field_position(void *handle, void *set, std::int64_t axis) {
  return guard(handle, [&](Context &context) -> void * {
    FieldHandle &field = makeField(context, *static_cast<SetHandle *>(set), Element::Real);
    if (!context.notes)
      fillFromPositions(field, axis);
    return &field;
  });
}

void *irh_rt_field_draw(void *handle, void *set, std::int32_t kind, void *stream) {
  return guard(handle, [&](Context &context) -> void * {
    FieldHandle &field = makeField(context, *static_cast<SetHandle *>(set), Element::Real);
    if (!context.notes)
      fillWithDraws(context, field,
                    {.kind = static_cast<Standard>(kind), .stream = streamOf(context, stream)});
    return &field;
  });
}

void irh_rt_field_fill(void *handle, void *field, std::int32_t kind, void *stream,
                       std::int64_t step) {
  guardEffect(handle, [&](Context &context) {
    fillWithDraws(
        context, *static_cast<FieldHandle *>(field),
        {.kind = static_cast<Standard>(kind), .stream = streamOf(context, stream), .step = step});
  });
}

double irh_rt_draw(void *handle, std::int32_t kind, void *stream, std::int64_t step) {
  return guardEffect(handle, [&](Context &context) {
    const draws::Words words = draws::draw(streamOf(context, stream), {.step = stepWord(step)});
    return variate(static_cast<Standard>(kind), words);
  });
}

void irh_rt_field_name(void *handle, void *field, void *name) {
  guard(handle, [&](Context &) {
    static_cast<FieldHandle *>(field)->name = static_cast<const char *>(name);
  });
}

void irh_rt_field_release(void *handle, void *field) {
  guard(handle, [&](Context &) { static_cast<FieldHandle *>(field)->field.memory = {}; });
}

void *irh_rt_field_data(void *handle, void *field) {
  return guardLocal(handle, [&](Context &) -> void * {
    return static_cast<FieldHandle *>(field)->field.memory.write();
  });
}

void irh_rt_field_swap(void *handle, void *a, void *b) {
  guard(handle, [&](Context &) {
    irh::rt::field::swapMemory(static_cast<FieldHandle *>(a)->field,
                               static_cast<FieldHandle *>(b)->field);
  });
}

void irh_rt_field_swap_if(void *handle, void *a, void *b, std::int32_t flag) {
  if (flag != 0)
    irh_rt_field_swap(handle, a, b);
}

void irh_rt_exchange(void *handle, void *fields, std::int64_t numFields) {
  guardLocal(handle, [&](Context &context) {
    context.finishExchanges();
    if (context.comm.size() > 1)
      exchangeAll(context, static_cast<FieldHandle *const *>(fields), numFields);
  });
}

} // extern "C"
