"""The same bits on any threads, ranks and devices: bitwise.py IRHC MODEL [flags]

The device is the processor with a device's code, so that its functions round in the same way.

With `scattered N` for the flags, the model reads a network of N nodes that is made here.
"""
import sys
import tempfile

import networks
import programs

TEAMS = [("--threads", 2), ("--threads", 3), ("--ranks", 2), ("--ranks", 3), ("--ranks", 5)]


def main():
    irhc, model, *flags = sys.argv[1:]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        flags = networks.flags_of(flags, folder)
        command = [irhc, "run", model, "--format=jsonl", *flags]
        alone = programs.output_of(command + ["--threads", 1])
        if alone.count("\n") < 2:
            failures.append(f"{model}: too few rows to compare")
        for flag, count in TEAMS:
            if programs.output_of(command + [flag, count]) != alone:
                failures.append(f"{model}: {flag} {count} prints other bits than one thread")
        if programs.output_of(command + ["--ranks", 2, "--threads", 2]) != alone:
            failures.append(f"{model}: two ranks of two threads print other bits than one thread")
        for ranks in (1, 3):
            device = ["--target=emulated", "--ranks", ranks]
            if programs.output_of(command + device) != alone:
                failures.append(f"{model}: {ranks} emulated devices print other bits")
    programs.finish(failures)


if __name__ == "__main__":
    main()
