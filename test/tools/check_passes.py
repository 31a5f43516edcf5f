"""Fails if a pass or an operation is not described, or no test shows it.

A pass has a summary, says what holds before and after it, and names a test that runs it. An
operation has a summary and stands in a test of its dialect.
"""

import re

import tree

PASS = re.compile(r"def \w+ : Pass<\"([\w-]+)\"")
OP = re.compile(r"def \w+ : \w+_Op<\"(\w+)\"")
TEST = re.compile(r"\btest/[\w/.-]+\.(?:mlir|test)\b")


def definitions(path, pattern):
    """(line, first group, text) of each definition whose head matches."""
    text = path.read_text(encoding="utf-8")
    for block in re.finditer(r"^def .*?(?=^def |^class |\Z)", text, re.MULTILINE | re.DOTALL):
        match = pattern.match(" ".join(block[0].split()))
        if match:
            yield text.count("\n", 0, block.start()) + 1, match[1], block[0]


def pass_violations(root, flag, text):
    if "let summary = \"" not in text:
        yield "has no summary"
    for word in ("Before:", "After:"):
        if not re.search(rf"^\s*{word} +\S", text, re.MULTILINE):
            yield f"does not say `{word}`"
    named = TEST.search(text)
    if not named:
        yield "names no test"
    elif not (root / named[0]).is_file():
        yield f"names {named[0]}, which does not exist"
    elif f"--{flag}" not in (root / named[0]).read_text(encoding="utf-8"):
        yield f"names {named[0]}, which does not run --{flag}"


def op_violations(root, dialect, mnemonic, text):
    if "let summary = \"" not in text:
        yield "has no summary"
    shown = re.compile(rf"\b{dialect}\.{mnemonic}\b")
    tests = tree.files(root / "test" / "dialects" / dialect, ".mlir") \
        if (root / "test" / "dialects" / dialect).is_dir() else []
    if not any(shown.search(test.read_text(encoding="utf-8")) for test in tests):
        yield f"stands in no test of test/dialects/{dialect}"


def violations(root):
    for path in tree.files(root, ".td"):
        name = path.relative_to(root).as_posix()
        if not name.startswith("dialects/"):
            continue
        for line, flag, text in definitions(path, PASS):
            for reason in pass_violations(root, flag, text):
                yield f"{name}:{line}: --{flag} {reason}"
        dialect = name.split("/")[1]
        for line, mnemonic, text in definitions(path, OP):
            for reason in op_violations(root, dialect, mnemonic, text):
                yield f"{name}:{line}: {dialect}.{mnemonic} {reason}"


GOOD_PASS = """def A : Pass<"net-a", "M"> {
  let summary = "do a";
  let description = [{
    Before: b.
    After:  a.
    See test/a.mlir for the example.
  }];
}
"""
GOOD_OP = 'def Net_B : Net_Op<"b", [\n    Pure]> {\n  let summary = "b";\n}\n'
GOOD = {"dialects/net/P.td": GOOD_PASS, "dialects/net/O.td": GOOD_OP,
        "test/a.mlir": "RUN: --net-a", "test/dialects/net/ops.mlir": "net.b"}
CASES = [
    (GOOD, []),
    ({**GOOD, "dialects/net/P.td": GOOD_PASS.replace("summary", "title")}, ["has no summary"]),
    ({**GOOD, "dialects/net/P.td": GOOD_PASS.replace("After:", "Then:")}, ["`After:`"]),
    ({**GOOD, "dialects/net/P.td": GOOD_PASS.replace("test/a", "a")}, ["names no test"]),
    ({**GOOD, "dialects/net/P.td": GOOD_PASS.replace("test/a", "test/b")}, ["does not exist"]),
    ({**GOOD, "test/a.mlir": "RUN: --net-b"}, ["does not run --net-a"]),
    ({**GOOD, "dialects/net/O.td": GOOD_OP.replace("summary", "title")}, ["net.b has no summary"]),
    ({**GOOD, "test/dialects/net/ops.mlir": "net.bb"}, ["net.b stands in no test"]),
]

if __name__ == "__main__":
    tree.main("passes", violations, CASES)
