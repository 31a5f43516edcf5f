//===- LibraryCalls.cpp - the functions that a model's library offers ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Target/LibraryCalls.h"

#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace irh::target {
namespace {

/// A type of EmbedCalls.def.
enum class Kind { Void, I32, I64, Ptr };

struct EmbedCall {
  StringRef name;
  Kind result;
  SmallVector<Kind> arguments;
  bool takesProgram; ///< As its first argument, which the library supplies.
};

template <typename... Kinds> SmallVector<Kind> list(Kinds... kinds) { return {kinds...}; }

SmallVector<EmbedCall> embedCalls() {
  using enum Kind;
  return {
#define IRH_EMBED_CALL(name, Result, Arguments, declaration, contract)                             \
  {#name, Result, list Arguments, false},
#define IRH_EMBED_PROGRAM_CALL(name, Result, Arguments, declaration, contract)                     \
  {#name, Result, list Arguments, true},
#include "runtime/embed/EmbedCalls.def"
  };
}

Type *typeOf(Kind kind, LLVMContext &context) {
  switch (kind) {
  case Kind::Void:
    return Type::getVoidTy(context);
  case Kind::I32:
    return Type::getInt32Ty(context);
  case Kind::I64:
    return Type::getInt64Ty(context);
  case Kind::Ptr:
    return PointerType::get(context, 0);
  }
  llvm_unreachable("all kinds are covered");
}

void addCall(Module &module, GlobalVariable *table, StringRef model, const EmbedCall &call) {
  LLVMContext &context = module.getContext();
  SmallVector<Type *> types;
  for (Kind kind : call.arguments)
    types.push_back(typeOf(kind, context));
  Type *result = typeOf(call.result, context);
  FunctionCallee runtime = module.getOrInsertFunction(
      ("irh_embed_" + call.name).str(), FunctionType::get(result, types, /*isVarArg=*/false));

  ArrayRef<Type *> own = ArrayRef(types).drop_front(call.takesProgram ? 1 : 0);
  Function *function =
      Function::Create(FunctionType::get(result, own, /*isVarArg=*/false),
                       GlobalValue::ExternalLinkage, model + "_" + call.name, module);
  IRBuilder<> builder(BasicBlock::Create(context, "", function));
  SmallVector<Value *> values;
  if (call.takesProgram)
    values.push_back(table);
  for (Argument &argument : function->args())
    values.push_back(&argument);
  CallInst *value = builder.CreateCall(runtime, values);
  if (call.result == Kind::Void)
    builder.CreateRetVoid();
  else
    builder.CreateRet(value);
}

} // namespace

void addLibraryCalls(Module &module, GlobalVariable *table, StringRef model) {
  for (Function &function : module)
    if (!function.isDeclaration() && !function.hasLocalLinkage())
      function.setVisibility(GlobalValue::HiddenVisibility);
  for (const EmbedCall &call : embedCalls())
    addCall(module, table, model, call);
}

} // namespace irh::target
