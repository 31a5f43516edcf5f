"""Fails if a diagnostic is expected by no test, or two of them share a code or a name."""

import re

import tree

TABLE = "compiler/Diag/Diagnostics.def"
ENTRY = re.compile(r"IRH_DIAG\((\w+), (Error|Warning), \"(\w+)\"")
CODE = re.compile(r"\b[EW]\d{4}\b")


def violations(root):
    expected = set()
    for path in tree.files(root, ".irh", ".test", ".cpp", ".h", ".py", ".mlir", ".json"):
        name = path.relative_to(root).as_posix()
        if name.startswith("test/") and not name.startswith("test/tools/"):
            expected.update(CODE.findall(path.read_text(encoding="utf-8", errors="replace")))
    seen = set()
    for number, line in enumerate(tree.lines(root / TABLE), 1):
        match = ENTRY.match(line)
        if line.startswith("IRH_DIAG(") and not match:
            yield f"{TABLE}:{number}: this entry cannot be read"
        if not match:
            continue
        name, severity, code = match.groups()
        where = f"{TABLE}:{number}: {code} {name}"
        if code[0] != severity[0]:
            yield f"{where}: the letter of the code says something else than `{severity}`"
        if name in seen or code in seen:
            yield f"{where}: the name or the code is taken"
        seen.update((name, code))
        if code not in expected:
            yield f"{where}: no test expects it"


GOOD = 'IRH_DIAG(Bad, Error, "E0001", "no")\n'
CASES = [
    ({TABLE: GOOD, "test/a.irh": "// CHECK: error[E0001]\n"}, []),
    ({TABLE: GOOD, "test/a.irh": "// nothing\n"}, ["E0001 Bad: no test expects it"]),
    ({TABLE: GOOD, "test/tools/a.py": "E0001"}, ["no test expects it"]),
    ({TABLE: GOOD + GOOD, "test/a.irh": "E0001"}, ["is taken"]),
    ({TABLE: 'IRH_DIAG(Bad, Warning, "E0001", "no")\n', "test/a.irh": "E0001"}, ["the letter"]),
    ({TABLE: "IRH_DIAG(Bad)\n"}, ["cannot be read"]),
]

if __name__ == "__main__":
    tree.main("diagnostics", violations, CASES)
