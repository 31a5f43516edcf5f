//===- World.cpp - ranks as processes that mpirun has started ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/mpi/World.h"

#include "runtime/mpi/Messages.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace irh::rt::mpi {
namespace {

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
