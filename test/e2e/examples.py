"""An example gives the rows it promises: examples.py IRHC FOLDER

FOLDER/expected.json: `flags` of the run, in the folder; `rows`, some of those it prints, each told
by its step (none outside of evolves), and by its `phase` where a run has several; `relative`, how
near their numbers must be; `source`, where they come from. Where it has a `figure`,
examples/figure.py draws it.
"""
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import programs


def place_of(row):
    return row.get("step"), row.get("phase")


def is_near(found, wanted, relative):
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(is_near, found, wanted,
                                                     [relative] * len(wanted)))
    return math.isclose(found, wanted, rel_tol=relative, abs_tol=0)


def draw_figure(irhc, folder):
    """What is wrong with the figure of the example; an SVG has a line for each column."""
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "figure.svg"
        command = [sys.executable, folder.parent / "figure.py", irhc, folder, file]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            return [f"{folder.name}: no figure: {result.stderr}"]
        root = xml.etree.ElementTree.parse(file).getroot()
    wanted = json.loads((folder / "expected.json").read_text())["figure"]["y"]
    lines = root.findall("{http://www.w3.org/2000/svg}polyline")
    return [] if len(lines) == len(wanted) else [f"{folder.name}: {len(lines)} lines in the figure"]


def main():
    irhc, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    expected = json.loads((folder / "expected.json").read_text())
    printed = programs.rows_of([irhc, "run", "model.irh", "--format=jsonl", *expected["flags"]],
                               cwd=folder)
    by_place = {place_of(row): row for row in printed}
    failures = []
    for wanted in expected["rows"]:
        found = by_place.get(place_of(wanted))
        if found is None:
            failures.append(f"{folder.name}: there is no row of step {wanted.get('step')}")
            continue
        for name, value in wanted.items():
            if not is_near(found[name], value, expected["relative"]):
                failures.append(f"{folder.name}, step {wanted.get('step')}: {name} = "
                                f"{found[name]}, expected {value}")
    if "figure" in expected:
        failures += draw_figure(irhc, folder)
    programs.finish(failures)


if __name__ == "__main__":
    main()
