//===- Messages.h - what the processes of one mpirun tell each other --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Private to runtime/mpi.

#ifndef IRH_RUNTIME_MPI_MESSAGES_H
#define IRH_RUNTIME_MPI_MESSAGES_H

#include "runtime/core/Communicator.h"
#include "runtime/mpi/MpiLibrary.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace irh::rt::mpi {

/// Of the messages that run beside the data.
enum Control : int {
  kAbort = 1,   ///< Every later or waiting call fails.
  kEnd = 2,     ///< The sender sends no data any more.
  kOutcome = 3, ///< To rank 0, at the end.
  kVerdict = 4  ///< From rank 0, at the end: the exit code.
};

/// The communicator of MPI's world. Data and control have one of their own each, so that the news
/// of a failure passes by data that nobody takes.
class Messages final : public Communicator {
public:
  /// Starts MPI. A rank that has a core spins for a while before it offers it to others.
  explicit Messages(bool hasCore);
  ~Messages() override;

  int rank() const override { return me; }
  int size() const override { return numRanks; }
  void send(int peer, std::span<const std::byte> message) override;
  void receive(int peer, std::span<std::byte> message) override;
  std::unique_ptr<Channel> openSend(int peer, std::size_t size) override;
  std::unique_ptr<Channel> openReceive(int peer, std::size_t size) override;
  void abort() noexcept override;
  bool isAborted() noexcept override;

  void tellOthers(Control what);
  void sendControl(int peer, Control what, std::span<const std::byte> message);
  /// Waits for a message of this kind from any rank, and gives its sender and bytes.
  std::pair<int, std::vector<std::byte>> awaitControl(Control what);

private:
  class Repeated;
  class RepeatedSend;
  class RepeatedReceive;

  /// A message on its way, with its memory, which goes back to the spare ones.
  struct Sending {
    MPI_Request request;
    std::vector<std::byte> data;
  };

  void throwIfAborted() const;
  void sendPiece(int peer, std::span<const std::byte> piece);
  void reuseDelivered();
  std::optional<MPI_Status> await(MPI_Request &request, int peer);
  void awaitArrival(MPI_Request &request, int peer, std::size_t size);
  [[noreturn]] void fail() const;
  MPI_Status cancel(MPI_Request &request) noexcept;
  void listen();
  std::optional<std::pair<int, std::vector<std::byte>>> takeControl(Control what);

  const MpiLibrary &mpi;
  const unsigned numSpins;
  MPI_Comm data;
  MPI_Comm control;
  int me = 0;
  int numRanks = 1;
  bool aborted = false;
  std::vector<bool> hasEnded; ///< By rank.
  std::vector<Sending> underWay;
  std::vector<std::vector<std::byte>> spare;
  std::size_t numSends = 0;                    ///< Channels that are open.
  std::vector<std::vector<std::byte>> untaken; ///< By channels that are gone: until MPI ends.
};

} // namespace irh::rt::mpi

#endif // IRH_RUNTIME_MPI_MESSAGES_H
