//===- RunProgram.h - runs a program and catches what it prints -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_RUNTIME_RUNPROGRAM_H
#define IRH_TEST_UNIT_RUNTIME_RUNPROGRAM_H

#include "runtime/program/Run.h"

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace irh::rt::test {

struct Outcome {
  int exitCode = 0;
  std::string rows;
  std::string messages;
};

/// A file without a name.
class Scratch {
public:
  Scratch() : file(std::tmpfile(), std::fclose) {}

  int descriptor() const { return fileno(file.get()); }
  std::string read() const {
    std::rewind(file.get());
    std::string text;
    for (int letter = std::fgetc(file.get()); letter != EOF; letter = std::fgetc(file.get()))
      text += static_cast<char>(letter);
    return text;
  }

private:
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file;
};

inline Outcome runProgram(const program::Program &program, std::vector<std::string> arguments) {
  const Scratch rows;
  const Scratch messages;
  const int code = program::run(program, {.arguments = std::move(arguments),
                                          .output = rows.descriptor(),
                                          .messages = messages.descriptor()});
  return {code, rows.read(), messages.read()};
}

} // namespace irh::rt::test

#endif // IRH_TEST_UNIT_RUNTIME_RUNPROGRAM_H
