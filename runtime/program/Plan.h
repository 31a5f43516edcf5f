//===- Plan.h - what a run would do, without doing it -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A planned run makes its networks and cuts them; then it runs one step of each evolve in which
// sweeps, draws and output do nothing, and exchanges only count. So what it says of a step is what
// a run does, whatever the model.

#ifndef IRH_RUNTIME_PROGRAM_PLAN_H
#define IRH_RUNTIME_PROGRAM_PLAN_H

#include "runtime/halo/Exchange.h"
#include "runtime/program/Program.h"

#include <string>
#include <vector>

namespace irh::rt::program {

struct Context;

/// What one rank notes.
struct PlanNotes {
  struct Step {
    Location location; ///< Of the evolve.
    halo::Volume sent;
  };
  std::vector<Location> networks; ///< As Context::networks.
  std::vector<Step> steps;
};

/// The plan as text, on rank 0; empty on others.
///
/// Collective. Errors: Aborted.
std::string describePlan(Context &context, const std::string &file);

/// What all ranks have sent in exchanges, as text, on rank 0; empty on others.
///
/// Collective. Errors: Aborted.
std::string describeSent(Context &context);

} // namespace irh::rt::program

#endif // IRH_RUNTIME_PROGRAM_PLAN_H
