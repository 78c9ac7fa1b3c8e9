"""Short words for cases in the village."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.cases.models import Case, CaseStep
from notoneless.children.models import ChildRecord, Guardian
from notoneless.documents.models import Document
from notoneless.flows.cases.looking_after import LookedAfter, look_after_cases
from notoneless.flows.cases.stepping import Taking, take_step
from notoneless.rules.cases.kinds import State, StepKind
from notoneless.rules.cases.said import QUESTIONS
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.wire import from_wire
from tests.attendance.register import at
from tests.world import NOW, TERM_START, Village


def family(v: Village, name: str = "lan") -> Village:
    """The child's father, with the home and a number."""
    child = v.children[name]
    Guardian.objects.create(
        county_id=v.county_id,
        child=child,
        position=1,
        name="吴大山",
        relation="51",
        is_guardian=True,
        phone="15400007001",
    )
    ChildRecord.objects.create(
        county_id=v.county_id,
        child=child,
        source="roster",
        values={"home_address": "青禾县石桥乡石桥村三组", "phone": "15400007002"},
        digest="0" * 32,
        happened_on=TERM_START,
        noted_at=NOW,
        recorded_at=NOW,
    )
    return v


def look(v: Village, day: date, *, hour: int = 9, everything: bool = False) -> LookedAfter:
    """What the scheduler does on a day."""
    return look_after_cases(v.county_id, today=day, now=at(day, hour), everything=everything)


def case_of(v: Village, name: str = "lan") -> Case:
    """The child's newest case."""
    return Case.objects.filter(child=v.children[name]).order_by("-opened_on", "-pk")[0]


def state_of(v: Village, name: str = "lan") -> State:
    return State(case_of(v, name).state)


def steps_of(v: Village, name: str = "lan") -> list[CaseStep]:
    rows = CaseStep.objects.filter(case=case_of(v, name), superseded_at=None)
    return list(rows.order_by("happened_on", "recorded_at", "pk"))


def take(
    v: Village,
    kind: StepKind,
    *,
    by: str,
    day: date,
    child: str = "lan",
    answers: UUID | None = None,
    id: UUID | None = None,
    hour: int = 10,
    **said: Any,
) -> UUID:
    """One step, taken by somebody named, on a day at ten; papers name whom to call."""
    if any(question.name == "contact" for question in QUESTIONS.get(kind, ())):
        said.setdefault("contact", "李干事 0879-5550202")
    taking = Taking(id=id or uuid7(), kind=kind, on=day, said=said, answers=answers)
    actor = v.actor(by, today=day)
    return take_step(actor, case_of(v, child).pk, taking, today=day, now=at(day, hour))


def payload_in(row: Document) -> Any:
    """What an issued paper says, by its kind."""
    return from_wire(DocumentKind(row.kind), row.payload)
