//===- Dependencies.cpp - each definition after those it reads; no cycles ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A let reads the fields it names, and a field's initial value reads lets and fields: both are
// nodes of one graph. A cycle through a field always passes through its initial value, so each
// cycle of this graph is one of the model.
//
// The order is that of a depth-first search (Tarjan's strongly connected components), written
// with a stack of its own: a chain of definitions may be as long as the file.

#include "compiler/Sema/Analysis.h"
#include "compiler/Sema/Walk.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using llvm::dyn_cast;

namespace irh::sema {
namespace {

/// One definition reads another, at a place in its value.
struct Read {
  unsigned target;
  Span span;
};

struct Node {
  Definition definition;
  std::vector<Read> reads; ///< In source order; a target may repeat.
};

struct Graph {
  explicit Graph(Analysis &analysis) : analysis(analysis) {}

  Analysis &analysis;
  std::vector<Node> nodes; ///< In source order of their names; equations last.
  llvm::DenseMap<const Symbol *, unsigned> nodeOfSymbol;
  llvm::DenseMap<const Equation *, unsigned> nodeOfEquation;
  llvm::DenseMap<const Symbol *, llvm::SmallVector<const Equation *, 1>> equationsOf;
};

} // namespace

static const ast::Expr *findValue(const Symbol &symbol) {
  if (auto *decl = llvm::dyn_cast_if_present<ast::ConstDecl>(symbol.decl))
    return decl->value;
  if (auto *decl = llvm::dyn_cast_if_present<ast::LetDecl>(symbol.decl))
    return decl->value;
  if (auto *decl = llvm::dyn_cast_if_present<ast::FieldDecl>(symbol.decl))
    return decl->initial;
  if (auto *decl = llvm::dyn_cast_if_present<ast::StateDecl>(symbol.decl))
    return decl->initial;
  if (auto *decl = llvm::dyn_cast_if_present<ast::MatrixDecl>(symbol.decl))
    return decl->value;
  if (auto *decl = llvm::dyn_cast_if_present<ast::FnDecl>(symbol.decl))
    return decl->body;
  return nullptr;
}

/// The names that hide those of the model in the value.
static llvm::SmallVector<StringRef, 4> parametersOf(const Definition &definition) {
  llvm::SmallVector<StringRef, 4> names;
  const ast::Decl *decl = definition.symbol ? definition.symbol->decl : nullptr;
  if (auto *fn = llvm::dyn_cast_if_present<ast::FnDecl>(decl))
    for (const ast::Name &parameter : fn->parameters)
      names.push_back(parameter.text);
  return names;
}

static bool hasDefinition(const Symbol &symbol) {
  return !symbol.isPoisoned &&
         (symbol.kind == SymbolKind::Const || symbol.kind == SymbolKind::Let ||
          symbol.kind == SymbolKind::Fn || symbol.kind == SymbolKind::Field ||
          symbol.kind == SymbolKind::Matrix);
}

static void addNodes(Graph &graph) {
  for (Symbol &symbol : graph.analysis.symbols) {
    // Whoever reads the vectors reads the values, which are declared just before.
    if (symbol.kind == SymbolKind::Eigenvectors)
      if (const Symbol *values = findEigenvalues(graph.analysis, symbol))
        if (auto found = graph.nodeOfSymbol.find(values); found != graph.nodeOfSymbol.end())
          graph.nodeOfSymbol[&symbol] = found->second;
    if (!hasDefinition(symbol))
      continue;
    graph.nodeOfSymbol[&symbol] = graph.nodes.size();
    graph.nodes.push_back({Definition{.symbol = &symbol, .value = findValue(symbol)}, {}});
  }
  for (Equation &equation : graph.analysis.equations) {
    if (equation.isPoisoned)
      continue;
    graph.equationsOf[equation.field].push_back(&equation);
    graph.nodeOfEquation[&equation] = graph.nodes.size();
    graph.nodes.push_back({Definition{.equation = &equation, .value = equation.stmt->value}, {}});
  }
}

/// The definitions that `reference` may mean: a symbol, else the equations for that rate.
static void addReads(Graph &graph, Node &node, const Reference &reference, Span span) {
  Symbol *symbol = graph.analysis.find(withPrimes(reference.name.text, reference.numPrimes));
  if (symbol) {
    if (auto found = graph.nodeOfSymbol.find(symbol); found != graph.nodeOfSymbol.end())
      node.reads.push_back({found->second, span});
    return;
  }
  // In an equation it is that of the same evolve, if there is one; see ExprAnalyzer::findRate.
  const auto *evolve = node.definition.equation ? node.definition.equation->evolve : nullptr;
  auto equations = graph.equationsOf.lookup(graph.analysis.find(reference.name.text));
  bool isHere = llvm::any_of(equations, [&](auto *equation) { return equation->evolve == evolve; });
  for (const Equation *equation : equations)
    if (equation->order() == reference.numPrimes && (!isHere || equation->evolve == evolve))
      node.reads.push_back({graph.nodeOfEquation.lookup(equation), span});
}

static void addCall(Graph &graph, Node &node, const ast::Name &callee) {
  const Symbol *symbol = graph.analysis.find(callee.text);
  auto found = graph.nodeOfSymbol.find(symbol);
  if (symbol && symbol->kind == SymbolKind::Fn && found != graph.nodeOfSymbol.end())
    node.reads.push_back({found->second, callee.span});
}

/// Adds what `expr` reads; `bound` are the parameters around it, and the neighbours that reductions
/// around it name.
static void collectReads(Graph &graph, Node &node, const ast::Expr &expr,
                         llvm::SmallVectorImpl<StringRef> &bound) {
  if (std::optional<Reference> reference = findReference(expr)) {
    if (!llvm::is_contained(bound, reference->name.text))
      addReads(graph, node, *reference, expr.span);
    const Symbol *symbol = graph.analysis.find(reference->name.text);
    bool isNumbered =
        symbol && (symbol->kind == SymbolKind::Eigenvectors || symbol->kind == SymbolKind::Let);
    if (reference->bracket && isNumbered)
      for (const ast::IndexEntry &entry : reference->bracket->entries)
        collectReads(graph, node, *entry.value, bound);
    return;
  }
  // What stands in brackets names places, axes and indices.
  if (auto *index = dyn_cast<ast::IndexExpr>(&expr))
    return collectReads(graph, node, *index->base, bound);
  if (auto *call = dyn_cast<ast::CallExpr>(&expr))
    addCall(graph, node, call->callee);
  auto *reduce = dyn_cast<ast::ReduceExpr>(&expr);
  if (reduce)
    bound.push_back(reduce->variable.text);
  forEachOperand(expr,
                 [&](const ast::Expr &operand) { collectReads(graph, node, operand, bound); });
  if (reduce)
    bound.pop_back();
}

namespace {

/// Tarjan's algorithm. Components come out after all those that they read.
class ComponentFinder {
public:
  explicit ComponentFinder(ArrayRef<Node> nodes) : nodes(nodes), states(nodes.size()) {
    for (unsigned node = 0; node != nodes.size(); ++node)
      if (states[node].index == 0)
        visitFrom(node);
  }

