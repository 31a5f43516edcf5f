//===- LocalWorldTest.cpp - ranks as threads of one process -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/LocalWorld.h"
#include "runtime/core/AllToAll.h"
#include "runtime/core/Error.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstring>
#include <string>
#include <vector>

using namespace irh::rt;

static void sendInt(Communicator &comm, int peer, int value) {
  comm.send(peer, std::as_bytes(std::span(&value, 1)));
}

static int receiveInt(Communicator &comm, int peer) {
  int value = 0;
  comm.receive(peer, std::as_writable_bytes(std::span(&value, 1)));
  return value;
}

static void addInts(std::byte *into, const std::byte *from, std::size_t) {
  int a = 0;
  int b = 0;
  std::memcpy(&a, into, sizeof a);
  std::memcpy(&b, from, sizeof b);
  a += b;
  std::memcpy(into, &a, sizeof a);
}

TEST(LocalWorldTest, MessagesOfOneSenderKeepTheirOrder) {
  runLocalWorld(3, [](Communicator &comm) {
    for (int i = 0; i < 100; ++i)
      sendInt(comm, (comm.rank() + 1) % 3, 1000 * comm.rank() + i);
    const int left = (comm.rank() + 2) % 3;
    for (int i = 0; i < 100; ++i)
      ASSERT_EQ(receiveInt(comm, left), 1000 * left + i);
  });
}

TEST(LocalWorldTest, AllreduceGivesEveryRankTheWhole) {
  for (const int numRanks : {1, 2, 3, 5, 8, 13})
    runLocalWorld(numRanks, [&](Communicator &comm) {
      for (int round = 0; round < 20; ++round) {
        int sum = comm.rank() + round;
        comm.allreduce(std::as_writable_bytes(std::span(&sum, 1)), addInts);
        ASSERT_EQ(sum, numRanks * (numRanks - 1) / 2 + numRanks * round);
        ASSERT_EQ(comm.least(100 - comm.rank()), 101 - numRanks);
      }
    });
}

TEST(LocalWorldTest, EachRankHearsFromEachOther) {
  for (const int numRanks : {1, 2, 5})
    runLocalWorld(numRanks, [&](Communicator &comm) {
      // To rank r as many numbers as r, none to rank 0.
      std::vector<std::vector<int>> outgoing(static_cast<std::size_t>(numRanks));
      for (int rank = 0; rank < numRanks; ++rank)
        outgoing[static_cast<std::size_t>(rank)].assign(static_cast<std::size_t>(rank),
                                                        100 * comm.rank() + rank);
      const auto incoming = allToAll(outgoing, comm);
      for (int rank = 0; rank < numRanks; ++rank)
        ASSERT_EQ(
            incoming[static_cast<std::size_t>(rank)],
            std::vector<int>(static_cast<std::size_t>(comm.rank()), 100 * rank + comm.rank()));
      for (const std::vector<int> &sent : outgoing)
        ASSERT_TRUE(sent.empty());
    });
}

TEST(LocalWorldTest, SumsAndLists) {
  for (const int numRanks : {1, 3})
    runLocalWorld(numRanks, [&](Communicator &comm) {
      std::vector<std::int64_t> ranks;
      for (int rank = 0; rank < numRanks; ++rank)
        ranks.push_back(10 * rank);
      ASSERT_EQ(comm.gather(10 * comm.rank()), ranks);
      for (const std::size_t size : {0, 1, 300001}) { // more than a piece
        std::vector<std::int32_t> values(size);
        for (std::size_t i = 0; i < size; ++i)
          values[i] = static_cast<std::int32_t>(i) + comm.rank();
        comm.addUp(values);
        for (std::size_t i = 0; i < size; ++i)
          ASSERT_EQ(values[i],
                    numRanks * static_cast<std::int32_t>(i) + numRanks * (numRanks - 1) / 2);
      }
    });
}

TEST(LocalWorldTest, NobodyPassesABarrierBeforeAllHaveReachedIt) {
  std::atomic<int> numArrived{0};
  runLocalWorld(5, [&](Communicator &comm) {
    for (int round = 1; round <= 50; ++round) {
      ++numArrived;
      comm.barrier();
      ASSERT_GE(numArrived.load(), 5 * round);
      comm.barrier();
    }
  });
}

// Ranks that wait for one that failed are woken, and its failure is the one reported.
TEST(LocalWorldTest, AFailureAbortsTheOthersAndIsTheOneReported) {
  for (const int failing : {0, 1, 4}) {
    std::atomic<int> numAborted{0};
    try {
      runLocalWorld(5, [&](Communicator &comm) {
        if (comm.rank() == failing)
          throw invalid("rank " + std::to_string(failing));
        try {
          receiveInt(comm, failing);
        } catch (const Error &error) {
          numAborted += error.code == ErrorCode::Aborted;
          throw;
        }
      });
      FAIL() << "the failure is lost";
    } catch (const Error &error) {
      EXPECT_EQ(error.code, ErrorCode::InvalidArgument);
      EXPECT_EQ(error.what(), "rank " + std::to_string(failing));
    }
    EXPECT_EQ(numAborted.load(), 4);
  }
}

TEST(LocalWorldTest, WhatARankSentBeforeItEndedIsStillThere) {
  EXPECT_THROW(runLocalWorld(2,
                             [](Communicator &comm) {
                               if (comm.rank() == 1)
                                 return sendInt(comm, 0, 7);
                               EXPECT_EQ(receiveInt(comm, 1), 7);
                               receiveInt(comm, 1);
                             }),
               Error);
}

TEST(LocalWorldTest, AMessageOfAnotherSizeIsAnError) {
  EXPECT_THROW(runLocalWorld(2,
                             [](Communicator &comm) {
                               if (comm.rank() == 0)
                                 return sendInt(comm, 1, 7);
                               std::array<std::byte, 3> tooShort;
                               comm.receive(0, tooShort);
                             }),
               Error);
}

TEST(LocalWorldTest, OneRankCanDoWithoutMessages) {
  SerialCommunicator comm;
  comm.barrier();
  EXPECT_EQ(comm.least(7), 7);
  EXPECT_THROW(comm.send(0, {}), Error);
}
