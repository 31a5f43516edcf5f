//===- ParamStruct.cpp - parameters as a struct of C ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/embed/ParamStruct.h"

#include <cstdint>
#include <cstring>
#include <string>

namespace irh::rt::embed {

using program::ParamType;
using program::ParamValue;

namespace {

/// Goes from member to member; each is aligned to its size.
template <typename Byte> class Members {
public:
  explicit Members(Byte *begin) : begin(begin) {}

  template <typename T> void write(T value) {
    std::memcpy(next(sizeof value), &value, sizeof value);
  }

  template <typename T> T read() {
    T value;
    std::memcpy(&value, next(sizeof value), sizeof value);
    return value;
  }

private:
  Byte *next(std::size_t size) {
    const std::size_t offset = (end + size - 1) / size * size;
    end = offset + size;
    return begin + offset;
  }

  Byte *begin;
  std::size_t end = 0;
};

ParamValue readMember(Members<const std::byte> &members, ParamType type) {
  switch (type) {
  case ParamType::Bool:
    // A byte, of which a caller in another language may have made any.
    return members.read<std::uint8_t>() != 0;
  case ParamType::Int:
    return members.read<std::int64_t>();
  case ParamType::Real:
    return members.read<double>();
  case ParamType::String: {
    const auto *text = members.read<const char *>();
    return std::string(text ? text : "");
  }
  }
  return false;
}

void writeMember(Members<std::byte> &members, const irh_param &param) {
  switch (static_cast<ParamType>(param.type)) {
  case ParamType::Bool:
    return members.write(static_cast<std::uint8_t>(param.integer));
  case ParamType::Int:
    return members.write(param.integer);
  case ParamType::Real:
    return members.write(param.real);
  case ParamType::String:
    return members.write(param.text);
  }
}

} // namespace

void writeDefaults(const irh_program &table, std::byte *into) {
  Members members(into);
  for (std::int64_t i = 0; i < table.numParams; ++i)
    writeMember(members, table.params[i]);
}

std::vector<ParamValue> readParams(std::span<const program::ParamSpec> specs,
                                   const std::byte *from) {
  Members members(from);
  std::vector<ParamValue> values;
  for (const program::ParamSpec &spec : specs)
    values.push_back(readMember(members, program::typeOf(spec.defaultValue)));
  return values;
}

} // namespace irh::rt::embed
