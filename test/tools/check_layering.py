"""Fails if a file includes a room that its own room may not depend on.

The table below is the architecture: it is the architecture document. Rooms stand in dependency
order, so a room knows only rooms above it; the check holds the table to that, too.
"""

import re

import tree

# These files are the seam between generated code and runtime: numbers, layouts and signatures,
# without any code. All else of runtime/abi and runtime/embed stands above the runtime.
SEAM = "the seam"
SEAM_FILES = {"runtime/abi/Abi.h", "runtime/abi/ProgramTable.h", "runtime/abi/RuntimeCalls.def",
              "runtime/embed/EmbedCalls.def"}

DIALECTS = ["dialects/irh", "dialects/field", "dialects/net", "dialects/spectral", "dialects/dist"]

ALLOWED = {
    SEAM: [],
    # The runtime: no LLVM, no MLIR.
    "runtime/core": [],
    "runtime/random": ["runtime/core"],
    "runtime/io": [SEAM, "runtime/core"],
    "runtime/graph": [SEAM, "runtime/core", "runtime/random", "runtime/io"],
    "runtime/partition": [SEAM, "runtime/core", "runtime/graph"],
    "runtime/device": [SEAM, "runtime/core"],
    "runtime/field": [SEAM, "runtime/core", "runtime/partition", "runtime/device"],
    "runtime/halo": [SEAM, "runtime/core", "runtime/device", "runtime/partition", "runtime/field"],
    "runtime/reduce": [SEAM, "runtime/core"],
    "runtime/matrix": [SEAM, "runtime/core", "runtime/partition", "runtime/field",
                       "runtime/halo"],
    "runtime/factor": ["runtime/core"],
    "runtime/eigen": [SEAM, "runtime/core", "runtime/random", "runtime/field", "runtime/partition",
                      "runtime/matrix"],
    "runtime/solve": [SEAM, "runtime/core", "runtime/field", "runtime/partition", "runtime/matrix",
                      "runtime/eigen", "runtime/factor"],
    "runtime/step": [SEAM, "runtime/core"],
    "runtime/report": [SEAM, "runtime/core"],
    "runtime/save": [SEAM, "runtime/core", "runtime/field", "runtime/io",
                     "runtime/partition", "runtime/report"],
    "runtime/checkpoint": [SEAM, "runtime/core", "runtime/field", "runtime/step",
                           "runtime/report"],
    "runtime/mpi": ["runtime/core"],
    "runtime/program": [SEAM, "runtime/core", "runtime/device", "runtime/mpi", "runtime/io",
                        "runtime/graph", "runtime/partition", "runtime/field", "runtime/halo",
                        "runtime/reduce", "runtime/matrix", "runtime/eigen", "runtime/step",
                        "runtime/report", "runtime/save", "runtime/checkpoint"],
    "runtime/abi": [SEAM, "runtime/core", "runtime/device", "runtime/random", "runtime/graph",
                    "runtime/partition", "runtime/reduce", "runtime/matrix", "runtime/eigen",
                    "runtime/solve", "runtime/step", "runtime/save", "runtime/program"],
    "runtime/embed": [SEAM, "runtime/core", "runtime/field", "runtime/report", "runtime/program"],
    # The front end: no MLIR.
    "compiler/Source": [],
    "compiler/Diag": ["compiler/Source"],
    "compiler/Lex": ["compiler/Source", "compiler/Diag"],
    "compiler/AST": ["compiler/Source"],
    "compiler/Parse": ["compiler/Source", "compiler/Diag", "compiler/Lex", "compiler/AST"],
    "compiler/Format": ["compiler/Source", "compiler/Diag", "compiler/Lex", "compiler/AST"],
    "compiler/Sema": ["compiler/Source", "compiler/Diag", "compiler/AST"],
    # The dialects; `convert` is the room that takes one to another.
    "dialects/irh": [],
    "dialects/field": [],
    "dialects/net": ["dialects/irh", "dialects/field"],
    "dialects/spectral": ["dialects/field"],
    "dialects/dist": ["dialects/field", "dialects/net"],
    "dialects/convert": [SEAM, *DIALECTS],
    # The back end.
    "compiler/Lower": ["compiler/Source", "compiler/Sema", "dialects/irh", "dialects/field"],
    "compiler/Pipelines": ["dialects/field", "dialects/dist", "dialects/convert"],
    "compiler/Target": [SEAM, "runtime/program"],
    "compiler/Driver": ["compiler/Source", "compiler/Diag", "compiler/AST", "compiler/Parse",
                        "compiler/Format", "compiler/Sema", "compiler/Lower", "compiler/Pipelines",
                        "compiler/Target", *DIALECTS, SEAM, "runtime/device", "runtime/mpi",
                        "runtime/program", "runtime/abi"],
    "compiler/tools": ["compiler/Pipelines", "compiler/Driver", *DIALECTS],
}

