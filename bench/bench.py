#!/usr/bin/env python3
"""Measures irh against hand-written code, in interleaved pairs, and prints JSON.

    bench.py [sweep|startup|ranks|memory|bisection|spectra|products|eigenpairs]
             [--pairs N] [--nodes N] [--out FILE] [--beside COMMAND ...]

`sweep`    one Kuramoto sweep of a geometric network (d = 4, mean degree 16, random node order), one
           thread, against the `batch` variant of baselines/w4_dnfr.cpp on the same network. That
           variant gathers two fields and reads a weight at each edge where Kuramoto gathers one.
`startup`  `irhc check` and `irhc run --T 0` of the Kuramoto example, process start to end.
`ranks`    a Kuramoto step on a geometric network (d = 2, mean degree 10) in Hilbert order, one
           thread a rank: one rank, two in one process, two under mpirun. Wall seconds: the machine
           must be quiet and have two cores.
`memory`   the largest resident memory of a process that makes a network of 10^7 nodes, mean degree
           10, and takes two steps of the Kuramoto model on it: alone, and as one of two ranks of
           mpirun, the larger of the two.
`bisection` seconds to cut the positions of 10^6 nodes in 4 dimensions into 8 parts, on one thread:
           the least of the repetitions.
`spectra`  wall seconds on two threads: the logarithm of the determinant of a complex geometric
           network of 10^5 nodes (d = 4, mean degree 16) and its 32 largest eigenvalues; all
           eigenvalues of a complex ring of 2048 nodes, and of a real one of 4096, by LAPACK.
`products` wall seconds: products with the rows of complex networks of --nodes nodes, beside
           Eigen's, one thread each; and 16 Lanczos runs of 40 steps on 10^5 nodes, on two threads.
`eigenpairs` wall seconds, largest residual and sum of the 32 largest and 32 smallest eigenvalues,
           with their vectors, of a complex geometric network of 10^5 nodes, on two threads; and of
           each COMMAND (arpack.cpp and slepc.cpp, compiled, with mpirun before or options behind),
           in turn.

Seconds are else CPU seconds, which a busy neighbour disturbs least; the median of the pairs counts.
"""
import argparse
import array
import json
import os
import pathlib
import platform
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
IRHC = ROOT / "build/bin/irhc"
WORK = ROOT / "build/bench"
NUM_STEPS = 20
REFERENCES = ("arpack", "slepc")


