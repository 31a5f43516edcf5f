//===- Guard.h - where exceptions stop --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_ABI_GUARD_H
#define IRH_RUNTIME_ABI_GUARD_H

#include "runtime/core/Error.h"
#include "runtime/program/Context.h"

#include <exception>
#include <new>
#include <type_traits>

namespace irh::abi {

/// Runs the body of a call that has nothing to do with other ranks: an exchange may be under way.
/// Calls `body(context)`, unless the context has failed. What the body throws
/// becomes the context's failure. Gives zero (null) in both cases. No exception passes: generated
/// code has no way to unwind.
template <typename Body>
auto guardLocal(void *handle, Body body) noexcept
    -> std::invoke_result_t<Body, rt::program::Context &> {
  using Result = std::invoke_result_t<Body, rt::program::Context &>;
  auto &context = *static_cast<rt::program::Context *>(handle);
  if (!context.hasFailed()) {
    try {
      return body(context);
    } catch (const rt::Error &error) {
      context.fail(error.code, error.what());
    } catch (const std::bad_alloc &) {
      context.fail(rt::ErrorCode::OutOfMemory, "not enough memory; make the model smaller");
    } catch (const std::exception &error) {
      context.fail(rt::ErrorCode::Internal, error.what());
    }
  }
  return Result();
}

/// Runs the body of a call: as `guardLocal`, once no exchange is under way.
template <typename Body>
auto guard(void *handle, Body body) noexcept -> std::invoke_result_t<Body, rt::program::Context &> {
  return guardLocal(handle, [&](rt::program::Context &context) {
    context.finishExchanges();
    return body(context);
  });
}

/// As `guard`, for what a run that is only planned leaves out.
template <typename Body>
auto guardEffect(void *handle, Body body) noexcept
    -> std::invoke_result_t<Body, rt::program::Context &> {
  if (static_cast<rt::program::Context *>(handle)->notes)
    return std::invoke_result_t<Body, rt::program::Context &>();
  return guard(handle, body);
}

} // namespace irh::abi

#endif // IRH_RUNTIME_ABI_GUARD_H
