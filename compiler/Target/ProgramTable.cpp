//===- ProgramTable.cpp - what a linked program knows of itself ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Target/ProgramTable.h"

#include "runtime/abi/ProgramTable.h"

#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace irh::target {

namespace {

/// Makes the table's constants.
class TableBuilder {
public:
  explicit TableBuilder(Module &module) : module(module), context(module.getContext()) {}

  GlobalVariable *makeProgram(const rt::program::Program &program) {
    SmallVector<Constant *> params, fields, outputs;
    for (const rt::program::ParamSpec &param : program.params)
      params.push_back(makeParam(param));
    for (const rt::program::FieldSpec &field : program.fields)
      fields.push_back(makeField(field));
    for (const rt::program::OutputSpec &output : program.outputs)
      outputs.push_back(makeOutput(output));
    Constant *table = ConstantStruct::getAnon(
        {makeText(program.name), makeText(program.doc), makeText(program.file), makeArray(params),
         makeInt(static_cast<int64_t>(params.size())), makeArray(fields),
         makeInt(static_cast<int64_t>(fields.size())), makeArray(outputs),
         makeInt(static_cast<int64_t>(outputs.size())), makeText(program.hash),
         makeInt(program.lastKeptEvolve), module.getFunction("irh_main")});
    return keep(table, "irh_program_table");
  }

private:
  // In the order of the members of irh_param.
  Constant *makeParam(const rt::program::ParamSpec &param) {
    const auto *text = std::get_if<std::string>(&param.defaultValue);
    const auto *real = std::get_if<double>(&param.defaultValue);
    return ConstantStruct::getAnon(
        {makeText(param.name), makeText(param.doc), makeText(text ? *text : ""),
         makeInt(wholeNumberOf(param.defaultValue)), makeReal(real ? *real : 0),
         makeReal(param.lower ? param.lower->value : 0),
         makeReal(param.upper ? param.upper->value : 0),
         makeInt32(static_cast<int32_t>(rt::program::typeOf(param.defaultValue))),
         makeInt32(boundsOf(param)), makeInt32(param.location.line),
         makeInt32(param.location.column)});
  }

  Constant *makeField(const rt::program::FieldSpec &field) {
    return ConstantStruct::getAnon({makeText(field.name), makeText(field.doc),
                                    makeInt32(static_cast<int32_t>(field.element)),
                                    makeInt32(static_cast<int32_t>(field.set))});
  }

  Constant *makeOutput(const rt::program::OutputSpec &output) {
    return ConstantStruct::getAnon({makeText(output.path), makeInt32(output.location.line),
                                    makeInt32(output.location.column)});
  }

  static int64_t wholeNumberOf(const rt::program::ParamValue &value) {
    if (const bool *truth = std::get_if<bool>(&value))
      return *truth;
    const auto *integer = std::get_if<int64_t>(&value);
    return integer ? *integer : 0;
  }

  static int32_t boundsOf(const rt::program::ParamSpec &param) {
    int32_t bits = 0;
    if (param.lower)
      bits |= abi::kHasLower | (param.lower->isStrict ? abi::kIsLowerStrict : 0);
    if (param.upper)
      bits |= abi::kHasUpper | (param.upper->isStrict ? abi::kIsUpperStrict : 0);
    return bits;
  }

  Constant *makeInt(int64_t value) {
    return ConstantInt::getSigned(Type::getInt64Ty(context), value);
  }
  Constant *makeInt32(int32_t value) {
    return ConstantInt::getSigned(Type::getInt32Ty(context), value);
  }
  Constant *makeReal(double value) { return ConstantFP::get(Type::getDoubleTy(context), value); }
  Constant *makeText(StringRef text) {
    return keep(ConstantDataArray::getString(context, text), "irh_text");
  }

  Constant *makeArray(ArrayRef<Constant *> elements) {
    if (elements.empty())
      return ConstantPointerNull::get(PointerType::get(context, 0));
    auto *type = ArrayType::get(elements.front()->getType(), elements.size());
    return keep(ConstantArray::get(type, elements), "irh_array");
  }

  GlobalVariable *keep(Constant *value, StringRef name) {
    return new GlobalVariable(module, value->getType(), /*isConstant=*/true,
                              GlobalValue::PrivateLinkage, value, name);
  }

  Module &module;
  LLVMContext &context;
};

} // namespace

GlobalVariable *addProgramTable(Module &module, const rt::program::Program &program) {
  return TableBuilder(module).makeProgram(program);
}

void addMain(Module &module, GlobalVariable *table) {
  IRBuilder<> builder(module.getContext());
  Type *integer = builder.getInt32Ty(), *pointer = builder.getPtrTy();
  FunctionCallee run =
      module.getOrInsertFunction("irh_run_program", integer, pointer, integer, pointer);
  auto *type = FunctionType::get(integer, {integer, pointer}, /*isVarArg=*/false);
  Function *main = Function::Create(type, GlobalValue::ExternalLinkage, "main", module);
  builder.SetInsertPoint(BasicBlock::Create(module.getContext(), "", main));
  builder.CreateRet(builder.CreateCall(run, {table, main->getArg(0), main->getArg(1)}));
}

} // namespace irh::target
