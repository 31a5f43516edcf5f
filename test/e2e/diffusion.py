"""Diffusion of forms against the exponential of its matrix: diffusion.py IRHC MODEL

epi' = nu (D^-1 A - 1) epi on 300 scattered nodes, some of them alone. With s = sqrt(nu / degree)
the matrix is s (A - D) s, seen through s; that is symmetric, so its eigenvectors give the
exponential.

The error of rk4 is T dt^4 L^5 / 120 at most, where no rate is faster than L = 2 max(nu) = 3:
2e-12; 1e-10 is asked for. The sum of degree / nu * epi does not change: each of 1000 steps rounds
it by 2^-53 of the sum of the magnitudes at most, 1e-13, if all err to one side.
"""
import csv
import pathlib
import sys
import tempfile

import numpy

import networks
import programs


def main():
    irhc, model = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    count = 300
    pairs = networks.scattered(count, 500, seed=5)
    draw = numpy.random.default_rng(7)
    nu, epi = draw.uniform(0.5, 1.5, count), draw.uniform(-1, 1, count)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        networks.write_columns(folder / "edges.csv", {"src": [a for a, _ in pairs],
                                                      "dst": [b for _, b in pairs]})
        networks.write_columns(folder / "nodes.csv", {"nu": nu, "epi": epi})
        rows = programs.rows_of([irhc, "run", model, "--format=jsonl"], cwd=folder)
        with open(folder / "epi.csv", newline="") as file:
            found = numpy.array([float(row["epi"]) for row in csv.DictReader(file)])

    adjacency = numpy.zeros((count, count))
    for a, b in pairs:
        adjacency[a, b] = adjacency[b, a] = 1
    degree = adjacency.sum(axis=1)
    scale = numpy.sqrt(nu / numpy.maximum(degree, 1))
    values, vectors = numpy.linalg.eigh(
        scale[:, None] * (adjacency - numpy.diag(degree)) * scale[None, :])
    wanted = scale * (vectors @ (numpy.exp(values) * (vectors.T @ (epi / scale))))

    failures = []
    error = numpy.abs(found - wanted).max()
    if not error <= 1e-10:
        failures.append(f"epi is {error} from the exponential of the matrix")
    totals = numpy.array([row["total"] for row in rows])
    drift = numpy.abs(totals - totals[0]).max() / numpy.abs(degree / nu * epi).sum()
    if len(rows) != 11 or not drift <= 1e-12:
        failures.append(f"the sum of degree / nu * epi drifts by {drift} in {len(rows)} rows")
    programs.finish(failures)


if __name__ == "__main__":
    main()
