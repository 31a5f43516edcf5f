"""Fails if the documents say something about the compiler that is not so.

usage: check_docs.py IRHC ROOT

In README.md and the documents of docs/ and examples/:
- an `irh` block that declares a model passes `irhc check`, and one that bears the words "whole:"
  before it equals the file that they name;
- an `irh` block whose first line is `// NAME.irh` is a file of that name, for commands below it;
- in a `console` block, `$ ./dev run ...` and `$ irhc ...` are run, and print what follows; a line `...`
  stands for any lines;
- a link to a file leads to one.
"""
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
WHOLE = re.compile(r"\]\(([^)]+\.irh)\), whole:\s*\Z")
FILE_NAME = re.compile(r"// ([\w-]+\.irh)\n")
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.M)


def documents(root):
    yield from sorted(root.glob("*.md"))
    yield from sorted((root / "docs").rglob("*.md"))
    yield from sorted((root / "examples").rglob("*.md"))


def matches(expected, actual):
    """Whether the lines are the same, where `...` in `expected` stands for any number of lines."""
    parts = [re.escape(line) for line in expected]
    pattern = "".join(r"(?:.*\n)*" if part == r"\.\.\." else part + r"\n" for part in parts)
    return re.fullmatch(pattern, "".join(line + "\n" for line in actual)) is not None


class Checker:
    def __init__(self, irhc, root):
        self.irhc = str(irhc.resolve())
        self.root = root.resolve()
        self.problems = []
        self.num_checked = 0

    def complain(self, document, offset, message):
        line = document.read_text().count("\n", 0, offset) + 1
        self.problems.append(f"{document.relative_to(self.root)}:{line}: {message}")

    def run(self, words, folder):
        result = subprocess.run([self.irhc, *words], cwd=folder, text=True, timeout=60,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return result.returncode, result.stdout

    def check_model(self, document, offset, text, folder):
        file = folder / "document.irh"
        file.write_text(text)
        code, output = self.run(["check", file.name], folder)
        if code != 0 or output:
            self.complain(document, offset, f"the model is refused:\n{output}")

    def check_command(self, document, offset, command, shown, folder):
        words = command.split()
        if words[:2] == ["./dev", "run"]:
            words = ["irhc"] + words[1:]
        if words[0] != "irhc":
            return
        self.num_checked += 1
        _, output = self.run(words[1:], folder)
        expected, actual = shown.splitlines(), output.splitlines()
        if not matches(expected, actual):
            difference = "\n".join(difflib.unified_diff(expected, actual, "shown", "real", "", "", 1, ""))
            self.complain(document, offset, f"`{command}` prints something else:\n{difference}")

    def check_block(self, document, text, block, folder):
        kind, body = block.groups()
        name = FILE_NAME.match(body)
        whole = WHOLE.search(text, 0, block.start())
        if kind == "irh" and whole and body != (document.parent / whole[1]).read_text():
            self.complain(document, block.start(), f"this is not what {whole[1]} holds")
        if kind == "irh" and name:
            (folder / name[1]).write_text(body)
        elif kind == "irh" and re.search(r"^model ", body, re.M):
            self.num_checked += 1
            self.check_model(document, block.start(), body, folder)
        elif kind == "console":
            for found in COMMAND.finditer(body):
                self.check_command(document, block.start(2) + found.start(), *found.groups(), folder)

    def check_links(self, document, text):
        for link in LINK.finditer(text):
            if not (document.parent / link[1]).exists():
                self.complain(document, link.start(), f"no file {link[1]}")

    def check_document(self, document):
        text = document.read_text()
        self.check_links(document, text)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "examples").symlink_to(self.root / "examples")
            for block in BLOCK.finditer(text):
                self.check_block(document, text, block, folder)


def main():
    checker = Checker(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    for document in documents(checker.root):
        checker.check_document(document)
    print("\n".join(checker.problems) or f"docs: {checker.num_checked} models and commands hold")
    return bool(checker.problems)


if __name__ == "__main__":
    sys.exit(main())
