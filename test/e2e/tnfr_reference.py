"""Network dynamics against formulas written out in NumPy: tnfr_reference.py IRHC MODEL NETWORK

NETWORK is star, ring, small-world (1000 nodes) or preferential (5000). To each belong nodes alone,
frequencies of zero, a node whose neighbours stand in antiphase, and phases on both sides of the
branch cut, -pi itself among them; and once more all frequencies are zero.

All numbers are of order 1 and are compared to 1e-12. A node of degree d whose resultant has length
l sees a direction that rounding moves by d * 2^-53 / l; so the phases are drawn again until no
resultant of a free node is shorter than 0.002 d, which leaves a factor 10.
"""
import csv
import math
import pathlib
import random
import sys
import tempfile

import numpy

import networks
import programs

WITHIN = 1e-12
SHORTEST = 0.002


# Networks.

def small_world(count, neighbours, rewire, draw):
    pairs = {(i, (i + j) % count) for i in range(count) for j in range(1, neighbours // 2 + 1)}
    pairs = {(min(pair), max(pair)) for pair in pairs}
    for a, b in sorted(pairs):
        other = draw.randrange(count)
        if draw.random() < rewire and a != other and (min(a, other), max(a, other)) not in pairs:
            pairs.remove((a, b))
            pairs.add((min(a, other), max(a, other)))
    return sorted(pairs)


def preferential(count, attach, draw):
    ends, pairs = list(range(attach)), []
    for node in range(attach, count):
        chosen = set()
        while len(chosen) < attach:
            chosen.add(draw.choice(ends))
        pairs += [(old, node) for old in sorted(chosen)]
        ends += [*chosen, *[node] * attach]
    return pairs


def make_network(name):
    draw = random.Random(name)
    return {"star": lambda: (40, networks.star(40)), "ring": lambda: (50, networks.ring(50)),
            "small-world": lambda: (1000, small_world(1000, 10, 0.1, draw)),
            "preferential": lambda: (5000, preferential(5000, 4, draw))}[name]()


class World:
    """A network with its special nodes, and the state on it."""

    def __init__(self, name):
        count, self.pairs = make_network(name)
        draw = numpy.random.default_rng(11)
        self.first = count
        # A node between two that stand in antiphase, which see only it; and two alone.
        self.pairs = self.pairs + [(count, count + 1), (count, count + 2)]
        self.count = count + 5
        self.epi = draw.uniform(-1, 1, self.count)
        self.nu = draw.uniform(0, 1.5, self.count)
        self.nu[::7] = 0
        self.free = numpy.ones(self.count)
        self.free[count:] = 0
        self.src, self.dst = numpy.array(self.pairs).T
        self.degree = self.over(lambda here, there: numpy.ones(len(here)))
        while True:
            self.theta = self.draw_phases(draw, count)
            lengths = numpy.abs(self.resultant(self.theta)) / numpy.maximum(self.degree, 1)
            if (lengths[:count] > SHORTEST).all():
                break

    def draw_phases(self, draw, count):
        """A third of the nodes near the cut, one of them on it."""
        theta = draw.uniform(-math.pi, math.pi, self.count)
        near = draw.uniform(0, 0.02, self.count)
        theta[::6] = math.pi - near[::6] - 1e-6
        theta[3::6] = -math.pi + near[3::6]
        theta[3] = -math.pi
        theta[count:count + 3] = 0.4, 1.0, 1.0 - math.pi
        return theta

    def over(self, term):
        """The sum over the neighbours: `term` of the rows here and there of every slot."""
        here = numpy.concatenate([self.dst, self.src])
        there = numpy.concatenate([self.src, self.dst])
        terms = term(here, there)
        total = numpy.zeros(self.count, terms.dtype)
        numpy.add.at(total, here, terms)
        return total

    def mean(self, term):
        return self.over(term) / numpy.maximum(self.degree, 1)

    # The dynamics.

    def resultant(self, theta):
        return self.over(lambda here, there: numpy.exp(1j * theta[there]))

    def toward(self, theta):
        resultant = self.resultant(theta)
        has_direction = numpy.abs(resultant) > 1e-12 * self.degree
        return numpy.where(has_direction, wrap(numpy.angle(resultant) - theta), 0)

    def canonical(self, epi, theta):
        sum_of_weights = math.pi + 1
        gradient = (math.pi / sum_of_weights * self.toward(theta) / math.pi
                    + math.pi / sum_of_weights ** 2 * (self.mean(lambda _, j: epi[j]) - epi)
                    + 1 / sum_of_weights ** 2 * (self.mean(lambda _, j: self.nu[j]) - self.nu))
        return numpy.where(self.degree > 0, gradient, 0)

    def vectorised(self, epi, theta):
        return self.nu * (0.7 * self.mean(lambda i, j: epi[j] - epi[i])
                          + 0.3 * self.mean(lambda i, j: numpy.sin(theta[j] - theta[i])))

    def sense(self, gradient, theta):
        return numpy.clip(0.34 * numpy.abs(self.nu) / scale_of(self.nu)
                          + 0.33 * (1 - numpy.abs(self.toward(theta)) / math.pi)
                          + 0.33 * (1 - numpy.abs(gradient) / scale_of(gradient)), 0, 1)

    def look(self, epi, theta):
        canonical, vectorised = self.canonical(epi, theta), self.vectorised(epi, theta)
        nodes = {"canonical": canonical, "vectorised": vectorised,
                 "sense": self.sense(canonical, theta), "sense2": self.sense(vectorised, theta)}
        order = numpy.exp(1j * theta).mean()
        row = {"C": 1 / (1 + mean_size(canonical) + mean_size(self.nu * canonical)),
               "C2": 1 / (1 + 2 * mean_size(vectorised)), "R": [order.real, order.imag]}
        return nodes, row

    def evolve(self, steps, dt):
        """Runge and Kutta's method, with wrap and clip behind each step."""
        epi, theta = self.epi, self.theta

        def rates(epi, theta):
            return (self.nu * self.canonical(epi, theta), 0.1 * self.free * self.toward(theta))

        for _ in range(steps):
            k1 = rates(epi, theta)
            k2 = rates(epi + dt / 2 * k1[0], theta + dt / 2 * k1[1])
            k3 = rates(epi + dt / 2 * k2[0], theta + dt / 2 * k2[1])
            k4 = rates(epi + dt * k3[0], theta + dt * k3[1])
            epi = epi + dt / 6 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0])
            theta = wrap(theta + dt / 6 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]))
            epi = numpy.clip(epi, -1, 1)
        return epi, theta


