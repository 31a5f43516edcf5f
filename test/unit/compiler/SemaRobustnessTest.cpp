//===- SemaRobustnessTest.cpp - no text makes the analysis fail ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/SemaFixture.h"

#include "llvm/ADT/StringExtras.h"

#include "gtest/gtest.h"

#include <random>
#include <vector>

namespace irh::sema {
namespace {

/// Every construct that is supported, in one model.
constexpr llvm::StringLiteral kSupported = R"(
const c = 2 * pi
fn lap(a) = sum(j in nbrs) (a[j] - a)
model all {
  param n : int = 10 in 2..
  param x : real = 0.5 in 0..1
  param file : string = "e.csv"
  network G = watts_strogatz(nodes: n, neighbours: 4, rewire: x, seed: 3)
  network H = read(file, nodes: "n.csv", loops: keep)
  network L = geometric(nodes: n, dim: 2, radius: x, torus: n > 3)
  network M = lattice(shape: [n, 3], periodic: false)
  network D = erdos_renyi(nodes: n, p: x, directed: true)
  field k on G.edges : complex hermitian = polar(1, f[dst] - f[src])
  field p on L.nodes : real = position[x] + max(j in nbrs) (position[j][1] - position[0])
  field d on D.nodes : int = sum(j in targets) degree[j]
  field f on G.nodes : real = uniform(0, c) + sum(j in nbrs) w[j]
  field w on G.edges : real symmetric = normal(0, 1)
  field z on H.nodes : complex = column("z") * 1i
  field f' on G.nodes : real = if id == 3 then 1 else 0
  let a = f * degree + t
  let b = mean(j in nbrs) a[j] * f
  let m = max(abs(f[src] - f[dst]) on G.edges) + count(H.nodes) + norm(z, inf)
  evolve t from 0 to 1 by rk4(step: x / 10) {
    f'' = b - f' + step
    z' = (sum(j in nbrs) z[j]) / degree
    k' = 1i * k * f[src]
    observe m, r = mean(z'), s = std(f') every n steps
    check max(f) < 1e3 and not any_bad, "it has run away" every 2 steps
    save f, f' every 0.1 time -> "f.h5"
    checkpoint every 10 minutes
    after step { f = wrap(f, 0, c) + normal(0, x) }
    every n steps {
      sb = sb + 1
      observe sb
    }
    when m > 1 { f' = jump(f) }
    clock tick every 3 steps or when sb > 4
    on tick { check sb < 10, "too long" }
  }
  evolve t from 1 to 2 by dopri5(tolerance: x) { sa' = -sa * mean(lap(f + 1)) }
  evolve for 3 steps by euler_maruyama(step: x) { sa' = noise - sa }
  evolve for 3 steps by leapfrog(step: x) { f'' = lap(f) - sb }
  fn jump(a) = max(abs(a[src] - a[dst])) * lap(a) * lap(2 * a)
  state sa : real = normal(0, 1)
  state sb : int = 0
  require n > 3 and max(f) < 9, "no"
  f = f / 2 + uniform(0, 1)
  save f -> "end.csv"
  let any_bad = count(f > 10) > 0
  observe last = sum(f)
}
)";

/// Some of what is not, and what depends on it.
constexpr llvm::StringLiteral kUnsupported = R"(
model later {
  param n : int = 10
  network G = geometric(nodes: n, dim: 2, radius: 0.1)
  field f on G.nodes : real = poisson(3) + degree
  field w on G.edges : complex hermitian = polar(1, f[src])
  matrix M = diag(sum(j in nbrs) abs(w[j])) - adjacency(G, weight: w)
  let (a, b) = eigs(M, count: 3)
  let e = trace(M^2) + a
  index a, b in X
  fn H(s) = s^2
  evolve t from 0 to 1 by dopri5(tolerance: 1) {
    f' = H(f)
    w' = f[dst] - w
    observe e, m = max(f' + b)
    after step { f = wrap(f, 0, 1) }
  }
  grid X = box(cells: [n], from: [0], to: [1])
  field u on X : sym[3] = [x, 1]
  evolve for n steps by euler(cfl: 1, speed: 2) { u[a,b]' = d(u[x+1], a) + d(G[x,y], b) }
}
)";

constexpr int kNumRounds = 1000;

/// The model, cut where a mutation may cut: words, numbers and single signs.
std::vector<std::string> splitTokens(llvm::StringRef text) {
  std::vector<std::string> tokens;
  while (!text.empty()) {
    size_t length = text.find_if_not([](char c) { return llvm::isAlnum(c) || c == '_'; });
    length = length == 0 ? 1 : std::min(length, text.size());
    tokens.push_back(text.take_front(length).str());
    text = text.drop_front(length);
  }
  return tokens;
}

std::string join(const std::vector<std::string> &tokens) {
  std::string text;
  for (const std::string &token : tokens)
    text += token;
  return text;
}

/// How many declarations and statements of the model itself the tree has, less those that the
/// typed model keeps nowhere.
size_t countItems(const ast::File &tree) {
  for (const ast::Item *item : tree.items)
    if (auto *model = llvm::dyn_cast<ast::ModelDecl>(item))
      return llvm::count_if(model->items, [](const ast::Item *inner) {
        return inner->kind != ast::Item::Kind::Const && inner->kind != ast::Item::Kind::Fn;
      });
  return 0;
}

bool isWritten(const Field &field) { return field.span.end > field.nameSpan.end; }

size_t countItems(const Model &model) {
  // Those of rates and of arguments have names that no declaration has.
  size_t numLets = llvm::count_if(model.lets, [](const Let &let) {
    return llvm::StringRef(let.name).find_first_of("'.") == llvm::StringRef::npos;
  });
  size_t numRequirements =
      llvm::count_if(model.requirements, [](const Require &require) { return !require.isImplied; });
  return model.params.size() + model.networks.size() + llvm::count_if(model.fields, isWritten) +
         numLets + numRequirements + model.statements.size();
}

/// Analyzes a mutant. One without an error has lost nothing on the way.
void checkMutant(const std::string &text) {
  Analyzed analyzed = analyzeText(text);
  if (analyzed.model)
    EXPECT_EQ(countItems(*analyzed.tree), countItems(*analyzed.model)) << text << analyzed.text;
}

TEST(SemaRobustnessTest, EveryTokenMayBeMissing) {
  EXPECT_EQ(analyzeText(kSupported.str()).diagnostics, "");
  for (llvm::StringRef model : {kSupported, kUnsupported}) {
    std::vector<std::string> tokens = splitTokens(model);
    for (size_t i = 0; i != tokens.size(); ++i) {
      std::vector<std::string> mutant = tokens;
      mutant[i] = "";
      checkMutant(join(mutant));
    }
  }
}

// Another word in the place of one still parses most of the time, so that the analysis sees it.
TEST(SemaRobustnessTest, AnyTokenMayStandForAnother) {
  std::mt19937 random(1);
  for (int round = 0; round != kNumRounds; ++round) {
    std::vector<std::string> tokens = splitTokens(round % 2 ? kSupported : kUnsupported);
    std::vector<std::string> mutant = tokens;
    for (int change = 0; change != 1 + round % 3; ++change)
      mutant[random() % tokens.size()] = tokens[random() % tokens.size()];
    checkMutant(join(mutant));
  }
}

// Only names are exchanged: nearly all of these parse.
TEST(SemaRobustnessTest, AnyNameMayStandForAnother) {
  std::mt19937 random(2);
  for (int round = 0; round != kNumRounds; ++round) {
    std::vector<std::string> tokens = splitTokens(round % 2 ? kSupported : kUnsupported);
    std::vector<size_t> names;
    for (size_t i = 0; i != tokens.size(); ++i)
      if (llvm::isAlpha(tokens[i][0]) && tokens[i].size() < 5)
        names.push_back(i);
    std::vector<std::string> mutant = tokens;
    for (int change = 0; change != 1 + round % 4; ++change)
      mutant[names[random() % names.size()]] = tokens[names[random() % names.size()]];
    checkMutant(join(mutant));
  }
}

std::string repeat(llvm::StringRef text, int count) {
  std::string repeated;
  for (int i = 0; i != count; ++i)
    repeated += text;
  return repeated;
}

TEST(SemaRobustnessTest, TheTallestTreeIsAnalyzed) {
  EXPECT_TRUE(analyzeText("model m {\n let a = 1" + repeat(" + 1", 990) + "\n}").model);
  EXPECT_TRUE(analyzeText("model m {\n let a = " + repeat("-", 150) + "1\n}").model);
  EXPECT_TRUE(analyzeText("model m {\n network G = ring(nodes: 3)\n let a = " +
                          repeat("sin(", 190) + "id" + repeat(")", 190) + "\n}")
                  .model);
}

// The chain is longer than any stack of calls would be.
TEST(SemaRobustnessTest, AChainOfDefinitionsMayBeLong) {
  constexpr int kLength = 20000;
  std::string text = "model m {\n";
  for (int i = 0; i != kLength; ++i)
    text += "let a" + std::to_string(i) + " = a" + std::to_string(i + 1) + "\n";
  Analyzed whole = analyzeText(text + "let a" + std::to_string(kLength) + " = 1\n}");
  EXPECT_TRUE(whole.model) << whole.diagnostics;
  Analyzed circle = analyzeText(text + "let a" + std::to_string(kLength) + " = a0\n}");
  EXPECT_FALSE(circle.model);
}

// Where a name of the body is looked for in arguments of arguments, the way is long, too.
TEST(SemaRobustnessTest, ANetworkIsLookedForThroughManyCalls) {
  std::string text = "fn f0(a) = a * degree\n";
  for (int i = 1; i != 900; ++i)
    text += "fn f" + std::to_string(i) + "(a) = f" + std::to_string(i - 1) + "(a" +
            repeat(" + 1", 900) + ")\n";
  Analyzed analyzed = analyzeText(text + "model m {\n network G = ring(nodes: 3)\n"
                                         " network H = ring(nodes: 3)\n let b = f899(1)\n}");
  EXPECT_FALSE(analyzed.model);
}

// Each let reads the one before twice: the analysis must not follow every path.
TEST(SemaRobustnessTest, LetsThatDoubleAreAnalyzedOnce) {
  std::string text = "model m {\n network G = ring(nodes: b99)\n let b0 = 3\n";
  for (int i = 1; i != 100; ++i)
    text += "let b" + std::to_string(i) + " = b" + std::to_string(i - 1) + " + b" +
            std::to_string(i - 1) + "\n";
  EXPECT_TRUE(analyzeText(text + "}").model);
}

} // namespace
} // namespace irh::sema
