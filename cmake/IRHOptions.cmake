# Warnings and sanitizers, as properties of the target irh_options that every target of ours links.
add_library(irh_options INTERFACE)
target_include_directories(irh_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
# Generated headers: their warnings are TableGen's.
target_include_directories(irh_options SYSTEM INTERFACE $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}>)
target_compile_options(irh_options INTERFACE -Wall -Wextra $<$<BOOL:${IRH_WERROR}>:-Werror>)

foreach(sanitizer IN LISTS IRH_SANITIZE)
  target_compile_options(irh_options INTERFACE -fsanitize=${sanitizer} -fno-omit-frame-pointer -g1)
  target_link_options(irh_options INTERFACE -fsanitize=${sanitizer})
endforeach()
if("undefined" IN_LIST IRH_SANITIZE)
  # vptr needs the RTTI of LLVM's own classes, which Debian's library does not export for all.
  target_compile_options(irh_options INTERFACE -fno-sanitize=vptr -fno-sanitize-recover=undefined)
endif()

# The runtime's install rules export this target's link dependencies by name.
install(TARGETS irh_options EXPORT IRHRuntimeTargets)
