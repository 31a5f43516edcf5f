//===- FoldSingleRank.cpp - on one rank nothing is a ghost ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialects/dist/IR/DistDialect.h"
#include "dialects/dist/Transforms/Passes.h"

#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

namespace irh::dist {

#define GEN_PASS_DEF_FOLDSINGLERANK
#include "dialects/dist/Transforms/Passes.h.inc"

namespace {

struct FoldSingleRank : impl::FoldSingleRankBase<FoldSingleRank> {
  void runOnOperation() override {
    getOperation().walk([](ExchangeOp exchange) {
      exchange.replaceAllUsesWith(exchange.getFields());
      exchange.erase();
    });
  }
};

} // namespace
} // namespace irh::dist
