"""Every kind of paper of a case keeps the child's rights (R-300, product §Protection)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from notoneless.children.models import Guardian
from notoneless.contacts.models import Contact
from notoneless.documents.models import Document
from notoneless.documents.services.issuing import NewDocument, PaperIncomplete
from notoneless.flows.cases.papers import FILLERS
from notoneless.flows.cases.papers import paper_of as filled
from notoneless.flows.cases.papers.on_demand import (
    Period,
    class_report_paper,
    returned_list,
    visit_paper,
)
from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.showing import shown_to
from notoneless.flows.contacts.reporting import Saying, report_to_school
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.cases.referrals import SHOWN, ReferralKind
from notoneless.rules.contacts.discreet import TELLING, telling_word
from notoneless.rules.contacts.kinds import RESTRICTED_CAUSES
from notoneless.rules.documents.blocks import texts_of
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import DocumentKind, ReceiverKind
from notoneless.rules.documents.payloads.parts import Payload
from notoneless.rules.documents.payloads.wire import from_wire, to_wire
from notoneless.rules.documents.reach import CIRCLE, Circle, reads
from notoneless.rules.roles import CEILING, Role
from notoneless.rules.units import UnitKind
from tests.attendance.register import FRI, MON, at
from tests.cases.desk import case_of, take
from tests.cases.story import (
    OFFICERS,
    TUESDAY,
    acting,
    known,
    noticed,
    ordered,
    paper_of,
)
from tests.world import Village

pytestmark = pytest.mark.django_db
K, D = StepKind, DocumentKind
WORDS = {cause: words[0] for cause, words in TELLING.items()}
ORDERS = (D.CORRECTION_ORDER,)
INSIDE = frozenset({Circle.SCHOOL, Circle.FLAG})


def told(cause: str) -> dict[str, object]:
    """A visit at which everything that was said tells the cause."""
    word = WORDS[cause]
    return {
        "causes": (cause,),
        "main_cause": cause,
        "child_words": f"我{word}",
        "guardian_view": f"孩子{word}，不上学了",
        "found": f"了解到{word}的情况",
        "promise": f"{word}的事处理好再说",
        "next_step": f"了解{word}的情况",
    }


SAID: dict[StepKind, dict[str, object]] = {
    K.DETERMINED: {"result": "dropped_out", "criteria": "连续未到校"},
    K.REPORTED: {"reason": "其他原因"},
    K.STATEMENT_HEARD: {"way": "nothing_to_say", "officers": OFFICERS},
    K.ORDER_ISSUED: {"facts": "没有到校", "officers": OFFICERS},
    K.PENALTY_ISSUED: {"facts": "没有到校", "measure": "批评教育", "officers": OFFICERS},
    K.DEMAND_ISSUED: {"officers": OFFICERS},
    K.APPLIED_TO_COURT: {"court": "青禾县人民法院"},
    K.SUED: {"court": "青禾县人民法院", "claims": "送孩子上学"},
    K.ADVICE_ANSWERED: {"measures": "上门劝返", "results": "正在办理"},
    K.PLACED: {"placement": "own_class", "goals": "到校", "measures": "补课"},
    K.WATCH_ENDED: {"judgement": "已稳定"},
    K.CLOSED: {"outcome": "returned"},
}


def every_paper(v: Village, here: KnownCase, day: date) -> list[NewDocument]:
    """What each step would issue now, and each kind of referral."""
    found = []
    steps: list[tuple[StepKind, dict[str, Any]]] = [
        (kind, SAID.get(kind, {})) for kind in FILLERS if kind is not K.REFERRED
    ]
    bureau = str(v.units["bureau"].pk)
    steps += [
        (K.REFERRED, {"kind": each.value, "to": bureau, "asked_for": "请协助"})
        for each in ReferralKind
    ]
    for kind, said in steps:
        if kind is K.REPORTED:
            said = said | {"to": [str(v.units["shiqiao"].pk)]}
        fact = StepFact(
            id=uuid7(),
            kind=kind,
            on=day,
            by=v.people["xiang"].pk,
            deadline_on=day + timedelta(days=14),
            said=said,
        )
        new = filled(here, fact, acting(v, "xiang", Level.TOWNSHIP, day))
        assert new is not None, kind
        found.append(new)
    return found


def asked(v: Village, here: KnownCase, day: date) -> KnownCase:
    """The same case with a request to close, so that a closing paper can be filled."""
    step = StepFact(
        id=uuid7(), kind=K.CLOSING_ASKED, on=day, by=v.people["qin"].pk, said={"evidence": "点名册"}
    )
    fact = replace(here.fact, steps=(*here.fact.steps, step))
    return replace(here, fact=fact)


def printed(payload: Payload) -> str:
    wire = json.dumps(to_wire(payload), ensure_ascii=False)
    return wire + "".join(texts_of(blocks_of(payload)))


@pytest.mark.req("R-300", "R-107", "R-111", "R-122")
@pytest.mark.parametrize("cause", RESTRICTED_CAUSES)
def test_no_paper_takes_a_restricted_cause_out_of_the_school(village: Village, cause: str):
    noticed(village, **told(cause))
    here = asked(village, known(village, TUESDAY), TUESDAY)
    papers = every_paper(village, here, TUESDAY)
    papers_by_kind = {new.payload.kind: new.payload for new in papers}
    issued = {
        D(row.kind): from_wire(D(row.kind), row.payload)
        for row in Document.objects.filter(file_id=case_of(village).pk)
    }
    demanded = _on_demand(village)

    seen = {**papers_by_kind, **issued, **demanded}
    assert set(seen) == set(DocumentKind) - {D.MANDATORY_REPORT}
    for payload in [*(new.payload for new in papers), *issued.values(), *demanded.values()]:
        text = printed(payload)
        assert cause not in text, payload.kind
        if CIRCLE[payload.kind] not in INSIDE:
            assert WORDS[cause] not in text, payload.kind


def _on_demand(v: Village) -> dict[DocumentKind, Payload]:
    chen, qin = v.actor("chen", today=TUESDAY), v.actor("qin", today=TUESDAY)
    when: dict[str, Any] = {"today": TUESDAY, "now": at(TUESDAY, 12)}
    saying = Saying(uuid7(), v.lan.pk, "家里不愿多说", "已家访一次")
    report_to_school(chen, saying, **when)
    ids = {
        D.VISIT_RECORD: visit_paper(chen, Contact.objects.first().pk, v.lan.pk, **when),
        D.CLASS_REPORT: class_report_paper(chen, saying.id, **when),
        D.RETURNED_LIST: returned_list(qin, v.units["primary"].pk, Period(MON, FRI), **when),
    }
    return {kind: from_wire(kind, Document.objects.get(pk=pk).payload) for kind, pk in ids.items()}


@pytest.mark.req("R-300", "R-122")
@pytest.mark.parametrize("cause", RESTRICTED_CAUSES)
def test_a_department_is_shown_the_fields_it_needs_and_no_cause(village: Village, cause: str):
    noticed(village, **told(cause))
    here = known(village, TUESDAY)
    fact = StepFact(id=uuid7(), kind=K.REFERRED, on=TUESDAY, said={"asked_for": "请协助"})

    for kind in ReferralKind:
        shown = shown_to(here, kind, fact)
        assert set(shown) <= {field.value for field in SHOWN[kind]}
        assert not any(telling_word(text) for text in shown.values())


@pytest.mark.req("R-300")
def test_a_village_reads_no_paper_that_says_what_was_said_at_home():
    capabilities = CEILING[Role.VILLAGE_OFFICER]
    for circle in (Circle.SCHOOL, Circle.COURT, Circle.FLAG):
        assert not reads(circle, UnitKind.VILLAGE, capabilities)


@pytest.mark.req("R-113", "R-116")
def test_each_order_says_what_a_guardian_must_be_told(village: Village):
    ordered(village)

    for kind in ORDERS:
        row = paper_of(village, kind)
        text = "".join(texts_of(blocks_of(from_wire(kind, row.payload))))
        for needed in (
            "自2026年11月16日起没有到校",
            "第五十八条",
            "2026年11月27日前",
            "等过完年再说",
            "60日内",
            "青禾县人民政府申请行政复议",
            "6个月内",
            "青禾县人民法院",
            "539901-07",
            "539901-08",
        ):
            assert needed in text, needed


@pytest.mark.req("R-113")
def test_a_statement_that_tells_a_restricted_cause_is_not_repeated_in_the_order(village: Village):
    noticed(village)
    here = known(village, TUESDAY)
    heard = StepFact(
        id=uuid7(),
        kind=K.STATEMENT_HEARD,
        on=TUESDAY,
        said={"way": "heard", "statement": "孩子怀孕了", "officers": OFFICERS},
    )
    here = replace(here, fact=replace(here.fact, steps=(*here.fact.steps, heard)))
    fact = StepFact(id=uuid7(), kind=K.ORDER_ISSUED, on=TUESDAY, said=SAID[K.ORDER_ISSUED])

    order = filled(here, fact, acting(village, "xiang", Level.TOWNSHIP, TUESDAY)).payload

    assert order.statement.summary == "已经记入听取意见记录"


@pytest.mark.req("R-113", "R-111")
def test_no_paper_is_addressed_to_a_child(village: Village):
    noticed(village)
    here = asked(village, known(village, TUESDAY), TUESDAY)

    for new in every_paper(village, here, TUESDAY):
        assert new.receiver.name != "吴小兰", new.payload.kind
        for name in ("guardian", "receiver", "respondent"):
            adult = getattr(new.payload, name, None)
            assert adult is None or adult.name == "吴大山", new.payload.kind
        if new.receiver.kind is ReceiverKind.GUARDIAN:
            assert new.receiver.name == "吴大山"


@pytest.mark.req("R-113")
def test_a_paper_for_a_guardian_who_is_the_child_itself_is_not_issued(village: Village):
    noticed(village)
    Guardian.objects.update(name="吴小兰", relation="01")

    with pytest.raises(PaperIncomplete) as refused:
        take(village, K.NOTICE_ISSUED, by="xiang", day=TUESDAY, deadline="2026-12-01")

    assert "guardian" in refused.value.facts["lacks"]
