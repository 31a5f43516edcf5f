//===- Launch.cpp - a program on its ranks and threads ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Launch.h"

#include "runtime/core/LocalWorld.h"
#include "runtime/mpi/Place.h"
#include "runtime/program/Host.h"
#include "runtime/report/Output.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>

#include <sched.h>
#include <unistd.h>

namespace irh::rt::program {
namespace {

/// What all ranks of a run share.
struct Launch {
  const Program &program;
  const Settings &settings;
  const Surroundings &surroundings;
  CheckpointPlan &plan;
  FirstFailure firstFailure = {};

  /// Cores for each rank; 0 if there are fewer than ranks.
  int coresOfRank() const {
    return program::coresOfRank(surroundings.world ? surroundings.numRanksHere : settings.ranks);
  }
};

int threadsOfRank(const Launch &launch) {
  return launch.settings.threads.value_or(std::max(1, launch.coresOfRank()));
}

report::ReportOptions reportOptionsOf(const Launch &launch, const Communicator &comm) {
  const Settings &settings = launch.settings;
  const Surroundings &around = launch.surroundings;
  // Of `--out`; every rank knows the names.
  const bool hasTables = !settings.out.empty() && !settings.wantsPlan;
  const std::string tables = hasTables ? settings.outputPath(launch.program.name) : "";
  if (comm.rank() != 0)
    return {.format = settings.format, .tables = tables};
  const bool hasProgress =
      settings.format == report::Format::Table && ::isatty(around.messages) == 1;
  return {.format = settings.format,
          .rows = around.output,
          .progress = hasProgress ? around.messages : -1,
          .tables = tables,
          .taker = around.host};
}

/// Says what the run was asked to say of itself.
void report(const Launch &launch, Context &context) {
  const Surroundings &around = launch.surroundings;
  try {
    if (launch.settings.wantsPlan && around.output >= 0)
      report::writeAll(around.output, describePlan(context, launch.program.file));
    else if (launch.settings.showsTraffic && around.messages >= 0)
      report::writeAll(around.messages, describeSent(context));
  } catch (const Error &error) {
    context.fail(error.code, error.what());
  }
}

void runRank(Launch &launch, Communicator &comm) {
  const int numThreads = threadsOfRank(launch);
  const bool hasCores = numThreads <= launch.coresOfRank();
  ThreadTeam team(numThreads, hasCores ? WaitPolicy::SpinThenSleep : WaitPolicy::Sleep);
  Context context(launch.settings, comm, team, reportOptionsOf(launch, comm), launch.firstFailure,
                  launch.plan);
  context.host = launch.surroundings.host;
  launch.program.main(&context);
  context.report.progressLine().hide();
  if (!context.hasFailed())
    report(launch, context);
}

/// Best effort.
void say(const Surroundings &around, const std::string &message) {
  if (around.messages < 0 || (around.world && around.world->rank() != 0))
    return;
  try {
    report::writeAll(around.messages, message + "\n");
  } catch (const Error &) {
  }
}

void makeOutFolder(const std::string &folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw invalid("cannot make the folder `" + folder + "` of `--out`: " + error.message());
}

std::string describeUnwritable(const std::string &folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    return "there is no folder `" + folder + "`; make it first";
  if (::access(folder.c_str(), W_OK) != 0)
    return "the folder `" + folder + "` is not yours to write in; choose another with `--out`";
  return "";
}

/// Makes the folder of `--out`, and finds the first file that the model could not save to: better
/// now than when hours have passed.
std::optional<Failure> prepareOutputs(const Program &program, const Settings &settings) {
  if (!settings.out.empty())
    makeOutFolder(settings.out);
  for (const OutputSpec &output : program.outputs) {
    const std::filesystem::path path = settings.outputPath(output.path);
    const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
    if (const std::string what = describeUnwritable(folder); !what.empty())
      return Failure{ErrorCode::InvalidArgument, "cannot save to `" + path.string() + "`: " + what,
                     output.location};
  }
  return std::nullopt;
}

/// Runs this process's rank. Every rank knows afterwards whether another has failed.
void runWorld(Launch &launch, Communicator &comm) {
  try {
    runRank(launch, comm);
    if (!launch.firstFailure.get())
      comm.barrier();
  } catch (const Error &error) {
    launch.firstFailure.record({error.code, error.what(), {}});
  }
}

void runRanks(Launch &launch) {
  if (launch.surroundings.world)
    return runWorld(launch, *launch.surroundings.world);
  if (launch.settings.ranks == 1) {
    SerialCommunicator comm;
    return runRank(launch, comm);
  }
  runLocalWorld(launch.settings.ranks, [&launch](Communicator &comm) { runRank(launch, comm); });
}

} // namespace

int coresOfRank(int numRanksHere) {
  const int numAll = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  cpu_set_t allowed;
  const bool isKnown = ::sched_getaffinity(0, sizeof allowed, &allowed) == 0;
  const int numAllowed = isKnown ? CPU_COUNT(&allowed) : numAll;
  // mpirun binds each of its processes to cores of its own.
  const bool isBound = mpi::findPlace() && numAllowed < numAll;
  return isBound ? numAllowed : numAllowed / numRanksHere;
}

std::optional<Failure> launch(const Program &program, const Settings &settings,
                              const Surroundings &surroundings) {
  if (!settings.wantsPlan) // which touches no file
    if (std::optional<Failure> failure = prepareOutputs(program, settings))
      return failure;
  CheckpointPlan plan = planCheckpoints(program, settings);
  if (settings.resume && !plan.reader && !settings.wantsPlan)
    say(surroundings, "no checkpoint `" + plan.path + "`: the run starts from the beginning");
  Launch launch{program, settings, surroundings, plan};
  runRanks(launch);
  std::optional<Failure> failure = launch.firstFailure.get();
  if (!failure && (!surroundings.world || surroundings.world->rank() == 0))
    removeCheckpoint(plan);
  return failure;
}

std::string describe(const Failure &failure, const Program &program) {
  std::string place = program.file;
  if (failure.location.line != 0)
    place +=
        ":" + std::to_string(failure.location.line) + ":" + std::to_string(failure.location.column);
  const char *ours = exitCode(failure.code) == 3 ? "internal error: " : "";
  return place + ": error: " + ours + failure.message;
}

} // namespace irh::rt::program
