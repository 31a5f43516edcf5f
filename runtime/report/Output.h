//===- Output.h - bytes to a file descriptor --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_OUTPUT_H
#define IRH_RUNTIME_REPORT_OUTPUT_H

#include <string_view>

namespace irh::rt::report {

/// Writes all of `text`, at once and unbuffered, so that rows and messages keep their order.
///
/// Errors  OutputClosed where nobody reads any more (SIGPIPE must be ignored);
///         OutputFailed where the text cannot be written for another reason.
void writeAll(int descriptor, std::string_view text);

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_OUTPUT_H
