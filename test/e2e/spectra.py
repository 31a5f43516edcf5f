"""Matrices against closed forms and NumPy's LAPACK: spectra.py IRHC

Spanning trees are counted by Kirchhoff's theorem: the product of the eigenvalues of a Laplacian
that are not zero is N times their number. The eigenvalues of rings and periodic lattices are sums
of 2 - 2 cos(2 pi k / n). Random Hermitian networks are written out and solved by NumPy. Estimates
are judged by their own errors: of normal ones 68 % lie within one, 99.7 % within three.
"""
import itertools
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy

import programs

LAPLACIAN = "matrix L = diag(degree) - adjacency(G)"
PETERSEN = [(i, (i + 1) % 5) for i in range(5)] + [(i, i + 5) for i in range(5)] + \
           [(5 + i, 5 + (i + 2) % 5) for i in range(5)]
RANDOM = """
  network G = geometric(nodes: %d, dim: 4, degree: %g, torus: false, seed: 7)
  field w on G.edges : complex hermitian = polar(uniform(0.1, 1), uniform(0, 2*pi))
  matrix W = adjacency(G, weight: w)
  matrix M = diag(sum(j in nbrs) %s(w[j])) - W
"""


class Runner:
    def __init__(self, irhc, folder):
        self.irhc, self.folder, self.wrong = irhc, pathlib.Path(folder), []

    def command(self, body, *flags):
        file = self.folder / "model.irh"
        file.write_text("model m {\n" + body + "\n}\n")
        return [self.irhc, "run", file, "--format=jsonl", *flags]

    def row(self, body, *flags):
        return programs.rows_of(self.command(body, *flags), cwd=self.folder)[0]

    def refusal(self, body, *flags):
        return subprocess.run(self.command(body, *flags), capture_output=True, text=True,
                              cwd=self.folder)

    def compare(self, what, found, wanted, tolerance):
        found, wanted = numpy.asarray(found), numpy.asarray(wanted)
        if found.shape != wanted.shape or not (abs(found - wanted) <= tolerance).all():
            self.wrong.append(f"{what}: {found}, expected {wanted}")


def ring(n):
    return 2 - 2 * numpy.cos(2 * math.pi * numpy.arange(n) / n)


def check_spanning_trees(run):
    (run.folder / "petersen.csv").write_text(
        "src,dst\n" + "".join(f"{a},{b}\n" for a, b in PETERSEN))
    torus = numpy.add.outer(ring(5), ring(7)).ravel()
    networks = {"complete(nodes: 5)": (5, math.log(125)), "ring(nodes: 8)": (8, math.log(8)),
                'read("petersen.csv")': (10, math.log(2000)),
                "lattice(shape: [4, 4], periodic: true)": (16, math.log(42467328)), # Q4
                "lattice(shape: [5, 7], periodic: true)":
                    (35, numpy.log(numpy.sort(torus)[1:]).sum() - math.log(35))}
    for network, (count, wanted) in networks.items():
        row = run.row(f"network G = {network}\n{LAPLACIAN}\nobserve L = logdet(L, zero: 1e-9)")
        run.compare(network, row["L"] - math.log(count), wanted, 1e-12 * (1 + wanted))


def check_lattices(run):
    for network, wanted in {"ring(nodes: 101)": ring(101),
                            "lattice(shape: [6, 5], periodic: true)":
                                numpy.add.outer(ring(6), ring(5)).ravel()}.items():
        row = run.row(f"network G = {network}\n{LAPLACIAN}\nobserve all = spectrum(L)")
        run.compare(network, row["all"], numpy.sort(wanted), 1e-10)


def write_out(run, count):
    table = numpy.genfromtxt(run.folder / "w.csv", delimiter=",", names=True)
    src, dst = table["src"].astype(int), table["dst"].astype(int)
    matrix = numpy.zeros((count, count), complex)
    matrix[dst, src] = table["w_re"] + 1j * table["w_im"]
    return matrix + matrix.conj().T


def check_random(run):
    """Both conventions of the degree, several components: the mean degree is small."""
    for count, size in itertools.product([64, 500], ["abs", "real"]):
        row = run.row(RANDOM % (count, 4, size) + """
  save w -> "w.csv"
  let L = logdet(M, zero: 1e-10)
  observe ln_S = log(trace(M^2)) - 0.0459 * L, L, heat = trace(exp(-M))""")
        weights = write_out(run, count)
        degrees = abs(weights) if size == "abs" else weights.real
        values = numpy.linalg.eigvalsh(numpy.diag(degrees.sum(axis=1)) - weights)
        logarithms = numpy.log(abs(values[abs(values) > 1e-10])).sum()
        run.compare(f"{count} nodes, {size}: ln det'", row["L"], logarithms, 1e-9 * count)
        run.compare(f"{count} nodes, {size}: ln S", row["ln_S"],
                    math.log((values ** 2).sum()) - 0.0459 * logarithms, 1e-9)
        run.compare(f"{count} nodes, {size}: tr exp", row["heat"], numpy.exp(-values).sum(),
                    1e-10 * numpy.exp(-values).sum())


