"""Packs are loaded once and never change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import notoneless
from notoneless.journal.insert_only import WrittenOnce
from notoneless.policy.models import PackVersion
from notoneless.policy.queries.packs import floors_on, pack_by_id, packs_of
from notoneless.policy.refusals import PackTaken
from notoneless.policy.services.packs import (
    ShippedPackChanged,
    load_shipped_packs,
    write_pack,
)
from notoneless.rules.policy.pack import PackError
from notoneless.rules.policy.shipped import shipped_packs
from tests.policy.desk import S1_29, stamp
from tests.world import FOUNDED, NOW, TERM_START, Village

SHIPPED = Path(notoneless.__file__).parent / "policies"
OWN = """
id = "QH/2026"
system = "QH"
title_zh = "青禾办法"
title_en = "Qinghe measures"
effective_from = 2026-09-01
[rules.school_month_report_day]
value = 20
unit = "day_of_month"
operator = "<="
source = "青禾教〔2026〕9号"
"""


@pytest.mark.req("R-302")
def test_every_shipped_pack_can_be_chosen_with_its_rules(county: Village):
    lines = packs_of(county.county_id)

    assert lines[0].pack.id == "national/2026"
    assert {line.pack.id for line in lines} == set(shipped_packs())
    assert all(line.is_shipped and line.pack.rules for line in lines)


def test_loading_again_changes_nothing(county: Village):
    assert load_shipped_packs(now=NOW) == 0
    assert PackVersion.objects.count() == len(shipped_packs())


@pytest.mark.req("R-303")
def test_a_changed_file_under_an_old_id_is_an_error_and_a_new_version_is_not(
    county: Village, tmp_path: Path
):
    shutil.copytree(SHIPPED, tmp_path / "packs")
    file = tmp_path / "packs" / "S1-29.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("value = 23", "value = 22"), "utf-8")

    with pytest.raises(ShippedPackChanged, match="S1-29"):
        load_shipped_packs(now=NOW, folder=tmp_path / "packs")

    file.write_text(text.replace('id = "S1-29/2026"', 'id = "S1-29/2027"'), "utf-8")
    assert load_shipped_packs(now=NOW, folder=tmp_path / "packs") == 1


def test_other_line_ends_are_not_another_text(county: Village, tmp_path: Path):
    shutil.copytree(SHIPPED, tmp_path / "packs")
    for file in (tmp_path / "packs").iterdir():
        if file.suffix == ".toml":
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert load_shipped_packs(now=NOW, folder=tmp_path / "packs") == 0


def test_a_loaded_pack_cannot_be_changed_in_code(county: Village):
    row = PackVersion.objects.get(pack_id=S1_29)
    row.toml = ""

    with pytest.raises(WrittenOnce):
        row.save()


@pytest.mark.req("R-302")
def test_a_county_writes_a_pack_of_its_own_that_no_other_county_sees(county: Village):
    write_pack(OWN, name="own.toml", stamp=stamp(county))
    write_pack(OWN, name="own.toml", stamp=stamp(county))

    assert pack_by_id("QH/2026", county_id=county.county_id).title_zh == "青禾办法"
    with pytest.raises(PackVersion.DoesNotExist):
        pack_by_id("QH/2026", county_id=county.units["shiqiao"].pk)
    with pytest.raises(PackTaken):
        write_pack(OWN.replace("value = 20", "value = 21"), name="own.toml", stamp=stamp(county))


def test_a_pack_without_a_source_is_refused_whole(county: Village):
    text = OWN.replace('source = "青禾教〔2026〕9号"', "")

    with pytest.raises(PackError, match="source"):
        write_pack(text, name="own.toml", stamp=stamp(county))
    assert not PackVersion.objects.filter(pack_id="QH/2026").exists()


def test_the_law_binds_also_before_its_first_pack(county: Village):
    assert floors_on(FOUNDED) == floors_on(TERM_START) != {}
