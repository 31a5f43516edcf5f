//===- Draws.h - random numbers as a pure function of their key -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_RANDOM_DRAWS_H
#define IRH_RUNTIME_RANDOM_DRAWS_H

#include <array>
#include <cstdint>
#include <string_view>

namespace irh::rt::random {

/// One call of a random function in a model: the run's seed, and the stream's name as a number.
struct Stream {
  std::uint64_t seed;
  std::uint64_t name;
};

/// Which draw of a stream. A node's (a, b) is (global id, 0); an edge's is (smaller end, larger
/// end), with its ordinal among parallel edges.
struct Key {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  std::uint32_t ordinal = 0;
  std::uint32_t slot = 0;
  std::uint64_t step = 0;
};

using Words = std::array<std::uint64_t, 4>;

/// 64-bit FNV-1a. Source: Fowler, Noll, Vo, RFC 9923, offset 0xcbf29ce484222325, prime 2^40 +
/// 0x1b3.
constexpr std::uint64_t hashName(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char letter : name)
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3u;
  return hash;
}

constexpr Stream makeStream(std::uint64_t seed, std::string_view name) {
  return {seed, hashName(name)};
}

/// 256 random bits.
///
/// Cost         about 10 ns; no state.
/// Determinism  a pure function of its arguments: Philox4x64-10 with the counter
///              (a, b, ordinal * 2^32 + slot, step) and the key (seed, name).
/// Source       J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11.
Words draw(const Stream &stream, const Key &key);

/// In [0, 1), a multiple of 2^-53, from word 0.
constexpr double uniform(const Words &words) {
  return static_cast<double>(words[0] >> 11) * 0x1p-53;
}

/// Mean 0, deviation 1; from words 0 and 1. At most 8.6 deviations out: word 0 gives 2^53 radii.
///
/// Source       G. Box and M. Muller, Ann. Math. Stat. 29(2), 1958, the cosine of eq. 2.
double normal(const Words &words);

} // namespace irh::rt::random

#endif // IRH_RUNTIME_RANDOM_DRAWS_H
