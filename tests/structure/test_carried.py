"""What docs/carried.toml says is there."""

from __future__ import annotations

import tomllib

from tests.structure.source import ROOT
from tools import carried


def test_every_form_variant_and_role_names_only_what_exists():
    listed = (ROOT / "docs" / "requirements.txt").read_text("utf-8").split()

    assert carried.wrong(set(listed)) == []


def test_the_sources_have_101_forms_and_43_disagreements():
    table = tomllib.loads((ROOT / "docs" / "carried.toml").read_text("utf-8"))

    assert list(table["forms"]) == [f"F-{n:03}" for n in range(1, 102)]
    assert list(table["variants"]) == [f"C-{n:02}" for n in range(1, 44)]


def test_a_name_that_nothing_has_is_found():
    assert "R-173" in carried.wrong(set())


def test_a_form_without_a_test_is_called_open():
    rows = {line.partition(" ")[0]: line for line in carried.lines({"R-073": 2})}

    assert rows["F-036"].endswith("R-073 2 tests")
    assert rows["F-037"].endswith("— open")
