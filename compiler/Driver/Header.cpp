//===- Header.cpp - the C header of a model's library ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Header.h"

#include "runtime/program/ParamText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using irh::abi::Element;
using irh::rt::program::FieldSpec;
using irh::rt::program::ParamSpec;
using irh::rt::program::ParamType;

namespace irh::driver {

// `@` stands for the model's name; named() puts it there.
static constexpr StringRef kOpening = R"(#ifndef IRH_LIBRARY_@_H
#define IRH_LIBRARY_@_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A session holds what runs of the model are given, and what the last one gave. Functions that
   give int32_t give 0, or the code that a program would end with: 1 wrong arguments, parameters or
   files; 2 the run was stopped; 3 a fault of the compiler. @_error then says more. */
typedef struct @_session @_session;

)";

static constexpr StringRef kTypes = R"(/* How runs are made. All zero: the defaults. */
typedef struct @_settings {
  int64_t threads;         /* of each rank; 0: all cores, shared by the ranks */
  int64_t ranks;           /* inside this process; 0: one */
  int64_t seed;            /* of the random numbers, if has_seed */
  const char *out;         /* folder of the files that the model saves; null: the current one */
  bool has_seed;           /* false: the model's own seed */
  bool ignores_not_finite; /* true: a value that is not finite does not stop the run */
} @_settings;

/* Types of columns: their values are bool, int64_t, double, and double[2] (real, imaginary). */
enum @_type { @_bool = 0, @_int = 1, @_real = 2, @_complex = 3 };

/* Called after each row with its number in its table, both from 0. Not 0 stops the run. It may
   read rows, and change nothing in the session. */
typedef int32_t (*@_row_callback)(void *user, int64_t table, int64_t row);

)";

static constexpr StringRef kClosing = R"(#ifdef __cplusplus
}
#endif

#endif /* IRH_LIBRARY_@_H */
)";

namespace {

/// A function of EmbedCalls.def, for readers of the header.
struct Declaration {
  StringRef text;
  StringRef contract;
};

} // namespace

static constexpr Declaration kDeclarations[] = {
#define IRH_EMBED_CALL(name, Result, Arguments, declaration, contract) {declaration, contract},
#include "runtime/embed/EmbedCalls.def"
};

/// A comment of lines of at most 100 columns. What would end it is spread.
static std::string comment(StringRef text, StringRef indent = "") {
  constexpr size_t kMostColumns = 97; // with room for the end
  std::string safe = text.str();
  for (size_t at = safe.find("*/"); at != std::string::npos; at = safe.find("*/"))
    safe.replace(at, 2, "* /");
  SmallVector<StringRef> words;
  SplitString(safe, words);
  std::string all, line = (indent + "/*").str();
  for (StringRef word : words) {
    if (line.size() + 1 + word.size() > kMostColumns) {
      all += line + "\n";
      line = (indent + "  ").str();
    }
    line += (" " + word).str();
  }
  return all + line + " */\n";
}

static bool isWordOfC(StringRef name) {
  static constexpr StringRef kWords[] = {
      "alignas",   "alignof",  "and",      "asm",      "auto",     "bool",     "break",
      "case",      "catch",    "char",     "class",    "concept",  "const",    "constexpr",
      "continue",  "default",  "delete",   "do",       "double",   "else",     "enum",
      "explicit",  "export",   "extern",   "false",    "float",    "for",      "friend",
      "goto",      "if",       "inline",   "int",      "long",     "mutable",  "namespace",
      "new",       "noexcept", "not",      "nullptr",  "operator", "or",       "private",
      "protected", "public",   "register", "requires", "restrict", "return",   "short",
      "signed",    "sizeof",   "static",   "struct",   "switch",   "template", "this",
      "throw",     "true",     "try",      "typedef",  "typeid",   "typename", "typeof",
      "union",     "unsigned", "using",    "virtual",  "void",     "volatile", "while",
      "xor"};
  return is_contained(kWords, name);
}

