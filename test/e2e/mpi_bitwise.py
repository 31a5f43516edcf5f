"""The same bits under mpirun: mpi_bitwise.py IRHC MODEL [flags]

A program that was built, and `irhc run` on 2 ranks, print on every number of ranks and threads what
one thread prints alone. A MODEL that is a folder is an example, run there with the flags of its
expected.json; other flags come after those.
"""
import json
import pathlib
import sys
import tempfile

import mpirun
import programs


def main():
    irhc, model, *flags = sys.argv[1:]
    irhc = pathlib.Path(irhc).resolve()
    place = pathlib.Path(model)
    flags = json.loads((place / "expected.json").read_text())["flags"] + flags
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program"
        programs.output_of([irhc, "build", "model.irh", "-o", program], cwd=place)
        rest = ["--format=jsonl", *flags]
        alone = programs.output_of([program, *rest, "--threads=1"], cwd=place)
        if alone.count("\n") < 2:
            failures.append(f"{model}: too few rows to compare")

        def compare(num_ranks, command):
            under = mpirun.command(num_ranks, command)
            if programs.output_of(under, cwd=place, env=mpirun.environment()) != alone:
                failures.append(f"{' '.join(under)}\nprints other bits than one thread alone")

        for num_ranks in (1, 2, 3, 4):
            for num_threads in (1, 2):
                compare(num_ranks, [program, *rest, f"--threads={num_threads}"])
        compare(2, [irhc, "run", "model.irh", *rest, "--threads=1"])
    programs.finish(failures)


if __name__ == "__main__":
    main()
