"""The files of a run hold what its rows say, on any number of ranks: saving.py IRHC MODEL

Sums are exact and rounded once, so a sum over a saved column has the bits of the observed one.
"""
import csv
import io
import math
import pathlib
import sys
import tempfile

import programs


def tables(text):
    return [list(csv.DictReader(io.StringIO(part))) for part in text.split("\n\n")]


def value(cell):
    return None if cell == "" else float(cell)


def compare_formats(failures, lines, observed):
    """CSV and JSON have the same rows."""
    for table, rows in zip(lines, observed, strict=True):
        for cells, row in zip(table, rows, strict=True):
            real, imag = row.get("z", [None, None])
            expected = {**row, "z_re": real, "z_im": imag}
            if any(value(cell) != expected.get(name) for name, cell in cells.items()):
                failures.append(f"CSV says {cells}, JSON {row}")


def compare_sums(failures, folder, observed):
    with open(folder / "edges.csv", encoding="utf-8") as file:
        if sum(int(row["k"]) for row in csv.DictReader(file)) != observed[0][0]["edges"]:
            failures.append("edges.csv has another sum")
    with open(folder / "nodes.csv", encoding="utf-8") as file:
        nodes = list(csv.DictReader(file))
    for row in observed[1]:
        points = [node for node in nodes if float(node["t"]) == row["t"]]
        if (math.fsum(float(node["x"]) for node in points) != row["total"]
                or math.fsum(float(node["pull"]) for node in points) != row["drift"]
                or max(float(node["x"]) for node in points) != row["top"]):
            failures.append(f"nodes.csv has other values than the row {row}")
    if [node["id"] for node in nodes] != [str(i % 23) for i in range(5 * 23)]:
        failures.append("nodes.csv does not hold five times all nodes in their order")


def main():
    irhc, model = sys.argv[1:]
    failures = []
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)

        def run(folder, *flags):
            return programs.output_of([irhc, "run", model, "--out", root / folder, *flags])

        def files(folder):
            return {path.name: path.read_bytes() for path in (root / folder).iterdir()}

        text = run("one", "--format=csv")
        rows = programs.parse(run("json", "--format=jsonl"))
        observed = [rows[:1], rows[1:]]
        if sorted(files("one")) != ["both.h5", "edges.csv", "nodes.csv", "saving-2.csv",
                                    "saving.csv"]:
            failures.append(f"the run has left {sorted(files('one'))}")
        written = files("one")
        if text != (written["saving.csv"] + b"\n" + written["saving-2.csv"]).decode():
            failures.append("the tables in files are not those on stdout")
        compare_formats(failures, tables(text), observed)
        compare_sums(failures, root / "one", observed)
        for ranks in (2, 3):
            run(f"ranks-{ranks}", "--format=csv", f"--ranks={ranks}")
            if files(f"ranks-{ranks}") != written:
                failures.append(f"{ranks} ranks write other bytes")
        (root / "p.toml").write_text("shift = 9\n[saving]\nn = 31\n", encoding="utf-8")
        if (run("set", "--set", root / "p.toml", "--shift=2") !=
                run("flags", "--n=31", "--shift=2")):
            failures.append("a file of parameters says something else than flags")
    programs.finish(failures)


if __name__ == "__main__":
    main()
