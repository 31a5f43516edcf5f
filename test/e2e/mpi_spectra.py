"""What matrices give does not depend on the ranks: mpi_spectra.py IRHC

One model asks for all of it; two processes of mpirun, and three ranks in one process, print what
one rank prints: the same bits where nothing is summed over nodes but by the runtime's exact sums,
else numbers within the solvers' tolerances.
"""
import pathlib
import sys
import tempfile

import mpirun
import programs

MODEL = """
model m {
  param N : int = 3000
  network G = geometric(nodes: N, dim: 3, degree: 10, torus: true, seed: 4)
  field w on G.edges : complex hermitian = polar(uniform(0.1, 1), uniform(0, 2*pi))
  matrix M = diag(sum(j in nbrs) abs(w[j])) - adjacency(G, weight: w)
  matrix L = diag(degree) - adjacency(G)
  field psi on G.nodes : complex = polar(1, uniform(0, 2*pi))
  field x on G.nodes : real = 0
  field y on G.nodes : complex = 0
  field z on G.nodes : complex = 0
  field u on G.nodes : real = normal(0, 1)
  let (lambda, v) = eigs(M, count: 4, which: largest)
  let walked = expm(-2i * M, psi)
  solve x : L * x == u - mean(u) by cg(tolerance: 1e-12)
  solve y : (M + 0.1 * identity(G)) * y == psi by minres(tolerance: 1e-12)
  solve z : (1 + 1i) * z + u * (M * z) / 10 == psi by gmres(tolerance: 1e-12, restart: 60)
  let p = holonomy_of(1)
  fn holonomy_of(k) = sum(k * cos(arg(holonomy(w))) on G.triangles)
  observe exact_walk = real(sum(walked * psi)), exact_norm = sum(abs(walked)^2), exact_flux = p,
          exact_trees = count(G.cycles), exact_parts = count(G.components)
  observe lambda, largest = lambda[0], residual = norm(M * v[0] - lambda[0] * v[0]) < 1e-8,
          shape = sum(abs(v[0])^4)
  observe log_det = logdet(M, zero: 1e-10, method: quadrature, tolerance: 0.5),
          exactly = logdet(M + identity(G), method: sparse)
  observe x = norm(x), y = real(sum(y * psi)), z = real(sum(z * psi))
}
"""


def is_near(found, wanted):
    if isinstance(wanted, list):
        return all(map(is_near, found, wanted))
    return found == wanted or abs(found - wanted) <= 1e-8 * max(1, abs(wanted))


def main():
    irhc = pathlib.Path(sys.argv[1]).resolve()
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "m.irh"
        file.write_text(MODEL)
        command = [irhc, "run", file, "--format=jsonl"]
        alone = programs.rows_of(command)[0]
        others = {"3 ranks": programs.rows_of([*command, "--ranks=3"])[0],
                  "mpirun -np 2": programs.rows_of(mpirun.command(2, command),
                                                   env=mpirun.environment())[0]}
    for place, row in others.items():
        for name, wanted in alone.items():
            is_right = row[name] == wanted if name.startswith("exact_") else is_near(row[name],
                                                                                     wanted)
            if not is_right:
                failures.append(f"{place}: {name} = {row[name]}, one rank has {wanted}")
    programs.finish(failures)


if __name__ == "__main__":
    main()
