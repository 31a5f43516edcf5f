# find_package(IRHRuntime) gives irh::runtime.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/IRHRuntimeTargets.cmake)
