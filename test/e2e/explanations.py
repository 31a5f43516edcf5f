"""Every diagnostic is explained by a model that gets it and one that does not:
explanations.py IRHC ROOT

The table is compiler/Diag/Diagnostics.def, the texts are what `irhc explain CODE` prints.
"""
import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile

import programs

# What no model of an explanation's size can show.
WITHOUT_EXAMPLE = {
    "E0001": "64 MiB",
    "E0002": "bytes that are not text",
    "E0015": "200 brackets",
    "E0020": "no file",
    "E0303": "models are not chosen by name on the command line",
    "E0331": "an expression of a hundred thousand parts",
    "E0901": "what is not supported shrinks",
}
ENTRY = re.compile(r"^IRH_DIAG\((\w+), \w+, \"(\w+)\"", re.MULTILINE)
BLOCK = re.compile(r"^```irh (wrong|mended)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?:error|warning)\[(\w+)\]")


def write_example(folder, text):
    """Splits at lines `// NAME.irh`; a text without them is example.irh."""
    parts = re.split(r"^// (\w+\.irh)\n", text, flags=re.MULTILINE)
    names = parts[1::2] or ["example.irh"]
    for name, content in zip(names, parts[2::2] or [text]):
        (folder / name).write_text(content, encoding="utf-8")


def reported(irhc, text):
    """The codes that `irhc check` prints for an example."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_example(folder, text)
        output = programs.run([irhc, "check", "example.irh"], cwd=folder).stderr
    return CODE.findall(output), output


def complaints(irhc, code):
    done = programs.run([irhc, "explain", code])
    if done.returncode != 0 or not done.stdout.startswith(code + " "):
        yield f"is not explained: {done.stderr}"
        return
    examples = dict(BLOCK.findall(done.stdout))
    if code in WITHOUT_EXAMPLE:
        return
    if list(examples) != ["wrong", "mended"]:
        yield "has not two examples, a wrong and a mended one"
        return
    codes, output = reported(irhc, examples["wrong"])
    if codes != [code]:
        yield f"the wrong example gives\n{output}"
    output = reported(irhc, examples["mended"])[1]
    if output:
        yield f"the mended example gives\n{output}"


def main():
    irhc, root = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
    table = (root / "compiler/Diag/Diagnostics.def").read_text(encoding="utf-8")
    codes = [code for _, code in ENTRY.findall(table)]
    texts = (root / "compiler/Diag/Explanations.md").read_text(encoding="utf-8")
    explained = re.findall(r"^## (\w+)", texts, re.MULTILINE)
    failures = [f"{code} is no code of the table" for code in explained if code not in codes]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda code: list(complaints(irhc, code)), codes)
        failures += [f"{code} {reason}" for code, reasons in zip(codes, found)
                     for reason in reasons]
    programs.finish(failures)


if __name__ == "__main__":
    main()
