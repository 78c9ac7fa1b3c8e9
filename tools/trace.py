"""Say how many tests prove each requirement: a line per id, `R-067 3 tests`.

Reads `@pytest.mark.req("R-067")` on tests and classes and `pytestmark` of modules, without
importing anything. Lists every id of docs/requirements.txt, also those that no test names yet, then
what carries each form, variant, policy key and role (`carried.py`). With ids (`R-001 R-002`) it
lists these only and fails where one has no test.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tools import carried

ROOT = Path(__file__).resolve().parent.parent


def ids_in(node: ast.AST) -> set[str]:
    """Ids named by `req(…)` marks anywhere inside ``node``."""
    return {
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "req"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def tests_in(module: ast.Module) -> Iterator[set[str]]:
    """For each test function of a module: the ids that it proves."""
    of_module: set[str] = set()
    for node in module.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            of_module |= ids_in(node.value)
    yield from _tests(module.body, of_module)


def _tests(body: list[ast.stmt], inherited: set[str]) -> Iterator[set[str]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            marks = {id_ for mark in node.decorator_list for id_ in ids_in(mark)}
            yield from _tests(node.body, inherited | marks)
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield inherited | {id_ for mark in node.decorator_list for id_ in ids_in(mark)}


def main(wanted: list[str]) -> int:
    counts: Counter[str] = Counter()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for ids in tests_in(ast.parse(path.read_text("utf-8"))):
            counts.update(ids)
    listed = wanted or (ROOT / "docs" / "requirements.txt").read_text("utf-8").split()
    for id_ in sorted({*listed, *([] if wanted else counts)}):
        print(f"{id_} {counts[id_]} {'test' if counts[id_] == 1 else 'tests'}")
    if not wanted:
        for line in carried.lines(counts):
            print(line)
    return int(bool(wanted) and not all(counts[id_] for id_ in wanted))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
