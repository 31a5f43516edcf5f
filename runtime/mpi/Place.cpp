//===- Place.cpp - whether mpirun has started this process ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/mpi/Place.h"

#include "runtime/core/Text.h"

#include <cstdint>
#include <cstdlib>

namespace irh::rt::mpi {

static std::optional<int> numberOf(const char *variable) {
  const char *text = std::getenv(variable);
  const std::optional<std::int64_t> number = text ? parseInt(text) : std::nullopt;
  return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
}

std::optional<Place> findPlace() {
  const std::optional<int> rank = numberOf("OMPI_COMM_WORLD_RANK");
  const std::optional<int> numRanks = numberOf("OMPI_COMM_WORLD_SIZE");
  if (!rank || !numRanks)
    return std::nullopt;
  return Place{*rank, *numRanks, numberOf("OMPI_COMM_WORLD_LOCAL_SIZE").value_or(*numRanks)};
}

} // namespace irh::rt::mpi
