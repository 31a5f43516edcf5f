"""Whole models drawn at random: networks, declarations, evolves.

The state stays bounded, and so does what rounding does to it: every rate is at most 1 in size and
0.5 steep, all evolves together last at most 1.5, and an assigned value is at most 2 and no steeper
than 1. So the error of the state grows as S' = S * slope + error, by the numbers that the terms
carry (see random_terms), and what is observed is scaled until error + slope * S is below 9000 units
of 2^-53, which is 1e-12.
"""
import math
import random

import random_networks
from random_terms import (EDGE, GLOBAL, NEAR, NODE, NOWHERE, Bound, Declared, Place, Term, Writer,
                          literal, scaled)

TOLERATED = 9000
TYPES = {"real": 8, "complex": 8, "int": 12, "bool": 1}  # With the largest size of a field.
RATE = Bound(1, 200, 0.5)
ASSIGNED = Bound(2, 30, 1)
INITIAL = Bound(2, 150, 1)
ROUNDED_EACH_STEP = 30  # Of the sums of stages: at most 3 of them of numbers of size 8.


class Piece:
    """A line of a model, or a block of lines. `defines` a name; `needs` names to make sense."""

    def __init__(self, form, terms=(), body=None, defines=None, needs=()):
        self.form, self.terms, self.body = form, list(terms), body
        self.defines, self.needs = defines, set(needs)

    def lines(self, indent="  "):
        texts = [term.text() for term in self.terms]
        yield indent + self.form.format(*texts) + (" {{" if self.body is not None else "")[:2]
        if self.body is not None:
            for piece in self.body:
                yield from piece.lines(indent + "  ")
            yield indent + "}"

    def walk(self):
        yield self
        for piece in self.body or []:
            yield from piece.walk()


class Program:
    """A model as its pieces, with the networks it runs on."""

    def __init__(self, number):
        self.number, self.networks, self.pieces = number, [], []

    def text(self):
        lines = [f"network {net.name} = {net.text}" for net in self.networks]
        body = ["  " + line for line in lines]
        for piece in self.pieces:
            body += piece.lines()
        return f"model random_{self.number} {{\n" + "\n".join(body) + "\n}\n"

    def walk(self):
        for piece in self.pieces:
            yield from piece.walk()


