"""Bugs that were mended stay so: regressions.py IRHC ORACLE FOLDER

Each model of the folder gives the oracle's rows and exit code. Numbers agree to 1e-12 of the
largest in their row: sums of a few terms differ by a few roundings.
"""
import pathlib
import sys

import programs

TOLERANCE = 1e-12


def numbers(row):
    for value in row.values():
        yield from value if isinstance(value, list) else [value]


def agree(ours, theirs):
    if [list(row) for row in ours] != [list(row) for row in theirs]:
        return False
    for mine, other in zip(ours, theirs):
        scale = max(1.0, *(abs(value) for value in numbers(other)))
        if any(abs(a - b) > TOLERANCE * scale for a, b in zip(numbers(mine), numbers(other))):
            return False
    return True


def main():
    irhc, oracle, folder = sys.argv[1:4]
    models = sorted(pathlib.Path(folder).glob("*.irh"))
    failures = [] if models else [f"{folder}: no models"]
    for model in models:
        ours = programs.run([irhc, "run", model, "--format=jsonl"])
        theirs = programs.run([oracle, model, "--format=jsonl"])
        same = agree(programs.parse(ours.stdout), programs.parse(theirs.stdout))
        if ours.returncode != theirs.returncode or not same:
            failures.append(f"{model.name}: irhc {ours.returncode}\n{ours.stdout}{ours.stderr}"
                            f"oracle {theirs.returncode}\n{theirs.stdout}{theirs.stderr}")
    programs.finish(failures)


if __name__ == "__main__":
    main()