  std::vector<std::vector<unsigned>> components;

private:
  struct State {
    unsigned index = 0; ///< From 1, in the order of the visits; 0: not visited.
    unsigned low = 0;   ///< Least index known to be reached from here.
    bool isOpen = false;
  };
  struct Visit {
    unsigned node;
    size_t nextRead = 0;
  };

  void enter(unsigned node) {
    states[node] = {++numVisited, numVisited, true};
    open.push_back(node);
    path.push_back({node});
  }

  void visitFrom(unsigned root) {
    enter(root);
    while (!path.empty()) {
      Visit &visit = path.back();
      if (visit.nextRead == nodes[visit.node].reads.size())
        leave(visit.node);
      else
        follow(visit.node, nodes[visit.node].reads[visit.nextRead++].target);
    }
  }

  void follow(unsigned node, unsigned target) {
    if (states[target].index == 0)
      enter(target);
    else if (states[target].isOpen)
      states[node].low = std::min(states[node].low, states[target].index);
  }

  void leave(unsigned node) {
    path.pop_back();
    if (!path.empty()) {
      State &parent = states[path.back().node];
      parent.low = std::min(parent.low, states[node].low);
    }
    if (states[node].low == states[node].index)
      closeComponent(node);
  }

  void closeComponent(unsigned root) {
    std::vector<unsigned> &component = components.emplace_back();
    do {
      component.push_back(open.back());
      states[open.back()].isOpen = false;
      open.pop_back();
    } while (component.back() != root);
  }

