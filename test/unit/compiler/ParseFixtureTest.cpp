//===- ParseFixtureTest.cpp - texts and trees for the front end's tests ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/ParseFixture.h"

#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

#include <algorithm>

using namespace irh;
using namespace irh::test;
using llvm::StringRef;

std::vector<std::string> Parsed::errors() const {
  std::vector<const diag::Diagnostic *> ordered;
  for (const diag::Diagnostic &diagnostic : diags.diagnostics())
    ordered.push_back(&diagnostic);
  llvm::sort(ordered, [](const auto *left, const auto *right) {
    return std::pair(left->span.begin, left) < std::pair(right->span.begin, right);
  });
  std::vector<std::string> found;
  for (const diag::Diagnostic *diagnostic : ordered) {
    source::Position at = source.position(diagnostic->span.begin);
    found.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
                    diagnostic->code.str());
  }
  return found;
}

std::string Parsed::rendered() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  diag::render(os, diags, source);
  return text;
}

std::string Parsed::dumped() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  ast::dump(os, *file);
  return text;
}

/// Folds an indented dump into parentheses; `line` is the first line not yet read.
static std::string fold(llvm::ArrayRef<StringRef> lines, size_t &line) {
  size_t indent = lines[line].find_first_not_of(' ');
  StringRef head = lines[line++].trim();
  for (StringRef kind : {"binary ", "unary ", "name ", "int ", "real ", "call "})
    head.consume_front(kind);
  std::string operands;
  while (line < lines.size() && lines[line].find_first_not_of(' ') > indent)
    operands += " " + fold(lines, line);
  return operands.empty() ? head.str() : "(" + head.str() + operands + ")";
}

std::string test::treeOf(const std::string &expression) {
  Parsed parsed("const e = " + expression + "\n");
  if (parsed.diags.hasErrors() || parsed.file->items.size() != 1)
    return parsed.rendered();
  std::string text;
  llvm::raw_string_ostream os(text);
  ast::dump(os, *llvm::cast<ast::ConstDecl>(parsed.file->items[0])->value);
  llvm::SmallVector<StringRef> lines;
  StringRef(text).rtrim().split(lines, '\n');
  size_t line = 0;
  return fold(lines, line);
}

const char *const test::kWholeLanguage = R"(/// Everything at once.
import "shared.irh"
const c0 = 2.5
fn bump(s) = s * (1 - s)

/// A model
///   with two lines of document.
model everything {
  /// how many
  param N : int = 1_000 in 2..
  param p : real = 0.5 in 0..1
  param q : real = 1 in ..5
  param r : real = 1 in >0
  param s : real = 1 in <=2
  static param k : int = 4
  param rate : real = 0.01 /* words are names */
  param file : string = "a\"b\\c\n\t"
  param flag : bool = true

  network G = geometric(nodes: N, dim: 4, degree: 12, torus: true, seed: 3)
  grid X = box(cells: [k, k], from: [0, -1], to: [1, 1], periodic: [true, false],
               where: abs(grad(u)) > 0.1)
  index a, b in X
  field theta on G.nodes : real = uniform(0, 2*pi)
  field theta' on G.nodes : real
  field w on G.edges : complex hermitian = polar(1, 2i)
  field u on X : real = if x < 0.5 and not flag or y != 0 then 1 else 0
  field v on X : vector[2] = [0, 0]
  field g on X : sym[2] of complex = [[1, 0], [0, 1]]
  boundary u on x.lower : dirichlet(0)
  boundary u on all : extrapolate(order: 4)
  state scale : real = 1
  matrix W = adjacency(G, weight: w)
  matrix L = linear(z -> -laplacian(z))
  let T2 = trace(W^2)
  let Gam[a, b] = 0.5 * g[a,b] * d(v[a], b)
  let (lambda, vectors) = eigs(W, count: 8, which: largest)
  require N > 2, "too few nodes"

  solve u : laplacian(u) == 1 by multigrid(tolerance: 1e-10)
  evolve t from 0 to 10 by rk4(step: rate) {
    theta'' = -theta'
            + sum(j in nbrs) abs(w[j]) * sin(theta[j] - theta)
    v[a]' = -d(u, a) + v[a][x+1] - u[x-1, y+2]
    scale' = scale
    after step { theta = wrap(theta, -pi, pi) }
    every 0.5 time { observe m = mean(theta) }
    when max(abs(theta)) > 1e3 { check false, "gone" }
    clock loom every 4 steps or when max(abs(theta')) > 1e-3
    clock slow when scale > 2
    on loom { save u, theta' -> "fields.h5" }
    observe e = max(abs(theta[src] - theta[dst]) on G.edges), scale every 100 steps
    check scale < 1e9, "runaway" every 10 steps
  }
  evolve for N steps by euler {
    u' = laplacian(u)
    save u every 0.1 time -> "u.h5"
    checkpoint every 10 minutes
  }
  anneal maximize T2 for 100 sweeps at temperature 0.1 * 0.99^step {
    move rotate {
      pick fraction 0.1 of G.edges
      w = w / max(1, abs(w))
    }
    move rewire with probability 0.05 {
      one of { add_edge(w: polar(0.1, 0))
               remove_edge() }
    }
    observe T2, best(T2), acceptance every 10 steps
  }
  g[x,y] = 0
  observe error = norm(u, inf)
}
)";

// The fixture's model must stay whole: other tests cut it to pieces.
TEST(ParseFixtureTest, TheWholeLanguageParses) {
  Parsed parsed(kWholeLanguage);
  EXPECT_EQ(parsed.rendered(), "");
  EXPECT_EQ(parsed.file->items.size(), 4u);
}
