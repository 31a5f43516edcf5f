"""The compiled program prints what the oracle prints: oracle_agreement.py IRHC ORACLE MODEL PART

Runs the model on each of the twenty networks (or, for a model that generates its own, at twenty
sizes) and compares every number. PART, of 0 to 3, chooses every fourth of them, so that no test
takes long.

The tolerance: both round each operation to 2^-53. The compiled program adds vector functions
within 4 ulp, and a sum of n terms in another order, n * 2^-53 of the sum of magnitudes at most. A
state goes through fewer than 100 operations a stage, 4 stages a step and 20 steps, and the models
amplify a disturbance by less than 10 in all that time: 20 * 4 * 100 * 10 * 2^-53 = 1e-11 if all
errors had one sign; as they do not, their root, 3e-14, is what is seen. 1e-12 leaves a factor 30.
A number that is a difference is judged by the size of what was subtracted: the models keep every
term of every sum at most of order 1, so n, the number of points, is that size.
"""
import math
import pathlib
import sys
import tempfile

import networks
import programs

RELATIVE = 1e-12
NUM_PARTS = 4
SIZES = [3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 257, 513, 600]


def parts(value):
    return value if isinstance(value, list) else [value]


def agree(found, wanted, scale):
    if type(found) is not type(wanted):
        return False
    if not isinstance(found, (float, list)):
        return found == wanted
    largest = max([scale] + [abs(x) for x in parts(wanted)])
    return all(math.isclose(a, b, rel_tol=0, abs_tol=RELATIVE * largest)
               for a, b in zip(parts(found), parts(wanted), strict=True))


def differences(found, wanted, scale):
    if len(found) != len(wanted):
        yield f"{len(found)} rows, the oracle has {len(wanted)}"
    for number, (row, truth) in enumerate(zip(found, wanted)):
        if list(row) != list(truth):
            yield f"row {number}: columns {list(row)}, the oracle has {list(truth)}"
            continue
        for name in row:
            if not agree(row[name], truth[name], scale):
                yield f"row {number}: {name} = {row[name]}, the oracle has {truth[name]}"


def cases(model, folder):
    if "edges_file" not in pathlib.Path(model).read_text():
        return {f"N = {size}": (size, ["--N", str(size), "--k", "2" if size < 6 else "4"])
                for size in SIZES}
    return {name: (network[0] + len(network[1]), networks.write_network(folder, name, network))
            for name, network in networks.NETWORKS.items()}


def main():
    irhc, oracle, model, part = sys.argv[1:5]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        chosen = list(cases(model, folder).items())[int(part)::NUM_PARTS]
        for case, (scale, flags) in chosen[:programs.share(len(chosen))]:
            found = programs.rows_of([irhc, "run", model, "--format=jsonl", *flags])
            wanted = programs.rows_of([oracle, model, *flags])
            wrong += [f"{model}, {case}: {text}" for text in differences(found, wanted, scale)]
            if not wanted:
                wrong.append(f"{model}, {case}: no rows")
    programs.finish(wrong)


if __name__ == "__main__":
    main()
