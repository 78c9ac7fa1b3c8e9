"""Whatever the product remembers between requests, the tests know to forget."""

from __future__ import annotations

import ast

from tests.memory import LASTING, memories
from tests.structure.source import modules


def test_every_memory_of_a_module_is_known():
    kept = {
        (".".join(("notoneless", *path.with_suffix("").parts)), ast.unparse(target))
        for path, tree in modules()
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if node.value is not None
        and ast.unparse(node.value) in {"{}", "[]", "set()", "dict()", "list()", "OrderedDict()"}
        and path.parts[0] != "config"
    }

    assert kept == set(memories())
    assert LASTING in kept
