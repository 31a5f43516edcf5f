//===- Checkpoints.cpp - a run that is kept on disk, and goes on from there -===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/program/Checkpoints.h"

#include "runtime/core/Error.h"
#include "runtime/core/Text.h"
#include "runtime/program/Context.h"
#include "runtime/program/ParamText.h"
#include "runtime/save/Windows.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>

namespace irh::rt::program {

using checkpoint::SavedEvolve;
using std::filesystem::path;

//===- The plan -------------------------------------------------------------===//

static checkpoint::Identity identityOf(const Program &program, const Settings &settings) {
  checkpoint::Identity identity{.model = program.name,
                                .hash = program.hash,
                                .params = {},
                                .seed = settings.seed ? std::to_string(*settings.seed) : "",
                                .tableFormat = settings.out.empty() ? "" : wordOf(settings.format)};
  for (std::size_t i = 0; i < program.params.size(); ++i)
    identity.params.push_back({program.params[i].name, toText(settings.params[i])});
  return identity;
}

CheckpointPlan planCheckpoints(const Program &program, const Settings &settings) {
  CheckpointPlan plan{.folder = settings.out,
                      .path = settings.outputPath(program.name + ".checkpoint"),
                      .identity = identityOf(program, settings),
                      .lastKeptEvolve = program.lastKeptEvolve,
                      .reader = nullptr};
  if (!settings.resume || settings.wantsPlan)
    return plan;
  if (plan.lastKeptEvolve == 0)
    throw invalid("`--resume` needs a checkpoint, and the model never writes one; add "
                  "`checkpoint every 10 minutes` to its `evolve`");
  plan.reader = checkpoint::Reader::open(plan.path);
  if (plan.reader)
    checkpoint::requireSameRun(plan.reader->contents().identity, plan.identity, plan.path);
  plan.hasFile = plan.reader != nullptr;
  return plan;
}

/// A file in the run's folder goes by its place there: the folder may bear another name next time.
static std::string placeInFolder(const std::string &file, const std::string &folder) {
  const path relative = folder.empty() ? path() : path(file).lexically_relative(folder);
  return relative.empty() || *relative.begin() == ".." ? file : relative.string();
}

std::vector<report::Mark> resumedMarks(const CheckpointPlan &plan) {
  std::vector<report::Mark> marks;
  if (plan.reader)
    marks = plan.reader->contents().files;
  for (report::Mark &mark : marks)
    mark.path = (path(plan.folder) / mark.path).lexically_normal().string();
  return marks;
}

void removeCheckpoint(const CheckpointPlan &plan) {
  if (plan.hasFile)
    checkpoint::remove(plan.path);
}

//===- One rank -------------------------------------------------------------===//

void Checkpoints::addNetwork(const graph::Network &network) {
  if (plan.lastKeptEvolve == 0 || !network.files)
    return;
  for (graph::FileMark &mark : graph::markFiles(*network.files))
    inputs.push_back({std::move(mark.path), mark.checksum});
}

void Checkpoints::beginEvolve(std::byte *frame, std::span<const abi::SlotKind> kinds) {
  ++numBegun;
  fields.clear();
  scalars.clear();
  cadences.clear();
  everySeconds.reset();
  constexpr std::size_t kSlotBytes = 8;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    std::byte *slot = frame + i * kSlotBytes;
    if (kinds[i] == abi::SlotKind::Field)
      std::memcpy(&fields.emplace_back(), slot, sizeof(FieldHandle *));
    if (kinds[i] == abi::SlotKind::Scalar)
      scalars.push_back(slot);
  }
}

void Checkpoints::addCadence(const step::Cadence &cadence, double seconds) {
  if (!(std::isfinite(seconds) && seconds >= 0))
    throw invalid("`checkpoint` must be written every so many seconds, but not every " +
                  shortest(seconds));
  cadences.push_back(cadence);
  if (seconds != 0)
    everySeconds = std::min(seconds, everySeconds.value_or(seconds));
}

SavedEvolve Checkpoints::describe(const step::Standing &standing) const {
  SavedEvolve saved{.standing = standing};
  for (const FieldHandle *field : fields)
    saved.fields.push_back({field->field.element, field->field.set->numGlobal});
  for (const std::byte *scalar : scalars)
    std::memcpy(&saved.scalars.emplace_back(), scalar, sizeof(std::uint64_t));
  return saved;
}

