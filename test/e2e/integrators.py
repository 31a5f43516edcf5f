"""Every method has its order, and keeps what it should: integrators.py IRHC MODELS

- euler, midpoint, ssprk3, rk4 and dopri5 on nonlinear equations with closed forms whose rates read
  the time; leapfrog on a pendulum. The order is the slope of the logarithm of the error at the end
  over that of the step, and lies within 0.1 of the method's own. dopri5 takes one step in each of
  many evolves, at a tolerance that accepts all; then it chooses its steps, and the error follows
  the tolerance.
- leapfrog's energy stays in its band over 100 000 steps, and does not drift in it.
- euler_maruyama's mean is wrong by its first order; mean and variance are those of its own
  recurrence within 4 standard errors.
"""
import math
import pathlib
import sys
import tempfile

import programs
from closed_form import slope

ORDERS = {"euler": 1, "midpoint": 2, "ssprk3": 3, "rk4": 4}


class Bench:
    def __init__(self, irhc, models, folder):
        self.irhc, self.models, self.folder = irhc, pathlib.Path(models), pathlib.Path(folder)
        self.failures = []

    def rows(self, model, *flags):
        return programs.rows_of([self.irhc, "run", model, "--format=jsonl", *flags])

    def expect(self, what, found, wanted, within):
        if not abs(found - wanted) <= within:
            self.failures.append(f"{what}: {found}, wanted {wanted} within {within}")

    def variant(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    # Orders.

    def error_of(self, model, dt):
        return abs(self.rows(model, "--dt", dt)[-1]["u"] - 0.5)  # 1 / (1 + 1^2)

    def runge_kutta(self):
        text = (self.models / "rates-in-time.irh").read_text()
        for method, order in ORDERS.items():
            model = self.variant(f"{method}.irh", text.replace("METHOD", f"{method}(step: dt)"))
            # Fine enough for the next order's share to be small, coarse enough for rounding's.
            steps = [1 / n for n in {1: (200, 400, 800), 2: (100, 200, 400), 3: (80, 160, 320),
                                     4: (32, 64, 128)}[order]]
            self.expect(f"{method}: order", slope([(dt, self.error_of(model, dt)) for dt in steps]),
                        order, 0.1)

    def dopri5(self):
        points = []
        for count in (8, 12, 18):  # u = 1 / sqrt(1 + t^2), from t = 1/4 to 3/4.
            dt = 0.5 / count
            evolves = "\n".join(f"evolve t from {0.25 + k * dt!r} to {0.25 + (k + 1) * dt!r} by "
                                "dopri5(tolerance: 1e9, step: 1) { u' = -t * u^3 }"
                                for k in range(count))
            model = self.variant(f"steps-{count}.irh",
                                 "model steps {\n network G = ring(nodes: 3)\n"
                                 f" field u on G.nodes : real = 4 / sqrt(17)\n{evolves}\n"
                                 " observe u = max(u)\n}\n")
            points.append((dt, abs(self.rows(model)[-1]["u"] - 0.8)))
        self.expect("dopri5: order", slope(points), 5, 0.1)

    def chosen_steps(self):
        """The error of each step is at most tolerance (1 + |u|); so is what they add up to, as the
        equation forgets: a factor 10 above it would be a fault. Each 10^-5 of tolerance takes
        about 10 times as many steps, as the estimate is of order 5."""
        text = (self.models / "rates-in-time.irh").read_text()
        counts = []
        for exponent in (5, 10):
            model = self.variant(f"chosen-{exponent}.irh",
                                 text.replace("METHOD", f"dopri5(tolerance: 1e-{exponent})"))
            last = self.rows(model, "--T", 10)[-1]
            error = abs(last["u"] - 1 / 101)
            if error > 10 ** (1 - exponent):
                self.failures.append(f"dopri5: an error of {error} at tolerance 1e-{exponent}")
            counts.append(last["steps"])
        if not 4 * counts[0] < counts[1] < 16 * counts[0]:
            self.failures.append(f"dopri5: {counts} steps at tolerances 1e-5 and 1e-10")

    # Leapfrog.

    def pendulum(self, end):
        """The angle at `end` of a pendulum that starts at rest at 1.2, by fine steps of rk4."""
        def rates(a, v):
            return v, -math.sin(a)
        count = 4000
        h = end / count  # h^4 / 120 is 3e-17.
        a, v = 1.2, 0.0
        for _ in range(count):
            k1 = rates(a, v)
            k2 = rates(a + h / 2 * k1[0], v + h / 2 * k1[1])
            k3 = rates(a + h / 2 * k2[0], v + h / 2 * k2[1])
            k4 = rates(a + h * k3[0], v + h * k3[1])
            a += h / 6 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0])
            v += h / 6 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1])
        return a

    def leapfrog(self):
        model = self.models / "swinging-pair.irh"
        exact = self.pendulum(0.8)
        points = []
        for count in (16, 32, 64, 128):
            # All swing in step but for their starts; at this time node 0 is still the farthest.
            last = self.rows(model, "--dt", 0.8 / count, "--T", 0.8, "--many", 1000)[-1]
            points.append((0.8 / count, abs(last["here"] - exact)))
        self.expect("leapfrog: order", slope(points), 2, 0.1)

    def energy(self):
        """Leapfrog keeps a perturbed energy, dt^2 off: [a'^2 cos(a) / 12 - sin(a)^2 / 24] dt^2 for
        each pendulum, below (1.3 / 12 + 1 / 24) dt^2. It wobbles by twice that and does not drift:
        the means of the first and the last tenth differ by far less than the band is wide."""
        dt, numSteps = 0.1, 100_000
        rows = self.rows(self.models / "swinging-pair.irh", "--dt", dt, "--T", dt * numSteps,
                         "--many", 7)
        energies = [row["energy"] for row in rows]
        band = 3 * 2 * (1.3 / 12 + 1 / 24) * dt ** 2
        wobble = max(abs(energy - energies[0]) for energy in energies)
        tenth = len(energies) // 10
        drift = abs(sum(energies[:tenth]) - sum(energies[-tenth:])) / tenth
        if rows[-1]["step"] != numSteps or not 0 < wobble < band or drift > band / 20:
            self.failures.append(f"leapfrog: energy wobbles by {wobble} of {band} and drifts by "
                                 f"{drift} in {rows[-1]['step']} steps")

    # Noise.

    def euler_maruyama(self):
        """The recurrence x -> (1 - a dt) x + s sqrt(dt) z has mean (1 - a dt)^n and variance
        s^2 dt (1 + q + ... + q^(n - 1)), q = (1 - a dt)^2. Standard errors over N nodes: of the
        mean sd / sqrt(N), of the deviation sd / sqrt(2 N), of the mean product of neighbors, which
        are independent, sqrt(var^2 + 2 mean^2 var (1 + 1)) / sqrt(N). Four of them are passed by
        chance once in 15 000 times; the seed is fixed."""
        count, spread, points = 200_000, 0.1, []
        for steps in (4, 8, 16, 32):
            row = self.rows(self.models / "brownian.irh", "--N", count, "--s", spread,
                            "--dt", 1 / steps)[-1]
            shrink = 1 - 1 / steps
            mean = shrink ** steps
            variance = spread ** 2 / steps * sum(shrink ** (2 * k) for k in range(steps))
            error = math.sqrt(variance / count)
            self.expect(f"euler_maruyama, {steps} steps: mean", row["mean"], mean, 4 * error)
            self.expect(f"euler_maruyama, {steps} steps: deviation", row["deviation"],
                        math.sqrt(variance), 4 * error / math.sqrt(2))
            self.expect(f"euler_maruyama, {steps} steps: neighbors", row["correlation"], mean ** 2,
                        4 * math.sqrt((variance ** 2 + 4 * mean ** 2 * variance) / count))
            points.append((1 / steps, abs(row["mean"] - math.exp(-1))))
        # At 1/32 the bias is 0.006, forty standard errors: four of them move the slope by 0.05.
        self.expect("euler_maruyama: weak order", slope(points), 1, 0.1)


def main():
    irhc, models = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(irhc, models, folder)
        bench.runge_kutta()
        bench.dopri5()
        bench.chosen_steps()
        bench.leapfrog()
        bench.energy()
        bench.euler_maruyama()
    programs.finish(bench.failures)


if __name__ == "__main__":
    main()
