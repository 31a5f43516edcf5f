//===- Flags.cpp - flags of irhc's own commands -----------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Flags.h"

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
  if (!argument.consume_front(name))
    return std::nullopt;
  bool isApart = argument.empty() && rest.size() > 1;
  if (!isApart && !argument.consume_front("="))
    return std::nullopt;
  std::string value = isApart ? rest[1] : argument.str();
  if (value.empty())
    return std::nullopt;
  rest = rest.drop_front(isApart ? 2 : 1);
  return value;
}

} // namespace irh::driver
