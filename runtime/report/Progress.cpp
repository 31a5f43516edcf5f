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

std::string describeProgress(const Position &position, double secondsSoFar) {
  const double numDone = static_cast<double>(position.step);
  const double numLeft = static_cast<double>(position.numSteps) - numDone;
  const double stepsPerSecond = secondsSoFar > 0 ? numDone / secondsSoFar : 0;
  char text[160];
  std::snprintf(text, sizeof text, "step %lld of %lld, t = %.6g",
                static_cast<long long>(position.step), static_cast<long long>(position.numSteps),
                position.t);
  if (stepsPerSecond <= 0)
    return text;
  char rate[64];
  std::snprintf(rate, sizeof rate, ", %.3g steps/s, ", stepsPerSecond);
  return std::string(text) + rate + describeDuration(numLeft / stepsPerSecond) + " left";
}

// The line is a courtesy: where it cannot be written, the run goes on without it.
static void tryToWrite(int descriptor, std::string_view text) {
  try {
    writeAll(descriptor, text);
  } catch (const Error &) {
  }
}

void Progress::begin() { start = lastShown = Clock::now(); }

void Progress::update(const Position &position) {
  if (descriptor < 0)
    return;
  const Clock::time_point now = Clock::now();
  if (now - lastShown < kBetweenUpdates)
    return;
  lastShown = now;
  isShown = true;
  const std::string line = describeProgress(position, duration<double>(now - start).count());
  tryToWrite(descriptor, "\r\x1b[K" + line);
}

void Progress::hide() {
  if (isShown)
    tryToWrite(descriptor, "\r\x1b[K");
  isShown = false;
}

} // namespace irh::rt::report
