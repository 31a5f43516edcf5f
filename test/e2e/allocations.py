"""A step allocates nothing: allocations.py IRHC COUNTER

COUNTER, preloaded, counts every call for memory. The compiler's own calls differ by some tens from
run to run, as its tables are ordered by addresses; so 5000 steps more, with nothing to print, may
make 100 calls more, far from one for each step.
"""
import os
import pathlib
import sys
import tempfile

import programs


def count(counter, command, folder):
    path = pathlib.Path(folder) / "count"
    programs.output_of(command, env=os.environ | {"LD_PRELOAD": counter,
                                                  "IRH_ALLOCATIONS": str(path)})
    return int(path.read_text())


def main():
    irhc, counter = sys.argv[1:3]
    model = pathlib.Path(__file__).parent / "models" / "silent.irh"
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for flags in (["--threads", 1], ["--threads", 2], ["--ranks", 3]):
            command = [irhc, "run", model, *flags]
            few, many = (count(counter, command + ["--T", t], folder) for t in (1, 51))
            if few < 1000:
                failures.append(f"{flags}: {few} allocations in all: the counter does not work")
            if many - few > 100:
                failures.append(f"{flags}: 5000 steps more make {many - few} allocations more")
    programs.finish(failures)


if __name__ == "__main__":
    main()