class Drawer:
    """Draws one program."""

    def __init__(self, number):
        self.draw = random.Random(f"model {number}")
        self.program = Program(number)
        self.writer = Writer(self.draw)
        self.leave()
        self.primary = {}     # Evolving fields by name: (Declared, order).
        self.error = 0        # Of the state, in units of 2^-53.
        self.num_names = 0

    def fresh(self, stem):
        self.num_names += 1
        return f"{stem}{self.num_names}"

    def declare(self, name, type_, place, bound, tags=(), suffix=""):
        self.writer.declared.append(Declared(name, type_, place, bound, frozenset(tags), suffix))
        return self.writer.declared[-1]

    def add(self, *arguments, **options):
        self.program.pieces.append(Piece(*arguments, **options))

    # Declarations.

    def run(self):
        self.add_params()
        for name in ["G", "H"] if self.draw.random() < 0.15 else ["G"]:
            self.add_network(name)
        self.add_functions()
        for network in self.program.networks:
            self.add_fields(network)
        self.add_states()
        planned = [self.plan() for _ in range(self.draw.choice([1, 1, 1, 1, 2, 3]))]
        self.use_second_order(planned)
        is_adaptive = any(method == "dopri5" for method, *_ in planned)
        for _ in range(self.draw.randrange(3)):
            self.add_let(None if is_adaptive else self.draw.choice([None, "t"]))
        self.draw.shuffle(self.program.pieces)  # Declarations stand in any order.
        self.add_evolves(planned)
        return self.program

    def add_params(self):
        self.add("param K : real = 0.7", defines="K")
        self.add("param M : int = 23", defines="M")
        self.add("param on : bool = true", defines="on")
        self.declare("K", "real", NOWHERE, Bound(0.7))
        self.declare("M", "int", NOWHERE, Bound(23))
        self.declare("on", "bool", NOWHERE, Bound(1))
        self.add("require K > 0.1 and M < 99, \"parameters are as the test says\"",
                 needs={"K", "M"})

    def add_network(self, name):
        network = random_networks.draw_network(self.draw, name)
        self.program.networks.append(network)
        self.writer.sizes[name] = max(network.count, 2)
        for axis in range(network.num_axes):
            self.declare("position", "real", Place(NODE, name), Bound(max(1, network.count)),
                         suffix=f"[{axis}]")

    def add_functions(self):
        if self.draw.random() < 0.3:
            self.add("fn bend(a) = 0.5 * sin(a) + 0.3 * tanh(a) / (1 + a^2)", defines="bend")
            self.writer.functions.append("bend")
        if self.draw.random() < 0.2:
            self.add("fn turn(a) = (if a > 0.3719 then a else -0.5 * a) / (1 + abs(a))",
                     defines="turn")
            self.writer.functions.append("turn")

    def add_fields(self, network):
        node, edge = Place(NODE, network.name), Place(EDGE, network.name)
        mark = "" if network.name == "G" else "2"
        self.add_field(network, node, "p" + mark, "real", order=1)
        options = [(node, "q", "real", 2), (node, "c", "complex", 1), (node, "n", "int", 0),
                   (node, "b", "bool", 0), (node, "r", "real", 0), (edge, "w", "real", 1),
                   (edge, "h", "complex", 1), (edge, "m", "int", 0), (edge, "f", "bool", 0),
                   (edge, "v", "real", 2)]
        chosen = self.draw.sample(options, self.draw.randrange(1, 5))
        for place, name, type_, order in sorted(chosen, key=str):
            self.add_field(network, place, name + mark, type_, order)

    def add_field(self, network, place, name, type_, order):
        symmetry = ""
        if place.kind == EDGE and not network.is_directed:
            symmetry = self.draw.choice({"real": ["", "", " symmetric", " antisymmetric"],
                                         "complex": ["", " hermitian", " hermitian",
                                                     " antisymmetric"],
                                         "int": ["", " antisymmetric"]}.get(type_, [""]))
        tags = {"turned"} if symmetry.strip() in ("hermitian", "antisymmetric") else set()
        initial = self.initial(network, place, type_, symmetry.strip())
        self.add(f"field {name} on {network.name}.{place.kind}s : {type_}{symmetry} = {{}}",
                 [initial], defines=name)
        self.error = max(self.error, initial.bound.error + initial.bound.slope * self.error)
        bound = self.field_bound(type_, order)
        declared = self.declare(name, type_, place, bound, tags)
        if order:
            self.primary[name] = declared, order
        if order == 2:
            self.add_rate(network, declared, symmetry)

    def add_rate(self, network, declared, symmetry):
        """The hidden field of a second-order equation; its initial value may be left out."""
        name = declared.name + "'"
        if self.draw.random() < 0.5:
            initial = self.initial(network, declared.place, "real", "none")
            self.add(f"field {name} on {network.name}.{declared.place.kind}s : real{symmetry}"
                     " = {}", [initial], defines=name, needs={declared.name})
            self.error = max(self.error, initial.bound.error + initial.bound.slope * self.error)
        self.declare(name, "real", declared.place, declared.bound, declared.tags | {"rate"})

    def field_bound(self, type_, order):
        if type_ in ("int", "bool"):
            return Bound(TYPES[type_])
        return Bound(TYPES[type_] * (2 if order == 2 else 1), 0, 1)

    def initial(self, network, place, type_, symmetry):
        """A term of what is there already, a column or a draw, or their sum."""
        term = self.bounded(self.writer.term(type_, place, 3), type_, INITIAL)
        columns = network.node_columns if place.kind == NODE else network.edge_columns
        column, of = self.column(columns, type_, place, symmetry)
        if column and self.draw.random() < 0.7:
            is_alone = type_ in ("int", "bool") or self.draw.random() < 0.5 or of == "complex"
            return column if is_alone else self.sum(column, term)
        return self.random(type_, place, term) if self.draw.random() < 0.6 else term

    def column(self, columns, type_, place, symmetry):
        """A column that suits, and its type; nothing if none does. A complex one stands alone."""
        readable = {"real": ("real", "int"), "complex": ("real", "int", "complex"),
                    "int": ("int",), "bool": ()}[type_]
        suits = [(name, of) for name, of, symmetries in columns
                 if of in readable and (not symmetries or (symmetry or "symmetric") in symmetries)]
        if not suits:
            return None, None
        name, of = self.draw.choice(suits)
        return Term(f"column(\"{name}\")", [], type_, place, Bound(4)), of

    def sum(self, *terms):
        bound = terms[0].bound
        for term in terms[1:]:
            bound = bound.plus(term.bound)
        return Term("(" + " + ".join(["{}"] * len(terms)) + ")", terms, terms[0].type,
                    terms[0].place, bound)

    def random(self, type_, place, term):
        """A draw that is shaped by the term. A normal variate is at most 8.6."""
        if type_ == "bool":
            chance = self.bounded(self.writer.term("real", place, 2), "real", Bound(1, 100, 1))
            return Term("bernoulli(0.5 + 0.4 * {})", [chance], type_, place, Bound(1))
        if type_ == "int":
            return Term("choice(1 + mod({}, 6))", [term], type_, place, Bound(6))
        forms = [("normal({}, 0.1)", lambda a: a.plus(Bound(0.9, 90))),
                 ("(0.1 * {} + lognormal(-1, 0.2))", lambda a: a.plus(Bound(2.1, 100))),
                 ("(0.1 * {} + 0.1 * exponential(2))", lambda a: a.plus(Bound(1.9, 50))),
                 ("uniform(-1, 1 + 0.1 * {})", lambda a: a.plus(Bound(1, 8)))]
        form, rule = self.draw.choice(forms)
        if type_ == "complex":
            part = Term("real({})", [term], "real", place, term.bound)
            return Term(f"({form} + 1i * normal(0, 0.1))", [part], type_, place,
                        rule(term.bound).plus(Bound(0.9, 90)))
        return Term(form, [term], type_, place, rule(term.bound))

    def bounded(self, term, type_, most):
        """The term, made as small as a field of its type may be."""
        if type_ == "int":
            return Term("mod({}, 7)", [term], type_, term.place, Bound(7))
        return term if type_ == "bool" else scaled(term, most)

    def add_states(self):
        for type_ in self.draw.sample(["real", "real", "complex", "int", "bool"],
                                      self.draw.choice([0, 0, 1, 2])):
            initial = self.bounded(self.writer.term(type_, NOWHERE, 3), type_, INITIAL)
            self.error = max(self.error, initial.bound.error + initial.bound.slope * self.error)
            order = 1 if type_ in ("real", "complex") else 0
            name = self.fresh("s")
            self.add(f"state {name} : {type_} = {{}}", [initial], defines=name)
            declared = self.declare(name, type_, NOWHERE, self.field_bound(type_, order))
            if order:
                self.primary[name] = declared, order

    def add_let(self, time):
        """A definition; one that reads the time is for terms in evolves alone."""
        type_ = self.draw.choice(["real", "real", "real", "complex", "int", "bool"])
        net = self.draw.choice(list(self.writer.sizes))
        place = self.draw.choice([Place(NODE, net), Place(NODE, net), Place(EDGE, net), NOWHERE])
        self.writer.time = time
        self.writer.is_allowed = lambda declared: time or "time" not in declared.tags
        term = self.writer.term(type_, place, 4)
        self.leave()
        name = self.fresh("l")
        form = f"let {name} = {{}}"
        anchor = "p" + ("2" if place.net == "H" else "")
        if place.net:  # Says which set it lives on, whatever was drawn.
            here = anchor
            if place.kind == EDGE:
                fields = [d.name for d in self.writer.declared
                          if d.place == place and d.type == "real" and "let" not in d.tags]
                anchor, here = (fields[0], fields[0]) if fields else (anchor, anchor + "[src]")
            form += {"int": f" + (if {here} > -1e6 then 0 else 1)", "bool": f" or {here} < -1e6"
                     }.get(type_, f" + 0 * {here}")
        self.add(form, [term], defines=name, needs={anchor} if place.net else ())
        tags = self.tags_of(term) | {"let"}
        if place.kind == EDGE:
            turned = any(d.name == anchor and "turned" in d.tags for d in self.writer.declared)
            tags |= {"ends"} if "[src]" in form else {"turned"} if turned else set()
        self.declare(name, type_, place, term.bound, tags)

    def tags_of(self, term):
        tags = set()
        for part in term.walk():
            if part.form == "t":
                tags.add("time")
            if part.jumps():
                tags.add("jump")
            if part.place.kind == EDGE and ("[src]" in part.form or "[dst]" in part.form):
                tags.add("ends")
            for declared in self.writer.declared:
                if declared.name == part.name:
                    tags |= declared.tags - ({"ends", "turned"} if part.place.kind == NEAR
                                             else set())
        return tags

    # Evolves.

    def add_evolves(self, planned):
        evolves = [self.add_evolve(*plan) for plan in planned]
        # Only now is known how far rounding has moved the state.
        for evolve, (method, *_), time in evolves:
            self.observe(evolve, method, time)
        if self.draw.random() < 0.5:
            self.add("observe {} = {{}}".format(self.fresh("o")), [self.cell(NOWHERE)])

        for kind in (NODE, EDGE):
            if self.draw.random() < 0.2:
                self.save(kind)

    def save(self, kind):
        """Writes fields and definitions of one set of G to a file."""
        names = [d.name for d in self.writer.declared if d.place == Place(kind, "G")
                 and "time" not in d.tags and d.name != "position"]
        if names:
            chosen = self.draw.sample(names, min(len(names), 2))
            self.add(f"save {', '.join(chosen)} -> \"saved-{kind}s.csv\"", needs=set(chosen))

    def plan(self):
        seconds = [name for name, (_, order) in self.primary.items() if order == 2]
        methods = ["euler", "midpoint", "rk4", "ssprk3", "dopri5", "euler_maruyama"]
        method = self.draw.choice(methods + (["leapfrog"] * 2 if seconds else []))
        names = seconds if method == "leapfrog" else list(self.primary)
        chosen = self.draw.sample(names, self.draw.randrange(1, min(len(names), 3) + 1))
        return method, chosen, self.draw.choice([0.3, 0.4, 0.47])

    def use_second_order(self, planned):
        """A rate is stored where some evolve has its equation: each has one somewhere."""
        for name, (_, order) in self.primary.items():
            if order == 2 and not any(name in chosen for _, chosen, _ in planned):
                planned[0][1].append(name)

    def add_evolve(self, method, chosen, duration):
        """The frame, the equations and what changes fields; `observe` fills in the rest."""
        # Where a method chooses its steps, they and the times of its rows are near, not equal.
        time = "a" if method == "dopri5" else "t"
        dt = self.draw.choice([0.05, 0.08, 0.1])
        if method == "dopri5":
            steps = self.draw.choice(["", ", step: 0.02", ", step: 0.3"])
            head = f"evolve a from 0 to {duration} by dopri5(tolerance: 1e-5{steps})"
        elif self.draw.random() < 0.3:
            head = f"evolve for {self.draw.randrange(2, 6)} steps by {method}(step: {dt})"
        else:
            start = self.draw.choice([0, 0, 1])
            head = f"evolve t from {start} to {start + duration} by {method}(step: {dt})"
        evolve = Piece(head, body=[])
        self.program.pieces.append(evolve)
        self.enter(method, time)
        slope, error = 0, 0
        for name in chosen:
            declared, order = self.primary[name]
            equation, bound = self.equation(declared, order, method)
            evolve.body.append(equation)
            slope, error = max(slope, bound.slope), max(error, bound.error)
        self.grow(slope, error, duration)
        self.writer.is_allowed = lambda declared: True
        if self.draw.random() < 0.4:
            evolve.body.append(Piece("after step", body=self.assignments(1)))
        if self.draw.random() < 0.4 and method != "dopri5":
            evolve.body.append(self.changing_event())
        self.leave()
        return evolve, (method, chosen), time

    def enter(self, method, time):
        """Terms stand inside an evolve from here on."""
        self.writer.time, self.writer.has_step = time, method != "dopri5"
        self.writer.is_smooth = method == "dopri5"
        barred = {"leapfrog": "rate", "dopri5": "jump"}.get(method)
        self.writer.is_allowed = lambda declared: barred not in declared.tags

    def leave(self):
        self.writer.time, self.writer.has_step, self.writer.is_smooth = None, False, False
        self.writer.is_allowed = lambda declared: "time" not in declared.tags

    def grow(self, slope, error, duration):
        """What an evolve makes of the state's error."""
        self.error = (self.error + duration * error + 12 * ROUNDED_EACH_STEP) * math.exp(
            slope * duration)

    def equation(self, declared, order, method):
        term = scaled(self.writer.term(declared.type, declared.place, 4), RATE)
        bound = term.bound
        form = declared.name + "'" * order + " = {}"
        if order == 2:
            # |q''| <= 1 + 0.5 |q| + 0.1 |q'| keeps both below 16 for 1.5 units of time.
            form += f" - 0.5 * {declared.name}"
            slope = bound.slope + 0.5
            if method != "leapfrog":
                form += f" - 0.1 * {declared.name}'"
                slope += 0.1
            bound = Bound(bound.size, bound.error + 40, max(1, slope))
        if method == "euler_maruyama" and self.draw.random() < 0.8 and declared.type != "int":
            # dt * 0.03 * 8.6 / sqrt(dt), ten times: below 1.
            form += " + 0.03 * noise" + ("" if self.draw.random() < 0.8 else " - 0.01 * noise")
            bound = Bound(bound.size + 1, bound.error + 60, bound.slope)
        return Piece(form, [term], needs={declared.name}), bound

    def assignments(self, most):
        """Assignments to fields or states; each may draw."""
        chosen = [d for d in self.writer.declared
                  if d.name in self.primary or d.name[0] in "nbmfs" and d.name not in
                  self.writer.functions]
        pieces = []
        for declared in self.draw.sample(chosen, min(most, len(chosen))):
            term = self.bounded(self.writer.term(declared.type, declared.place, 3), declared.type,
                                ASSIGNED)
            if self.draw.random() < 0.5:
                term = self.bounded(self.random(declared.type, declared.place, term),
                                    declared.type, ASSIGNED) \
                    if declared.type not in ("int", "bool") else \
                    self.random(declared.type, declared.place, term)
            pieces.append(Piece(f"{declared.name} = {{}}", [term], needs={declared.name}))
            self.error += 10 * term.bound.error  # Ten times in an evolve, at most.
        return pieces

    def changing_event(self):
        head = self.draw.choice(["every 2 steps", "every 0.17 time", "when {}"])
        terms = [self.writer.term("bool", NOWHERE, 2)] if "{" in head else []
        return Piece(head, terms, body=self.assignments(1))

    # What is seen.

    def cell(self, place):
        """A term of any type, tolerably rounded, as a global value."""
        type_ = self.draw.choice(["real", "real", "complex", "int", "bool"])
        term = self.writer.term(type_, place, 4)
        if type_ in ("real", "complex"):
            for _ in range(3):
                wanted = max((TOLERATED - 100) / (term.bound.error + term.bound.slope * self.error
                                                  + 1e-9), 1e-9)
                if wanted >= 1:
                    break
                term = scaled(term, Bound(8, term.bound.error * wanted, term.bound.slope * wanted))
        return term

    def observe(self, evolve, method, time):
        """Cells over whole sets, global ones, and checks, with cadences."""
        self.enter(method, time)
        self.writer.is_allowed = lambda declared: True
        cadences = ["", "", " every 2 steps", " every 3 steps", " every 0.13 time"]
        if method == "dopri5":
            cadences = ["", " every 2 steps", " every 0.2 time"]
        for _ in range(self.draw.randrange(1, 3)):
            evolve.body.insert(self.draw.randrange(len(evolve.body) + 1), Piece(
                f"observe {self.fresh('o')} = {{}}{self.draw.choice(cadences)}",
                [self.cell(NOWHERE)]))
        for name in {d.place.net for d in self.writer.declared if d.place.net}:
            for kind in (NODE, EDGE):
                if self.draw.random() < 0.4:
                    term = self.cell(Place(kind, name))
                    how = {"bool": "count({}", "int": "mod(sum({}"}.get(term.type, "mean({}")
                    end = f" on {name}.{kind}s)" + (", 97)" if term.type == "int" else "")
                    evolve.body.append(Piece(
                        f"observe {self.fresh('o')} = {how}{end}{self.draw.choice(cadences)}",
                        [term]))
        if method != "dopri5" and self.draw.random() < 0.4:
            inner = [Piece(f"observe {self.fresh('o')} = {{}}", [self.cell(NOWHERE)])]
            if self.draw.random() < 0.5:
                evolve.body.append(Piece(self.draw.choice(["every 2 steps", "every 0.11 time"]),
                                         body=inner))
            else:
                clock = self.fresh("clock")
                condition = self.writer.term("bool", NOWHERE, 2)
                evolve.body.append(Piece(f"clock {clock} every 3 steps or when {{}}", [condition],
                                         defines=clock))
                evolve.body.append(Piece(f"on {clock}", body=inner, needs={clock}))
        if self.draw.random() < 0.3:
            evolve.body.append(Piece("check max(abs({}) on G.nodes) < 1e6, \"it stays small\"",
                                     [self.writer.term("real", Place(NODE, "G"), 2)]))
        self.leave()


def draw_program(number):
    return Drawer(number).run()
