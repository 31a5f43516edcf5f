"""Draws an example's figure from the rows it prints: figure.py IRHC FOLDER [FILE]

FOLDER/expected.json says what is drawn: `figure` holds the `title`, the column `x`, the columns
`y`, and `flags` of the run. FILE is FOLDER/figure.svg unless given. Needs Python alone.
"""
import json
import math
import pathlib
import subprocess
import sys

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 120, 36, 44
COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"]  # Told apart by everyone (Okabe, Ito).


def rows_of(irhc, folder, flags):
    command = [irhc, "run", "model.irh", "--format=jsonl", *flags]
    output = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def nice_ticks(low, high, count=5):
    """About `count` round numbers from `low` to `high`."""
    span = (high - low) or 1
    step = 10 ** math.floor(math.log10(span / count))
    step *= next(m for m in (1, 2, 5, 10) if span / (step * m) <= count)
    first = math.ceil(low / step - 1e-9)
    return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]


class Axes:
    """Data to pixels, and the frame around them."""

    def __init__(self, xs, ys):
        self.x_low, self.x_high = min(xs), max(xs)
        pad = 0.05 * ((max(ys) - min(ys)) or 1)
        self.y_low, self.y_high = min(ys) - pad, max(ys) + pad

    def x(self, value):
        share = (value - self.x_low) / ((self.x_high - self.x_low) or 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        share = (value - self.y_low) / (self.y_high - self.y_low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def frame(self, x_label):
        right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
        yield (f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#444"/>')
        for tick in nice_ticks(self.x_low, self.x_high):
            at = self.x(tick)
            yield f'<path d="M{at:.1f} {bottom}v5" stroke="#444"/>'
            yield f'<text x="{at:.1f}" y="{bottom + 18}" text-anchor="middle">{tick:g}</text>'
        for tick in nice_ticks(self.y_low, self.y_high):
            at = self.y(tick)
            yield f'<path d="M{LEFT} {at:.1f}h-5" stroke="#444"/>'
            yield f'<text x="{LEFT - 9}" y="{at + 4:.1f}" text-anchor="end">{tick:g}</text>'
        middle = (LEFT + right) / 2
        yield f'<text x="{middle:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{x_label}</text>'


def lines_of(rows, figure):
    """Column -> its points. A row that lacks a column is no point of it."""
    return {name: [(row[figure["x"]], row[name]) for row in rows
                   if isinstance(row.get(name), (int, float)) and figure["x"] in row]
            for name in figure["y"]}


def draw(rows, figure):
    lines = lines_of(rows, figure)
    points = [point for line in lines.values() for point in line]
    if not points:
        sys.exit("figure: no row has a number to draw")
    axes = Axes([x for x, _ in points], [y for _, y in points])
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
           'font-family="sans-serif" font-size="12">')
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    yield f'<text x="{LEFT}" y="20" font-size="14">{figure["title"]}</text>'
    yield from axes.frame(figure["x"])
    for i, (name, line) in enumerate(lines.items()):
        color = COLORS[i % len(COLORS)]
        path = " ".join(f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in line)
        yield f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.5"/>'
        at = TOP + 14 + 18 * i
        yield f'<path d="M{WIDTH - RIGHT + 10} {at - 4}h18" stroke="{color}" stroke-width="2"/>'
        yield f'<text x="{WIDTH - RIGHT + 34}" y="{at}">{name}</text>'
    yield "</svg>"


def main():
    irhc, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    file = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else folder / "figure.svg"
    figure = json.loads((folder / "expected.json").read_text())["figure"]
    file.write_text("\n".join(draw(rows_of(irhc, folder, figure["flags"]), figure)) + "\n")


if __name__ == "__main__":
    main()
