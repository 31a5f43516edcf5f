"""What a wrong input is: a mistake, where its error points, and what the error says."""
import dataclasses
import typing

MODEL = """\
model wrong {
  param N  : int  = 10 in 2..
  param dt : real = 0.1
  network G = ring(nodes: N)
  field x on G.nodes : real = id
  let twice = 2 * x
  evolve t from 0 to 1 by rk4(step: dt) {
    x' = -twice
    observe sx = sum(x)
  }
}
"""
NETWORK = "ring(nodes: N)"


@dataclasses.dataclass
class Mistake:
    name: str
    place: str   # What the message begins with, before ": error"; empty: the command line.
    words: list  # All in the message: what is wrong, and what to do.
    model: str = MODEL
    flags: list = dataclasses.field(default_factory=list)
    files: dict = dataclasses.field(default_factory=dict)  # Name -> text or bytes.
    first_flags: list = None  # Of a run before, which leaves a checkpoint; None: there is none.
    damage: typing.Callable = None  # What becomes of that checkpoint's bytes.


def change(old, new):
    """The model with one part replaced."""
    assert MODEL.count(old) == 1, old
    return MODEL.replace(old, new)
