"""The Kuramoto model inside a Python program: run.py LIBRARY

The same two runs as those of main.c, with NumPy arrays: the second starts from oscillators that are
in step already.
"""
import ctypes
import sys

import numpy as np

POINTER, TEXT, COUNT = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int64
TYPES = (np.bool_, np.int64, np.float64, np.complex128)  # by the number of a column's type


class Kuramoto:
    """A session of the library."""

    def __init__(self, path):
        self.library = ctypes.CDLL(path)
        self.session = self.call("open", POINTER)

    def call(self, name, result, *arguments):
        function = getattr(self.library, "kuramoto_" + name)
        function.restype = result
        if name == "open":
            return function()
        return function(POINTER(self.session), *arguments)

    def require(self, name, *arguments):
        if self.call(name, ctypes.c_int32, *arguments) != 0:
            raise RuntimeError(self.call("error", TEXT).decode())

    def set_param(self, name, value):
        self.require("set_param", TEXT(name.encode()), TEXT(str(value).encode()))

    def set_field(self, name, values):
        values = np.ascontiguousarray(values)
        self.require("set_field", TEXT(name.encode()), POINTER(values.ctypes.data),
                     COUNT(values.size))

    def get_field(self, name, dtype=np.float64):
        count = self.call("field_count", COUNT, TEXT(name.encode()))
        values = np.empty(max(count, 0), dtype)
        self.require("get_field", TEXT(name.encode()), POINTER(values.ctypes.data), COUNT(count))
        return values

    def run(self):
        """The columns of the first table, by name."""
        self.require("run")
        table = COUNT(0)
        return {self.call("column_name", TEXT, table, COUNT(i)).decode(): self.column(table, i)
                for i in range(self.call("column_count", COUNT, table))}

    def column(self, table, number):
        rows = self.call("row_count", COUNT, table)
        dtype = np.dtype(TYPES[self.call("column_type", ctypes.c_int32, table, COUNT(number))])
        address = self.call("column_values", POINTER, table, COUNT(number))
        return np.frombuffer(ctypes.string_at(address, rows * dtype.itemsize), dtype)

    def close(self):
        self.call("close", None)


def print_rows(title, columns):
    print(title)
    for t, r in zip(columns["t"], columns["r"]):
        print(f"t = {t:g}, r = {r:.17g}")


def main():
    model = Kuramoto(sys.argv[1])
    for name, value in (("N", 500), ("K", 4.0), ("T", 3.0)):
        model.set_param(name, value)
    print_rows("from random phases:", model.run())
    model.set_field("theta", np.zeros(500))
    print_rows("from equal phases:", model.run())
    print(f"largest phase: {np.abs(model.get_field('theta')).max():.17g}")
    model.close()


if __name__ == "__main__":
    main()
