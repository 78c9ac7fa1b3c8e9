"""One child's story in the village, step by step, with papers that are really served."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from uuid_utils.compat import uuid7

from notoneless.documents.models import Document
from notoneless.flows.cases.doors import Acting, case_known
from notoneless.flows.documents.serving import SentPictures, serve_paper
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.documents.kinds import DocumentKind, ServiceMethod
from notoneless.rules.documents.serving import NewService
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call
from tests.cases.desk import case_of, family, look, take
from tests.contacts.desk import log, signature
from tests.duties.desk import S1_29, under
from tests.world import Village

K, D = StepKind, DocumentKind
OFFICERS = "向春林，539901-07\n黎文山，539901-08"
TUESDAY = NEXT_MON + timedelta(days=1)
WEDNESDAY = NEXT_MON + timedelta(days=2)


def suspected(v: Village, **contact: Any) -> Village:
    """Lan was away on Monday and Tuesday, the family was visited; the case opened on Tuesday."""
    under(family(v), S1_29, own=[("report_rule", ("immediate",), "", "")])
    for day in (MON, TUE):
        call(v, day, "lan")
    look(v, TUE)
    visit(v, TUE, **contact)
    return v


def visit(v: Village, day: date, **more: Any) -> None:
    given: dict[str, Any] = {"kind": "visit", "result": "refused", "happened_on": day, "today": day}
    log(v, **(given | more))


def lettered(v: Village, **contact: Any) -> Village:
    """The letter was handed over on Wednesday."""
    suspected(v, **contact)
    take(v, K.LETTER_ISSUED, by="qin", day=WED, deadline=FRI.isoformat())
    served(v, D.PERSUASION_LETTER, WED, by="chen")
    return v


def reported(v: Village, **contact: Any) -> Village:
    lettered(v, **contact)
    take(v, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="连续三日无故未到校")
    take(v, K.REPORTED, by="qin", day=WED, reason="家中缺劳力")
    take(v, K.ACCEPTED, by="xiang", day=THU)
    return v


def noticed(v: Village, **contact: Any) -> Village:
    """The notice was handed over on Friday and gave until Monday; it has run out."""
    reported(v, **contact)
    take(v, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    served(v, D.RETURN_NOTICE, FRI)
    look(v, TUESDAY, everything=True)
    return v


def ordered(v: Village, **contact: Any) -> Village:
    """Heard on Tuesday, ordered on Wednesday until Friday, and nobody came."""
    noticed(v, **contact)
    take(
        v,
        K.STATEMENT_HEARD,
        by="xiang",
        day=TUESDAY,
        way="heard",
        statement="等过完年再说。",
        answer="农忙不是停学的正当理由。",
        officers=OFFICERS,
    )
    deadline = WEDNESDAY + timedelta(days=2)
    take(
        v,
        K.ORDER_ISSUED,
        by="xiang",
        day=WEDNESDAY,
        facts="吴小兰自2026年11月16日起没有到校\n返校通知书期满仍未返校",
        deadline=deadline.isoformat(),
        officers=OFFICERS,
    )
    served(v, D.CORRECTION_ORDER, WEDNESDAY)
    look(v, deadline + timedelta(days=1), everything=True)
    return v


def paper_of(v: Village, kind: DocumentKind) -> Document:
    """The newest paper of a kind in Lan's case."""
    rows = Document.objects.filter(file_id=case_of(v).pk, kind=kind)
    return rows.order_by("-recorded_at")[0]


def served(v: Village, kind: DocumentKind, day: date, *, by: str = "xiang", **more: Any):
    """Handed to the father, who signs on the phone."""
    given: dict[str, Any] = {
        "id": uuid7(),
        "method": ServiceMethod.IN_PERSON,
        "on": day,
        "receiver_name": "吴大山",
    }
    return serve_paper(
        v.actor(by, today=day),
        paper_of(v, kind).pk,
        NewService(**(given | more)),
        SentPictures(signature=signature()),
        today=day,
        now=at(day, 15),
    )


def acting(v: Village, by: str, level: Level, day: date) -> Acting:
    return Acting(v.actor(by, today=day).holdings[0], level)


def known(v: Village, day: date, by: str = "lu"):
    return case_known(v.actor(by, today=day), case_of(v).pk, today=day)
