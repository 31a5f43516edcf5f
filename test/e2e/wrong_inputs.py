"""Each of twelve mistakes gives one error, at its place, with a remedy: wrong_inputs.py IRHC

Standard output stays empty and the exit code is 1.
"""
import dataclasses
import pathlib
import sys
import tempfile

import programs

MODEL = """\
model wrong {
  param N  : int  = 10 in 2..
  param dt : real = 0.1
  network G = ring(nodes: N)
  field x on G.nodes : real = id
  let twice = 2 * x
  evolve t from 0 to 1 by rk4(step: dt) {
    x' = -twice
    observe sx = sum(x)
  }
}
"""
READING = MODEL.replace("ring(nodes: N)", 'read("edges.csv")')


@dataclasses.dataclass
class Mistake:
    name: str
    place: str         # What the message begins with, before ": error".
    words: list        # All in the message: what is wrong, and what to do.
    model: str = MODEL
    flags: list = dataclasses.field(default_factory=list)
    edges: str = "src,dst\n0,1\n"


MISTAKES = [
    Mistake("a misspelt name", "wrong.irh:8:11", ["`twise`", "did you mean `twice`"],
            MODEL.replace("-twice", "-twise")),
    Mistake("a wrong type", "wrong.irh:4:27", ["`int`", "`real`"],
            MODEL.replace("nodes: N", "nodes: dt")),
    Mistake("a missing file", "wrong.irh:4:3", ["edges.csv", "cannot"], READING, edges=None),
    Mistake("a bad row", "wrong.irh:4:3", ["edges.csv:3", "`one`", "integer"], READING,
            edges="src,dst\n0,1\n1,one\n"),
    Mistake("a cyclic let", "wrong.irh:6:7", ["`twice`", "itself"],
            MODEL.replace("2 * x", "half + x\n  let half = twice / 4")),
    Mistake("a missing initial value", "wrong.irh:5:9", ["`x`", "initial value"],
            MODEL.replace(" = id", "")),
    Mistake("two rates for one field", "wrong.irh:9:5", ["`x`", "two"],
            MODEL.replace("-twice", "-twice\n    x' = 1")),
    Mistake("a parameter out of range", "", ["`--N`", "2..", "1"], flags=["--N", "1"]),
    Mistake("a ring of one node", "wrong.irh:4:3", ["ring", "3", "1"],
            MODEL.replace("in 2..", "in 1.."), flags=["--N", "1"]),
    Mistake("a step of zero", "wrong.irh:7:3", ["step", "positive", "0"], flags=["--dt", "0"]),
    Mistake("an unknown flag", "", ["`--thread`", "did you mean `--threads`"],
            flags=["--thread", "2"]),
    Mistake("an unknown method", "wrong.irh:7:27", ["`rk5`", "rk4"],
            MODEL.replace("rk4", "rk5")),
]


def complaints(irhc, mistake, folder):
    (folder / "wrong.irh").write_text(mistake.model)
    if mistake.edges is not None:
        (folder / "edges.csv").write_text(mistake.edges)
    done = programs.run([irhc, "run", "wrong.irh", "--format=jsonl", *mistake.flags], cwd=folder)
    errors = [line for line in done.stderr.splitlines() if "error" in line]
    if done.returncode != 1:
        yield f"exit code {done.returncode}"
    if done.stdout:
        yield f"prints {done.stdout!r}"
    if len(errors) != 1:
        yield f"{len(errors)} errors"
    if not errors or not errors[0].startswith((mistake.place + ": " if mistake.place else "")
                                              + "error"):
        yield f"the error is not at {mistake.place or 'the command line'}"
    yield from (f"says nothing of {word}" for word in mistake.words if word not in done.stderr)
    if "internal error" in done.stderr or "Stack dump" in done.stderr:
        yield "blames the compiler"


def main():
    irhc = pathlib.Path(sys.argv[1]).resolve()
    failures = []
    for mistake in MISTAKES:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            found = list(complaints(irhc, mistake, folder))
            if found:
                text = programs.run([irhc, "run", "wrong.irh", *mistake.flags], cwd=folder).stderr
                failures.append(f"{mistake.name}: {'; '.join(found)}\n{text}")
    programs.finish(failures)


if __name__ == "__main__":
    main()
