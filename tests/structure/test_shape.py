"""Rules about the code that no linter knows."""

from __future__ import annotations

import ast
import re
import sys

from tests.structure.source import ROOT, imports_of, modules, texts


def functions():
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield str(path), node.name, (node.end_lineno or 0) - node.lineno + 1


def test_no_function_is_longer_than_sixty_lines():
    assert [f for f in functions() if f[2] > 60] == []


def test_no_file_is_longer_than_five_hundred_lines():
    lengths = {str(path): len(text.splitlines()) for path, text in texts()}

    assert {path: n for path, n in lengths.items() if n > 500} == {}


def test_rules_use_only_the_standard_library():
    used = {name.split(".")[0] for _, tree in modules("rules") for name in imports_of(tree)}

    assert used <= sys.stdlib_module_names | {"notoneless", "__future__"}


def test_no_page_and_no_job_imports_a_table():
    offenders = [
        (str(path), name)
        for area in ("web", "jobs")
        for path, tree in modules(area)
        for name in imports_of(tree)
        if re.search(r"^notoneless\..*\.models\b|^notoneless\.\w+\.models$", name)
    ]

    assert offenders == []


def test_only_the_two_edges_read_the_clock():
    clock = re.compile(
        r"timezone\.now\(|timezone\.localdate\(|datetime\.now\(|date\.today\(|utcnow\("
    )
    readers = {str(path) for path, text in texts() if clock.search(text)}

    assert readers <= {"web/request.py", "jobs/clock.py"}


def test_nobody_listens_to_signals():
    text = "\n".join(text for _, text in texts())

    assert "django.db.models.signals" not in text
    assert "@receiver" not in text


def test_no_module_has_a_name_that_says_nothing():
    nothing = {"utils", "helpers", "common", "core", "base", "manager", "signals", "misc"}

    named = {str(path) for path, _ in texts() if path.stem in nothing}

    assert named == {"config/sqlite/base.py"}, "which Django looks for under that name"


def test_every_module_opens_with_what_it_is_for():
    silent = [
        str(path)
        for path, text in texts()
        if text.strip() and not text.startswith('"""') and path.name != "urls.py"
    ]

    assert silent == []


def test_locked_dependencies_are_hashed_and_name_no_address():
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text("utf-8")
        pins = re.findall(r"^[\w.\[\]-]+==", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text
    assert "resolved" not in (ROOT / "frontend" / "package-lock.json").read_text("utf-8")


def test_no_page_hides_what_every_page_is_given():
    given = {"now", "nav", "actor", "answering", "is_demo", "demo_clock", "product_version"}
    hidden = [
        (str(path), key.value)
        for path, tree in modules("web")
        if path.as_posix() not in {"web/request.py", "web/signs/lines.py"}
        if "styleguide" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value in given
        if not (isinstance(value, ast.Attribute) and value.attr == key.value)
    ]

    assert sorted(hidden) == []
