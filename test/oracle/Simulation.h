//===- Simulation.h - a model's statements, one after the other ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef IRH_TEST_ORACLE_SIMULATION_H
#define IRH_TEST_ORACLE_SIMULATION_H

#include "compiler/Sema/Model.h"
#include "runtime/program/CommandLine.h"

namespace irh::oracle {

/// Runs a model and prints its rows as JSON lines on stdout.
///
/// Errors  rt::Error: what the runtime's readers and generators refuse; Stopped where a check does
///         not hold, or an evolved field is not finite after a step.
void simulate(const sema::Model &model, const rt::program::Settings &settings);

} // namespace irh::oracle

#endif // IRH_TEST_ORACLE_SIMULATION_H
