"""Fails if the documents say something about the compiler that is not so.

In the Markdown files of the root, of docs/ and of examples/:
- an `irh` block that declares a model passes `irhc check` in silence, and one that stands below
  `[...](FILE.irh), whole:` equals that file;
- an `irh` block whose first line is `// NAME.irh` is a file of that name, for commands below it;
- in a `console` block, `$ ./dev run ...` and `$ irhc ...` are run, and print what follows, stdout
  and stderr together; a line `...` stands for any lines;
- a link to a file leads to one.
"""

import difflib
import functools
import itertools
import pathlib
import re
import subprocess
import sys
import tempfile

import tree

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
WHOLE = re.compile(r"\]\(([^)]+\.irh)\), whole:\s*\Z")
FILE_NAME = re.compile(r"// ([\w-]+\.irh)\n")
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
MOST_LINES = 40  # of a difference
MOST_SECONDS = 300


def documents(root):
    for top in (root, root / "docs", root / "examples"):
        found = top.glob("*.md") if top == root else top.rglob("*.md")
        yield from sorted(found)


def run(irhc, words, folder):
    result = subprocess.run([irhc, *words], cwd=folder, text=True, timeout=MOST_SECONDS,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return result.returncode, result.stdout


def matches(expected, actual):
    """Whether the lines are the same, where `...` in `expected` stands for any number of lines."""
    parts = (r"(?:.*\n)*" if line == "..." else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch("".join(parts), "".join(line + "\n" for line in actual)) is not None


def model_violations(irhc, text, folder):
    (folder / "document.irh").write_text(text, encoding="utf-8")
    code, output = run(irhc, ["check", "document.irh"], folder)
    if code != 0 or output:
        yield f"`irhc check` says of this model:\n{output}"


def command_violations(irhc, command, shown, folder):
    words = command.replace("./dev run", "irhc run", 1).split()
    if words[0] != "irhc":
        return
    expected, actual = shown.splitlines(), run(irhc, words[1:], folder)[1].splitlines()
    if not matches(expected, actual):
        difference = difflib.unified_diff(expected, actual, "shown", "real", n=1, lineterm="")
        few = "\n".join(itertools.islice(difference, MOST_LINES))
        yield f"`{command}` prints something else:\n{few}"


def irh_violations(irhc, block, folder):
    name = FILE_NAME.match(block[2])
    if name:
        (folder / name[1]).write_text(block[2], encoding="utf-8")
    elif re.search(r"^model ", block[2], re.MULTILINE):
        yield from model_violations(irhc, block[2], folder)


def document_violations(irhc, path, text, folder):
    """(offset, what is wrong there)."""
    for link in LINK.finditer(text):
        if not (path.parent / link[1]).exists():
            yield link.start(), f"there is no file {link[1]}"
    for block in BLOCK.finditer(text):
        whole = WHOLE.search(text, 0, block.start())
        file = path.parent / whole[1] if whole else None
        if file and file.exists() and file.read_text(encoding="utf-8") != block[2]:
            yield block.start(), f"this is not what {whole[1]} holds"
        if block[1] == "irh":
            for reason in irh_violations(irhc, block, folder):
                yield block.start(), reason
        elif block[1] == "console":
            for command in COMMAND.finditer(block[2]):
                for reason in command_violations(irhc, command[1], command[2], folder):
                    yield block.start(2) + command.start(), reason


def violations(irhc, root):
    for path in documents(root):
        text = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "examples").symlink_to((root / "examples").resolve())
            for offset, reason in document_violations(irhc, path, text, folder):
                line = text.count("\n", 0, offset) + 1
                yield f"{path.relative_to(root).as_posix()}:{line}: {reason}"


GOOD = "model a {\n  network G = ring(nodes: 5)\n  observe n = count(G.nodes)\n}\n"
BAD = GOOD.replace("nodes: 5", "knots: 5")
ROW = "       n\n       5\n"
CASES = [
    ({"a.md": f"[a](a.irh), whole:\n\n```irh\n{GOOD}```\n", "a.irh": GOOD}, []),
    ({"a.md": f"[a](a.irh), whole:\n\n```irh\n{GOOD}```\n", "a.irh": BAD}, ["a.md:3: this is not"]),
    ({"docs/a.md": f"```irh\n{BAD}```\n"}, ["docs/a.md:1: `irhc check` says"]),
    ({"a.md": f"```irh\n// b.irh\n{BAD}```\n"}, []),
    ({"a.md": f"```irh\n// b.irh\n{GOOD}```\n```console\n$ irhc run b.irh\n{ROW}```\n"}, []),
    ({"a.md": f"```irh\n// b.irh\n{GOOD}```\n```console\n$ irhc run b.irh\n...\n```\n"}, []),
    ({"examples/a.irh": GOOD, "a.md": "```console\n$ ./dev run examples/a.irh\n       6\n```\n"},
     ["a.md:2: `./dev run examples/a.irh` prints something else"]),
    ({"a.md": "[b](b.md#c) [d](https://example.org/d)\n"}, ["a.md:1: there is no file b.md"]),
]


def main():
    """`check_docs.py IRHC ROOT` or `check_docs.py IRHC --self-test`."""
    if len(sys.argv) != 3:
        sys.exit("usage: check_docs.py IRHC ROOT | IRHC --self-test")
    irhc = str(pathlib.Path(sys.argv.pop(1)).resolve())
    tree.main("docs", functools.partial(violations, irhc), CASES)


if __name__ == "__main__":
    main()
