//===- DeviceCode.cpp - kernels of devices to their assembly and objects -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// MLIR's targets do the work: they link the vendor's library, optimize, make assembly with LLVM's
// own back ends, and call ptxas or ld.lld for objects. What a machine may lack is looked for first:
// without its library, NVIDIA's target makes code that calls functions nobody has, and says
// nothing. Fast arithmetic stays off, so that products and sums are rounded as on the processor.

#include "compiler/Target/DeviceCode.h"

#include "mlir/Dialect/GPU/IR/CompilationInterfaces.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/LLVMIR/ROCDLDialect.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Target/LLVM/NVVM/Target.h"
#include "mlir/Target/LLVM/ROCDL/Target.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/GPU/GPUToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/NVVM/NVVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/ROCDL/ROCDLToLLVMIRTranslation.h"

#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"

using namespace mlir;

namespace irh::target {

char MissingTool::ID;

static constexpr StringRef kCudaTriple = "nvptx64-nvidia-cuda";
static constexpr StringRef kHipTriple = "amdgcn-amd-amdhsa";

StringRef defaultChip(DeviceKind kind) { return kind == DeviceKind::Cuda ? "sm_80" : "gfx90a"; }

/// The oldest generations that are served: NVIDIA's Ampere, AMD's CDNA 1.
static bool isServed(DeviceKind kind, StringRef chip) {
  unsigned number = 0;
  if (kind == DeviceKind::Cuda)
    return chip.consume_front("sm_") && !chip.take_while(llvm::isDigit).getAsInteger(10, number) &&
           number >= 80;
  return chip.consume_front("gfx") && chip.starts_with("9") && chip >= "908";
}

bool isChip(DeviceKind kind, StringRef name) {
  if (!isServed(kind, name))
    return false;
  bool isCuda = kind == DeviceKind::Cuda;
  if (isCuda) {
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
  } else {
    LLVMInitializeAMDGPUTargetInfo();
    LLVMInitializeAMDGPUTarget();
    LLVMInitializeAMDGPUTargetMC();
  }
  llvm::Triple triple(isCuda ? kCudaTriple : kHipTriple);
  std::string error;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return false;
  std::unique_ptr<llvm::MCSubtargetInfo> chips(target->createMCSubtargetInfo(triple, "", ""));
  return chips && chips->isCPUStringValid(name);
}

void registerDeviceDialects(DialectRegistry &registry) {
  registry.insert<gpu::GPUDialect, NVVM::NVVMDialect, ROCDL::ROCDLDialect>();
  registerBuiltinDialectTranslation(registry);
  registerGPUDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  registerNVVMDialectTranslation(registry);
  registerROCDLDialectTranslation(registry);
  NVVM::registerNVVMTargetInterfaceExternalModels(registry);
  ROCDL::registerROCDLTargetInterfaceExternalModels(registry);
}

//===- What is missing ---------------------------------------------------------------===//

/// A function of the vendor's library that the kernels call, by the C library's name; or nothing.
static std::string findLibraryCall(gpu::GPUModuleOp kernels, DeviceKind kind) {
  for (auto function : kernels.getOps<LLVM::LLVMFuncOp>()) {
    StringRef name = function.getName();
    if (name.consume_front(kind == DeviceKind::Cuda ? "__nv_" : "__ocml_")) {
      name.consume_back("_f64");
      return name.str();
    }
  }
  return {};
}

static llvm::Error findMissing(gpu::GPUModuleOp kernels, const Toolkit &toolkit,
                               const DeviceOptions &options) {
  bool isCuda = options.kind == DeviceKind::Cuda;
  std::string called = findLibraryCall(kernels, options.kind);
  if (!called.empty() && toolkit.library.empty())
    return llvm::make_error<MissingTool>(
        isCuda ? "`" + called +
                     "` is a function of NVIDIA's libdevice, and no libdevice.10.bc is found: "
                     "install the CUDA toolkit, or set CUDA_HOME to its folder"
               : "`" + called +
                     "` is a function of the ROCm device libraries, and no ocml.bc is found: "
                     "install rocm-device-libs, or set ROCM_PATH to ROCm's folder");
  if (options.format == DeviceFormat::Object && toolkit.assembler.empty())
    return llvm::make_error<MissingTool>(
        isCuda ? "objects are made by ptxas, which is not found: install the CUDA toolkit, set "
                 "CUDA_HOME to its folder, or take `--stage=ptx`"
               : "objects are linked by ld.lld, which is not found: install lld, or take "
                 "`--stage=gcn`");
  return llvm::Error::success();
}

//===- Making code -------------------------------------------------------------------===//

namespace {
/// A folder as MLIR's target for AMD's devices wants its toolkit: it looks for the linker and the
/// libraries at fixed places below it.
class ToolkitFolder {
public:
  explicit ToolkitFolder(const Toolkit &toolkit) {
    if (llvm::sys::fs::createUniqueDirectory("irh-rocm", folder))
      return;
    link(toolkit.assembler, "/llvm/bin", "/ld.lld");
    link(toolkit.library, "/amdgcn", "/bitcode");
  }
  ~ToolkitFolder() {
    if (!folder.empty())
      llvm::sys::fs::remove_directories(folder);
  }
  ToolkitFolder(const ToolkitFolder &) = delete;

