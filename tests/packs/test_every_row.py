"""None of the 436 rows of the source documents is forgotten: each stands in its system's pack.

``rows.csv`` lists every row with the parameters of the catalogue that carry it; none where it is a
list, a record or bare wording, which the pack then holds as a rule of its own.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from notoneless.rules.policy.shipped import duplicates, shipped_packs

with Path(__file__).with_name("rows.csv").open(encoding="utf-8") as file:
    ROWS = {row["pid"]: set(row["keys"].split()) for row in csv.DictReader(file)}
SYSTEMS = sorted({pid.removeprefix("P-").partition(".")[0] for pid in ROWS})
WORDED_OTHERWISE = {
    "P-S0-1.01": "leading_group_members",
    "P-S1-25.03": "key_pupil_file",
}
"""Rows that a rule of the pack's own carries better than the parameter of the catalogue."""
ALTERNATIVES = {
    "P-S1-25.04": {"visits_key_students_per_term_min"},
    "P-S1-30.01": {"veto_threshold_junior_pct"},
    "P-S1-30.02": {"veto_threshold_primary_pct"},
    "P-S2-2.14": {"subsistence_rural_yuan_year"},
    "P-S2-2.15": {"subsistence_urban_yuan_month"},
}
"""Rows whose cell names a pair of parameters of which they set one."""


def carried_by() -> dict[str, set[str]]:
    found = defaultdict(set)
    for pack in shipped_packs().values():
        for rule in pack.rules.values():
            for pid in rule.pid:
                found[pid].add(rule.key)
    return found


def test_the_sources_have_436_rows_in_36_systems_and_twelve_documents_repeat_others():
    assert len(ROWS) == 436
    assert len(SYSTEMS) == 36
    assert len(duplicates()) == 12


@pytest.mark.req("R-302")
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_row_stands_in_the_pack_of_its_system_under_its_parameter(system):
    rules = carried_by()
    for pid in (pid for pid in ROWS if pid.startswith(f"P-{system}.")):
        assert pid in rules, f"{pid} is in no pack"
        wanted = ALTERNATIVES.get(pid, ROWS[pid])
        if pid in WORDED_OTHERWISE:
            assert WORDED_OTHERWISE[pid] in rules[pid]
        else:
            assert wanted <= rules[pid], f"{pid}: {wanted - rules[pid]}"


@pytest.mark.req("R-302")
def test_no_pack_claims_a_row_that_its_source_does_not_have():
    assert set(carried_by()) <= set(ROWS)


def test_a_document_that_repeats_another_has_no_pack_and_names_one_that_is_there():
    packs = {pack.system for pack in shipped_packs().values()}
    for one in duplicates():
        assert one.system not in packs
        assert one.of in packs
