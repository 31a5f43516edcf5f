//===- Writers.h - the formats of saved fields ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SAVE_WRITERS_H
#define IRH_RUNTIME_SAVE_WRITERS_H

#include "runtime/report/OutputFiles.h"
#include "runtime/save/SavedFiles.h"

#include <memory>
#include <vector>

namespace irh::rt::save {

/// The columns that say which point it is: `id` of a node, `src` and `dst` of an edge; ids are
/// those of the file that was read, else rows.
std::vector<Column> pointColumns(partition::LocalNetwork &network, abi::SetKind kind);

/// Errors of both: InvalidArgument where the first request does not fit the format.
std::unique_ptr<Writer> makeCsvWriter(const SaveRequest &first, report::Mark &mark);
std::unique_ptr<Writer> makeHdf5Writer(const SaveRequest &first, report::Mark &mark);

} // namespace irh::rt::save

#endif // IRH_RUNTIME_SAVE_WRITERS_H
