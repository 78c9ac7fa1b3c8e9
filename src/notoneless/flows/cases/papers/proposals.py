"""Answers that a form can offer, because they are known already: entered once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from notoneless.cases.models import PlanReview, SupportPlan
from notoneless.children.queries.branches import about
from notoneless.contacts.models import Contact, ContactChild
from notoneless.documents.models import Document
from notoneless.flows.cases.doors import Acting
from notoneless.flows.cases.papers.between import ANSWER_WITHIN
from notoneless.flows.cases.papers.material import (
    Talk,
    kept_office,
    office_for,
    papers_of,
    talks_of,
)
from notoneless.flows.cases.papers.orders import WARNED
from notoneless.flows.cases.papers.words import OTHER, cause_words, court_words
from notoneless.flows.cases.reading import KnownCase
from notoneless.places.models import Unit
from notoneless.rules.calendar import NoSuchDay
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.guards import PENALTY_AUTHORITY, asked_closing
from notoneless.rules.cases.kinds import Outcome, StepKind
from notoneless.rules.cases.said import QUESTIONS
from notoneless.rules.clocks import due_on
from notoneless.rules.contacts.discreet import telling_word
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.policy.resolved import PolicyHole

NOTICE_DAYS = "return_notice_deadline_days"
DEMAND_WITHIN = "demand_before_enforcement"
DEADLINES: Mapping[StepKind, str] = MappingProxyType(
    {
        StepKind.LETTER_ISSUED: NOTICE_DAYS,
        StepKind.NOTICE_ISSUED: NOTICE_DAYS,
        StepKind.ORDER_ISSUED: NOTICE_DAYS,
        StepKind.PENALTY_ISSUED: NOTICE_DAYS,
        StepKind.DEMAND_ISSUED: DEMAND_WITHIN,
        StepKind.REFERRED: ANSWER_WITHIN,
    }
)
"""The figure from which each deadline is counted."""


@dataclass(frozen=True, slots=True)
class _Look:
    known: KnownCase
    step: StepKind
    today: date
    acting: Acting | None


def proposals(
    known: KnownCase, step: StepKind, today: date, acting: Acting | None = None
) -> dict[str, str]:
    """What can be written into the form of a step before anybody types; by the name of a question.

    A hole in a figure proposes nothing: the officer types the date. With ``acting`` the office
    says whom to call, or its last paper does. No restricted cause is ever proposed.
    Ten statements at most. Raises nothing.
    """
    look = _Look(known, step, today, acting)
    found: dict[str, str] = {}
    for question in QUESTIONS.get(step, ()):
        propose = _BY_STEP.get((step, question.name)) or _BY_NAME.get(question.name)
        text = propose(look) if propose is not None else ""
        if text and not telling_word(text):
            found[question.name] = text
    return found


def _deadline(look: _Look) -> str:
    key = DEADLINES.get(look.step)
    if key is None:
        return ""
    try:
        length = look.known.policy.duration(key)
        due = due_on(
            started=look.today,
            within=length.length,
            counted_in=length.unit,
            calendar=look.known.calendar,
        )
    except (PolicyHole, NoSuchDay):
        return ""
    return due.on.isoformat()


def _reason(look: _Look) -> str:
    """The last cause that somebody heard, folded."""
    talks = talks_of(look.known, until=look.today)
    cause = next((talk.cause for talk in reversed(talks) if talk.cause), "")
    return cause_words(cause or look.known.row.main_cause)


def _criteria(look: _Look) -> str:
    """What is on record of the absence and of the visits in vain."""
    since = look.known.fact.away_since
    told = [f"自{_day(since)}起没有到校"]
    told += [f"{_day(on)}家访未能使学生返校" for on in look.known.fact.visits_in_vain]
    return "；".join(told)


def _facts(look: _Look) -> str:
    """The absence, what was tried, and the papers that were served and not followed."""
    since = look.known.fact.away_since
    told = [f"学生自{_day(since)}起没有到校", *_tried(talks_of(look.known, until=look.today))]
    for paper in papers_of(look.known.row.pk):
        if paper.kind in WARNED and paper.served_on:
            told.append(
                f"{_day(paper.served_on)}送达《{paper.name}》（{paper.number_text}），期满仍未返校"
            )
    return "\n".join(told)


def _tried(talks: tuple[Talk, ...]) -> Iterator[str]:
    if talks:
        yield f"学校和有关人员自{_day(talks[0].on)}起联系、家访{len(talks)}次，学生仍未返校"


def _contact(look: _Look) -> str:
    office = _office(look)
    return f"{office.get('contact', '')} {office.get('phone', '')}".strip()


def _office(look: _Look) -> Mapping[str, object]:
    if look.acting is None:
        return {}
    fact = StepFact(id=look.known.row.pk, kind=look.step, on=look.today)
    return kept_office(office_for(look.known, fact, look.acting))


def _officers(look: _Look) -> str:
    """The two who heard the guardian in this case."""
    heard = look.known.fact.standing.last(StepKind.STATEMENT_HEARD)
    return heard.text("officers") if heard else ""


def _article(look: _Look) -> str:
    """The article that the last decision under the same instrument named."""
    rule = look.known.policy.rules.get(PENALTY_AUTHORITY)
    if rule is None or not rule.legal_basis:
        return ""
    rows = Document.objects.filter(
        county=look.known.row.county_id, kind=DocumentKind.PENALTY_DECISION
    )
    row = rows.order_by("-recorded_at").first()
    instrument = (row.payload.get("instrument") or {}) if row else {}
    same = instrument.get("name", "") and f"《{instrument['name']}》" in rule.legal_basis
    return str(instrument["article"]) if same else ""


def _court(look: _Look) -> str:
    return court_words(Unit.objects.values_list("name", flat=True).get(pk=look.known.row.county_id))


def _claims(look: _Look) -> str:
    name = look.known.row.child.name
    return f"判令被告依法履行监护职责，立即送{name}返校接受义务教育\n诉讼费用由被告承担"


def _destination(look: _Look) -> str:
    """What the village or the school said last."""
    steps = look.known.fact.standing.all(
        StepKind.VILLAGE_ANSWERED, StepKind.DETERMINED, StepKind.REPORTED
    )
    said = [step.text("destination") for step in steps if step.text("destination")]
    return said[-1] if said else ""


def _judgement(look: _Look) -> str:
    days = len(look.known.fact.present_days)
    return f"返校后已到校{days}个上学日，可以结束观察" if days else ""


def _outcome(look: _Look) -> str:
    asked = asked_closing(look.known.fact.standing)
    if asked is not None:
        return asked.text("outcome")
    back = look.known.fact.standing.returned
    if back is None:
        return ""
    is_measure = back.kind is StepKind.RETURNED_BY_MEASURE
    return (Outcome.ENFORCED if is_measure else Outcome.RETURNED).value


def _evidence(look: _Look) -> str:
    kinds = (DocumentKind.RETURN_REGISTRATION, DocumentKind.WATCH_RECORD)
    return "\n".join(
        f"{paper.name}（{paper.number_text}）"
        for paper in papers_of(look.known.row.pk)
        if paper.kind in kinds
    )


def _next_review(look: _Look) -> str:
    """The first day of the plan that nobody has looked at yet."""
    plan = SupportPlan.objects.filter(case=look.known.row.pk, superseded_at=None).first()
    if plan is None:
        return ""
    done = {
        day.isoformat()
        for day in PlanReview.objects.filter(plan=plan).values_list("planned_on", flat=True)
    }
    return next((day for day in plan.review_on if day not in done), "")


def _persuader(look: _Look) -> str:
    return str(look.known.row.persuader_id or "")


def _place(look: _Look) -> str:
    """Where the guardian was met last."""
    rows = Contact.objects.filter(
        pk__in=ContactChild.objects.filter(child__in=about([look.known.fact.child_id])).values(
            "contact"
        ),
        superseded_at=None,
        happened_on__gte=look.known.fact.away_since,
    ).exclude(place="")
    return rows.order_by("-happened_on").values_list("place", flat=True).first() or ""


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


_Propose = Callable[[_Look], str]
_BY_NAME: Mapping[str, _Propose] = MappingProxyType(
    {
        "deadline": _deadline,
        "contact": _contact,
        "officers": _officers,
        "facts": _facts,
        "court": _court,
        "claims": _claims,
        "destination": _destination,
        "judgement": _judgement,
        "outcome": _outcome,
        "helper": _persuader,
        "planned_on": _next_review,
        "article": _article,
        "place": _place,
    }
)
_BY_STEP: Mapping[tuple[StepKind, str], _Propose] = MappingProxyType(
    {
        (StepKind.REPORTED, "reason"): lambda look: _reason(look) or OTHER,
        (StepKind.DETERMINED, "criteria"): _criteria,
        (StepKind.CLOSING_ASKED, "evidence"): _evidence,
        (StepKind.REFERRED, "whereabouts"): _destination,
    }
)
