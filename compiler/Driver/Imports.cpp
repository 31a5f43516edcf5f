//===- Imports.cpp - the files that a model imports -------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Imports.h"

#include "compiler/Parse/Parse.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;
using llvm::sys::fs::UniqueID;

namespace irh::driver {

using source::SourceFile;

namespace {

/// A file whose imports are being read, and the one of them that is read now.
struct OpenFile {
  UniqueID id;
  const ast::ImportDecl *import = nullptr;
};

class ImportReader {
public:
  ImportReader(SourceFile &main, diag::Engine &diags) : main(main), diags(diags) {}

  /// Reads the imports of one file, `depth` of them having led to it.
  void readAll(const SourceFile &source, const ast::File &file, UniqueID id);

  std::vector<std::unique_ptr<ast::File>> trees;
  llvm::SmallVector<ast::Item *> items; ///< Each file's after those of the files it imports.

private:
  static constexpr size_t kMaxDepth = 100;

  void read(const SourceFile &importer, const ast::ImportDecl &import);
  void readNew(const std::string &path, UniqueID id);
  bool isCircle(UniqueID id);
  void fail(const ast::ImportDecl &import, StringRef reason);

  SourceFile &main;
  diag::Engine &diags;
  std::vector<OpenFile> open; ///< From the main file to the present one.
  std::vector<UniqueID> done;
};

} // namespace

/// Where `import` leads from the file that holds it.
static std::string pathOf(const SourceFile &importer, const ast::ImportDecl &import) {
  if (llvm::sys::path::is_absolute(import.path.value))
    return import.path.value.str();
  llvm::SmallString<128> path = llvm::sys::path::parent_path(importer.path());
  llvm::sys::path::append(path, import.path.value);
  return path.str().str();
}

void ImportReader::fail(const ast::ImportDecl &import, StringRef reason) {
  diags.report(diag::UnreadableImport, import.path.span, diag::quote(import.path.value), reason);
}

/// Whether `id` is a file whose imports are being read. Reports the circle, at its first import.
bool ImportReader::isCircle(UniqueID id) {
  auto first = llvm::find_if(open, [&](const OpenFile &file) { return file.id == id; });
  if (first == open.end())
    return false;
  diag::Diagnostic &reported = diags.report(diag::ImportCircle, first->import->path.span);
  for (const OpenFile &next : llvm::make_range(std::next(first), open.end()))
    reported.note(next.import->path.span, "which imports this");
  return true;
}

void ImportReader::readNew(const std::string &path, UniqueID id) {
  const ast::ImportDecl &import = *open.back().import;
  if (open.size() > kMaxDepth)
    return fail(import, "there are too many imports inside each other");
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return fail(import, buffer.getError().message());
  const SourceFile *source = main.addImport(path, (*buffer)->getBuffer().str());
  if (!source)
    return fail(import, "the files are too large together");
  std::unique_ptr<ast::File> tree = parse::parseFile(*source, diags);
  readAll(*source, *tree, id);
  for (ast::Item *item : tree->items)
    if (!llvm::isa<ast::ImportDecl, ast::ModelDecl>(item))
      items.push_back(item);
  trees.push_back(std::move(tree));
  done.push_back(id);
}

void ImportReader::read(const SourceFile &importer, const ast::ImportDecl &import) {
  std::string path = pathOf(importer, import);
  UniqueID id;
  if (std::error_code error = llvm::sys::fs::getUniqueID(path, id))
    return fail(import, error.message());
  open.back().import = &import;
  if (!isCircle(id) && !llvm::is_contained(done, id))
    readNew(path, id);
}

void ImportReader::readAll(const SourceFile &source, const ast::File &file, UniqueID id) {
  open.push_back({id});
  llvm::SmallVector<std::pair<std::string, const ast::ImportDecl *>> seen;
  for (const ast::Item *item : file.items) {
    const auto *import = llvm::dyn_cast<ast::ImportDecl>(item);
    if (!import)
      continue;
    std::string path = pathOf(source, *import);
    auto first = llvm::find_if(seen, [&](const auto &other) { return other.first == path; });
    if (first != seen.end()) {
      diags.report(diag::DoubledImport, import->path.span, diag::quote(import->path.value))
          .note(first->second->path.span, "first imported here");
      continue;
    }
    seen.push_back({path, import});
    read(source, *import);
  }
  open.pop_back();
}

std::vector<std::unique_ptr<ast::File>> readImports(SourceFile &source, ast::File &file,
                                                    diag::Engine &diags) {
  UniqueID id;
  // A main file that has no identity cannot be imported, either.
  (void)llvm::sys::fs::getUniqueID(source.path(), id);
  ImportReader reader(source, diags);
  reader.readAll(source, file, id);
  reader.items.append(file.items.begin(), file.items.end());
  file.items = file.copy(llvm::ArrayRef<ast::Item *>(reader.items));
  return std::move(reader.trees);
}

} // namespace irh::driver
