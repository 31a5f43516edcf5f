"""Every distribution is the one it is named after: distributions.py IRHC MODEL

On 100 003 points, for the distributions as compiled programs draw them:

- mean and variance, within 5 standard errors (passed by chance once in 1.7 million times);
- Kolmogorov's distance to the distribution function, within 2.7 / sqrt(n): once in
  2 exp(-2 2.7^2), 1e-6; for coins and dice chi-squared instead, within 5 deviations of its own
  after Wilson and Hilferty;
- independence: of one field's neighbouring points, of two fields, of two steps: correlations within
  5 / sqrt(n), of the values and of their squared distances from the mean.

About 40 numbers are tested, and the seed is fixed: a pass is no luck, a failure a fault.
"""
import csv
import math
import pathlib
import sys
import tempfile

import numpy

import programs

SIGMAS, KOLMOGOROV = 5, 2.7


def phi(z):
    return 0.5 * (1 + numpy.vectorize(math.erf)(z / math.sqrt(2)))


# Mean, variance, fourth central moment over the squared variance, distribution function.
LOG_SPREAD = math.exp(0.36)
DISTRIBUTIONS = {
    "flat": (1, 16 / 12, 1.8, lambda x: (x + 1) / 4),
    "bell": (2, 0.25, 3, lambda x: phi((x - 2) / 0.5)),
    "skewed": (math.exp(0.1 + 0.18), (LOG_SPREAD - 1) * math.exp(0.2 + 0.36),
               LOG_SPREAD ** 4 + 2 * LOG_SPREAD ** 3 + 3 * LOG_SPREAD ** 2 - 3,
               lambda x: phi((numpy.log(x) - 0.1) / 0.6)),
    "waiting": (0.4, 0.16, 9, lambda x: 1 - numpy.exp(-2.5 * x)),
    "again": (1, 16 / 12, 1.8, lambda x: (x + 1) / 4),
    "both": (0, 2, 3, lambda x: phi(x / math.sqrt(2))),
    "link": (-1, 4, 3, lambda x: phi((x + 1) / 2)),
    "fresh 1": (0, 1, 3, phi),
    "fresh 2": (0, 1, 3, phi),
}
COUNTS = {"coin": [0.7, 0.3], "die": [1 / 7] * 7}


class Sample:
    def __init__(self):
        self.failures = []

    def expect_zero(self, what, value, deviation):
        if not abs(value) <= deviation:
            self.failures.append(f"{what}: off by {value}, more than {deviation}")

    def check_moments(self, name, values):
        mean, variance, fourth, _ = DISTRIBUTIONS[name]
        error = math.sqrt(variance / len(values))
        self.expect_zero(f"{name}: mean", values.mean() - mean, SIGMAS * error)
        spread = ((values - mean) ** 2).mean() / variance - 1
        self.expect_zero(f"{name}: variance", spread,
                         SIGMAS * math.sqrt((fourth - 1) / len(values)))

    def check_shape(self, name, values):
        steps = numpy.arange(len(values) + 1) / len(values)
        wanted = DISTRIBUTIONS[name][3](numpy.sort(values))
        distance = max((steps[1:] - wanted).max(), (wanted - steps[:-1]).max())
        self.expect_zero(f"{name}: Kolmogorov's distance", distance,
                         KOLMOGOROV / math.sqrt(len(values)))

    def check_counts(self, name, values):
        chances = numpy.array(COUNTS[name])
        expected = chances * len(values)
        found = numpy.array([(values == value).sum() for value in range(len(chances))])
        freedom = len(chances) - 1
        chi = ((found - expected) ** 2 / expected).sum()
        z = ((chi / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / math.sqrt(2 / (9 * freedom))
        if found.sum() != len(values) or z > SIGMAS:
            self.failures.append(f"{name}: {found} of {len(values)}, {z} deviations off")

    def check_independence(self, what, a, b):
        for power in ("values", "squares"):
            if power == "squares":
                a, b = (a - a.mean()) ** 2, (b - b.mean()) ** 2
            self.expect_zero(f"{what}: correlation of {power}", numpy.corrcoef(a, b)[0, 1],
                             SIGMAS / math.sqrt(len(a)))


def read_columns(path):
    words = {"true": 1.0, "false": 0.0}
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: numpy.array([words[row[name]] if row[name] in words else float(row[name])
                               for row in rows]) for name in rows[0]}


def main():
    irhc, model = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        programs.output_of([irhc, "run", model], cwd=folder)
        nodes, edges, steps = (read_columns(pathlib.Path(folder) / name)
                               for name in ("nodes.csv", "edges.csv", "steps.csv"))
    fields = {**{name: nodes[name] for name in nodes if name != "id"}, "link": edges["link"]}
    times = sorted(set(steps["t"]))
    for number in (1, 2):
        fields[f"fresh {number}"] = steps["fresh"][steps["t"] == times[number]]
    sample = Sample()
    for name in DISTRIBUTIONS:
        sample.check_moments(name, fields[name])
        sample.check_shape(name, fields[name])
        sample.check_independence(f"{name} at neighbours", fields[name][:-1], fields[name][1:])
    for name in COUNTS:
        sample.check_counts(name, fields[name])
    for a, b in (("flat", "again"), ("flat", "bell"), ("bell", "both"), ("coin", "die"),
                 ("waiting", "skewed"), ("link", "bell"), ("fresh 1", "fresh 2")):
        sample.check_independence(f"{a} and {b}", fields[a], fields[b])
    programs.finish(sample.failures)


if __name__ == "__main__":
    main()
