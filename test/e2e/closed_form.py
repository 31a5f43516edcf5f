"""Two coupled oscillators follow their closed form, and the methods have their order.

closed_form.py IRHC MODEL

The difference f of the phases obeys f' = W - 2 K sin f, where W is the difference of the
frequencies. With s = tan(f / 2) and |W| < 2 K this is s' = W / 2 (s - p) (s - q), where p and q are
(2 K -+ sqrt(4 K^2 - W^2)) / W; so (s - p) / (s - q) decays as exp(W / 2 (p - q) t).
"""
import math
import pathlib
import sys
import tempfile

import programs

DETUNING, COUPLING, START, END = 0.8, 0.7, 1.1, 2.0


def exact(t):
    root = math.sqrt(4 * COUPLING ** 2 - DETUNING ** 2)
    p, q = (2 * COUPLING - root) / DETUNING, (2 * COUPLING + root) / DETUNING
    s = math.tan(START / 2)
    ratio = (s - p) / (s - q) * math.exp(DETUNING / 2 * (p - q) * t)
    return 2 * math.atan((p - q * ratio) / (1 - ratio))


def error_at_end(irhc, model, edges, dt):
    rows = programs.rows_of([irhc, "run", model, "--format=jsonl", "--edges_file", edges,
                             "--W", DETUNING, "--K", COUPLING, "--start", START, "--T", END,
                             "--dt", dt])
    return abs(rows[-1]["difference"] - exact(END))


def slope(points):
    """Of the line of least squares through the logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    return (sum((x - mean_x) * (y - mean_y) for x, y in logs)
            / sum((x - mean_x) ** 2 for x, _ in logs))


def main():
    irhc, model = sys.argv[1:3]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        edges = pathlib.Path(folder) / "pair.csv"
        edges.write_text("src,dst\n0,1\n")
        text = pathlib.Path(model).read_text()
        for method, least in (("euler", 0.95), ("rk4", 3.9)):
            variant = pathlib.Path(folder) / f"{method}.irh"
            variant.write_text(text.replace("by rk4", f"by {method}"))
            steps = [0.1 / 2 ** i for i in range(5)]
            order = slope([(dt, error_at_end(irhc, variant, edges, dt)) for dt in steps])
            if not least <= order <= least + 0.5:
                failures.append(f"{method}: measured order {order:.3f}, wanted {least} or more")
        # Local errors of (2 K dt)^5 / 120 over T / dt steps: 4e-15; rounding of 2000 steps, each of
        # 20 operations or fewer on numbers of order 1, if all erred to one side: 2000 * 20 * 2^-53.
        error = error_at_end(irhc, model, edges, 0.001)
        if error > 2000 * 20 * 2 ** -53:
            failures.append(f"rk4 with dt = 0.001 is {error} from the closed form")
    programs.finish(failures)


if __name__ == "__main__":
    main()
