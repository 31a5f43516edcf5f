"""A model inside a C and a Python program: embedding.py IRHC C_COMPILER EXAMPLES

Builds the library of the Kuramoto example, compiles EXAMPLES/embedding/main.c with its header and
runs it and run.py: both print the same, and first what `irhc run` gives.
"""
import pathlib
import sys
import tempfile

import programs

FLAGS = ["--N", 500, "--K", 4, "--T", 3]


def main():
    irhc, compiler, examples = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    source, model = examples / "embedding", examples / "kuramoto" / "model.irh"
    with tempfile.TemporaryDirectory() as folder:
        library, program = (pathlib.Path(folder) / name for name in ("libkuramoto.so", "program"))
        programs.output_of([irhc, "build", "--emit=lib", model, "-o", library])
        programs.output_of([compiler, "-Wall", "-Wextra", "-Werror", "-I", folder,
                            source / "main.c", library, f"-Wl,-rpath,{folder}", "-lm",
                            "-o", program])
        from_c = programs.output_of([program])
        from_python = programs.output_of([sys.executable, source / "run.py", library])
    rows = programs.rows_of([irhc, "run", model, "--format=jsonl", *FLAGS])
    expected = "from random phases:\n" + "".join(
        f"t = {row['t']:g}, r = {row['r']:.17g}\n" for row in rows)
    failures = []
    if not from_c.startswith(expected):
        failures.append(f"C prints\n{from_c}instead of\n{expected}")
    if from_python != from_c:
        failures.append(f"Python prints\n{from_python}and C\n{from_c}")
    if "from equal phases:\nt = 0, r = 1\n" not in from_c:
        failures.append(f"the given first values are not those of the run:\n{from_c}")
    programs.finish(failures)


if __name__ == "__main__":
    main()
