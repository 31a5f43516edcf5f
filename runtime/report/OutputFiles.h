//===- OutputFiles.h - the files a run writes, and how far each has got -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_REPORT_OUTPUTFILES_H
#define IRH_RUNTIME_REPORT_OUTPUTFILES_H

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace irh::rt::report {

/// How far a file has got: bytes of text, records of HDF5. At 0 it is made anew.
struct Mark {
  std::string path;
  std::int64_t position = 0;
};

/// Every file of a run has one writer, which claims it and moves its mark with each row. A
/// checkpoint keeps the marks; a resumed run gives them back before anything is claimed, and each
/// writer cuts its file at the mark and goes on there. Every rank claims; rank 0 moves the marks.
class OutputFiles {
public:
  /// The mark of a file, which lives as long as this.
  ///
  /// Errors  InvalidArgument if the file is another's already.
  Mark &claim(const std::string &path);

  /// Of all files that were claimed, now or before the run was resumed.
  std::vector<Mark> marks() const;
  void resumeAt(const std::vector<Mark> &marks);

private:
  struct Entry {
    Mark mark;
    bool isClaimed = false;
  };
  std::deque<Entry> entries; ///< Marks stay where they are.
};

} // namespace irh::rt::report

#endif // IRH_RUNTIME_REPORT_OUTPUTFILES_H
