//===- SavedFiles.h - files that a model saves fields to --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_SAVE_SAVEDFILES_H
#define IRH_RUNTIME_SAVE_SAVEDFILES_H

#include "runtime/core/Communicator.h"
#include "runtime/partition/LocalNetwork.h"
#include "runtime/report/OutputFiles.h"
#include "runtime/save/Windows.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace irh::rt::save {

/// The state of an evolve.
struct SavedState {
  std::int64_t step = 0;
  double t = 0;
};

/// A field, or a stored definition, as the model names it.
struct SavedField {
  partition::LocalNetwork *network = nullptr;
  abi::SetKind kind = abi::SetKind::Nodes;
  Column column;
};

/// What a `save` asks for.
struct SaveRequest {
  std::string path;
  abi::SaveFormat format = abi::SaveFormat::Csv;
  std::vector<SavedField> fields;  ///< In the order of the columns.
  std::optional<SavedState> state; ///< Inside an evolve.
};

/// A file that takes one record after the other, in one of the formats.
class Writer {
public:
  virtual ~Writer() = default;
  /// Collective. Errors: Aborted, OutputFailed.
  virtual void write(const SaveRequest &request, Communicator &comm) = 0;
};

/// Every file that the run has saved to.
class SavedFiles {
public:
  /// Writes a record: the first to a file makes it anew, unless its mark says that a resumed run
  /// goes on there. Outside an evolve it is the only one.
  ///
  ///   .csv  a row for each point: `t` inside an evolve, `id` or `src,dst`, the fields.
  ///   .h5   /nodes/id, /edges/src and /edges/dst once; inside an evolve /t, /step and the fields
  ///         grow by a record, outside one the fields are there alone.
  ///
  /// Collective   with the same request on every rank; rank 0 writes.
  /// Cost         memory for one window of points on rank 0.
  /// Determinism  points in the order of their rows, whatever the ranks.
  /// Errors       InvalidArgument: two statements that write one file in different ways, columns of
  ///              one name, sets that do not fit in one file. OutputFailed.
  void save(const SaveRequest &request, report::OutputFiles &files, Communicator &comm);

private:
  /// What all records of a file have in common.
  struct Layout {
    struct Entry {
      std::string name;
      abi::Element element;
      const partition::LocalNetwork *network;
      abi::SetKind kind;

      friend bool operator==(const Entry &, const Entry &) = default;
    };
    std::vector<Entry> columns;
    bool hasTimes = false;

    friend bool operator==(const Layout &, const Layout &) = default;
  };
  struct File {
    Layout layout;
    std::unique_ptr<Writer> writer;
  };

  static Layout layoutOf(const SaveRequest &request);

  std::map<std::string, File> files; ///< By path.
};

} // namespace irh::rt::save

#endif // IRH_RUNTIME_SAVE_SAVEDFILES_H
