"""Makes a program that fails smaller, as long as it still fails in the same way."""
import copy

from random_terms import literal


def without_piece(program, target):
    """The program without a piece, and without what needs it; reads of it become literals."""
    smaller = copy.deepcopy(program)
    gone = list(smaller.walk())[target]
    remove(smaller.pieces, gone)
    names = {gone.defines} - {None}
    while True:
        orphans = [piece for piece in smaller.walk() if piece.needs & names]
        if not orphans:
            break
        for piece in orphans:
            remove(smaller.pieces, piece)
            names |= {piece.defines} - {None}
    for piece in smaller.walk():
        piece.terms = [substitute(term, names) for term in piece.terms]
    return smaller


def remove(pieces, gone):
    for piece in list(pieces):
        if piece is gone:
            pieces.remove(piece)
        elif piece.body is not None:
            remove(piece.body, gone)


def substitute(term, names):
    """The term with a literal wherever one of the names is read or called."""
    called = term.form.split("(")[0]
    if term.name in names or (called and called in names):
        return literal(term.type, term.place)
    term.parts = [substitute(part, names) for part in term.parts]
    return term


def unwrapped(program, target):
    """The program with a block inside an evolve replaced by what it holds."""
    smaller = copy.deepcopy(program)
    piece = list(smaller.walk())[target]
    for outer in smaller.walk():
        if outer.body and piece in outer.body:
            at = outer.body.index(piece)
            outer.body[at:at + 1] = piece.body
            return smaller
    return None


def replacements(term):
    """Smaller terms of the same type at the same place."""
    if term.parts:
        yield literal(term.type, term.place)
        for part in list(term.walk())[1:]:
            if part.type == term.type and part.place == term.place:
                yield part
    elif term.name:
        yield literal(term.type, term.place)


def with_term(program, piece_index, path, new):
    smaller = copy.deepcopy(program)
    piece = list(smaller.walk())[piece_index]
    if len(path) == 1:
        piece.terms[path[0]] = new
        return smaller
    parent = piece.terms[path[0]]
    for step in path[1:-1]:
        parent = parent.parts[step]
    parent.parts[path[-1]] = new
    return smaller


def paths(term, path):
    yield path, term
    for index, part in enumerate(term.parts):
        yield from paths(part, path + [index])


def candidates(program):
    """Smaller programs, the most different ones first."""
    pieces = list(program.walk())
    for index in sorted(range(len(pieces)), key=lambda i: -len(list(pieces[i].walk()))):
        yield without_piece(program, index)
    for number, network in enumerate(program.networks):
        smaller = copy.deepcopy(program)
        del smaller.networks[number]
        yield smaller
        for less in network.smaller:
            smaller = copy.deepcopy(program)
            smaller.networks[number] = less
            yield smaller
    for index, piece in enumerate(pieces):
        if piece.body and not piece.form.startswith("evolve"):
            smaller = unwrapped(program, index)
            if smaller:
                yield smaller
    for index, piece in enumerate(pieces):
        for number, term in enumerate(piece.terms):
            for path, part in paths(term, [number]):
                for new in replacements(part):
                    yield with_term(program, index, path, new)


def shrink(program, still_fails, most_runs):
    """The smallest program found in so many runs. Whatever fails is the next to be made smaller."""
    runs = 0
    progress = True
    while progress and runs < most_runs:
        progress = False
        for smaller in candidates(program):
            if runs >= most_runs:
                break
            if len(smaller.text()) > len(program.text()):
                continue
            runs += 1
            if still_fails(smaller):
                program, progress = smaller, True
                break
    return program
