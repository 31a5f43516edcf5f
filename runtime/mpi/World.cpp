//===- World.cpp - ranks as processes that mpirun has started ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/mpi/World.h"

#include "runtime/core/Error.h"
#include "runtime/mpi/MpiLibrary.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace irh::rt::mpi {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30; ///< Counts of MPI are ints.
constexpr int kDataTag = 0;

/// Of the messages that run beside the data.
enum Control : int {
  kAbort = 1,   ///< Every later or waiting call fails.
  kEnd = 2,     ///< The sender sends no data any more.
  kOutcome = 3, ///< To rank 0, at the end.
  kVerdict = 4  ///< From rank 0, at the end: the exit code.
};

/// A message that may arrive at any time.
struct Expected {
  int peer;
  std::byte *data;
  MPI_Request request;
};

/// A message on its way, with its memory, which goes back to the spare ones.
struct Sending {
  MPI_Request request;
  std::vector<std::byte> data;
};

std::vector<std::byte> encode(const Outcome &outcome) {
  const std::int32_t head[] = {outcome.exitCode, outcome.isConsequence ? 1 : 0};
  std::vector<std::byte> bytes(sizeof head + outcome.message.size());
  std::memcpy(bytes.data(), head, sizeof head);
  std::memcpy(bytes.data() + sizeof head, outcome.message.data(), outcome.message.size());
  return bytes;
}

Outcome decode(const std::vector<std::byte> &bytes) {
  std::int32_t head[2] = {};
  std::memcpy(head, bytes.data(), sizeof head);
  const char *text = reinterpret_cast<const char *>(bytes.data()) + sizeof head;
  return {head[0], std::string(text, bytes.size() - sizeof head), head[1] != 0};
}

} // namespace

//===- Messages -------------------------------------------------------------===//

class World::Messages final : public Communicator {
public:
  explicit Messages(bool hasCore) : mpi(mpiLibrary()), numSpins(hasCore ? 2000 : 0) {
    int level = 0;
    mpi.check(mpi.MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &level));
    mpi.check(mpi.MPI_Comm_dup(mpi.world, &data));
    mpi.check(mpi.MPI_Comm_dup(mpi.world, &control));
    mpi.check(mpi.MPI_Comm_set_errhandler(data, mpi.errorsReturn));
    mpi.check(mpi.MPI_Comm_set_errhandler(control, mpi.errorsReturn));
    mpi.check(mpi.MPI_Comm_rank(data, &me));
    mpi.check(mpi.MPI_Comm_size(data, &numRanks));
    hasEnded.resize(static_cast<std::size_t>(numRanks));
  }
  ~Messages() override { mpi.MPI_Finalize(); }

  int rank() const override { return me; }
  int size() const override { return numRanks; }

  void send(int peer, std::span<const std::byte> message) override {
    throwIfAborted();
    reuseDelivered();
    do {
      const auto piece = message.first(std::min(message.size(), kMostBytes));
      sendPiece(peer, piece);
      message = message.subspan(piece.size());
    } while (!message.empty());
  }

  void expect(int peer, std::span<std::byte> message) override {
    throwIfAborted();
    do {
      const auto piece = message.first(std::min(message.size(), kMostBytes));
      expected.push_back({peer, piece.data(), startReceiving(peer, piece)});
      message = message.subspan(piece.size());
    } while (!message.empty());
  }

  void forgetExpected() noexcept override {
    for (Expected &message : std::exchange(expected, {})) {
      MPI_Status status;
      mpi.MPI_Cancel(&message.request);
      mpi.MPI_Wait(&message.request, &status);
    }
  }

  void receive(int peer, std::span<std::byte> message) override {
    throwIfAborted();
    do {
      const auto piece = message.first(std::min(message.size(), kMostBytes));
      receivePiece(peer, piece);
      message = message.subspan(piece.size());
    } while (!message.empty());
  }

  void abort() noexcept override {
    if (std::exchange(aborted, true))
      return;
    try {
      tellOthers(kAbort);
    } catch (const std::exception &) {
      // The others find out when this rank ends.
    }
  }

  bool isAborted() noexcept override {
    try {
      listen();
    } catch (const std::exception &) {
      // The next message fails, too, and says so.
    }
    return aborted;
  }

  void tellOthers(Control what) {
    for (int peer = 0; peer < numRanks; ++peer)
      if (peer != me)
        sendControl(peer, what, {});
  }

  void sendControl(int peer, Control what, std::span<const std::byte> message) {
    mpi.check(mpi.MPI_Send(message.data(), static_cast<int>(message.size()), mpi.byte, peer, what,
                           control));
  }

  /// Waits for a message of this kind from any rank, and gives its sender and bytes.
  std::pair<int, std::vector<std::byte>> awaitControl(Control what) {
    for (Patience patience(numSpins);; patience.wait())
      if (auto message = takeControl(what))
        return *std::move(message);
  }

