"""What a run asks of a device's driver: device_driver.py IRHC KIND DRIVER MODEL

KIND is cuda or hip; DRIVER is a library that stands for the vendor's and writes down what it is
asked; MODEL has arithmetic alone. The driver's kernels do nothing, so the numbers mean nothing.
"""
import collections
import ctypes
import os
import pathlib
import shutil
import sys
import tempfile

import programs

LIBRARIES = {"cuda": "libcuda.so.1", "hip": "libamdhip64.so"}
STEPS = 4


class Machine:
    """A folder with a driver, or without."""

    def __init__(self, folder, kind, driver):
        self.log = folder / "log"
        self.kind = kind
        if driver:
            shutil.copy(driver, folder / LIBRARIES[kind])
        self.libraries = str(folder)

    def run(self, command, fault=""):
        """The finished command, and how often the driver was asked each thing."""
        self.log.write_text("")
        environment = dict(os.environ, LD_LIBRARY_PATH=self.libraries,
                           FAKE_DRIVER_LOG=str(self.log), FAKE_DRIVER_FAULT=fault)
        done = programs.run([*command, "--format=jsonl"], env=environment)
        return done, collections.Counter(self.log.read_text().splitlines())


def count(asked, word):
    return sum(number for line, number in asked.items() if line.split()[0] == word)


def launches(asked):
    return {line: number for line, number in asked.items() if line.startswith("launch ")}


def runs(machine, irhc, model):
    done, asked = machine.run([irhc, "run", model, f"--target={machine.kind}", "--N=1000"])
    if done.returncode != 0 or done.stdout.count("\n") != STEPS + 1:
        yield f"exit code {done.returncode}: {done.stdout}{done.stderr}"
    found = launches(asked)
    if any(line.split()[2:] != ["4", "256"] for line in found):
        yield f"1000 points are four blocks of 256 threads, not {found}"
    # Initial values, the last row, and of each step the first stage, which reduces, and three more.
    if sum(found.values()) != 4 * STEPS + 2:
        yield f"{sum(found.values())} launches"
    if asked["start"] != 1 or count(asked, "load") != 1 or asked["unload"] != 1:
        yield f"a driver that is started or a module that is loaded not once: {asked}"
    if count(asked, "allocate") != count(asked, "free"):
        yield f"memory that is not given back: {asked}"
    # The fields stay on the device: of each state its two sums come down, and of each step whether
    # something is not finite.
    if count(asked, "download") > 3 * (STEPS + 1):
        yield f"{count(asked, 'download')} downloads"
    done, asked = machine.run([irhc, "run", model, f"--target={machine.kind}", "--ranks=3"])
    if asked["device 0"] != 2 or asked["device 1"] != 1:
        yield f"three ranks do not take two devices in turn: {asked}"


def builds(machine, irhc, model, program):
    """A program has an image for each device; one that none of them fits has PTX, or says so."""
    programs.output_of([irhc, "build", model, f"--target={machine.kind}", "-o", program])
    done, asked = machine.run([program], "no-objects")
    if machine.kind == "hip":
        if "no kernels that the device here can run" not in done.stderr or done.returncode != 1:
            yield f"no image fits: exit code {done.returncode}: {done.stderr}"
    elif done.returncode != 0 or asked["load text"] != 1:
        yield f"PTX is not taken: {asked} {done.stderr}"


def refuses(machine, irhc, model, words, fault=""):
    """A run that cannot be is one message with a remedy."""
    done, _ = machine.run([irhc, "run", model, f"--target={machine.kind}"], fault)
    if done.returncode not in (1, 3) or words not in done.stderr or done.stdout.count("\n") > 0:
        yield f"{fault or 'no driver'}: exit code {done.returncode}: {done.stderr}"


def has_driver(kind):
    try:
        ctypes.CDLL(LIBRARIES[kind])
    except OSError:
        return False
    return True


def main():
    irhc, kind, driver, model = sys.argv[1:]
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        (folder / "with").mkdir()
        (folder / "without").mkdir()
        machine = Machine(folder / "with", kind, driver)
        yield from runs(machine, irhc, model)
        yield from refuses(machine, irhc, model, "has no device for this program", "no-device")
        yield from refuses(machine, irhc, model, "has no room for another", "no-memory")
        yield from builds(machine, irhc, model, folder / "program")
        bare = Machine(folder / "without", kind, None)
        if not has_driver(kind):
            name = {"cuda": "CUDA", "hip": "HIP"}[kind]
            yield from refuses(bare, irhc, model, f"this machine has no {name} driver")


if __name__ == "__main__":
    programs.finish(list(main()))
