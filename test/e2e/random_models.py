"""Models drawn at random mean the same to irhc and to the oracle, however they are run.

random_models.py IRHC ORACLE PART COUNT [KEEP]

Model number n is a function of n alone; part number PART has COUNT of them. In a full test
(IRH_FULL=1) a part is ten times as large, under sanitizers a third. Each model is

- run by irhc on one thread, and by the oracle: numbers agree to 1e-12 of the larger of 1 and their
  size, which random_terms and random_program derive;
- built ahead of time, and that program run on 2 and 3 threads, on 2 and 3 ranks, each cut by a
  method of its own, and with the rows of its edge files in another order: the same bits as irhc's
  each time, in saved files too.

Where dopri5 chooses the steps, their lengths follow an estimate of the error, a small difference of
large numbers: it holds 7 digits or more, so rows before the last are compared to 1e-7.

A model that fails is made smaller and printed with its files and the command, or left in the folder
KEEP.
"""
import math
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile

import programs
import random_networks
import random_program
import random_shrink

TOLERANCE = 1e-12
TOLERANCE_OF_CHOSEN_STEPS = 1e-7
LEGS = {"--threads=2": ["--threads=2"], "--threads=3": ["--threads=3"],
        "--ranks=2": ["--ranks=2", "--partition=bisection"],
        "--ranks=3": ["--ranks=3", "--partition=metis"], "shuffled edges": ["--threads=2"],
        "emulated devices": ["--ranks=2"]}


def agree(found, wanted, tolerance):
    if type(found) is not type(wanted):
        return False
    if isinstance(found, list):
        scale = max(1, *map(abs, wanted))
        return all(math.isclose(a, b, rel_tol=0, abs_tol=tolerance * scale)
                   for a, b in zip(found, wanted, strict=True))
    if isinstance(found, float):
        return math.isclose(found, wanted, rel_tol=0, abs_tol=tolerance * max(1, abs(wanted)))
    return found == wanted


def is_inside_adaptive(rows, number):
    """Whether the row is of dopri5, whose time is called `a`, and not the last of its evolve."""
    row = rows[number]
    return "a" in row and number + 1 < len(rows) and rows[number + 1].get("step", -1) > row["step"]


def difference(found, wanted):
    """The first one; nothing if the rows agree."""
    for number, (row, truth) in enumerate(zip(found, wanted)):
        if list(row) != list(truth):
            return f"row {number}: columns {list(row)}, the oracle has {list(truth)}"
        tolerance = (TOLERANCE_OF_CHOSEN_STEPS if is_inside_adaptive(wanted, number)
                     else TOLERANCE)
        for name in row:
            if not agree(row[name], truth[name], tolerance):
                return f"row {number}: {name} = {row[name]}, the oracle has {truth[name]}"
    if len(found) != len(wanted):
        return f"{len(found)} rows, the oracle has {len(wanted)}"
    return None


class Trial:
    """Runs programs in a folder of their own."""

    def __init__(self, irhc, oracle, folder):
        self.irhc = pathlib.Path(irhc).resolve()
        self.oracle = pathlib.Path(oracle).resolve()
        self.folder = pathlib.Path(folder)

    def write(self, program):
        for name, shuffle in (("plain", None), ("shuffled", random.Random(program.number))):
            folder = self.folder / name
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            (folder / "model.irh").write_text(program.text())
            for network in program.networks:
                random_networks.write_files(network, folder, shuffle)

    def run(self, command, folder="plain"):
        return programs.run(command, cwd=self.folder / folder)

    def saved(self, folder, is_sorted):
        """The lines of the files that a run has saved; those of edges stand in their file's order,
        so a run on shuffled files has them sorted."""
        files = {}
        for path in (self.folder / folder).glob("saved-*.csv"):
            lines = path.read_text().splitlines()
            files[path.name] = sorted(lines) if is_sorted else lines
            path.unlink()
        return files

    def by_irhc(self):
        return self.run([self.irhc, "run", "model.irh", "--format=jsonl", "--threads=1"])

    def trouble(self, program, only=None):
        """What is wrong, as (kind, text); `only`: looks for trouble of this kind alone."""
        self.write(program)
        found = self.by_irhc()
        if only not in LEGS:
            wanted = self.run([self.oracle, "model.irh"])
            if found.returncode != wanted.returncode:
                return (f"exit code {found.returncode}", f"the oracle's is {wanted.returncode}\n"
                        + found.stderr[:2000] + wanted.stderr[:2000])
            if found.returncode != 0:
                first = found.stderr.partition("\n")[0]
                reason = re.search(r"E\d{4}|[^:]*$", first)[0].strip()
                return f"both refuse ({reason})", found.stderr[:2000]
            wrong = difference(programs.parse(found.stdout), programs.parse(wanted.stdout))
            if wrong:
                return "difference", wrong
        return self.trouble_of_legs(found.stdout, [only] if only in LEGS else LEGS)

    def trouble_of_legs(self, truth, legs):
        saved = self.saved("plain", is_sorted=False)
        program = self.folder / "program"
        built = self.run([self.irhc, "build", "model.irh", "-o", program])
        if built.returncode != 0:
            return "build", built.stderr[:2000]
        for leg in legs:
            folder = "shuffled" if leg == "shuffled edges" else "plain"
            is_device = leg == "emulated devices"
            start = [self.irhc, "run", "model.irh", "--target=emulated"] if is_device else [program]
            done = self.run([*start, "--format=jsonl", *LEGS[leg]], folder)
            is_sorted = folder == "shuffled"
            wanted = {name: sorted(lines) if is_sorted else lines for name, lines in saved.items()}
            is_same = done.stdout == truth and self.saved(folder, is_sorted) == wanted
            if done.returncode != 0 or not is_same:
                return leg, (f"other bits than irhc on one thread, exit code {done.returncode}\n"
                             + done.stderr[:2000])
        return None


def report(trial, program, first, keep):
    """The program made small, with what is wrong with it; `first`: the trouble as it was found."""
    kind, text = first
    def still_fails(smaller):
        trouble = trial.trouble(smaller, kind)
        return trouble is not None and trouble[0] == kind

    program = random_shrink.shrink(program, still_fails, most_runs=400)
    again = trial.trouble(program, kind)
    text = again[1] if again else f"{text}\n(once; not when run again)"
    lines = [f"model {program.number}, {kind}: {text}", program.text()]
    if keep:
        place = keep / f"random-{program.number}"
        shutil.copytree(trial.folder / "plain", place, dirs_exist_ok=True)
        lines.append(f"in {place}: irhc run model.irh --format=jsonl --threads=1")
    else:
        for network in program.networks:
            for path, (head, rows) in network.files.items():
                lines.append(f"--- {path}\n" + "\n".join(head + rows))
        lines.append("irhc run model.irh --format=jsonl --threads=1")
    return "\n".join(lines)


def main():
    irhc, oracle = sys.argv[1:3]
    part, count = int(sys.argv[3]), int(sys.argv[4])
    count *= 10 if os.environ.get("IRH_FULL") == "1" else 1
    keep = pathlib.Path(sys.argv[5]).resolve() if len(sys.argv) > 5 else None
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(irhc, oracle, folder)
        for number in range(part * count, part * count + programs.share(count)):
            program = random_program.draw_program(number)
            trouble = trial.trouble(program)
            if trouble:
                failures.append(report(trial, program, trouble, keep))
    programs.finish(failures)


if __name__ == "__main__":
    main()
