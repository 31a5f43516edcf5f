//===- Frontend.h - a file to a typed model ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_COMPILER_DRIVER_FRONTEND_H
#define IRH_COMPILER_DRIVER_FRONTEND_H

#include "compiler/AST/AST.h"
#include "compiler/Sema/Model.h"
#include "compiler/Source/SourceFile.h"

#include <memory>
#include <string>

namespace irh::driver {

/// A file and what the front end made of it; the later parts refer to the earlier ones.
struct Input {
  std::unique_ptr<source::SourceFile> source;
  std::unique_ptr<ast::File> file;
  std::unique_ptr<sema::Model> model; ///< Null where only the syntax was asked for.
};

enum class FrontendGoal { Syntax, Model };

/// Reads and analyzes `path`. Errors and warnings go to stderr; null if there was an error.
std::unique_ptr<Input> runFrontend(const std::string &path, FrontendGoal goal);

} // namespace irh::driver

#endif // IRH_COMPILER_DRIVER_FRONTEND_H
