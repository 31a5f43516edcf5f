//===- FmtCommand.cpp - irhc fmt --------------------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/FmtCommand.h"

#include "compiler/Diag/Diagnostic.h"
#include "compiler/Format/Format.h"
#include "compiler/Parse/Parse.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using llvm::StringRef;

namespace irh::driver {

static int refuse(const llvm::Twine &message) {
  llvm::errs() << "irhc: error: " << message << "\n";
  return 1;
}

/// Puts `text` in the place of the file at once, with the same permissions.
static std::error_code replaceFile(StringRef path, StringRef text) {
  llvm::SmallString<128> target;
  if (std::error_code error = llvm::sys::fs::real_path(path, target))
    return error;
  llvm::ErrorOr<llvm::sys::fs::perms> mode = llvm::sys::fs::getPermissions(target);
  if (!mode)
    return mode.getError();
  llvm::Expected<llvm::sys::fs::TempFile> file =
      llvm::sys::fs::TempFile::create(target + ".%%%%%%", *mode);
  if (!file)
    return llvm::errorToErrorCode(file.takeError());
  llvm::raw_fd_ostream os(file->FD, /*shouldClose=*/false);
  os << text;
  os.flush();
  std::error_code error = os.error();
  os.clear_error();
  if (!error)
    error = llvm::sys::fs::setPermissions(file->FD, *mode);
  llvm::Error last = error ? file->discard() : file->keep(target);
  std::error_code closing = llvm::errorToErrorCode(std::move(last));
  return error ? error : closing;
}

static std::string dumpTree(const ast::File &tree) {
  std::string text;
  llvm::raw_string_ostream os(text);
  ast::dump(os, tree);
  return text;
}

/// Whether `text` says what `tree` says: a fault of ours must not cost anybody a model.
static bool isSameModel(const std::string &path, const std::string &text, const ast::File &tree) {
  source::SourceFile formatted(path, text);
  diag::Engine diags;
  std::unique_ptr<ast::File> again = parse::parseFile(formatted, diags);
  return !diags.hasErrors() && dumpTree(*again) == dumpTree(tree);
}

/// Formats one file; gives the exit code.
static int formatFile(const std::string &path, bool isCheck, DiagnosticStyle style) {
  auto input = runFrontend(path, FrontendGoal::Syntax, style);
  if (!input)
    return 1;
  std::string text = format::format(*input->source, *input->file);
  if (!isSameModel(path, text, *input->file)) {
    llvm::errs() << path << ": error: internal error: formatting would change the model\n";
    return 3;
  }
  bool isSame = text == input->source->text();
  if (isCheck) {
    if (!isSame)
      llvm::outs() << path << "\n";
    return isSame ? 0 : 1;
  }
  if (path == "-") {
    llvm::outs() << text;
    return 0;
  }
  std::error_code error = isSame ? std::error_code() : replaceFile(path, text);
  return error ? refuse("cannot write `" + path + "`: " + error.message()) : 0;
}

int fmtCommand(llvm::ArrayRef<std::string> arguments, DiagnosticStyle style) {
  std::vector<std::string> files;
  bool isCheck = false;
  for (const std::string &argument : arguments) {
    if (argument == "--check")
      isCheck = true;
    else if (argument != "-" && StringRef(argument).starts_with("-"))
      return refuse("unknown flag `" + argument + "` of `irhc fmt`: it takes `--check`");
    else
      files.push_back(argument);
  }
  if (files.empty())
    return refuse("`irhc fmt` takes files, or `-` for stdin: `irhc fmt model.irh`");
  int worst = 0;
  for (const std::string &file : files)
    worst = std::max(worst, formatFile(file, isCheck, style));
  return worst;
}

} // namespace irh::driver
