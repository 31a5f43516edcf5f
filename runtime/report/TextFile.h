//===- TextFile.h - a file of rows ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_TEXTFILE_H
#define IRH_RUNTIME_REPORT_TEXTFILE_H

#include "runtime/report/OutputFiles.h"

#include <string_view>

namespace irh::rt::report {

/// A file that grows; what is appended is the kernel's at once.
class TextFile {
public:
  /// Makes the file anew where its mark is 0, else cuts it there.
  ///
  /// Errors  OutputFailed: no such folder, no permission, shorter than its mark.
  explicit TextFile(Mark &mark);
  ~TextFile();
  TextFile(const TextFile &) = delete;
  TextFile &operator=(const TextFile &) = delete;

  bool isEmpty() const { return mark.position == 0; }

  /// Writes the text and moves the mark. Errors: OutputFailed, with the file's name.
  void append(std::string_view text);

private:
  Mark &mark;
  int descriptor;
};

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_TEXTFILE_H
