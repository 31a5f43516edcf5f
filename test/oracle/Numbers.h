//===- Numbers.h - operators and functions of the language on single values ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// As docs/language.md defines them, on the C++ library's functions. `Value` holds what
// sema::Type says: bool, std::int64_t, double or std::complex<double>.

#ifndef IRH_TEST_ORACLE_NUMBERS_H
#define IRH_TEST_ORACLE_NUMBERS_H

#include "compiler/Sema/Model.h"
#include "runtime/report/Format.h"

#include <complex>
#include <cstdint>
#include <vector>

namespace irh::oracle {

using Value = rt::report::Value;
using Complex = std::complex<double>;

inline bool toBool(const Value &value) { return std::get<bool>(value); }
inline std::int64_t toInt(const Value &value) { return std::get<std::int64_t>(value); }
inline double toReal(const Value &value) { return std::get<double>(value); }

/// A bool counts as 0 or 1 here, which the language itself does not do.
Value convert(const Value &value, sema::Type type);

Value negate(const Value &value);
/// `type` is the result's: it tells an int's power from a real's.
Value apply(sema::BinaryOp op, sema::Type type, const Value &left, const Value &right);
Value call(sema::Function function, const std::vector<Value> &operands);

/// The reduction of `terms`, in their order. Of nothing: its neutral element; for a mean 0.
Value reduce(sema::ReduceKind kind, sema::Type type, const std::vector<Value> &terms);

} // namespace irh::oracle

#endif // IRH_TEST_ORACLE_NUMBERS_H