/// A name that C takes and that is not `taken`: `theta'` is theta_rate, and a word of C or C++
/// gets an underscore.
static std::string cName(StringRef name, StringSet<> &taken) {
  std::string plain;
  for (char letter : name)
    plain += letter == '\'' ? "_rate" : std::string(1, letter);
  if (isWordOfC(plain))
    plain += "_";
  while (!taken.insert(plain).second)
    plain += "_";
  return plain;
}

static StringRef cType(const rt::program::ParamValue &value) {
  switch (rt::program::typeOf(value)) {
  case ParamType::Bool:
    return "bool ";
  case ParamType::Int:
    return "int64_t ";
  case ParamType::Real:
    return "double ";
  case ParamType::String:
    return "const char *";
  }
  llvm_unreachable("all types are covered");
}

/// What `--help` says of a parameter.
static std::string describe(const ParamSpec &param) {
  std::string text = param.doc.empty() ? "" : param.doc + "; ";
  bool isString = std::holds_alternative<std::string>(param.defaultValue);
  std::string value = rt::program::toText(param.defaultValue);
  text += "default " + (isString ? "\"" + value + "\"" : value);
  if (std::string range = rangeText(param); !range.empty())
    text += ", in " + range;
  return text;
}

static std::string makeParamStruct(const rt::program::Program &program) {
  std::string text = "/* The parameters, as " + program.name + "_default_params sets them. */\n" +
                     "typedef struct " + program.name + "_params {\n";
  StringSet<> taken;
  for (const ParamSpec &param : program.params)
    text += comment(describe(param), "  ") + "  " + cType(param.defaultValue).str() +
            cName(param.name, taken) + ";\n";
  if (program.params.empty())
    text += "  char none; /* the model has no parameters */\n";
  return text + "} " + program.name + "_params;\n\n";
}

static StringRef cType(Element element) {
  switch (element) {
  case Element::Bool:
    return "bool";
  case Element::Int:
    return "int64_t";
  case Element::Real:
  case Element::Complex:
    return "double";
  }
  llvm_unreachable("all elements are covered");
}

static std::string describe(const FieldSpec &field) {
  std::string text = "`" + field.name + "`" + (field.doc.empty() ? "" : ": " + field.doc) +
                     "; on " +
                     (field.set == abi::SetKind::Nodes
                          ? "nodes, in the order of their rows"
                          : "edges, in the order of their file, or without one by their ends");
  if (field.element == Element::Complex)
    text += "; two doubles (real, imaginary) for each";
  return text;
}

// NAME is the field in C, FIELD in the model, TYPE that of its values.
static constexpr StringRef kFieldFunctions =
    R"(static inline int32_t @_set_field_NAME(@_session *session, const TYPE *values,
                                       int64_t count) {
  return @_set_field(session, "FIELD", values, count);
}
static inline int32_t @_get_field_NAME(@_session *session, TYPE *values, int64_t count) {
  return @_get_field(session, "FIELD", values, count);
}

)";

static std::string replaceAll(StringRef text, StringRef word, StringRef by) {
  SmallVector<StringRef> pieces;
  text.split(pieces, word);
  return join(pieces, by);
}

static std::string makeFieldFunctions(const rt::program::Program &program) {
  std::string text;
  StringSet<> taken;
  for (const FieldSpec &field : program.fields) {
    std::string functions = replaceAll(kFieldFunctions, "@", program.name);
    functions = replaceAll(functions, "NAME", cName(field.name, taken));
    functions = replaceAll(functions, "TYPE", cType(field.element));
    text += comment(describe(field)) + replaceAll(functions, "FIELD", field.name);
  }
  return text;
}

std::string makeHeader(const rt::program::Program &program) {
  auto named = [&](StringRef text) { return replaceAll(text, "@", program.name); };
  std::string title = "The model " + program.name + " as a library" +
                      (program.doc.empty() ? "." : ": " + program.doc);
  std::string text = comment(title) + comment("Made by `irhc build --emit=lib`.") + "\n" +
                     named(kOpening) + makeParamStruct(program) + named(kTypes);
  for (const Declaration &declaration : kDeclarations)
    text += comment(named(declaration.contract)) + named(declaration.text) + ";\n\n";
  return text + makeFieldFunctions(program) + named(kClosing);
}

} // namespace irh::driver
