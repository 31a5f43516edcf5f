//===- Exchange.cpp - fresh ghosts ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/halo/Exchange.h"

#include <cstring>

namespace irh::rt::halo {
namespace {

using field::Field;
using partition::Neighbor;
using Points = std::vector<std::int32_t>;

const partition::Traffic &trafficOf(const Field &field, const Neighbor &neighbor) {
  return field.set->kind == abi::SetKind::Nodes ? neighbor.nodes : neighbor.edges;
}

const Points &sentPoints(const Field &field, const Neighbor &neighbor) {
  return trafficOf(field, neighbor).send;
}

const Points &receivedPoints(const Field &field, const Neighbor &neighbor) {
  return trafficOf(field, neighbor).receive;
}

using ChoosePoints = const Points &(*)(const Field &, const Neighbor &);

std::size_t messageSize(std::span<Field *const> fields, const Neighbor &neighbor,
                        ChoosePoints choose) {
  std::size_t size = 0;
  for (const Field *field : fields)
    size += choose(*field, neighbor).size() * field::sizeOf(field->element);
  return size;
}

std::span<std::byte> makeRoom(Array<std::byte> &buffer, std::size_t size) {
  if (buffer.size() < size)
    buffer = Array<std::byte>(size);
  return {buffer.data(), size};
}

/// Calls `visit(value size, points)` where the size is a constant, so that copies are single moves.
template <typename Visit> void withConstantSize(std::size_t size, Visit visit) {
  if (size == 8)
    return visit(std::integral_constant<std::size_t, 8>());
  if (size == 16)
    return visit(std::integral_constant<std::size_t, 16>());
  return visit(std::integral_constant<std::size_t, 1>());
}

std::byte *pack(const Field &field, const Points &points, std::byte *to) {
  const std::byte *const values = field.memory.read();
  withConstantSize(field::sizeOf(field.element), [&](auto size) {
    for (const std::int32_t point : points) {
      std::memcpy(to, values + static_cast<std::size_t>(point) * size, size);
      to += size;
    }
  });
  return to;
}

const std::byte *unpack(Field &field, const Points &points, const std::byte *from) {
  std::byte *const values = field.memory.write();
  withConstantSize(field::sizeOf(field.element), [&](auto size) {
    for (const std::int32_t point : points) {
      std::memcpy(values + static_cast<std::size_t>(point) * size, from, size);
      from += size;
    }
  });
  return from;
}

} // namespace

Volume Exchanger::volumeOf(std::span<Field *const> fields) const {
  Volume volume;
  for (const Neighbor &neighbor : network->neighbors)
    if (const std::size_t size = messageSize(fields, neighbor, sentPoints))
      volume += {1, static_cast<std::int64_t>(size)};
  return volume;
}

void Exchanger::start(std::span<Field *const> fields, Communicator &comm) {
  finish(comm);
  for (std::size_t i = 0; i < incoming.size(); ++i) {
    const Neighbor &neighbor = network->neighbors[i];
    const auto message = makeRoom(incoming[i], messageSize(fields, neighbor, receivedPoints));
    if (!message.empty())
      comm.expect(neighbor.rank, message);
  }
  for (std::size_t i = 0; i < outgoing.size(); ++i) {
    const Neighbor &neighbor = network->neighbors[i];
    const auto message = makeRoom(outgoing[i], messageSize(fields, neighbor, sentPoints));
    std::byte *to = message.data();
    for (const Field *field : fields)
      to = pack(*field, sentPoints(*field, neighbor), to);
    if (!message.empty())
      comm.send(neighbor.rank, message);
  }
  underWay.assign(fields.begin(), fields.end());
}

void Exchanger::finish(Communicator &comm) {
  if (underWay.empty())
    return;
  for (std::size_t i = 0; i < incoming.size(); ++i) {
    const Neighbor &neighbor = network->neighbors[i];
    const std::size_t size = messageSize(underWay, neighbor, receivedPoints);
    if (size != 0)
      comm.receive(neighbor.rank, {incoming[i].data(), size});
    const std::byte *from = incoming[i].data();
    for (Field *field : underWay)
      from = unpack(*field, receivedPoints(*field, neighbor), from);
  }
  underWay.clear();
}

} // namespace irh::rt::halo
