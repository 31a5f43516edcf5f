//===- Contents.cpp - what a checkpoint says, as bytes ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/checkpoint/Contents.h"

#include "runtime/field/Field.h"

#include <cstring>

namespace irh::rt::checkpoint {

std::size_t SavedField::numBytes() const {
  return static_cast<std::size_t>(numPoints) * field::sizeOf(element);
}

namespace {

class Encoder {
public:
  template <typename T> void value(const T &value) { append(&value, sizeof value); }
  void text(const std::string &text) {
    value(std::uint64_t{text.size()});
    append(text.data(), text.size());
  }
  template <typename List, typename Visit> void list(const List &list, Visit visit) {
    value(std::uint64_t{list.size()});
    for (const auto &element : list)
      visit(element);
  }

  std::vector<std::byte> bytes;

private:
  void append(const void *data, std::size_t size) {
    const auto *first = static_cast<const std::byte *>(data);
    bytes.insert(bytes.end(), first, first + size);
  }
};

/// Once the bytes end too early, all it gives is empty.
class Decoder {
public:
  explicit Decoder(std::span<const std::byte> bytes) : bytes(bytes) {}

  template <typename T> void value(T &value) { take(&value, sizeof value); }
  void text(std::string &text) {
    text.resize(takeSize());
    take(text.data(), text.size());
  }
  template <typename List, typename Visit> void list(List &list, Visit visit) {
    for (std::uint64_t left = takeSize(); left > 0 && isWhole; --left)
      visit(list.emplace_back());
  }

  bool isAtEnd() const { return isWhole && bytes.empty(); }

private:
  void take(void *data, std::size_t size) {
    isWhole = isWhole && size <= bytes.size();
    if (!isWhole || size == 0)
      return;
    std::memcpy(data, bytes.data(), size);
    bytes = bytes.subspan(size);
  }

  /// Of a list or text: no more than bytes are left, whatever the file says.
  std::size_t takeSize() {
    std::uint64_t size = 0;
    value(size);
    isWhole = isWhole && size <= bytes.size();
    return isWhole ? size : 0;
  }

  std::span<const std::byte> bytes;
  bool isWhole = true;
};

/// One walk for both ways, so that they cannot differ.
template <typename Coder, typename Evolve> void walkEvolve(Coder &coder, Evolve &evolve) {
  coder.value(evolve.standing.state.number);
  coder.value(evolve.standing.state.t);
  coder.value(evolve.standing.from);
  coder.value(evolve.standing.previousT);
  coder.value(evolve.standing.dt);
  coder.list(evolve.fields, [&](auto &field) {
    coder.value(field.element);
    coder.value(field.numPoints);
  });
  coder.list(evolve.scalars, [&](auto &scalar) { coder.value(scalar); });
}

template <typename Coder, typename AnyContents> void walk(Coder &coder, AnyContents &contents) {
  coder.text(contents.identity.model);
  coder.text(contents.identity.hash);
  coder.list(contents.identity.params, [&](auto &param) {
    coder.text(param.name);
    coder.text(param.value);
  });
  coder.text(contents.identity.seed);
  coder.text(contents.identity.tableFormat);
  coder.list(contents.inputs, [&](auto &input) {
    coder.text(input.path);
    coder.value(input.checksum);
  });
  coder.list(contents.evolves, [&](auto &evolve) { walkEvolve(coder, evolve); });
  coder.list(contents.files, [&](auto &mark) {
    coder.text(mark.path);
    coder.value(mark.position);
  });
}

} // namespace

std::vector<std::byte> encode(const Contents &contents) {
  Encoder encoder;
  walk(encoder, contents);
  return std::move(encoder.bytes);
}

std::optional<Contents> decode(std::span<const std::byte> bytes) {
  Decoder decoder(bytes);
  Contents contents;
  walk(decoder, contents);
  if (!decoder.isAtEnd() || contents.evolves.empty())
    return std::nullopt;
  return contents;
}

} // namespace irh::rt::checkpoint
