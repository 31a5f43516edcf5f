//===- TemporaryFolder.h - a folder of one test -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_RUNTIME_TEMPORARYFOLDER_H
#define IRH_TEST_UNIT_RUNTIME_TEMPORARYFOLDER_H

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <stdlib.h>

namespace irh::rt::test {

/// Gone, with all that is in it, when the test ends.
class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "irh-test-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const std::string &name() const { return path; }
  std::string operator/(const std::string &file) const { return path + "/" + file; }

  std::string read(const std::string &file) const {
    std::ifstream stream(*this / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void write(const std::string &file, std::string_view text) const {
    std::ofstream(*this / file, std::ios::binary) << text;
  }

private:
  std::string path;
};

} // namespace irh::rt::test

#endif // IRH_TEST_UNIT_RUNTIME_TEMPORARYFOLDER_H
