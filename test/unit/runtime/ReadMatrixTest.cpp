//===- ReadMatrixTest.cpp - networks from matrices --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/graph/Columns.h"
#include "runtime/graph/ReadNetwork.h"
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
using irh::abi::Directed;
using irh::abi::Duplicates;
using irh::abi::Loops;
using irh::abi::Symmetry;
using irh::rt::io::CsvTable;
using irh::rt::io::parseMatrixMarket;
using irh::rt::test::edgesOf;
using irh::rt::test::expectInvalid;

namespace {

using Complex = std::complex<double>;
using Edges = std::vector<Edge>;
using Reals = std::vector<double>;
using Ints = std::vector<std::int64_t>;
using Complexes = std::vector<Complex>;

Network readMatrix(const std::string &kind, const std::string &rest,
                   const Treatment &treatment = {}) {
  return joinMatrix(
      parseMatrixMarket("m.mtx", "%%MatrixMarket matrix coordinate " + kind + "\n" + rest),
      std::nullopt, treatment);
}

/// Entry (row, column) of the matrix that a field stands for, numbered from 0: what row sees of
/// column.
Complex entryOf(const Network &network, const Complexes &values, Symmetry symmetry,
                const Edge &rowAndColumn) {
  const auto [row, column] = rowAndColumn;
  std::size_t number = 0;
  for (const Edge edge : network.edges) {
    const Complex value = values[number++];
    if (edge == Edge{column, row})
      return value;
    if (!network.isDirected && edge == Edge{row, column})
      return symmetry == Symmetry::Symmetric   ? value
             : symmetry == Symmetry::Hermitian ? std::conj(value)
                                               : -value;
  }
  return 0;
}

} // namespace

TEST(ReadMatrixTest, AnEntryIsAnEdgeFromItsColumnToItsRow) {
  const Network network = readMatrix("real general", "3 3 2\n1 2 0.5\n3 1 -2\n");
  EXPECT_TRUE(network.isDirected);
  EXPECT_EQ(network.numNodes, 3);
  EXPECT_EQ(edgesOf(network), (Edges{{0, 2}, {1, 0}}));
  EXPECT_EQ(edgeReals(network, "weight"), (Reals{-2, 0.5}));
  EXPECT_EQ(edgeComplexes(network, "weight"), (Complexes{-2, 0.5}));
}

TEST(ReadMatrixTest, SymmetricFilesMakeUndirectedNetworks) {
  const std::string body = "% a comment\n\n3 3 2\n3 1 5\n2 1 7\n\n";
  const Network network = readMatrix("integer symmetric", body);
  EXPECT_FALSE(network.isDirected);
  EXPECT_EQ(edgesOf(network), (Edges{{0, 1}, {0, 2}}));
  EXPECT_EQ(edgeInts(network, "weight"), (Ints{7, 5}));
  EXPECT_EQ(edgeReals(network, "weight"), (Reals{7, 5}));
  const Network skew = readMatrix("integer skew-symmetric", body);
  EXPECT_EQ(edgeInts(skew, "weight", Symmetry::Antisymmetric), (Ints{7, 5}));
  const Network pattern = readMatrix("pattern symmetric", "3 3 2\n3 1\n2 1\n");
  EXPECT_EQ(edgeReals(pattern, "weight"), (Reals{1, 1}));
  EXPECT_EQ(edgeInts(pattern, "weight"), (Ints{1, 1}));
}

// Entry (2, 1) is what node 1 sees of node 0: the stored value.
TEST(ReadMatrixTest, HermitianEntriesAreWhatTheRowSees) {
  const Network network = readMatrix("complex hermitian", "3 3 2\n2 1 1 2\n3 2 0 -1\n");
  EXPECT_EQ(edgesOf(network), (Edges{{0, 1}, {1, 2}}));
  const Complexes values = edgeComplexes(network, "weight", Symmetry::Hermitian);
  EXPECT_EQ(values, (Complexes{{1, 2}, {0, -1}}));
  EXPECT_EQ(entryOf(network, values, Symmetry::Hermitian, {1, 0}), Complex(1, 2));
  EXPECT_EQ(entryOf(network, values, Symmetry::Hermitian, {0, 1}), Complex(1, -2));
}

