//===- ExpectError.h - an error with a code and words -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_RUNTIME_EXPECTERROR_H
#define IRH_TEST_UNIT_RUNTIME_EXPECTERROR_H

#include "runtime/core/Error.h"

#include <gtest/gtest.h>

#include <string>

namespace irh::rt::test {

/// Expects `body` to throw this error with a message that holds `words`.
template <typename Body> void expectError(ErrorCode code, Body body, const std::string &words) {
  try {
    body();
    ADD_FAILURE() << "no error; expected: " << words;
  } catch (const Error &error) {
    EXPECT_EQ(error.code, code);
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos)
        << "message:  " << error.what() << "\nexpected: " << words;
  }
}

template <typename Body> void expectInvalid(Body body, const std::string &words) {
  expectError(ErrorCode::InvalidArgument, body, words);
}

} // namespace irh::rt::test

#endif // IRH_TEST_UNIT_RUNTIME_EXPECTERROR_H
