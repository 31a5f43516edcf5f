//===- ReadHdf5.h - what an HDF5 file holds ---------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_UNIT_RUNTIME_READHDF5_H
#define IRH_TEST_UNIT_RUNTIME_READHDF5_H

#include <gtest/gtest.h>
#include <hdf5.h>

#include <complex>
#include <cstdint>
#include <string>
#include <vector>

namespace irh::rt::test {

/// Whole arrays of a file, of the types that h5py takes for bool, int64, float64 and complex128.
class Hdf5Reader {
public:
  explicit Hdf5Reader(const std::string &path)
      : file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)) {
    EXPECT_GE(file, 0) << path;
  }
  ~Hdf5Reader() { H5Fclose(file); }
  Hdf5Reader(const Hdf5Reader &) = delete;
  Hdf5Reader &operator=(const Hdf5Reader &) = delete;

  bool has(const char *array) const { return H5Lexists(file, array, H5P_DEFAULT) > 0; }

  /// When a dataset or group was made, in seconds; 0 if the file does not say.
  std::int64_t birthOf(const char *object) const {
    H5O_info_t info = {};
    EXPECT_GE(H5Oget_info_by_name(file, object, &info, H5P_DEFAULT), 0) << object;
    return info.btime;
  }

  std::vector<std::uint64_t> sizes(const char *array) const {
    const hid_t dataset = H5Dopen2(file, array, H5P_DEFAULT);
    const hid_t space = H5Dget_space(dataset);
    std::vector<hsize_t> sizes(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
    H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
    H5Sclose(space);
    H5Dclose(dataset);
    return {sizes.begin(), sizes.end()};
  }

  std::vector<double> reals(const char *array) const {
    return read<double>(array, H5T_NATIVE_DOUBLE);
  }
  std::vector<std::int64_t> ints(const char *array) const {
    return read<std::int64_t>(array, H5T_NATIVE_INT64);
  }

  std::vector<std::int8_t> bools(const char *array) const {
    const hid_t type = H5Tenum_create(H5T_NATIVE_INT8);
    const std::int8_t truths[] = {0, 1};
    H5Tenum_insert(type, "FALSE", &truths[0]);
    H5Tenum_insert(type, "TRUE", &truths[1]);
    const auto values = read<std::int8_t>(array, type);
    H5Tclose(type);
    return values;
  }

  std::vector<std::complex<double>> complexes(const char *array) const {
    const hid_t type = H5Tcreate(H5T_COMPOUND, 16);
    H5Tinsert(type, "r", 0, H5T_NATIVE_DOUBLE);
    H5Tinsert(type, "i", 8, H5T_NATIVE_DOUBLE);
    const auto values = read<std::complex<double>>(array, type);
    H5Tclose(type);
    return values;
  }

private:
  template <typename T> std::vector<T> read(const char *array, hid_t type) const {
    std::size_t count = 1;
    for (const std::uint64_t size : sizes(array))
      count *= size;
    std::vector<T> values(count);
    const hid_t dataset = H5Dopen2(file, array, H5P_DEFAULT);
    const hid_t stored = H5Dget_type(dataset);
    EXPECT_GT(H5Tequal(stored, type), 0) << array << " has another type";
    EXPECT_GE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0) << array;
    H5Tclose(stored);
    H5Dclose(dataset);
    return values;
  }

  hid_t file;
};

} // namespace irh::rt::test

#endif // IRH_TEST_UNIT_RUNTIME_READHDF5_H
