//===- Progress.cpp - one line on the terminal that says how far a run is ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "runtime/report/Progress.h"

#include "runtime/core/Error.h"
#include "runtime/report/Output.h"

#include <cmath>
#include <cstdio>
#include <string_view>

namespace irh::rt::report {

using std::chrono::duration;

static constexpr std::chrono::milliseconds kBetweenUpdates{200};

static std::string describeDuration(double seconds) {
  char text[32];
  if (seconds < 60)
    std::snprintf(text, sizeof text, "%.0f s", std::ceil(seconds));
  else if (seconds < 3600)
    std::snprintf(text, sizeof text, "%.0f min %02.0f s", std::floor(seconds / 60),
                  std::floor(std::fmod(seconds, 60)));
  else
    std::snprintf(text, sizeof text, "%.0f h %02.0f min", std::floor(seconds / 3600),
                  std::floor(std::fmod(seconds, 3600) / 60));
  return text;
}

static std::string describePlace(const Position &position) {
  const auto step = static_cast<long long>(position.step);
  char text[160];
  if (position.numSteps != 0)
    std::snprintf(text, sizeof text, "step %lld of %lld, t = %.6g", step,
                  static_cast<long long>(position.numSteps), position.t);
  else
    std::snprintf(text, sizeof text, "step %lld, t = %.6g of %.6g", step, position.t, position.to);
  return text;
}

/// What the time left is in proportion to.
static double amountBetween(const Position &early, const Position &late) {
  return early.numSteps != 0 ? static_cast<double>(late.step - early.step) : late.t - early.t;
}

std::string describeProgress(const Position &position, const Position &first, double secondsSoFar) {
  const std::string place = describePlace(position);
  const auto numDone = static_cast<double>(position.step - first.step);
  if (numDone <= 0 || secondsSoFar <= 0)
    return place;
  const Position end{.step = position.numSteps, .t = position.to};
  const double secondsLeft =
      secondsSoFar * amountBetween(position, end) / amountBetween(first, position);
  char rate[64];
  std::snprintf(rate, sizeof rate, ", %.3g steps/s, ", numDone / secondsSoFar);
  return place + rate + describeDuration(secondsLeft) + " left";
}

// The line is a courtesy: where it cannot be written, the run goes on without it.
static void tryToWrite(int descriptor, std::string_view text) {
  try {
    writeAll(descriptor, text);
  } catch (const Error &) {
  }
}

void Progress::begin(const Position &position) {
  first = position;
  start = lastShown = Clock::now();
}

void Progress::update(const Position &position) {
  if (descriptor < 0)
    return;
  const Clock::time_point now = Clock::now();
  if (now - lastShown < kBetweenUpdates)
    return;
  lastShown = now;
  isShown = true;
  const std::string line = describeProgress(position, first, duration<double>(now - start).count());
  tryToWrite(descriptor, "\r\x1b[K" + line);
}

void Progress::hide() {
  if (isShown)
    tryToWrite(descriptor, "\r\x1b[K");
  isShown = false;
}

} // namespace irh::rt::report
