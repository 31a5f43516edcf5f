//===- Passes.td - transformations of the `dist` dialect --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_DIST_PASSES_TD
#define IRH_DIST_PASSES_TD

include "mlir/Pass/PassBase.td"

def InsertExchange : Pass<"dist-insert-exchange", "::mlir::ModuleOp"> {
  let summary = "give every neighbour read fresh ghosts";
  let description = [{
    Each node field that a `net.reduce` or a `net.end` reads passes through one `dist.exchange`,
    right after it is defined; fields defined together share it. Drawn fields, columns,
    coordinates, degrees and ids have right ghosts from the start. Each function of a loop gets the
    state with stale ghosts, since others changed it. What a `field.loop` captures and its functions
    read at neighbours is exchanged once, before the loop.

    Before: neighbour reads may see stale ghosts.
    After:  every one of them sees what the owner holds.

    See test/dialects/dist/insert-exchange.mlir for the example.
  }];
  let dependentDialects = ["::irh::dist::DistDialect"];
}

def FoldSingleRank : Pass<"dist-fold-single-rank", "::mlir::ModuleOp"> {
  let summary = "remove the exchanges of a program that runs on one rank";
  let description = [{
    On one rank nothing is a ghost.

    Before: `dist.exchange`.
    After:  none.

    See test/dialects/dist/fold-single-rank.mlir for the example.
  }];
}

#endif // IRH_DIST_PASSES_TD
