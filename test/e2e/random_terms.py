"""Expressions drawn at random, each with a bound on what rounding can do to it.

Two programs that compute a term in different orders, with or without fused multiply-adds, and with
functions that err by up to 4 ulp, differ by at most

    error + slope * (how much the state they read differs)

in units of 2^-53. Every form below says how its bound follows from those of its parts, to first
order. Where a term decides (a comparison, `floor`, `sign`, `wrap`), an odd constant keeps it off
the edge: two terms that are equal by their structure never meet it.
"""
import dataclasses
import math
import random

NODE, NEAR, EDGE, GLOBAL = "node", "near", "edge", "global"


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a term stands: at a node or an edge of network `net`, in a reduction over neighbours
    whose variable is `var`, or nowhere."""
    kind: str
    net: str = ""
    var: str = ""


NOWHERE = Place(GLOBAL)


@dataclasses.dataclass(frozen=True)
class Bound:
    size: float       # No magnitude is larger.
    error: float = 0  # Of rounding, in units of 2^-53, from an exact state.
    slope: float = 0  # By how much an error of the state is magnified.

    def through(self, size, slope, error=None):
        """Of a function of this that is at most `size` and at most `slope` steep. Vector functions
        err by 4 ulp, a scalar library by 1: 5 ulp are at most 10 units of the size."""
        own = 10 * size if error is None else error
        return Bound(size, slope * self.error + own, slope * self.slope)

    def plus(self, other):
        size = self.size + other.size
        return Bound(size, self.error + other.error + size, self.slope + other.slope)

    def times(self, other):
        """Complex products err by 2 units of each part."""
        size = self.size * other.size
        return Bound(size, self.size * other.error + other.size * self.error + 4 * size,
                     self.size * other.slope + other.size * self.slope)

    def join(self, *others):
        """Of whichever of them."""
        every = (self, *others)
        return Bound(*(max(getattr(b, name) for b in every) for name in ("size", "error", "slope")))


def exact(*bounds):
    """Of an int that is computed from others: nothing is rounded."""
    return Bound(max(b.size for b in bounds))


class Term:
    """`form` with the texts of `parts` in its braces."""

    def __init__(self, form, parts, type_, place, bound, name=None):
        self.form, self.parts, self.type, self.place = form, list(parts), type_, place
        self.bound, self.name = bound, name  # `name`: of the declaration that is read.

    def text(self):
        return self.form.format(*(part.text() for part in self.parts))

    def jumps(self):
        return self.form.startswith(("wrap", "floor", "(0.3 * round", "sign({} +", "({} < {} +",
                                     "({} >= {} -", "turn"))

    def walk(self):
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclasses.dataclass
class Declared:
    """What a name stands for. `tags`: what its value depends on."""
    name: str
    type: str
    place: Place
    bound: Bound
    tags: frozenset = frozenset()
    suffix: str = ""  # Behind the name and its place: the axis of a position.


LITERALS = {"real": ["0.5", "2", "1", "0.25", "1.5", "0.1", "pi"], "int": ["0", "1", "2", "3", "5"],
            "complex": ["0.5i", "(0.5 + 1i)", "(1 - 0.25i)"], "bool": ["true", "false"]}
SIZES = {"pi": math.pi, "0.5i": 0.5, "(0.5 + 1i)": 1.2, "(1 - 0.25i)": 1.1, "true": 1, "false": 0}
PLAIN = {"real": "0.5", "int": "1", "complex": "(0.5 + 1i)", "bool": "true"}


def literal(type_, place, text=None):
    text = text or PLAIN[type_]
    return Term(text, [], type_, place, Bound(SIZES[text] if text in SIZES else float(text)))


def scaled(term, most):
    """The term, times a constant that brings it within the bound `most`, if need be."""
    ratio = max(term.bound.size / most.size, term.bound.error / max(most.error, 1e-9),
                term.bound.slope / max(most.slope, 1e-9))
    if ratio <= 1:
        return term
    factor = float(f"{0.8 / ratio:.1g}")
    bound = Bound(term.bound.size * factor, (term.bound.error + term.bound.size) * factor,
                  term.bound.slope * factor)
    return Term(f"({factor!r} * {{}})", [term], term.type, term.place, bound)


class Writer:
    """Draws terms of a type at a place.

    `sizes` tells how many points a network has, at most. `isAllowed` says of a declaration whether
    it may be read where the term will stand.
    """

    def __init__(self, draw: random.Random):
        self.draw = draw
        self.declared = []
        self.sizes = {}
        self.is_allowed = lambda declared: True
        self.time = None       # Its name, where there is one.
        self.has_step = False
        self.is_smooth = False  # No jumps: a method that measures its error would find them.
        self.functions = []    # Names of definitions with one argument, real to real.

    # Names.

    def reads(self, declared, place):
        """The ways in which a name can be read at a place."""
        at = declared.place
        if at.kind == GLOBAL:
            return ["{}"]
        if at.net != place.net:
            return []
        if at.kind == NODE:
            return {NODE: ["{}"] * 4, NEAR: ["{}", *["{}[" + place.var + "]"] * 3],
                    EDGE: ["{}[src]", "{}[dst]"] * 2}[place.kind]
        if place.kind == NEAR and not {"ends", "turned"} <= declared.tags:
            return ["{}[" + place.var + "]"] * 4
        return ["{}"] * 4 if place.kind == EDGE else []

    def read(self, type_, place):
        options = [(declared, how) for declared in self.declared
                   if declared.type == type_ and self.is_allowed(declared)
                   for how in self.reads(declared, place)]
        if not options:
            return literal(type_, place, self.draw.choice(LITERALS[type_]))
        declared, how = self.draw.choice(options)
        return Term(how.format(declared.name) + declared.suffix, [], type_, place, declared.bound,
                    declared.name)

    def leaf(self, type_, place):
        draw = self.draw.random()
        if type_ == "int" and draw < 0.4:
            return self.builtin(place)
        if type_ == "real" and draw < 0.15 and self.time:
            return Term(self.time, [], "real", place, Bound(2, 8))
        if draw < 0.85:
            return self.read(type_, place)
        return literal(type_, place, self.draw.choice(LITERALS[type_]))

    def builtin(self, place):
        where = {NODE: [""], NEAR: ["", f"[{place.var}]"], EDGE: ["[src]", "[dst]"],
                 GLOBAL: []}[place.kind]
        options = [name + end for name in ("degree", "id") for end in where]
        options += [f"count({net}.{kind})" for net in self.sizes for kind in ("nodes", "edges")]
        options += ["step"] * 2 if self.has_step else []
        return Term(f"mod({self.draw.choice(options)}, 5)", [], "int", place, Bound(5))

    # Terms.

    def term(self, type_, place, depth):
        depth -= self.draw.randrange(1, 3)
        if depth <= 0:
            return self.leaf(type_, place)
        forms = getattr(self, type_ + "_forms")(place)
        reductions = self.reductions(type_, place)
        if reductions and self.draw.random() < {NODE: 0.25, GLOBAL: 0.6}.get(place.kind, 0.08):
            forms = reductions
        form, types, rule = self.draw.choice(forms)
        parts = [self.term(wanted if isinstance(wanted, str) else wanted[0],
                           place if isinstance(wanted, str) else wanted[1], depth)
                 for wanted in types]
        drawn = Term(form, parts, type_, place, rule(*(part.bound for part in parts)))
        if type_ in ("real", "complex"):
            return scaled(drawn, Bound(8, 1500, 40))
        if type_ == "int" and drawn.bound.size > 1e6:
            return Term("mod({}, 1009)", [drawn], "int", place, Bound(1009))
        return drawn

    def real_forms(self, place):
        one, two = ["real"], ["real", "real"]
        exponent = self.draw.randrange(4)
        forms = [
            ("({} + {})", two, Bound.plus), ("({} - {})", two, Bound.plus),
            ("({} * {})", two, Bound.times), ("(-{})", one, lambda a: a),
            ("({} / (1 + abs({})))", two, lambda a, b: a.times(b.through(1, 1))),
            ("sin({})", one, lambda a: a.through(1, 1)),
            ("cos({})", one, lambda a: a.through(1, 1)),
            ("tan(0.5 * tanh({}))", one, lambda a: a.through(0.6, 0.7)),
            ("exp(-abs({}))", one, lambda a: a.through(1, 1)),
            ("exp(tanh({}))", one, lambda a: a.through(2.8, 2.8, 40)),
            ("log(1 + abs({}))", one, lambda a: a.through(2.2, 1, 40)),
            ("log2(2 + tanh({}))", one, lambda a: a.through(1.6, 1.5, 40)),
            ("log10(2 + tanh({}))", one, lambda a: a.through(0.5, 0.5, 40)),
            ("sqrt(1 + {}^2)", one, lambda a: a.through(1 + a.size, 1)),
            ("cbrt(2 + tanh({}))", one, lambda a: a.through(1.5, 0.4, 30)),
            ("asin(0.9 * tanh({}))", one, lambda a: a.through(1.2, 2.3, 60)),
            ("acos(0.9 * tanh({}))", one, lambda a: a.through(2.8, 2.3, 80)),
            ("atan({})", one, lambda a: a.through(1.6, 1)),
            ("atan2({}, 1.25)", one, lambda a: a.through(1.6, 0.8)),
            ("sinh(tanh({}))", one, lambda a: a.through(1.2, 1.6, 40)),
            ("cosh(tanh({}))", one, lambda a: a.through(1.6, 1.2, 40)),
            ("erf({})", one, lambda a: a.through(1, 1.2)),
            ("hypot({}, {})", two, lambda a, b: a.plus(b).through(a.size + b.size, 1)),
            ("max({}, {})", two, Bound.join), ("min({}, {}, {})", two + one, Bound.join),
            ("clamp({}, -1, {})", two, lambda a, b: a.join(b, Bound(1))),
            (f"(tanh({{}})^{exponent})", one, lambda a: a.through(1, exponent, 60)),
            ("((2 + tanh({}))^1.7)", one, lambda a: a.through(6.5, 3.8, 120)),
            ("(2^tanh({}))", one, lambda a: a.through(2, 1.4, 60)),
            ("(if {} then {} else {})", ["bool", "real", "real"], lambda _, a, b: a.join(b)),
            ("(0.1 * {})", ["int"], lambda a: Bound(0.1 * a.size, 0.1 * a.size)),
            ("real({})", ["complex"], lambda a: a), ("imag({})", ["complex"], lambda a: a),
            ("abs({})", ["complex"], lambda a: a.through(a.size, 1)),
            ("arg({} + 9)", ["complex"], lambda a: a.through(1.6, 1, 40)),
        ]
        if not self.is_smooth:
            forms += [
                ("wrap({}, -1.1037, 2.3071)", one, lambda a: a.through(2.4, 1, 8 * (a.size + 4))),
                ("floor(1.37 * {} + 0.2913)", one, lambda a: Bound(1.4 * a.size + 2)),
                ("(0.3 * round(1.37 * {} + 0.2913))", one, lambda a: Bound(a.size + 1, a.size + 1)),
                ("sign({} + 0.3719)", one, lambda a: Bound(1)),
            ]
        for name in self.functions:
            forms.append((name + "({})", one, lambda a: a.through(2, 2, 60)))
        return forms

    def complex_forms(self, place):
        one, two = ["complex"], ["complex", "complex"]
        return [
            ("({} + {})", two, Bound.plus), ("({} - {})", ["complex", "real"], Bound.plus),
            ("({} * {})", two, Bound.times), ("({} * {})", ["real", "complex"], Bound.times),
            ("exp(1i * {})", ["real"], lambda a: a.through(1, 1, 20 + a.size)),
            ("polar(0.5, {})", ["real"], lambda a: a.through(0.5, 0.5)),
            ("conj({})", one, lambda a: a), ("(1i * {})", one, lambda a: a), ("(-{})", one,
                                                                             lambda a: a),
            ("({} / (1 + abs({})^2))", two,
             lambda a, b: a.times(b.through(1, 1, 20 + 4 * b.size))),
            ("({} / ({} + 9i + 9))", two,
             lambda a, b: a.times(b.through(0.3, 0.1, 20))),
            ("sqrt({} + 9)", one, lambda a: a.through(4.2, 0.5, 60)),
            ("log({} + 9)", one, lambda a: a.through(3.3, 1, 60)),
            ("exp(0.1 * {})", one, lambda a: a.through(2.3, 0.3, 60)),
            ("tanh(0.1 * {})", one, lambda a: a.through(1.1, 0.3, 60)),
            ("sin(0.1 * {})", one, lambda a: a.through(1, 0.15, 60)),
            ("cosh(0.1 * {})", one, lambda a: a.through(1.4, 0.1, 60)),
            ("((0.3 * {})^2)", one, lambda a: a.times(a).through(0.09 * a.size ** 2, 0.09)),
            ("(if {} then {} else {})", ["bool", "complex", "complex"], lambda _, a, b: a.join(b)),
        ]

    def int_forms(self, place):
        one, two = ["int"], ["int", "int"]

        def total(a, b):
            return Bound(a.size + b.size)

        return [
            ("({} + {})", two, total), ("({} - {})", two, total),
            ("mod({} * {}, 7)", two, lambda a, b: Bound(7)),
            ("quotient({}, {})", two, lambda a, b: Bound(a.size + 1)),
            ("mod(-{}, {})", two, lambda a, b: exact(b)), ("max({}, {})", two, exact),
            ("clamp({}, -2, {})", two, lambda a, b: Bound(max(2, b.size, a.size))),
            ("(if {} then {} else {})", ["bool", "int", "int"], lambda _, a, b: exact(a, b)),
            ("sign({})", one, lambda a: Bound(1)),
            ("abs({} - 2)", one, lambda a: Bound(a.size + 2)),
            ("mod({}^2, 5)", one, lambda a: Bound(5)),
        ]

    def bool_forms(self, place):
        two = ["bool", "bool"]

        def truth(*_):
            return Bound(1)

        forms = [
            ("({} and {})", two, truth), ("({} or {})", two, truth), ("(not {})", ["bool"], truth),
            ("({} == {})", ["int", "int"], truth), ("({} != {})", ["int", "int"], truth),
            ("({} <= {})", ["int", "int"], truth), ("({} == {})", two, truth),
        ]
        if not self.is_smooth:
            forms += [("({} < {} + 0.3719)", ["real", "real"], truth),
                      ("({} >= {} - 0.2873)", ["real", "real"], truth)]
        return forms

    # Reductions.

    def reductions(self, type_, place):
        return ((self.over_neighbours(type_, place) if place.kind in (NODE, NEAR) else [])
                + self.over_set(type_))

    def over_neighbours(self, type_, place):
        net = place.net
        var = {"": "j", "j": "k", "k": "l"}.get(place.var)
        if not var:
            return []
        near = (type_, Place(NEAR, net, var))
        truth = ("bool", near[1])
        count = self.sizes[net]
        over = f"{var} in {self.draw.choice(['nbrs', 'nbrs', 'targets'])}"
        # Of n terms, each partial sum rounds by the sum's size: n times n terms in all.
        mean = [(f"(mean({over}) ({{}}))", [near], lambda a: a.through(a.size, 1, count * a.size)),
                (f"((sum({var} in nbrs) ({{}})) / (1 + degree))", [near],
                 lambda a: a.through(a.size, 1, count * a.size))]
        if type_ == "complex":
            return mean
        if type_ == "bool":
            return [(f"({kind}({over}) ({{}}))", [truth], lambda a: Bound(1))
                    for kind in ("any", "all")]
        if type_ == "int":
            return [(f"(count({over}) ({{}}))", [truth], lambda a: Bound(count)),
                    (f"mod((sum({over}) ({{}})), 9)", [near], lambda a: Bound(9)),
                    (f"clamp((min({over}) ({{}})), -9, 9)", [near], lambda a: Bound(9)),
                    (f"mod((prod({over}) ({{}})), 9)", [near], lambda a: Bound(9))]
        return mean * 2 + [
            (f"(sum({over}) ({{}}))", [near],
             lambda a: a.through(count * a.size, count, count ** 2 * a.size)),
            (f"tanh(max({over}) ({{}}))", [near], lambda a: a.through(1, 1)),
            (f"tanh(min({over}) ({{}}))", [near], lambda a: a.through(1, 1)),
            (f"(prod({over}) cos({{}}))", [near], lambda a: a.through(1, count, 12 * count)),
        ]

    def over_set(self, type_):
        net = self.draw.choice(list(self.sizes))
        kind = self.draw.choice([NODE, EDGE])
        on = f" on {net}.{kind}s"
        here = Place(kind, net)
        count = self.sizes[net] if kind == NODE else self.sizes[net] ** 2
        root = math.sqrt(count)
        if type_ == "bool":
            return []
        if type_ == "int":
            return [(f"count({{}}{on})", [("bool", here)], lambda a: Bound(count)),
                    (f"mod(sum({{}}{on}), 11)", [("int", here)], lambda a: Bound(11))]
        forms = [(f"mean({{}}{on})", [(type_, here)], lambda a: a.through(a.size, 1)),
                 (f"norm({{}}{on})", [(type_, here)],
                  lambda a: a.through(root * a.size, root)),
                 (f"sum({{}}{on})", [(type_, here)],
                  lambda a: a.through(count * a.size, count))]
        if type_ == "complex":
            return [forms[0], forms[2]]
        return forms + [
            (f"tanh(max({{}}{on}))", [("real", here)], lambda a: a.through(1, 1)),
            (f"tanh(min({{}}{on}))", [("real", here)], lambda a: a.through(1, 1)),
            (f"std({{}}{on})", [("real", here)], lambda a: a.through(a.size, 1)),
            (f"norm({{}}, inf{on})", [("complex", here)], lambda a: a.through(a.size, 1)),
        ]
