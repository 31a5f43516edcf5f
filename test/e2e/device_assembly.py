"""Every kernel of a model as code for devices: device_assembly.py IRHC MODEL

PTX, cubins for sm_80 and sm_90, a code object for gfx90a. What this machine lacks for one of them
is printed, and that one is left out: the CUDA toolkit is not in Debian.
"""
import re
import sys

import programs

# A product and a sum that are rounded apart stay apart: ptxas may fuse those without .rn.
UNROUNDED = re.compile(r"\b(add|sub|mul|div|sqrt|fma)\.f64")
ENTRY = re.compile(r"\.visible \.entry (\w+)\((.*?)^}", re.DOTALL | re.MULTILINE)
OBJECTS = [("cubin", "sm_80"), ("cubin", "sm_90"), ("hsaco", "gfx90a")]


def emit(irhc, model, stage, chip, **options):
    """The finished command, or nothing where this machine lacks a tool or library."""
    done = programs.run([irhc, "emit", f"--stage={stage}", f"--chip={chip}", model], **options)
    if done.returncode == 1 and re.search("is found: install|not found: install", done.stderr):
        print(f"skipped: {stage} for {chip}: {done.stderr.strip()}")
        return None
    return done


def wrong_in_ptx(ptx):
    entries = dict(ENTRY.findall(ptx))
    helpers = {"irh_pack", "irh_unpack"}
    kernels = {f"irh_kernel{i}" for i in range(len(entries) - len(helpers))}
    if not kernels or set(entries) != helpers | kernels:
        yield f"entries {list(entries)}"
    for name, body in entries.items():
        if UNROUNDED.search(body):
            yield f"{name}: {UNROUNDED.search(body)[0]} may be fused"
        # Functions of libdevice have their own; a kernel's values are in registers.
        if ".local" in body and "call" not in body:
            yield f"{name}: local memory"
        if "ld.b" in body or "ld.u" in body or "st.b" in body:
            yield f"{name}: memory that is not known to be the device's"


def main():
    irhc, model = sys.argv[1:]
    ptx = emit(irhc, model, "ptx", "sm_80")
    if ptx and ptx.returncode != 0:
        yield ptx.stderr
    elif ptx:
        yield from wrong_in_ptx(ptx.stdout)
    for stage, chip in OBJECTS:
        done = emit(irhc, model, stage, chip, errors="replace")
        if done and (done.returncode != 0 or not done.stdout.startswith("\x7fELF")):
            yield f"{stage} for {chip}: exit code {done.returncode}: {done.stderr}"


if __name__ == "__main__":
    programs.finish(list(main()))
