"""Runs irhc and the oracle, and reads what they print."""
import json
import os
import subprocess
import sys


def run(command, **options):
    """The finished process, output as text."""
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=300, **options)


def output_of(command, **options):
    """Standard output of a command that must succeed and say nothing else."""
    done = run(command, **options)
    if done.returncode != 0 or done.stderr:
        sys.exit(f"{' '.join(map(str, command))}\nexit code {done.returncode}\n{done.stderr}")
    return done.stdout


def parse(output):
    return [json.loads(line) for line in output.splitlines()]


def rows_of(command, **options):
    return parse(output_of(command, **options))


def share(count):
    """How many of so many cases are run: all, or a third under sanitizers, which slow irhc down."""
    return (count + 2) // 3 if os.environ.get("IRH_SANITIZED") == "1" else count


def finish(failures):
    """Ends the test: silently, or with every failure on a line."""
    sys.exit("\n".join(failures) if failures else 0)
