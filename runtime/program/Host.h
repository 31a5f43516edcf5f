//===- Host.h - a program that a run is part of -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_HOST_H
#define IRH_RUNTIME_PROGRAM_HOST_H

#include "runtime/report/Report.h"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace irh::rt::program {

/// What a program around the run gives and takes, values as bytes in the user's order. Rows and
/// last values come on rank 0, which runs on the thread that launched it.
class Host : public report::RowTaker {
public:
  /// What takes the place of the field's first values; empty to leave them. Called by every rank,
  /// at the same time, and gives the same to each.
  virtual std::span<const std::byte> initialValues(std::string_view field) const = 0;

  /// The values at the end of the run.
  virtual void takeFinalValues(std::string_view field, std::vector<std::byte> values) = 0;
};

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_HOST_H