TEST(ReadMatrixTest, SymmetricFilesMayBeReadAsDirected) {
  const Treatment directed{.loops = Loops::Keep, .directed = Directed::Yes};
  const Network network = readMatrix("complex hermitian", "2 2 2\n2 1 1 2\n1 1 3 0\n", directed);
  EXPECT_TRUE(network.isDirected);
  EXPECT_EQ(edgesOf(network), (Edges{{0, 0}, {0, 1}, {1, 0}}));
  EXPECT_EQ(edgeComplexes(network, "weight"), (Complexes{3, {1, 2}, {1, -2}}));
  const Network skew = readMatrix("real skew-symmetric", "2 2 1\n2 1 4\n", directed);
  EXPECT_EQ(edgeReals(skew, "weight"), (Reals{4, -4}));
}

TEST(ReadMatrixTest, AGeneralFileWithAllOppositesIsUndirected) {
  const std::string body = "3 3 4\n1 2 1 -2\n3 1 0 1\n2 1 1 2\n1 3 0 -1\n";
  const Network network = readMatrix("complex general", body);
  EXPECT_FALSE(network.isDirected);
  EXPECT_EQ(edgesOf(network), (Edges{{0, 1}, {0, 2}}));
  EXPECT_EQ(edgeComplexes(network, "weight", Symmetry::Hermitian), (Complexes{{1, 2}, {0, 1}}));
  expectInvalid([&] { edgeComplexes(network, "weight"); },
                "`m.mtx` is not symmetric: entries (2, 1) and (1, 2) are not equal");
  expectInvalid([&] { edgeComplexes(network, "weight", Symmetry::Antisymmetric); },
                "is not antisymmetric: entries (2, 1) and (1, 2) are not opposite");
  EXPECT_TRUE(readMatrix("complex general", body, {.directed = Directed::Yes}).isDirected);
  EXPECT_EQ(edgeReals(readMatrix("real general", "2 2 2\n1 2 -3\n2 1 3\n"), "weight",
                      Symmetry::Antisymmetric),
            Reals{3});
}

TEST(ReadMatrixTest, AGeneralFileWithoutAnOppositeIsDirected) {
  const std::string body = "3 3 3\n1 2 1\n2 1 1\n3 2 5\n";
  EXPECT_TRUE(readMatrix("real general", body).isDirected);
  expectInvalid([&] { readMatrix("real general", body, {.directed = Directed::No}); },
                "m.mtx:5: the network is said to be undirected, but entry (3, 2) has no opposite "
                "(2, 3); add it, or read the network with `directed: true`");
}

// The defect is that of both entries of the pair: sqrt(2) * |5 - 4|.
TEST(ReadMatrixTest, TheFirstBadPairIsNamed) {
  const Network network =
      readMatrix("real general", "3 3 6\n1 2 1\n2 1 1\n1 3 2\n3 1 2\n2 3 4\n3 2 5\n");
  expectInvalid([&] { edgeReals(network, "weight"); },
                "`m.mtx` is not symmetric: entries (3, 2) and (2, 3) are not equal (norm of what "
                "differs: 1.4142135623730951); declare the field otherwise, or read the network "
                "with `directed: true`");
}

TEST(ReadMatrixTest, RoundingIsNoDefect) {
  const Network network = readMatrix("real general", "2 2 2\n1 2 0.30000000000000004\n2 1 0.3\n");
  EXPECT_EQ(edgeReals(network, "weight"), Reals{0.3}) << "the entry below the diagonal counts";
}

