"""Rows put in past the services: facts that no entry speaks of."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from notoneless.children.models import Enrolment
from notoneless.journal.queries import Trouble, verify
from notoneless.journal.services import Stamp, seal
from notoneless.places.models import Unit
from notoneless.places.services.units import NewUnit, found_county, found_unit
from notoneless.rules.paths import Line
from notoneless.rules.units import UnitKind
from tests.world import NOW, TERM_START


def spell_out_of_nowhere(village):
    child = village.children["lan"]
    real = Enrolment.objects.get(child=child)
    forged = Enrolment(
        county_id=village.county_id,
        child=child,
        school=real.school,
        school_class=real.school_class,
        from_on=date(2025, 9, 1),
        to_on=TERM_START,
        begun="enrolled",
        ended="class_changed",
        recorded_at=real.recorded_at,
    )
    forged.save()
    return forged


def test_a_forged_fact_is_found_though_the_chain_is_whole(village):
    seal(village.county_id, now=NOW + timedelta(minutes=1))
    forged = spell_out_of_nowhere(village)

    findings = verify(village.county_id).findings

    assert [(f.trouble, f.row) for f in findings] == [
        (Trouble.ROW_UNRECORDED, f"children.enrolment {forged.pk}")
    ]


def test_another_countys_forged_fact_is_not_told_here(village):
    spell_out_of_nowhere(village)
    other = Unit(id=uuid4(), kind="county", name="邻县", active_from=TERM_START)
    other.county_id = other.id
    other.save()

    rows = [f.row for f in verify(other.pk).findings]

    assert [row for row in rows if row.startswith("children.")] == []


def test_a_county_whose_journal_has_not_been_sealed_yet_troubles_nobody_elses(village):
    seal(village.county_id, now=NOW + timedelta(minutes=1))
    stamp = Stamp(county_id=uuid4(), by=None, now=NOW)
    county = found_county(
        NewUnit(UnitKind.COUNTY, "红石县", code="539902"), on=TERM_START, stamp=stamp
    )
    bureau = NewUnit(UnitKind.BUREAU, "红石县教育局")
    above = {Line.GOVERNMENT: county.pk, Line.EDUCATION: None}
    found_unit(bureau, parents=above, on=TERM_START, stamp=stamp)

    assert verify(village.county_id).findings == []
