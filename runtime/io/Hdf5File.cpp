//===- Hdf5File.cpp - arrays that grow along time, in an HDF5 file ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/io/Hdf5File.h"

#include "runtime/core/OutputError.h"
#include "runtime/io/Hdf5Library.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace irh::rt::io {
namespace {

using Shape = Hdf5Dataset::Shape;

/// What the library says went wrong.
struct Complaint {
  int errorNumber = 0;     ///< Of the system; 0 if it was not the system.
  std::string description; ///< Of the innermost function that failed.
};

herr_t readComplaint(unsigned, const H5E_error2_t *entry, void *into) {
  auto &complaint = *static_cast<Complaint *>(into);
  const std::string_view text = entry->desc ? entry->desc : "";
  constexpr std::string_view kNumber = "errno = ";
  if (const std::size_t at = text.find(kNumber); at != std::string_view::npos)
    complaint.errorNumber = std::atoi(text.data() + at + kNumber.size());
  if (complaint.description.empty())
    complaint.description = text;
  return 0;
}

Error failed(const std::string &path) {
  Complaint complaint;
  hdf5Library().H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, readComplaint, &complaint);
  if (complaint.errorNumber != 0)
    return outputFailed(path, complaint.errorNumber);
  return Error(ErrorCode::OutputFailed,
               "cannot write `" + path + "`: HDF5 says: " + complaint.description);
}

/// An id of the library, and how to give it back.
class Id {
public:
  Id(hid_t id, herr_t (*close)(hid_t), const std::string &path) : id(id), close(close) {
    if (id < 0)
      throw failed(path);
  }
  Id(Id &&other) noexcept : id(std::exchange(other.id, -1)), close(other.close) {}
  Id &operator=(Id &&) = delete;
  ~Id() {
    if (id >= 0)
      close(id);
  }
  operator hid_t() const { return id; }
  hid_t release() { return std::exchange(id, -1); }

private:
  hid_t id;
  herr_t (*close)(hid_t);
};

/// Calls of the library for one file; a call that fails throws.
class Access {
public:
  explicit Access(const std::string &path) : library(hdf5Library()), path(path) {
    library.H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); // a stack that each thread has its own of
  }

  void require(herr_t status) const {
    if (status < 0)
      throw failed(path);
  }

  Id properties(const hid_t *kind) const {
    return {library.H5Pcreate(*kind), library.H5Pclose, path};
  }

  /// Of something that is made: without the time of day, so that equal runs write equal files.
  Id timelessProperties(const hid_t *kind) const {
    Id list = properties(kind);
    require(library.H5Pset_obj_track_times(list, 0));
    return list;
  }

  /// The latest format alone can be written while others read it.
  Id fileProperties() const {
    Id list = properties(library.H5P_CLS_FILE_ACCESS_ID_g);
    require(library.H5Pset_libver_bounds(list, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST));
    return list;
  }

  Id open(unsigned mode, const Id &access) const {
    return {library.H5Fopen(path.c_str(), mode, access), library.H5Fclose, path};
  }

  Id openDataset(hid_t file, const Hdf5Dataset &dataset) const {
    return {library.H5Dopen2(file, dataset.path.c_str(), H5P_DEFAULT), library.H5Dclose, path};
  }

  Id spaceOf(hid_t dataset) const {
    return {library.H5Dget_space(dataset), library.H5Sclose, path};
  }

  Id space(int rank, const hsize_t *size, const hsize_t *most) const {
    return {library.H5Screate_simple(rank, size, most), library.H5Sclose, path};
  }

  Id type(abi::Element element) const;
  void createDataset(hid_t file, const Hdf5Dataset &dataset) const;
  void createGroupOf(hid_t file, const Hdf5Dataset &dataset) const;

  const Hdf5Library &library;
  const std::string &path;
};

Id Access::type(abi::Element element) const {
  const auto copyOf = [&](const hid_t *type) {
    return Id(library.H5Tcopy(*type), library.H5Tclose, path);
  };
  switch (element) {
  case abi::Element::Int:
    return copyOf(library.H5T_NATIVE_INT64_g);
  case abi::Element::Bool: {
    Id flag(library.H5Tenum_create(*library.H5T_NATIVE_INT8_g), library.H5Tclose, path);
    for (const auto &[name, value] : {std::pair("FALSE", std::int8_t{0}), {"TRUE", 1}})
      require(library.H5Tenum_insert(flag, name, &value));
    return flag;
  }
  case abi::Element::Complex: {
    Id pair(library.H5Tcreate(H5T_COMPOUND, 16), library.H5Tclose, path);
    require(library.H5Tinsert(pair, "r", 0, *library.H5T_NATIVE_DOUBLE_g));
    require(library.H5Tinsert(pair, "i", 8, *library.H5T_NATIVE_DOUBLE_g));
    return pair;
  }
  case abi::Element::Real:
    break;
  }
  return copyOf(library.H5T_NATIVE_DOUBLE_g);
}

int rankOf(const Hdf5Dataset &dataset) { return dataset.shape == Shape::TimesAndPoints ? 2 : 1; }

/// Values that lie together in the file: a page or more of them, of several times where a time
/// has few points.
struct Chunk {
  hsize_t numTimes;
  hsize_t numPoints;
};

Chunk chunkOf(const Hdf5Dataset &dataset) {
  constexpr std::int64_t kMostPoints = 65536;
  constexpr std::int64_t kWanted = 8192;
  const std::int64_t numPoints = std::clamp<std::int64_t>(dataset.numPoints, 1, kMostPoints);
  return {static_cast<hsize_t>(std::max<std::int64_t>(1, kWanted / numPoints)),
          static_cast<hsize_t>(numPoints)};
}

