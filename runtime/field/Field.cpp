//===- Field.cpp - stored values on the points of a set ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/field/Field.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace irh::rt::field {

using abi::Element;

/// Doubles of a value; 0 for values that cannot be infinite.
static std::int64_t numDoubles(Element element) {
  return element == Element::Real ? 1 : element == Element::Complex ? 2 : 0;
}

static void poisonCopies([[maybe_unused]] Field &field) {
#ifndef NDEBUG
  const std::int64_t doubles = numDoubles(field.element) * field.numColumns;
  std::fill(field.values<double>() + doubles * field.set->numOwned,
            field.values<double>() + doubles * field.set->numLocal,
            std::numeric_limits<double>::quiet_NaN());
#endif
}

Field makeField(const partition::LocalSet &set, Element element, std::int32_t numColumns) {
  const auto numLocal = static_cast<std::size_t>(set.numLocal);
  const auto columns = static_cast<std::size_t>(numColumns);
  Field field{&set, element, Storage(numLocal * columns * sizeOf(element)), numColumns};
  poisonCopies(field);
  return field;
}

void swapMemory(Field &a, Field &b) {
  assert(a.set == b.set && a.element == b.element && "only fields of one kind can change memory");
  std::swap(a.memory, b.memory);
}

namespace {

/// The owned points of one rank on their way to rank 0.
struct Parcel {
  std::vector<std::int64_t> globalIds;
  std::vector<std::byte> values;
};

Parcel packOwned(const Field &field) {
  const auto numOwned = static_cast<std::size_t>(field.set->numOwned);
  const auto idsBegin = field.set->globalIds.begin();
  const std::byte *values = field.memory.read();
  return {{idsBegin, idsBegin + field.set->numOwned},
          {values, values + numOwned * sizeOf(field.element)}};
}

Parcel receiveParcel(const Field &field, Communicator &comm, int peer) {
  std::int64_t numOwned = 0;
  comm.receive(peer, std::as_writable_bytes(std::span(&numOwned, 1)));
  Parcel parcel;
  parcel.globalIds.resize(static_cast<std::size_t>(numOwned));
  parcel.values.resize(parcel.globalIds.size() * sizeOf(field.element));
  comm.receive(peer, std::as_writable_bytes(std::span(parcel.globalIds)));
  comm.receive(peer, parcel.values);
  return parcel;
}

} // namespace

std::vector<std::byte> gather(const Field &field, Communicator &comm) {
  if (comm.rank() != 0) {
    const Parcel mine = packOwned(field);
    comm.send(0, std::as_bytes(std::span(&field.set->numOwned, 1)));
    comm.send(0, std::as_bytes(std::span(mine.globalIds)));
    comm.send(0, mine.values);
    return {};
  }
  const std::size_t size = sizeOf(field.element);
  std::vector<std::byte> all(static_cast<std::size_t>(field.set->numGlobal) * size);
  for (int peer = 0; peer < comm.size(); ++peer) {
    const Parcel parcel = peer == 0 ? packOwned(field) : receiveParcel(field, comm, peer);
    for (std::size_t i = 0; i < parcel.globalIds.size(); ++i)
      std::memcpy(all.data() + static_cast<std::size_t>(parcel.globalIds[i]) * size,
                  parcel.values.data() + i * size, size);
  }
  return all;
}

static void pick(std::span<const std::byte> all, std::span<const std::int64_t> globalIds,
                 std::span<std::byte> values) {
  const std::size_t size = globalIds.empty() ? 0 : values.size() / globalIds.size();
  for (std::size_t i = 0; i < globalIds.size(); ++i)
    std::memcpy(values.data() + i * size,
                all.data() + static_cast<std::size_t>(globalIds[i]) * size, size);
}

void scatter(std::span<const std::byte> all, Field &field, Communicator &comm) {
  const std::span<const std::int64_t> mine = field.set->globalIds;
  const std::span<std::byte> values(field.memory.overwrite(), mine.size() * sizeOf(field.element));
  if (comm.rank() != 0) {
    comm.send(0, std::as_bytes(std::span(&field.set->numLocal, 1)));
    comm.send(0, std::as_bytes(mine));
    comm.receive(0, values);
    return;
  }
  pick(all, mine, values);
  for (int peer = 1; peer < comm.size(); ++peer) {
    std::int64_t numLocal = 0;
    comm.receive(peer, std::as_writable_bytes(std::span(&numLocal, 1)));
    std::vector<std::int64_t> theirs(static_cast<std::size_t>(numLocal));
    comm.receive(peer, std::as_writable_bytes(std::span(theirs)));
    std::vector<std::byte> parcel(theirs.size() * sizeOf(field.element));
    pick(all, theirs, parcel);
    comm.send(peer, parcel);
  }
}

std::optional<std::int64_t> findNotFinite(const Field &field) {
  const std::int64_t doubles = numDoubles(field.element);
  const auto *values = field.values<double>();
  std::optional<std::int64_t> least;
  for (std::int64_t i = 0; i < doubles * field.set->numOwned; ++i) {
    const std::int64_t id = field.set->globalIds[static_cast<std::size_t>(i / doubles)];
    if (!std::isfinite(values[i]) && (!least || id < *least))
      least = id;
  }
  return least;
}

} // namespace irh::rt::field
