//===- Format.h - values as text --------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_FORMAT_H
#define IRH_RUNTIME_REPORT_FORMAT_H

#include "runtime/abi/Abi.h"

#include <complex>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace irh::rt::report {

/// A value in a row.
using Value = std::variant<bool, std::int64_t, double, std::complex<double>, std::vector<double>>;

/// For people: six digits of a real, `0.5-1.2i` for a complex.
std::string toReadable(const Value &value);

/// For programs: the fewest digits that read back the same, with a `.0` where a real is integral;
/// `null` for NaN and infinities; `[re, im]` for a complex, `[a, b, c]` for several reals.
std::string toJson(const Value &value);

/// For spreadsheets: as `toJson`, but `nan`, `inf` and `-inf`; a complex is two cells, `re,im`,
/// several reals are one, in quotes.
std::string toCsv(const Value &value);

/// Appends the digits of `toCsv` without making a string.
void appendReal(std::string &text, double value);

/// A JSON string, in quotes.
std::string quoteJson(std::string_view text);

/// A cell of CSV: in quotes where it holds a comma, a quote or a line end.
std::string quoteCsv(std::string_view text);

/// The names of a column's cells in CSV: `z`, or `z_re,z_im` for a complex.
std::string csvNames(std::string_view name, abi::Element element);

/// Columns that a readable value of this element takes, at most.
std::size_t readableWidth(abi::Element element);

/// Characters (code points) of a UTF-8 text.
std::size_t countCharacters(std::string_view text);

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_FORMAT_H