private:
  /// Spins for a while, then offers the core to others at each turn.
  struct Patience {
    explicit Patience(unsigned numSpins) : numSpins(numSpins) {}

    void wait() {
      if (++turns > numSpins)
        std::this_thread::yield();
    }

    unsigned turns = 0; ///< Begins again after hours.
    const unsigned numSpins;
  };

  void throwIfAborted() const {
    if (aborted)
      throw Error(ErrorCode::Aborted, "another rank failed");
  }

  void sendPiece(int peer, std::span<const std::byte> piece) {
    std::vector<std::byte> bytes;
    if (!spare.empty()) {
      bytes = std::move(spare.back());
      spare.pop_back();
    }
    bytes.assign(piece.begin(), piece.end());
    Sending &sending = underWay.emplace_back(Sending{{}, std::move(bytes)});
    mpi.check(mpi.MPI_Isend(sending.data.data(), static_cast<int>(piece.size()), mpi.byte, peer,
                            kDataTag, data, &sending.request));
  }

  void reuseDelivered() {
    std::size_t numLeft = 0;
    for (Sending &sending : underWay) {
      int isDone = 0;
      MPI_Status status;
      mpi.check(mpi.MPI_Test(&sending.request, &isDone, &status));
      if (isDone != 0)
        spare.push_back(std::move(sending.data));
      else
        std::swap(underWay[numLeft++], sending);
    }
    underWay.erase(underWay.begin() + static_cast<std::ptrdiff_t>(numLeft), underWay.end());
  }

  MPI_Request startReceiving(int peer, std::span<std::byte> piece) {
    MPI_Request request;
    mpi.check(mpi.MPI_Irecv(piece.data(), static_cast<int>(piece.size()), mpi.byte, peer, kDataTag,
                            data, &request));
    return request;
  }

  /// The request of a message that is expected here already, or a new one.
  MPI_Request takeRequest(int peer, std::span<std::byte> piece) {
    const auto found = std::find_if(expected.begin(), expected.end(), [&](const Expected &message) {
      return message.peer == peer && message.data == piece.data();
    });
    if (found == expected.end())
      return startReceiving(peer, piece);
    const MPI_Request request = found->request;
    expected.erase(found);
    return request;
  }

  void receivePiece(int peer, std::span<std::byte> piece) {
    MPI_Request request = takeRequest(peer, piece);
    MPI_Status status;
    int isDone = 0;
    for (Patience patience(numSpins);; patience.wait()) {
      // What a rank sent before it ended has come before the news of its end.
      const bool isLast = hasEnded[static_cast<std::size_t>(peer)];
      mpi.check(mpi.MPI_Test(&request, &isDone, &status));
      if (isDone != 0)
        break;
      if (aborted || isLast)
        abandon(request);
      constexpr unsigned kTurnsBetweenLooks = 64;
      if (patience.turns % kTurnsBetweenLooks == kTurnsBetweenLooks - 1)
        listen();
    }
    int count = 0;
    mpi.check(mpi.MPI_Get_count(&status, mpi.byte, &count));
    if (static_cast<std::size_t>(count) != piece.size())
      throw Error(ErrorCode::Internal, "a message has another size than its receiver expects");
  }

  [[noreturn]] void abandon(MPI_Request &request) {
    MPI_Status status;
    mpi.check(mpi.MPI_Cancel(&request));
    mpi.check(mpi.MPI_Wait(&request, &status));
    throwIfAborted();
    throw Error(ErrorCode::Aborted, "another rank ended while this one waits for it");
  }

  /// Takes the news that have come.
  void listen() {
    while (takeControl(kAbort))
      aborted = true;
    while (auto message = takeControl(kEnd))
      hasEnded[static_cast<std::size_t>(message->first)] = true;
  }

  std::optional<std::pair<int, std::vector<std::byte>>> takeControl(Control what) {
    int isThere = 0;
    MPI_Status status;
    mpi.check(mpi.MPI_Iprobe(MPI_ANY_SOURCE, what, control, &isThere, &status));
    if (isThere == 0)
      return std::nullopt;
    int count = 0;
    mpi.check(mpi.MPI_Get_count(&status, mpi.byte, &count));
    std::vector<std::byte> bytes(static_cast<std::size_t>(count));
    mpi.check(
        mpi.MPI_Recv(bytes.data(), count, mpi.byte, status.MPI_SOURCE, what, control, &status));
    return std::pair(status.MPI_SOURCE, std::move(bytes));
  }

  const MpiLibrary &mpi;
  const unsigned numSpins;
  MPI_Comm data;
  MPI_Comm control;
  int me = 0;
  int numRanks = 1;
  bool aborted = false;
  std::vector<bool> hasEnded; ///< By rank.
  std::vector<Expected> expected;
  std::vector<Sending> underWay;
  std::vector<std::vector<std::byte>> spare;
};

