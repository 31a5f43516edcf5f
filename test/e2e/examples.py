"""An example gives the rows it promises: examples.py IRHC FOLDER

FOLDER/expected.json: `flags` of the run, in the folder; `rows`, some of those it prints, each told
by its step; `relative`, how near their numbers must be; `source`, where they come from.
"""
import json
import math
import pathlib
import sys

import programs


def main():
    irhc, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    expected = json.loads((folder / "expected.json").read_text())
    printed = programs.rows_of([irhc, "run", "model.irh", "--format=jsonl", *expected["flags"]],
                               cwd=folder)
    by_step = {row["step"]: row for row in printed}
    failures = []
    for wanted in expected["rows"]:
        found = by_step.get(wanted["step"])
        if found is None:
            failures.append(f"{folder.name}: there is no row of step {wanted['step']}")
            continue
        for name, value in wanted.items():
            if not math.isclose(found[name], value, rel_tol=expected["relative"], abs_tol=0):
                failures.append(f"{folder.name}, step {wanted['step']}: {name} = {found[name]}, "
                                f"expected {value}")
    programs.finish(failures)


if __name__ == "__main__":
    main()