def check_factors(run):
    """A sparse factorization against the dense solution, and against eigenvectors of NumPy."""
    counts = [64, 500, 2000] if os.environ.get("IRH_FULL") else [64, 500]
    for count, size in itertools.product(counts, ["abs", "real"]):
        row = run.row(RANDOM % (count, 4, size) + """
  let T = log(trace(M^2))
  observe dense = T - 0.0459 * logdet(M, zero: 1e-10, method: dense),
          sparse = T - 0.0459 * logdet(M, zero: 1e-10, method: sparse)""")
        run.compare(f"{count} nodes, {size}: factors", row["sparse"], row["dense"], 1e-9)
    run.row(RANDOM % (200, 6, "abs") + """
  save w -> "w.csv"
  let (lambda, v) = eigs(M, count: 200, which: smallest)
  save v -> "v.csv"
  observe lambda""")
    weights = write_out(run, 200)
    values, _ = numpy.linalg.eigh(numpy.diag(abs(weights).sum(axis=1)) - weights)
    table = numpy.genfromtxt(run.folder / "v.csv", delimiter=",", names=True)
    vectors = numpy.array([table[f"v_{i}_re"] + 1j * table[f"v_{i}_im"] for i in range(200)]).T
    run.compare("vectors of length 1", vectors.conj().T @ vectors, numpy.eye(200), 1e-10)
    matrix = numpy.diag(abs(weights).sum(axis=1)) - weights
    run.compare("vectors of values", matrix @ vectors, vectors * values, 1e-10)


def check_linear(run):
    """Matrices by what they make of values, beside the same ones put together."""
    row = run.row(RANDOM % (300, 8, "abs") + """
  field x on G.nodes : real = 1 + id / 300
  let g = 2 * x
  fn lap(u) = sum(j in nbrs) (u[j] - u)
  matrix P = linear(u -> sum(j in nbrs) (abs(w[j]) * u - w[j] * u[j]))
  matrix Q = linear(x -> M * x)
  matrix R = linear(u -> g * u - x * lap(x * u))
  matrix S = diag(g + x * x * degree) - diag(x) * adjacency(G) * diag(x)
  observe m = spectrum(M), p = spectrum(P), q = spectrum(Q), r = spectrum(R), s = spectrum(S)
  observe t = logdet(linear(v -> v + 2 * M * v)), u = logdet(identity(G) + 2 * M)""")
    for one, other in ("pm", "qm", "rs", "tu"):
        run.compare(f"linear, {one} and {other}", row[one], row[other],
                    1e-11 * abs(numpy.asarray(row[other])).max())


def check_spectral_dimension(run):
    """Of the lattice of 8^4 nodes, by quadrature, against the product of four rings."""
    row = run.row("""network G = lattice(shape: [8, 8, 8, 8], periodic: true)
  matrix L = diag(degree(G)) - adjacency(G)
  let Z1 = trace(exp(-2 * L), method: quadrature) / count(G.nodes)
  let Z2 = trace(exp(-4 * L), method: quadrature) / count(G.nodes)
  let d = -2 * log(Z2 / Z1) / log(2)
  observe d, e = error_of(d)""")
    truth = -2 * 4 * math.log(numpy.exp(-4 * ring(8)).mean() / numpy.exp(-2 * ring(8)).mean())
    if abs(row["d"] - truth / math.log(2)) > 3 * row["e"]:
        run.wrong.append(f"spectral dimension {row}, expected {truth / math.log(2)}")


def check_quadrature(run):
    """Of many seeds the share whose error covers the truth."""
    count = 100 if os.environ.get("IRH_FULL") else 20
    body = RANDOM % (500, 16, "abs") + """
  matrix P = M + identity(G)
  let L = logdet(P, method: quadrature, tolerance: 0.004)
  observe L, e = error_of(L), truth = logdet(P, method: dense)"""
    near = [0, 0]
    for seed in range(count):
        row = run.row(body, "--irh-seed", str(seed))
        off = abs(row["L"] - row["truth"]) / row["e"]
        near[0] += off <= 1
        near[1] += off <= 3
    low, high = (0.58, 0.78) if count == 100 else (0.4, 0.95)
    if not low * count <= near[0] <= high * count or near[1] < 0.97 * count - 0.5:
        run.wrong.append(f"of {count} estimates {near[0]} are within one error, {near[1]} within "
                         "three")


def check_bias(run):
    """What few steps leave out, of the same probes, is below what is said of it."""
    for function, size in itertools.product(["logdet(P, ", "trace(exp(-P), ", "trace(sqrt(P), "],
                                            [0.01, 1]):
        body = RANDOM % (2500, 16, "abs") + f"""
  param k : int = 400
  matrix P = M + {size} * identity(G)
  let L = {function}method: quadrature, probes: 5, steps: k)
  observe L, bias = bias_of(L), e = error_of(L)"""
        truth = run.row(body)["L"]
        for steps in (4, 8, 16, 40):
            row = run.row(body, "--k", str(steps))
            if not abs(row["L"] - truth) <= row["bias"] + 1e-13 * abs(truth):
                run.wrong.append(f"{function}...) of {steps} steps is off by {row['L'] - truth}, "
                                 f"and the bias is {row['bias']}")
            if not row["bias"] <= row["e"]:
                run.wrong.append(f"the bias {row['bias']} is not in the error {row['e']}")


