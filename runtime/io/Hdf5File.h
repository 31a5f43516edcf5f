//===- Hdf5File.h - arrays that grow along time, in an HDF5 file ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_IO_HDF5FILE_H
#define IRH_RUNTIME_IO_HDF5FILE_H

#include "runtime/abi/Abi.h"

#include <cstdint>
#include <span>
#include <string>

namespace irh::rt::io {

/// An array of a file. Elements are such that h5py gives bool, int64, float64 and complex128.
struct Hdf5Dataset {
  enum class Shape {
    Points,        ///< [points], of a fixed size
    Times,         ///< [times]
    TimesAndPoints ///< [times, points]
  };

  std::string path; ///< `/nodes/id`: groups are made as needed.
  abi::Element element = abi::Element::Real;
  Shape shape = Shape::Points;
  std::int64_t numPoints = 1; ///< Of Shape::Times, 1.
};

/// Values for some points of one time.
struct Hdf5Block {
  std::int64_t time = 0; ///< From 0. At the end of the dataset it grows by one.
  std::int64_t firstPoint = 0;
  std::int64_t numPoints = 1;
  const void *values = nullptr; ///< As abi::Element says.
};

/// An open file. Files are open while something is written, and no longer: a program that is
/// killed in between leaves a clean file. One that is killed while it writes leaves a file that is
/// consistent, but marked as being written (HDF5's single-writer mode): h5py reads it with
/// `swmr=True`, `h5clear -s` or `cutHdf5File` takes the mark away.
///
/// Errors  OutputFailed: the file cannot be made, opened or written; no HDF5 on this machine.
class Hdf5File {
public:
  /// Makes a file, whatever was there, with these datasets; those that grow are empty.
  static Hdf5File create(const std::string &path, std::span<const Hdf5Dataset> datasets);
  /// Opens a file that `create` has made.
  static Hdf5File open(const std::string &path);

  ~Hdf5File();
  Hdf5File(Hdf5File &&other) noexcept;
  Hdf5File &operator=(Hdf5File &&) = delete;

  void write(const Hdf5Dataset &dataset, const Hdf5Block &block);
  /// Writes what the library still holds. The destructor does the same, but keeps errors to itself.
  void close();

private:
  Hdf5File(std::string path, std::int64_t file) : path(std::move(path)), file(file) {}

  std::string path;
  std::int64_t file; ///< The library's id; negative once closed.
};

/// Cuts all datasets that grow to `numTimes`, in a file that may have been left in the middle.
///
/// Errors  OutputFailed, also where the file has fewer times or other datasets.
void cutHdf5File(const std::string &path, std::span<const Hdf5Dataset> datasets,
                 std::int64_t numTimes);

} // namespace irh::rt::io

#endif // IRH_RUNTIME_IO_HDF5FILE_H
