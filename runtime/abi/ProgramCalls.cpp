//===- ProgramCalls.cpp - location, parameters, seed ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/abi/Guard.h"
#include "runtime/abi/RuntimeCalls.h"

#include <cstdint>
#include <string>
#include <variant>

using irh::abi::guard;
using irh::abi::guardEffect;
using irh::abi::guardLocal;
using irh::rt::program::Context;

template <typename T> static const T &param(const Context &context, std::int64_t index) {
  return std::get<T>(context.settings.params.at(static_cast<std::size_t>(index)));
}

extern "C" {

void irh_rt_at(void *handle, std::int32_t line, std::int32_t column) {
  guardLocal(handle, [&](Context &context) { context.location = {line, column}; });
}

// A seed that was given as a flag is the run's, whatever the model says.
void irh_rt_use_seed(void *handle, std::int64_t seed) {
  guard(handle, [&](Context &context) {
    context.seed = context.settings.seed.value_or(static_cast<std::uint64_t>(seed));
  });
}

std::int64_t irh_rt_param_int(void *handle, std::int64_t index) {
  return guardLocal(handle, [&](Context &context) { return param<std::int64_t>(context, index); });
}

double irh_rt_param_real(void *handle, std::int64_t index) {
  return guardLocal(handle, [&](Context &context) { return param<double>(context, index); });
}

std::int32_t irh_rt_param_bool(void *handle, std::int64_t index) {
  return guardLocal(handle,
                    [&](Context &context) -> std::int32_t { return param<bool>(context, index); });
}

void *irh_rt_param_string(void *handle, std::int64_t index) {
  return guardLocal(handle, [&](Context &context) -> void * {
    return const_cast<char *>(param<std::string>(context, index).c_str());
  });
}

std::int64_t irh_rt_run_seed(void *handle) {
  return guard(handle, [](Context &context) { return static_cast<std::int64_t>(context.seed); });
}

void irh_rt_require(void *handle, std::int32_t condition, void *message) {
  guardEffect(handle, [&](Context &) {
    if (condition == 0)
      throw irh::rt::invalid(static_cast<const char *>(message));
  });
}

} // extern "C"
