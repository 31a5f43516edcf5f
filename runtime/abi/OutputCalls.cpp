//===- OutputCalls.cpp - rows, saved fields, checks -------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"
#include "runtime/core/Text.h"
#include "runtime/save/SavedFiles.h"

#include <complex>
#include <cstdint>
#include <optional>
#include <string>

using irh::abi::guard;
using irh::abi::guardEffect;
using irh::rt::program::Context;
using irh::rt::program::FieldHandle;
using irh::rt::program::ListHandle;
using irh::rt::report::Value;

static void setCell(void *handle, std::int64_t column, const Value &value) {
  guardEffect(handle, [&](Context &context) {
    context.report.set(static_cast<std::size_t>(column), value);
  });
}

static std::string describeState(const Context &context) {
  if (!context.position)
    return "";
  const irh::rt::step::State &state = context.position->state;
  return " (at step " + std::to_string(state.number) + ", t = " + irh::rt::shortest(state.t) + ")";
}

static irh::rt::save::SavedField savedField(const char *name, const FieldHandle &handle) {
  return {.network = &handle.set.network->local,
          .kind = handle.set.points->kind,
          .column = {
              .name = name, .element = handle.field.element, .values = handle.field.memory.read()}};
}

/// Eigenvector i of `v` is `v_i`.
static void addVectors(irh::rt::save::SaveRequest &request, const std::string &name,
                       const ListHandle &list) {
  std::size_t number = 0;
  for (const irh::rt::field::Field &vector : list.pairs.vectors)
    request.fields.push_back({.network = &list.network->local,
                              .kind = irh::abi::SetKind::Nodes,
                              .column = {.name = name + "_" + std::to_string(number++),
                                         .element = vector.element,
                                         .values = vector.memory.read()}});
}

extern "C" {

void irh_rt_table(void *handle, std::int64_t numColumns) {
  guardEffect(handle, [&](Context &context) {
    context.report.beginTable(static_cast<std::size_t>(numColumns));
  });
}

void irh_rt_table_column(void *handle, std::int64_t column, void *name, std::int32_t element) {
  guardEffect(handle, [&](Context &context) {
    context.report.declare(
        static_cast<std::size_t>(column),
        {static_cast<const char *>(name), static_cast<irh::abi::Element>(element)});
  });
}

void irh_rt_cell_bool(void *handle, std::int64_t column, std::int32_t value) {
  setCell(handle, column, value != 0);
}

void irh_rt_cell_int(void *handle, std::int64_t column, std::int64_t value) {
  setCell(handle, column, value);
}

void irh_rt_cell_real(void *handle, std::int64_t column, double value) {
  setCell(handle, column, value);
}

void irh_rt_cell_complex(void *handle, std::int64_t column, double real, double imag) {
  setCell(handle, column, std::complex<double>(real, imag));
}

void irh_rt_cell_list(void *handle, std::int64_t column, void *list) {
  guardEffect(handle, [&](Context &context) {
    context.report.set(static_cast<std::size_t>(column),
                       static_cast<ListHandle *>(list)->pairs.values);
  });
}

void irh_rt_row_end(void *handle) {
  guardEffect(handle, [](Context &context) { context.report.endRow(std::nullopt); });
}

void irh_rt_save(void *handle, void *file, std::int32_t format, std::int64_t numColumns,
                 void *names, void *fields, void *lists, std::int32_t isInEvolve) {
  guardEffect(handle, [&](Context &context) {
    if (context.checkpoints.isReplaying())
      return;
    irh::rt::save::SaveRequest request{
        .path = context.settings.outputPath(static_cast<const char *>(file)),
        .format = static_cast<irh::abi::SaveFormat>(format),
        .fields = {},
        .state = std::nullopt};
    for (std::int64_t i = 0; i < numColumns; ++i) {
      const char *const name = static_cast<const char **>(names)[i];
      if (const FieldHandle *const field = static_cast<FieldHandle **>(fields)[i])
        request.fields.push_back(savedField(name, *field));
      else
        addVectors(request, name, *static_cast<ListHandle **>(lists)[i]);
    }
    if (isInEvolve != 0)
      request.state = {context.position->state.number, context.position->state.t};
    context.saves.save(request, context.report.files(), context.comm);
  });
}

void irh_rt_check(void *handle, std::int32_t condition, void *message) {
  guardEffect(handle, [&](Context &context) {
    if (condition != 0 || context.failedCheck)
      return;
    const std::string text = static_cast<const char *>(message) + describeState(context);
    if (!context.position)
      throw irh::rt::Error(irh::rt::ErrorCode::Stopped, text);
    // The rest of the row may be of later statements: it is still written.
    context.failedCheck = {irh::rt::ErrorCode::Stopped, text, context.location};
  });
}

} // extern "C"
