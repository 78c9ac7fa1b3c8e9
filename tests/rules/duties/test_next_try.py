"""A failed try schedules the next, on a day that a person set."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind
from notoneless.rules.roles import Role
from tests.rules.duties.desk import (
    FRI,
    LAN,
    MON,
    MON2,
    THU,
    TUE,
    WED,
    away,
    contact,
    facts,
    named,
    only,
    policy,
    want,
)

NEXT = DutyRule.NEXT_TRY


def tries(*contacts, until=FRI, **more):
    return want(facts(contacts=contacts, **more), policy(), until)


def failed(kind, on, next_on, n=0):
    return contact(kind, on, is_reached=False, next_on=next_on, n=n)


@pytest.mark.req("R-099", "T12")
def test_a_failed_try_wants_the_next_on_its_day_without_any_rule_of_a_plan():
    duty = only(tries(failed("call", MON, TUE)), NEXT)

    assert (duty.subject_id, duty.opened_on, duty.due.on) == (LAN, MON, TUE)
    assert (duty.bearer.role, duty.evidence) == (Role.HOMEROOM_TEACHER, EvidenceKind.CONTACT)
    assert (duty.matter.kind, duty.occurrence) == (MatterKind.NEXT_TRY, TUE.isoformat())
    assert duty.opens
    assert duty.closed_by is None
    assert (duty.clock.source, duty.clock.length) == ("", None)
    assert duty.heirs[0].on == WED  # the working day after it


def test_a_contact_that_sets_no_day_wants_nothing():
    assert named(tries(contact("call", MON, is_reached=False)), NEXT) == []


@pytest.mark.req("R-099")
def test_any_later_contact_that_reached_somebody_answers_for_it():
    done = contact("talk", WED)

    duty = only(tries(failed("call", MON, TUE), done), NEXT)

    assert (duty.closed_by.on, duty.closed_by.id) == (WED, done.id)


def test_an_earlier_contact_does_not():
    duty = only(tries(contact("call", MON), failed("call", TUE, WED)), NEXT)

    assert duty.closed_by is None


def test_on_the_same_day_the_call_that_got_through_answers_for_the_one_that_did_not():
    duty = only(tries(failed("call", MON, TUE), contact("call", MON, n=1)), NEXT)

    assert duty.closed_by.on == MON


def test_the_next_failed_try_closes_the_one_before_and_stands_itself():
    first, second = named(tries(failed("call", MON, TUE), failed("visit", TUE, THU)), NEXT)

    assert first.closed_by.on == TUE
    assert (second.due.on, second.closed_by) == (THU, None)


def test_a_failed_try_that_sets_no_further_day_leaves_the_first_one_standing():
    silent = contact("call", TUE, is_reached=False)

    assert only(tries(failed("call", MON, WED), silent), NEXT).closed_by is None


def test_two_tries_for_the_same_day_are_one_duty():
    duty = only(tries(failed("call", MON, WED), failed("call", TUE, WED, n=1)), NEXT)

    assert duty.opened_on == MON


@pytest.mark.req("T05")
def test_a_child_who_is_back_ends_it_but_not_one_who_was_back_before():
    back = away(MON, TUE, back=WED)
    again = tries(failed("call", TUE, THU), runs=(back,))
    before = tries(failed("call", WED, MON2), runs=(back,))

    assert only(again, NEXT).closed_by.kind is EvidenceKind.BACK
    assert only(before, NEXT).closed_by is None


def test_a_step_promised_in_a_call_that_got_through_is_wanted_too():
    duty = only(tries(contact("call", MON, next_on=THU)), NEXT)

    assert (duty.due.on, duty.closed_by) == (THU, None)


def test_a_later_day_than_now_is_not_looked_at():
    duty = only(tries(failed("call", MON, TUE), contact("call", FRI), until=THU), NEXT)

    assert duty.closed_by is None
