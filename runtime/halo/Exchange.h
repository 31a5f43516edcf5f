//===- Exchange.h - fresh ghosts --------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_HALO_EXCHANGE_H
#define IRH_RUNTIME_HALO_EXCHANGE_H

#include "runtime/core/Communicator.h"
#include "runtime/field/Field.h"
#include "runtime/halo/DeviceHalo.h"
#include "runtime/partition/LocalNetwork.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

namespace irh::rt::halo {

/// What one rank sends.
struct Volume {
  std::int64_t numMessages = 0;
  std::int64_t numBytes = 0;

  Volume &operator+=(const Volume &more) {
    numMessages += more.numMessages;
    numBytes += more.numBytes;
    return *this;
  }
};

/// Exchanges the copies of one network. Channels are opened for each kind of exchange, and stay.
class Exchanger {
public:
  explicit Exchanger(const partition::LocalNetwork &network) : network(&network) {}

  /// Overwrites every copy (ghost node, cut edge) in `fields` with the value its owner holds. The
  /// values are those at the start; owned points may change before the end, copies may not be read.
  /// Between the two no other message may be awaited.
  ///
  /// Collective   over `comm`, with the same fields in the same order on every rank.
  /// Shape        fields live on the nodes or edges of this network.
  /// Cost         one message each way for each neighboring rank, whatever the number of fields;
  ///              nothing on one rank. Allocates when no exchange before had values of these sizes.
  /// Determinism  bitwise: values are copied.
  /// Errors       Aborted, std::bad_alloc.
  /// Source       owner/copy ("root/leaf") formulation: J. Zhang et al., "The PetscSF Scalable
  ///              Communication Layer", IEEE TPDS 33(4), 2022.
  void start(std::span<field::Field *const> fields, Communicator &comm);
  void finish(); ///< Of what was started, if anything was.

  /// What this rank sends in such an exchange. Not collective.
  Volume volumeOf(std::span<field::Field *const> fields) const;

private:
  /// Bytes of a point's values.
  struct Sizes {
    std::size_t ofNode = 0;
    std::size_t ofEdge = 0;
    friend bool operator==(const Sizes &, const Sizes &) = default;
  };
  static Sizes sizesOf(std::span<field::Field *const> fields);
  static std::size_t sentBytes(Sizes sizes, const partition::Neighbor &neighbor);
  static std::size_t receivedBytes(Sizes sizes, const partition::Neighbor &neighbor);

  /// Channels for exchanges of one kind, one for each neighbor; null where nothing goes.
  struct Route {
    Sizes sizes;
    std::vector<std::unique_ptr<Channel>> outgoing;
    std::vector<std::unique_ptr<Channel>> incoming;
  };
  Route &routeFor(Sizes sizes, Communicator &comm);

  void pack(field::Field &field, const Points &points, std::span<std::byte> message);
  void unpack(field::Field &field, const Points &points, std::span<const std::byte> message);

  const partition::LocalNetwork *network;
  DeviceHalo onDevice;
  std::deque<Route> routes;
  Route *atWork = nullptr;
  std::vector<field::Field *> underWay;
};

} // namespace irh::rt::halo

#endif // IRH_RUNTIME_HALO_EXCHANGE_H