TEST(ReadMatrixTest, TheSymmetryOfTheFileIsThatOfTheField) {
  const Network hermitian = readMatrix("complex hermitian", "2 2 1\n2 1 1 2\n");
  expectInvalid([&] { edgeComplexes(hermitian, "weight"); }, "`m.mtx` is not symmetric");
  const Network symmetric = readMatrix("real symmetric", "2 2 1\n2 1 3\n");
  EXPECT_EQ(edgeComplexes(symmetric, "weight", Symmetry::Hermitian), Complexes{3})
      << "a real symmetric matrix is hermitian";
  expectInvalid([&] { edgeReals(symmetric, "weight", Symmetry::Antisymmetric); },
                "`m.mtx` is not antisymmetric");
  const Network loop = readMatrix("complex symmetric", "1 1 1\n1 1 0 1\n", {.loops = Loops::Keep});
  expectInvalid([&] { edgeComplexes(loop, "weight", Symmetry::Hermitian); },
                "entries (1, 1) and (1, 1) are not conjugate");
}

TEST(ReadMatrixTest, OtherColumnsAndTypesAreRefused) {
  const Network network = readMatrix("complex hermitian", "2 2 1\n2 1 1 2\n");
  expectInvalid([&] { edgeReals(network, "weight"); },
                "the entries of `m.mtx` are complex; a `complex` field takes them");
  expectInvalid([&] { edgeInts(network, "weight"); }, "are not integers");
  expectInvalid([&] { edgeComplexes(network, "w"); },
                "`m.mtx` has no column `w`; the entries of a matrix are the column `weight`");
}

TEST(ReadMatrixTest, DuplicatesAreRefusedSummedOrDropped) {
  const std::string body = "2 2 4\n2 1 1\n1 2 5\n2 1 10\n1 2 6\n";
  expectInvalid([&] { readMatrix("real general", body); },
                "m.mtx:5: this entry is already on line 3; `duplicates: sum` or");
  EXPECT_EQ(edgeReals(readMatrix("real general", body, {.duplicates = Duplicates::Sum}), "weight"),
            Reals{11});
  const Network first = readMatrix("real general", body,
                                   {.duplicates = Duplicates::First, .directed = Directed::Yes});
  EXPECT_EQ(edgesOf(first), (Edges{{0, 1}, {1, 0}}));
  EXPECT_EQ(edgeReals(first, "weight"), (Reals{1, 5}));
  const Network large = readMatrix("integer general", "2 2 2\n2 1 9223372036854775807\n2 1 1\n",
                                   {.duplicates = Duplicates::Sum});
  expectInvalid([&] { edgeInts(large, "weight"); }, "m.mtx:4: the sum over duplicates");
}

TEST(ReadMatrixTest, LoopsAreRefusedKeptOrDropped) {
  const std::string body = "2 2 3\n1 1 4\n2 1 1\n1 2 1\n";
  expectInvalid([&] { readMatrix("real general", body); },
                "m.mtx:3: this entry is on the diagonal");
  const Network kept = readMatrix("real general", body, {.loops = Loops::Keep});
  EXPECT_EQ(edgesOf(kept), (Edges{{0, 0}, {0, 1}}));
  EXPECT_EQ(edgeReals(kept, "weight"), (Reals{4, 1}));
  EXPECT_EQ(edgesOf(readMatrix("real general", body, {.loops = Loops::Drop})), (Edges{{0, 1}}));
}

TEST(ReadMatrixTest, NodesMayHaveAFileOfTheirOwn) {
  const auto matrix = [] {
    return parseMatrixMarket("m.mtx",
                             "%%MatrixMarket matrix coordinate pattern symmetric\n2 2 1\n2 1\n");
  };
  const Network network =
      joinMatrix(matrix(), CsvTable::parse("n.csv", "id,p\n70,1.5\n50,2.5\n"), {});
  EXPECT_EQ(network.ids, (Ints{70, 50})) << "entries name rows, never ids";
  EXPECT_EQ(edgesOf(network), (Edges{{0, 1}}));
  EXPECT_EQ(nodeReals(network, "p"), (Reals{1.5, 2.5}));
  expectInvalid([&] { joinMatrix(matrix(), CsvTable::parse("n.csv", "p\n1\n"), {}); },
                "`n.csv` has 1 nodes, but the matrix in `m.mtx` has 2 rows");
}

