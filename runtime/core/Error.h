//===- Error.h - the one exception of the runtime ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_CORE_ERROR_H
#define IRH_RUNTIME_CORE_ERROR_H

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace irh::rt {

enum class ErrorCode {
  InvalidArgument, ///< The model, a flag or an input file is wrong.
  Stopped,         ///< The run was stopped: a check, a value that is not finite.
  OutOfMemory,     ///< The model is too large for this machine.
  OutputFailed,    ///< Rows cannot be written: a full disk, say.
  OutputClosed,    ///< Nobody reads the rows any more; nothing to say about it.
  Aborted,         ///< Another rank failed; that rank says why.
  Internal,        ///< A fault of ours.
};

/// The exit code of a program that ends with this error.
constexpr int exitCode(ErrorCode code) {
  switch (code) {
  case ErrorCode::InvalidArgument:
  case ErrorCode::OutOfMemory:
  case ErrorCode::OutputFailed:
  case ErrorCode::OutputClosed:
    return 1;
  case ErrorCode::Stopped:
    return 2;
  case ErrorCode::Aborted:
  case ErrorCode::Internal:
    return 3;
  }
  return 3;
}

/// Whether every rank comes to this error by itself, at the same call: it follows from the model,
/// its parameters, its files, and values that all ranks agree on.
constexpr bool isAgreed(ErrorCode code) {
  return code == ErrorCode::InvalidArgument || code == ErrorCode::Stopped;
}

/// The only exception the runtime throws. It stops at abi/Guard.h.
class Error : public std::runtime_error {
public:
  Error(ErrorCode code, const std::string &message) : std::runtime_error(message), code(code) {}

  ErrorCode code;
};

/// The user's mistake: says what is there, what the rule is, what to do.
inline Error invalid(const std::string &message) {
  return Error(ErrorCode::InvalidArgument, message);
}

/// A mistake on a line of an input file; `line` counts from 1.
inline Error invalidAt(std::string_view file, std::int64_t line, const std::string &message) {
  return invalid(std::string(file) + ":" + std::to_string(line) + ": " + message);
}

} // namespace irh::rt

#endif // IRH_RUNTIME_CORE_ERROR_H
