"""What goes wrong on one rank ends all of them: mpi_failures.py IRHC MODEL

One message where all fail alike, and where one fails alone; a rank that is killed ends the others
within 10 seconds, with its number; what was killed on 3 ranks goes on on 2 and on 1, to the bits of
a run that was not. MODEL writes rows, saves fields and has checkpoints.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import mpirun
import programs

MOST_SECONDS = 10
WRONG = """model wrong {
  network G = ring(nodes: 5)
  field x on H.nodes : real = id
}
"""
APART = """model apart {
  network G = erdos_renyi(nodes: 100, p: 0)
  field x on G.nodes : int = id
  evolve for 1000000000 steps by euler(step: 1) {
    after step { x = mod(x + 1, 7) }
    save x every 5 steps -> "x.csv"
  }
}
"""
# Writes the number of its process before it becomes the program.
NOTED = 'echo $$ > "$0.$OMPI_COMM_WORLD_RANK.new"; mv "$0.$OMPI_COMM_WORLD_RANK.new" ' \
        '"$0.$OMPI_COMM_WORLD_RANK"; exec "$@"'


def is_running(number):
    """Of a process; one that has ended may wait for its parent."""
    try:
        state = pathlib.Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Trial:
    def __init__(self, irhc, model, folder):
        self.irhc = pathlib.Path(irhc).resolve()
        self.folder = pathlib.Path(folder)
        self.program = self.folder / "program"
        self.failures = []
        programs.output_of([self.irhc, "build", model, "-o", self.program])

    def run(self, num_ranks, *command):
        return programs.run(mpirun.command(num_ranks, command), cwd=self.folder,
                            env=mpirun.environment())

    def expect(self, name, done, message, code=1):
        """All of the messages is one line, or one diagnostic, that holds these words."""
        said = done.stderr.count("error")
        if done.returncode != code or said != 1 or message not in done.stderr:
            self.failures.append(f"{name}: exit code {done.returncode}, {said} errors\n"
                                 + done.stderr)

    def fail_alike(self):
        (self.folder / "wrong.irh").write_text(WRONG)
        self.expect("a wrong model", self.run(3, self.irhc, "run", "wrong.irh"), "wrong.irh:3:14")
        self.expect("a wrong flag", self.run(3, self.program, "--M", "3"), "unknown flag `--M`")
        self.expect("other ranks", self.run(3, self.program, "--ranks=2"), "mpirun has started 3")
        self.expect("a wrong value", self.run(3, self.program, "--N", "20", "--T", "-1"), ":20:3:")
        shown = self.run(3, self.program, "--help").stdout
        if shown.count("parameters:") != 1:
            self.failures.append(f"--help prints\n{shown}")

    def fail_alone(self):
        """Rank 0 cannot write; the others wait for it."""
        out = self.folder / "full"
        out.mkdir()
        (out / "nodes.csv").symlink_to("/dev/full")
        self.expect("a full disk", self.run(3, self.program, "--out", out), "nodes.csv")

    def fail_where_nobody_waits(self):
        """Ranks without cut edges never hear of each other but by asking."""
        (self.folder / "apart.irh").write_text(APART)
        out = self.folder / "apart"
        out.mkdir()
        (out / "x.csv").symlink_to("/dev/full")
        start = time.monotonic()
        self.expect("a full disk, apart", self.run(2, self.irhc, "run", "apart.irh", "--out", out),
                    "x.csv")
        if time.monotonic() - start > MOST_SECONDS:
            self.failures.append("a rank that waits for nobody went on")

    def fail_to_compile_alone(self):
        """mpirun gives its input to rank 0."""
        text = (self.folder / "apart.irh").read_text().replace("1000000000", "5")
        done = programs.run(mpirun.command(2, [self.irhc, "run", "/dev/stdin"]), input=text,
                            cwd=self.folder, env=mpirun.environment())
        self.expect("a model that rank 0 alone can read", done, "/dev/stdin")

    def kill(self, num_ranks, victim, out, is_time):
        """Starts the program and kills one rank once it is time."""
        note = self.folder / "process"
        command = ["bash", "-c", NOTED, note, self.program, "--format=jsonl", "--seed=3", "--out",
                   out]
        with subprocess.Popen(mpirun.command(num_ranks, command, quiet=False),
                              env=mpirun.environment(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as process:
            while not is_time():
                if process.poll() is not None:
                    sys.exit(f"ended before it could be killed\n{process.stderr.read()}")
                time.sleep(0.01)
            numbers = [int((self.folder / f"process.{rank}").read_text())
                       for rank in range(num_ranks)]
            os.kill(numbers[victim], signal.SIGKILL)
            start = time.monotonic()
            _, messages = process.communicate()
        while any(map(is_running, numbers)) and time.monotonic() - start < MOST_SECONDS:
            time.sleep(0.01)
        left = list(filter(is_running, numbers))
        if time.monotonic() - start > MOST_SECONDS or f"rank {victim}" not in messages:
            self.failures.append(f"rank {victim} of {num_ranks} was killed, and {left} go on\n"
                                 + messages)

    def kill_and_resume(self):
        whole, out = self.folder / "whole", self.folder / "out"
        flags = ["--format=jsonl", "--seed=3", "--out"]
        programs.output_of([self.program, *flags, whole])
        self.kill(3, 1, out, lambda: any(out.glob("*.checkpoint")))
        for num_ranks in (1, 2):
            again = self.folder / f"again-{num_ranks}"
            shutil.copytree(out, again)
            done = self.run(num_ranks, self.program, *flags, again, "--resume")
            if done.returncode != 0:
                self.failures.append(f"resumed on {num_ranks}: {done.stderr}")
            # Bytes of HDF5 depend on the order of its writes.
            for path in sorted(whole.iterdir()):
                if path.suffix != ".h5" and (again / path.name).read_bytes() != path.read_bytes():
                    self.failures.append(f"resumed on {num_ranks}: {path.name} has other bits")


def main():
    irhc, model = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(irhc, model, folder)
        trial.fail_alike()
        trial.fail_alone()
        trial.fail_where_nobody_waits()
        trial.fail_to_compile_alone()
        trial.kill_and_resume()
    programs.finish(trial.failures)


if __name__ == "__main__":
    main()
