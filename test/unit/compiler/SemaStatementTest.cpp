//===- SemaStatementTest.cpp - what evolves, events and actions become ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "test/unit/compiler/SemaFixture.h"

#include "gtest/gtest.h"

namespace irh::sema {
namespace {

/// Expects `part` in the dump of the model with `items`, among fields that they may use.
void expectPart(const std::string &items, const std::string &part) {
  EXPECT_PRED_FORMAT2(testing::IsSubstring, part, dumpOf(R"(
    param n : int = 3
    param dt : real = 0.5
    network G = ring(nodes: 5)
    field f on G.nodes : real = 0
    field u on G.nodes : real = 0
    field w on G.edges : complex hermitian = 1
    state a : real = 1
    let twice = 2 * f
)" + items));
}

TEST(SemaStatementTest, EachMethodHasItsArguments) {
  expectPart("evolve t from 0 to 1 by midpoint(step: dt) { f' = 1 }",
             "evolve t by midpoint from=0r to=1r step=dt\n");
  expectPart("evolve for n steps by ssprk3(step: dt) { f' = 1 }",
             "evolve t by ssprk3 from=0r steps=n step=dt\n");
  expectPart("evolve t from 0 to 1 by dopri5(tolerance: 1) { f' = 1 }",
             "evolve t by dopri5 from=0r to=1r tolerance=1r\n");
  expectPart("evolve t from 0 to 1 by dopri5(step: dt, tolerance: dt) { f' = 1 }",
             "evolve t by dopri5 from=0r to=1r step=dt tolerance=dt\n");
  expectPart("evolve t from 0 to 1 by leapfrog(step: dt) { f'' = -f }",
             "evolve t by leapfrog from=0r to=1r step=dt\n"
             "    d/dt f = f'\n"
             "    d/dt f' = -(f)\n");
}

TEST(SemaStatementTest, NoisesAreStreamsOfTheirEquation) {
  expectPart("evolve t from 0 to 1 by euler_maruyama(step: dt) {\n"
             "  f' = noise * (1 + noise)\n"
             "  u'' = noise\n"
             "  a' = -a + noise\n"
             "}\n"
             "evolve t from 1 to 2 by euler_maruyama(step: dt) { f' = noise }",
             "    d/dt f = (noise<f.noise.0> * (1r + noise<f.noise.1>))\n"
             "    d/dt u = u'\n"
             "    d/dt u' = noise<u.noise.0>\n"
             "    d/dt a = (-(a) + noise<a.noise.0>)\n"
             "  evolve t by euler_maruyama from=1r to=2r step=dt\n"
             "    d/dt f = noise<f.noise.2>\n");
}

TEST(SemaStatementTest, AStateIsAFieldWithoutASet) {
  expectPart("state b : complex = 1i\n"
             "state b' : complex = a\n"
             "evolve t from 0 to 1 by euler(step: dt) {\n"
             "  a' = mean(f) - a\n"
             "  b'' = -b\n"
             "  f' = a\n"
             "  observe a, rate = a'\n"
             "}",
             "    d/dt a = (mean(f on G.nodes) - a)\n"
             "    d/dt b = b'\n"
             "    d/dt b' = -(b)\n"
             "    d/dt f = a\n"
             "    observe a=a rate=a'\n");
  expectPart("state b : real = normal(a, 1)", "  field b on . : real = normal<b.0>(a, 1r)\n");
}

TEST(SemaStatementTest, ARequirementSaysWhetherItReadsTheState) {
  expectPart("require n > 2 and dt < 1, \"small\"",
             "  require ((n > 2) and (dt < 1r)), \"small\"\n");
  expectPart("require count(G.nodes) > n, \"few\"",
             "  require (count(G.nodes) > n), \"few\" of the state\n");
  expectPart("require m < n, \"few\"\nlet m = max(f)",
             "  require (m < real(n)), \"few\" of the state\n");
}

// Draws have a stream of their own wherever they stand, though the target is the same.
TEST(SemaStatementTest, AssignmentsStandInAndOutsideOfEvolves) {
  expectPart("f = f + normal(0, 1)\n"
             "evolve t from 0 to 1 by euler(step: dt) {\n"
             "  u'' = -u\n"
             "  after step {\n"
             "    f = uniform(0, 1) + t\n"
             "    a = a + step\n"
             "    u' = 0\n"
             "  }\n"
             "  every 2 steps { w = f[dst] + choice(3) }\n"
             "}\n"
             "f = 1",
             "  f = (f + normal<f.set.0>(0r, 1r))\n"
             "  evolve t by euler from=0r to=1r step=dt\n"
             "    d/dt u = u'\n"
             "    d/dt u' = -(u)\n"
             "    after step f = (uniform<f.set.1>(0r, 1r) + time)\n"
             "    after step a = (a + real(step))\n"
             "    after step u' = 0r\n"
             "    w = complex((f[dst] + real(choice<w.set.0>(3)))) every=2\n"
             "  f = 1r\n");
}

TEST(SemaStatementTest, EventsStandInTheOrderOfTheSource) {
  expectPart("evolve t from 0 to 1 by euler(step: dt) {\n"
             "  observe b = a every 0.5 time\n"
             "  on late { observe c = a }\n"
             "  every n * dt time {\n"
             "    a = 0\n"
             "    check a < 1, \"high\"\n"
             "  }\n"
             "  clock late every n steps or when a > t\n"
             "  when a > 2 { save f -> \"f.csv\" }\n"
             "  every 3 steps { }\n"
             "}",
             "    observe b=a every_time=0.5r\n"
             "    observe c=a every=n when=(a > time)\n"
             "    event every_time=(real(n) * dt)\n"
             "      a = 0r\n"
             "      check (a < 1r), \"high\"\n"
             "    save f=f -> csv \"f.csv\" when=(a > 2r)\n");
}

TEST(SemaStatementTest, CheckpointsCountSecondsStepsOrTime) {
  expectPart("evolve t from 0 to 1 by euler(step: dt) {\n"
             "  checkpoint every 2 hours\n"
             "  checkpoint every dt minutes\n"
             "  checkpoint every n seconds\n"
             "  checkpoint every n steps\n"
             "  checkpoint every 0.5 time\n"
             "}",
             "    checkpoint every_seconds=7200r\n"
             "    checkpoint every_seconds=(dt * 60r)\n"
             "    checkpoint every_seconds=real(n)\n"
             "    checkpoint every=n\n"
             "    checkpoint every_time=0.5r\n");
}

TEST(SemaStatementTest, FieldsAndLetsAreSaved) {
  expectPart("evolve t from 0 to 1 by euler(step: dt) {\n"
             "  f' = -f\n"
             "  u'' = -u\n"
             "  save f, f', u', twice, w every 0.1 time -> \"out/all.h5\"\n"
             "}\n"
             "save twice -> \"last.csv\"",
             "    save f=f f'=f' u'=u' twice=twice w=w -> hdf5 \"out/all.h5\" every_time="
             "0.10000000000000001r\n"
             "  save twice=twice -> csv \"last.csv\"\n");
}

} // namespace
} // namespace irh::sema
