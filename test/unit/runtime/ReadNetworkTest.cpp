//===- ReadNetworkTest.cpp - networks from files ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/ReadNetwork.h"
#include "runtime/graph/Columns.h"
#include "test/unit/runtime/Edges.h"
#include "test/unit/runtime/ExpectError.h"

#include <gtest/gtest.h>

#include <complex>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace irh::rt;
using namespace irh::rt::graph;
using irh::abi::Duplicates;
using irh::abi::Loops;
using irh::rt::io::CsvTable;
using irh::rt::test::edgesOf;
using irh::rt::test::expectInvalid;

namespace {

using Reals = std::vector<double>;
using Ints = std::vector<std::int64_t>;
using Degrees = std::vector<std::int32_t>;

Network readEdges(const std::string &edges, const Treatment &treatment = {}) {
  return joinTables(CsvTable::parse("e.csv", edges), std::nullopt, treatment);
}

Network readBoth(const std::string &edges, const std::string &nodes,
                 const Treatment &treatment = {}) {
  return joinTables(CsvTable::parse("e.csv", edges), CsvTable::parse("n.csv", nodes), treatment);
}

} // namespace

TEST(ReadNetworkTest, EdgesAreTurnedAndSorted) {
  const Network network = readEdges("from,to,w\n3,1,0.5\n0,2,1\n1,0,2e3\n");
  EXPECT_EQ(network.numNodes, 4);
  EXPECT_EQ(edgesOf(network), (std::vector<Edge>{{0, 1}, {0, 2}, {1, 3}}));
  EXPECT_EQ(edgeReals(network, "w"), (Reals{2000, 1, 0.5}));
  EXPECT_EQ(network.idOf(3), 3);
}

TEST(ReadNetworkTest, EndsReferToIdsWhereThereAreAny) {
  const Network network = readBoth("a,b\n700,-5\n-5,12\n", "name,id,p\nx,12,1\ny,700,2\nz,-5,3\n");
  EXPECT_EQ(network.numNodes, 3);
  EXPECT_EQ(edgesOf(network), (std::vector<Edge>{{0, 2}, {1, 2}}));
  EXPECT_EQ(network.ids, (Ints{12, 700, -5}));
  EXPECT_EQ(nodeReals(network, "p"), (Reals{1, 2, 3}));
  EXPECT_EQ(nodeInts(network, "p"), (Ints{1, 2, 3}));
}

TEST(ReadNetworkTest, BoolsAreWordsOrDigits) {
  const Network network = readBoth("a,b,on\n0,1,True\n1,2,0\n", "p,q\ntrue,yes\n0,1\nFALSE,1\n");
  EXPECT_EQ(nodeBools(network, "p"), (Ints{1, 0, 0}));
  EXPECT_EQ(edgeBools(network, "on"), (Ints{1, 0}));
  expectInvalid([&] { nodeBools(network, "q"); },
                "`yes` in column `q` is not a bool: true, false, 1 or 0");
}

TEST(ReadNetworkTest, WithoutIdsEndsAreRowsOfTheNodes) {
  const Network network = readBoth("a,b\n0,2\n", "p\n1\n2\n3\n4\n");
  EXPECT_EQ(network.numNodes, 4);
  EXPECT_EQ(edgesOf(network), (std::vector<Edge>{{0, 2}}));
  EXPECT_EQ(readBoth("a,b\n", "p\n1\n").edges.size(), 0u) << "a network may have no edges";
}

TEST(ReadNetworkTest, SpreadsheetsMayWriteTheirWay) {
  const char *variants[] = {"a,b,w\n0,1,2.5\n",
                            "a,b,w\r\n0,1,2.5\r\n",
                            "a,b,w\n0,1,2.5",
                            "a,b,w\n0,1,2.5\n\n\n",
                            "\xEF\xBB\xBF\x61,b,w\n0,1,2.5\n",
                            "\"a\",\"b\",\"w\"\n\"0\", 1 ,\"2.5\"\n",
                            "a,b,w\n+0,1,+2.5\n"};
  for (const char *variant : variants) {
    const Network network = readEdges(variant);
    EXPECT_EQ(edgesOf(network), (std::vector<Edge>{{0, 1}})) << variant;
    EXPECT_EQ(edgeReals(network, "w"), Reals{2.5}) << variant;
  }
  const CsvTable tabs = CsvTable::parse("e.tsv", "a\tb\n0\t1\n");
  EXPECT_EQ(tabs.readInts(1), Ints{1});
}

