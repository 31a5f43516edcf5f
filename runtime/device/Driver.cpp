//===- Driver.cpp - a device of NVIDIA's or AMD's ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/device/Driver.h"

#include "runtime/core/Library.h"

#include <exception>

namespace irh::rt::device {

using abi::DeviceKind;

/// The functions of a driver, and what the two vendors have in ways of their own.
struct DriverCalls {
#define IRH_DRIVER_CALL(name, cuda, hip, parameters) int(*name) parameters;
#include "runtime/device/DriverCalls.def"
  DeviceKind kind;
  // CUDA's.
  int (*getDevice)(int *device, int number);
  int (*retainContext)(void **context, int device);
  int (*makeCurrent)(void *context);
  int (*describeCuda)(int error, const char **text);
  // HIP's.
  int (*setDevice)(int number);
  const char *(*describeHip)(int error);

  void check(int result, const char *what) const;
};

static std::string describe(const DriverCalls &calls, int error) {
  const char *text = nullptr;
  if (calls.kind == DeviceKind::Cuda)
    calls.describeCuda(error, &text);
  else
    text = calls.describeHip(error);
  return text ? text : "error " + std::to_string(error);
}

void DriverCalls::check(int result, const char *what) const {
  if (result != 0)
    throw Error(ErrorCode::Internal,
                std::string("the device fails to ") + what + ": " + describe(*this, result));
}

static Error missingCuda(const std::string &reason) {
  return invalid("this machine has no CUDA driver: " + reason +
                 "; install NVIDIA's driver, or leave `--target=cuda` away");
}

static Error missingHip(const std::string &reason) {
  return invalid("this machine has no HIP driver: " + reason +
                 "; install ROCm, or leave `--target=hip` away");
}

static DriverCalls loadCuda() {
  const Library cuda("libcuda.so.1", SymbolScope::Local, missingCuda);
  DriverCalls calls = {};
  calls.kind = DeviceKind::Cuda;
#define IRH_DRIVER_CALL(name, cudaName, hipName, parameters) cuda.find(cudaName, calls.name);
#include "runtime/device/DriverCalls.def"
  cuda.find("cuDeviceGet", calls.getDevice);
  cuda.find("cuDevicePrimaryCtxRetain", calls.retainContext);
  cuda.find("cuCtxSetCurrent", calls.makeCurrent);
  cuda.find("cuGetErrorString", calls.describeCuda);
  return calls;
}

/// The name without a version is of packages for those who compile.
static Library openHip() {
  for (const char *name : {"libamdhip64.so.7", "libamdhip64.so.6", "libamdhip64.so.5"}) {
    try {
      return Library(name, SymbolScope::Local, missingHip);
    } catch (const Error &) {
    }
  }
  return Library("libamdhip64.so", SymbolScope::Local, missingHip);
}

static DriverCalls loadHip() {
  const Library hip = openHip();
  DriverCalls calls = {};
  calls.kind = DeviceKind::Hip;
#define IRH_DRIVER_CALL(name, cudaName, hipName, parameters) hip.find(hipName, calls.name);
#include "runtime/device/DriverCalls.def"
  hip.find("hipSetDevice", calls.setDevice);
  hip.find("hipGetErrorString", calls.describeHip);
  return calls;
}

/// Loaded the first time. Errors: InvalidArgument where there is no driver, or no device.
static const DriverCalls &driverOf(DeviceKind kind) {
  const auto start = [](DriverCalls calls) {
    const int result = calls.start(0);
    int count = 0;
    if (result == 0)
      calls.countDevices(&count);
    if (count > 0)
      return calls;
    const std::string reason = result == 0 ? "it finds none" : describe(calls, result);
    throw invalid(std::string("the ") + (calls.kind == DeviceKind::Cuda ? "CUDA" : "HIP") +
                  " driver has no device for this program: " + reason +
                  "; run it where there is one, or leave `--target` away");
  };
  if (kind == DeviceKind::Cuda) {
    static const DriverCalls cuda = start(loadCuda());
    return cuda;
  }
  static const DriverCalls hip = start(loadHip());
  return hip;
}

std::string whyNoDevice(DeviceKind kind) noexcept {
  try {
    driverOf(kind);
    return {};
  } catch (const std::exception &error) {
    return error.what();
  }
}

Driver::Driver(DeviceKind kind, int rank) : calls(driverOf(kind)) {
  int count = 1;
  calls.check(calls.countDevices(&count), "be counted");
  const int number = rank % count;
  if (kind == DeviceKind::Hip) {
    calls.check(calls.setDevice(number), "start");
    return;
  }
  int device = 0;
  void *context = nullptr;
  calls.check(calls.getDevice(&device, number), "start");
  calls.check(calls.retainContext(&context, device), "start");
  calls.check(calls.makeCurrent(context), "start");
}

Driver::~Driver() {
  if (module)
    calls.unloadModule(module);
}

std::byte *Driver::allocate(std::size_t numBytes) {
  void *memory = nullptr;
  if (calls.allocateMemory(&memory, numBytes == 0 ? 1 : numBytes) != 0)
    throw Error(ErrorCode::OutOfMemory, "the device has no room for another " +
                                            std::to_string(numBytes) +
                                            " bytes; make the model smaller, or run more ranks");
  return static_cast<std::byte *>(memory);
}

void Driver::release(std::byte *memory) noexcept { calls.freeMemory(memory); }

void Driver::upload(std::span<const std::byte> from, std::byte *to) {
  if (!from.empty())
    calls.check(calls.copyToDevice(to, from.data(), from.size()), "take data");
}

void Driver::download(const std::byte *from, std::span<std::byte> to) {
  if (to.empty())
    return;
  calls.check(calls.copyToHost(to.data(), from, to.size(), nullptr), "give data");
  calls.check(calls.wait(nullptr), "finish its work");
}

void Driver::clear(std::byte *memory, std::size_t numBytes) {
  if (numBytes != 0)
    calls.check(calls.setBytes(memory, 0, numBytes, nullptr), "clear memory");
}

void Driver::loadImages() {
  int result = 0;
  for (const std::byte *image : images) {
    result = calls.loadModule(&module, image);
    if (result == 0)
      return;
    module = nullptr;
  }
  throw invalid("this program has no kernels that the device here can run: " +
                describe(calls, result) + "; build it for this device");
}

static std::string kernelName(std::int32_t number) {
  if (number < abi::kNumDeviceHelpers)
    return static_cast<abi::DeviceHelper>(number) == abi::DeviceHelper::Pack ? "irh_pack"
                                                                             : "irh_unpack";
  return "irh_kernel" + std::to_string(number - abi::kNumDeviceHelpers);
}

void *Driver::kernelNumbered(std::int32_t number) {
  const auto i = static_cast<std::size_t>(number);
  if (kernels.size() <= i)
    kernels.resize(i + 1);
  if (!kernels[i]) {
    const std::string name = kernelName(number);
    calls.check(calls.findKernel(&kernels[i], module, name.c_str()), "find a kernel");
  }
  return kernels[i];
}

void Driver::launch(const Launch &launch) {
  if (!module)
    loadImages();
  const std::int64_t numBlocks =
      (launch.numThreads + abi::kThreadsPerBlock - 1) / abi::kThreadsPerBlock;
  auto **parameters = const_cast<void **>(launch.parameters.data());
  calls.check(calls.launchKernel(kernelNumbered(launch.kernel), static_cast<unsigned>(numBlocks), 1,
                                 1, abi::kThreadsPerBlock, 1, 1, 0, nullptr, parameters, nullptr),
              "start a kernel");
}

} // namespace irh::rt::device