  StringRef path() const { return folder; }

private:
  void link(const std::string &to, const char *inFolder, const char *name) {
    std::string parent = (folder + inFolder).str();
    if (!to.empty() && !llvm::sys::fs::create_directories(parent))
      (void)llvm::sys::fs::create_link(to, parent + name); // The linker's absence speaks later.
  }

  SmallString<128> folder;
};
} // namespace

/// The files to link that MLIR does not find below the toolkit itself.
static ArrayAttr filesToLink(Builder &builder, const Toolkit &toolkit) {
  bool isFound = StringRef(toolkit.library) == toolkit.root + "/nvvm/libdevice/libdevice.10.bc";
  if (isFound || toolkit.library.empty())
    return {};
  return builder.getStrArrayAttr({toolkit.library});
}

static Attribute makeTarget(MLIRContext *context, const Toolkit &toolkit,
                            const DeviceOptions &options) {
  Builder builder(context);
  if (options.kind == DeviceKind::Cuda)
    return NVVM::NVVMTargetAttr::get(context, /*optLevel=*/3, kCudaTriple, options.chip,
                                     /*features=*/"", /*targetFlags=*/nullptr,
                                     filesToLink(builder, toolkit));
  return ROCDL::ROCDLTargetAttr::get(context, /*optLevel=*/3, kHipTriple, options.chip,
                                     /*features=*/"", /*abiVersion=*/"500");
}

llvm::Expected<std::string> emitDeviceCode(ModuleOp module, const DeviceOptions &options) {
  auto modules = module.getOps<gpu::GPUModuleOp>();
  if (modules.empty())
    return std::string();
  gpu::GPUModuleOp kernels = *modules.begin();
  Toolkit toolkit = findToolkit(options.kind);
  if (llvm::Error missing = findMissing(kernels, toolkit, options))
    return std::move(missing);

  std::optional<ToolkitFolder> folder;
  if (options.kind == DeviceKind::Hip)
    folder.emplace(toolkit);
  gpu::TargetOptions how(folder ? folder->path() : StringRef(toolkit.root), {}, "", "",
                         options.format == DeviceFormat::Assembly ? gpu::CompilationTarget::Assembly
                                                                  : gpu::CompilationTarget::Binary);
  std::string said;
  ScopedDiagnosticHandler handler(module.getContext(), [&](Diagnostic &diagnostic) {
    said += diagnostic.str() + "\n";
    return success();
  });
  auto target = cast<gpu::TargetAttrInterface>(makeTarget(module.getContext(), toolkit, options));
  std::optional<SmallVector<char, 0>> code = target.serializeToObject(kernels, how);
  if (!code)
    return llvm::createStringError("no code for " + options.chip + ": " + said);
  StringRef bytes(code->data(), code->size());
  if (options.format == DeviceFormat::Assembly)
    bytes = bytes.rtrim('\0'); // of a C string
  return bytes.str();
}

} // namespace irh::target