TEST(ReadNetworkTest, QuotedCellsMayHoldSeparatorsAndQuotes) {
  const Network network =
      readBoth("a,b\n0,1\n", "\"the \"\"name\"\"\",p\n\"Smith, J.\",4\n\"say \"\"x\"\"\",5\n");
  EXPECT_EQ(network.files->nodes->names()[0], "the \"name\"");
  EXPECT_EQ(nodeReals(network, "p"), (Reals{4, 5}));
}

TEST(ReadNetworkTest, ColumnsThatNobodyAsksForMayHoldAnything) {
  const Network network = readEdges("a,b,note,w\n0,1,hello,1\n1,2,,inf\n");
  EXPECT_EQ(network.edges.size(), 2u);
  expectInvalid([&] { edgeReals(network, "note"); },
                "e.csv:2: `hello` in column `note` is not a finite number");
  expectInvalid([&] { edgeReals(network, "w"); },
                "e.csv:3: `inf` in column `w` is not a finite number");
}

TEST(ReadNetworkTest, ColumnsAreChecked) {
  const Network network = readBoth("a,b,w,x\n0,1,1.5,1e999\n1,2,nan,\n", "p,p\n1,2\n3,4\n5,6\n");
  expectInvalid([&] { edgeInts(network, "w"); }, "e.csv:2: `1.5` in column `w` is not an integer");
  expectInvalid([&] { edgeReals(network, "w"); }, "e.csv:3: `nan` in column `w`");
  expectInvalid([&] { edgeReals(network, "x"); }, "e.csv:2: `1e999` in column `x`");
  expectInvalid([&] { edgeReals(network, "weight"); },
                "`e.csv` has no column `weight`; it has `a`, `b`, `w`, `x`");
  expectInvalid([&] { nodeReals(network, "p"); }, "`n.csv` has several columns named `p`");
  expectInvalid([&] { nodeReals(readEdges("a,b\n0,1\n"), "p"); }, "name one with `nodes:`");
  expectInvalid([&] { edgeReals(Network{}, "p"); }, "the network was not read from a file");
  expectInvalid([&] { edgeReals(readEdges("a,b,coupling\n0,1,2\n"), "couplng"); },
                "did you mean `coupling`?");
}

TEST(ReadNetworkTest, FilesThatAreNoTablesAreRefused) {
  expectInvalid([] { CsvTable::read("no/such.csv"); }, "cannot read `no/such.csv`: No such file");
  expectInvalid([] { CsvTable::read("."); }, "cannot tell the format of `.`");
  expectInvalid([] { CsvTable::read("x.xlsx"); }, "files that can be read end in .csv or .tsv");
  expectInvalid([] { readEdges(""); }, "e.csv:1: the file has no first line");
  expectInvalid([] { readEdges("\n0,1\n"); }, "e.csv:1: the file has no first line");
  expectInvalid([] { readEdges("0,1\n1,2\n"); }, "e.csv:1: the first line must name the columns");
  expectInvalid([] { readEdges("a,b\n0,1,2\n"); },
                "e.csv:2: this line has 3 cells, the first line 2");
  expectInvalid([] { readEdges("a,b\n0,1\n0\n"); }, "e.csv:3: this line has 1 cells");
  expectInvalid([] { readEdges("a,b\n0,1\n\n1,2\n"); }, "e.csv:3: this line is empty");
  expectInvalid([] { readEdges("a,b\n0,\"1\n"); }, "e.csv:2: a quote is not closed");
  expectInvalid([] { readEdges("a,\"b\n0,1\n"); }, "e.csv:1: a quote is not closed");
  expectInvalid([] { readEdges("a\n0\n"); }, "e.csv:1: a file of edges needs two columns");
}

