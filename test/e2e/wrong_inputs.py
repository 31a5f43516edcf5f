"""Each of many mistakes gives one error, at its place, with a remedy: wrong_inputs.py IRHC

Standard output stays empty, no file is written, and the exit code is 1.
"""
import concurrent.futures
import os
import pathlib
import re
import sys
import tempfile

import programs
import wrong_files
import wrong_models

ERROR = re.compile(r"^(?:\S+: )?error(?:\[\w+\])?: ", re.MULTILINE)


def write_files(mistake, folder):
    (folder / "wrong.irh").write_text(mistake.model, encoding="utf-8")
    for name, content in mistake.files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)


def leave_checkpoint(command, mistake, folder):
    """A run that is stopped, and what happens to its checkpoint before the next one."""
    done = programs.run([*command, *mistake.first_flags], cwd=folder)
    path = folder / "wrong.checkpoint"
    if done.returncode != 2 or not path.exists():
        sys.exit(f"{mistake.name}: the first run leaves no checkpoint\n{done.stderr}")
    if mistake.damage:
        path.write_bytes(mistake.damage(path.read_bytes()))


def complaints(irhc, mistake, folder):
    """What is not as it should be, and at the end what irhc says; nothing if all is well."""
    write_files(mistake, folder)
    command = [irhc, "run", "wrong.irh", "--format=jsonl"]
    if mistake.first_flags is not None:
        leave_checkpoint(command, mistake, folder)
    before = sorted(folder.rglob("*"))
    done = programs.run([*command, *mistake.flags], cwd=folder)
    found = []
    if done.returncode != 1:
        found.append(f"exit code {done.returncode}")
    if done.stdout:
        found.append(f"prints {done.stdout!r}")
    if sorted(folder.rglob("*")) != before:
        found.append("writes files")
    count = len(ERROR.findall(done.stderr))
    if count != 1:
        found.append(f"{count} errors")
    if not done.stderr.startswith((mistake.place + ": " if mistake.place else "") + "error"):
        found.append(f"the error is not at {mistake.place or 'the command line'}")
    found += [f"says nothing of {word}" for word in mistake.words if word not in done.stderr]
    if "internal error" in done.stderr or "Stack dump" in done.stderr:
        found.append("blames the compiler")
    return found + [done.stderr] if found else []


def check(irhc, mistake):
    with tempfile.TemporaryDirectory() as folder:
        return complaints(irhc, mistake, pathlib.Path(folder))


def main():
    irhc = pathlib.Path(sys.argv[1]).resolve()
    mistakes = wrong_models.MISTAKES + wrong_files.MISTAKES
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda mistake: check(irhc, mistake), mistakes))
    failures = [f"{mistake.name}: {'; '.join(reasons)}"
                for mistake, reasons in zip(mistakes, found) if reasons]
    programs.finish(failures)


if __name__ == "__main__":
    main()
