//===- Checksum.h - a number that tells whether bytes have changed ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_CHECKSUM_H
#define IRH_RUNTIME_CORE_CHECKSUM_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace irh::rt {

/// XXH64 with seed 0 of all bytes added so far, in their order; the pieces do not matter.
///
/// Cost    a few bytes a nanosecond; no memory.
/// Source  Y. Collet, "xxHash fast digest algorithm", specification 0.1.1, 2018.
class Checksum {
public:
  void add(std::span<const std::byte> bytes);
  std::uint64_t value() const;

private:
  static constexpr std::size_t kStripe = 32;

  void addStripe(const std::byte *stripe);

  std::array<std::uint64_t, 4> lanes = {0x60ea27eeadc0b5d6u, 0xc2b2ae3d27d4eb4fu, 0,
                                        0x61c8864e7a143579u};
  std::array<std::byte, kStripe> rest = {}; ///< Not yet a stripe.
  std::size_t numRest = 0;
  std::uint64_t numBytes = 0;
};

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_CHECKSUM_H
