//===- DeviceHalo.h - messages from and to a device's memory ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_HALO_DEVICEHALO_H
#define IRH_RUNTIME_HALO_DEVICEHALO_H

#include "runtime/device/Device.h"
#include "runtime/field/Field.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace irh::rt::halo {

/// Local points; lists that a device has been given stay where they are.
using Points = std::vector<std::int32_t>;

/// Gathers values of some points of a field on its device, so that nothing else of it crosses.
class DeviceHalo {
public:
  /// Whether a field's values are on a device, in units that its kernels move.
  static bool has(const field::Field &field);

  /// Shape   `message` has the bytes of these points' values, one after the other.
  /// Cost    a kernel and a copy of the message; the points go to the device once.
  /// Errors  as of `Device`.
  void pack(field::Field &field, const Points &points, std::span<std::byte> message);
  void unpack(field::Field &field, const Points &points, std::span<const std::byte> message);

private:
  const device::DeviceMemory &listOf(const Points &points, device::Device &device);
  void launch(abi::DeviceHelper helper, field::Field &field, const Points &points,
              abi::Access access);

  std::map<const Points *, device::DeviceMemory> lists;
  device::DeviceMemory staging; ///< A message on the device.
};

} // namespace irh::rt::halo

#endif // IRH_RUNTIME_HALO_DEVICEHALO_H
