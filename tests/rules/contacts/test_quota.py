"""How far a term's visits and talks have come; the last one before the number and the number."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from notoneless.rules.calendar import Period
from notoneless.rules.contacts.quota import Made, class_progress
from notoneless.rules.duties.facts import Tag
from tests.rules.duties.desk import FRI, GANG, LAN, MON, WED, contact, policy

TERM = Period("第一学期", date(2026, 9, 1), date(2027, 1, 23))


def rule(key: str, value: int, unit: str, operator: str = ">=") -> str:
    return f'[rules.{key}]\nvalue = {value}\nunit = "{unit}"\noperator = "{operator}"\nsource = "x"'


ALL = rule("visits_all_students_per_term", 1, "visits_per_pupil")
KEY_VISITS = rule("visits_key_students_per_term_min", 2, "visits_per_pupil")
KEY_TALKS = rule("talks_key_students_per_term_min", 4, "talks_per_pupil")
TOTAL = rule("visits_per_homeroom_teacher_per_term_min", 20, "person_visits")
RETURNED = rule("visits_recurrent_student_min", 3, "visits")
MODES = '[rules.visit_modes_allowed]\nvalue = ["home", "phone"]\nsource = "x"'


def made(kind, on, who=LAN, *, n=0, roles=("homeroom",), **more) -> Made:
    return Made(contact(kind, on, who, n, **more), frozenset(roles))


def progress(*contacts, rules=(ALL,), tags=(), until=FRI):
    return class_progress(contacts, {LAN: tags, GANG: ()}, policy(*rules), TERM, until=until)


@pytest.mark.req("R-089")
def test_who_was_not_visited_in_the_term_is_listed():
    found = progress(made("visit", MON), made("visit", date(2026, 8, 20), GANG))

    assert [pupil.child_id for pupil in found.not_visited] == [GANG]
    assert found.pupils[0].last_visit.on == MON


@pytest.mark.req("R-089")
def test_a_failed_visit_and_a_visit_after_the_day_asked_about_count_nothing():
    found = progress(made("visit", MON, is_reached=False), made("visit", FRI), until=WED)

    assert found.pupils[0].visits == 0


@pytest.mark.req("R-089", "R-086")
def test_ways_of_visiting_are_those_of_the_plan():
    call = made("call", MON)

    assert progress(call).pupils[0].visits == 0
    assert progress(call, rules=(ALL, MODES)).pupils[0].visits == 1


@pytest.mark.req("R-090")
@pytest.mark.parametrize(("visits", "is_met", "short"), [(1, False, 1), (2, True, 0), (3, True, 0)])
def test_a_key_pupil_needs_two_visits(visits: int, is_met: bool, short: int):
    rows = [made("visit", MON, n=n) for n in range(visits)]

    need = progress(*rows, rules=(KEY_VISITS,), tags={Tag.KEY}).pupils[0].key_visits

    assert (need.have, need.need, need.is_met, need.short) == (visits, 2, is_met, short)


@pytest.mark.req("R-090", "R-093")
@pytest.mark.parametrize(("talks", "is_met"), [(3, False), (4, True)])
def test_a_key_pupil_needs_four_talks_and_calls_are_none(talks: int, is_met: bool):
    rows = [made("talk", MON, n=n) for n in range(talks)]

    need = progress(made("call", MON, n=9), *rows, rules=(KEY_TALKS,), tags={Tag.KEY})

    assert need.pupils[0].key_talks.is_met is is_met
    assert need.pupils[1].key_talks is None  # no key pupil


@pytest.mark.req("R-090")
def test_visits_are_told_by_the_role_of_the_visitor_and_joint_ones_for_each():
    rows = [
        made("visit", MON, n=1, roles=("homeroom", "subject")),
        made("visit", WED, n=2, roles=("helper",)),
        made("talk", WED, n=3, roles=("helper",)),
    ]

    pupil = progress(*rows).pupils[0]

    assert dict(pupil.by_role) == {"helper": (1, 1), "homeroom": (1, 0), "subject": (1, 0)}
    assert pupil.visits == 2


@pytest.mark.req("R-091")
@pytest.mark.parametrize(("visits", "short", "is_met"), [(19, 1, False), (20, 0, True)])
def test_a_class_teacher_makes_twenty_person_visits(visits: int, short: int, is_met: bool):
    rows = [made("visit", MON, LAN if n % 2 else GANG, n=n) for n in range(visits)]

    total = progress(*rows, rules=(TOTAL,)).total

    assert (total.have, total.need, total.short, total.is_met) == (visits, 20, short, is_met)


@pytest.mark.req("R-092")
@pytest.mark.parametrize(("visits", "is_met"), [(2, False), (3, True)])
def test_a_pupil_who_left_again_is_visited_three_times(visits: int, is_met: bool):
    rows = [made("visit", MON, n=n) for n in range(visits)]

    assert progress(*rows, rules=(RETURNED,), tags={Tag.RETURNED}).pupils[0].returned.is_met is (
        is_met
    )


def test_more_than_is_not_at_least():
    strict = rule("visits_key_students_per_term_min", 2, "visits_per_pupil", ">")
    two = [made("visit", MON, n=n) for n in range(2)]

    need = progress(*two, rules=(strict,), tags={Tag.KEY}).pupils[0].key_visits

    assert (need.need, need.is_met, need.short) == (3, False, 1)


def test_a_plan_that_asks_nothing_finds_nobody_short():
    found = progress(rules=(), tags={Tag.KEY, Tag.RETURNED})

    assert not any(pupil.is_short for pupil in found.pupils)
    assert found.total is None


def test_children_outside_the_class_are_left_out():
    assert progress(made("visit", MON, UUID(int=99))).total is None