/// `/nodes` of `/nodes/id`.
void Access::createGroupOf(hid_t file, const Hdf5Dataset &dataset) const {
  const std::string group = dataset.path.substr(0, dataset.path.rfind('/'));
  if (group.empty() || library.H5Lexists(file, group.c_str(), H5P_DEFAULT) > 0)
    return;
  const Id created(library.H5Gcreate2(file, group.c_str(), H5P_DEFAULT,
                                      timelessProperties(library.H5P_CLS_GROUP_CREATE_ID_g),
                                      H5P_DEFAULT),
                   library.H5Gclose, path);
}

void Access::createDataset(hid_t file, const Hdf5Dataset &dataset) const {
  createGroupOf(file, dataset);
  const Id creation = timelessProperties(library.H5P_CLS_DATASET_CREATE_ID_g);
  const auto numPoints = static_cast<hsize_t>(dataset.numPoints);
  // A fixed extent must not be smaller than the chunk.
  hsize_t size[2] = {0, numPoints};
  hsize_t most[2] = {H5S_UNLIMITED, numPoints == 0 ? H5S_UNLIMITED : numPoints};
  const auto [timesOfChunk, pointsOfChunk] = chunkOf(dataset);
  const hsize_t chunk[2] = {timesOfChunk, pointsOfChunk};
  if (dataset.shape == Shape::Points)
    size[0] = most[0] = numPoints;
  else
    require(library.H5Pset_chunk(creation, rankOf(dataset), chunk));
  const Id extent = space(rankOf(dataset), size, most);
  const Id created(library.H5Dcreate2(file, dataset.path.c_str(), type(dataset.element), extent,
                                      H5P_DEFAULT, creation, H5P_DEFAULT),
                   library.H5Dclose, path);
}

hsize_t numTimesOf(const Access &access, hid_t dataset) {
  hsize_t size[2] = {};
  access.require(access.library.H5Sget_simple_extent_dims(access.spaceOf(dataset), size, nullptr));
  return size[0];
}

void setNumTimes(const Access &access, hid_t id, const Hdf5Dataset &dataset, hsize_t numTimes) {
  const hsize_t size[2] = {numTimes, static_cast<hsize_t>(dataset.numPoints)};
  access.require(access.library.H5Dset_extent(id, size));
}

} // namespace

Hdf5File Hdf5File::create(const std::string &path, std::span<const Hdf5Dataset> datasets) {
  const Access access(path);
  const Id properties = access.fileProperties();
  const Id creation = access.timelessProperties(access.library.H5P_CLS_FILE_CREATE_ID_g);
  Id file(access.library.H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, properties),
          access.library.H5Fclose, path);
  for (const Hdf5Dataset &dataset : datasets)
    access.createDataset(file, dataset);
  return {path, file.release()};
}

Hdf5File Hdf5File::open(const std::string &path) {
  const Access access(path);
  return {path, access.open(H5F_ACC_RDWR | H5F_ACC_SWMR_WRITE, access.fileProperties()).release()};
}

Hdf5File::Hdf5File(Hdf5File &&other) noexcept
    : path(std::move(other.path)), file(std::exchange(other.file, -1)) {}

Hdf5File::~Hdf5File() {
  if (file >= 0)
    hdf5Library().H5Fclose(file);
}

void Hdf5File::write(const Hdf5Dataset &dataset, const Hdf5Block &block) {
  const Access access(path);
  const Id id = access.openDataset(file, dataset);
  const bool hasTimes = dataset.shape != Shape::Points;
  if (hasTimes && numTimesOf(access, id) <= static_cast<hsize_t>(block.time))
    setNumTimes(access, id, dataset, static_cast<hsize_t>(block.time) + 1);
  if (block.numPoints == 0)
    return;
  const auto firstPoint = static_cast<hsize_t>(block.firstPoint);
  const auto numPoints = static_cast<hsize_t>(block.numPoints);
  const hsize_t start[2] = {hasTimes ? static_cast<hsize_t>(block.time) : firstPoint, firstPoint};
  const hsize_t count[2] = {hasTimes ? 1 : numPoints, numPoints};
  const Id there = access.spaceOf(id);
  access.require(
      access.library.H5Sselect_hyperslab(there, H5S_SELECT_SET, start, nullptr, count, nullptr));
  const Id here = access.space(1, &numPoints, nullptr);
  access.require(access.library.H5Dwrite(id, access.type(dataset.element), here, there, H5P_DEFAULT,
                                         block.values));
}

void Hdf5File::close() {
  if (file < 0)
    return;
  const Access access(path);
  access.require(access.library.H5Fclose(std::exchange(file, -1)));
}

void cutHdf5File(const std::string &path, std::span<const Hdf5Dataset> datasets,
                 std::int64_t numTimes) {
  const Access access(path);
  const Id properties = access.fileProperties();
  const bool isMarkLifted = true; // of a writer that was killed
  access.require(access.library.H5Pset(properties, "clear_status_flags", &isMarkLifted));
  const Id file = access.open(H5F_ACC_RDWR, properties);
  for (const Hdf5Dataset &dataset : datasets) {
    if (dataset.shape == Shape::Points)
      continue;
    const Id id = access.openDataset(file, dataset);
    const auto wanted = static_cast<hsize_t>(numTimes);
    if (numTimesOf(access, id) < wanted)
      throw Error(ErrorCode::OutputFailed,
                  "cannot go on with `" + path +
                      "`: it has fewer times than when the checkpoint "
                      "was written; put it back, or run without `--resume`");
    setNumTimes(access, id, dataset, wanted);
  }
}

} // namespace irh::rt::io
