//===- FuzzMtx.cpp - any bytes are a matrix's network or an error with its line ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/graph/Columns.h"
#include "runtime/graph/ReadNetwork.h"
#include "runtime/io/MatrixMarket.h"

#include <cstdlib>
#include <string>

using namespace irh::rt;

/// Reads the entries as every type and symmetry; what they are not is an Error.
static void readColumns(const graph::Network &network) {
  for (const auto symmetry : {irh::abi::Symmetry::Symmetric, irh::abi::Symmetry::Hermitian,
                              irh::abi::Symmetry::Antisymmetric}) {
    try {
      graph::edgeComplexes(network, "weight", symmetry);
      graph::edgeReals(network, "weight", symmetry);
      graph::edgeInts(network, "weight", symmetry);
    } catch (const Error &) {
    }
  }
}

/// The first byte chooses what happens to doubled entries and to the diagonal, and which way edges
/// lead.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  const graph::Treatment treatment{static_cast<irh::abi::Duplicates>(data[0] % 3),
                                   static_cast<irh::abi::Loops>(data[0] / 3 % 3),
                                   static_cast<irh::abi::Directed>(data[0] / 9 % 3 - 1)};
  try {
    const std::string text(reinterpret_cast<const char *>(data) + 1, size - 1);
    const graph::Network network =
        graph::joinMatrix(io::parseMatrixMarket("m.mtx", text), std::nullopt, treatment);
    if (graph::countDegrees(network).size() != static_cast<std::size_t>(network.numNodes))
      std::abort();
    readColumns(network);
  } catch (const Error &) {
  }
  return 0;
}
