//===- FuzzCsv.cpp - any bytes are a network or an error with its line ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/graph/ReadNetwork.h"
#include "runtime/io/CsvTable.h"

#include <string>
#include <string_view>

using namespace irh::rt;

/// Reads every column as what it may be; what it is not is an Error.
static void readColumns(const io::CsvTable &table) {
  for (std::size_t column = 0; column < table.names().size(); ++column) {
    try {
      table.readReals(column);
      table.readInts(column);
    } catch (const Error &) {
    }
  }
}

/// The first byte chooses the separator, what happens to doubled edges and loops, and whether the
/// rest is one table of edges or, from a NUL on, a table of nodes as well.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  std::string_view text(reinterpret_cast<const char *>(data) + 1, size - 1);
  std::size_t cut = (data[0] & 1) ? text.find('\0') : std::string_view::npos;
  std::string extension = (data[0] & 2) ? ".tsv" : ".csv";
  graph::Treatment treatment{static_cast<irh::abi::Duplicates>((data[0] >> 2) % 3),
                             static_cast<irh::abi::Loops>((data[0] >> 4) % 3)};
  try {
    auto parse = [&](const char *name, std::string_view part) {
      io::CsvTable table = io::CsvTable::parse(name + extension, std::string(part));
      readColumns(table);
      return table;
    };
    io::CsvTable edges = parse("edges", text.substr(0, cut));
    std::optional<io::CsvTable> nodes;
    if (cut != std::string_view::npos)
      nodes = parse("nodes", text.substr(cut + 1));
    graph::joinTables(std::move(edges), std::move(nodes), treatment);
  } catch (const Error &) {
  }
  return 0;
}
