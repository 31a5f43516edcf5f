//===- EmbedCalls.cpp - what a model's library calls ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The runtime behind a C interface: no exception leaves it, and a call that fails gives the code
// that a program would end with, and keeps the message in the session.

#include "runtime/embed/EmbedCalls.h"

#include "runtime/abi/ProgramTable.h"
#include "runtime/core/Error.h"
#include "runtime/embed/ParamStruct.h"
#include "runtime/embed/Session.h"
#include "runtime/field/Field.h"
#include "runtime/program/Linked.h"

#include <cstring>
#include <exception>
#include <new>

using irh::rt::ErrorCode;
using irh::rt::embed::KeptColumn;
using irh::rt::embed::KeptTable;
using irh::rt::embed::Session;
using irh::rt::program::Settings;
namespace program = irh::rt::program;

/// Runs the body of a call; gives 0, or the code of what it throws.
template <typename Body> static std::int32_t attempt(void *handle, Body body) noexcept {
  auto &session = *static_cast<Session *>(handle);
  const auto failed = [&](ErrorCode code, const char *message) {
    session.error = message;
    return irh::rt::exitCode(code);
  };
  try {
    body(session);
    return 0;
  } catch (const irh::rt::Error &error) {
    return failed(error.code, error.what());
  } catch (const std::bad_alloc &) {
    return failed(ErrorCode::OutOfMemory, "not enough memory");
  } catch (const std::exception &error) {
    return failed(ErrorCode::Internal, error.what());
  }
}

static std::string textOf(const void *text, const char *what) {
  if (!text)
    throw irh::rt::invalid(std::string("the ") + what + " is a null pointer");
  return static_cast<const char *>(text);
}

/// Bytes of so many values of the field at `values`.
static std::size_t sizeOfValues(const program::FieldSpec &field, const void *values,
                                std::int64_t count) {
  const std::size_t size = irh::rt::field::sizeOf(field.element);
  if (count < 0 || (count > 0 && !values))
    throw irh::rt::invalid("there are " + std::to_string(count) + " values for `" + field.name +
                           "`, at " + (values ? "their place" : "a null pointer"));
  return static_cast<std::size_t>(count) * size;
}

static Settings settingsOf(const irh_embed_settings &given) {
  constexpr std::int64_t kMost = 1024;
  if (given.threads < 0 || given.threads > kMost || given.ranks < 0 || given.ranks > kMost)
    throw irh::rt::invalid("threads and ranks are between 0, the default, and 1024");
  Settings settings;
  if (given.threads > 0)
    settings.threads = static_cast<int>(given.threads);
  if (given.ranks > 0)
    settings.ranks = static_cast<int>(given.ranks);
  if (given.hasSeed != 0)
    settings.seed = static_cast<std::uint64_t>(given.seed);
  if (given.ignoresNotFinite != 0)
    settings.watchdog = program::Watchdog::Off;
  if (given.out)
    settings.out = given.out;
  return settings;
}

/// Null if there is none.
static const KeptTable *findTable(const void *handle, std::int64_t table) {
  const auto &tables = static_cast<const Session *>(handle)->keptTables();
  const auto number = static_cast<std::size_t>(table);
  return table >= 0 && number < tables.size() ? &tables[number] : nullptr;
}

static const KeptColumn *findColumn(const void *handle, std::int64_t table, std::int64_t column) {
  const KeptTable *kept = findTable(handle, table);
  const auto number = static_cast<std::size_t>(column);
  return kept && column >= 0 && number < kept->columns.size() ? &kept->columns[number] : nullptr;
}

/// C has no const in the table of calls.
static void *opaque(const void *pointer) { return const_cast<void *>(pointer); }

