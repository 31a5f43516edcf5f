//===- MatrixMarket.cpp - sparse matrices in their exchange format ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/io/MatrixMarket.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/io/ReadFile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

namespace irh::rt::io {

std::complex<double> MatrixMarket::complexAt(std::int64_t entry) const {
  const auto i = static_cast<std::size_t>(entry);
  switch (field) {
  case MatrixField::Real:
    return reals[i];
  case MatrixField::Complex:
    return {reals[i], imaginary[i]};
  case MatrixField::Integer:
    return static_cast<double>(ints[i]);
  case MatrixField::Pattern:
    break;
  }
  return 1;
}

namespace {

const std::array<std::string, 4> kFieldNames = {"real", "complex", "integer", "pattern"};
const std::array<std::string, 4> kSymmetryNames = {"general", "symmetric", "hermitian",
                                                   "skew-symmetric"};

constexpr std::int64_t kMostRows = std::numeric_limits<std::int32_t>::max();

char toLower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool isBlank(std::string_view line) { return trim(line).empty(); }

/// Takes the first word off a line; empty at its end.
std::string_view takeWord(std::string_view &line) {
  line = trim(line);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

class Parser {
public:
  Parser(const std::string &path, std::string_view text) : rest(text) { matrix.path = path; }

  MatrixMarket run() {
    readBanner();
    readSize();
    matrix.firstLine = lineNumber + 1;
    reserveEntries();
    while (matrix.numEntries() < numAnnounced)
      readEntry();
    expectEnd();
    return std::move(matrix);
  }

private:
  Error error(const std::string &message) const {
    return invalidAt(matrix.path, std::max<std::int64_t>(lineNumber, 1), message);
  }

  /// Moves to the next line; false at the end of the file.
  bool nextLine() {
    if (rest.empty())
      return false;
    ++lineNumber;
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    return true;
  }

  template <typename Names>
  std::size_t chooseWord(const Names &names, const std::string &what, std::string_view instead) {
    std::string word(takeWord(line));
    std::transform(word.begin(), word.end(), word.begin(), toLower);
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end())
      throw error(quote(word) + " is no " + what + " that can be read; " + std::string(instead) +
                  suggestion(word, std::span<const std::string>(names)));
    return static_cast<std::size_t>(found - names.begin());
  }

  void readBanner() {
    static const std::array<std::string, 1> kObjects = {"matrix"};
    static const std::array<std::string, 1> kFormats = {"coordinate"};
    const std::string_view first = nextLine() ? takeWord(line) : line;
    if (first != "%%MatrixMarket")
      throw error("a matrix file begins with a line such as `%%MatrixMarket matrix coordinate real "
                  "general`, but this one with " +
                  quote(first));
    chooseWord(kObjects, "object", "it must be `matrix`");
    chooseWord(kFormats, "format", "write the matrix in `coordinate` format, one entry a line");
    matrix.field = static_cast<MatrixField>(
        chooseWord(kFieldNames, "field", "fields are `real`, `complex`, `integer` and `pattern`"));
    matrix.symmetry = static_cast<MatrixSymmetry>(
        chooseWord(kSymmetryNames, "symmetry",
                   "symmetries are `general`, `symmetric`, `hermitian` and `skew-symmetric`"));
    const bool isComplex = matrix.field == MatrixField::Complex;
    if (matrix.symmetry == MatrixSymmetry::Hermitian && !isComplex)
      throw error("only a complex matrix is hermitian; say `symmetric` of another");
    if (matrix.symmetry == MatrixSymmetry::Skew && matrix.field == MatrixField::Pattern)
      throw error("a pattern has no signs, so it cannot be skew-symmetric; say `symmetric`");
  }

  std::int64_t takeCount(const std::string &what) {
    const std::string word(takeWord(line));
    const std::optional<std::int64_t> count = parseInt(word);
    if (!count || *count < 0)
      throw error(quote(word) + " is not a number of " + what +
                  "; this line holds the numbers of rows, columns and entries");
    return *count;
  }

  void readSize() {
    do {
      if (!nextLine())
        throw error("the file ends before the line with the numbers of rows, columns and entries");
    } while (line.starts_with('%') || isBlank(line));
    matrix.numRows = takeCount("rows");
    matrix.numColumns = takeCount("columns");
    numAnnounced = takeCount("entries");
    if (!isBlank(line))
      throw error("a coordinate matrix has three numbers here: rows, columns and entries");
    if (std::max({matrix.numRows, matrix.numColumns, numAnnounced}) > kMostRows)
      throw error("the matrix is too large: at most " + std::to_string(kMostRows) +
                  " rows, columns and entries fit");
    if (matrix.symmetry != MatrixSymmetry::General && matrix.numRows != matrix.numColumns)
      throw error("a matrix with " + std::to_string(matrix.numRows) + " rows and " +
                  std::to_string(matrix.numColumns) + " columns is not symmetric in any way");
  }

  // The announced number may be anything; an entry takes at least four bytes.
  void reserveEntries() {
    const auto room = std::min(static_cast<std::size_t>(numAnnounced), rest.size() / 4 + 1);
    matrix.rows.reserve(room);
    matrix.columns.reserve(room);
    if (matrix.field == MatrixField::Integer)
      return matrix.ints.reserve(room);
    if (matrix.field != MatrixField::Pattern)
      matrix.reals.reserve(room);
    if (matrix.field == MatrixField::Complex)
      matrix.imaginary.reserve(room);
  }

  std::int32_t takeIndex(const char *what, std::int64_t bound) {
    const std::string_view word = takeWord(line);
    const std::optional<std::int64_t> index = parseInt(word);
    if (!index)
      throw error(quote(word) + " is not the number of a " + what);
    if (*index < 1 || *index > bound)
      throw error(std::string(what) + " " + std::to_string(*index) + " is outside the matrix: " +
                  what + "s are numbered from 1 to " + std::to_string(bound));
    return static_cast<std::int32_t>(*index - 1);
  }

  double takeReal() {
    const std::string_view word = takeWord(line);
    const std::optional<double> value = parseReal(word);
    if (!value || !std::isfinite(*value))
      throw error(word.empty() ? "the value of this entry is missing"
                               : quote(word) + " is not a finite number");
    return *value;
  }

  std::int64_t takeInt() {
    const std::string_view word = takeWord(line);
    const std::optional<std::int64_t> value = parseInt(word);
    if (!value)
      throw error(word.empty() ? "the value of this entry is missing"
                               : quote(word) + " is not an integer");
    return *value;
  }

  void takeValue() {
    if (matrix.field == MatrixField::Pattern)
      return;
    if (matrix.field == MatrixField::Integer)
      return matrix.ints.push_back(takeInt());
    matrix.reals.push_back(takeReal());
    if (matrix.field == MatrixField::Complex)
      matrix.imaginary.push_back(takeReal());
  }

  void readEntry() {
    if (!nextLine())
      throw error("the file ends after " + std::to_string(matrix.numEntries()) + " of " +
                  std::to_string(numAnnounced) + " entries; it may have been cut short");
    if (isBlank(line))
      throw error("this line is empty; only the end of the file may be");
    matrix.rows.push_back(takeIndex("row", matrix.numRows));
    matrix.columns.push_back(takeIndex("column", matrix.numColumns));
    takeValue();
    if (!isBlank(line))
      throw error(quote(trim(line)) + " follows the entry, which ends before it");
    checkPlace();
  }

  /// Whether the symmetry allows an entry here.
  void checkPlace() const {
    if (matrix.symmetry == MatrixSymmetry::General || matrix.rows.back() > matrix.columns.back())
      return;
    const std::string name =
        "a " + kSymmetryNames[static_cast<std::size_t>(matrix.symmetry)] + " file ";
    if (matrix.rows.back() < matrix.columns.back())
      throw error(name + "holds the lower triangle alone, and this entry is above the diagonal; "
                         "leave it out, or say `general` on the first line");
    if (matrix.symmetry == MatrixSymmetry::Skew)
      throw error(name + "has zeros on the diagonal, which are left out");
    if (matrix.symmetry == MatrixSymmetry::Hermitian && matrix.imaginary.back() != 0)
      throw error(name + "is real on the diagonal, and this entry is not");
  }

  void expectEnd() {
    while (nextLine())
      if (!isBlank(line))
        throw error("this line follows the last of the " + std::to_string(numAnnounced) +
                    " entries that line " + std::to_string(matrix.firstLine - 1) + " announces");
  }

  MatrixMarket matrix;
  std::string_view rest; ///< What has not been read.
  std::string_view line; ///< What is left of the line at hand.
  std::int64_t lineNumber = 0;
  std::int64_t numAnnounced = 0;
};

} // namespace

MatrixMarket parseMatrixMarket(const std::string &path, const std::string &text) {
  return Parser(path, text).run();
}

MatrixMarket readMatrixMarket(const std::string &path) {
  return parseMatrixMarket(path, readFile(path));
}

} // namespace irh::rt::io
