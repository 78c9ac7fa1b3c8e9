"""In whose tray cases without a letter of persuasion lie (T13)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.cases.queries.trays import cases_without_letter
from notoneless.rules.cases.kinds import StepKind
from tests.attendance.register import FRI, MON, TUE, WED, call
from tests.cases.desk import family, look, take
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-110", "T13")]


@pytest.fixture
def v(village: Village) -> Village:
    under(family(village), S1_29)
    for day in (MON, TUE):
        call(village, day, "lan", "gang")
    look(village, TUE)
    return village


def waiting(v: Village, who: str) -> list[str]:
    return [line.name for line in cases_without_letter(v.actor(who, today=WED), on=WED)]


def test_the_school_writes_letters_and_the_township_and_county_do_not(v: Village):
    assert waiting(v, "qin") == ["吴小兰", "杨大刚"]

    for who in ("xiang", "lu"):
        with CaptureQueriesContext(connection) as queries:
            assert cases_without_letter(v.actor(who, today=WED), on=WED) == []
        assert [q["sql"] for q in queries if "cases_case" in q["sql"]] == []


def test_a_case_with_its_letter_waits_no_more(v: Village):
    take(v, StepKind.LETTER_ISSUED, by="qin", day=WED, deadline=FRI.isoformat())

    assert waiting(v, "qin") == ["杨大刚"]


def test_another_school_has_none_of_them(v: Village):
    assert waiting(v, "tan") == []
