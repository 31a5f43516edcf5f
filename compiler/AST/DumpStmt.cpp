//===- DumpStmt.cpp - statements as an indented tree ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/AST/Dumper.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace irh;
using namespace irh::ast;

std::string ast::headOf(const Stmt &stmt) {
  return llvm::TypeSwitch<const Stmt *, std::string>(&stmt)
      .Case([](const AssignStmt *s) {
        return "assign " + toString(s->target.name) + std::string(s->target.numPrimes, '\'');
      })
      .Case([](const EvolveStmt *s) { return "evolve " + toString(s->time); })
      .Case([](const SolveStmt *s) { return "solve " + s->unknown.text.str(); })
      .Case(
          [](const AnnealStmt *s) { return s->isMaximize ? "anneal maximize" : "anneal minimize"; })
      .Case([](const ObserveStmt *) { return "observe"; })
      .Case([](const SaveStmt *s) { return "save " + toString(s->names); })
      .Case([](const CheckStmt *) { return "check"; })
      .Case([](const CheckpointStmt *) { return "checkpoint"; })
      .Case([](const AfterStepStmt *) { return "after step"; })
      .Case([](const EveryStmt *) { return "every"; })
      .Case([](const WhenStmt *) { return "when"; })
      .Case([](const OnStmt *s) { return "on " + s->clock.text.str(); })
      .Case([](const ClockStmt *s) { return "clock " + s->name.text.str(); })
      .Case([](const MoveStmt *s) { return "move " + s->name.text.str(); })
      .Case([](const PickStmt *s) { return "pick of " + toString(s->set); })
      .Case([](const OneOfStmt *) { return "one of"; })
      .Case([](const CallStmt *) { return "do"; });
}

Block ast::blockOf(const Stmt &stmt) {
  return llvm::TypeSwitch<const Stmt *, Block>(&stmt)
      .Case<EvolveStmt, AnnealStmt, AfterStepStmt, EveryStmt, WhenStmt, OnStmt, MoveStmt>(
          [](const auto *s) { return s->body; })
      .Case([](const OneOfStmt *s) { return s->choices; })
      .Default(Block());
}

void Dumper::dumpParts(const Stmt &stmt) {
  llvm::TypeSwitch<const Stmt *>(&stmt)
      .Case([&](const AssignStmt *s) {
        for (const IndexEntry &entry : s->target.entries)
          dumpExpr("at", *entry.value);
        dumpExpr("", *s->value);
      })
      .Case([&](const EvolveStmt *s) {
        dumpOptional("from", s->from);
        dumpOptional("to", s->to);
        dumpOptional("steps", s->numSteps);
        dumpMethod("by", s->method);
      })
      .Case([&](const SolveStmt *s) {
        dumpExpr("", *s->left);
        dumpExpr("equals", *s->right);
        dumpMethod("by", s->method);
      })
      .Case([&](const AnnealStmt *s) {
        dumpExpr("", *s->objective);
        dumpExpr("sweeps", *s->numSweeps);
        dumpExpr("temperature", *s->temperature);
      })
      .Case([&](const ObserveStmt *s) {
        for (const ObserveItem &item : s->items)
          dumpExpr(item.label, *item.value);
        dumpCadence(s->cadence);
      })
      .Case([&](const SaveStmt *s) {
        dumpCadence(s->cadence);
        dumpText("file", s->file);
      })
      .Case([&](const CheckStmt *s) {
        dumpExpr("", *s->condition);
        dumpText("message", s->message);
        dumpCadence(s->cadence);
      })
      .Case([&](const CheckpointStmt *s) { dumpCadence(s->cadence); })
      .Case([&](const EveryStmt *s) { dumpCadence(s->cadence); })
      .Case([&](const WhenStmt *s) { dumpExpr("", *s->condition); })
      .Case([&](const ClockStmt *s) {
        dumpCadence(s->cadence);
        dumpOptional("when", s->condition);
      })
      .Case([&](const MoveStmt *s) { dumpOptional("probability", s->probability); })
      .Case([&](const PickStmt *s) { dumpExpr("fraction", *s->fraction); })
      .Case([&](const CallStmt *s) { dumpExpr("", *s->call); });
  for (const Stmt *inner : blockOf(stmt))
    dumpItem(*inner);
}
