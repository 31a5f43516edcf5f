"""What a plan says is what a run sends: plan.py IRHC MODEL

The bytes and messages of a step, for any number of ranks and any partition, against the difference
between runs of 10 and of 20 steps; and both ways to ask for a plan.
"""
import re
import sys
import tempfile
import pathlib

import programs

CASES = [(1, "blocks"), (2, "auto"), (3, "metis"), (3, "blocks"), (5, "hilbert"), (4, "bisection")]
VOLUME = re.compile(r"(\d+) bytes in (\d+) messages")


def volumes(text):
    """The bytes and messages that a text tells, one pair for each time."""
    return [tuple(map(int, found)) for found in VOLUME.findall(text)]


STOPS = """model stops {
  network G = ring(nodes: 9)
  field x on G.nodes : real = id
  evolve t from 0 to 1 by euler(step: 0.1) {
    x' = -x
    checkpoint every 1 steps
    check t < 0.5, "far enough"
  }
  save x -> "folder/x.csv"
}
"""


def leaves_files_alone(irhc, folder):
    """A checkpoint, a folder that is not there."""
    model, out = pathlib.Path(folder) / "stops.irh", pathlib.Path(folder) / "out"
    model.write_text(STOPS)
    (out / "folder").mkdir(parents=True)
    programs.run([irhc, "run", model, "--out", out])
    programs.output_of([irhc, "plan", model, "--out", out, "--resume"])
    if not (out / "stops.checkpoint").exists():
        yield "a plan takes the checkpoint away"
    programs.output_of([irhc, "plan", model, "--out", out / "new"])
    if (out / "new").exists():
        yield "a plan makes a folder"


def main():
    irhc, model = sys.argv[1:]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program"
        programs.output_of([irhc, "build", model, "-o", program])
        for num_ranks, partition in CASES:
            flags = [f"--ranks={num_ranks}", f"--partition={partition}"]
            plan = programs.output_of([irhc, "plan", model, *flags])
            if programs.output_of([program, "--plan", *flags]) != plan:
                failures.append(f"{flags}: --plan and irhc plan differ")
            steps = volumes(plan)
            if plan.count("ghosts") != 2 or len(steps) != 2:
                failures.append(f"{flags}: two networks and two evolves\n{plan}")
                continue

            def sent(num_steps):
                run = programs.run([program, *flags, f"--steps={num_steps}", "--traffic",
                                    "--format=jsonl"])
                return volumes(run.stderr)[0]

            measured = [(more - less) / 10 for less, more in zip(sent(10), sent(20))]
            planned = [sum(numbers) for numbers in zip(*steps)]
            if measured != planned or (num_ranks > 1) != (planned[0] > 0):
                failures.append(f"{flags}: planned to send {planned} a step, and sent {measured}")
        failures += leaves_files_alone(irhc, folder)
    programs.finish(failures)


if __name__ == "__main__":
    main()