std::optional<Resumption> Checkpoints::resume() {
  if (!replaying)
    return std::nullopt;
  checkpoint::requireSameInputs(plan.reader->contents().inputs, inputs, plan.path);
  const std::vector<SavedEvolve> &evolves = plan.reader->contents().evolves;
  const SavedEvolve &saved = evolves[numBegun - 1];
  const SavedEvolve mine = describe({});
  if (saved.fields != mine.fields || saved.scalars.size() != mine.scalars.size())
    throw invalid("the checkpoint `" + plan.path +
                  "` does not fit: a network has other points than when it was written; put its "
                  "files back, or run without `--resume`");
  restore(saved);
  const bool isPast = numBegun < evolves.size();
  replaying = isPast;
  if (isPast)
    keepEnded(saved.standing);
  return Resumption{saved.standing, isPast};
}

void Checkpoints::restore(const SavedEvolve &saved) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::vector<std::byte> values;
    if (comm.rank() == 0)
      values = plan.reader->readField(numBegun - 1, i);
    field::scatter(values, fields[i]->field, comm);
  }
  for (std::size_t i = 0; i < scalars.size(); ++i)
    std::memcpy(scalars[i], &saved.scalars[i], sizeof saved.scalars[i]);
}

/// The values of the fields by global id, one field after the other, on rank 0.
void Checkpoints::forEachPiece(const std::function<void(std::span<const std::byte>)> &take) {
  for (const FieldHandle *handle : fields) {
    const save::Column column{.name = handle->name,
                              .element = handle->field.element,
                              .values = handle->field.memory.read()};
    save::Windows(*handle->field.set).forEach({&column, 1}, comm, [&](const save::Window &window) {
      take(window.columns[0]);
    });
  }
}

void Checkpoints::startLoop(const step::Standing &standing) {
  firstState = standing.state.number;
  clock.beginEvolve(firstState);
}

bool Checkpoints::isDue(const step::Standing &standing) {
  const std::int64_t number = standing.state.number;
  // Where the loop has just started, there is nothing new, save that another has ended.
  const bool isNews = number != firstState || (number == 0 && !ended.empty());
  for (const step::Cadence &cadence : cadences)
    if (isNews && cadence.isDueAt(standing))
      return true;
  return everySeconds && clock.isOver(number, *everySeconds, comm);
}

void Checkpoints::reachState(const step::Standing &standing, const report::OutputFiles &files) {
  if (isDue(standing))
    write(standing, files);
}

static std::vector<report::Mark> findMoved(std::vector<report::Mark> now,
                                           const std::vector<report::Mark> &before) {
  std::erase_if(now, [&](const report::Mark &mark) {
    return std::any_of(before.begin(), before.end(), [&](const report::Mark &old) {
      return old.path == mark.path && old.position == mark.position;
    });
  });
  return now;
}

void Checkpoints::write(const step::Standing &standing, const report::OutputFiles &files) {
  std::optional<checkpoint::Writer> writer;
  if (comm.rank() == 0) {
    checkpoint::Contents contents{
        .identity = plan.identity, .inputs = inputs, .evolves = ended, .files = files.marks()};
    contents.evolves.push_back(describe(standing));
    for (report::Mark &mark : contents.files)
      mark.path = placeInFolder(mark.path, plan.folder);
    writer.emplace(plan.path, contents);
    writer->addValues(endedValues);
  }
  forEachPiece([&](std::span<const std::byte> values) { writer->addValues(values); });
  if (writer) {
    writer->finish(findMoved(files.marks(), settled));
    settled = files.marks();
    plan.hasFile = true;
  }
  clock.reset();
}

void Checkpoints::endLoop(const step::Standing &standing) {
  if (static_cast<std::int64_t>(numBegun) < plan.lastKeptEvolve)
    keepEnded(standing);
}

void Checkpoints::keepEnded(const step::Standing &standing) {
  ended.push_back(describe(standing));
  forEachPiece([&](std::span<const std::byte> values) {
    endedValues.insert(endedValues.end(), values.begin(), values.end());
  });
}

} // namespace irh::rt::program
