"""What an unexplained absence asks: a call, then an inquiry and a visit, then a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.clocks import Due, days_between
from notoneless.rules.duties.facts import ClassFact, ContactKind, RunFact
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wants import (
    Draft,
    Evidence,
    MatterKey,
    Planning,
    WantedDuty,
    cause_since,
    contact_since,
    first,
    principal,
)
from notoneless.rules.policy.measures import DurationUnit, Operator, holds
from notoneless.rules.policy.resolved import PolicyHole

INVESTIGATE, REPORT = "absence_days_investigate", "absence_days_report"


def want_guardian_contact(plan: Planning) -> Iterator[WantedDuty]:
    """Reach the guardian about every unexplained day, the same day where the plan says so (R-070).

    One contact answers for all days up to its own. From the day after the plan's later threshold
    the report has taken the matter over, and no further daily call is asked.
    """
    key = "parent_contact_deadline"
    if not plan.asks(key):
        return
    is_same_day = plan.policy.choice(key) == "same_day"
    for run, of in _runs(plan):
        last = _taken_over_on(plan, run)
        for day in run.days:
            if last is not None and day > last:
                break
            reached = contact_since(plan, run.child_id, day, EvidenceKind.CONTACT)
            yield plan.want(
                Draft(
                    DutyRule.GUARDIAN_CONTACT,
                    key,
                    of,
                    _matter(run, of),
                    day,
                    EvidenceKind.CONTACT,
                    occurrence=day.isoformat(),
                    due=Due(day) if is_same_day else None,
                    closed_by=first([reached, _back(plan, run)]),
                )
            )


def want_investigation(plan: Planning) -> Iterator[WantedDuty]:
    """Find the cause once the plan's number of days is reached, that same day (R-072, T09)."""
    for run, of, day in _reaching(plan, INVESTIGATE):
        known = cause_since(plan, run.child_id, run.days[0])
        yield plan.want(
            Draft(
                DutyRule.INVESTIGATE,
                INVESTIGATE,
                of,
                _matter(run, of),
                day,
                EvidenceKind.CAUSE,
                due=Due(day),
                closed_by=first([known, _back(plan, run)]),
            )
        )


def want_visit(plan: Planning) -> Iterator[WantedDuty]:
    """Go to the child's home once the same number of days is reached (R-072, T12).

    At once where the plan says so; "promptly" is no date. A plan that visits only when necessary
    leaves it to the inquiry.
    """
    if not plan.asks(INVESTIGATE):
        return
    start = plan.policy.choice("visit_start") if plan.asks("visit_start") else "prompt"
    if start == "when_necessary":
        return
    for run, of, day in _reaching(plan, INVESTIGATE):
        been = contact_since(
            plan, run.child_id, run.days[0], EvidenceKind.VISIT, {ContactKind.VISIT}
        )
        yield plan.want(
            Draft(
                DutyRule.VISIT,
                INVESTIGATE,
                of,
                _matter(run, of),
                day,
                EvidenceKind.VISIT,
                due=Due(day) if start == "immediate" else None,
                closed_by=first([been, _back(plan, run)]),
            )
        )


def want_report(plan: Planning) -> Iterator[WantedDuty]:
    """The class teacher has reported to the school by the day that the plan names (R-072)."""
    for run, of, day in _reaching(plan, REPORT):
        made = [
            Evidence(EvidenceKind.REPORT, report.on, report.id, report.hour)
            for report in plan.facts.reports
            if report.child_id == run.child_id and run.days[0] <= report.on <= plan.until.on
        ]
        yield plan.want(
            Draft(
                DutyRule.ABSENCE_REPORT,
                REPORT,
                of,
                _matter(run, of),
                day,
                EvidenceKind.REPORT,
                due=Due(day),
                closed_by=first([*made, _back(plan, run)]),
            )
        )


def want_persuasion_letter(plan: Planning) -> Iterator[WantedDuty]:
    """The school sends somebody with a letter of persuasion once the report is due (T13)."""
    key = "persuasion_letter_required"
    if not plan.asks(key) or not plan.policy.flag(key):
        return
    for run, of, day in _reaching(plan, REPORT):
        sent = contact_since(plan, run.child_id, day, EvidenceKind.LETTER, {ContactKind.LETTER})
        yield plan.want(
            Draft(
                DutyRule.PERSUASION_LETTER,
                key,
                of,
                _matter(run, of),
                day,
                EvidenceKind.LETTER,
                bearer=principal(of),
                closed_by=first([sent, _back(plan, run)]),
            )
        )


def reached_on(plan: Planning, key: str, run: RunFact) -> date | None:
    """The first day on which a run is as long as the rule ``key`` says; ``None`` while it is not.

    School days are counted on the rolls, other days on the calendar up to the day before the
    child's next school day: a rest day makes an absence longer only where the plan counts so.
    Raises ``PolicyHole`` when the rule has no figure or an operator that is no threshold.
    """
    operator = plan.policy.operator(key)
    length = plan.policy.duration(key)
    if operator in {Operator.LESS, Operator.AT_MOST}:
        raise PolicyHole(key, "operator")
    if length.unit is DurationUnit.SCHOOL_DAYS:
        counted = enumerate(run.days, 1)
        return next((day for n, day in counted if holds(n, operator, length.length)), None)
    for day in _days_away(plan, run):
        figure = days_between(
            started=run.days[0] - ONE_DAY, until=day, counted_in=length.unit, calendar=plan.calendar
        )
        if holds(figure, operator, length.length):
            return day
    return None


def _runs(plan: Planning) -> Iterator[tuple[RunFact, ClassFact]]:
    for run in plan.facts.runs:
        of = plan.class_of(run.child_id)
        if of is not None:
            known = tuple(day for day in run.days if day <= plan.until.on)
            if known:
                yield RunFact(run.child_id, known, run.back_on, run.back_by), of


def _reaching(plan: Planning, key: str) -> Iterator[tuple[RunFact, ClassFact, date]]:
    if not plan.asks(key):
        return
    plan.policy.duration(key)  # a hole is a hole even where nobody is absent
    for run, of in _runs(plan):
        day = reached_on(plan, key, run)
        if day is not None:
            yield run, of, day


def _days_away(plan: Planning, run: RunFact) -> Iterator[date]:
    day = run.days[0]
    while day <= plan.until.on and day != run.back_on:
        if day > run.days[-1] and plan.calendar.is_school_day(day):
            return
        yield day
        day += ONE_DAY


def _taken_over_on(plan: Planning, run: RunFact) -> date | None:
    days = []
    for key in (INVESTIGATE, REPORT):
        if plan.policy.is_on(key):
            try:
                days.append(reached_on(plan, key, run))
            except PolicyHole:
                continue
    return max((day for day in days if day), default=None) if all(days) else None


def _back(plan: Planning, run: RunFact) -> Evidence | None:
    if run.back_on is None or run.back_on > plan.until.on:
        return None
    return Evidence(EvidenceKind.BACK, run.back_on, run.back_by)


def _matter(run: RunFact, of: ClassFact) -> MatterKey:
    began = run.days[0].isoformat()
    return MatterKey(MatterKind.ABSENCE, SubjectKind.CHILD, run.child_id, began, of.id)