def run(command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"bench: {command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def cpu_seconds(command):
    """CPU seconds of a command and what it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build_baselines():
    if not shutil.which("g++"):
        sys.exit("bench: the baselines need g++, whose vector functions they use: install g++")
    WORK.mkdir(parents=True, exist_ok=True)
    sources = ROOT / "bench/baselines"
    for name, flags in (("gen_graph", ["-O3"]), ("w4_dnfr", ["-Ofast", "-fopenmp"])):
        if not (WORK / name).exists():
            run(["g++", *flags, "-march=native", sources / f"{name}.cpp", "-o", WORK / name])


def make_network(num_nodes):
    """The generator's binary network, and the same one as a CSV of edges."""
    base = WORK / f"geo{num_nodes}"
    if base.with_suffix(".csv").exists():
        return base
    run([WORK / "gen_graph", "geo", num_nodes, base])
    with open(base.with_suffix(".bin"), "rb") as file:
        _, nodes, entries, _ = struct.unpack("4q", file.read(32))
        offsets, columns = array.array("i"), array.array("i")
        offsets.fromfile(file, nodes + 1)
        columns.fromfile(file, entries)
    with open(base.with_suffix(".csv"), "w") as out:
        out.write("src,dst\n")
        for i in range(nodes):
            out.writelines(f"{i},{j}\n" for j in columns[offsets[i]:offsets[i + 1]] if j > i)
    return base


def baseline_seconds(base):
    """CPU seconds of one sweep of the `batch` variant."""
    environment = dict(os.environ, PB_THREADS="1", PB_REPS="1")
    for line in run([WORK / "w4_dnfr", base.with_suffix(".bin")], env=environment).splitlines():
        row = json.loads(line)
        if row["peer"] == "hand-batch-libmvec":
            return row["cpu_seconds_per_iteration_per_thread"]
    sys.exit("bench: the baseline printed no batch variant")


def irh_seconds(base):
    """CPU seconds of one sweep: the difference of a run with steps and one without."""
    command = [IRHC, "run", ROOT / "bench/models/kuramoto_sweep.irh", "--edges",
               base.with_suffix(".csv"), "--threads", 1, "--n"]
    return (cpu_seconds(command + [NUM_STEPS]) - cpu_seconds(command + [0])) / NUM_STEPS


def bench_sweep(options):
    build_baselines()
    base = make_network(options.nodes)
    with open(base.with_suffix(".csv")) as file:
        num_slots = 2 * (sum(1 for _ in file) - 1)
    pairs = [(baseline_seconds(base), irh_seconds(base)) for _ in range(options.pairs)]
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    to_ns = 1e9 / num_slots
    return {
        "nodes": options.nodes,
        "neighbours": num_slots,
        "batch_ns_per_edge": round(statistics.median(p[0] for p in pairs) * to_ns, 2),
        "irh_ns_per_edge": round(statistics.median(p[1] for p in pairs) * to_ns, 2),
        "ratio": round(ratio, 3),
        # Fewest bytes of a sweep: a column index each slot; offsets, degree, three fields a node.
        "irh_bytes": 4 * num_slots + 8 * 5 * options.nodes,
    }


def bench_startup(options):
    model = ROOT / "examples/kuramoto/model.irh"
    commands = {"check": [IRHC, "check", model], "run_T_0": [IRHC, "run", model, "--T", 0]}
    seconds = {name: [] for name in commands}
    for _ in range(options.pairs):
        for name, command in commands.items():
            begin = time.perf_counter()
            run(command)
            seconds[name].append(time.perf_counter() - begin)
    return {name: {"median_s": round(statistics.median(values), 3), "best_s": round(min(values), 3)}
            for name, values in seconds.items()}


def step_seconds(command):
    """Wall seconds of one step: the difference of a long run and a short one."""
    few, many = 5, 25
    seconds = {}
    for steps in (few, many):
        begin = time.perf_counter()
        run([*command, "--steps", steps])
        seconds[steps] = time.perf_counter() - begin
    return (seconds[many] - seconds[few]) / (many - few)


def bench_ranks(options):
    WORK.mkdir(parents=True, exist_ok=True)
    program = WORK / "overlap"
    run([IRHC, "build", ROOT / "bench/models/overlap.irh", "-o", program])
    alone = [program, "--threads=1", "--partition=hilbert", "--N", options.nodes]
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    ways = {"one_rank": alone, "two_ranks": [*alone, "--ranks=2"],
            "two_processes": ["mpirun", "--oversubscribe", "-q", "-np", 2, *alone]}
    seconds = {name: [] for name in ways}
    for _ in range(options.pairs):
        for name, command in ways.items():
            seconds[name].append(step_seconds(command))
    one = seconds["one_rank"]
    return {name: {"ms": round(1e3 * statistics.median(values), 1),
                   "ratio": round(statistics.median(map(lambda a, b: a / b, values, one)), 3)}
            for name, values in seconds.items()}


def peak_bytes(launcher, command):
    """The largest resident memory of any process that runs the command."""
    measure = ("import resource, subprocess, sys\n"
               "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
               "print(1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, flush=True)")
    said = run([*launcher, sys.executable, "-c", measure, *command])
    return max(map(int, said.split()))


def bench_memory(options):
    WORK.mkdir(parents=True, exist_ok=True)
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    models = {"watts_strogatz": (ROOT / "examples/kuramoto/model.irh", ["--T", 0.02]),
              "geometric": (ROOT / "bench/models/overlap.irh", ["--steps", 2])}
    results = {}
    for name, (model, flags) in models.items():
        program = WORK / name
        run([IRHC, "build", model, "-o", program])
        command = [program, "--N", 10_000_000, "--threads=1", *flags]
        one = peak_bytes([], command)
        two = peak_bytes(["mpirun", "--oversubscribe", "-q", "-np", 2], command)
        results[name] = {"one_rank_MB": one // 10**6, "of_two_MB": two // 10**6,
                         "ratio": round(two / one, 3)}
    return results


def bench_bisection(options):
    run(["ninja", "-C", ROOT / "build", "irh-bench-bisection"])
    seconds = [float(run([ROOT / "build/bin/irh-bench-bisection"])) for _ in range(options.pairs)]
    return {"seconds": round(min(seconds), 3)}


def bench_spectra(options):
    """Each row is flushed when it is known."""
    seconds = {}
    command = [IRHC, "run", ROOT / "bench/models/spectra.irh", "--threads=2", "--format=jsonl"]
    for _ in range(options.pairs):
        with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE,
                              text=True) as program:
            last = None
            for line in program.stdout:
                now = time.perf_counter()
                if last:
                    seconds.setdefault(next(iter(json.loads(line))), []).append(now - last)
                last = now
    return {name: round(statistics.median(values), 2) for name, values in seconds.items()}


def bench_products(options):
    run(["ninja", "-C", ROOT / "build", "irh-bench-products"])

    def measure(network, nodes, threads):
        return json.loads(run([ROOT / "build/bin/irh-bench-products", network, nodes, threads]))

    results = {network: measure(network, options.nodes, 1)
               for network in ("geometric", "preferential")}
    results["quadrature_s"] = min(measure("geometric", 100_000, 2)["lanczos_16_40_s"]
                                  for _ in range(options.pairs))
    return results


def bench_eigenpairs(options):
    run(["ninja", "-C", ROOT / "build", "irh-bench-eigenpairs"])
    WORK.mkdir(exist_ok=True)
    rows = WORK / "rows.bin"
    commands = {"irh": [ROOT / "build/bin/irh-bench-eigenpairs", 100_000, 32, 2, rows]}
    for command in options.beside:
        words = command.split()
        place = next(i for i, word in enumerate(words) if pathlib.Path(word).name in REFERENCES)
        commands[command] = [*words[:place + 1], rows, 32, *words[place + 1:]]
    found = {}
    for _ in range(options.pairs):
        for name, command in commands.items():
            for line in run(command).splitlines():
                one = json.loads(line)
                found.setdefault((name, one["end"]), []).append(one)
    return [{"solver": name, "end": end,
             "seconds": statistics.median(one["seconds"] for one in ones),
             "residual": max(one["residual"] for one in ones), "sum": ones[0]["sum"]}
            for (name, end), ones in found.items()]


def cpu_name():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def main():
    benches = {"sweep": bench_sweep, "startup": bench_startup, "ranks": bench_ranks,
               "memory": bench_memory, "bisection": bench_bisection, "spectra": bench_spectra,
               "products": bench_products, "eigenpairs": bench_eigenpairs}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="|".join(benches))
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--nodes", type=int, default=1_000_000)
    parser.add_argument("--beside", nargs="*", default=[])
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in benches]
    if unknown:
        parser.error(f"no bench named {unknown[0]}: there are {', '.join(benches)}")
    result = {
        "machine": cpu_name(),
        "cores": os.cpu_count(),
        "commit": run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"]).strip(),
        "pairs": options.pairs,
    }
    for name in options.names or benches:
        result[name] = benches[name](options)
    text = json.dumps(result, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n")


if __name__ == "__main__":
    main()