  ArrayRef<Node> nodes;
  std::vector<State> states;
  std::vector<unsigned> open;
  std::vector<Visit> path;
  unsigned numVisited = 0;
};

} // namespace

static Span nameSpan(const Definition &definition) {
  return definition.symbol ? definition.symbol->span : definition.equation->stmt->target.span;
}

static std::string nameOf(const Definition &definition) {
  if (definition.symbol)
    return definition.symbol->name;
  return withPrimes(definition.equation->field->name, definition.equation->order());
}

/// The shortest way from `start` back to itself, as the reads along it, within `component`.
static std::vector<const Read *> findCycle(const Graph &graph, unsigned start,
                                           ArrayRef<unsigned> component) {
  llvm::DenseMap<unsigned, std::pair<unsigned, const Read *>> cameFrom;
  std::vector<unsigned> frontier = {start};
  llvm::DenseMap<unsigned, bool> isMember;
  for (unsigned node : component)
    isMember[node] = true;
  for (size_t next = 0; !cameFrom.count(start); ++next)
    for (const Read &read : graph.nodes[frontier[next]].reads)
      if (isMember.lookup(read.target) &&
          cameFrom.try_emplace(read.target, frontier[next], &read).second)
        frontier.push_back(read.target);
  std::vector<const Read *> cycle;
  unsigned node = start;
  do {
    auto [previous, read] = cameFrom.lookup(node);
    cycle.push_back(read);
    node = previous;
  } while (node != start);
  std::reverse(cycle.begin(), cycle.end());
  return cycle;
}

static bool isCycle(const Graph &graph, ArrayRef<unsigned> component) {
  return component.size() > 1 || llvm::any_of(graph.nodes[component[0]].reads, [&](const Read &r) {
           return r.target == component[0];
         });
}

static void poison(Definition &definition) {
  if (definition.symbol)
    definition.symbol->isPoisoned = true;
  else
    definition.equation->isPoisoned = true;
}

/// Reports at the declaration that comes first in the source, with a note at each read.
static void reportCycle(Graph &graph, ArrayRef<unsigned> component) {
  unsigned start = *llvm::min_element(component, [&](unsigned left, unsigned right) {
    return nameSpan(graph.nodes[left].definition).begin <
           nameSpan(graph.nodes[right].definition).begin;
  });
  std::string name = nameOf(graph.nodes[start].definition);
  diag::Diagnostic &report =
      graph.analysis.report(diag::Cycle, nameSpan(graph.nodes[start].definition), name);
  std::string reader = name;
  for (const Read *read : findCycle(graph, start, component)) {
    std::string target = nameOf(graph.nodes[read->target].definition);
    report.note(read->span, "`" + reader + "` reads `" + target + "`");
    reader = target;
  }
  for (unsigned node : component)
    poison(graph.nodes[node].definition);
}

std::vector<Definition> orderDefinitions(Analysis &analysis) {
  Graph graph(analysis);
  addNodes(graph);
  for (Node &node : graph.nodes) {
    llvm::SmallVector<StringRef, 4> bound = parametersOf(node.definition);
    if (node.definition.value)
      collectReads(graph, node, *node.definition.value, bound);
  }
  std::vector<Definition> ordered;
  for (const std::vector<unsigned> &component : ComponentFinder(graph.nodes).components) {
    if (isCycle(graph, component))
      reportCycle(graph, component);
    else
      ordered.push_back(graph.nodes[component[0]].definition);
  }
  return ordered;
}

} // namespace irh::sema
