"""Models drawn at random mean the same to irhc and to the oracle.

random_models.py IRHC ORACLE FIRST COUNT [KEEP]

Model number n is a function of n alone; those from FIRST on are drawn, COUNT of them, and each is
run on one small network. A model that fails is printed, or kept in the folder KEEP. Values stay of
order 1, as every sum is divided by its number of terms and every rate is a tanh.
"""
import pathlib
import random
import sys
import tempfile

import networks
import programs
from oracle_agreement import differences

NODE, NEAR, EDGE, GLOBAL = "node", "near", "edge", "global"


class Writer:
    """Writes expressions of a type at a place; `names` are the definitions so far."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.names = {(type_, place): [] for type_ in ("real", "complex", "int", "bool")
                      for place in (NODE, EDGE, GLOBAL)}
        self.has_time = False

    def define(self, type_, place, name):
        self.names[type_, place].append(name)

    def read(self, type_, place):
        """A name as it is read at `place`; none if there is none."""
        options = list(self.names[type_, GLOBAL])
        if place in (NODE, NEAR):
            options += self.names[type_, NODE]
        if place == NEAR:
            options += [name + "[j]" for name in
                        self.names[type_, NODE] * 2 + self.names[type_, EDGE] * 2]
        if place == EDGE:
            options += self.names[type_, EDGE] * 2
            options += [name + end for name in self.names[type_, NODE]
                        for end in ("[src]", "[dst]")]
        return self.draw.choice(options) if options else None

    def write(self, type_, place, depth):
        return getattr(self, type_)(place, depth - self.draw.randrange(1, 3))

    def number(self):
        return self.draw.choice(["0.5", "2", "1", "0.25", "1.5", "K", "0.1", "3", "pi"])

    def any_of(self, options):
        return self.draw.choice(options)()

    def real(self, place, depth):
        def sub(type_="real"):
            return self.write(type_, place, depth)
        if depth <= 0:
            return self.any_of([lambda: self.read("real", place) or self.number(), self.number,
                                lambda: self.read("real", place) or self.number(),
                                lambda: "t" if self.has_time else "0.75"])
        options = [
            lambda: f"({sub()} + {sub()})", lambda: f"({sub()} - {sub()})",
            lambda: f"{sub()} * tanh({sub()})", lambda: f"{sub()} / (1 + abs({sub()}))",
            lambda: f"sin({sub()})", lambda: f"cos({sub()})", lambda: f"exp(-abs({sub()}))",
            lambda: f"sqrt(1 + ({sub()})^2)", lambda: f"log(1 + abs({sub()}))",
            lambda: f"max({sub()}, {sub()})", lambda: f"min({sub()}, {sub()}, {sub()})",
            lambda: f"clamp({sub()}, -1, {self.number()})", lambda: f"atan2({sub()}, 1.25)",
            lambda: f"(if {sub('bool')} then {sub()} else {sub()})",
            lambda: f"0.1 * {sub('int')}", lambda: f"tanh({sub()})^{self.draw.randrange(4)}",
            lambda: f"real({sub('complex')})", lambda: f"abs({sub('complex')})",
            lambda: f"imag({sub('complex')})", lambda: f"hypot({sub()}, {sub()})",
            lambda: f"(-{sub()})", lambda: f"wrap({sub()}, -10, 10)",
            lambda: f"erf({sub()})", lambda: f"atan({sub()})", lambda: f"cbrt(2 + tanh({sub()}))",
        ] + self.reductions("real", place, depth)
        return self.any_of(options)

    def complex(self, place, depth):
        def sub(type_="complex"):
            return self.write(type_, place, depth)
        if depth <= 0:
            return self.any_of([lambda: self.read("complex", place) or "0.5i",
                                lambda: f"({self.number()} + 1i)"])
        return self.any_of([
            lambda: f"({sub()} + {sub()})", lambda: f"({sub()} - {sub('real')})",
            lambda: f"exp(1i * {sub('real')})", lambda: f"conj({sub()})",
            lambda: f"polar(0.5, {sub('real')})", lambda: f"{sub()} / (1 + abs({sub()})^2)",
            lambda: f"1i * {sub()}", lambda: f"tanh({sub('real')}) * {sub()}",
            lambda: f"(if {sub('bool')} then {sub()} else {sub()})", lambda: f"sqrt({sub()} + 9)",
            lambda: f"exp(1i * {sub('real')}) * exp(1i * {sub('real')})",
        ] + self.reductions("complex", place, depth))

    def int(self, place, depth):
        def sub(type_="int"):
            return self.write(type_, place, depth)
        if depth <= 0:
            here = {NODE: ["degree", "id"], NEAR: ["degree", "degree[j]", "id[j]"],
                    EDGE: ["degree[src]", "id[dst]"], GLOBAL: ["count(G.nodes)"]}[place]
            time = ["step"] if self.has_time else []
            return self.any_of([lambda: self.read("int", place) or "4",
                                lambda: f"mod({self.draw.choice(here + time + ['M'])}, 5)",
                                lambda: str(self.draw.randrange(6))])
        return self.any_of([
            lambda: f"({sub()} + {sub()})", lambda: f"({sub()} - {sub()})",
            lambda: f"mod({sub()} * {sub()}, 7)", lambda: f"quotient({sub()}, {sub()})",
            lambda: f"max({sub()}, {sub()})", lambda: f"mod(-{sub()}, {sub()})",
            lambda: f"(if {sub('bool')} then {sub()} else {sub()})", lambda: f"sign({sub()})",
            lambda: f"mod({sub()}^2, 5)",
        ] + self.counts(place, depth))

    def bool(self, place, depth):
        def sub(type_="bool"):
            return self.write(type_, place, depth)
        if depth <= 0:
            return self.any_of([lambda: self.read("bool", place) or "true",
                                lambda: f"({self.real(place, 0)} < 0.3)",
                                lambda: f"({self.int(place, 0)} >= 2)"])
        return self.any_of([
            lambda: f"({sub()} and {sub()})", lambda: f"({sub()} or {sub()})",
            lambda: f"(not {sub()})", lambda: f"({sub('real')} < {sub('real')})",
            lambda: f"({sub('int')} == {sub('int')})", lambda: f"({sub('int')} != {sub('int')})",
            lambda: f"({sub()} == {sub()})", lambda: f"({sub('complex')} == {sub('complex')})",
        ] + self.truths(place, depth))

    def near(self, type_, depth):
        return self.write(type_, NEAR, depth)

    def reductions(self, type_, place, depth):
        options = []
        if place == NODE:
            options += [lambda: f"(mean(j in nbrs) {self.near(type_, depth)})",
                        lambda: f"(sum(j in nbrs) {self.near(type_, depth)}) / (1 + degree)",
                        lambda: f"(mean(j in nbrs) {self.near(type_, depth)})"]
        if type_ == "real" and place == NODE:
            for kind in ("min", "max"):
                options.append(lambda kind=kind:
                               f"tanh({kind}(j in nbrs) ({self.near(type_, depth)}))")
            options.append(lambda: f"(prod(j in nbrs) tanh({self.near(type_, depth)}))")
        place, where = self.draw.choice([(NODE, "G.nodes"), (EDGE, "G.edges")])
        kind = self.draw.choice(["mean"] if type_ == "complex" else ["mean", "min", "max", "std"])
        options.append(lambda: f"{kind}({self.write(type_, place, depth)} on {where})")
        return options

    def counts(self, place, depth):
        options = [lambda: f"count({self.write('bool', EDGE, depth)} on G.edges)"]
        if place == NODE:
            options += [lambda: f"(count(j in nbrs) {self.near('bool', depth)})",
                        lambda: f"mod((sum(j in nbrs) {self.near('int', depth)}), 9)"]
        return options

    def truths(self, place, depth):
        if place != NODE:
            return []
        return [lambda kind=kind: f"({kind}(j in nbrs) {self.near('bool', depth)})"
                for kind in ("any", "all")]


def write_model(number):
    writer = Writer(number)
    draw, lines = writer.draw, []
    lines += ["param edges_file : string = \"e.csv\"", "param nodes_file : string = \"n.csv\"",
              "param K : real = 0.7", "param M : int = 23", "param on : bool = true",
              "network G = read(edges_file, nodes: nodes_file)"]
    writer.define("bool", GLOBAL, "on")
    writer.define("int", GLOBAL, "M")
    fields = [("x", NODE, "real"), ("y", NODE, "real"), ("z", NODE, "complex"), ("n", NODE, "int"),
              ("b", NODE, "bool"), ("w", EDGE, "real"), ("h", EDGE, "complex"), ("m", EDGE, "int")]
    for name, place, type_ in fields:
        column = {"real": "column(\"a\") + ", "complex": "1i * column(\"a\") + "}.get(type_, "")
        if place == EDGE:
            column = column.replace("\"a\"", "\"weight\"")
        initial = column + writer.write(type_, place, 3)
        lines.append(f"field {name} on G.{place}s : {type_} = {initial}")
        writer.define(type_, place, name)
    for index in range(draw.randrange(2, 7)):
        type_ = draw.choice(["real", "real", "real", "complex", "int", "bool"])
        place = draw.choice([NODE, NODE, EDGE, GLOBAL])
        expr = writer.write(type_, place, 4)
        anchor = {NODE: "x", EDGE: "w"}.get(place)
        if anchor:  # Keeps the definition on its set, whatever was drawn.
            other = {"real": "0", "complex": "0i", "int": "0", "bool": "false"}[type_]
            expr = f"if {anchor} > -1e9 then {expr} else {other}"
        lines.append(f"let l{index} = {expr}")
        writer.define(type_, place, f"l{index}")
    writer.has_time = True
    method = draw.choice(["euler", "rk4"])
    body = [f"x' = tanh({writer.write('real', NODE, 5)})"]
    if draw.random() < 0.5:
        body.append(f"y'' = tanh({writer.write('real', NODE, 4)}) - y")
    if draw.random() < 0.7:
        body.append(f"z' = 0.1 * {writer.write('complex', NODE, 4)} - z")
    for row in range(2):
        cells = [f"o{row}{cell} = {writer.write(type_, GLOBAL, 5)}" for cell, type_ in
                 enumerate(["real", "complex", "int", "bool"])]
        cells.append(f"p{row} = mean({writer.write('real', NODE, 4)} on G.nodes)")
        cells.append(f"q{row} = mean({writer.write('real', EDGE, 4)} on G.edges)")
        body.append("observe " + ",\n            ".join(cells) + f" every {row + 1} steps")
    lines.append(f"evolve t from 0 to 0.5 by {method}(step: 0.15) {{\n    "
                 + "\n    ".join(body) + "\n  }")
    return f"model random_{number} {{\n  " + "\n  ".join(lines) + "\n}\n"


def complaints(irhc, oracle, path, flags):
    found = programs.run([irhc, "run", path, "--format=jsonl", *flags])
    wanted = programs.run([oracle, path, *flags])
    if (found.returncode, wanted.returncode) != (0, 0):
        if found.returncode != wanted.returncode or found.returncode not in (0, 2):
            yield (f"exit code {found.returncode}, the oracle's is {wanted.returncode}\n"
                   + found.stderr[:2000])
        return
    yield from differences(programs.parse(found.stdout), programs.parse(wanted.stdout), 30)


def main():
    irhc, oracle, first, count = sys.argv[1:5]
    keep = pathlib.Path(sys.argv[5]) if len(sys.argv) > 5 else None
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(int(first), int(first) + programs.share(int(count))):
            text = write_model(number)
            path = (keep or pathlib.Path(folder)) / f"random-{number}.irh"
            path.write_text(text)
            name = ["scattered-31", "star-17", "complete-7", "pair-and-one"][number % 4]
            flags = networks.write_network(keep or folder, name, networks.NETWORKS[name])
            wrong = list(complaints(irhc, oracle, path, flags))
            if wrong:
                failures.append(f"model {number} on {name}:\n" + "\n".join(wrong[:4])
                                + ("" if keep else f"\n{text}"))
            elif keep:
                path.unlink()
    programs.finish(failures)


if __name__ == "__main__":
    main()