def wrap(angle):
    """Into [-pi, pi)."""
    return angle - 2 * math.pi * numpy.floor((angle + math.pi) / (2 * math.pi))


def scale_of(values):
    return numpy.abs(values).max() or 1


def mean_size(values):
    return numpy.abs(values).mean()


# The comparison.

def read_columns(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: numpy.array([float(row[name]) for row in rows]) for name in rows[0]}


def compare(what, found, wanted, failures):
    error = numpy.abs(numpy.asarray(found) - numpy.asarray(wanted))
    if not error.max() <= WITHIN:
        failures.append(f"{what}: off by {error.max()} at {error.argmax()}")


def check(irhc, model, world, what, failures):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        networks.write_columns(folder / "edges.csv", {"src": world.src, "dst": world.dst})
        networks.write_columns(folder / "nodes.csv", {"epi": world.epi, "nu": world.nu,
                                                      "theta": world.theta, "free": world.free})
        rows = programs.rows_of([irhc, "run", model, "--format=jsonl"], cwd=folder)
        saved = [read_columns(folder / name) for name in ("before.csv", "after.csv")]
    epi, theta = world.evolve(steps=20, dt=0.05)
    for when, state, row, columns in zip(("before", "after"),
                                         ((world.epi, world.theta), (epi, theta)), rows, saved):
        nodes, wanted = world.look(*state)
        for name, values in nodes.items():
            compare(f"{what}, {when}: {name}", columns[name], values, failures)
        for name in wanted:
            compare(f"{what}, {when}: {name}", row[name], wanted[name], failures)
    compare(f"{what}: epi", saved[1]["epi"], epi, failures)
    # Phases on a circle: at the cut, -pi and pi are one.
    compare(f"{what}: theta", wrap(saved[1]["theta"] - theta), 0 * theta, failures)
    first = world.first
    if saved[0]["canonical"][first + 3] != 0 or saved[0]["vectorised"][first + 4] != 0:
        failures.append(f"{what}: a node alone has a gradient")


def main():
    irhc, model = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    name = sys.argv[3]
    failures = []
    world = World(name)
    check(irhc, model, world, name, failures)
    world.nu = 0 * world.nu
    check(irhc, model, world, f"{name} at rest", failures)
    programs.finish(failures)


if __name__ == "__main__":
    main()
