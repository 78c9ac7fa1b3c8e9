"""What a case wants inside the school, and of those who receive its report (T10 - T14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.grounds import BACK_OR_OVER, Grounds, Wish, earliest
from notoneless.rules.cases.kinds import Source, StepKind
from notoneless.rules.clocks import Due
from notoneless.rules.policy.resolved import PolicyHole

DETERMINE, VISIT, ACCEPT = "case_determine_within", "visit_start", "case_accept_within"
RULE = "report_rule"
BY_DAYS = "days_to_return_before_report"
BY_VISITS = "failed_visits_before_report"
AFTER_VISITS = "days_after_failed_visits_to_report"
Term = tuple[date, Due | None]
"""The day from which a report is due, and until when; no end where the plan names none."""


def want_determination(grounds: Grounds) -> Iterator[Wish]:
    """The school determines whether the child has dropped out (R-102, T10)."""
    for opened in grounds.known(StepKind.OPENED):
        yield Wish(
            key=DETERMINE,
            step=opened,
            opened_on=opened.on,
            due=grounds.plan.due_after(DETERMINE, opened.on),
            closed=grounds.done(opened, StepKind.DETERMINED, *BACK_OR_OVER),
        )


def want_visit(grounds: Grounds) -> Iterator[Wish]:
    """Somebody goes to the home: of a child that was reported without a run, and after a relapse.

    A run of absence asks for its own visit; at once where the plan says so (R-093, T12, T22).
    """
    starts = [*grounds.known(StepKind.RELAPSED)]
    if grounds.case.source is not Source.ABSENCE:
        starts += grounds.known(StepKind.OPENED)
    asks = grounds.plan.asks(VISIT)
    is_immediate = asks and grounds.plan.policy.choice(VISIT) == "immediate"
    for start in starts:
        yield Wish(
            key=VISIT if asks else "",
            step=start,
            opened_on=start.on,
            bearer=grounds.homeroom,
            due=Due(start.on) if is_immediate else None,
            closed=grounds.done(start, StepKind.VISITED, *BACK_OR_OVER),
        )


def want_report(grounds: Grounds) -> Iterator[Wish]:
    """The written report to those whom the plan names, by the earliest of its conditions (T14).

    A report that every receiver sent back has to be made anew, the same day. A condition that
    leaves the moment to judgement gives no last day. Raises ``PolicyHole`` when one of the plan's
    conditions lacks its figure, no other is met and nobody has reported yet (R-107 - R-109, C-02,
    C-03).
    """
    if not grounds.plan.asks(RULE):
        return
    for start in _starts(grounds):
        closed = grounds.done(start, StepKind.REPORTED, *BACK_OR_OVER)
        try:
            term = _term(grounds, start)
        except PolicyHole:
            if closed is None:
                raise
            continue
        if term is not None:
            yield Wish(
                key=RULE, step=start, opened_on=max(term[0], start.on), due=term[1], closed=closed
            )


def want_acceptance(grounds: Grounds) -> Iterator[Wish]:
    """Each receiver accepts a report or sends it back; its clock runs on the receiver (R-106)."""
    for report in grounds.known(StepKind.REPORTED):
        for which, unit_id in enumerate(grounds.receivers(report), 1):
            answers = (
                step
                for step in grounds.known(StepKind.ACCEPTED, StepKind.SENT_BACK)
                if step.answers == report.id and step.unit_id == unit_id
            )
            yield Wish(
                key=ACCEPT,
                step=report,
                opened_on=report.on,
                bearer=grounds.at(unit_id),
                due=grounds.plan.due_after(ACCEPT, report.on),
                closed=earliest([*answers, grounds.done(report, StepKind.CLOSED)]),
                which=which,
            )


def _starts(grounds: Grounds) -> list[StepFact]:
    """What begins a time in which a report is due: the opening, a relapse, a report sent back."""
    starts = [*grounds.known(StepKind.OPENED, StepKind.RELAPSED)]
    for report in grounds.known(StepKind.REPORTED):
        answers = [s for s in grounds.known(*ANSWERS) if s.answers == report.id]
        is_whole = {s.unit_id for s in answers} >= set(grounds.receivers(report))
        if answers and is_whole and all(s.kind is StepKind.SENT_BACK for s in answers):
            starts.append(answers[-1])
    return starts


ANSWERS = (StepKind.ACCEPTED, StepKind.SENT_BACK)


def _term(grounds: Grounds, start: StepFact) -> Term | None:
    found: list[Term] = []
    hole: PolicyHole | None = None
    for condition in grounds.plan.policy.items(RULE):
        try:
            met = _condition(grounds, condition, start)
        except PolicyHole as lacking:
            hole = lacking
            continue
        if met is not None:
            found.append(met)
    if hole is not None and not found:
        raise hole
    return min(found, key=lambda t: (t[1].on if t[1] else date.max, t[0]), default=None)


def _condition(grounds: Grounds, condition: str, start: StepFact) -> Term | None:
    if start.kind is StepKind.SENT_BACK or condition == "immediate":
        return start.on, Due(start.on)
    if condition == "days_without_return":
        return start.on, grounds.plan.due_after(BY_DAYS, start.on)
    is_first = start.kind is StepKind.OPENED
    since = min(start.on, grounds.case.away_since) if is_first else start.on
    vain = [day for day in grounds.case.visits_in_vain if since <= day <= grounds.on]
    if condition == "mobilisation_failed":
        return (vain[0], None) if vain else None
    needed = grounds.plan.policy.count(BY_VISITS)
    if len(vain) < needed:
        return None
    met_on = vain[needed - 1]
    if condition == "repeated_persuasion":
        return met_on, None
    return met_on, grounds.plan.due_after(AFTER_VISITS, met_on)