TEST(ReadMatrixTest, BannersSpeakForThemselves) {
  const auto parse = [](const std::string &banner) {
    return [banner] { parseMatrixMarket("m.mtx", banner + "\n2 2 1\n2 1 1 1\n"); };
  };
  expectInvalid([] { parseMatrixMarket("m.mtx", ""); },
                "m.mtx:1: a matrix file begins with a line");
  expectInvalid(parse("2 2 1"), "m.mtx:1: a matrix file begins with a line such as `%%MatrixMarket "
                                "matrix coordinate real general`, but this one with `2`");
  expectInvalid(parse("%%MatrixMarket vector coordinate real general"), "`vector` is no object");
  expectInvalid(parse("%%MatrixMarket matrix array real general"),
                "m.mtx:1: `array` is no format that can be read; write the matrix in `coordinate`");
  expectInvalid(parse("%%MatrixMarket matrix coordinate reals general"),
                "`reals` is no field that can be read; fields are `real`, `complex`, `integer` and "
                "`pattern`; did you mean `real`?");
  expectInvalid(parse("%%MatrixMarket matrix coordinate real"), "`` is no symmetry");
  expectInvalid(parse("%%MatrixMarket matrix coordinate real hermitian"), "only a complex matrix");
  expectInvalid(parse("%%MatrixMarket matrix coordinate pattern skew-symmetric"), "no signs");
  EXPECT_EQ(parseMatrixMarket("m.mtx", "%%MatrixMarket MATRIX Coordinate Complex GENERAL\r\n"
                                       "2 2 1\r\n 2\t1  1e-1 +2 \r\n")
                .complexAt(0),
            Complex(0.1, 2));
}

TEST(ReadMatrixTest, SizesAreChecked) {
  const auto read = [](const std::string &rest) {
    return [rest] { readMatrix("real general", rest); };
  };
  expectInvalid(read(""), "m.mtx:1: the file ends before the line with the numbers of rows");
  expectInvalid(read("%\n\n"), "m.mtx:3: the file ends before the line");
  expectInvalid(read("2 x 1\n"), "m.mtx:2: `x` is not a number of columns");
  expectInvalid(read("2 2\n"), "m.mtx:2: `` is not a number of entries");
  expectInvalid(read("-2 2 1\n"), "`-2` is not a number of rows");
  expectInvalid(read("2 2 1 1\n"), "m.mtx:2: a coordinate matrix has three numbers here");
  expectInvalid(read("2 2 9000000000\n1 1 1\n"), "m.mtx:2: the matrix is too large");
  expectInvalid(read("2 3 0\n"), "m.mtx:2: a matrix with 2 rows and 3 columns is no network");
  expectInvalid([] { readMatrix("real symmetric", "2 3 0\n"); }, "is not symmetric in any way");
  expectInvalid(read("2000000000 2000000000 1\n2 1 1\n"), "m.mtx:2: a matrix of 2000000000 rows "
                                                          "with 1 entries is nearly empty");
  EXPECT_EQ(readMatrix("real general", "3 3 0\n").edges.size(), 0u);
}

