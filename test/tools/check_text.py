"""Fails if a source lacks its first line or licence, is too wide, or says what no source says.

Every .cpp, .h, .td and .def begins with `//===- Name - what it is for ---===//`, then the licence.
No file holds an open end, or a path that exists on one machine only.
"""

import re

import tree

MAX_WIDTH = 100
FIRST_LINE = re.compile(r"//===- (\S+) - \S.* -+===//$")
# Written in pieces, so that this file holds none of them.
OPEN_END = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
LOCAL_PATH = re.compile("|".join((r"(?<![\w.])/" + r"work\b", r"(?<![\w.])/" + "tmp/",
                                  r"\.\./" + "shared")))
SOURCES = (".cpp", ".h", ".td", ".def")
NARROW = (".cpp", ".h", ".td", ".py", ".cmake", "CMakeLists.txt")
TEXTS = (*SOURCES, ".py", ".cmake", ".txt", ".md", ".mlir", ".irh", ".test", ".in", ".json", "dev",
         ".toml", ".sh", ".yml", ".dict")


def head_violations(name, lines):
    match = FIRST_LINE.match(lines[0]) if lines else None
    if not match:
        yield f"{name}:1: the first line is not `//===- File - what it is for ---===//`"
    elif match[1] != name.rsplit("/", 1)[-1]:
        yield f"{name}:1: the first line names `{match[1]}`"
    if len(lines) < 2 or lines[1] != f"// {tree.SPDX}":
        yield f"{name}:2: the second line is not the licence"


def line_violations(name, line):
    if name.endswith(NARROW) and len(line) > MAX_WIDTH:
        yield f"{len(line)} columns; a line has at most {MAX_WIDTH}"
    if OPEN_END.search(line):
        yield "an open end belongs to an issue"
    if LOCAL_PATH.search(line):
        yield "this path exists on one machine only"


def violations(root):
    for path in tree.files(root, *TEXTS):
        name, lines = path.relative_to(root).as_posix(), tree.lines(path)
        if name.endswith(SOURCES):
            yield from head_violations(name, lines)
        for number, line in enumerate(lines, 1):
            for reason in line_violations(name, line):
                yield f"{name}:{number}: {reason}"


HEAD = f"//===- A.h - a test ---===//\n// {tree.SPDX}\n"
CASES = [
    ({"a/A.h": HEAD + "int x; // http://example.org/work.html\n", "a/A.md": "x" * 200 + "\n"}, []),
    ({"a/A.h": "int x;\n"}, ["first line", "licence"]),
    ({"a/A.h": ""}, ["first line", "licence"]),
    ({"a/B.h": HEAD}, ["names `A.h`"]),
    ({"a/A.h": HEAD + "x" * 101 + "\n"}, ["A.h:3: 101 columns"]),
    ({"a/A.def": HEAD.replace("A.h", "A.def") + "x" * 101 + "\n"}, []),
    ({"a/a.py": "# TO" + "DO: later\n"}, ["open end"]),
    ({"a/a.md": "see /" + "work/main\n\n/" + "tmp/x\n../" + "shared/y\n"},
     ["a.md:1: this path", "a.md:3: this path", "a.md:4: this path"]),
]

if __name__ == "__main__":
    tree.main("text", violations, CASES)
