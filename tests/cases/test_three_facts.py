"""知名、知人、知情: each fact turns from unknown to known by what is put on record (R-105)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from notoneless.cases.queries.lines import ThreeFacts, line_of
from notoneless.children.models import ChildRecord, Guardian
from notoneless.rules.cases.kinds import StepKind
from tests.attendance.register import MON, TUE, WED, call
from tests.cases.desk import case_of, family, look, take
from tests.contacts.desk import log
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-105")]


@pytest.fixture
def v(village: Village) -> Village:
    """Lan's case is open and nothing is known of her but her name."""
    under(village, S1_29)
    village.lan.born_on = None
    village.lan.save(update_fields=["born_on"])
    for day in (MON, TUE):
        call(village, day, "lan")
    look(village, TUE)
    return village


def facts(v: Village) -> ThreeFacts:
    return line_of(case_of(v), v.actor("qin", today=WED)).facts


def test_of_a_bare_name_nothing_is_known(v):
    assert facts(v) == ThreeFacts(name=False, person=False, situation=False)


def test_a_name_is_known_with_a_birth_date_or_a_number(v):
    v.lan.born_on = date(2018, 3, 12)
    v.lan.save(update_fields=["born_on"])

    assert facts(v) == ThreeFacts(name=True, person=False, situation=False)


def test_the_person_is_known_by_guardian_and_home_together(v):
    family(v)
    assert facts(v).person

    Guardian.objects.update(name="")
    assert not facts(v).person
    Guardian.objects.update(name="吴大山")
    ChildRecord.objects.filter(child=v.lan).update(values={})
    assert not facts(v).person


def test_the_situation_is_known_by_a_cause_or_by_where_the_child_is(v):
    log(v, today=WED, happened_on=WED, causes=("poverty",), main_cause="poverty")
    assert facts(v) == ThreeFacts(name=False, person=False, situation=True)


def test_a_destination_in_the_determination_tells_the_situation_too(v):
    said: dict[str, Any] = {
        "result": "dropped_out",
        "criteria": "未到校",
        "destination": "县城砖厂",
    }
    take(v, StepKind.DETERMINED, by="qin", day=WED, **said)

    assert facts(v).situation
