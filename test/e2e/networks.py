"""Twenty small networks, as the files of edges and nodes that a model reads."""
import csv
import pathlib
import random


def path(count):
    return [(i, i + 1) for i in range(count - 1)]


def ring(count):
    return path(count) + [(count - 1, 0)]


def star(count):
    return [(0, i) for i in range(1, count)]


def complete(count):
    return [(i, j) for j in range(count) for i in range(j)]


def lattice(width, height):
    right = [(y * width + x, y * width + x + 1) for y in range(height) for x in range(width - 1)]
    down = [(y * width + x, (y + 1) * width + x) for y in range(height - 1) for x in range(width)]
    return right + down


def tree(count):
    return [((i - 1) // 2, i) for i in range(1, count)]


def flags_of(words, folder):
    """The flags that the words of a test mean: `scattered N` is a network of N nodes, made here."""
    if words[:1] != ["scattered"]:
        return words
    count = int(words[1])
    network = count, scattered(count, 3 * count - 9, seed=4)
    return write_network(folder, f"scattered-{count}", network)


def scattered(count, num_edges, seed):
    """Edges between drawn pairs: some nodes stay alone, the last ones too."""
    draw = random.Random(seed)
    pairs = set()
    while len(pairs) < num_edges:
        a, b = draw.randrange(count), draw.randrange(count)
        if a != b and (b, a) not in pairs:
            pairs.add((a, b))
    return sorted(pairs)


# Sizes around the lengths of vectors (4, 8), batches (64) and chunks (512).
NETWORKS = {
    "one-node": (1, []),
    "two-alone": (2, []),
    "pair": (2, [(0, 1)]),
    "pair-and-one": (3, [(2, 0)]),
    "triangle": (3, ring(3)),
    "path-4": (4, path(4)),
    "star-5": (5, star(5)),
    "complete-7": (7, complete(7)),
    "ring-8": (8, ring(8)),
    "tree-15": (15, tree(15)),
    "lattice-16": (16, lattice(4, 4)),
    "star-17": (17, star(17)),
    "scattered-31": (31, scattered(31, 20, seed=1)),
    "ring-63": (63, ring(63)),
    "lattice-64": (64, lattice(8, 8)),
    "scattered-65": (65, scattered(65, 130, seed=2)),
    "star-130": (130, star(130)),
    "scattered-257": (257, scattered(257, 700, seed=3)),
    "lattice-300": (300, lattice(20, 15)),
    "ring-515": (515, ring(515)),
}


def write_network(folder, name, network):
    """Writes NAME-edges.csv and NAME-nodes.csv, and gives the flags that name them.

    Every other network, by the length of its name, has ids that are not its rows.
    """
    count, pairs = network
    draw = random.Random(name)
    ids = range(count) if len(name) % 2 else range(2, 3 * count + 2, 3)
    edges = pathlib.Path(folder) / f"{name}-edges.csv"
    nodes = pathlib.Path(folder) / f"{name}-nodes.csv"
    with open(edges, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["from", "to", "weight"])
        rows.writerows([ids[a], ids[b], draw.uniform(0.2, 1.5)] for a, b in pairs)
    with open(nodes, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "a", "flag"])
        rows.writerows([ids[row], draw.random(), draw.randrange(2)] for row in range(count))
    return ["--edges_file", str(edges), "--nodes_file", str(nodes)]


def write_columns(path, columns):
    """A CSV file with these columns, all digits kept."""
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        rows.writerows([getattr(cell, "item", lambda cell=cell: cell)() for cell in row]
                       for row in zip(*columns.values(), strict=True))
