"""Mistakes in the files that a model reads: networks, columns, matrices and settings."""
from wrong_case import MODEL, NETWORK, Mistake, change

READING = change(NETWORK, 'read("edges.csv")')
NODES = change(NETWORK, 'read("edges.csv", nodes: "nodes.csv")')
COLUMN = NODES.replace("= id", '= column("load")')
WEIGHTS = READING.replace("  let", '  field w on G.edges : real = column("weight")\n  let')
TABS = change(NETWORK, 'read("edges.tsv")')
MATRIX = change(NETWORK, 'read("m.mtx")')
HERMITIAN = MATRIX.replace(
    "  let", '  field w on G.edges : complex hermitian = column("weight")\n  let')
GENERAL = "%%MatrixMarket matrix coordinate real general\n"


def edges(name, words, text, model=READING, place="wrong.irh:4:3"):
    return Mistake(name, place, words, model, files={"edges.csv": text})


def nodes(name, words, text, model=NODES, place="wrong.irh:4:3", edge_rows="0,1\n"):
    return Mistake(name, place, words, model,
                   files={"edges.csv": "src,dst\n" + edge_rows, "nodes.csv": text})


def matrix(name, words, text, model=MATRIX, place="wrong.irh:4:3"):
    return Mistake(name, place, words, model, files={"m.mtx": text})


def settings(name, words, text, place="set.toml"):
    return Mistake(name, "", [place, *words], flags=["--set", "set.toml"], files={"set.toml": text})


TABLES = [
    Mistake("a missing file", "wrong.irh:4:3", ["edges.csv", "cannot"], READING),
    Mistake("a file of no known format", "wrong.irh:4:20", ["edges.xls", ".csv"],
            change(NETWORK, 'read("edges.xls")')),
    Mistake("a file that is named", "wrong.irh:4:15", ["first", "`read("],
            change(NETWORK, 'read(edges: "edges.csv")')),
    edges("an end that is a word", ["edges.csv:3", "`one`", "integer"], "src,dst\n0,1\n1,one\n"),
    edges("a row with a cell too few", ["edges.csv:3", "1 cells", "2"], "src,dst\n0,1\n1\n"),
    edges("a row cut off", ["edges.csv:3", "cells"], "src,dst,weight\n0,1,2\n1,"),
    edges("an empty file", ["edges.csv:1", "first line"], ""),
    edges("a file without a first line of names", ["edges.csv:1", "src,dst"], "0,1\n1,2\n"),
    edges("an empty line", ["edges.csv:3", "empty"], "src,dst\n0,1\n\n1,2\n"),
    edges("a quote left open", ["edges.csv:2", "quote"], 'src,dst\n"0,1\n'),
    edges("bytes that are no text", ["edges.csv:2"], b"src,dst\n\x00\xff\x7f,\x01\n"),
    edges("a negative node", ["edges.csv:2", "-1"], "src,dst\n-1,1\n"),
    edges("a doubled edge", ["edges.csv:4", "duplicates"], "src,dst\n0,1\n1,2\n1,0\n"),
    edges("a loop", ["edges.csv:3", "loops"], "src,dst\n0,1\n2,2\n"),
    edges("a weight that is no number", ["edges.csv:3", "`nan`", "weight", "finite"],
          "src,dst,weight\n0,1,1\n1,2,nan\n", WEIGHTS, "wrong.irh:6:31"),
    edges("a weight out of range", ["edges.csv:2", "`1e999`", "finite"],
          "src,dst,weight\n0,1,1e999\n", WEIGHTS, "wrong.irh:6:31"),
    edges("a missing column", ["weight", "did you mean `weigth`"], "src,dst,weigth\n0,1,1\n",
          WEIGHTS, "wrong.irh:6:31"),
    edges("columns whose names do not print", ["weight", "`?`"], b"src,dst,\xff\n0,1,1\n",
          WEIGHTS, "wrong.irh:6:31"),
    edges("an edge field without a column of its own", ["weight", "edges.csv"], "src,dst\n0,1\n",
          WEIGHTS, "wrong.irh:6:31"),
    Mistake("commas in a file of tabs", "wrong.irh:4:3", ["edges.tsv:1", "two columns"], TABS,
            files={"edges.tsv": "src,dst\n0,1\n"}),
    Mistake("a bad row between tabs", "wrong.irh:4:3", ["edges.tsv:3", "`x`"], TABS,
            files={"edges.tsv": "src\tdst\n0\t1\n1\tx\n"}),
]

