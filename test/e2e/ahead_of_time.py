"""A program that was built prints what `irhc run` prints: ahead_of_time.py IRHC MODEL [scattered N]

Byte for byte, on one thread, two threads and three ranks. With `scattered N` the model reads a
network of N nodes that is made here. A MODEL that is a folder is an example: it is run there, on
one thread, with the flags of its expected.json.
"""
import json
import pathlib
import sys
import tempfile

import networks
import programs

TEAMS = (["--threads", 1], ["--threads", 2], ["--ranks", 3])


def compare(irhc, model, teams, flags, least_rows=2, **options):
    """What is wrong, if anything."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program"
        programs.output_of([irhc, "build", model, "-o", program], **options)
        for team in teams:
            rest = ["--format=jsonl", *flags, *team]
            printed = programs.output_of([irhc, "run", model, *rest], **options)
            if printed.count("\n") < least_rows:
                yield f"{model}: too few rows to compare"
            if programs.output_of([program, *rest], **options) != printed:
                yield f"{model} {team}: the program prints other bits than irhc run"


def main():
    irhc, model, *words = sys.argv[1:]
    example = pathlib.Path(model)
    if example.is_dir():
        expected = json.loads((example / "expected.json").read_text())
        irhc = pathlib.Path(irhc).resolve()
        least = min(2, len(expected["rows"]))
        return list(compare(irhc, "model.irh", TEAMS[:1], expected["flags"], least, cwd=example))
    with tempfile.TemporaryDirectory() as folder:
        flags = networks.flags_of(words, folder)
        return list(compare(irhc, model, TEAMS, flags))


if __name__ == "__main__":
    programs.finish(main())
