//===- ThreadTeamTest.cpp - threads that share the chunks of a loop ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/ThreadTeam.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

using irh::rt::ThreadTeam;
using irh::rt::WaitPolicy;

// Plain integers: a chunk that ran twice at once would also be a race for a sanitizer to see.
TEST(ThreadTeamTest, EveryChunkRunsOnce) {
  for (const int numThreads : {1, 2, 3, 8})
    for (const std::int64_t numChunks : {0, 1, 2, 7, 1000}) {
      ThreadTeam team(numThreads);
      std::vector<int> runs(static_cast<std::size_t>(numChunks));
      team.parallelFor(numChunks, [&](std::int64_t chunk, int thread) {
        ASSERT_GE(thread, 0);
        ASSERT_LT(thread, numThreads);
        ++runs[static_cast<std::size_t>(chunk)];
      });
      EXPECT_EQ(runs, std::vector<int>(static_cast<std::size_t>(numChunks), 1));
    }
}

// What a loop wrote is there for the next one and for the caller, ten thousand times over.
TEST(ThreadTeamTest, LoopsFollowEachOther) {
  for (const WaitPolicy policy : {WaitPolicy::SpinThenSleep, WaitPolicy::Sleep}) {
    constexpr int kNumLoops = 5000;
    ThreadTeam team(3, policy);
    std::vector<std::int64_t> counts(17);
    for (int loop = 0; loop < kNumLoops; ++loop) {
      team.parallelFor(17, [&](std::int64_t chunk, int) {
        EXPECT_EQ(counts[static_cast<std::size_t>(chunk)], loop);
        ++counts[static_cast<std::size_t>(chunk)];
      });
      ASSERT_EQ(counts[static_cast<std::size_t>(loop % 17)], loop + 1);
    }
  }
}

TEST(ThreadTeamTest, ATeamThatNeverWorkedEnds) { ThreadTeam team(4); }