TEST(ReadNetworkTest, WrongEndsAreRefused) {
  expectInvalid([] { readEdges("a,b\n0,x\n"); }, "e.csv:2: `x` in column `b` is not an integer");
  expectInvalid([] { readEdges("a,b\n0,\n"); }, "e.csv:2: `` in column `b` is not an integer");
  expectInvalid([] { readEdges("a,b\n0,1\n1,1.5\n"); }, "e.csv:3: `1.5`");
  expectInvalid([] { readEdges("a,b\n-1,1\n"); }, "e.csv:2: there is no node -1");
  expectInvalid([] { readEdges("a,b\n"); }, "the number of nodes is unknown");
  expectInvalid([] { readEdges("a,b\n0,1\n0,9000000000\n"); },
                "e.csv:3: 9000000000 is too large for the number of a node");
  expectInvalid([] { readBoth("a,b\n0,3\n", "p\n1\n2\n3\n"); },
                "e.csv:2: there is no node 3; nodes are numbered from 0 to 2");
  expectInvalid([] { readBoth("a,b\n4,7\n", "id\n4\n5\n"); },
                "e.csv:2: there is no node with id 7 in `n.csv`");
  expectInvalid([] { readBoth("a,b\n4,5\n", "id\n4\n5\n4\n"); },
                "n.csv:4: id 4 is already on line 2");
  expectInvalid([] { readBoth("a,b\n4,5\n", "id\n4\nfive\n"); }, "n.csv:3: `five` in column `id`");
}

TEST(ReadNetworkTest, DuplicatesAreRefusedSummedOrDropped) {
  const std::string edges = "a,b,w\n1,0,1\n1,2,10\n0,1,100\n0,1,1000\n";
  expectInvalid([&] { readEdges(edges); }, "e.csv:4: this edge is already on line 2; "
                                           "`duplicates: sum` or `duplicates: first`");
  const Network sum = readEdges(edges, {.duplicates = Duplicates::Sum});
  EXPECT_EQ(edgesOf(sum), (std::vector<Edge>{{0, 1}, {1, 2}}));
  EXPECT_EQ(edgeReals(sum, "w"), (Reals{1101, 10}));
  EXPECT_EQ(edgeInts(sum, "w"), (Ints{1101, 10}));
  EXPECT_EQ(edgeReals(readEdges(edges, {.duplicates = Duplicates::First}), "w"), (Reals{1, 10}));
}

TEST(ReadNetworkTest, SumsThatAreTooLargeAreRefused) {
  const Network network = readEdges("a,b,w,n\n0,1,1e308,9223372036854775807\n0,1,1e308,1\n",
                                    {.duplicates = Duplicates::Sum});
  expectInvalid([&] { edgeReals(network, "w"); }, "e.csv:3: the sum over duplicates");
  expectInvalid([&] { edgeInts(network, "n"); }, "e.csv:3: the sum over duplicates");
}

TEST(ReadNetworkTest, AMarkIsThatOfAFilesBytes) {
  const auto marksOf = [](const std::string &edges, const std::string &nodes) {
    return markFiles(*readBoth(edges, nodes).files);
  };
  const auto first = marksOf("a,b\n4,5\n", "id\n4\n5\n");
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].path, "e.csv");
  EXPECT_EQ(first[1].path, "n.csv");
  const auto second = marksOf("a,b\n4,5\n", "id\n4\n5\n6\n");
  EXPECT_EQ(second[0].checksum, first[0].checksum);
  EXPECT_NE(second[1].checksum, first[1].checksum);
}

TEST(ReadNetworkTest, LoopsAreRefusedKeptOrDropped) {
  const std::string edges = "a,b,w\n0,1,1\n1,1,2\n";
  expectInvalid([&] { readEdges(edges); }, "e.csv:3: this edge leads from a node to itself");
  const Network kept = readEdges(edges, {.loops = Loops::Keep});
  EXPECT_EQ(edgesOf(kept), (std::vector<Edge>{{0, 1}, {1, 1}}));
  EXPECT_EQ(countDegrees(kept), (Degrees{1, 2})) << "a loop counts once";
  const Network dropped = readEdges(edges, {.loops = Loops::Drop});
  EXPECT_EQ(edgesOf(dropped), (std::vector<Edge>{{0, 1}}));
  EXPECT_EQ(edgeReals(dropped, "w"), Reals{1});
}

