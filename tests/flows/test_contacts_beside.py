"""Around contacts: reports to the school, numbers tried, visitors named, a term summed up."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child
from notoneless.contacts.models import Assignment, ClassReport, NumberCheck, TermSummary
from notoneless.contacts.queries.listing import ContactFilter, list_contacts
from notoneless.contacts.queries.reports import report_paper, reports_below
from notoneless.contacts.queries.upkeep import children_visited_by, own_notes, visitors_of
from notoneless.contacts.services.upkeep import NewCounselling, Tried
from notoneless.duties.models import Duty
from notoneless.flows.contacts.counselling import note_counselling
from notoneless.flows.contacts.numbers import check_numbers, numbers_of_class
from notoneless.flows.contacts.refusals import (
    ContactFaulty,
    ContactIdUsed,
    NobodyChosen,
    NothingTried,
    NumberShape,
    ReportIdUsed,
    ReportReceived,
    ReportWithoutReason,
    SummaryFiled,
    SummaryMissing,
    SummaryTooShort,
    VisitorElsewhere,
)
from notoneless.flows.contacts.reporting import Saying, draft_report, report_to_school, take_note
from notoneless.flows.contacts.term import (
    Summing,
    class_in_term,
    classes_in_term,
    file_visit_report,
    sum_up,
)
from notoneless.flows.contacts.visitors import candidates, children_at_risk, name_visitor
from notoneless.journal.queries import verify
from notoneless.places.models import Unit
from notoneless.rules.contacts.kinds import NumberState
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call, open_school
from tests.contacts.desk import log
from tests.duties.desk import S1_24, duty, sweep, under
from tests.world import TERM_START, Village

pytestmark = pytest.mark.django_db
ANALYSIS = "本学期家访以务农家庭为主，两户因照看弟妹缺勤。"
SUMMARY = "下学期开学第一周先访三户，请村儿童主任同去，逐户核对电话。"


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


@pytest.fixture
def s1_24(village: Village) -> Village:
    return under(village, S1_24)


# -- reports -----------------------------------------------------------------------------------


def report(v: Village, name="lan", *, by="chen", today=WED, hour=10, **more):
    given = {
        "id": uuid7(),
        "child_id": v.children[name].pk,
        "reason": "在家照看弟弟",
        "mobilisation": "电话一次，家访一次",
    }
    said = Saying(**{**given, **more})
    return report_to_school(v.actor(by, today=today), said, today=today, now=at(today, hour))


def away(v: Village, *days: date) -> None:
    for day in days:
        call(v, day, "lan")


@pytest.mark.req("R-071", "R-072", "T11")
def test_the_report_knows_what_is_on_record_and_closes_the_duty(s1_24: Village):
    away(s1_24, MON, TUE, WED)
    log(s1_24, result="not_reached", happened_on=TUE, today=TUE)
    draft = draft_report(s1_24.actor("chen"), s1_24.lan.pk, today=WED)
    assert (draft.absent_since, draft.due_on, draft.is_late(WED)) == (MON, WED, False)
    assert [line.happened_on for line in draft.contacts] == [TUE]

    made = report(s1_24)

    row = duty(DutyRule.ABSENCE_REPORT)
    assert (row.state, row.closed_by, row.late_since) == (DutyState.DONE, made, None)
    paper = report_paper(s1_24.actor("qin"), made, on=WED)
    assert (paper.row.absent_since, paper.row.is_late) == (MON, False)
    assert paper.facts["contacts"][0]["result"] == "not_reached"
    assert verify(s1_24.county_id).findings == []


@pytest.mark.req("R-071")
def test_a_report_the_day_after_is_late(s1_24: Village):
    away(s1_24, MON, TUE, WED)

    report(s1_24, today=THU)

    row = ClassReport.objects.get()
    assert (row.due_on, row.is_late, row.hour) == (WED, True, "10:00")


def test_a_report_that_no_duty_asks_for_is_neither_late_nor_in_time(school: Village):
    report(school)

    row = ClassReport.objects.get()
    assert (row.due_on, row.is_late, row.absent_since) == (None, False, None)


@pytest.mark.req("R-071")
def test_a_report_is_made_once_by_the_class_and_says_something(school: Village):
    same = uuid7()
    assert report(school, id=same) == report(school, id=same)
    assert ClassReport.objects.count() == 1
    with pytest.raises(ReportIdUsed):
        report(school, id=same, reason="别的")
    with pytest.raises(ReportWithoutReason):
        report(school, reason=" ")
    with pytest.raises(Child.DoesNotExist):
        report(school, by="tan")
    with pytest.raises(NotAllowed):
        report(school, by="xiang")  # the township hears of it from the school


@pytest.mark.req("R-071")
def test_the_school_takes_note_once_and_nobody_else_does(school: Village):
    made = report(school)
    assert reports_below(school.actor("qin"), on=WED).waiting == 1
    for outside in ("chen", "wei", "xiang", "lu"):
        with pytest.raises(NotAllowed):
            take_note(school.actor(outside), made, today=WED, now=at(WED, 11))
    with pytest.raises(ClassReport.DoesNotExist):
        take_note(school.actor("tan"), made, today=WED, now=at(WED, 11))

    take_note(school.actor("qin"), made, today=WED, now=at(WED, 11))

    (row,) = reports_below(school.actor("qin"), on=WED).rows
    assert (row.received_by, row.received_at) == ("覃志学", at(WED, 11))
    assert reports_below(school.actor("qin"), on=WED, only_waiting=True).total == 0
    with pytest.raises(ReportReceived):
        take_note(school.actor("qin"), made, today=WED, now=at(WED, 12))


def test_reports_show_to_those_above_the_class_only(school: Village):
    report(school)

    assert reports_below(school.actor("chen"), on=WED).total == 1
    assert reports_below(school.actor("tan"), on=WED).total == 0
    assert reports_below(school.actor("long"), on=WED).total == 0


# -- numbers -----------------------------------------------------------------------------------


def tried(v: Village, *, by="chen", today=FRI, **states):
    rows = [
        Tried(v.children[name].pk, NumberState(state.split()[0]), *state.split()[1:])
        for name, state in states.items()
    ]
    return check_numbers(v.actor(by, today=today), rows, today=today, now=at(today, 10))


@pytest.mark.req("R-095")
def test_a_class_is_checked_when_every_number_works_or_none_is_there(village: Village):
    v = under(village, S1_24, own=[("contact_numbers_checked_within", 20, "school_days", "<=")])
    sweep(v, FRI)
    at_class = {"bearer_unit": v.units["primary-1"].pk}
    row = duty(DutyRule.NUMBER_CHECK, **at_class)
    assert (row.state, row.have, row.need) == (DutyState.OPEN, 0, 2)

    tried(v, lan="works", gang="wrong")
    row = duty(DutyRule.NUMBER_CHECK, **at_class)
    assert (row.state, row.have) == (DutyState.OPEN, 1)

    tried(v, gang="none")
    assert duty(DutyRule.NUMBER_CHECK, **at_class).state == DutyState.DONE


def test_numbers_are_tried_quickly_once_and_by_the_right_people(school: Village):
    assert tried(school, lan="works", gang="works") == 2
    assert tried(school, lan="works", gang="wrong 13800000000") == 1
    assert NumberCheck.objects.count() == 3
    with pytest.raises(NumberShape):
        tried(school, lan="wrong 123")
    with pytest.raises(NothingTried):
        tried(school)
    with pytest.raises(Child.DoesNotExist):
        tried(school, by="tan", lan="works")
    with pytest.raises(Unit.DoesNotExist):
        numbers_of_class(school.actor("tan"), school.units["primary-1"].pk, today=FRI)

    found = numbers_of_class(school.actor("chen"), school.units["primary-1"].pk, today=FRI)
    last = {pupil.name: pupil.last for pupil in found.pupils}
    assert (last["杨大刚"].state, last["杨大刚"].new_number) == (NumberState.WRONG, "138********")
    assert found.checked == 1


# -- visitors ----------------------------------------------------------------------------------


def name(v: Village, *children: str, visitor="chen", by="qin", today=FRI):
    ids = [v.children[c].pk for c in children]
    return name_visitor(
        v.actor(by, today=today),
        ids,
        v.people[visitor].pk,
        why="包保",
        today=today,
        now=at(today, 10),
    )


@pytest.mark.req("R-100")
def test_children_who_are_away_and_have_no_visitor_come_first(school: Village):
    call(school, THU, "lan", "gang")
    call(school, FRI, "lan", "gang")

    assert [row.visitor for row in children_at_risk(school.actor("qin"), today=FRI)] == [None] * 2
    assert name(school, "gang") == 1

    first, second = children_at_risk(school.actor("qin"), today=FRI)
    assert (first.name, first.visitor) == ("吴小兰", None)
    assert (second.name, second.visitor.name, second.visitor.since) == ("杨大刚", "陈小满", FRI)
    assert children_at_risk(school.actor("tan"), today=FRI) == []
    mine = children_visited_by(school.actor("chen"), on=FRI)
    assert [child for _, child, _ in mine] == ["杨大刚"]


@pytest.mark.req("R-100")
def test_another_visitor_takes_over_and_the_first_stays_on_record(school: Village):
    name(school, "lan")
    assert name(school, "lan") == 0
    assert name(school, "lan", visitor="xiang", today=NEXT_MON) == 1

    old, new = Assignment.objects.order_by("from_on")
    assert (old.from_on, old.to_on, new.to_on) == (FRI, NEXT_MON, None)
    assert visitors_of([school.lan.pk], on=NEXT_MON)[school.lan.pk].name == "向春林"
    assert verify(school.county_id).findings == []


@pytest.mark.req("R-100")
def test_visitors_are_named_by_leaders_from_people_who_are_near(school: Village):
    with pytest.raises(VisitorElsewhere):
        name(school, "lan", visitor="tan")
    with pytest.raises(NotAllowed):
        name(school, "lan", by="wei")
    with pytest.raises(Child.DoesNotExist):
        name(school, "lan", by="tan", visitor="tan")
    with pytest.raises(NobodyChosen):
        name(school)
    offered = {each.name for each in candidates(school.actor("qin"), today=FRI)}
    assert {"陈小满", "覃志学"} <= offered
    assert "谭文静" not in offered
    assert candidates(school.actor("chen"), today=FRI) == candidates(school.actor("qin"), today=FRI)


# -- a term ------------------------------------------------------------------------------------


@pytest.fixture
def visits(village: Village) -> Village:
    return under(
        village,
        S1_24,
        own=[
            ("visits_all_students_per_term", 1, "visits_per_pupil", ">="),
            ("visits_per_homeroom_teacher_per_term_min", 20, "person_visits", ">="),
        ],
    )


@pytest.mark.req("R-089", "R-091")
def test_the_page_and_the_duty_count_the_same(visits: Village):
    log(visits, kind="visit")
    log(visits, "gang", kind="visit", result="not_reached")
    sweep(visits, FRI)

    found = class_in_term(visits.actor("chen"), visits.units["primary-1"].pk, today=FRI)

    everybody = duty(DutyRule.VISIT_ALL, bearer_unit=visits.units["primary-1"].pk)
    total = duty(DutyRule.VISIT_TOTAL, bearer_unit=visits.units["primary-1"].pk)
    assert [found.names[p.child_id] for p in found.progress.not_visited] == ["杨大刚"]
    assert (everybody.have, everybody.need) == (1, 2)
    assert (found.progress.total.have, found.progress.total.need) == (total.have, total.need)


@pytest.mark.req("R-090", "R-096")
def test_a_joint_visit_counts_once_and_for_each_role(visits: Village):
    visits.employ("song", "宋雨", Role.HELPER, "primary")
    log(visits, kind="visit", together=[("song", "helper")])

    found = class_in_term(visits.actor("chen"), visits.units["primary-1"].pk, today=FRI)

    (lan,) = (p for p in found.progress.pupils if found.names[p.child_id] == "吴小兰")
    assert lan.visits == 1
    assert dict(lan.by_role) == {"helper": (1, 0), "homeroom": (1, 0)}


@pytest.mark.req("R-282")
def test_classes_stand_in_the_order_of_their_names_for_constant_statements(visits: Village):
    qin, school_id = visits.actor("qin"), visits.units["primary"].pk
    classes_in_term(qin, school_id, today=FRI)
    with CaptureQueriesContext(connection) as few:
        _, found = classes_in_term(qin, school_id, today=FRI)
    assert [each.unit.name.number for each in found] == ["1", "2"]
    for n in range(9):
        visits.enrol(f"child-{n}", f"同学{n}", "primary-2")
        log(visits, f"child-{n}", by="qin", kind="visit")
    with CaptureQueriesContext(connection) as many:
        classes_in_term(qin, school_id, today=FRI)
    assert len(many) == len(few)


@pytest.mark.req("R-094")
def test_the_terms_report_needs_an_analysis_and_a_summary(visits: Village):
    chen, unit = visits.actor("chen"), visits.units["primary-1"].pk
    with pytest.raises(SummaryMissing):
        file_visit_report(chen, unit, term_from=TERM_START, today=FRI, now=at(FRI))
    with pytest.raises(SummaryTooShort):
        sum_up(chen, Summing(unit, TERM_START, "好", SUMMARY), today=FRI, now=at(FRI))
    said = Summing(unit, TERM_START, ANALYSIS, SUMMARY)
    with pytest.raises(NotAllowed):
        sum_up(visits.actor("wei"), said, today=FRI, now=at(FRI))
    with pytest.raises(Unit.DoesNotExist):
        sum_up(visits.actor("tan"), said, today=FRI, now=at(FRI))

    log(visits, kind="visit")
    for _ in range(2):
        sum_up(chen, said, today=FRI, now=at(FRI))
    filed = file_visit_report(chen, unit, term_from=TERM_START, today=FRI, now=at(FRI))

    assert filed.counts["visits"] == 1
    assert filed.counts["not_visited"] == 1
    assert TermSummary.objects.filter(superseded_at=None).count() == 1
    with pytest.raises(SummaryFiled):
        sum_up(chen, said, today=FRI, now=at(FRI))
    with pytest.raises(SummaryFiled):
        file_visit_report(chen, unit, term_from=TERM_START, today=FRI, now=at(FRI))
    assert verify(visits.county_id).findings == []


# -- lists -------------------------------------------------------------------------------------


@pytest.mark.req("R-095")
def test_lists_are_mine_my_units_and_narrowed(school: Village):
    log(school, kind="visit", together=[("qin", "principal")])
    log(school, "gang", result="not_reached", happened_on=MON)
    log(school, "far", by="tan")

    def kinds(who: str, **wanted):
        found = list_contacts(school.actor(who), ContactFilter(**wanted), on=FRI)
        assert found.total == len(found.rows)
        return [line.kind.value for line in found.rows]

    assert kinds("chen") == ["visit", "call"]
    assert len(kinds("lu")) == 3
    assert kinds("qin", is_mine=True) == ["visit"]
    assert kinds("chen", outcome="unreached") == ["call"]
    assert kinds("chen", kind="visit") == ["visit"]
    assert kinds("chen", from_on=TUE) == ["visit"]
    assert kinds("lu", unit_id=school.units["other"].pk) == ["call"]
    assert kinds("tan", unit_id=school.units["primary"].pk) == []


# -- counselling -------------------------------------------------------------------------------


def counsel(v: Village, *, by="chen", **more):
    given = {
        "id": uuid7(),
        "child_id": v.lan.pk,
        "on": FRI,
        "topic": "family",
        "notes": "想妈妈",
    }
    new = NewCounselling(**{**given, **more})
    return note_counselling(v.actor(by), new, today=FRI, now=at(FRI, 10))


@pytest.mark.req("R-080")
def test_only_the_counsellor_reads_a_note_and_no_rule_does(school: Village):
    counsel(school)

    (mine,) = own_notes(school.actor("chen"), on=FRI)
    assert (mine.child_name, mine.notes) == ("吴小兰", "想妈妈")
    for other in ("qin", "wei", "lu", "shao", "fang"):
        assert own_notes(school.actor(other), on=FRI) == []
    assert list_contacts(school.actor("chen"), ContactFilter(), on=FRI).total == 0
    assert Duty.objects.count() == 0


@pytest.mark.req("R-080")
def test_a_note_is_kept_once_by_people_of_the_school(school: Village):
    same = uuid7()
    assert counsel(school, id=same) == counsel(school, id=same)
    with pytest.raises(ContactIdUsed):
        counsel(school, id=same, child_id=school.children["gang"].pk)
    with pytest.raises(NotAllowed):
        counsel(school, by="xiang")
    with pytest.raises(Child.DoesNotExist):
        counsel(school, by="tan")
    with pytest.raises(ContactFaulty):
        counsel(school, on=NEXT_MON)
