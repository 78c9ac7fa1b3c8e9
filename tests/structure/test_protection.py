"""No switch turns protection off: nothing in it reads policy, and no policy names it."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest

from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.policy.shipped import shipped_packs
from tests.structure.source import PACKAGE, imports_of, modules

pytestmark = pytest.mark.req("R-294")
PARTS = ("rules/protection", "protection", "flows/protection", "web/protection")
WORDS = re.compile(r"protection|critical|silen[ct]|hush|mandatory_report|强制报告|紧急情况")


@pytest.mark.parametrize("part", PARTS)
def test_nothing_in_protection_reads_a_policy(part: str):
    read = [
        (str(path), name)
        for path, tree in modules(part)
        for name in imports_of(tree)
        if re.match(r"notoneless\.(policy|rules\.policy)", name)
    ]

    assert read == []


def test_silence_asks_the_policy_nothing_but_the_calendars_unit():
    tree = ast.parse((PACKAGE / "rules/duties/silence.py").read_text("utf-8"))
    from_policy = [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("notoneless.rules.pol")
        for alias in node.names
    ]

    assert from_policy == [("notoneless.rules.policy.measures", "DurationUnit")]


def test_no_parameter_touches_protection():
    assert [key for key in PARAMETERS if WORDS.search(key)] == []


def test_no_pack_touches_protection():
    touched = [
        (path.name, key)
        for path in sorted((PACKAGE / "policies").glob("*.toml"))
        for key in tomllib.loads(path.read_text("utf-8")).get("rules", {})
        if WORDS.search(key)
    ]

    assert touched == []
    assert shipped_packs()


def test_no_admin_page_and_no_export_knows_the_tables():
    readers = {
        path.parts[0] if path.parts[0] != "flows" else "/".join(path.parts[:2])
        for path, tree in modules()
        for name in imports_of(tree)
        if name.startswith("notoneless.protection.models")
    }

    assert readers == {"protection", "flows/protection"}
