"""Tests of the tools: each file's RUN lines, its claims in CHECK lines."""
import os

import lit.formats

config.name = "irh"
config.test_format = lit.formats.ShTest(True)
config.suffixes = [".mlir", ".irh", ".test"]
# Inputs of other tests, not tests themselves.
config.excludes = ["models", "data", "oracle", "e2e", "fuzz", "unit", "tools", "regression"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.irh_build, "test")
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.irh_build, "bin"), config.llvm_tools, config.environment["PATH"]])
for name in ("ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
config.substitutions.append(("%irhc", os.path.join(config.irh_build, "bin", "irhc")))
config.substitutions.append(("%examples", os.path.join(config.irh_source, "examples")))
config.substitutions.append(("%data", os.path.join(config.irh_source, "test", "data")))
config.substitutions.append(("%python", config.python))
