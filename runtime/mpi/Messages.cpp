//===- Messages.cpp - what the processes of one mpirun tell each other ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/mpi/Messages.h"

#include "runtime/core/Error.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <thread>

namespace irh::rt::mpi {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;    ///< Counts of MPI are ints.
constexpr std::size_t kLargestSpare = std::size_t{1} << 20; ///< Memory that is worth keeping.
constexpr int kDataTag = 0;

/// Calls `visit(piece)` for parts that MPI can count; once, at least.
template <typename T, typename Visit> void visitPieces(std::span<T> message, Visit visit) {
  do {
    const auto piece = message.first(std::min(message.size(), kMostBytes));
    visit(piece);
    message = message.subspan(piece.size());
  } while (!message.empty());
}

int countOf(std::span<const std::byte> piece) { return static_cast<int>(piece.size()); }

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

} // namespace

Messages::Messages(bool hasCore) : mpi(mpiLibrary()), numSpins(hasCore ? 2000 : 0) {
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

Messages::~Messages() { mpi.MPI_Finalize(); }

//===- Single messages ------------------------------------------------------===//

void Messages::send(int peer, std::span<const std::byte> message) {
  throwIfAborted();
  reuseDelivered();
  visitPieces(message, [&](std::span<const std::byte> piece) { sendPiece(peer, piece); });
}

void Messages::receive(int peer, std::span<std::byte> message) {
  throwIfAborted();
  visitPieces(message, [&](std::span<std::byte> piece) {
    MPI_Request request;
    mpi.check(
        mpi.MPI_Irecv(piece.data(), countOf(piece), mpi.byte, peer, kDataTag, data, &request));
    awaitArrival(request, peer, piece.size());
  });
}

void Messages::sendPiece(int peer, std::span<const std::byte> piece) {
  std::vector<std::byte> bytes;
  if (!spare.empty()) {
    bytes = std::move(spare.back());
    spare.pop_back();
  }
  bytes.assign(piece.begin(), piece.end());
  Sending &sending = underWay.emplace_back(Sending{{}, std::move(bytes)});
  mpi.check(mpi.MPI_Isend(sending.data.data(), countOf(piece), mpi.byte, peer, kDataTag, data,
                          &sending.request));
}

void Messages::reuseDelivered() {
  std::size_t numLeft = 0;
  for (Sending &sending : underWay) {
    int isDone = 0;
    MPI_Status status;
    mpi.check(mpi.MPI_Test(&sending.request, &isDone, &status));
    if (isDone == 0)
      std::swap(underWay[numLeft++], sending);
    else if (sending.data.capacity() <= kLargestSpare)
      spare.push_back(std::move(sending.data));
  }
  underWay.erase(underWay.begin() + static_cast<std::ptrdiff_t>(numLeft), underWay.end());
}

/// The status of a request once it is done; nothing if it will not be, or nobody may wait for it.
std::optional<MPI_Status> Messages::await(MPI_Request &request, int peer) {
  for (Patience patience(numSpins);; patience.wait()) {
    const bool isLast = hasEnded[static_cast<std::size_t>(peer)];
    int isDone = 0;
    MPI_Status status;
    mpi.check(mpi.MPI_Test(&request, &isDone, &status));
    if (isDone != 0)
      return status;
    if (aborted || isLast)
      return std::nullopt;
    constexpr unsigned kTurnsBetweenLooks = 64;
    if (patience.turns % kTurnsBetweenLooks == kTurnsBetweenLooks - 1)
      listen();
  }
}

void Messages::fail() const {
  throwIfAborted();
  throw Error(ErrorCode::Aborted, "another rank ended while this one waits for it");
}

MPI_Status Messages::cancel(MPI_Request &request) noexcept {
  MPI_Status status;
  mpi.MPI_Cancel(&request);
  mpi.MPI_Wait(&request, &status);
  return status;
}

/// Afterwards the request is not active. A message that set out before its sender ended arrives
/// although it is cancelled.
void Messages::awaitArrival(MPI_Request &request, int peer, std::size_t size) {
  std::optional<MPI_Status> status = await(request, peer);
  if (!status) {
    status = cancel(request);
    int isCancelled = 0;
    mpi.check(mpi.MPI_Test_cancelled(&*status, &isCancelled));
    if (aborted || isCancelled != 0)
      fail();
  }
  int count = 0;
  mpi.check(mpi.MPI_Get_count(&*status, mpi.byte, &count));
  if (static_cast<std::size_t>(count) != size)
    throw Error(ErrorCode::Internal, "a message has another size than its receiver expects");
}

//===- Channels: persistent requests ----------------------------------------===//

/// The pieces of a message, each with a request that is started again and again.
class Messages::Repeated : public Channel {
public:
  Repeated(Messages &messages, int peer, std::size_t size)
      : messages(messages), mpi(messages.mpi), peer(peer), bytes(size) {}
  ~Repeated() override {
    for (MPI_Request &request : requests)
      mpi.MPI_Request_free(&request);
  }

  std::span<std::byte> memory() final { return bytes; }

  void start() final {
    messages.throwIfAborted();
    numDone = 0;
    for (numStarted = 0; numStarted < requests.size(); ++numStarted)
      mpi.check(mpi.MPI_Start(&requests[numStarted]));
  }

  void finish() final {
    messages.throwIfAborted();
    visitPieces(memory(), [&](std::span<std::byte> piece) {
      if (numDone < numStarted)
        finishNext(piece.size());
    });
  }

protected:
  /// Waits for the next of those started, whose piece has this size.
  virtual void finishNext(std::size_t size) = 0;

  Messages &messages;
  const MpiLibrary &mpi;
  int peer;
  std::vector<std::byte> bytes;
  std::vector<MPI_Request> requests;
  std::size_t numStarted = 0;
  std::size_t numDone = 0; ///< Of those started.
};

class Messages::RepeatedSend final : public Repeated {
public:
  RepeatedSend(Messages &messages, int peer, std::size_t size) : Repeated(messages, peer, size) {
    messages.untaken.reserve(messages.untaken.size() + ++messages.numSends);
    visitPieces(memory(), [&](std::span<std::byte> piece) {
      mpi.check(mpi.MPI_Send_init(piece.data(), countOf(piece), mpi.byte, peer, kDataTag,
                                  messages.data, &requests.emplace_back()));
    });
  }
  ~RepeatedSend() override {
    --messages.numSends;
    if (numDone < numStarted)
      messages.untaken.push_back(std::move(bytes)); // There is room.
  }

private:
  void finishNext(std::size_t) override {
    if (!messages.await(requests[numDone], peer))
      messages.fail();
    ++numDone;
  }
};

class Messages::RepeatedReceive final : public Repeated {
public:
  RepeatedReceive(Messages &messages, int peer, std::size_t size) : Repeated(messages, peer, size) {
    visitPieces(memory(), [&](std::span<std::byte> piece) {
      mpi.check(mpi.MPI_Recv_init(piece.data(), countOf(piece), mpi.byte, peer, kDataTag,
                                  messages.data, &requests.emplace_back()));
    });
  }
  ~RepeatedReceive() override {
    for (; numDone < numStarted; ++numDone)
      messages.cancel(requests[numDone]);
  }

private:
  void finishNext(std::size_t size) override {
    MPI_Request &request = requests[numDone++];
    messages.awaitArrival(request, peer, size);
  }
};

std::unique_ptr<Channel> Messages::openSend(int peer, std::size_t size) {
  return std::make_unique<RepeatedSend>(*this, peer, size);
}

std::unique_ptr<Channel> Messages::openReceive(int peer, std::size_t size) {
  return std::make_unique<RepeatedReceive>(*this, peer, size);
}

//===- Control --------------------------------------------------------------===//

void Messages::throwIfAborted() const {
  if (aborted)
    throw Error(ErrorCode::Aborted, "another rank failed");
}

void Messages::abort() noexcept {
  if (std::exchange(aborted, true))
    return;
  try {
    tellOthers(kAbort);
  } catch (const std::exception &) {
    // The others find out when this rank ends.
  }
}

bool Messages::isAborted() noexcept {
  try {
    listen();
  } catch (const std::exception &) {
    // The next message fails, too, and says so.
  }
  return aborted;
}

void Messages::tellOthers(Control what) {
  for (int peer = 0; peer < numRanks; ++peer)
    if (peer != me)
      sendControl(peer, what, {});
}

void Messages::sendControl(int peer, Control what, std::span<const std::byte> message) {
  mpi.check(mpi.MPI_Send(message.data(), countOf(message), mpi.byte, peer, what, control));
}

std::pair<int, std::vector<std::byte>> Messages::awaitControl(Control what) {
  for (Patience patience(numSpins);; patience.wait())
    if (auto message = takeControl(what))
      return *std::move(message);
}

/// Takes the news that have come.
void Messages::listen() {
  while (takeControl(kAbort))
    aborted = true;
  while (auto message = takeControl(kEnd))
    hasEnded[static_cast<std::size_t>(message->first)] = true;
}

std::optional<std::pair<int, std::vector<std::byte>>> Messages::takeControl(Control what) {
  int isThere = 0;
  MPI_Status status;
  mpi.check(mpi.MPI_Iprobe(MPI_ANY_SOURCE, what, control, &isThere, &status));
  if (isThere == 0)
    return std::nullopt;
  int count = 0;
  mpi.check(mpi.MPI_Get_count(&status, mpi.byte, &count));
  std::vector<std::byte> bytes(static_cast<std::size_t>(count));
  mpi.check(mpi.MPI_Recv(bytes.data(), count, mpi.byte, status.MPI_SOURCE, what, control, &status));
  return std::pair(status.MPI_SOURCE, std::move(bytes));
}

} // namespace irh::rt::mpi
