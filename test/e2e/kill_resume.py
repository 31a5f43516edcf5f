"""A run that is killed and resumed writes the bits of one that is not: kill_resume.py IRHC MODEL

Kills a run with SIGKILL at random moments of its life, start-up and all, and resumes it each time,
a few times over; then it may come to its end, and another starts, until so many kills are done.
Half of them are of runs on one thread, half of runs on three ranks, some of which go on on one.
There are 5 kills, or 50 where IRH_FULL=1 (`./dev test --full`).
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

SHAPES = [["--threads", "1"], ["--ranks", "3", "--threads", "1"]]
FLAGS = ["--format=jsonl", "--seed=3"]
KILLS_OF_A_RUN = 4


def written(folder):
    """All that the run has left but HDF5, whose bytes depend on the order of its writes."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())
            if path.suffix != ".h5"}


def finish(command):
    """Runs to the end; gives the seconds that took."""
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nexit code {done.returncode}\n{done.stderr}")
    return time.monotonic() - start


def is_killed(command, seconds):
    """Kills the run after so long; False if it came to its end before."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            _, messages = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return process.returncode == -signal.SIGKILL
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}\nexit code {process.returncode}\n{messages.decode()}")
    return False


def main():
    irhc, model = sys.argv[1:]
    num_kills = 50 if os.environ.get("IRH_FULL") == "1" else 5
    moments = random.Random(num_kills)
    # In memory where there is such a folder: a checkpoint waits for its disk.
    memory = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as root:
        program = str(pathlib.Path(root) / "program")
        finish([irhc, "build", model, "-o", program])

        def command(folder, shape):
            return [program, *FLAGS, *shape, "--out", str(folder)]

        whole = pathlib.Path(root) / "whole"
        seconds = finish(command(whole, SHAPES[0]))
        expected = written(whole)
        if any("checkpoint" in name for name in expected) or len(expected) < 4:
            sys.exit(f"a run that came to its end leaves {sorted(expected)}")
        kills = [0, 0]
        for run in range(10 * num_kills):
            first = run % len(SHAPES)
            if sum(kills) >= num_kills:
                break
            folder = pathlib.Path(root) / str(run)
            shape, resume = first, []
            for _ in range(KILLS_OF_A_RUN):
                moment = moments.uniform(0, seconds)
                if not is_killed(command(folder, SHAPES[shape]) + resume, moment):
                    break
                kills[first] += 1
                resume = ["--resume"]
                shape = moments.randrange(first + 1)
            else:
                finish(command(folder, SHAPES[shape]) + resume)
            found = written(folder)
            if found != expected:
                names = {name for name in found | expected if found.get(name) != expected.get(name)}
                sys.exit(f"run {run}, after {sum(kills)} kills in all: {', '.join(sorted(names))} "
                         "differ from what a run that was not killed writes")
        if min(kills) < num_kills // 3:
            sys.exit(f"only {kills} of {num_kills} kills were done")
        print(f"{kills[0]} kills on one thread, {kills[1]} on three ranks: the same bits")


if __name__ == "__main__":
    main()
