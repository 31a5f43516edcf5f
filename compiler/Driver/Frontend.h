//===- Frontend.h - a file to a typed model ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_FRONTEND_H
#define IRH_COMPILER_DRIVER_FRONTEND_H

#include "compiler/AST/AST.h"
#include "compiler/Sema/Model.h"
#include "compiler/Source/SourceFile.h"

#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <string>
#include <vector>

namespace irh::driver {

/// A file and what the front end made of it; the later parts refer to the earlier ones.
struct Input {
  std::unique_ptr<source::SourceFile> source;
  std::vector<std::unique_ptr<ast::File>> imports; ///< Hold the items that `file` imports.
  std::unique_ptr<ast::File> file;
  std::unique_ptr<sema::Model> model; ///< Null where only the syntax was asked for.
};

enum class FrontendGoal { Syntax, Model };

/// How errors and warnings are written (`--diagnostics=`).
enum class DiagnosticStyle { Text, Json };

/// Reads and analyzes `path`, and for a model what it imports. Errors and warnings go to `os`, as
/// text in color if that is a terminal and NO_COLOR is not set. Null if there was an error.
std::unique_ptr<Input> runFrontend(const std::string &path, FrontendGoal goal,
                                   DiagnosticStyle style = DiagnosticStyle::Text,
                                   llvm::raw_ostream &os = llvm::errs());

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_FRONTEND_H
