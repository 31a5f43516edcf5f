//===- FieldCalls.cpp - fields, their first values, their ghosts ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/random/Draws.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using irh::abi::Element;
using irh::abi::guard;
using irh::abi::SetKind;
using irh::abi::Standard;
using irh::rt::field::Field;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;
using irh::rt::program::NetworkPart;
using irh::rt::program::SetHandle;
namespace graph = irh::rt::graph;
namespace draws = irh::rt::random;

static FieldHandle &makeField(Context &context, const SetHandle &set, Element element) {
  return context.fields.emplace_back(set, irh::rt::field::makeField(*set.points, element));
}

/// Copies the local points' entries of a column, which is by global id, to every `stride`-th value.
template <typename To, typename From>
static void scatter(Field &field, const std::vector<From> &column, std::int64_t stride = 1) {
  for (std::int64_t i = 0; i < field.set->numLocal; ++i) {
    const std::int64_t id = field.set->globalIds[static_cast<std::size_t>(i)];
    field.values<To>()[i * stride] = static_cast<To>(column[static_cast<std::size_t>(id)]);
  }
}

/// A bool's column holds 0 and 1.
static void requireBools(const std::vector<std::int64_t> &column, const std::string &name) {
  for (const std::int64_t value : column)
    if (value != 0 && value != 1)
      throw irh::rt::invalid("column `" + name + "` holds " + std::to_string(value) +
                             ", but a bool is 0 or 1");
}

static void fillFromColumn(FieldHandle &handle, const std::string &name) {
  const graph::Network &network = handle.set.network->whole;
  Field &field = handle.field;
  const bool isOnNodes = field.set->kind == SetKind::Nodes;
  if (field.element == Element::Real || field.element == Element::Complex) {
    std::fill(field.memory.begin(), field.memory.end(), std::byte{});
    scatter<double>(field, isOnNodes ? nodeReals(network, name) : edgeReals(network, name),
                    field.element == Element::Complex ? 2 : 1);
    return;
  }
  const std::vector<std::int64_t> column =
      isOnNodes ? nodeInts(network, name) : edgeInts(network, name);
  if (field.element == Element::Int)
    return scatter<std::int64_t>(field, column);
  requireBools(column, name);
  scatter<std::uint8_t>(field, column);
}

static draws::Key keyOf(const FieldHandle &handle, std::int64_t point) {
  const Field &field = handle.field;
  const std::int64_t id = field.set->globalIds[static_cast<std::size_t>(point)];
  if (field.set->kind == SetKind::Nodes)
    return {.a = static_cast<std::uint64_t>(id)};
  const graph::Edge &edge = handle.set.network->whole.edges[static_cast<std::size_t>(id)];
  return {.a = static_cast<std::uint64_t>(edge.src), .b = static_cast<std::uint64_t>(edge.dst)};
}

static void fillWithDraws(Context &context, FieldHandle &handle, Standard kind,
                          const draws::Stream &stream) {
  constexpr std::int64_t kChunk = 1024;
  const std::int64_t numLocal = handle.field.set->numLocal;
  auto *values = handle.field.values<double>();
  context.team.parallelFor((numLocal + kChunk - 1) / kChunk, [&](std::int64_t chunk, int) {
    for (std::int64_t i = chunk * kChunk; i < std::min((chunk + 1) * kChunk, numLocal); ++i) {
      const draws::Words words = draws::draw(stream, keyOf(handle, i));
      values[i] = kind == Standard::Uniform ? draws::uniform(words) : draws::normal(words);
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
    if (!context.exchanged.empty())
      network.exchanger.exchange(context.exchanged, context.comm);
  }
}

extern "C" {

void *irh_rt_field(void *handle, void *set, std::int32_t element) {
  return guard(handle, [&](Context &context) -> void * {
    return &makeField(context, *static_cast<SetHandle *>(set), static_cast<Element>(element));
  });
}

void *irh_rt_field_column(void *handle, void *set, std::int32_t element, void *column) {
  return guard(handle, [&](Context &context) -> void * {
    FieldHandle &field =
        makeField(context, *static_cast<SetHandle *>(set), static_cast<Element>(element));
    fillFromColumn(field, static_cast<const char *>(column));
    return &field;
  });
}

void *irh_rt_field_draw(void *handle, void *set, std::int32_t kind, void *stream) {
  return guard(handle, [&](Context &context) -> void * {
    FieldHandle &field = makeField(context, *static_cast<SetHandle *>(set), Element::Real);
    fillWithDraws(context, field, static_cast<Standard>(kind),
                  draws::makeStream(context.seed, static_cast<const char *>(stream)));
    return &field;
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
  return guard(handle, [&](Context &) -> void * {
    return static_cast<FieldHandle *>(field)->field.memory.data();
  });
}

void irh_rt_field_swap(void *handle, void *a, void *b) {
  guard(handle, [&](Context &) {
    irh::rt::field::swapMemory(static_cast<FieldHandle *>(a)->field,
                               static_cast<FieldHandle *>(b)->field);
  });
}

void irh_rt_exchange(void *handle, void *fields, std::int64_t numFields) {
  guard(handle, [&](Context &context) {
    if (context.comm.size() > 1)
      exchangeAll(context, static_cast<FieldHandle *const *>(fields), numFields);
  });
}

} // extern "C"