TEST(ReadNetworkTest, DirectedEdgesStayAsTheyAre) {
  const Treatment directed{.directed = irh::abi::Directed::Yes};
  const Network network = readEdges("a,b,w\n3,1,0.5\n1,3,2\n0,2,1\n", directed);
  EXPECT_TRUE(network.isDirected);
  EXPECT_EQ(edgesOf(network), (std::vector<Edge>{{0, 2}, {1, 3}, {3, 1}}));
  EXPECT_EQ(edgeReals(network, "w"), (Reals{1, 2, 0.5}));
  EXPECT_EQ(countDegrees(network), (Degrees{0, 1, 1, 1})) << "neighbors are where edges come from";
  expectInvalid([&] { readEdges("a,b\n3,1\n1,3\n3,1\n", directed); },
                "e.csv:4: this edge is already on line 2");
}

// A row (src, dst) holds what dst sees; turned, its value is what the other end sees.
TEST(ReadNetworkTest, TurnedRowsAreReadAsTheSymmetrySays) {
  const Network network =
      readEdges("a,b,w\n1,0,5\n1,2,7\n2,1,3\n", {.duplicates = Duplicates::Sum});
  EXPECT_EQ(edgesOf(network), (std::vector<Edge>{{0, 1}, {1, 2}}));
  EXPECT_EQ(edgeReals(network, "w"), (Reals{5, 10}));
  EXPECT_EQ(edgeReals(network, "w", irh::abi::Symmetry::Antisymmetric), (Reals{-5, 4}));
  EXPECT_EQ(edgeInts(network, "w", irh::abi::Symmetry::Antisymmetric), (Ints{-5, 4}));
  EXPECT_EQ(edgeComplexes(network, "w", irh::abi::Symmetry::Hermitian),
            (std::vector<std::complex<double>>{5, 10}));
  expectInvalid([&] { edgeReals(network, "w", irh::abi::Symmetry::Hermitian); },
                "e.csv:2: this row names the larger end first");
  EXPECT_EQ(edgeReals(readEdges("a,b,w\n0,1,5\n"), "w", irh::abi::Symmetry::Hermitian), Reals{5});
  const Network least = readEdges("a,b,w\n1,0,-9223372036854775808\n");
  expectInvalid([&] { edgeInts(least, "w", irh::abi::Symmetry::Antisymmetric); },
                "e.csv:2: the sum over duplicates of this edge is too large");
}

TEST(ReadNetworkTest, TheOrderOfTheRowsDoesNotMatter) {
  const Network forward = readEdges("a,b,w\n0,1,1\n1,2,2\n2,3,3\n");
  const Network backward = readEdges("a,b,w\n3,2,3\n2,1,2\n1,0,1\n");
  EXPECT_EQ(edgesOf(forward), edgesOf(backward));
  EXPECT_EQ(edgeReals(forward, "w"), edgeReals(backward, "w"));
}

// Whatever is deleted or put in, a table is read or refused.
TEST(ReadNetworkTest, NoTextCrashes) {
  const std::string edges = "a,b,w\n0,1,1.5\n1,2,\"2\"\n2,0,3e4\n";
  const std::string nodes = "id,p\n0,1\n1,2\n2,\"3,4\"\n";
  const std::string letters = ",\"\n\r-0123456789e.x\t \xff";
  std::mt19937 engine(1);
  for (int round = 0; round < 20000; ++round) {
    std::string changed[] = {edges, nodes};
    for (std::string &text : changed)
      for (int i = static_cast<int>(engine() % 4); i > 0 && !text.empty(); --i) {
        const std::size_t at = engine() % text.size();
        if (engine() % 2 == 0)
          text.erase(at, 1);
        else
          text.insert(at, 1, letters[engine() % letters.size()]);
      }
    try {
      const Network network = readBoth(changed[0], changed[1], {.duplicates = Duplicates::Sum});
      edgeReals(network, "w");
      nodeInts(network, "p");
    } catch (const Error &error) {
      ASSERT_EQ(error.code, ErrorCode::InvalidArgument);
    }
  }
}
