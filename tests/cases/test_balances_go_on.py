"""A case brought in at any stage goes on from there with its old papers, until it is closed."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from notoneless.cases.models import CaseStep
from notoneless.documents.models import Document, Service
from notoneless.documents.services.bringing import OldNumberTaken
from notoneless.duties.models import Duty
from notoneless.flows.cases.balances import bring_in
from notoneless.flows.cases.file import complete_file
from notoneless.flows.cases.refusals import OfficeUnknown, PapersFaulty, StepBlocked
from notoneless.flows.documents.reading import open_pdf
from notoneless.flows.documents.registers import open_register
from notoneless.rules.cases.balances import OldPaper, PaperFault
from notoneless.rules.cases.kinds import AWAY, Missing, State, StepKind
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.numbers import NO_NUMBER, number_in
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, THU, TUE, WED, at, call
from tests.cases.desk import case_of, family, look, payload_in, state_of, take
from tests.cases.story import OFFICERS, paper_of, served
from tests.cases.test_balances import balance, old
from tests.cases.test_file import text_of
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-101")]
K, D = StepKind, DocumentKind
LATER = (WED + timedelta(days=14)).isoformat()
HEARD: dict[str, Any] = {
    "way": "heard",
    "statement": "等过完年再说。",
    "answer": "不是停学的理由。",
    "officers": OFFICERS,
}
ORDER: dict[str, Any] = {"facts": "至今没有到校", "deadline": LATER, "officers": OFFICERS}
SUIT: dict[str, Any] = {"court": "青禾县人民法院", "claims": "送孩子返校"}


@pytest.fixture
def v(village: Village) -> Village:
    village.employ("ma", "马长河", Role.TOWNSHIP_HEAD, "shiqiao")
    own = [
        ("report_rule", ("immediate",), "", ""),
        ("return_watch_days", 2, "school_days", "="),
    ]
    return under(family(village), S1_29, own=own)


def brought(v: Village, state: State, *papers: OldPaper, by: str = "qin", **more) -> None:
    given = more | ({"papers": papers} if papers else {})
    bring_in(v.actor(by, today=MON), balance(v, state=state, **given), today=MON, now=at(MON, 10))
    assert state_of(v) is state


def comes_back_and_is_closed(v: Village) -> None:
    """On Wednesday in class again, placed, watched for two days, closed on Friday."""
    for day in (WED, THU, FRI):
        call(v, day)
        look(v, day, everything=True)
        if day == WED:
            assert state_of(v) is State.RETURNED
            take(v, K.RETURN_REPORTED, by="qin", day=WED)
            plan: dict[str, Any] = {
                "placement": "own_class",
                "goals": "每天到校",
                "measures": "课后补课",
            }
            take(v, K.PLACED, by="qin", day=WED, **plan)
    take(v, K.WATCH_ENDED, by="chen", day=FRI, judgement="每天到校")
    take(v, K.CLOSING_ASKED, by="qin", day=FRI, outcome="returned", evidence="观察期满")
    take(v, K.CLOSED, by="lu", day=FRI, outcome="returned")
    assert state_of(v) is State.ATTENDING


def letter(v: Village) -> None:
    take(v, K.LETTER_ISSUED, by="qin", day=TUE, deadline=FRI.isoformat())
    served(v, D.PERSUASION_LETTER, TUE, by="chen")


def report(v: Village) -> None:
    take(v, K.REPORTED, by="qin", day=TUE, reason="家中缺劳力")
    take(v, K.ACCEPTED, by="xiang", day=TUE)


def notice(v: Village) -> None:
    take(v, K.NOTICE_ISSUED, by="xiang", day=TUE, deadline=LATER)
    served(v, D.RETURN_NOTICE, TUE)


def order(v: Village) -> None:
    take(v, K.STATEMENT_HEARD, by="xiang", day=TUE, **HEARD)
    take(v, K.ORDER_ISSUED, by="xiang", day=TUE, **ORDER)
    served(v, D.CORRECTION_ORDER, TUE)


def demand(v: Village) -> None:
    take(v, K.DEMAND_ISSUED, by="xiang", day=TUE, deadline=LATER, officers=OFFICERS)
    served(v, D.DEMAND, TUE)


def suit(v: Village) -> None:
    take(v, K.SUED, by="xiang", day=TUE, **SUIT)


def judged(v: Village) -> None:
    take(v, K.COURT_ACTED, by="xiang", day=TUE, act="accepted")


def determined(v: Village) -> None:
    take(v, K.DETERMINED, by="qin", day=TUE, result="dropped_out", criteria="连续未到校")


GOES_ON = {
    State.SUSPECTED: (determined, letter, report, notice),
    State.CONFIRMED: (letter, report, notice),
    State.MOBILISING: (letter, report, notice),
    State.PERSUADED_LETTER: (report, notice),
    State.REPORTED: (notice, order),
    State.NOTICE_SERVED: (order,),
    State.NOTICE_EXPIRED: (order,),
    State.ORDERED: (suit, judged),
    State.ORDER_EXPIRED: (demand, suit, judged),
    State.PENALISED: (demand, suit, judged),
    State.JUDICIAL: (judged,),
}


@pytest.mark.parametrize("state", AWAY)
def test_a_case_brought_in_at_any_stage_goes_on_until_it_is_closed(v, state):
    brought(v, state)

    for part in GOES_ON[state]:
        part(v)

    comes_back_and_is_closed(v)


@pytest.mark.req("R-112", "T18")
def test_a_demand_names_the_old_order_by_its_number_and_day(v):
    brought(v, State.ORDER_EXPIRED)
    demand(v)

    decision = payload_in(paper_of(v, D.DEMAND)).decision
    assert (decision.name, decision.number_text) == (
        "责令限期改正通知书",
        "石政责改〔2026〕7号",
    )
    assert (decision.served_on, decision.method) == (MON - timedelta(days=3), "留置送达")


@pytest.mark.req("R-114", "T18")
def test_a_suit_has_the_old_papers_for_its_evidence(v):
    papers = [old(v, kind, deadline_on=MON) for kind in (D.RETURN_NOTICE, D.CORRECTION_ORDER)]
    record = old(v, D.STATEMENT_RECORD)
    brought(v, State.ORDER_EXPIRED, *papers, record)
    suit(v)

    evidence = payload_in(paper_of(v, D.CIVIL_COMPLAINT)).evidence
    assert [(each.name, each.number_text) for each in evidence] == [
        ("辍学学生返校通知书", "石政返校通〔2026〕7号"),
        ("听取意见记录", "石政听意〔2026〕7号"),
        ("责令限期改正通知书", "石政责改〔2026〕7号"),
    ]


@pytest.mark.req("R-114", "T18")
def test_the_courts_window_counts_from_the_day_on_the_old_paper(v):
    long_ago = date(2026, 4, 20)
    order_of_spring = old(
        v, D.CORRECTION_ORDER, issued_on=long_ago, served_on=long_ago, deadline_on=long_ago
    )
    asked = date(2026, 10, 30)
    old_demand = old(v, D.DEMAND, issued_on=asked, served_on=asked)
    record = old(v, D.STATEMENT_RECORD, issued_on=long_ago)
    papers = (order_of_spring, record, old_demand)
    brought(v, State.ORDER_EXPIRED, *papers, away_since=date(2026, 3, 2))

    duty = Duty.objects.get(rule=DutyRule.CASE_ENFORCE, state=DutyState.OPEN)
    assert (duty.bearer_unit_id, duty.opened_on) == (v.units["shiqiao"].pk, MON)
    words: dict[str, Any] = {"court": "青禾县人民法院", "words": "催告后仍未返校"}
    take(v, K.APPLIED_TO_COURT, by="xiang", day=TUE, **words)

    said = payload_in(paper_of(v, D.ENFORCEMENT_APPLICATION))
    assert said.decision.served_on == long_ago
    assert said.demand.served_on == asked
    assert said.statement.summary == "已经记入听取意见记录"
    comes_back_and_is_closed(v)


@pytest.mark.req("R-116", "T17")
def test_without_the_old_record_the_guardian_is_heard_before_another_order(v):
    brought(v, State.NOTICE_EXPIRED)
    with pytest.raises(StepBlocked) as refused:
        take(v, K.ORDER_ISSUED, by="xiang", day=TUE, **ORDER)
    assert [o.missing for o in refused.value.obstacles] == [Missing.STATEMENT]


@pytest.mark.req("R-116", "T17")
def test_with_the_old_record_the_order_is_written_at_once(v):
    record = old(v, D.STATEMENT_RECORD)
    brought(v, State.NOTICE_EXPIRED, old(v, D.RETURN_NOTICE, deadline_on=MON), record)
    take(v, K.ORDER_ISSUED, by="xiang", day=TUE, **ORDER)

    said = payload_in(paper_of(v, D.CORRECTION_ORDER))
    assert said.statement.on == record.issued_on
    assert [paper.number_text for paper in said.earlier] == ["石政返校通〔2026〕7号"]


@pytest.mark.req("R-111")
def test_an_old_order_that_reached_nobody_yet_is_served_and_runs(v):
    unserved = old(v, D.CORRECTION_ORDER, served_on=None, method=None, deadline_on=THU)
    brought(v, State.NOTICE_EXPIRED, old(v, D.RETURN_NOTICE, deadline_on=MON), unserved)
    assert Duty.objects.filter(rule=DutyRule.CASE_SERVE, state=DutyState.OPEN).count() == 1

    served(v, D.CORRECTION_ORDER, TUE)

    assert state_of(v) is State.ORDERED
    assert CaseStep.objects.get(kind=K.ORDER_SERVED).deadline_on == THU
    assert not Duty.objects.filter(rule=DutyRule.CASE_SERVE, state=DutyState.OPEN).exists()


@pytest.mark.parametrize("state", AWAY)
def test_nothing_of_before_is_late_on_the_day_it_comes_in(v, state):
    brought(v, state)
    assert not Duty.objects.filter(late_since__isnull=False).exists()
    assert not Duty.objects.filter(state=DutyState.OPEN, due_on__lt=MON).exists()


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.NOTICE_SERVED, D.RETURN_NOTICE),
        (State.NOTICE_EXPIRED, D.RETURN_NOTICE),
        (State.ORDERED, D.CORRECTION_ORDER),
        (State.ORDER_EXPIRED, D.CORRECTION_ORDER),
        (State.PENALISED, D.PENALTY_DECISION),
    ],
)
def test_a_stage_is_not_believed_without_its_paper(v, state, kind):
    with pytest.raises(PapersFaulty) as refused:
        brought(v, state, papers=())
    assert refused.value.faults == ((kind, PaperFault.LACKING),)


def test_an_office_that_has_nothing_to_do_with_the_child_wrote_none_of_its_papers(v):
    with pytest.raises(OfficeUnknown):
        brought(v, State.REPORTED, old(v, D.DROPOUT_REPORT, office_id=v.units["hekou"].pk))


@pytest.mark.req("R-299")
def test_an_old_number_is_never_given_again_and_never_taken_twice(v):
    number = old(v, D.RETURN_NOTICE, deadline_on=MON, number_text="石桥乡返校通〔2026〕7号")
    brought(v, State.NOTICE_EXPIRED, number)
    again = balance(v, child_id=v.children["gang"].pk, state=State.NOTICE_EXPIRED, papers=(number,))
    with pytest.raises(OldNumberTaken):
        bring_in(v.actor("lu", today=MON), again, today=MON, now=at(MON, 11))

    take(v, K.NOTICE_ISSUED, by="xiang", day=TUE, deadline=LATER)
    assert paper_of(v, D.RETURN_NOTICE).number_text == "石桥乡返校通〔2026〕8号"


@pytest.mark.req("R-299")
def test_a_register_is_still_opened_above_the_old_papers(v):
    brought(v, State.NOTICE_EXPIRED)
    actor = v.actor("xiang", today=MON)
    office = v.units["shiqiao"].pk
    open_register(actor, office, kind=D.RETURN_NOTICE, last=12, today=MON, now=at(MON, 11))

    take(v, K.NOTICE_ISSUED, by="xiang", day=TUE, deadline=LATER)
    assert paper_of(v, D.RETURN_NOTICE).number == 13


def test_papers_without_a_number_are_no_obstacle_to_each_other(v):
    for name in ("lan", "gang"):
        papers = (old(v, D.RETURN_NOTICE, deadline_on=MON, number_text=NO_NUMBER),)
        child = v.children[name].pk
        given = balance(v, child_id=child, state=State.NOTICE_EXPIRED, papers=papers)
        bring_in(v.actor("lu", today=MON), given, today=MON, now=at(MON, 11))

    assert Document.objects.filter(number_text=NO_NUMBER).count() == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("石政责改〔2026〕3号", (2026, 3)),
        ("责改[2025]第12号", (2025, 12)),
        ("石政责改（2026）3号", (2026, 3)),
        ("石政办〔2026〕3号", None),
        ("石政责改〔2026〕0号", None),
        ("无文号", None),
    ],
)
def test_the_running_number_is_read_from_an_old_number(text, found):
    assert number_in(text, "责改") == found


def page(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (827, 1169), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.req("R-119", "R-300")
def test_the_file_shows_an_old_paper_as_brought_in_with_its_scan(v):
    scanned = old(v, D.RETURN_NOTICE, deadline_on=MON, scans=(page("white"), page("grey")))
    brought(v, State.NOTICE_EXPIRED, scanned)
    paper = paper_of(v, D.RETURN_NOTICE)
    actor = v.actor("qin", today=TUE)

    _, pdf = open_pdf(actor, paper.pk, today=TUE, now=at(TUE, 9))
    whole = complete_file(actor, case_of(v).pk, today=TUE, now=at(TUE, 9))

    assert len(PdfReader(io.BytesIO(pdf)).pages) == 3
    assert "启用系统前的纸质文书，补录" in text_of(pdf)
    assert "辍学学生返校通知书（启用系统前，补录）" in text_of(whole)
    assert (paper.pages, paper.is_brought_in, paper.number) == (2, True, None)
    with pytest.raises(Document.DoesNotExist):
        open_pdf(v.actor("tan", today=TUE), paper.pk, today=TUE, now=at(TUE, 9))


def test_an_old_service_says_how_and_that_its_proof_is_on_paper(v):
    brought(v, State.NOTICE_EXPIRED)
    service = Service.objects.get()
    assert (service.method, service.is_served) == ("left_at_home", True)
    assert (service.note, service.by, service.receiver_name) == ("见纸质送达回证", None, "")
    assert service.on == MON - timedelta(days=3)
