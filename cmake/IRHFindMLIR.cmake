# Finds LLVM and MLIR 22 and makes the target irh_mlir: headers, definitions and the two shared
# libraries. Linking MLIR's static archives beside its shared library would double its type ids.
find_package(zstd QUIET CONFIG)
if(NOT TARGET zstd::libzstd_shared)
  find_library(IRH_ZSTD zstd REQUIRED)
  add_library(zstd::libzstd_shared SHARED IMPORTED)
  set_target_properties(zstd::libzstd_shared PROPERTIES IMPORTED_LOCATION ${IRH_ZSTD})
endif()
find_package(MLIR REQUIRED CONFIG HINTS /usr/lib/llvm-22/lib/cmake/mlir)
if(NOT LLVM_VERSION_MAJOR EQUAL 22)
  message(FATAL_ERROR "irh needs MLIR 22, found ${LLVM_PACKAGE_VERSION} in ${MLIR_DIR}")
endif()
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)

add_library(irh_mlir INTERFACE)
target_include_directories(irh_mlir SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
separate_arguments(definitions NATIVE_COMMAND ${LLVM_DEFINITIONS})
target_compile_options(irh_mlir INTERFACE ${definitions} -fno-exceptions)
target_link_libraries(irh_mlir INTERFACE irh_options)

add_library(irh_llvm_libs INTERFACE)
target_link_libraries(irh_llvm_libs INTERFACE MLIR LLVM)

find_program(IRH_LIT lit HINTS /usr/lib/llvm-22/bin NO_DEFAULT_PATH DOC "LLVM's test runner")
