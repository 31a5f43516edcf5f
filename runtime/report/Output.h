//===- Output.h - bytes to a file descriptor --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_OUTPUT_H
#define IRH_RUNTIME_REPORT_OUTPUT_H

#include <string>
#include <string_view>

namespace irh::rt::report {

/// Writes all of `text`, at once and unbuffered, so that rows and messages keep their order.
/// `path` names a file in messages; empty for the output of the program.
///
/// Errors  OutputClosed where nobody reads any more (SIGPIPE must be ignored);
///         OutputFailed where the text cannot be written for another reason.
void writeAll(int descriptor, std::string_view text, const std::string &path = "");

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_OUTPUT_H
