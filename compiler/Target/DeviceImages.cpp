//===- DeviceImages.cpp - kernels of devices as data of their program ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Target/DeviceImages.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace irh::target {

static std::vector<DeviceOptions> imagesOfHip() {
  return {{DeviceKind::Hip, DeviceFormat::Object, "gfx90a"},
          {DeviceKind::Hip, DeviceFormat::Object, "gfx942"}};
}

static DeviceOptions portableImage() {
  return {DeviceKind::Cuda, DeviceFormat::Assembly, defaultChip(DeviceKind::Cuda).str()};
}

std::vector<DeviceOptions> imagesToRun(DeviceKind kind) {
  if (kind == DeviceKind::Hip)
    return imagesOfHip();
  return {portableImage()};
}

std::vector<DeviceOptions> imagesToBuild(DeviceKind kind) {
  if (kind == DeviceKind::Hip)
    return imagesOfHip();
  std::vector<DeviceOptions> images;
  if (!findToolkit(kind).assembler.empty())
    for (const char *chip : {"sm_80", "sm_90"})
      images.push_back({DeviceKind::Cuda, DeviceFormat::Object, chip});
  images.push_back(portableImage());
  return images;
}

static Value emitImage(OpBuilder &builder, ModuleOp module, StringRef bytes, size_t number) {
  OpBuilder atModule = OpBuilder::atBlockBegin(module.getBody());
  Location loc = module.getLoc();
  auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), bytes.size());
  auto global =
      LLVM::GlobalOp::create(atModule, loc, type, /*isConstant=*/true, LLVM::Linkage::Internal,
                             ("irh_image" + Twine(number)).str(), builder.getStringAttr(bytes),
                             /*alignment=*/64); // Some are ELF files, read in place.
  return LLVM::AddressOfOp::create(builder, loc, global);
}

/// void(context, kind, image): see irh_rt_device_image.
static LLVM::LLVMFuncOp declareTaker(ModuleOp module) {
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(builder.getContext()),
                                          {pointer, builder.getI32Type(), pointer});
  return LLVM::LLVMFuncOp::create(builder, module.getLoc(), "irh_rt_device_image", type);
}

llvm::Error embedImages(ModuleOp module, ArrayRef<DeviceOptions> images) {
  auto modules = module.getOps<gpu::GPUModuleOp>();
  auto main = module.lookupSymbol<LLVM::LLVMFuncOp>("irh_main");
  if (modules.empty() || !main)
    return llvm::Error::success();
  LLVM::LLVMFuncOp taker = declareTaker(module);
  OpBuilder builder = OpBuilder::atBlockBegin(&main.getBody().front());
  for (auto [number, options] : llvm::enumerate(images)) {
    llvm::Expected<std::string> code = emitDeviceCode(module, options);
    if (!code)
      return code.takeError();
    code->push_back('\0'); // PTX is text.
    Value image = emitImage(builder, module, *code, number);
    Value kind = LLVM::ConstantOp::create(builder, module.getLoc(), builder.getI32Type(),
                                          static_cast<int32_t>(options.kind));
    LLVM::CallOp::create(builder, module.getLoc(), taker,
                         ValueRange{main.getArgument(0), kind, image});
  }
  (*modules.begin()).erase();
  return llvm::Error::success();
}

} // namespace irh::target
