//===- Target.cpp - LLVM dialect to machine code of this machine --------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM's loop and SLP vectorizers stay off: kernels are vectors already, and what is not must not
// be computed in another way in another place. Unrolling gained nothing on the measured sweeps and
// took a third of the start-up.

#include "compiler/Target/Target.h"

#include "compiler/Target/LibraryCalls.h"
#include "compiler/Target/ProgramTable.h"
#include "compiler/Target/Sanitize.h"

#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"

#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"

using namespace llvm;

namespace irh::target {

namespace {
/// A translated module and the context that owns its types.
struct Translated {
  std::unique_ptr<LLVMContext> context;
  std::unique_ptr<Module> module;
};
} // namespace

// glibc has vector functions for x86-64; a build for AVX2 calls those of four lanes.
static int64_t vectorWidthOf(const Triple &triple, bool hasAvx2) {
  if (!triple.isX86() || !triple.isArch64Bit() || !triple.isGNUEnvironment())
    return 1;
  return hasAvx2 ? 4 : 2;
}

Machine hostMachine() {
  StringMap<bool> features = sys::getHostCPUFeatures();
  Triple triple(sys::getProcessTriple());
  Machine machine;
  machine.hasFma = triple.isAArch64() || features.lookup("fma");
  machine.vectorWidth = vectorWidthOf(triple, features.lookup("avx2"));
  return machine;
}

/// For `processor`, or the host's if it is empty.
static Expected<std::unique_ptr<TargetMachine>> makeTargetMachine(StringRef processor = "") {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  Expected<orc::JITTargetMachineBuilder> builder = orc::JITTargetMachineBuilder::detectHost();
  if (!builder)
    return builder.takeError();
  if (!processor.empty()) {
    builder->setCPU(processor.str());
    builder->setFeatures("");
  }
  builder->setCodeGenOptLevel(CodeGenOptLevel::Default);
  builder->setRelocationModel(Reloc::PIC_);
  return builder->createTargetMachine();
}

/// Null if LLVM has no such machine.
static std::unique_ptr<TargetMachine> tryTargetMachine(StringRef processor) {
  Expected<std::unique_ptr<TargetMachine>> machine = makeTargetMachine(processor);
  if (machine)
    return std::move(*machine);
  consumeError(machine.takeError());
  return nullptr;
}

/// LLVM also lists processors of 32 bits, and stops the process when asked for their code.
static bool suits(StringRef processor) {
  std::unique_ptr<TargetMachine> machine = tryTargetMachine(processor);
  return machine && (!machine->getTargetTriple().isX86() ||
                     machine->getMCSubtargetInfo()->checkFeatures("+64bit"));
}

std::vector<std::string> processorNames() {
  std::vector<std::string> names;
  std::unique_ptr<TargetMachine> host = tryTargetMachine("");
  if (!host)
    return names;
  for (const SubtargetSubTypeKV &entry : host->getMCSubtargetInfo()->getAllProcessorDescriptions())
    if (suits(entry.Key))
      names.push_back(entry.Key);
  return names;
}

Machine machineWith(StringRef processor) {
  Machine machine;
  machine.processor = processor.str();
  if (std::unique_ptr<TargetMachine> target = tryTargetMachine(processor)) {
    const Triple &triple = target->getTargetTriple();
    const MCSubtargetInfo &features = *target->getMCSubtargetInfo();
    machine.hasFma = triple.isAArch64() || (triple.isX86() && features.checkFeatures("+fma"));
    machine.vectorWidth = vectorWidthOf(triple, triple.isX86() && features.checkFeatures("+avx2"));
  }
  return machine;
}

static Expected<Translated> translate(mlir::ModuleOp module) {
  mlir::registerBuiltinDialectTranslation(*module.getContext());
  mlir::registerLLVMDialectTranslation(*module.getContext());
  Translated result;
  result.context = std::make_unique<LLVMContext>();
  result.module = mlir::translateModuleToLLVMIR(module, *result.context);
  if (!result.module)
    return createStringError("translation to LLVM IR failed");
  return result;
}

static void optimize(Module &module, TargetMachine &machine) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", machine.getTargetCPU());
    function.addFnAttr("target-features", machine.getTargetFeatureString());
    markForSanitizers(function);
  }
  PipelineTuningOptions tuning;
  tuning.LoopVectorization = false;
  tuning.SLPVectorization = false;
  tuning.LoopUnrolling = false;
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager sccs;
  ModuleAnalysisManager modules;
  PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  ModulePassManager passes = builder.buildPerModuleDefaultPipeline(OptimizationLevel::O2);
  addSanitizerPasses(passes);
  passes.run(module, modules);
}