# Headers of libraries that a part of the tree does without.
FOREIGN = {
    "runtime": re.compile(r"<?\"?(llvm|mlir)/"),
    "compiler/Source": re.compile(r"\"mlir/"),
    "compiler/Diag": re.compile(r"\"mlir/"),
    "compiler/Lex": re.compile(r"\"mlir/"),
    "compiler/AST": re.compile(r"\"mlir/"),
    "compiler/Parse": re.compile(r"\"mlir/"),
    "compiler/Format": re.compile(r"\"mlir/"),
    "compiler/Sema": re.compile(r"\"mlir/"),
}

INCLUDE = re.compile(r"\s*#?\s*include\s+([\"<][^\">]+[\">])")
TOPS = ("compiler", "dialects", "runtime")


def room_of(path):
    if path in SEAM_FILES:
        return SEAM
    return "/".join(path.split("/")[:2])


def wrong_include(path, included):
    """Why `path` may not include `included` (with its quotes); None if it may."""
    room = room_of(path)
    for part, pattern in FOREIGN.items():
        if path.startswith(part + "/") and pattern.match(included):
            return f"{part} does without {included}"
    name = included[1:-1]
    if included[0] != '"' or not name.startswith(tuple(top + "/" for top in TOPS)):
        return None
    target = room_of(name)
    if target == room or target in ALLOWED.get(room, []):
        return None
    return f"{room} must not include {target}" if room in ALLOWED else f"{room} is no known room"


def violations(root):
    known = list(ALLOWED)
    for room, allowed in ALLOWED.items():
        for other in allowed:
            if known.index(other) >= known.index(room):
                yield f"check_layering.py: {room} may include {other}, which stands below it"
    for path in tree.files(root, ".cpp", ".h", ".td", ".def"):
        name = path.relative_to(root).as_posix()
        if not name.startswith(tuple(top + "/" for top in TOPS)):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            match = INCLUDE.match(line)
            reason = match and wrong_include(name, match[1])
            if reason:
                yield f"{name}:{number}: {reason}"


CASES = [
    ({"runtime/core/A.cpp": '#include "runtime/core/A.h"\n#include <vector>\n',
      "runtime/graph/B.h": '#include "runtime/abi/Abi.h"\n'}, []),
    ({"runtime/core/A.cpp": '#include "runtime/graph/B.h"\n'},
     ["runtime/core/A.cpp:1: runtime/core must not include runtime/graph"]),
    ({"runtime/graph/A.cpp": '#include "runtime/abi/Guard.h"\n'},
     ["runtime/graph must not include runtime/abi"]),
    ({"dialects/net/IR/N.td": '\ninclude "dialects/dist/IR/D.td"\n'},
     ["N.td:2: dialects/net must not include dialects/dist"]),
    ({"runtime/core/A.h": '#include "llvm/ADT/StringRef.h"\n'}, ["runtime does without"]),
    ({"compiler/Sema/A.h": '#include "mlir/IR/Value.h"\n'}, ["compiler/Sema does without"]),
    ({"runtime/magic/A.h": '#include "runtime/core/B.h"\n'}, ["runtime/magic is no known room"]),
]

if __name__ == "__main__":
    tree.main("layering", violations, CASES)
