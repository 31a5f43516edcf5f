//===- Analyze.cpp - the order of the semantic analysis ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Sema/Analysis.h"
#include "compiler/Sema/Sema.h"

#include "llvm/ADT/SmallVector.h"

using llvm::dyn_cast;

namespace irh::sema {

using Models = llvm::SmallVector<const ast::ModelDecl *, 2>;

/// The models of a file, each under a name of its own.
static Models collectModels(const ast::File &file, diag::Engine &diags) {
  Models models;
  llvm::StringMap<Span> spans;
  for (const ast::Item *item : file.items) {
    auto *model = dyn_cast<ast::ModelDecl>(item);
    if (!model)
      continue;
    auto [first, isNew] = spans.try_emplace(model->name.text, model->name.span);
    if (isNew)
      models.push_back(model);
    else
      diags.report(diag::Redeclared, model->name.span, diag::quote(model->name.text))
          .note(first->second, "first declared here");
  }
  return models;
}

/// The model that is asked for, or null after an error.
static const ast::ModelDecl *chooseModel(const ast::File &file, diag::Engine &diags,
                                         StringRef name) {
  Models models = collectModels(file, diags);
  if (models.empty()) {
    diags.report(diag::NoModel, {});
    return nullptr;
  }
  if (name.empty() && models.size() > 1)
    diags.report(diag::SeveralModels, models[1]->name.span)
        .note(models[0]->name.span, "the first model");
  if (name.empty())
    return models.size() == 1 ? models[0] : nullptr;
  std::vector<StringRef> names;
  for (const ast::ModelDecl *model : models) {
    if (model->name.text == name)
      return model;
    names.push_back(model->name.text);
  }
  diags.report(diag::UnknownModel, {}, diag::quote(name), didYouMean(name, names));
  return nullptr;
}

std::unique_ptr<Model> analyze(const ast::File &file, diag::Engine &diags, Options options) {
  unsigned numErrorsBefore = diags.numErrors();
  const ast::ModelDecl *tree = chooseModel(file, diags, options.modelName);
  if (!tree)
    return nullptr;
  auto model = std::make_unique<Model>();
  model->name = tree->name.text.str();
  model->doc = tree->doc.str();
  Analysis analysis(*tree, *model, diags);

  declareNames(analysis, file);
  collectEquations(analysis);
  std::vector<Definition> definitions = orderDefinitions(analysis);
  // Types and sets of what states them, so that expressions can be typed.
  makeParams(analysis);
  makeNetworks(analysis);
  makeFields(analysis, definitions);
  // Then the expressions. Consts and lets first: they have the types of their values.
  analyzeDefinitions(analysis, definitions);
  analyzeParams(analysis);
  analyzeNetworks(analysis);
  analyzeInitialValues(analysis);
  analyzeInitialStates(analysis);
  analyzeRequirements(analysis);
  analyzeStatements(analysis);
  checkPositions(analysis);
  return diags.numErrors() == numErrorsBefore ? std::move(model) : nullptr;
}

} // namespace irh::sema
