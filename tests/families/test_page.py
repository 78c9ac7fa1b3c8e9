"""Whose children stand on a guardian's page, and what is said about them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Leave
from notoneless.attendance.services.leave import NewLeave
from notoneless.children.models import Child
from notoneless.children.models.places import SpellEnded
from notoneless.flows.families.page import ChildPart, family_page
from notoneless.flows.families.saying import ask_for_leave, say_not_mine
from notoneless.flows.rolls.leave import decide_leave
from notoneless.flows.rolls.refusals import LeaveOutsideTerm, LeaveOverlaps, LeaveSaidElse
from notoneless.journal.models import Reading
from notoneless.places.models import UnitTelephone
from notoneless.protection.queries.guardians import kept_from_guardian
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.attendance.sessions import Reason
from notoneless.vault.sealing import blind_index
from tests.attendance.register import FRI, THU, TUE, WED, call
from tests.families.desk import (
    OTHER_PHONE,
    PHONE,
    guardian,
    invited,
    looker,
    merged,
    names,
    opened,
    recorded,
    visiting,
    with_families,
)
from tests.protection.desk import close, concerned, name_officers, raised
from tests.world import NOW, TODAY, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(village: Village) -> Village:
    return with_families(village)


def page(v: Village, visitor=None, *, today: date = TODAY) -> list[ChildPart]:
    return family_page(visitor or visiting(v), today=today, now=NOW)


# -- whose children ------------------------------------------------------------------------------


def test_a_guardian_of_two_schools_sees_both_children_the_one_invited_for_first(v: Village):
    assert names(visiting(v, "peng", by="hao")) == ["彭家乐", "吴小兰"]
    assert names(visiting(v, "lan")) == ["吴小兰", "彭家乐"]


def test_the_same_name_with_another_number_is_somebody_else(v: Village):
    guardian(v, "far", "吴建国", "13900000077")

    assert names(visiting(v)) == ["吴小兰", "彭家乐"]


def test_without_a_number_only_the_child_of_the_invitation_is_his(v: Village):
    guardian(v, "yan", "龙阿婆", "")
    guardian(v, "far", "龙阿婆", "")

    assert names(visiting(v, "yan", by="zhou")) == ["䶮雨晴"]


def test_another_county_is_never_read(v: Village):
    visitor = visiting(v)
    Child.objects.filter(pk=v.children["peng"].pk).get().guardians.update(
        county=v.units["junior"].pk
    )

    assert names(visitor) == ["吴小兰"]


def test_family_that_is_no_guardian_sees_nothing(v: Village):
    visitor = visiting(v)
    v.lan.guardians.update(is_guardian=False)

    assert names(visitor) == ["彭家乐"]


def test_a_child_that_is_registered_nowhere_is_left_out(v: Village):
    visitor = visiting(v)
    v.children["peng"].enrolments.update(to_on=TODAY, ended=SpellEnded.DIED)

    assert names(visitor) == ["吴小兰"]


def test_a_number_that_the_school_corrected_meanwhile_still_finds_both_children(v: Village):
    visitor_secret = opened(invited(v))
    assert visitor_secret
    row = v.lan.guardians.get()
    v.lan.guardians.update(superseded_at=NOW)
    guardian(v, "lan", row.name, "13900000088")

    visitor, _ = looker(visitor_secret, now=NOW)
    assert names(visitor) == ["吴小兰", "彭家乐"]


def test_two_rows_that_are_one_child_stand_there_once(v: Village):
    v.enrol("double", "吴小兰", "primary-2", sex="2")
    guardian(v, "double", "吴建国", PHONE)
    visitor = visiting(v, "double", by="zhou")
    assert len(names(visitor)) == 3

    merged(v, "double")

    assert sorted(names(visitor)) == ["吴小兰", "彭家乐"]


# -- a critical flag is silent -------------------------------------------------------------------


@pytest.mark.parametrize("who", ["guardian", "carer", "unknown"])
def test_a_child_that_may_be_in_danger_from_him_is_not_there_and_nothing_says_why(
    v: Village, who: str
):
    name_officers(v)
    visitor = visiting(v)
    before = page(v, visitor)

    flag = raised(v, concerned(who))

    after = page(v, visitor)
    assert [part.name for part in before] == ["吴小兰", "彭家乐"]
    assert after == [part for part in before if part.name != "吴小兰"]
    with pytest.raises(Child.DoesNotExist):
        say_not_mine(visitor, v.lan.pk, today=TODAY, now=NOW)
    close(v, flag)
    assert names(visitor) == ["吴小兰", "彭家乐"]


@pytest.mark.parametrize("who", ["staff", "other"])
def test_a_flag_that_does_not_concern_the_family_leaves_the_page_as_it_is(v: Village, who: str):
    name_officers(v)
    visitor = visiting(v)
    raised(v, concerned(who))

    assert names(visitor) == ["吴小兰", "彭家乐"]


def test_of_two_guardians_the_one_who_is_named_is_kept_out_by_name_or_number(v: Village):
    name_officers(v)
    mother = guardian(v, "lan", "李桂香", OTHER_PHONE)
    raised(v, concerned("guardian", guardian_id=mother.pk))
    index = blind_index(OTHER_PHONE, kind="phone")

    def kept(name: str, *phones: str):
        return kept_from_guardian([v.lan.pk], name=name, phones=phones, county_id=v.county_id)

    assert kept("李桂香") == {v.lan.pk}
    assert kept("李桂英", index) == {v.lan.pk}
    assert kept("吴建国", blind_index(PHONE, kind="phone")) == frozenset()
    assert kept("吴建国", "") == frozenset(), "no number is nobody's number"
    assert names(visiting(v)) == ["吴小兰", "彭家乐"]


def test_a_flag_about_a_row_that_was_merged_away_keeps_the_kept_child_out(v: Village):
    name_officers(v)
    double = v.enrol("double", "吴小兰", "primary-1", sex="2")
    raised(v, concerned("guardian"), child_id=double.pk)
    visitor = visiting(v)
    merged(v, "double")

    assert names(visitor) == ["彭家乐"]


def test_teachers_invite_a_guardian_who_is_concerned_as_any_other(v: Village):
    """A refusal would tell the whole school that there is a flag."""
    name_officers(v)
    raised(v, concerned("guardian"))

    assert names(visiting(v)) == ["彭家乐"]


# -- what the page says --------------------------------------------------------------------------


def test_days_missed_are_counted_with_and_without_reason(v: Village):
    call(v, TUE, "lan")
    call(v, WED, reasons={"lan": Reason.SICK})
    call(v, THU, "lan")
    call(v, FRI)

    lan = page(v)[0]

    assert (lan.without_reason, lan.with_reason) == (2, 1)
    assert lan.days_without_reason == [TUE, THU]
    assert lan.today_mark is Mark.PRESENT


@pytest.mark.parametrize(("missing", "mark"), [((), Mark.PRESENT), (("lan",), Mark.UNEXPLAINED)])
def test_today_is_what_the_roll_of_today_says(v: Village, missing, mark):
    visitor = visiting(v)
    assert page(v, visitor)[0].today_mark is Mark.UNKNOWN
    call(v, FRI, *missing)

    assert page(v, visitor)[0].today_mark is mark


def test_a_sunday_is_no_day_of_school_and_a_vacation_has_no_term(v: Village):
    visitor = visiting(v)
    sunday, vacation = date(2026, 11, 22), date(2027, 2, 10)

    assert page(v, visitor, today=sunday)[0].today_mark is None
    assert page(v, visitor, today=vacation)[0].term.term is None


def test_school_class_teacher_and_the_offices_telephone_are_named_where_stored(v: Village):
    UnitTelephone.objects.create(
        county_id=v.county_id, unit=v.units["primary"], phone="0871-5551234", recorded_at=NOW
    )

    lan, peng = page(v)

    assert lan.registration.school_name == "石桥乡中心小学"
    assert lan.homeroom == ("陈小满",)
    assert (lan.office_phone, peng.office_phone) == ("0871-5551234", "")


def test_his_number_loses_its_middle_and_the_address_its_door(v: Village):
    recorded(v, "lan")

    lan = page(v)[0]

    assert lan.phone == "139****0001"
    assert "石桥乡" in lan.home_address
    assert "三组" not in lan.home_address
    assert "12号" not in lan.home_address


def test_each_child_is_noted_as_read_once_a_visit(v: Village):
    visitor = visiting(v)
    page(v, visitor)
    page(v, visitor)

    rows = Reading.objects.filter(kind="family.opened")
    assert {row.child_id for row in rows} == {v.lan.pk, v.children["peng"].pk}
    assert rows.count() == 2
    assert {row.person_id for row in rows} == {visitor.visit_id}


def test_more_children_cost_no_more_statements(v: Village, django_assert_max_num_queries):
    visitor = visiting(v)
    for number in range(4):
        v.enrol(f"c{number}", f"吴小{number}", "primary-1")
        guardian(v, f"c{number}", "吴建国", PHONE)
    page(v, visitor)

    with django_assert_max_num_queries(13):
        assert len(page(v, visitor)) == 6


# -- leave ---------------------------------------------------------------------------------------


def leave(v: Village, first: date, days: int = 1, **more):
    given = {
        "child_id": v.lan.pk,
        "kind": LeaveKind.SICK,
        "from_on": first,
        "to_on": first + timedelta(days=days),
        "asked_by": AskedBy.TEACHER,
        "id": uuid7(),
    }
    return NewLeave(**{**given, **more})


@pytest.mark.req("R-069", "T03")
def test_leave_becomes_the_same_request_that_teachers_decide(v: Village):
    visitor = visiting(v)
    ask_for_leave(visitor, leave(v, TODAY, 3), today=TODAY, now=NOW)

    row = Leave.objects.get()
    assert (row.asked_by, row.state, row.entered_by) == (AskedBy.GUARDIAN, "asked", None)
    told = page(v, visitor)[0].leaves[0]
    assert (told.from_on, told.last_on) == (TODAY, TODAY + timedelta(days=2))
    assert told.state is LeaveState.ASKED

    decide_leave(
        v.actor("chen"), row.pk, LeaveState.REFUSED, note="要期中考试", today=TODAY, now=NOW
    )
    told = page(v, visitor)[0].leaves[0]
    assert told.state is LeaveState.REFUSED
    assert "期中" not in str(told), "the teacher's note is the school's own"


def test_sent_twice_it_is_once_and_with_another_day_it_is_refused(v: Village):
    visitor, slip = visiting(v), leave(v, TODAY)
    for _ in range(2):
        ask_for_leave(visitor, slip, today=TODAY, now=NOW)
    assert Leave.objects.count() == 1

    with pytest.raises(LeaveSaidElse):
        ask_for_leave(visitor, leave(v, TODAY, 2, id=slip.id), today=TODAY, now=NOW)


def test_overlapping_leave_is_refused_and_the_day_after_is_not(v: Village):
    visitor = visiting(v)
    ask_for_leave(visitor, leave(v, TODAY, 2), today=TODAY, now=NOW)

    with pytest.raises(LeaveOverlaps):
        ask_for_leave(visitor, leave(v, TODAY + timedelta(days=1)), today=TODAY, now=NOW)
    ask_for_leave(visitor, leave(v, TODAY + timedelta(days=2)), today=TODAY, now=NOW)


LAST_DAY, FIRST_DAY = date(2027, 1, 22), date(2026, 9, 1)


def test_leave_reaches_to_the_terms_last_day_and_no_further(v: Village):
    visitor = visiting(v)
    ask_for_leave(visitor, leave(v, LAST_DAY), today=TODAY, now=NOW)
    ask_for_leave(visitor, leave(v, FIRST_DAY), today=TODAY, now=NOW)

    for first, days in ((date(2027, 1, 21), 3), (date(2027, 1, 23), 1), (date(2026, 8, 31), 1)):
        with pytest.raises(LeaveOutsideTerm):
            ask_for_leave(visitor, leave(v, first, days), today=TODAY, now=NOW)
    vacation = date(2027, 2, 10)
    with pytest.raises(LeaveOutsideTerm):
        ask_for_leave(visitor, leave(v, vacation), today=vacation, now=NOW)


def test_nobody_asks_for_another_familys_child(v: Village):
    with pytest.raises(Child.DoesNotExist):
        ask_for_leave(
            visiting(v), leave(v, TODAY, child_id=v.children["gang"].pk), today=TODAY, now=NOW
        )
    assert Leave.objects.count() == 0