TEST(ReadMatrixTest, EntriesAreChecked) {
  const auto read = [](const std::string &kind, const std::string &rest) {
    return [kind, rest] { readMatrix(kind, rest); };
  };
  expectInvalid(read("real general", "2 2 2\n1 2 1\n"),
                "m.mtx:3: the file ends after 1 of 2 entries; it may have been cut short");
  expectInvalid(read("real general", "2 2 1\n1 2 1\n2 1 1\n"),
                "m.mtx:4: this line follows the last of the 1 entries that line 2 announces");
  expectInvalid(read("real general", "2 2 2\n1 2 1\n\n2 1 1\n"), "m.mtx:4: this line is empty");
  expectInvalid(read("real general", "2 2 1\n1 3 1\n"),
                "m.mtx:3: column 3 is outside the matrix: columns are numbered from 1 to 2");
  expectInvalid(read("real general", "2 2 1\n0 1 1\n"), "m.mtx:3: row 0 is outside the matrix");
  expectInvalid(read("real general", "2 2 1\n1.5 1 1\n"), "`1.5` is not the number of a row");
  expectInvalid(read("real general", "2 2 1\n1 2\n"),
                "m.mtx:3: the value of this entry is missing");
  expectInvalid(read("real general", "2 2 1\n1 2 x\n"), "m.mtx:3: `x` is not a finite number");
  expectInvalid(read("real general", "2 2 1\n1 2 nan\n"), "m.mtx:3: `nan` is not a finite number");
  expectInvalid(read("real general", "2 2 1\n1 2 1e999\n"), "`1e999` is not a finite number");
  expectInvalid(read("real general", "2 2 1\n1 2 1 1\n"), "m.mtx:3: `1` follows the entry");
  expectInvalid(read("complex general", "2 2 1\n1 2 1\n"), "the value of this entry is missing");
  expectInvalid(read("complex general", "2 2 1\n1 2 1 inf\n"), "`inf` is not a finite number");
  expectInvalid(read("integer general", "2 2 1\n1 2 1.5\n"), "m.mtx:3: `1.5` is not an integer");
  expectInvalid(read("pattern general", "2 2 1\n1 2 1\n"), "`1` follows the entry");
  expectInvalid(read("real symmetric", "2 2 1\n1 2 1\n"),
                "m.mtx:3: a symmetric file holds the lower triangle alone");
  expectInvalid(read("real skew-symmetric", "2 2 1\n1 1 1\n"), "has zeros on the diagonal");
  expectInvalid(read("complex hermitian", "2 2 1\n1 1 1 1\n"), "is real on the diagonal");
}

TEST(ReadMatrixTest, TheOrderOfTheEntriesDoesNotMatter) {
  const Network forward = readMatrix("real general", "3 3 3\n1 2 1\n2 3 2\n3 1 3\n");
  const Network backward = readMatrix("real general", "3 3 3\n3 1 3\n2 3 2\n1 2 1\n");
  EXPECT_EQ(edgesOf(forward), edgesOf(backward));
  EXPECT_EQ(edgeReals(forward, "weight"), edgeReals(backward, "weight"));
}

// Whatever is deleted or put in, a matrix is read or refused.
TEST(ReadMatrixTest, NoTextCrashes) {
  const std::string text =
      "%%MatrixMarket matrix coordinate complex general\n% x\n3 3 4\n1 2 1 -2\n2 1 1 2\n3 1 0 1\n"
      "1 3 0 -1e3\n";
  const std::string letters = "%\n\r-0123456789e.x\t \xff";
  std::mt19937 engine(1);
  for (int round = 0; round < 20000; ++round) {
    std::string changed = text;
    for (int i = static_cast<int>(engine() % 4); i > 0; --i) {
      const std::size_t at = engine() % changed.size();
      if (engine() % 2 == 0)
        changed.erase(at, 1);
      else
        changed.insert(at, 1, letters[engine() % letters.size()]);
    }
    try {
      const Network network = joinMatrix(parseMatrixMarket("m.mtx", changed), std::nullopt,
                                         {.duplicates = Duplicates::Sum, .loops = Loops::Keep});
      edgeComplexes(network, "weight", Symmetry::Hermitian);
    } catch (const Error &error) {
      ASSERT_EQ(error.code, ErrorCode::InvalidArgument);
    }
  }
}

TEST(ReadMatrixTest, AMarkIsThatOfTheEntries) {
  const auto mark = [](const std::string &entries) {
    return markFiles(*readMatrix("real symmetric", "3 3 2\n" + entries).files)[0].checksum;
  };
  EXPECT_EQ(mark("2 1 1\n3 1 2\n"), mark("2 1 1.0\n3 1 2\n"));
  EXPECT_NE(mark("2 1 1\n3 1 2\n"), mark("2 1 1\n3 2 2\n"));
  EXPECT_NE(mark("2 1 1\n3 1 2\n"), mark("2 1 1\n3 1 3\n"));
}
