"""Papers of a return: registration, report, plan, watch, closing (T19 - T24)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.children.queries.units import class_name
from notoneless.documents.services.issuing import NewDocument
from notoneless.flows.cases.addressees import told
from notoneless.flows.cases.papers.material import Material
from notoneless.flows.cases.papers.people import guardian_of
from notoneless.flows.cases.papers.school import document, to_unit
from notoneless.flows.cases.papers.words import (
    LEVELS,
    MEASURES,
    NOT_KNOWN,
    OUTCOMES,
    PLACEMENTS,
    class_words,
    lines_in,
)
from notoneless.places.models import Unit
from notoneless.rules.attendance.days import Mark
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.guards import asked_closing
from notoneless.rules.cases.kinds import Outcome, StepKind
from notoneless.rules.cases.plans import Placement, review_days
from notoneless.rules.clocks import due_on
from notoneless.rules.contacts.kinds import Kind
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.parts import Evidence, ServedPaper, Signer
from notoneless.rules.documents.payloads.returning import (
    ClosingApproval,
    DayMark,
    PlacementPlan,
    PlannedMeasure,
    ReturnRegistration,
    ReturnReport,
    WatchedDay,
    WatchRecord,
)
from notoneless.rules.policy.resolved import PolicyHole

WATCH = "return_watch_days"
REVIEWS = "case_review_months"
MARKS: Mapping[Mark, DayMark] = MappingProxyType(
    {
        Mark.PRESENT: DayMark.PRESENT,
        Mark.UNEXPLAINED: DayMark.ABSENT,
        Mark.EXCUSED: DayMark.LEAVE,
    }
)


def registration(material: Material) -> NewDocument:
    """复学登记表 (R-117), where a person writes the return down."""
    return document(
        material,
        ReturnRegistration(
            office=material.office,
            written_on=material.on,
            pupil=material.pupil,
            guardian=guardian_of(material.person, unknown=NOT_KNOWN),
            absent_since=material.away_since,
            returned_on=material.on,
            placed_in=material.pupil.class_name,
            support=lines_in(material.text("words")),
            registered_by=material.by,
        ),
    )


def report(material: Material) -> NewDocument:
    """复学报告, to everybody who had the report of the dropout (R-123)."""
    known = material.known
    back = known.fact.standing.returned
    units = told(known)
    first = material.last(DocumentKind.DROPOUT_REPORT)
    return document(
        material,
        ReturnReport(
            office=material.office,
            written_on=material.on,
            addressees=tuple(material.units[unit] for unit in units),
            report=first.told if first else None,
            pupil=material.pupil,
            absent_since=known.fact.away_since,
            returned_on=back.on if back else None,
            placed_in=material.pupil.class_name,
            by_measure=by_measure(back),
            watch_until=watch_until(material, back),
            principal=material.head_of(known.fact.around.of.school_id) or material.by,
        ),
        receiver=to_unit(units[0], material) if units else None,
    )


def by_measure(back: StepFact | None) -> ServedPaper | None:
    """The measure that brought the child back; ``None`` for a voluntary return (R-115)."""
    if back is None or back.kind is not StepKind.RETURNED_BY_MEASURE:
        return None
    name = MEASURES.get(back.text("measure"), "")
    return ServedPaper(name=name, number_text=back.text("number"), dated_on=back.on)


def watch_until(material: Material, back: StepFact | None) -> date | None:
    """The earliest end of the watch; ``None`` while nobody knows."""
    if back is None:
        return None
    try:
        length = material.known.policy.duration(WATCH)
    except PolicyHole:
        return None
    calendar = material.known.calendar
    return due_on(
        started=back.on, within=length.length, counted_in=length.unit, calendar=calendar
    ).on


def plan(material: Material) -> NewDocument:
    """教育安置方案（一生一策）."""
    known = material.known
    back = known.fact.standing.returned
    helper = helper_of(material)
    return document(
        material,
        PlacementPlan(
            office=material.office,
            written_on=material.on,
            pupil=material.pupil,
            guardian=guardian_of(material.person, unknown=NOT_KNOWN),
            returned_on=back.on if back else None,
            placement=placement_words(material),
            goals=lines_in(material.text("goals")),
            measures=tuple(
                PlannedMeasure(what=line, who=helper.name)
                for line in lines_in(material.text("measures"))
            ),
            helper=helper,
            review_on=reviews(material, back.on if back else material.on),
            approved_by=material.head_of(known.fact.around.of.school_id),
        ),
    )


def helper_of(material: Material) -> Signer:
    """Who looks after the child: the one named, else who answers for it, else who plans."""
    text, persuader = material.text("helper"), material.known.row.persuader_id
    named = material.people.get(UUID(text), "") if text else ""
    answers = material.people.get(persuader, "") if persuader else ""
    return Signer(name=named or answers or material.by)


def placement_words(material: Material) -> str:
    """How and in which class; one statement where a class is named."""
    words = PLACEMENTS[Placement(material.text("placement"))]
    placed_in = material.text("class")
    if not placed_in:
        return f"{words}，{material.pupil.class_name}"
    unit = Unit.objects.filter(pk=placed_in).first()
    return f"{words}，{class_words(class_name(unit), material.on)}"


def reviews(material: Material, returned_on: date) -> tuple[date, ...]:
    """The days of review by the plan; none where it gives no months."""
    try:
        months = material.known.policy.months(REVIEWS)
    except PolicyHole:
        return ()
    return review_days(returned_on=returned_on, months=months, calendar=material.known.calendar)


def watch(material: Material) -> NewDocument:
    """返校观察记录: the school days since the return, as the rolls have them (R-121)."""
    known = material.known
    back = known.fact.standing.returned
    since = back.on if back else known.fact.opened_on
    after = [talk for talk in material.talks if talk.on >= since]
    return document(
        material,
        WatchRecord(
            office=material.office,
            written_on=material.on,
            pupil=material.pupil,
            returned_on=since,
            school_days=watch_days(material),
            days=tuple(
                WatchedDay(on=day, mark=MARKS.get(mark, DayMark.UNKNOWN))
                for day, mark in sorted(known.marks.items())
                if since <= day <= material.on and mark is not Mark.NO_CLASS
            ),
            talks=tuple(talk.told for talk in after if talk.kind is Kind.TALK),
            visits=tuple(talk.told for talk in after if talk.kind is Kind.VISIT),
            judgement=material.text("judgement"),
            judged_by=material.by,
        ),
    )


def watch_days(material: Material) -> int:
    """How many school days the plan wants; nought where it says nothing."""
    try:
        return material.known.policy.duration(WATCH).length
    except PolicyHole:
        return 0


def closing(material: Material) -> NewDocument | None:
    """销号审批表: who asked, and who confirms (R-120). None for an error that one person ends."""
    known = material.known
    asked = asked_closing(known.fact.standing)
    if asked is None or asked.by is None:
        return None
    outcome = Outcome(material.text("outcome"))
    return document(
        material,
        ClosingApproval(
            office=material.office,
            written_on=material.on,
            pupil=material.pupil,
            opened_on=known.fact.opened_on,
            outcome=OUTCOMES[outcome],
            outcome_on=_outcome_on(material, asked),
            account=account(material),
            evidence=tuple(Evidence(name=line) for line in lines_in(asked.text("evidence"))),
            first=Signer(
                name=material.people.get(asked.by, ""),
                post=LEVELS.get(asked.level, ""),
                opinion="情况属实，申请销号",
                on=asked.on,
            ),
            second=Signer(
                name=material.by,
                post=LEVELS.get(material.acting.level, ""),
                opinion=material.text("words") or "同意销号",
                on=material.on,
            ),
            second_level=LEVELS.get(material.acting.level, ""),
        ),
    )


def account(material: Material) -> str:
    """What was done, by the papers that stand."""
    return "\n".join(
        f"{paper.issued_on.isoformat()}　{paper.name}（{paper.number_text}）"
        for paper in material.papers
    )


def _outcome_on(material: Material, asked: StepFact) -> date:
    back = material.known.fact.standing.returned
    ended = material.known.fact.standing.last(StepKind.WATCH_ENDED)
    return ended.on if back and ended else asked.on
