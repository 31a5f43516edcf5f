//===- MakeNetwork.h - the network that a declaration asks for ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_ORACLE_MAKENETWORK_H
#define IRH_TEST_ORACLE_MAKENETWORK_H

#include "compiler/Sema/Model.h"
#include "test/oracle/Evaluator.h"
#include "test/oracle/Graph.h"

namespace irh::oracle {

/// Random generators and readers are the runtime's: what they must give is tested there.
///
/// Errors  rt::Error: what the runtime refuses.
Graph makeNetwork(Evaluator &evaluator, const sema::Network &network);

} // namespace irh::oracle

#endif // IRH_TEST_ORACLE_MAKENETWORK_H
