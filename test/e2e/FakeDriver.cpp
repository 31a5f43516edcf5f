//===- FakeDriver.cpp - a driver that writes down what it is asked ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Stands for libcuda.so.1, or for libamdhip64.so with FAKE_HIP: memory is the processor's, kernels
// do nothing, and each call is a line of the file $FAKE_DRIVER_LOG. $FAKE_DRIVER_FAULT is a fault
// it has: `no-device`, `no-memory`, or `no-objects`, of a device that takes no ELF file here.

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <string>

#ifdef FAKE_HIP
#define NAME(cuda, hip) __asm__(hip)
#else
#define NAME(cuda, hip) __asm__(cuda)
#endif

static bool hasFault(const char *name) {
  const char *fault = std::getenv("FAKE_DRIVER_FAULT");
  return fault && std::strcmp(fault, name) == 0;
}

/// Gives success, as most calls do.
static int note(const std::string &line) {
  if (std::FILE *log = std::fopen(std::getenv("FAKE_DRIVER_LOG"), "a")) {
    std::fprintf(log, "%s\n", line.c_str());
    std::fclose(log);
  }
  return 0;
}

// Declared by the table, so that the runtime and this agree on each signature.
extern "C" {
#define IRH_DRIVER_CALL(name, cuda, hip, parameters)                                               \
  __attribute__((visibility("default"))) int name parameters NAME(cuda, hip);
#include "runtime/device/DriverCalls.def"

int start(unsigned) { return note("start"); }

int countDevices(int *count) {
  *count = hasFault("no-device") ? 0 : 2;
  return 0;
}

int loadModule(void **module, const void *image) {
  const bool isObject = std::memcmp(image, "\177ELF", 4) == 0;
  note(isObject ? "load object" : "load text");
  *module = const_cast<void *>(image);
  return isObject && hasFault("no-objects") ? 209 : 0;
}

int unloadModule(void *) { return note("unload"); }

int findKernel(void **kernel, void *, const char *name) {
  static std::mutex mutex; // ranks may be threads
  static std::set<std::string> names;
  const std::lock_guard lock(mutex);
  *kernel = const_cast<char *>(names.insert(name).first->c_str());
  return 0;
}

int launchKernel(void *kernel, unsigned gridX, unsigned, unsigned, unsigned blockX, unsigned,
                 unsigned, unsigned, void *, void **, void **) {
  return note("launch " + std::string(static_cast<const char *>(kernel)) + " " +
              std::to_string(gridX) + " " + std::to_string(blockX));
}

int allocateMemory(void **memory, std::size_t numBytes) {
  if (hasFault("no-memory"))
    return 2;
  *memory = std::calloc(1, numBytes);
  return note("allocate");
}

int freeMemory(void *memory) {
  std::free(memory);
  return note("free");
}

int copyToDevice(void *to, const void *from, std::size_t numBytes) {
  std::memcpy(to, from, numBytes);
  return note("upload " + std::to_string(numBytes));
}

int copyToHost(void *to, const void *from, std::size_t numBytes, void *) {
  std::memcpy(to, from, numBytes);
  return note("download " + std::to_string(numBytes));
}

int setBytes(void *memory, unsigned char value, std::size_t numBytes, void *) {
  std::memset(memory, value, numBytes);
  return 0;
}

int wait(void *) { return 0; }

// What each vendor has of its own.
#define EXPORT __attribute__((visibility("default")))
#ifdef FAKE_HIP
EXPORT int hipSetDevice(int number) { return note("device " + std::to_string(number)); }
EXPORT const char *hipGetErrorString(int) { return "no binary for GPU"; }
#else
EXPORT int cuDeviceGet(int *device, int number) {
  *device = number;
  return note("device " + std::to_string(number));
}
EXPORT int cuDevicePrimaryCtxRetain(void **context, int) {
  *context = context;
  return 0;
}
EXPORT int cuCtxSetCurrent(void *) { return 0; }
EXPORT int cuGetErrorString(int, const char **text) {
  *text = "no kernel image is available";
  return 0;
}
#endif
}