def check_few(run):
    """By restarts, past what is solved whole; and on three ranks."""
    count = 5000 if os.environ.get("IRH_FULL") else 2100
    body = RANDOM % (count, 16, "abs") + """
  save w -> "w.csv"
  observe low = eigs(M, count: 20, which: smallest), high = eigs(M, count: 20, which: largest)
  let L = logdet(M, zero: 1e-10, tolerance: 0.02)
  observe L, e = error_of(L)"""
    row = run.row(body)
    weights = write_out(run, count)
    values = numpy.linalg.eigvalsh(numpy.diag(abs(weights).sum(axis=1)) - weights)
    run.compare("smallest", row["low"], values[:20], 1e-8)
    run.compare("largest", row["high"], values[:-21:-1], 1e-8)
    truth = numpy.log(values[values > 1e-10]).sum()
    if abs(row["L"] - truth) > 4 * row["e"]:
        run.wrong.append(f"ln det' {row['L']} +- {row['e']}, expected {truth}")
    parted = run.row(body, "--ranks=3")
    run.compare("smallest, 3 ranks", parted["low"], row["low"], 1e-8)
    run.compare("largest, 3 ranks", parted["high"], row["high"], 1e-8)
    run.compare("quadrature, 3 ranks", [parted["L"], parted["e"]], [row["L"], row["e"]],
                1e-8 * abs(row["L"]))


REFUSED = [
    ("network G = ring(nodes: 5000)\n" + LAPLACIAN +
     "\nobserve t = trace(exp(-L), probes: 1)", 1, "take from 2 to"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN + "\nobserve L = logdet(L)", 2, "is singular"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN +
     "\nobserve a = eigs(L, count: 10, which: smallest)", 1, "and the matrix has 9"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN +
     "\nparam k : int = -1\nobserve a = eigs(L, count: k, which: smallest)", 1, "-1"),
    ("network G = ring(nodes: 9, directed: true)\n" + LAPLACIAN + "\nobserve t = trace(exp(L))",
     1, "the network is directed"),
    ("network G = ring(nodes: 5000)\n" + LAPLACIAN +
     "\nobserve a = eigs(L, count: 2, which: nearest(1))", 1, "`nearest`"),
    ("network G = ring(nodes: 30000)\n" + LAPLACIAN + "\nobserve a = spectrum(L)", 1, "30000"),
    ("network G = ring(nodes: 30000)\n" + LAPLACIAN +
     "\nobserve a = trace(exp(L), method: dense)", 1, "30000"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN + "\nfield x on G.nodes : real = 0"
     "\nsolve x : L * x == id by cg", 2, "has no solution"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN + "\nfield x on G.nodes : real = 0"
     "\nsolve x : L * x - x == id by cg", 2, "`cg` needs a positive matrix"),
    ("network G = ring(nodes: 8)\n" + LAPLACIAN + "\nfield x on G.nodes : real = 0"
     "\nsolve x : L * x - 2 * x == 1 - 2 * mod(quotient(id, 2), 2) by direct", 2, "singular"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN + "\nlet (l, v) = eigs(L, count: 2, which: largest)"
     "\nobserve a = norm(v[2])", 1, "there is no eigenvector 2"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN + "\nlet l = spectrum(L)"
     "\nobserve a = l[9]", 1, "there is no eigenvalue 9"),
    ("network G = ring(nodes: 9)\n" + LAPLACIAN +
     "\nobserve a = sum(expm(1000 * L, 1))", 1, "take a smaller factor"),
    ("network G = erdos_renyi(nodes: 30000, p: 0.001)\n" + LAPLACIAN +
     "\nobserve a = logdet(L + identity(G), method: sparse)", 1, "fills to more than"),
    ("network G = ring(nodes: 9, directed: true)\nobserve n = count(G.cycles)", 1, "directed"),
    ("network G = ring(nodes: 9)\nmatrix L = diag(0 / (degree - 2)) - adjacency(G)"
     "\nobserve a = spectrum(L)", 2, "not finite"),
]


def check_refusals(run):
    for body, code, text in REFUSED:
        result = run.refusal(body)
        if result.returncode != code or text not in result.stderr:
            run.wrong.append(f"{body}\nexit code {result.returncode}, {result.stderr}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = Runner(pathlib.Path(sys.argv[1]).resolve(), folder)
        for check in (check_spanning_trees, check_lattices, check_random, check_factors,
                      check_linear, check_spectral_dimension, check_quadrature, check_bias,
                      check_few, check_refusals):
            check(run)
    programs.finish(run.wrong)


if __name__ == "__main__":
    main()
