//===- FileLayout.h - what writer and reader of checkpoints share -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CHECKPOINT_FILELAYOUT_H
#define IRH_RUNTIME_CHECKPOINT_FILELAYOUT_H

#include "runtime/checkpoint/CheckpointFile.h"

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>

namespace irh::rt::checkpoint {

inline constexpr std::array<char, 8> kMagic = {'i', 'r', 'h', 'c', 'k', 'p', 't', '\n'};

/// The first bytes of a file, as they stand there.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t zero = 0;
  std::uint64_t numContentBytes = 0;
  std::uint64_t numValueBytes = 0;
};
static_assert(sizeof(Header) == 32 && std::is_trivially_copyable_v<Header>);

inline constexpr std::uint64_t kChecksumBytes = 8; ///< After everything else.

/// Where a checkpoint is written before it takes its place.
inline std::string temporaryOf(const std::string &path) { return path + ".part"; }

} // namespace irh::rt::checkpoint

#endif // IRH_RUNTIME_CHECKPOINT_FILELAYOUT_H