NODE_FILES = [
    nodes("an edge to no node", ["edges.csv:3", "7"], "id\n0\n1\n", edge_rows="0,1\n1,7\n"),
    nodes("an edge past the rows", ["edges.csv:2", "5", "2"], "load\n1\n2\n", edge_rows="0,5\n"),
    nodes("a doubled id", ["nodes.csv:4", "7", "line 2"], "id\n7\n8\n7\n", edge_rows="7,8\n"),
    nodes("an id that is no integer", ["nodes.csv:3", "`b`"], "id\n1\nb\n", edge_rows="1,1\n"),
    nodes("a load that is missing", ["nodes.csv:3", "``", "load"], "id,load\n0,1\n1,\n", COLUMN,
          "wrong.irh:5:31"),
    nodes("a missing column of nodes", ["`load`", "did you mean `loads`"], "id,loads\n0,1\n1,2\n",
          COLUMN, "wrong.irh:5:31"),
    Mistake("a column without a file of nodes", "wrong.irh:5:31", ["`nodes:`"],
            READING.replace("= id", '= column("load")')),
]

MATRICES = [
    matrix("no matrix file", ["m.mtx:1", "%%MatrixMarket"], "1 2 3\n"),
    matrix("an unknown kind of matrix", ["m.mtx:1", "`dense`"],
           "%%MatrixMarket matrix dense real general\n2 2\n"),
    matrix("a matrix without its sizes", ["m.mtx", "ends before"], GENERAL),
    matrix("a matrix cut off", ["m.mtx", "ends after 1 of 3"], GENERAL + "3 3 3\n1 2 1.5\n"),
    matrix("an entry cut off", ["m.mtx:4", "value", "missing"], GENERAL + "3 3 2\n2 1 1.5\n1 2\n"),
    matrix("an entry too many", ["m.mtx:4", "last of the 1"],
           GENERAL + "3 3 1\n1 2 1.5\n2 1 1.5\n"),
    matrix("an entry outside", ["m.mtx:3", "column 4"], GENERAL + "3 3 1\n1 4 1.5\n"),
    matrix("an entry that is no number", ["m.mtx:3", "`inf`"], GENERAL + "3 3 1\n1 2 inf\n"),
    matrix("a matrix that is not square", ["m.mtx:2", "3", "4"], GENERAL + "3 4 1\n1 2 1\n"),
    matrix("a matrix that is not hermitian", ["(2, 1)", "(1, 2)", "conjugate"],
           "%%MatrixMarket matrix coordinate complex general\n2 2 2\n1 2 1 1\n2 1 1 1\n",
           HERMITIAN, "wrong.irh:6:44"),
]

# A run that stops half way leaves its checkpoint, which the second run is to resume.
STOPPING = change("observe sx = sum(x)", 'checkpoint every 1e-9 seconds\n'
                  '    check t < limit, "as far as this"').replace(
    "  network", "  param limit : real = 2\n  network")
STOP = ["--limit", "0.5"]


def checkpoint(name, words, damage=None, flags=(), first=STOP):
    return Mistake(name, "", ["wrong.checkpoint", *words], STOPPING,
                   flags=["--resume", *flags], first_flags=first, damage=damage)


CHECKPOINTS = [
    checkpoint("a checkpoint cut off", ["cut off", "without `--resume`"],
               lambda data: data[:len(data) // 2], STOP),
    checkpoint("a checkpoint cut off in its head", ["cut off"], lambda data: data[:10], STOP),
    checkpoint("an empty checkpoint", ["not a checkpoint"], lambda data: b"", STOP),
    checkpoint("a damaged checkpoint", ["damaged", "without `--resume`"],
               lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:], STOP),
    checkpoint("a checkpoint that goes on", ["damaged"], lambda data: data + b"more", STOP),
    checkpoint("no checkpoint at all", ["not a checkpoint"], lambda data: b"src,dst\n" * 99, STOP),
    checkpoint("a checkpoint of another run", ["`limit`", "0.5"]),
]

SETTINGS = [
    Mistake("settings that are missing", "", ["set.toml", "cannot read"],
            flags=["--set", "set.toml"]),
    settings("settings that are no TOML", [], "N = = 3\n", "set.toml:1:"),
    settings("settings cut off", [], 'N = "3', "set.toml:1:"),
    settings("an unknown setting", ["`dtt`", "did you mean `dt`"], "dtt = 3\n", "set.toml:1:1"),
    settings("a setting of the wrong type", ["`N`", "int"], 'N = "3"\n', "set.toml:1:5"),
    settings("a setting out of range", ["`N`", "2.."], "dt = 0.1\nN = 1\n", "set.toml:2:1"),
    settings("a setting that is given twice", [], "N = 3\nN = 4\n", "set.toml:2:"),
]

MISTAKES = TABLES + NODE_FILES + MATRICES + SETTINGS + CHECKPOINTS
