//===- Communicator.h - what the runtime needs of a message system ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_COMMUNICATOR_H
#define IRH_RUNTIME_CORE_COMMUNICATOR_H

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace irh::rt {

/// Combines `from` into `into`; both have `size` bytes. Must be exactly associative and
/// commutative: partial results meet in an order that nobody promises.
using Combine = void (*)(std::byte *into, const std::byte *from, std::size_t size);

/// A Combine of arrays of T, element by element.
template <typename T, T (*combineTwo)(T, T)>
void combineEach(std::byte *into, const std::byte *from, std::size_t size) {
  for (std::size_t at = 0; at < size; at += sizeof(T)) {
    T a;
    T b;
    std::memcpy(&a, into + at, sizeof a);
    std::memcpy(&b, from + at, sizeof b);
    a = combineTwo(a, b);
    std::memcpy(into + at, &a, sizeof a);
  }
}

/// One way for messages of one size, each of which is in the same memory.
class Channel {
public:
  virtual ~Channel() = default;

  /// To be written, or read, while no message is under way.
  virtual std::span<std::byte> memory() = 0;

  /// The message goes, or may come, while this rank does something else. Errors: Aborted.
  virtual void start() = 0;
  /// Waits until the message that was started, if any, has gone or come. Errors: as `receive`.
  virtual void finish() = 0;
};

/// The ranks of a run, as one of them sees them. Used by one thread at a time.
class Communicator {
public:
  virtual ~Communicator() = default;
  virtual int rank() const = 0;
  virtual int size() const = 0;

  /// Starts sending `data` to `peer`.
  ///
  /// Shape   `data` may be reused on return.
  /// Cost    one copy of the data.
  /// Errors  Aborted once any rank has called `abort`.
  virtual void send(int peer, std::span<const std::byte> data) = 0;

  /// Waits for the oldest message from `peer`.
  ///
  /// Shape   the message has exactly `data.size()` bytes.
  /// Errors  Aborted once any rank has called `abort`, or if `peer` has ended without sending;
  ///         Internal if the size differs.
  virtual void receive(int peer, std::span<std::byte> data) = 0;

  /// Channels for messages of one size that go to, or come from, `peer` again and again. They may
  /// outlive no communicator. Messages from one peer are awaited in the order in which their
  /// receives were started, a `receive` when it is called.
  virtual std::unique_ptr<Channel> openSend(int peer, std::size_t size);
  virtual std::unique_ptr<Channel> openReceive(int peer, std::size_t size);

  /// Makes every later or waiting call of any rank fail with Aborted. Never fails itself. A rank
  /// that waits for nobody learns of it by `isAborted`.
  virtual void abort() noexcept = 0;
  virtual bool isAborted() noexcept = 0;

  /// Gives every rank the combination of what all ranks hold in `data`.
  ///
  /// Collective   with the same size and `combine` on every rank.
  /// Cost         2 log2(ranks) messages deep (a binomial tree, up and down); nothing on one
  ///              rank. Allocates when `data` is larger than ever before.
  /// Determinism  bitwise, since `combine` is exact.
  /// Errors       Aborted.
  virtual void allreduce(std::span<std::byte> data, Combine combine);

  /// Returns when every rank has called it. Collective. Errors: Aborted.
  void barrier();

  /// The least of all ranks' values. Collective. Errors: Aborted.
  std::int64_t least(std::int64_t value);

  /// All ranks' values, by rank. Collective. Errors: Aborted.
  std::vector<std::int64_t> gather(std::int64_t value);

  /// Adds what all ranks hold, entry by entry, in pieces: of any size. Collective. Errors: Aborted.
  void addUp(std::span<std::int32_t> values);

private:
  std::vector<std::byte> incoming;
};

/// The only rank of a run.
class SerialCommunicator final : public Communicator {
public:
  int rank() const override { return 0; }
  int size() const override { return 1; }
  void send(int peer, std::span<const std::byte> data) override;
  void receive(int peer, std::span<std::byte> data) override;
  void abort() noexcept override { aborted = true; }
  bool isAborted() noexcept override { return aborted; }

private:
  bool aborted = false;
};

/// For who makes something on one rank that several can make together.
Communicator &alone();

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_COMMUNICATOR_H
