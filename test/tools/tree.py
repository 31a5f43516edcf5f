"""What the checks of this folder share: the files of a tree, and how a check runs."""

import pathlib
import sys
import tempfile

# Programs of others that we measure against, as they were measured.
VERBATIM = "bench/baselines/"
SPDX = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"


def files(root, *suffixes):
    """Every file of ours below `root` with one of the suffixes, sorted; build folders are not."""
    found = []
    for top in sorted(pathlib.Path(root).iterdir()):
        if top.name.startswith((".", "build")):
            continue
        below = sorted(top.rglob("*")) if top.is_dir() else [top]
        found += [path for path in below if path.is_file() and path.name.endswith(suffixes)]
    return [path for path in found if not path.is_relative_to(root / VERBATIM)
            and "__pycache__" not in path.parts]


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def write_tree(root, contents):
    """Writes {path: text} below `root`."""
    for path, text in contents.items():
        target = pathlib.Path(root) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def self_test(violations, cases):
    """Each case is a tree and what must be found in it, in order: a part of each message."""
    for contents, expected in cases:
        with tempfile.TemporaryDirectory() as root:
            write_tree(root, contents)
            found = list(violations(pathlib.Path(root)))
        matches = len(found) == len(expected) and all(
            part in message for part, message in zip(expected, found))
        if not matches:
            sys.exit(f"self-test: expected {expected}, found {found}")
    print(f"self-test: {len(cases)} trees, as expected")


def main(name, violations, cases):
    """`check_NAME.py ROOT` or `check_NAME.py --self-test`."""
    if sys.argv[1:] == ["--self-test"]:
        return self_test(violations, cases)
    if len(sys.argv) != 2:
        sys.exit(f"usage: check_{name}.py ROOT | --self-test")
    found = list(violations(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or f"{name}: clean")
    sys.exit(bool(found))