extern "C" {

void irh_embed_default_params(void *table, void *params) {
  const auto &described = *static_cast<const irh_program *>(table);
  // Texts are the table's own: they live as long as the library.
  irh::rt::embed::writeDefaults(described, static_cast<std::byte *>(params));
}

void *irh_embed_open(void *table) {
  try {
    return new Session(program::programOf(*static_cast<const irh_program *>(table)));
  } catch (const std::exception &) {
    return nullptr;
  }
}

void irh_embed_close(void *session) { delete static_cast<Session *>(session); }

std::int32_t irh_embed_set_params(void *handle, void *params) {
  return attempt(handle, [&](Session &session) {
    if (!params)
      throw irh::rt::invalid("the parameters are a null pointer");
    session.setParams(
        irh::rt::embed::readParams(session.model().params, static_cast<const std::byte *>(params)));
  });
}

std::int32_t irh_embed_set_param(void *handle, void *name, void *value) {
  return attempt(handle, [&](Session &session) {
    session.setParam(textOf(name, "name"), textOf(value, "value"));
  });
}

std::int32_t irh_embed_set_settings(void *handle, void *settings) {
  return attempt(handle, [&](Session &session) {
    if (!settings)
      throw irh::rt::invalid("the settings are a null pointer");
    session.setSettings(settingsOf(*static_cast<const irh_embed_settings *>(settings)));
  });
}

std::int32_t irh_embed_set_field(void *handle, void *name, void *values, std::int64_t count) {
  return attempt(handle, [&](Session &session) {
    const std::string field = textOf(name, "name");
    const std::size_t size = sizeOfValues(session.field(field), values, count);
    session.setField(field, {static_cast<const std::byte *>(values), size});
  });
}

std::int32_t irh_embed_on_row(void *handle, void *callback, void *user) {
  return attempt(handle, [&](Session &session) {
    if (!callback)
      return session.setRowCallback({});
    auto call = reinterpret_cast<irh_embed_row_callback>(callback);
    session.setRowCallback([call, user](std::size_t table, std::size_t row) {
      return call(user, static_cast<std::int64_t>(table), static_cast<std::int64_t>(row)) == 0;
    });
  });
}

std::int32_t irh_embed_run(void *handle) {
  return attempt(handle, [](Session &session) { session.run(); });
}

void *irh_embed_error(void *session) {
  return opaque(static_cast<const Session *>(session)->error.c_str());
}

std::int64_t irh_embed_field_count(void *handle, void *name) {
  std::int64_t count = -1;
  attempt(handle, [&](Session &session) {
    const program::FieldSpec &field = session.field(textOf(name, "name"));
    if (const std::vector<std::byte> *values = session.finalValues(field.name))
      count = static_cast<std::int64_t>(values->size() / irh::rt::field::sizeOf(field.element));
  });
  return count;
}

std::int32_t irh_embed_get_field(void *handle, void *name, void *values, std::int64_t count) {
  return attempt(handle, [&](Session &session) {
    const program::FieldSpec &field = session.field(textOf(name, "name"));
    const std::size_t size = sizeOfValues(field, values, count);
    const std::vector<std::byte> *kept = session.finalValues(field.name);
    if (!kept)
      throw irh::rt::invalid("`" + field.name + "` has no last values: no run came to its end");
    if (size != kept->size())
      throw irh::rt::invalid("there is room for " + std::to_string(count) + " values of `" +
                             field.name + "`, and it has " +
                             std::to_string(kept->size() / irh::rt::field::sizeOf(field.element)) +
                             " points");
    if (size > 0)
      std::memcpy(values, kept->data(), size);
  });
}

std::int64_t irh_embed_table_count(void *session) {
  return static_cast<std::int64_t>(static_cast<const Session *>(session)->keptTables().size());
}

std::int64_t irh_embed_row_count(void *session, std::int64_t table) {
  const KeptTable *kept = findTable(session, table);
  return kept ? static_cast<std::int64_t>(kept->numRows) : 0;
}

std::int64_t irh_embed_column_count(void *session, std::int64_t table) {
  const KeptTable *kept = findTable(session, table);
  return kept ? static_cast<std::int64_t>(kept->columns.size()) : 0;
}

void *irh_embed_column_name(void *session, std::int64_t table, std::int64_t column) {
  const KeptColumn *kept = findColumn(session, table, column);
  return kept ? opaque(kept->name.c_str()) : nullptr;
}

std::int32_t irh_embed_column_type(void *session, std::int64_t table, std::int64_t column) {
  const KeptColumn *kept = findColumn(session, table, column);
  return kept ? static_cast<std::int32_t>(kept->element) : -1;
}

void *irh_embed_column_values(void *session, std::int64_t table, std::int64_t column) {
  const KeptColumn *kept = findColumn(session, table, column);
  return kept ? opaque(kept->values.data()) : nullptr;
}

void *irh_embed_column_present(void *session, std::int64_t table, std::int64_t column) {
  const KeptColumn *kept = findColumn(session, table, column);
  return kept ? opaque(kept->isPresent.data()) : nullptr;
}

} // extern "C"