/// Translated and optimized for the host.
static Expected<Translated> lower(mlir::ModuleOp module, TargetMachine &machine) {
  Expected<Translated> translated = translate(module);
  if (translated)
    optimize(*translated->module, machine);
  return translated;
}

Expected<std::string> emitLlvmIr(mlir::ModuleOp module) {
  Expected<std::unique_ptr<TargetMachine>> machine = makeTargetMachine();
  if (!machine)
    return machine.takeError();
  Expected<Translated> translated = lower(module, **machine);
  if (!translated)
    return translated.takeError();
  std::string text;
  raw_string_ostream(text) << *translated->module;
  return text;
}

static Expected<std::string> emitCode(Module &module, TargetMachine &machine,
                                      CodeGenFileType type) {
  SmallVector<char, 0> code;
  raw_svector_ostream os(code);
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, os, nullptr, type))
    return createStringError("this target emits no such file");
  passes.run(module);
  return std::string(code.begin(), code.end());
}

Expected<std::string> emitAssembly(mlir::ModuleOp module) {
  Expected<std::unique_ptr<TargetMachine>> machine = makeTargetMachine();
  if (!machine)
    return machine.takeError();
  Expected<Translated> translated = lower(module, **machine);
  if (!translated)
    return translated.takeError();
  return emitCode(*translated->module, **machine, CodeGenFileType::AssemblyFile);
}

Expected<std::string> emitObject(mlir::ModuleOp module, const ObjectOptions &options) {
  Expected<std::unique_ptr<TargetMachine>> target = makeTargetMachine(options.machine.processor);
  if (!target)
    return target.takeError();
  Expected<Translated> translated = lower(module, **target);
  if (!translated)
    return translated.takeError();
  // After the optimizer, which has thus seen just what it sees when the code stays in memory.
  GlobalVariable *table = addProgramTable(*translated->module, options.program);
  if (options.product == Product::Program)
    addMain(*translated->module, table);
  else
    addLibraryCalls(*translated->module, table, options.program.name);
  return emitCode(*translated->module, **target, CodeGenFileType::ObjectFile);
}

//===- In this process ----------------------------------------------------------===//

CompiledModule::CompiledModule(std::unique_ptr<orc::LLJIT> jit) : jit(std::move(jit)) {}
CompiledModule::CompiledModule(CompiledModule &&) = default;
CompiledModule::~CompiledModule() = default;

Expected<void *> CompiledModule::lookup(StringRef name) const {
  Expected<orc::ExecutorAddr> address = jit->lookup(name);
  if (!address)
    return address.takeError();
  return address->toPtr<void *>();
}

static Error defineSymbols(orc::LLJIT &jit, ArrayRef<Symbol> symbols) {
  orc::SymbolMap map;
  for (auto [name, address] : symbols)
    map[jit.mangleAndIntern(name)] = {orc::ExecutorAddr::fromPtr(address),
                                      JITSymbolFlags::Exported};
  if (Error error = jit.getMainJITDylib().define(orc::absoluteSymbols(std::move(map))))
    return error;
  // The C library's own functions, and what sanitizers call.
  auto process = orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      jit.getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  jit.getMainJITDylib().addGenerator(std::move(*process));
  auto vectors = orc::DynamicLibrarySearchGenerator::Load("libmvec.so.1",
                                                          jit.getDataLayout().getGlobalPrefix());
  if (vectors)
    jit.getMainJITDylib().addGenerator(std::move(*vectors));
  else
    consumeError(vectors.takeError()); // Only needed, and then named, on x86-64.
  return Error::success();
}

Expected<CompiledModule> compile(mlir::ModuleOp module, ArrayRef<Symbol> symbols) {
  Expected<std::unique_ptr<TargetMachine>> machine = makeTargetMachine();
  if (!machine)
    return machine.takeError();
  Expected<Translated> translated = lower(module, **machine);
  if (!translated)
    return translated.takeError();
  Expected<orc::JITTargetMachineBuilder> builder = orc::JITTargetMachineBuilder::detectHost();
  if (!builder)
    return builder.takeError();
  builder->setCodeGenOptLevel(CodeGenOptLevel::Default);
  auto jit = orc::LLJITBuilder().setJITTargetMachineBuilder(std::move(*builder)).create();
  if (!jit)
    return jit.takeError();
  if (Error error = defineSymbols(**jit, symbols))
    return error;
  orc::ThreadSafeModule safe(std::move(translated->module), std::move(translated->context));
  if (Error error = (*jit)->addIRModule(std::move(safe)))
    return error;
  return CompiledModule(std::move(*jit));
}

} // namespace irh::target
