//===- SavedFiles.cpp - files that a model saves fields to ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/save/SavedFiles.h"

#include "runtime/core/Error.h"
#include "runtime/save/Writers.h"

namespace irh::rt::save {

static Column intColumn(const char *name, const std::byte *values, const std::byte *places) {
  return {.name = name,
          .element = abi::Element::Int,
          .values = values,
          .places = reinterpret_cast<const std::int32_t *>(places)};
}

std::vector<Column> pointColumns(partition::LocalNetwork &network, abi::SetKind kind) {
  const std::byte *ids = network.array(abi::NetworkArray::NodeIds).data();
  if (kind == abi::SetKind::Nodes)
    return {intColumn("id", ids, nullptr)};
  return {intColumn("src", ids, network.array(abi::NetworkArray::EdgeSrc).data()),
          intColumn("dst", ids, network.array(abi::NetworkArray::EdgeDst).data())};
}

SavedFiles::Layout SavedFiles::layoutOf(const SaveRequest &request) {
  Layout layout{.columns = {}, .hasTimes = request.state.has_value()};
  for (const SavedField &field : request.fields)
    layout.columns.push_back({field.column.name, field.column.element, field.network, field.kind});
  return layout;
}

void SavedFiles::save(const SaveRequest &request, report::OutputFiles &outputs,
                      Communicator &comm) {
  const Layout layout = layoutOf(request);
  const auto found = files.find(request.path);
  if (found == files.end()) {
    report::Mark &mark = outputs.claim(request.path);
    const auto make = request.format == abi::SaveFormat::Csv ? makeCsvWriter : makeHdf5Writer;
    File &file = files.emplace(request.path, File{layout, make(request, mark)}).first->second;
    file.writer->write(request, comm);
    return;
  }
  if (!(found->second.layout == layout))
    throw invalid("two statements write `" + request.path +
                  "` with different columns; give each a file of its own");
  if (!layout.hasTimes)
    throw invalid("two statements write `" + request.path +
                  "`, which only one can outside an `evolve`; give each a file of its own");
  found->second.writer->write(request, comm);
}

} // namespace irh::rt::save
