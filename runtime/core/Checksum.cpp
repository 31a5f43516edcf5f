//===- Checksum.cpp - a number that tells whether bytes have changed --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Checksum.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace irh::rt {

// Section 3 of the specification.
static constexpr std::uint64_t kPrime1 = 0x9e3779b185ebca87u;
static constexpr std::uint64_t kPrime2 = 0xc2b2ae3d27d4eb4fu;
static constexpr std::uint64_t kPrime3 = 0x165667b19e3779f9u;
static constexpr std::uint64_t kPrime4 = 0x85ebca77c2b2ae63u;
static constexpr std::uint64_t kPrime5 = 0x27d4eb2f165667c5u;

template <typename T> static T load(const std::byte *bytes) {
  static_assert(std::endian::native == std::endian::little, "files are little-endian");
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

static std::uint64_t mixIn(std::uint64_t lane, std::uint64_t input) {
  return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

void Checksum::addStripe(const std::byte *stripe) {
  for (std::size_t i = 0; i < lanes.size(); ++i)
    lanes[i] = mixIn(lanes[i], load<std::uint64_t>(stripe + 8 * i));
}

void Checksum::add(std::span<const std::byte> bytes) {
  numBytes += bytes.size();
  if (numRest != 0) {
    const std::size_t count = std::min(kStripe - numRest, bytes.size());
    std::copy_n(bytes.begin(), count, rest.begin() + static_cast<std::ptrdiff_t>(numRest));
    numRest += count;
    bytes = bytes.subspan(count);
    if (numRest < kStripe)
      return;
    addStripe(rest.data());
    numRest = 0;
  }
  for (; bytes.size() >= kStripe; bytes = bytes.subspan(kStripe))
    addStripe(bytes.data());
  std::copy(bytes.begin(), bytes.end(), rest.begin());
  numRest = bytes.size();
}

static std::uint64_t mergeLanes(const std::array<std::uint64_t, 4> &lanes) {
  std::uint64_t sum = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) +
                      std::rotl(lanes[3], 18);
  for (const std::uint64_t lane : lanes)
    sum = (sum ^ mixIn(0, lane)) * kPrime1 + kPrime4;
  return sum;
}

static std::uint64_t addRest(std::uint64_t sum, const std::byte *rest, std::size_t size) {
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8)
    sum = std::rotl(sum ^ mixIn(0, load<std::uint64_t>(rest + i)), 27) * kPrime1 + kPrime4;
  for (; i + 4 <= size; i += 4)
    sum = std::rotl(sum ^ load<std::uint32_t>(rest + i) * kPrime1, 23) * kPrime2 + kPrime3;
  for (; i < size; ++i)
    sum = std::rotl(sum ^ load<std::uint8_t>(rest + i) * kPrime5, 11) * kPrime1;
  return sum;
}

std::uint64_t Checksum::value() const {
  std::uint64_t sum = (numBytes >= kStripe ? mergeLanes(lanes) : kPrime5) + numBytes;
  sum = addRest(sum, rest.data(), numRest);
  sum = (sum ^ (sum >> 33)) * kPrime2;
  sum = (sum ^ (sum >> 29)) * kPrime3;
  return sum ^ (sum >> 32);
}

} // namespace irh::rt
