"""Reports up the line: who opens, hands in, takes over, sends back, corrects; what is frozen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.duties.queries.in_tray import own_tray
from notoneless.flows.workplans.below import below
from notoneless.flows.workplans.refusals import NotAsked, NothingToAccept, TextTooShort
from notoneless.flows.workplans.reports import sheet
from notoneless.flows.workplans.year import Stage, year_of_unit
from notoneless.journal.insert_only import WrittenOnce
from notoneless.journal.models import Entry
from notoneless.places.models import Post, Unit
from notoneless.places.services.people import NoDesignatedPerson, end_post
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import ReportState, Stream
from notoneless.workplans.models import ReportPeriod, ReportVersion
from notoneless.workplans.queries.reports import versions_of, waiting_lines
from notoneless.workplans.services.reports import ReasonMissing, ReportStands, VersionUsed
from tests.duties.desk import sweep
from tests.workplans.desk import (
    NOVEMBER,
    OCTOBER,
    accepted,
    all_accepted,
    class_week,
    duty_of,
    mend,
    of,
    send,
    sent_back,
    working,
)
from tests.world import TODAY, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(village: Village) -> Village:
    return working(village)


@pytest.mark.req("R-227", "R-228")
def test_a_report_goes_from_class_to_school_to_township_with_each_hand_over_dated(v):
    send(v, class_week(v), by="chen")
    accepted(v, class_week(v), by="qin")
    send(v, of(v))
    row = accepted(v, of(v), by="xiang")

    assert row.state == ReportState.ACCEPTED
    assert row.receiver_id == v.units["shiqiao"].pk, "S1-29: to the township's government"
    (line,) = versions_of(row.pk)
    assert (line.submitted_on, line.by, line.verdict_by) == (TODAY, "专春燕", "向春林")
    kinds = list(Entry.objects.filter(kind__startswith="return.").values_list("kind", flat=True))
    assert sorted(kinds) == sorted(["return.opened", "return.submitted", "return.judged"] * 2)


@pytest.mark.req("R-228")
@pytest.mark.parametrize(("day", "is_late"), [(23, False), (24, True)])
def test_day_twenty_three_is_in_time_and_day_twenty_four_is_late(v, day, is_late):
    on = date(2026, 11, day)
    sweep(v, date(2026, 11, 2))
    send(v, of(v), on=on)

    duty = duty_of(v, DutyRule.REPORT_SCHOOL, NOVEMBER)
    assert duty.state == DutyState.DONE
    assert (duty.late_since is not None) is is_late
    found = below(v.actor("xiang"), v.units["shiqiao"].pk, from_on=NOVEMBER, today=on)
    own = next(line.item for line in found.lines if line.unit.id == v.units["primary"].pk)
    assert own is not None
    assert own.stage is (Stage.LATE if is_late else Stage.IN_TIME)


@pytest.mark.req("R-228")
@pytest.mark.parametrize(("day", "is_late"), [(25, False), (26, True)])
def test_the_township_reports_by_the_twenty_fifth(v, day, is_late):
    on = date(2026, 11, day)
    from_on = date(2026, 10, 26)
    sweep(v, date(2026, 11, 2))
    send(v, of(v, "shiqiao", Stream.TOWNSHIP_COUNT, from_on), by="xiang", on=on)

    duty = duty_of(v, DutyRule.REPORT_TOWNSHIP, from_on, "shiqiao")
    assert duty.state == DutyState.DONE
    assert (duty.late_since is not None) is is_late


@pytest.mark.req("R-228")
def test_a_due_report_stands_in_the_tray_and_rises_when_it_is_late(v):
    sweep(v, date(2026, 11, 23))
    mine = own_tray(v.actor("zhuan", today=date(2026, 11, 23)), today=date(2026, 11, 23))
    assert DutyRule.REPORT_SCHOOL in {line.rule for line in mine.today.rows}

    sweep(v, date(2026, 11, 24))
    risen = own_tray(v.actor("qin", today=date(2026, 11, 24)), today=date(2026, 11, 24))
    late = {(line.rule, line.class_name) for line in risen.overdue.rows}
    assert (DutyRule.REPORT_SCHOOL, None) in late


@pytest.mark.req("R-007")
def test_a_school_that_names_nobody_for_the_work_opens_no_period(village):
    v = working(village, "S1-15/2026", own=(("school_month_report_day", 23, "day_of_month", "<="),))
    post = Post.objects.get(role=Role.DROPOUT_OFFICER)
    end_post(post.pk, on=TODAY, stamp=v.stamp("qin"))

    assert sheet(v.actor("qin"), of(v), today=TODAY).lacks_person
    with pytest.raises(NoDesignatedPerson) as refused:
        send(v, of(v), by="qin")

    assert refused.value.code == "POST-08"
    assert refused.value.facts == {"school": "石桥乡中心小学"}
    assert not ReportPeriod.objects.exists()


@pytest.mark.req("R-007")
def test_a_plan_that_asks_for_no_such_person_does_not_refuse(v):
    post = Post.objects.get(role=Role.DROPOUT_OFFICER)
    end_post(post.pk, on=TODAY, stamp=v.stamp("qin"))

    assert send(v, of(v), by="qin").state == ReportState.SUBMITTED


@pytest.mark.req("R-227", "R-236")
def test_what_is_sent_back_says_why_and_comes_again_without_being_late(v):
    sweep(v, date(2026, 11, 2))
    send(v, of(v), on=date(2026, 11, 23))
    with pytest.raises(ReasonMissing):
        sent_back(v, of(v), "  ", on=date(2026, 11, 24))
    sent_back(v, of(v), "三年级人数与学籍不符", on=date(2026, 11, 24))

    duty = duty_of(v, DutyRule.REPORT_SCHOOL, NOVEMBER)
    assert (duty.state, duty.due_on, duty.late_since) == (DutyState.OPEN, None, None)
    send(v, of(v), on=date(2026, 11, 25), text="已核对，改为 3 人。")
    duty.refresh_from_db()
    assert (duty.state, duty.late_since) == (DutyState.DONE, None)
    row = ReportPeriod.objects.get()
    newest, first = versions_of(row.pk)
    assert (newest.number, first.number) == (2, 1)
    assert first.verdict_reason == "三年级人数与学籍不符"


@pytest.mark.req("R-236")
def test_what_was_accepted_is_corrected_with_a_reason_and_both_versions_stay(v):
    send(v, of(v))
    accepted(v, of(v))

    with pytest.raises(ReportStands):
        send(v, of(v))
    with pytest.raises(ReasonMissing):
        mend(v, of(v), "")
    row = mend(v, of(v), "漏报一名转入学生")

    assert row.state == ReportState.CORRECTED
    newest, first = versions_of(row.pk)
    assert (newest.reason, newest.is_correction) == ("漏报一名转入学生", True)
    assert first.text == "本月无新增。"
    assert accepted(v, of(v)).state == ReportState.ACCEPTED
    version = ReportVersion.objects.get(number=1)
    version.text = "别的"
    with pytest.raises(WrittenOnce):
        version.save()


@pytest.mark.req("R-236")
def test_the_same_page_twice_is_once_and_another_text_under_it_is_refused(v):
    page = uuid7()
    send(v, of(v), version=page)
    send(v, of(v), version=page)

    assert ReportVersion.objects.count() == 1
    with pytest.raises(VersionUsed):
        send(v, of(v), version=page, text="别的话")


def test_the_database_keeps_one_period_and_one_number(v):
    row = send(v, of(v))
    version = row.versions.get()

    with pytest.raises(IntegrityError):
        ReportVersion.objects.create(
            county_id=v.county_id,
            period=row,
            number=version.number,
            submitted_on=TODAY,
            submitted_at=version.submitted_at,
        )


@pytest.mark.req("R-227")
def test_who_stands_elsewhere_finds_nothing_and_who_stands_here_may_not_judge(v):
    send(v, of(v))

    for stranger in ("tan", "long"):
        with pytest.raises(Unit.DoesNotExist):
            sheet(v.actor(stranger), of(v), today=TODAY)
        with pytest.raises(Unit.DoesNotExist):
            accepted(v, of(v), by=stranger)
    with pytest.raises(NotAllowed):
        accepted(v, of(v), by="zhuan")
    with pytest.raises(NotAllowed):
        send(v, of(v, from_on=OCTOBER), by="shao")
    with pytest.raises(Unit.DoesNotExist):
        send(v, of(v, from_on=OCTOBER), by="chen")


@pytest.mark.req("R-228")
def test_a_report_that_nobody_asks_for_is_not_taken(v):
    with pytest.raises(NotAsked):
        send(v, of(v, from_on=NOVEMBER + timedelta(days=1)))
    with pytest.raises(NotAsked):
        send(v, of(v, from_on=date(2026, 11, 24)))
    with pytest.raises(NotAsked):
        send(v, of(v, "primary-1"), by="chen")


@pytest.mark.req("R-227")
def test_everything_that_waits_is_taken_over_at_once(v):
    send(v, class_week(v), by="chen")
    send(v, class_week(v, "primary-2"), by="qin")

    assert len(waiting_lines(v.units["primary"].pk, county_id=v.county_id)) == 2
    assert all_accepted(v, "primary", by="qin") == 2
    with pytest.raises(NothingToAccept):
        all_accepted(v, "primary", by="qin")


@pytest.mark.req("R-232", "R-233")
def test_its_figures_are_what_is_on_record_and_frozen_when_it_is_handed_in(v):
    row = send(v, of(v))
    figures = row.versions.get().figures

    assert figures["total"]["on_roll"] == 3
    assert [line["counts"]["on_roll"] for line in figures["lines"]] == [2, 1]
    assert figures["villages"] == [{"unit": "", "name": "", "counts": {"on_roll": 3}}]
    assert (figures["from"], figures["until"]) == ("2026-10-24", "2026-11-20")
    v.enrol("late", "晚来", "primary-1")
    assert row.versions.get().figures["total"]["on_roll"] == 3


@pytest.mark.req("R-232")
def test_no_day_falls_between_two_reports(v):
    send(v, of(v, from_on=OCTOBER), on=date(2026, 10, 20))
    row = send(v, of(v), on=date(2026, 11, 20))

    assert row.versions.get().figures["from"] == "2026-10-21"


@pytest.mark.req("R-231")
def test_a_written_report_says_something_in_words(village):
    v = working(village, "S2-5/2026")
    written = of(v, stream=Stream.SCHOOL_WRITTEN, from_on=date(2026, 8, 1))

    with pytest.raises(TextTooShort):
        send(v, written, text="无")
    assert send(v, written, text="本学期开学以来，全校学生均已到校报到。").due_on is None


@pytest.mark.req("R-228")
def test_the_list_names_who_has_not_reported_and_who_was_late(v):
    after = date(2026, 11, 24)
    sweep(v, after)
    before = below(v.actor("xiang", today=after), v.units["shiqiao"].pk, today=after)

    assert before.rule is DutyRule.REPORT_SCHOOL
    assert [line.unit.name for line in before.lines] == ["石桥乡初级中学", "石桥乡中心小学"]
    assert (before.missing, before.done) == (2, 0)
    send(v, of(v), on=after)
    then = below(v.actor("xiang", today=after), v.units["shiqiao"].pk, today=after)
    assert (then.missing, then.late) == (1, 1)
    with pytest.raises(Unit.DoesNotExist):
        below(v.actor("tan"), v.units["shiqiao"].pk, today=after)


@pytest.mark.req("R-228")
def test_a_year_says_what_is_late_what_comes_and_what_nobody_asks_for(v):
    send(v, of(v))
    found = year_of_unit(v.actor("qin"), v.units["primary"].pk, today=TODAY)

    assert [item.from_on for item in found.late] == [date(2026, 8, 24), OCTOBER]
    assert [item.from_on for item in found.done] == [NOVEMBER]
    assert len(found.coming) == 7
    off = {(each.key, each.why) for each in found.off}
    assert ("term_start_written_report", "absent") in off
    assert ("leadership_meetings_per_term", "absent") in off


@pytest.mark.req("R-228")
def test_a_plan_adopted_in_mid_term_opens_no_backlog(village):
    v = working(village, from_on=TODAY)
    sweep(v, TODAY)

    found = year_of_unit(v.actor("qin"), v.units["primary"].pk, today=TODAY)
    assert found.late == []


def test_a_list_of_many_units_costs_no_more_statements(v, django_assert_max_num_queries):
    county = v.units["bureau"].pk
    below(v.actor("lu"), county, today=TODAY)

    with django_assert_max_num_queries(24):
        below(v.actor("lu"), county, today=TODAY)


def test_handing_in_costs_a_bounded_number_of_statements(v, django_assert_max_num_queries):
    send(v, of(v, from_on=OCTOBER))

    with django_assert_max_num_queries(90):
        send(v, of(v))
