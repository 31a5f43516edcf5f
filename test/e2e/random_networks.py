"""Networks drawn at random: every generator, and files of every format that the test writes."""
import dataclasses
import random

# Around the lengths of vectors (4, 8), of batches (64) and of the blocks that ranks own (8).
COUNTS = [3, 4, 5, 7, 8, 9, 16, 17, 24, 25, 31, 33, 40, 65, 70]


@dataclasses.dataclass
class Network:
    name: str
    text: str         # What stands behind `network NAME = `.
    count: int        # Of nodes.
    is_directed: bool
    # (name, type, the symmetries of which a field must have one to read it; none: any)
    node_columns: list = dataclasses.field(default_factory=list)
    edge_columns: list = dataclasses.field(default_factory=list)
    num_axes: int = 0
    files: dict = dataclasses.field(default_factory=dict)  # Path: (lines above, lines in any order)
    smaller: list = dataclasses.field(default_factory=list)  # The same with fewer nodes.


def draw_network(draw, name):
    kind = draw.choice([ring, small_world, table, table, table, matrix, matrix, geometric, random_,
                        preferential, lattice, complete, star])
    state = draw.getrandbits(32)
    count = draw.choice(COUNTS)

    def make(count):
        network = kind(random.Random(state), name, count)
        return network

    network = make(count)
    network.smaller = [make(less) for less in COUNTS if less < count]
    return network


def directed(draw):
    return draw.choice([("", False), (", directed: true", True), (", directed: false", False)])


def ring(draw, name, count):
    text, is_directed = directed(draw)
    return Network(name, f"ring(nodes: {count}{text})", count, is_directed)


def complete(draw, name, count):
    text, is_directed = directed(draw)
    count = min(count, 12)
    return Network(name, f"complete(nodes: {count}{text})", count, is_directed)


def star(draw, name, count):
    return Network(name, f"star(nodes: {count})", count, False)


def small_world(draw, name, count):
    neighbours = 2 if count < 6 else 4
    return Network(name, f"watts_strogatz(nodes: {count}, neighbours: {neighbours}, "
                         f"rewire: 0.3, seed: {draw.randrange(99)})", count, False)


def geometric(draw, name, count):
    dim = draw.randrange(1, 5)
    reach = draw.choice(["radius: 0.3", "degree: 1.5"])
    torus = draw.choice(["", ", torus: true"])
    return Network(name, f"geometric(nodes: {count}, dim: {dim}, {reach}{torus}, "
                         f"seed: {draw.randrange(99)})", count, False, num_axes=dim)


def random_(draw, name, count):
    text, is_directed = directed(draw)
    return Network(name, f"erdos_renyi(nodes: {count}, p: {draw.choice([0.05, 0.1, 0.3])}{text}, "
                         f"seed: {draw.randrange(99)})", count, is_directed)


def preferential(draw, name, count):
    text, is_directed = directed(draw)
    return Network(name, f"barabasi_albert(nodes: {count}, attach: {draw.choice([1, 2])}{text}, "
                         f"seed: {draw.randrange(99)})", count, is_directed)


def lattice(draw, name, count):
    shape = draw.choice([[count], [3, max(3, count // 3)], [4, 3, 3], [3, 3, 1, 3], [1, 5]])
    count = 1
    for extent in shape:
        count *= extent
    periodic = draw.choice(["", ", periodic: true"])
    return Network(name, f"lattice(shape: {shape}{periodic})", count, False, num_axes=len(shape))


# Files.

def draw_pairs(draw, count, is_directed):
    pairs = set()
    for _ in range(draw.choice([count // 2, 2 * count, 3 * count])):
        a, b = draw.randrange(count), draw.randrange(count)
        if a != b and (is_directed or (b, a) not in pairs):
            pairs.add((a, b))
    return sorted(pairs)


def table(draw, name, count):
    ending, comma = draw.choice([("csv", ","), ("tsv", "\t")])
    is_directed = draw.random() < 0.4
    ids = draw.choice([range(count), range(2, 3 * count + 2, 3), draw.sample(range(999), count)])
    pairs = draw_pairs(draw, count, is_directed)
    is_turned = draw.random() < 0.5 and not is_directed  # Rows may name the larger end first.
    if not is_turned and not is_directed:
        pairs = [(min(pair), max(pair)) for pair in pairs]
    symmetries = {"symmetric", "antisymmetric"} if is_turned else None
    edges = [comma.join(map(str, (ids[a], ids[b], draw.uniform(0.2, 1.5), draw.randrange(-3, 4))))
             for a, b in pairs]
    nodes = [comma.join(map(str, (ids[row], draw.random(), draw.randrange(2))))
             for row in range(count)]
    edges_file, nodes_file = f"{name}-edges.{ending}", f"{name}-nodes.{ending}"
    # The order of the rows of nodes is theirs: it stays.
    files = {edges_file: ([comma.join(("from", "to", "weight", "kind"))], edges),
             nodes_file: ([comma.join(("id", "a", "flag")), *nodes], [])}
    text = f"read(\"{edges_file}\", nodes: \"{nodes_file}\"" \
           + (", directed: true)" if is_directed else ")")
    return Network(name, text, count, is_directed, [("a", "real", None), ("flag", "int", None)],
                   [("weight", "real", symmetries), ("kind", "int", symmetries)], files=files)


def matrix(draw, name, count):
    """Entry (i, j) is an edge from j to i; a symmetric matrix stores its lower half."""
    field = draw.choice(["real", "complex", "integer", "pattern"])
    kinds = {"real": ["general", "symmetric", "skew-symmetric"],
             "complex": ["general", "symmetric", "hermitian"],
             "integer": ["general", "symmetric"], "pattern": ["general", "symmetric"]}
    kind = draw.choice(kinds[field])
    is_directed = kind == "general"
    pairs = draw_pairs(draw, count, is_directed)
    if is_directed:  # One edge without its reverse: else the matrix could be undirected.
        pairs = sorted({(1, 0)} | set(pairs) - {(0, 1)})
    else:
        pairs = [(min(pair), max(pair)) for pair in pairs]
    value = {"real": lambda: f" {draw.uniform(-1, 1)!r}", "pattern": lambda: "",
             "integer": lambda: f" {draw.randrange(1, 5)}",
             "complex": lambda: f" {draw.uniform(-1, 1)!r} {draw.uniform(-1, 1)!r}"}[field]
    entries = [f"{dst + 1} {src + 1}{value()}" for src, dst in pairs]
    head = [f"%%MatrixMarket matrix coordinate {field} {kind}", "% drawn at random",
            f"{count} {count} {len(entries)}"]
    file = f"{name}.mtx"
    type_ = {"complex": "complex", "integer": "int"}.get(field, "real")
    symmetries = {"general": None, "skew-symmetric": {"antisymmetric"}}.get(kind, {kind})
    columns = [("weight", type_, symmetries)]
    return Network(name, f"read(\"{file}\")", count, is_directed, [], columns,
                   files={file: (head, entries)})


def write_files(network, folder, shuffle=None):
    """Writes the network's files; the order of the edges is `shuffle`'s, if there is one."""
    for path, (head, lines) in network.files.items():
        lines = list(lines)
        if shuffle:
            shuffle.shuffle(lines)
        (folder / path).write_text("\n".join(head + lines) + "\n")
