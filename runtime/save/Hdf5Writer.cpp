//===- Hdf5Writer.cpp - fields as arrays of an HDF5 file --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/core/Error.h"
#include "runtime/io/Hdf5File.h"
#include "runtime/save/Writers.h"

#include <optional>
#include <utility>

namespace irh::rt::save {
namespace {

using io::Hdf5Dataset;
using io::Hdf5File;
using Shape = Hdf5Dataset::Shape;

void requireOneNetwork(const SaveRequest &request) {
  const SavedField &first = request.fields.front();
  for (const SavedField &field : request.fields)
    if (field.network != first.network)
      throw invalid("`" + first.column.name + "` and `" + field.column.name +
                    "` live on different networks; save them to two files");
}

void requireOwnNames(const SaveRequest &request) {
  std::vector<std::string> taken = {"t", "step", "nodes", "edges"};
  for (const SavedField &field : request.fields) {
    const std::string &name = field.column.name;
    for (const std::string &other : taken)
      if (name == other)
        throw invalid("`" + request.path + "` has something else named `" + name +
                      "`; save the field under another name: `let other = " + name + "`");
    taken.push_back(name);
  }
}

/// What is saved of one set.
struct SavedSet {
  abi::SetKind kind;
  Windows windows;
  std::vector<Column> ids;
  std::vector<Hdf5Dataset> idArrays;
  std::vector<Hdf5Dataset> arrays; ///< Of the fields, in their order.
};

std::vector<Column> columnsOn(abi::SetKind kind, const SaveRequest &request) {
  std::vector<Column> columns;
  for (const SavedField &field : request.fields)
    if (field.kind == kind)
      columns.push_back(field.column);
  return columns;
}

std::optional<SavedSet> makeSet(abi::SetKind kind, const SaveRequest &first) {
  const std::vector<Column> columns = columnsOn(kind, first);
  if (columns.empty())
    return std::nullopt;
  partition::LocalNetwork &network = *first.fields[0].network;
  const partition::LocalSet &points = network.set(kind);
  SavedSet set{kind, Windows(points), pointColumns(network, kind), {}, {}};
  const char *group = kind == abi::SetKind::Nodes ? "/nodes/" : "/edges/";
  for (const Column &column : set.ids)
    set.idArrays.push_back({group + column.name, column.element, Shape::Points, points.numGlobal});
  for (const Column &column : columns)
    set.arrays.push_back({"/" + column.name, column.element,
                          first.state ? Shape::TimesAndPoints : Shape::Points, points.numGlobal});
  return set;
}

class Hdf5Writer final : public Writer {
public:
  Hdf5Writer(const SaveRequest &first, report::Mark &mark) : mark(mark) {
    for (const abi::SetKind kind : {abi::SetKind::Nodes, abi::SetKind::Edges})
      if (std::optional<SavedSet> set = makeSet(kind, first))
        sets.push_back(std::move(*set));
    if (first.state)
      stateArrays = {{"/step", abi::Element::Int, Shape::Times, 1},
                     {"/t", abi::Element::Real, Shape::Times, 1}};
  }

  void write(const SaveRequest &request, Communicator &comm) override {
    if (!isReady)
      prepare(comm);
    isReady = true;
    std::optional<Hdf5File> file;
    if (comm.rank() == 0)
      file.emplace(Hdf5File::open(mark.path));
    for (SavedSet &set : sets)
      writeValues(set, columnsOn(set.kind, request), set.arrays, comm, file);
    if (!file)
      return;
    if (request.state)
      writeState(*request.state, *file);
    file->close();
    ++mark.position;
  }

private:
  /// Makes the file and writes the ids, or goes on with it.
  void prepare(Communicator &comm) {
    // Rank 0's mark counts.
    const bool isNew = comm.least(comm.rank() == 0 ? mark.position : mark.position + 1) == 0;
    std::optional<Hdf5File> file;
    if (comm.rank() == 0) {
      if (!isNew)
        return io::cutHdf5File(mark.path, allArrays(), mark.position);
      file.emplace(Hdf5File::create(mark.path, allArrays()));
    }
    for (SavedSet &set : sets)
      if (isNew)
        writeValues(set, set.ids, set.idArrays, comm, file);
    if (file)
      file->close();
  }

  std::vector<Hdf5Dataset> allArrays() const {
    std::vector<Hdf5Dataset> all = stateArrays;
    for (const SavedSet &set : sets) {
      all.insert(all.end(), set.idArrays.begin(), set.idArrays.end());
      all.insert(all.end(), set.arrays.begin(), set.arrays.end());
    }
    return all;
  }

  void writeValues(SavedSet &set, std::span<const Column> columns,
                   std::span<const Hdf5Dataset> arrays, Communicator &comm,
                   std::optional<Hdf5File> &file) {
    set.windows.forEach(columns, comm, [&](const Window &window) {
      for (std::size_t i = 0; i < arrays.size(); ++i)
        file->write(arrays[i], {.time = mark.position,
                                .firstPoint = window.firstPoint,
                                .numPoints = window.numPoints,
                                .values = window.columns[i].data()});
    });
  }

  // Last: a time that is there has all its values.
  void writeState(const SavedState &state, Hdf5File &file) {
    file.write(stateArrays[0], {.time = mark.position, .values = &state.step});
    file.write(stateArrays[1], {.time = mark.position, .values = &state.t});
  }

  report::Mark &mark; ///< Counts records.
  std::vector<SavedSet> sets;
  std::vector<Hdf5Dataset> stateArrays; ///< Step and time; none outside an evolve.
  bool isReady = false;
};

} // namespace

std::unique_ptr<Writer> makeHdf5Writer(const SaveRequest &first, report::Mark &mark) {
  requireOneNetwork(first);
  requireOwnNames(first);
  return std::make_unique<Hdf5Writer>(first, mark);
}

} // namespace irh::rt::save
