"""irhc starts quickly: startup.py IRHC MODEL

The best of five: `run --T 0` under 0.5 s, `check` under 0.1 s. Not judged under sanitizers.
"""
import os
import sys
import time

import programs


def best_of_five(command):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        programs.output_of(command)
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    irhc, model = sys.argv[1:3]
    if os.environ.get("IRH_SANITIZED") == "1":
        print("skipped: sanitizers slow irhc down")
        return
    failures = []
    for command, limit in (([irhc, "run", model, "--T", "0"], 0.5), ([irhc, "check", model], 0.1)):
        seconds = best_of_five(command)
        print(f"{command[1]}: {seconds:.3f} s, limit {limit} s")
        if seconds > limit:
            failures.append(f"irhc {command[1]} takes {seconds:.3f} s, more than {limit} s")
    programs.finish(failures)


if __name__ == "__main__":
    main()
