//===- TargetFlag.cpp - `--target`, of run, build and emit ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/TargetFlag.h"

namespace irh::driver {

static constexpr std::pair<const char *, Target> kTargets[] = {{"cpu", Target::Cpu},
                                                               {"cuda", Target::Cuda},
                                                               {"hip", Target::Hip},
                                                               {"emulated", Target::Emulated}};

llvm::Expected<Target> targetNamed(llvm::StringRef name) {
  for (auto [known, target] : kTargets)
    if (name == known)
      return target;
  return llvm::createStringError("`--target` is `cpu`, `cuda`, `hip` or `emulated`, not `" + name +
                                 "`");
}

llvm::StringRef nameOf(Target target) {
  for (auto [name, known] : kTargets)
    if (target == known)
      return name;
  return {};
}

std::optional<target::DeviceKind> deviceOf(Target target) {
  switch (target) {
  case Target::Cuda:
    return target::DeviceKind::Cuda;
  case Target::Hip:
    return target::DeviceKind::Hip;
  case Target::Cpu:
  case Target::Emulated:
    break;
  }
  return std::nullopt;
}

std::optional<std::string> takeFlag(llvm::ArrayRef<std::string> &rest, llvm::StringRef name) {
  llvm::StringRef argument = rest.front();
  if (!argument.consume_front("--") || !argument.consume_front(name))
    return std::nullopt;
  if (argument.consume_front("=")) {
    rest = rest.drop_front();
    return argument.str();
  }
  if (!argument.empty() || rest.size() == 1)
    return std::nullopt;
  std::string value = rest[1];
  rest = rest.drop_front(2);
  return value;
}

} // namespace irh::driver
