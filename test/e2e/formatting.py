"""Formatting changes no model of the tree: formatting.py IRHC ROOT

For every .irh that parses: the syntax tree and the comments stay, and the second time nothing
changes. The examples for people are written as `irhc fmt` would.
"""
import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile

import programs

# A string, so that what looks like a comment inside is none; or a comment.
COMMENT = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|(//[^\n]*|/\*.*?\*/)", re.DOTALL)
FORMATTED = ("examples/kuramoto/model.irh",)


def comments(text):
    return sorted(found.strip() for found in COMMENT.findall(text) if found)


def tree_of(irhc, path):
    return programs.run([irhc, "emit", "--stage=ast", path])


def complaints(irhc, path, folder):
    before = tree_of(irhc, path)
    if before.returncode != 0:
        return
    text = path.read_text(encoding="utf-8")
    formatted = programs.run([irhc, "fmt", "-"], input=text).stdout
    copy = folder / (re.sub(r"\W", "_", str(path)) + ".irh")
    copy.write_text(formatted, encoding="utf-8")
    if tree_of(irhc, copy).stdout != before.stdout:
        yield "formatting changes the tree"
    if comments(formatted) != comments(text):
        yield "formatting changes the comments"
    if programs.run([irhc, "fmt", "--check", copy]).returncode != 0:
        yield "formatting twice is not formatting once"
    if path.as_posix().endswith(FORMATTED) and formatted != text:
        yield "this is not formatted"


def main():
    irhc, root = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    models = [path for top in ("examples", "test") for path in sorted((root / top).rglob("*.irh"))]
    with tempfile.TemporaryDirectory() as name, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = pathlib.Path(name)
        found = pool.map(lambda path: list(complaints(irhc, path, folder)), models)
        failures = [f"{path.relative_to(root)}: {reason}"
                    for path, reasons in zip(models, found) for reason in reasons]
    if len(models) < 50:
        failures.append(f"only {len(models)} models")
    programs.finish(failures)


if __name__ == "__main__":
    main()
