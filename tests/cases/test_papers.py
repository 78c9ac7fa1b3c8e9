"""Each step issues its paper, filled from what is known; a service moves the case on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.cases.models import Case, CaseStep
from notoneless.documents.models import Document
from notoneless.duties.models import Duty
from notoneless.flows.cases.papers import paper_of as filled
from notoneless.flows.cases.papers.proposals import proposals
from notoneless.flows.cases.preview import preview, previewed
from notoneless.flows.cases.refusals import CauseShown, ContactPaused
from notoneless.flows.cases.stepping import Taking
from notoneless.flows.documents.ending import withdraw_paper
from notoneless.flows.documents.serving import take_back_service
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, State, StepKind
from notoneless.rules.documents.blocks import texts_of
from notoneless.rules.documents.kinds import DocumentKind, Head
from notoneless.rules.documents.payloads.parts import Said
from notoneless.rules.documents.payloads.wire import from_wire
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.policy.resolved import State as RuleState
from notoneless.rules.policy.resolved import policy_of
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at
from tests.cases.desk import case_of, state_of, steps_of, take
from tests.cases.story import (
    OFFICERS,
    TUESDAY,
    WEDNESDAY,
    acting,
    known,
    lettered,
    noticed,
    ordered,
    paper_of,
    reported,
    served,
    suspected,
)
from tests.protection.desk import concerned, name_officers, raised
from tests.world import Village

pytestmark = pytest.mark.django_db
K, D = StepKind, DocumentKind


def says(v: Village, kind: DocumentKind):
    row = paper_of(v, kind)
    return from_wire(kind, row.payload)


@pytest.mark.req("R-103", "R-104", "R-107", "R-110")
def test_the_school_s_papers_say_who_since_when_and_what_was_tried(village: Village):
    reported(village, causes=("poverty",), main_cause="poverty")

    letter, register = says(village, D.PERSUASION_LETTER), says(village, D.DROPOUT_REGISTER)
    report = says(village, D.DROPOUT_REPORT)

    assert (letter.guardian.name, letter.guardian.relation) == ("吴大山", "父亲")
    assert (letter.pupil.name, letter.pupil.class_name) == ("吴小兰", "三年级（1）班")
    assert (letter.absent_since, letter.return_by) == (MON, FRI)
    assert (register.determined_on, register.reason) == (WED, "贫困")
    assert register.tallies[0].children == 1
    assert [(v.on, v.by, v.kind, v.result) for v in report.visits] == [
        (TUE, "陈小满", "家访", "不愿返校")
    ]
    assert (report.principal, report.reporter) == ("覃志学", "覃志学")
    assert "石桥乡人民政府" in report.addressees


@pytest.mark.req("R-106")
def test_a_paper_is_numbered_by_its_office_and_named_by_the_step(village: Village):
    reported(village)

    row = paper_of(village, D.DROPOUT_REPORT)
    step = CaseStep.objects.get(kind=K.REPORTED)
    assert step.paper_id == row.pk
    assert row.office_id == village.units["primary"].pk
    assert row.number == 1
    assert str(WED.year) in row.number_text


@pytest.mark.req("R-111", "T15", "T16")
def test_the_notice_goes_to_the_guardian_and_its_service_starts_the_time(village: Village):
    noticed(village)

    row, notice = paper_of(village, D.RETURN_NOTICE), says(village, D.RETURN_NOTICE)
    assert (row.receiver_kind, row.receiver_name) == ("guardian", "吴大山")
    assert notice.office.name == "石桥乡人民政府"
    assert notice.office.phone == "0879-5550202"
    assert notice.report.number_text == paper_of(village, D.DROPOUT_REPORT).number_text
    assert notice.return_by == NEXT_MON
    step = CaseStep.objects.get(kind=K.NOTICE_SERVED)
    assert (step.happened_on, step.deadline_on, step.paper_id) == (FRI, NEXT_MON, row.pk)
    assert state_of(village) is State.NOTICE_EXPIRED


@pytest.mark.req("R-113", "R-116", "T17")
def test_an_order_shows_facts_articles_deadline_statement_remedies_and_two_officers(
    village: Village,
):
    ordered(village)

    order = says(village, D.CORRECTION_ORDER)
    assert order.receiver.name == "吴大山" != order.pupil.name
    assert order.facts[0].endswith("没有到校")
    assert "education.58" in order.articles
    assert order.statement.said is Said.SPOKE
    assert order.statement.summary == "等过完年再说。"
    assert (order.remedy.review_body, order.remedy.court) == ("青禾县人民政府", "青禾县人民法院")
    assert [officer.certificate for officer in order.officers] == ["539901-07", "539901-08"]
    assert [paper.served_on for paper in order.earlier] == [FRI]
    assert state_of(village) is State.ORDER_EXPIRED


@pytest.mark.req("R-299")
def test_an_order_of_the_township_names_the_bureau_and_the_school_that_read_it_too(
    village: Village,
):
    ordered(village)

    order = says(village, D.CORRECTION_ORDER)
    assert order.head is Head.OFFICIAL
    assert order.copies == ("青禾县教育体育局", "石桥乡中心小学")


@pytest.mark.req("R-112", "T18")
def test_a_demand_gives_ten_days_from_its_service(village: Village):
    ordered(village)
    day = WEDNESDAY + timedelta(days=5)
    until = day + timedelta(days=10)
    take(
        village, K.DEMAND_ISSUED, by="xiang", day=day, deadline=until.isoformat(), officers=OFFICERS
    )
    demand = says(village, D.DEMAND)
    assert (demand.days, demand.decision.served_on) == (10, WEDNESDAY)

    later = day + timedelta(days=2)
    served(village, D.DEMAND, later)

    step = CaseStep.objects.get(kind=K.DEMAND_SERVED)
    assert step.deadline_on == later + timedelta(days=10)


@pytest.mark.req("R-113")
def test_a_penalty_rests_on_the_released_instrument_alone(village: Village):
    ordered(village)
    day = WEDNESDAY + timedelta(days=5)
    here = known(village, day)
    issuers = here.policy.rules["order_issuers"]
    rule = replace(issuers.rule, key="penalty_decision_authority", value="township")
    released = replace(
        issuers,
        rule=rule,
        state=RuleState.IN_FORCE,
        legal_basis="《青禾县保障适龄儿童入学办法》(青禾政发〔2026〕3号)",
    )
    here = replace(here, policy=policy_of([*here.policy.rules.values(), released]))
    fact = StepFact(
        id=uuid7(),
        kind=K.PENALTY_ISSUED,
        on=day,
        by=village.people["xiang"].pk,
        deadline_on=day + timedelta(days=7),
        said={
            "facts": "期满仍未返校",
            "article": "第十二条",
            "measure": "批评教育",
            "officers": OFFICERS,
        },
    )

    decision = filled(here, fact, acting(village, "xiang", Level.TOWNSHIP, day)).payload

    assert decision.instrument.name == "青禾县保障适龄儿童入学办法"
    assert (decision.instrument.number_text, decision.instrument.article) == (
        "青禾政发〔2026〕3号",
        "第十二条",
    )
    assert decision.earlier[-1].name == "责令限期改正通知书"


@pytest.mark.req("R-117", "R-121")
def test_a_child_that_is_back_has_its_registration_plan_and_report(village: Village):
    reported(village)
    take(village, K.RETURNED, by="qin", day=FRI, words="补习数学")
    take(
        village,
        K.PLACED,
        by="chen",
        day=FRI,
        placement="own_class",
        goals="每天到校",
        measures="同桌陪伴\n周三补数学",
    )
    take(village, K.RETURN_REPORTED, by="qin", day=FRI)

    assert says(village, D.RETURN_REGISTRATION).returned_on == FRI
    plan = says(village, D.PLACEMENT_PLAN)
    assert [m.what for m in plan.measures] == ["同桌陪伴", "周三补数学"]
    assert plan.helper.name == "陈小满"
    assert len(plan.review_on) == 3
    report = says(village, D.RETURN_REPORT)
    assert report.addressees == says(village, D.DROPOUT_REPORT).addressees
    assert report.report.number_text == paper_of(village, D.DROPOUT_REPORT).number_text


@pytest.mark.req("R-120")
def test_an_identity_error_ends_with_one_person_and_no_paper(village: Village):
    suspected(village)

    take(village, K.CLOSED, by="chen", day=WED, outcome="identity_error", words="同名误报")

    assert Case.objects.get().state == State.CLOSED_OTHER
    assert not Document.objects.filter(kind=D.CLOSING_APPROVAL).exists()


@pytest.mark.req("R-110", "T13")
def test_a_served_letter_closes_the_class_s_duty(village: Village):
    lettered(village)

    step = CaseStep.objects.get(kind=K.LETTER_SERVED)
    assert step.happened_on == WED
    open_ones = Duty.objects.filter(rule=DutyRule.PERSUASION_LETTER, state=DutyState.OPEN)
    assert not open_ones.exists()


@pytest.mark.req("R-112")
def test_taking_back_a_service_takes_its_step_back(village: Village):
    reported(village)
    take(village, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    done = served(village, D.RETURN_NOTICE, FRI)
    assert state_of(village) is State.NOTICE_SERVED

    xiang = village.actor("xiang", today=FRI)
    take_back_service(xiang, done.service_id, reason="认错了人", today=FRI, now=at(FRI, 16))

    assert state_of(village) is State.REPORTED


def test_withdrawing_a_paper_takes_back_its_step_and_service(village: Village):
    reported(village)
    take(village, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    served(village, D.RETURN_NOTICE, FRI)

    xiang = village.actor("xiang", today=FRI)
    notice = paper_of(village, D.RETURN_NOTICE)
    withdraw_paper(xiang, notice.pk, reason="期限写错", today=FRI, now=at(FRI, 16))

    kinds = [step.kind for step in steps_of(village)]
    assert K.NOTICE_ISSUED not in kinds
    assert K.NOTICE_SERVED not in kinds
    assert state_of(village) is State.REPORTED


# -- previews and proposals ---------------------------------------------------------------------


@pytest.mark.req("R-111")
def test_a_preview_shows_gaps_and_writes_nothing(village: Village):
    reported(village)
    before = (Document.objects.count(), CaseStep.objects.count())
    taking = Taking(id=uuid7(), kind=K.NOTICE_ISSUED, on=THU, said={})

    found = previewed(village.actor("xiang", today=THU), case_of(village).pk, taking, today=THU)

    assert "return_by" in found.lacks
    assert [fault.name for fault in found.faults] == ["deadline"]
    assert "吴大山" in "".join(texts_of(found.sheet))
    assert (Document.objects.count(), CaseStep.objects.count()) == before


def test_a_form_proposes_the_deadline_by_the_plan_and_the_known_facts(village: Village):
    noticed(village)
    here = known(village, TUESDAY)

    assert proposals(here, K.NOTICE_ISSUED, TUESDAY)["deadline"] == "2026-12-01"
    officer = acting(village, "xiang", Level.TOWNSHIP, TUESDAY)
    order = proposals(here, K.ORDER_ISSUED, TUESDAY, officer)
    assert "期满仍未返校" in order["facts"]
    assert order["contact"] == "李干事 0879-5550202"


def test_a_hole_in_the_figure_proposes_no_date(village: Village):
    suspected(village)
    here = known(village, WED)
    rules = [r for key, r in here.policy.rules.items() if key != "return_notice_deadline_days"]

    assert "deadline" not in proposals(replace(here, policy=policy_of(rules)), K.LETTER_ISSUED, WED)


@pytest.mark.req("R-300")
def test_a_restricted_cause_is_proposed_as_other(village: Village):
    suspected(village, causes=("pregnancy",), main_cause="pregnancy")

    assert proposals(known(village, WED), K.REPORTED, WED)["reason"] == "其他原因"


@pytest.mark.req("R-300")
def test_typed_words_that_tell_a_restricted_cause_do_not_leave_the_school(village: Village):
    suspected(village)
    with pytest.raises(CauseShown) as refused:
        take(village, K.REPORTED, by="qin", day=WED, reason="据说怀孕了")
    assert refused.value.facts["word"] == "怀孕"

    take(village, K.REPORTED, by="qin", day=WED, reason="没有查到患病等情况，家中缺劳力")
    assert says(village, D.DROPOUT_REPORT).reason.startswith("没有查到")


# -- silence --------------------------------------------------------------------------------------


def silenced(v: Village, day) -> Village:
    name_officers(v)
    raised(v, concerned("guardian"), on=day, now=at(day, 9))
    return v


def test_no_record_says_what_a_guardian_did_before_somebody_chose_it(village: Village):
    noticed(village)
    case = case_of(village).pk
    xiang = village.actor("xiang", today=TUESDAY)
    blank = Taking(id=uuid7(), kind=K.STATEMENT_HEARD, on=TUESDAY)

    assert preview(xiang, case, blank, today=TUESDAY) is None
    chosen = replace(blank, said={"way": "nothing_to_say"})
    told = preview(xiang, case, chosen, today=TUESDAY)
    assert told is not None
    assert "当事人表示没有需要陈述和申辩的内容。" in texts_of(told)


@pytest.mark.req("R-300")
def test_a_silenced_child_s_guardian_gets_no_paper_and_no_preview(village: Village):
    reported(village)
    silenced(village, THU)
    taking = Taking(
        id=uuid7(), kind=K.NOTICE_ISSUED, on=THU, said={"deadline": NEXT_MON.isoformat()}
    )

    with pytest.raises(ContactPaused):
        take(village, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    with pytest.raises(ContactPaused):
        preview(village.actor("xiang", today=THU), case_of(village).pk, taking, today=THU)
    assert not Document.objects.filter(kind=D.RETURN_NOTICE).exists()


@pytest.mark.req("R-300")
def test_a_paper_issued_before_the_silence_is_not_served_in_it(village: Village):
    reported(village)
    take(village, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    silenced(village, FRI)

    with pytest.raises(ContactPaused):
        served(village, D.RETURN_NOTICE, FRI)
    assert state_of(village) is State.REPORTED
