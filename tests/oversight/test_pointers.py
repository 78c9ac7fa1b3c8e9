"""What the records of a unit point to: for whom, how often read, and how it is laid aside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.attendance.models import LessonMark, Roll
from notoneless.children.models import Enrolment
from notoneless.contacts.models import Evidence
from notoneless.duties.models import Duty
from notoneless.flows.contacts.pictures import Sent
from notoneless.flows.oversight.pointers import (
    lay_aside,
    proposal_of,
    proposals_for,
    units_to_check,
)
from notoneless.flows.oversight.refusals import (
    NoLongerProposed,
    RaisedAlready,
    SaysTooLittle,
)
from notoneless.oversight.models import Dismissal, Fault, FaultLink
from notoneless.places.models import Post, Unit
from notoneless.rules.faults.integrity import Check, Proposal
from notoneless.rules.faults.kinds import FaultStep
from tests.attendance.register import FRI, MON, THU, TUE, WED, at, call, sheet, standing
from tests.attendance.register import send as send_roll
from tests.contacts.desk import log, photo
from tests.duties.desk import sweep
from tests.oversight.desk import raised, school, take
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-211")]


@pytest.fixture
def v(village: Village) -> Village:
    return school(village)


def told(
    v: Village, by: str = "gu", *, at_unit: str = "primary", on: date = TODAY
) -> list[Proposal]:
    return proposals_for(v.actor(by, today=on), v.units[at_unit].pk, today=on)


def checks(v: Village, by: str = "gu", **more: Any) -> set[Check]:
    return {each.check for each in told(v, by, **more)}


def only(v: Village, check: Check, **more: Any) -> list[Proposal]:
    return [each for each in told(v, **more) if each.check is check]


def visit(v: Village, picture: bytes, *children: str, on: date = FRI, **more: Any) -> UUID:
    """Chen visits a home with a picture on a day."""
    names = children or ("lan",)
    logged = log(
        v, *names, kind="visit", happened_on=on, today=on, sent=Sent(photos=(picture,)), **more
    )
    found: UUID = logged.contact_id
    return found


# -- each check on real records -------------------------------------------------------------------


def test_a_day_s_ordinary_work_points_to_nothing(v: Village):
    call(v, THU, "lan")
    log(v, "lan", happened_on=FRI)

    assert told(v) == []


def test_a_duty_long_past_its_clock_is_pointed_out(v: Village):
    call(v, MON, "lan")
    call(v, TUE, "lan")
    sweep(v, TODAY + timedelta(days=14))
    later = TODAY + timedelta(days=14)

    found = only(v, Check.DUTY_MISSED, on=later)

    assert found
    ids = {each.pointed[0].id for each in found}
    assert ids <= set(Duty.objects.filter(late_since__isnull=False).values_list("pk", flat=True))


def test_nobody_answers_for_the_duties_of_a_vacant_post(v: Village):
    call(v, MON, "lan")
    call(v, TUE, "lan")
    later = TODAY + timedelta(days=14)
    sweep(v, later)
    Post.objects.filter(unit=v.units["primary-1"].pk).update(to_on=TODAY)

    units = {each.unit_id for each in only(v, Check.DUTY_MISSED, on=later)}

    assert v.units["primary-1"].pk not in units


def test_a_roll_called_at_five_is_pointed_out_and_one_sent_later_is_not(v: Village):
    send_roll(v, sheet(v, WED, noted_at=at(WED, 5, 30)), by="chen", now=at(WED, 5, 31))
    assert [p.pointed[0].id for p in only(v, Check.ROLL_EARLY)] == [standing(v, WED).pk]

    late_sent = sheet(v, THU, noted_at=at(THU, 7, 50))
    send_roll(v, late_sent, by="chen", now=at(FRI, 23))

    assert len(only(v, Check.ROLL_EARLY)) == 1
    assert only(v, Check.ROLL_LATE) == []


def test_the_same_file_on_two_visits_is_pointed_out_once(v: Village):
    picture = photo()
    first, second = visit(v, picture, on=MON), visit(v, picture, "gang", on=FRI)

    (found,) = only(v, Check.PICTURE_TWICE)

    assert {each.id for each in found.pointed} == {first, second}


def test_the_same_door_on_two_visits_is_not(v: Village):
    visit(v, photo(seed=1, taken="2026:11:16 16:00:01"), on=MON)
    visit(v, photo(seed=1, width=2300, taken="2026:11:20 16:00:09"), on=FRI)

    looks = set(Evidence.objects.values_list("likeness", flat=True))
    assert len(looks) <= 2
    assert only(v, Check.PICTURE_TWICE) == []


def test_a_recoded_copy_of_one_second_is(v: Village):
    taken = "2026:11:16 16:00:01"
    visit(v, photo(seed=1, taken=taken), on=MON)
    visit(v, photo(seed=1, width=2300, taken=taken), on=FRI)

    assert len(only(v, Check.PICTURE_TWICE)) == 1


def mark(v: Village, child: str, day: date, lesson: int, by: str = "zhou") -> None:
    LessonMark.objects.create(
        id=uuid7(),
        county_id=v.county_id,
        school_class=v.units["primary-1"],
        child=v.children[child],
        day=day,
        lesson=lesson,
        by=v.people[by],
        noted_at=at(day, 15),
        recorded_at=at(day, 15),
    )


def test_a_child_on_every_roll_and_in_no_lesson_is_pointed_out(v: Village):
    for day in (TUE, WED, THU):
        call(v, day)
        mark(v, "lan", day, 1)
        mark(v, "lan", day, 2)

    (found,) = only(v, Check.PRESENT_UNSEEN)

    assert found.number == 3
    assert [each.on for each in found.pointed] == [TUE, WED, THU]


def test_a_child_whom_the_roll_has_as_missing_is_not(v: Village):
    for day in (TUE, WED, THU):
        call(v, day, "lan")
        mark(v, "lan", day, 1)
        mark(v, "lan", day, 2)

    assert only(v, Check.PRESENT_UNSEEN) == []


def test_a_child_taken_off_the_records_behind_four_rolls_is_pointed_out_once(v: Village):
    for day in (MON, TUE, WED, THU):
        call(v, day)
    Enrolment.objects.filter(child=v.lan).update(
        to_on=MON - timedelta(days=1), ended="transferred_out"
    )

    (found,) = only(v, Check.HEADCOUNT)

    assert found.unit_id == v.units["primary-1"].pk
    assert len(found.pointed) == 4


def test_a_transfer_written_down_three_days_later_is_ordinary_work(v: Village):
    for day in (TUE, WED, THU):
        call(v, day)
    Enrolment.objects.filter(child=v.lan).update(to_on=TUE, ended="transferred_out")

    assert only(v, Check.HEADCOUNT) == []


# -- for whom -------------------------------------------------------------------------------------


def early(v: Village, by: str = "chen") -> Proposal:
    """A roll that was noted at half past five."""
    send_roll(v, sheet(v, WED, noted_at=at(WED, 5, 30)), by=by, now=at(WED, 5, 31))
    return told(v, "he")[0]


def test_nobody_finds_what_is_pointed_out_about_himself_or_his_own_head(v: Village):
    early(v, by="qin")

    assert checks(v, "qin") == set()
    assert checks(v, "gu") == set()
    assert checks(v, "he") == {Check.ROLL_EARLY}


@pytest.mark.parametrize("who", ["chen", "wei", "mo"])
def test_who_may_not_raise_faults_sees_no_proposals(v: Village, who: str):
    with pytest.raises((NotAllowed, Unit.DoesNotExist)):
        told(v, who)


def test_another_school_is_not_there(v: Village):
    with pytest.raises(Unit.DoesNotExist):
        told(v, "gu", at_unit="other")


def test_units_are_offered_by_name_without_any_number(v: Village):
    names = [place.name for place in units_to_check(v.actor("shao"), on=TODAY)]

    assert "河口镇中心小学" in names
    assert {place.name for place in units_to_check(v.actor("gu"), on=TODAY)} == {"石桥乡中心小学"}


def test_proposals_cost_the_same_for_one_and_for_many(v: Village, django_assert_max_num_queries):
    picture = photo()
    for day in (MON, TUE, WED, THU):
        send_roll(v, sheet(v, day, noted_at=at(day, 5)), by="chen", now=at(day, 6))
        visit(v, picture, on=day)
        mark(v, "lan", day, 1)
        mark(v, "lan", day, 2)
    actor = v.actor("gu")
    proposals_for(actor, v.units["primary"].pk, today=TODAY)

    with django_assert_max_num_queries(24):
        assert len(proposals_for(actor, v.units["primary"].pk, today=TODAY)) > 8


# -- what becomes of one --------------------------------------------------------------------------


def test_what_was_laid_aside_with_a_reason_is_not_proposed_again(v: Village):
    found = early(v)
    actor, unit = v.actor("gu"), v.units["primary"].pk

    with pytest.raises(SaysTooLittle):
        lay_aside(actor, unit, found.key, "好", today=TODAY, now=at(TODAY))
    for _ in range(2):
        lay_aside(actor, unit, found.key, "手机时间不准，已核实。", today=TODAY, now=at(TODAY))

    assert Dismissal.objects.get().pointer == found.key
    assert told(v) == told(v, "he") == []
    with pytest.raises(NoLongerProposed):
        proposal_of(actor, unit, found.key, today=TODAY)


def test_two_who_lay_aside_the_same_are_told(v: Village):
    found = early(v)
    unit = v.units["primary"].pk
    lay_aside(v.actor("gu"), unit, found.key, "手机时间不准。", today=TODAY, now=at(TODAY))

    with pytest.raises((RaisedAlready, NoLongerProposed)):
        lay_aside(v.actor("he"), unit, found.key, "手机时间不准。", today=TODAY, now=at(TODAY))


def test_a_raised_proposal_brings_its_records_and_is_no_longer_proposed(v: Village):
    found = early(v)
    given: dict[str, Any] = {"unit_id": v.units["primary"].pk, "pointer": found.key}

    fault = raised(v, kind="hidden_figures", **given)

    assert FaultLink.objects.get(fault=fault).target_id == found.pointed[0].id
    assert told(v) == []
    with pytest.raises((RaisedAlready, NoLongerProposed)):
        raised(v, kind="hidden_figures", **given)


def test_a_withdrawn_matter_lets_its_records_be_looked_into_again(v: Village):
    found = early(v)
    fault = raised(v, unit_id=v.units["primary"].pk, pointer=found.key, kind="hidden_figures")
    take(v, fault, FaultStep.WITHDRAWN, "gu", words="核实无误。")

    assert [each.key for each in told(v)] == [found.key]
    raised(v, unit_id=v.units["primary"].pk, pointer=found.key, kind="late_report")
    assert Fault.objects.count() == 2


def test_no_proposal_ever_charges_anybody_by_itself(v: Village):
    early(v)
    told(v)

    assert Roll.objects.exists()
    assert not Fault.objects.exists()
