"""A department sees what it was given, and answers from its form alone (R-122)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from uuid_utils.compat import uuid7

from notoneless.cases.models import CaseStep, Referral, SubCase
from notoneless.duties.models import Duty
from notoneless.flows.cases.referring import (
    Answer,
    acknowledge,
    answer,
    referral_for,
    referrals_for,
    settle,
    subcase_for,
    subcases_for,
)
from notoneless.flows.cases.refusals import AnsweredAlready, StepFaulty, StepIdUsed
from notoneless.flows.cases.stepping import Taking, take_step
from notoneless.places.services.units import NewUnit
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.attendance.register import MON, TUE, WED, at, call
from tests.cases.desk import case_of, look
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-122", "T26")]


def departments(v: Village) -> Village:
    """Labour and police, each with its liaison."""
    v.found("labour", NewUnit(UnitKind.DEPARTMENT, "青禾县人社局"), g="county")
    v.found("police", NewUnit(UnitKind.DEPARTMENT, "青禾县公安局"), g="county")
    v.employ("ou", "欧阳明", Role.DEPARTMENT_LIAISON, "labour")
    v.employ("pan", "潘正", Role.DEPARTMENT_LIAISON, "police")
    return v


@pytest.fixture
def v(village: Village) -> Village:
    """Lan's case is open, and the labour office has been asked about an employer."""
    under(departments(village), S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    look(village, TUE)
    labour = {"to": str(village.units["labour"].pk)}
    by_school(village, StepKind.REFERRED, REFERRED | labour)
    return village


REFERRED = {
    "kind": "child_labour",
    "asked_for": "请查处用工并送返",
    "whereabouts": "县城砖厂",
    "employer": "某砖厂",
    "contact": "覃志学 0879-5550202",
}


def by_school(v: Village, kind: StepKind, said: Mapping[str, object], *, on: date = WED) -> None:
    taking = Taking(id=uuid7(), kind=kind, on=on, said=said)
    qin = v.actor("qin", today=on)
    take_step(qin, case_of(v).pk, taking, today=on, now=at(on, 10))


def given(**said: str) -> Answer:
    return Answer(id=uuid7(), said=said)


def answered(v: Village, by: str, what: Answer, *, day: date = WED):
    row = Referral.objects.get()
    return answer(v.actor(by, today=day), row.pk, what, today=day, now=at(day, 11))


def test_the_asked_department_sees_its_fields_and_nothing_else(v):
    (page,) = referrals_for(v.actor("ou", today=WED))

    names = {field.value for field, _text in page.shown}
    assert {"name", "whereabouts", "employer"} <= names
    assert not names & {"guardian", "phone", "address"}
    assert page.asked_for == "请查处用工并送返"


def test_another_department_sees_nothing_and_cannot_answer(v):
    pan = v.actor("pan", today=WED)
    row = Referral.objects.get()

    assert referrals_for(pan) == []
    for act in (
        lambda: referral_for(pan, row.pk),
        lambda: acknowledge(pan, row.pk, today=WED),
        lambda: answered(v, "pan", given(words="已查处")),
    ):
        with pytest.raises(Referral.DoesNotExist):
            act()


@pytest.mark.parametrize("name", ["qin", "xiang", "lu"])
def test_those_who_see_the_case_do_not_answer_for_the_department(v, name):
    with pytest.raises(Referral.DoesNotExist):
        answered(v, name, given(words="已查处"))


def test_an_answer_is_a_step_of_the_department_and_ends_its_duty(v):
    acknowledge(v.actor("ou", today=WED), Referral.objects.get().pk, today=WED)
    answered(v, "ou", given(words="已责令改正，孩子已送回"))

    step = CaseStep.objects.get(kind=StepKind.REFERRAL_ANSWERED)
    assert (step.level, step.unit_id) == (Level.DEPARTMENT, v.units["labour"].pk)
    assert Referral.objects.get().answer == "已责令改正，孩子已送回"
    duty = Duty.objects.get(rule=DutyRule.CASE_REFERRAL)
    assert duty.state == DutyState.DONE


def test_the_same_form_sent_twice_is_one_answer(v):
    what = given(words="已查处")

    assert answered(v, "ou", what) == answered(v, "ou", what)
    assert CaseStep.objects.filter(kind=StepKind.REFERRAL_ANSWERED).count() == 1


def test_a_second_answer_is_refused(v):
    answered(v, "ou", given(words="已查处"))

    with pytest.raises(AnsweredAlready):
        answered(v, "ou", given(words="又查了一次"))


def test_an_id_of_another_step_is_refused_and_nothing_is_written(v):
    other = CaseStep.objects.get(kind=StepKind.OPENED)

    with pytest.raises(StepIdUsed):
        answered(v, "ou", Answer(id=other.pk, said={"words": "已查处"}))
    assert Referral.objects.get().answered_on is None


def test_an_answer_without_words_is_faulty(v):
    with pytest.raises(StepFaulty):
        answered(v, "ou", given())


def test_a_sub_case_is_settled_by_the_unit_that_it_was_given_to(v):
    labour = str(v.units["labour"].pk)
    said = {"kind": "employer", "to": labour, "about": "某砖厂招用学生"}
    by_school(v, StepKind.SUBCASE_OPENED, said)
    ou, pan = v.actor("ou", today=WED), v.actor("pan", today=WED)
    (page,) = subcases_for(ou)
    assert subcases_for(pan) == []
    with pytest.raises(SubCase.DoesNotExist):
        subcase_for(pan, page.id)

    what = given(result="founded", finding="已罚款并责令改正")
    for _ in range(2):
        settle(ou, page.id, what, today=WED, now=at(WED, 11))
    assert SubCase.objects.get().result == "founded"
    with pytest.raises(AnsweredAlready):
        settle(ou, page.id, given(result="unfounded", finding="无"), today=WED, now=at(WED, 12))
