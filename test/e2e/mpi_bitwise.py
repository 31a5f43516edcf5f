"""The same bits under mpirun: mpi_bitwise.py IRHC MODEL [flags]

A program that was built, and `irhc run` on 2 ranks, print on every number of ranks and threads what
one thread prints alone, however the network is cut. MODEL is the folder of an example, run there
with the flags of its expected.json; other flags come after those. Each number of ranks and threads
has one partition; all of them where IRH_FULL=1 (`./dev test --full`).
"""
import itertools
import json
import os
import pathlib
import sys
import tempfile

import mpirun
import programs

RANKS = (1, 2, 3, 4)
THREADS = (1, 2)
PARTITIONS = ("hilbert", "metis", "blocks")


def cases():
    whole = list(itertools.product(RANKS, THREADS, PARTITIONS))
    if os.environ.get("IRH_FULL") == "1":
        return whole
    # With 3 partitions and steps of 4, each partition meets several numbers of ranks.
    return whole[::4] + whole[2::8]


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

        for num_ranks, num_threads, partition in cases():
            compare(num_ranks, [program, *rest, f"--threads={num_threads}",
                                f"--partition={partition}"])
        compare(2, [irhc, "run", "model.irh", *rest, "--threads=1"])
    programs.finish(failures)


if __name__ == "__main__":
    main()
