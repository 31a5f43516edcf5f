//===- Exchange.cpp - fresh ghosts ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/halo/Exchange.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace irh::rt::halo {
namespace {

using field::Field;
using partition::Neighbor;

const partition::Traffic &trafficOf(const Field &field, const Neighbor &neighbor) {
  return field.set->kind == abi::SetKind::Nodes ? neighbor.nodes : neighbor.edges;
}

const Points &sentPoints(const Field &field, const Neighbor &neighbor) {
  return trafficOf(field, neighbor).send;
}

const Points &receivedPoints(const Field &field, const Neighbor &neighbor) {
  return trafficOf(field, neighbor).receive;
}

/// Calls `visit(value size)` where the usual sizes are constants, so that copies are single moves.
template <typename Visit> void withConstantSize(std::size_t size, Visit visit) {
  if (size == 8)
    return visit(std::integral_constant<std::size_t, 8>());
  if (size == 16)
    return visit(std::integral_constant<std::size_t, 16>());
  if (size == 1)
    return visit(std::integral_constant<std::size_t, 1>());
  return visit(size);
}

std::size_t bytesOf(const Field &field, const Points &points) {
  return points.size() * field.bytesOfPoint();
}

} // namespace

void Exchanger::pack(Field &field, const Points &points, std::span<std::byte> message) {
  if (DeviceHalo::has(field))
    return onDevice.pack(field, points, message);
  const std::byte *const values = field.memory.read();
  std::byte *to = message.data();
  withConstantSize(field.bytesOfPoint(), [&](auto size) {
    for (const std::int32_t point : points) {
      std::memcpy(to, values + static_cast<std::size_t>(point) * size, size);
      to += size;
    }
  });
}

void Exchanger::unpack(Field &field, const Points &points, std::span<const std::byte> message) {
  if (DeviceHalo::has(field))
    return onDevice.unpack(field, points, message);
  std::byte *const values = field.memory.write();
  const std::byte *from = message.data();
  withConstantSize(field.bytesOfPoint(), [&](auto size) {
    for (const std::int32_t point : points) {
      std::memcpy(values + static_cast<std::size_t>(point) * size, from, size);
      from += size;
    }
  });
}

Exchanger::Sizes Exchanger::sizesOf(std::span<Field *const> fields) {
  Sizes sizes;
  for (const Field *field : fields)
    (field->set->kind == abi::SetKind::Nodes ? sizes.ofNode : sizes.ofEdge) +=
        field->bytesOfPoint();
  return sizes;
}

Volume Exchanger::volumeOf(std::span<Field *const> fields) const {
  const Sizes sizes = sizesOf(fields);
  Volume volume;
  for (const Neighbor &neighbor : network->neighbors)
    if (const std::size_t size = sentBytes(sizes, neighbor))
      volume += {1, static_cast<std::int64_t>(size)};
  return volume;
}

std::size_t Exchanger::sentBytes(Sizes sizes, const Neighbor &neighbor) {
  return sizes.ofNode * neighbor.nodes.send.size() + sizes.ofEdge * neighbor.edges.send.size();
}

std::size_t Exchanger::receivedBytes(Sizes sizes, const Neighbor &neighbor) {
  return sizes.ofNode * neighbor.nodes.receive.size() +
         sizes.ofEdge * neighbor.edges.receive.size();
}

Exchanger::Route &Exchanger::routeFor(Sizes sizes, Communicator &comm) {
  const auto known = std::find_if(routes.begin(), routes.end(),
                                  [&](const Route &route) { return route.sizes == sizes; });
  if (known != routes.end())
    return *known;
  Route route{.sizes = sizes, .outgoing = {}, .incoming = {}};
  for (const Neighbor &neighbor : network->neighbors) {
    const std::size_t sent = sentBytes(sizes, neighbor);
    const std::size_t received = receivedBytes(sizes, neighbor);
    route.outgoing.push_back(sent == 0 ? nullptr : comm.openSend(neighbor.rank, sent));
    route.incoming.push_back(received == 0 ? nullptr : comm.openReceive(neighbor.rank, received));
  }
  return routes.emplace_back(std::move(route));
}

void Exchanger::start(std::span<Field *const> fields, Communicator &comm) {
  finish();
  Route &route = routeFor(sizesOf(fields), comm);
  for (const std::unique_ptr<Channel> &channel : route.incoming)
    if (channel)
      channel->start();
  for (std::size_t i = 0; i < route.outgoing.size(); ++i) {
    Channel *const channel = route.outgoing[i].get();
    if (!channel)
      continue;
    channel->finish();
    std::span<std::byte> rest = channel->memory();
    for (Field *field : fields) {
      const Points &points = sentPoints(*field, network->neighbors[i]);
      const std::size_t size = bytesOf(*field, points);
      pack(*field, points, rest.first(size));
      rest = rest.subspan(size);
    }
    channel->start();
  }
  atWork = &route;
  underWay.assign(fields.begin(), fields.end());
}

void Exchanger::finish() {
  if (underWay.empty())
    return;
  for (std::size_t i = 0; i < atWork->incoming.size(); ++i) {
    Channel *const channel = atWork->incoming[i].get();
    if (!channel)
      continue;
    channel->finish();
    std::span<const std::byte> rest = channel->memory();
    for (Field *field : underWay) {
      const Points &points = receivedPoints(*field, network->neighbors[i]);
      const std::size_t size = bytesOf(*field, points);
      unpack(*field, points, rest.first(size));
      rest = rest.subspan(size);
    }
  }
  underWay.clear();
}

} // namespace irh::rt::halo
