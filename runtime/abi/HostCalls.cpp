//===- HostCalls.cpp - fields from and to the program around a run ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/graph/UserOrder.h"
#include "runtime/program/Host.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

using irh::abi::Element;
using irh::abi::guard;
using irh::abi::guardEffect;
using irh::abi::SetKind;
using irh::rt::field::Field;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;

/// By the user's position: the point there; empty where that is the order of global ids.
static std::vector<std::int64_t> pointsInUserOrder(const FieldHandle &handle) {
  if (handle.field.set->kind == SetKind::Nodes)
    return {};
  return edgesInUserOrder(handle.set.network->whole);
}

/// From the user's order to that of global ids.
static std::vector<std::byte> sortByPoint(std::span<const std::byte> values, std::size_t size,
                                          const std::vector<std::int64_t> &points) {
  std::vector<std::byte> sorted(values.begin(), values.end());
  for (std::size_t i = 0; i < points.size(); ++i)
    std::memcpy(sorted.data() + static_cast<std::size_t>(points[i]) * size,
                values.data() + i * size, size);
  return sorted;
}

/// The other way.
static std::vector<std::byte> sortByUser(std::vector<std::byte> values, std::size_t size,
                                         const std::vector<std::int64_t> &points) {
  std::vector<std::byte> sorted = values;
  for (std::size_t i = 0; i < points.size(); ++i)
    std::memcpy(sorted.data() + i * size,
                values.data() + static_cast<std::size_t>(points[i]) * size, size);
  return sorted;
}

static void requireOnePerPoint(const FieldHandle &handle, std::size_t numBytes,
                               const std::string &name) {
  const Field &field = handle.field;
  const auto numPoints = static_cast<std::size_t>(field.set->numGlobal);
  const std::size_t size = irh::rt::field::sizeOf(field.element);
  if (numBytes != numPoints * size)
    throw irh::rt::invalid("`" + name + "` is given " + std::to_string(numBytes / size) +
                           " values, and it has " + std::to_string(numPoints) + " points");
}

/// Local points take their values, copies too. Any byte but 0 is true.
static void replaceValues(FieldHandle &handle, const std::vector<std::byte> &values) {
  Field &field = handle.field;
  const std::size_t size = irh::rt::field::sizeOf(field.element);
  std::byte *const to = field.memory.overwrite();
  for (std::size_t i = 0; i < static_cast<std::size_t>(field.set->numLocal); ++i)
    std::memcpy(to + i * size,
                values.data() + static_cast<std::size_t>(field.set->globalIds[i]) * size, size);
  if (field.element == Element::Bool)
    std::transform(field.values<std::uint8_t>(), field.values<std::uint8_t>() + field.set->numLocal,
                   field.values<std::uint8_t>(),
                   [](std::uint8_t byte) { return byte == 0 ? std::uint8_t(0) : std::uint8_t(1); });
}

extern "C" {

void irh_rt_field_initial(void *handle, void *field, void *name) {
  guardEffect(handle, [&](Context &context) {
    if (!context.host)
      return;
    auto &target = *static_cast<FieldHandle *>(field);
    const std::string fieldName = static_cast<const char *>(name);
    const std::span<const std::byte> values = context.host->initialValues(fieldName);
    if (values.empty())
      return;
    requireOnePerPoint(target, values.size(), fieldName);
    replaceValues(target, sortByPoint(values, irh::rt::field::sizeOf(target.field.element),
                                      pointsInUserOrder(target)));
  });
}

void irh_rt_field_final(void *handle, void *field, void *name) {
  guardEffect(handle, [&](Context &context) {
    if (!context.host)
      return;
    const auto &source = *static_cast<FieldHandle *>(field);
    std::vector<std::byte> values = gather(source.field, context.comm);
    if (context.comm.rank() == 0)
      context.host->takeFinalValues(static_cast<const char *>(name),
                                    sortByUser(std::move(values),
                                               irh::rt::field::sizeOf(source.field.element),
                                               pointsInUserOrder(source)));
  });
}

} // extern "C"
