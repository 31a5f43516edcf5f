//===- Sanitize.cpp - instrument generated code as this program is -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Target/Sanitize.h"

#include "llvm/Transforms/Instrumentation/AddressSanitizer.h"
#include "llvm/Transforms/Instrumentation/ThreadSanitizer.h"

using namespace llvm;

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IRH_ADDRESS_SANITIZER 1
#endif
#if __has_feature(thread_sanitizer)
#define IRH_THREAD_SANITIZER 1
#endif
#endif

namespace irh::target {

void markForSanitizers([[maybe_unused]] Function &function) {
#ifdef IRH_ADDRESS_SANITIZER
  function.addFnAttr(Attribute::SanitizeAddress);
#endif
#ifdef IRH_THREAD_SANITIZER
  function.addFnAttr(Attribute::SanitizeThread);
#endif
}

void addSanitizerPasses([[maybe_unused]] ModulePassManager &passes) {
#ifdef IRH_ADDRESS_SANITIZER
  // No constructor: the runtime is up before any code is generated, and globals are constants.
  passes.addPass(AddressSanitizerPass(AddressSanitizerOptions(), /*UseGlobalGC=*/false,
                                      /*UseOdrIndicator=*/false, AsanDtorKind::None,
                                      AsanCtorKind::None));
#endif
#ifdef IRH_THREAD_SANITIZER
  passes.addPass(createModuleToFunctionPassAdaptor(ThreadSanitizerPass()));
#endif
}

} // namespace irh::target
