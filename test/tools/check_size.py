"""Fails if a file has more than 600 lines, or a function more than 70.

C++ is not parsed: comments and literals are blanked, and braces are followed. A brace opens a
function if the text before it holds a parameter list and is no control statement, type or
initializer. Inner functions count as part of the outer one.
"""

import ast
import re

import tree

MAX_FILE, MAX_FUNCTION = 600, 70

NOISE = re.compile(
    r"//[^\n]*|/\*.*?\*/|R\"(?P<d>[^()\s\\]{0,16})\(.*?\)(?P=d)\"|\"(?:\\.|[^\"\\\n])*\""
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.DOTALL | re.MULTILINE)
NOT_FUNCTION = re.compile(
    r"\s*(?:template\s*<.*>\s*)?(?:namespace|class|struct|union|enum|extern\s*$|if|for|while|"
    r"switch|do|else|try|catch|return)\b")
VALUE = ()  # On the stack of open braces: neither a function nor anything else with a body.
HEAD = re.compile(r"([\w~:]+(?:operator\s*\S+)?)\s*\(")


def blank(text):
    """The code alone; every line stays where it is."""
    return NOISE.sub(lambda match: "\n" * match[0].count("\n"), text)


def is_function(head):
    if NOT_FUNCTION.match(head) or not re.search(r"\)[\s\w:&>*,<(){}\[\]-]*$", head):
        return False
    return not re.search(r"[^=!<>]=\s*[^=]*$", head.split("(")[0]) and "](" not in head


def cpp_functions(text):
    """(name, first line, last line) of each outermost function."""
    stack, head, line, head_line = [], "", 1, 1
    for char in blank(text):
        # The braces of `member{1}` belong to what is around them; a body has a space before it.
        if char == "{" and head and not head[-1].isspace():
            stack.append(VALUE)
        elif char == "{":
            name = HEAD.search(head)
            starts = not any(stack) and name and is_function(head)
            stack.append((name[1], head_line) if starts else None)
            head = ""
        elif char == "}" and stack and stack[-1] == VALUE:
            stack.pop()
        elif char == "}":
            entry = stack.pop() if stack else None
            if entry:
                yield entry[0], entry[1], line
            head = ""
        elif char == ";" or VALUE in stack:
            head = head if VALUE in stack else ""
        else:
            if not head.strip() and not char.isspace():
                head_line = line
            head += char
        line += char == "\n"


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def violations(root):
    for path in tree.files(root, ".cpp", ".h", ".td", ".def", ".py"):
        name, text = path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
        length = text.count("\n")
        if length > MAX_FILE:
            yield f"{name}: {length} lines; a file has at most {MAX_FILE}"
        if name.endswith((".td", ".def")):
            continue
        functions = python_functions if name.endswith(".py") else cpp_functions
        for function, first, last in functions(text):
            if last - first >= MAX_FUNCTION:
                yield (f"{name}:{first}: `{function}` has {last - first + 1} lines; "
                       f"a function has at most {MAX_FUNCTION}")


def long_body(count):
    return "  call('{', \"{\"); // {\n" * count


CASES = [
    ({"a/A.cpp": "namespace a {\n" + "int f() {\n  return 0;\n}\n" * 100 + "}\n"}, []),
    ({"a/A.cpp": "int x;\n" * 601}, ["601 lines"]),
    ({"a/A.cpp": "int f(int a,\n      int b) {\n" + long_body(67) + "}\n"}, []),
    ({"a/A.cpp": "int f(int a,\n      int b) {\n" + long_body(68) + "}\n"},
     ["A.cpp:1: `f` has 71"]),
    ({"a/A.cpp": "namespace n {\nA::A(int a) : b(a), c{1} {\n" + long_body(70) + "}\n}\n"},
     ["A.cpp:2: `A::A` has 72"]),
    ({"a/A.cpp": "struct S {\n  void g() const override {\n" + long_body(70) + "  }\n};\n"},
     ["`g` has 72"]),
    ({"a/A.cpp": "template <typename T>\nstatic auto h(T a) -> int {\n" + long_body(70) + "}\n"},
     ["A.cpp:1: `h` has 73"]),
    ({"a/A.cpp": "const int table[] = {\n" + "  1,\n" * 100 + "};\n"}, []),
    ({"a/a.py": "def f():\n" + "    pass\n" * 70}, ["a.py:1: `f` has 71"]),
]

if __name__ == "__main__":
    tree.main("size", violations, CASES)
