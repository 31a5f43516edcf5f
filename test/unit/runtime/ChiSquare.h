//===- ChiSquare.h - whether counts fit what is expected --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_RUNTIME_CHISQUARE_H
#define IRH_TEST_UNIT_RUNTIME_CHISQUARE_H

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace irh::rt::test {

/// Expects counts to be within a chi-square that independent ones exceed once in a million times.
/// Neighboring classes are merged until 5 are expected in each. The quantile is that of E. Wilson
/// and M. Hilferty, PNAS 17, 1931: n (1 - 2/(9n) + z sqrt(2/(9n)))^3 with z = 4.753.
inline void expectLikely(const std::vector<double> &observed, const std::vector<double> &expected) {
  ASSERT_EQ(observed.size(), expected.size());
  double chiSquare = 0;
  double numClasses = 0;
  double seen = 0;
  double wanted = 0;
  double left = 0;
  for (const double count : expected)
    left += count;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    seen += observed[i];
    wanted += expected[i];
    left -= expected[i];
    const bool isLast = i + 1 == observed.size();
    if (!isLast && (wanted < 5 || left < 5))
      continue;
    chiSquare += (seen - wanted) * (seen - wanted) / wanted;
    ++numClasses;
    seen = wanted = 0;
  }
  const double free = numClasses - 1;
  const double spread = 2 / (9 * free);
  EXPECT_LT(chiSquare, free * std::pow(1 - spread + 4.753 * std::sqrt(spread), 3));
}

} // namespace irh::rt::test

#endif // IRH_TEST_UNIT_RUNTIME_CHISQUARE_H