//===- World ----------------------------------------------------------------===//

World::World(bool hasCore) : messages(std::make_unique<Messages>(hasCore)) {}
World::~World() = default;

Communicator &World::communicator() { return *messages; }

/// By rank.
static const Outcome &findCause(const std::vector<Outcome> &outcomes) {
  const auto isCause = [](const Outcome &outcome) {
    return outcome.exitCode != 0 && !outcome.isConsequence;
  };
  const auto cause = std::find_if(outcomes.begin(), outcomes.end(), isCause);
  if (cause != outcomes.end())
    return *cause;
  const auto failure = std::find_if(outcomes.begin(), outcomes.end(),
                                    [](const Outcome &outcome) { return outcome.exitCode != 0; });
  return failure != outcomes.end() ? *failure : outcomes.front();
}

int World::conclude(const Outcome &mine, const std::function<void(const std::string &)> &report) {
  if (mine.exitCode != 0)
    messages->tellOthers(kEnd);
  std::int32_t code = 0;
  if (messages->rank() != 0) {
    messages->sendControl(0, kOutcome, encode(mine));
    const std::vector<std::byte> verdict = messages->awaitControl(kVerdict).second;
    std::memcpy(&code, verdict.data(), sizeof code);
    return code;
  }
  std::vector<Outcome> outcomes(static_cast<std::size_t>(messages->size()));
  outcomes[0] = mine;
  for (int i = 1; i < messages->size(); ++i) {
    const auto [peer, bytes] = messages->awaitControl(kOutcome);
    outcomes[static_cast<std::size_t>(peer)] = decode(bytes);
  }
  const Outcome &cause = findCause(outcomes);
  if (!cause.message.empty())
    report(cause.message);
  code = cause.exitCode;
  for (int peer = 1; peer < messages->size(); ++peer)
    messages->sendControl(peer, kVerdict, std::as_bytes(std::span(&code, 1)));
  return code;
}

} // namespace irh::rt::mpi
