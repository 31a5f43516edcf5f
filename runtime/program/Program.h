//===- Program.h - what a compiled model hands to the runtime ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_RUNTIME_PROGRAM_PROGRAM_H
#define IRH_RUNTIME_PROGRAM_PROGRAM_H

#include "runtime/abi/Abi.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace irh::rt::program {

/// Order of the alternatives of ParamValue.
enum class ParamType { Bool, Int, Real, String };

using ParamValue = std::variant<bool, std::int64_t, double, std::string>;

inline ParamType typeOf(const ParamValue &value) { return static_cast<ParamType>(value.index()); }

/// An end of a range; `isStrict` where the end itself is outside.
struct Bound {
  double value = 0;
  bool isStrict = false;
};

/// A place in the model's file, in characters from 1; line 0 is no place.
struct Location {
  std::int32_t line = 0;
  std::int32_t column = 0;
};

/// A parameter as the model declares it. The default's alternative is its type.
struct ParamSpec {
  std::string name;
  std::string doc;
  ParamValue defaultValue;
  std::optional<Bound> lower = std::nullopt;
  std::optional<Bound> upper = std::nullopt;
  Location location = {};
};

/// A field as the model declares it.
struct FieldSpec {
  std::string name;
  std::string doc;
  abi::Element element = abi::Element::Real;
  abi::SetKind set = abi::SetKind::Nodes;
};

/// A file that the model saves fields to.
struct OutputSpec {
  std::string path; ///< As the model says it.
  Location location = {};
};

/// A compiled model.
struct Program {
  std::string name;
  std::string doc;
  std::string file; ///< The model's file, as messages name it.
  std::vector<ParamSpec> params;
  std::vector<FieldSpec> fields = {};
  std::vector<OutputSpec> outputs = {};
  irh_main main = nullptr;
  std::string hash = {};           ///< Of the model's source.
  std::int64_t lastKeptEvolve = 0; ///< Number, from 1, of the last that has a checkpoint; 0: none.
};

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_PROGRAM_H
