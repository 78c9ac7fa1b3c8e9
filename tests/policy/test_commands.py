"""The commands that load and list packs, and the sample county's plans."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from notoneless.flows.sample.county import found_sample_county
from notoneless.places.models import Unit
from notoneless.policy.models import Adoption, PackVersion
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.policy.shipped import duplicates, shipped_packs
from tests.policy.test_packs import OWN
from tests.world import NOW, TODAY, Village


def told(*words: str, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.mark.req("R-302")
def test_load_packs_loads_once(db: None):
    assert told("load_packs") == f"shipped packs: {len(shipped_packs())} new\n"
    assert told("load_packs") == "shipped packs: 0 new\n"


@pytest.mark.req("R-302")
def test_load_packs_takes_a_countys_own_file(village: Village, tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text(OWN, "utf-8")

    assert "QH/2026: loaded" in told("load_packs", str(file), county="539901")
    assert PackVersion.objects.get(pack_id="QH/2026").county_id == village.county_id


def test_load_packs_names_file_line_and_rule_of_every_fault(village: Village, tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text(OWN.replace('unit = "day_of_month"', 'unit = "moons"'), "utf-8")

    with pytest.raises(CommandError, match=r"own\.toml:9: school_month_report_day"):
        told("load_packs", str(file), county="539901")


@pytest.mark.parametrize("county", ["", "110101"])
def test_load_packs_wants_a_county_that_is_there(village: Village, tmp_path: Path, county: str):
    file = tmp_path / "own.toml"
    file.write_text(OWN, "utf-8")

    with pytest.raises(CommandError, match="no county"):
        told("load_packs", str(file), county=county)


def test_load_packs_says_which_file_cannot_be_read(village: Village, tmp_path: Path):
    with pytest.raises(CommandError, match=r"gone\.toml"):
        told("load_packs", str(tmp_path / "gone.toml"), county="539901")


def test_load_packs_refuses_another_text_under_an_old_id(village: Village, tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text(OWN, "utf-8")
    told("load_packs", str(file), county="539901")
    file.write_text(OWN.replace("value = 20", "value = 21"), "utf-8")

    with pytest.raises(CommandError, match="new id"):
        told("load_packs", str(file), county="539901")


@pytest.mark.req("R-302", "R-304")
def test_packs_prints_a_line_for_each_pack_and_for_each_document_that_repeats_one():
    told_lines = told("packs").splitlines()
    lines, repeats = told_lines[: len(shipped_packs())], told_lines[len(shipped_packs()) :]

    assert [line.split(":")[0] for line in repeats] == [one.system for one in duplicates()]
    assert [line.split(":")[0] for line in lines] == sorted(shipped_packs())
    assert all("in force" in line and "to be entered" in line for line in lines)
    s2_5 = next(line for line in lines if line.startswith("S2-5/"))
    assert "8 to be entered, 1 off until released" in s2_5


@pytest.mark.req("R-302")
def test_the_sample_county_follows_packs_that_do_not_conflict(db: None):
    found_sample_county(now=NOW, today=TODAY)
    found_sample_county(now=NOW, today=TODAY)

    assert Adoption.objects.count() == 7
    for unit in Unit.objects.filter(kind__in=["school", "nine_year_school", "township"]):
        assert policy_for(unit.pk, on=TODAY).is_on("school_month_report_day")
