//===- Windows.cpp - the values of a set, a part at a time, on rank 0 -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/save/Windows.h"

#include "runtime/field/Field.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace irh::rt::save {

static constexpr std::int64_t kPointsOfWindow = 65536;

static std::size_t bytesOfPoint(std::span<const Column> columns) {
  std::size_t total = 0;
  for (const Column &column : columns)
    total += field::sizeOf(column.element);
  return total;
}

/// One rank's points of a window: their global ids, then column after column.
struct Windows::Parcel {
  std::vector<std::int64_t> globalIds;
  std::vector<std::byte> values;
};

Windows::Windows(const partition::LocalSet &set) : set(set) {
  const auto owned = std::span(set.globalIds).first(static_cast<std::size_t>(set.numOwned));
  if (std::is_sorted(owned.begin(), owned.end()))
    return;
  order.resize(owned.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
    return owned[static_cast<std::size_t>(a)] < owned[static_cast<std::size_t>(b)];
  });
}

/// This rank's points from `next` to `lastPoint`, which is not among them.
Windows::Parcel Windows::pack(std::span<const Column> columns, std::int64_t lastPoint) {
  const std::size_t first = next;
  Parcel parcel;
  for (; next < static_cast<std::size_t>(set.numOwned); ++next) {
    const std::int64_t id = set.globalIds[static_cast<std::size_t>(pointAt(next))];
    if (id >= lastPoint)
      break;
    parcel.globalIds.push_back(id);
  }
  parcel.values.resize((next - first) * bytesOfPoint(columns));
  std::byte *to = parcel.values.data();
  for (const Column &column : columns)
    for (std::size_t i = first; i < next; ++i, to += field::sizeOf(column.element)) {
      const std::int32_t point = pointAt(i);
      const auto place = static_cast<std::size_t>(column.places ? column.places[point] : point);
      std::memcpy(to, column.values + place * field::sizeOf(column.element),
                  field::sizeOf(column.element));
    }
  return parcel;
}

static void place(std::span<const Column> columns, std::span<const std::int64_t> globalIds,
                  const std::byte *from, Window &window) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    for (const std::int64_t id : globalIds) {
      const std::size_t size = field::sizeOf(columns[i].element);
      std::memcpy(window.columns[i].data() +
                      static_cast<std::size_t>(id - window.firstPoint) * size,
                  from, size);
      from += size;
    }
}

static Window makeWindow(std::span<const Column> columns, std::int64_t firstPoint,
                         std::int64_t numPoints) {
  Window window{.firstPoint = firstPoint, .numPoints = numPoints, .columns = {}};
  for (const Column &column : columns)
    window.columns.emplace_back(static_cast<std::size_t>(numPoints) *
                                field::sizeOf(column.element));
  return window;
}

void Windows::forEach(std::span<const Column> columns, Communicator &comm,
                      const std::function<void(const Window &)> &body) {
  next = 0;
  std::int64_t first = 0;
  do {
    const std::int64_t last = std::min(first + kPointsOfWindow, set.numGlobal);
    Parcel parcel = pack(columns, last);
    if (comm.rank() != 0) {
      const auto count = static_cast<std::int64_t>(parcel.globalIds.size());
      comm.send(0, std::as_bytes(std::span(&count, 1)));
      comm.send(0, std::as_bytes(std::span(parcel.globalIds)));
      comm.send(0, parcel.values);
    } else {
      Window window = makeWindow(columns, first, last - first);
      place(columns, parcel.globalIds, parcel.values.data(), window);
      for (int peer = 1; peer < comm.size(); ++peer) {
        std::int64_t count = 0;
        comm.receive(peer, std::as_writable_bytes(std::span(&count, 1)));
        parcel.globalIds.resize(static_cast<std::size_t>(count));
        parcel.values.resize(parcel.globalIds.size() * bytesOfPoint(columns));
        comm.receive(peer, std::as_writable_bytes(std::span(parcel.globalIds)));
        comm.receive(peer, parcel.values);
        place(columns, parcel.globalIds, parcel.values.data(), window);
      }
      body(window);
    }
    comm.barrier(); // or messages of all windows would wait at rank 0
    first = last;
  } while (first < set.numGlobal);
}

} // namespace irh::rt::save
