"""Whether a step can be taken now, and what stands in its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.calendar import ONE_DAY, SchoolCalendar
from notoneless.rules.cases.court import enforcement_window, open_challenge, standing_order
from notoneless.rules.cases.facts import CaseFact, Standing, StepFact
from notoneless.rules.cases.kinds import (
    ELSEWHERE,
    ERRORS,
    REVIEW_MONTHS,
    Level,
    Missing,
    Outcome,
    State,
    StepKind,
)
from notoneless.rules.cases.ladder import Guard, Transition, transition_of
from notoneless.rules.cases.plans import reviews_of
from notoneless.rules.clocks import due_on
from notoneless.rules.policy.resolved import PolicyHole, ResolvedPolicy

LADDER_KEY = "parent_response_ladder"
CONFIRMER = "case_closing_confirmer"
PENALTY_AUTHORITY = "penalty_decision_authority"
ENDS_ASKING = (
    StepKind.CLOSING_REFUSED,
    StepKind.CLOSED,
    StepKind.RELAPSED,
    StepKind.RETURNED,
    StepKind.RETURNED_BY_MEASURE,
)
"""After these a request to close waits for nobody any more."""
ALWAYS_MISSING = frozenset({Missing.STATE, Missing.LEVEL, Missing.NOT_ON_LADDER})
"""What makes a step not be shown at all; the others are shown with what is still missing."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a step, when, and under which plan."""

    on: date
    level: Level
    policy: ResolvedPolicy
    calendar: SchoolCalendar
    by: UUID | None = None
    outcome: Outcome | None = None
    """Of an end; ``None`` for other steps."""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in a step's way."""

    missing: Missing
    until: date | None = None
    """The first day on which it stands in the way no more, where a day is all it needs."""


def obstacles(step: StepKind, case: CaseFact, asking: Asking) -> tuple[Obstacle, ...]:
    """What stands in the way of a step; empty when it can be taken.

    Raises ``PolicyHole`` and ``NoSuchDay`` where plan or calendar lack what the answer needs.
    Source: the ladder (requirements §7.1, national rules §1.2).
    """
    leaves = asking.outcome is not None and asking.outcome in ELSEWHERE
    row = transition_of(step, leaves=leaves)
    standing = case.standing
    found = []
    if standing.state not in row.sources and step is not StepKind.OPENED:
        found.append(Obstacle(Missing.STATE))
    if asking.level not in row.actors:
        found.append(Obstacle(Missing.LEVEL))
    if found:
        return tuple(found)
    return tuple(_GUARDS[row.guard](_Look(case, standing, asking, row)))


@dataclass(frozen=True, slots=True)
class _Look:
    case: CaseFact
    standing: Standing
    asking: Asking
    row: Transition


def _nothing(look: _Look) -> list[Obstacle]:
    return []


def _report_accepted(look: _Look) -> list[Obstacle]:
    report = look.standing.last(StepKind.REPORTED)
    if report is None or look.standing.answer_to(report, StepKind.ACCEPTED) is None:
        return [Obstacle(Missing.NOT_ACCEPTED)]
    return []


def _deadline_passed(look: _Look) -> list[Obstacle]:
    is_order = look.row.step is StepKind.ORDER_EXPIRED
    served = look.standing.last(StepKind.ORDER_SERVED if is_order else StepKind.NOTICE_SERVED)
    if served is None or served.deadline_on is None:
        return [Obstacle(Missing.NOT_SERVED)]
    if look.asking.on <= served.deadline_on:
        return [Obstacle(Missing.DEADLINE_RUNS, served.deadline_on + ONE_DAY)]
    return []


def _may_order(look: _Look) -> list[Obstacle]:
    found = []
    if not is_on_ladder(look.asking.policy, "order_to_correct"):
        found.append(Obstacle(Missing.NOT_ON_LADDER))
    if look.standing.state is State.REPORTED:
        # Only a plan that knows no return notice goes on from the report itself.
        if is_on_ladder(look.asking.policy, "return_notice"):
            found.append(Obstacle(Missing.NOT_SERVED))
        found += _report_accepted(look)
    if str(look.asking.level.value) not in _issuers(look.asking.policy):
        found.append(Obstacle(Missing.WRONG_LEVEL))
    if not look.standing.of_round(StepKind.STATEMENT_HEARD):
        found.append(Obstacle(Missing.STATEMENT))
    return found


def _instrument(look: _Look) -> list[Obstacle]:
    if not look.asking.policy.is_on(PENALTY_AUTHORITY):
        return [Obstacle(Missing.INSTRUMENT)]
    if look.asking.level.value != look.asking.policy.choice(PENALTY_AUTHORITY):
        return [Obstacle(Missing.WRONG_LEVEL)]
    return []


def _may_demand(look: _Look) -> list[Obstacle]:
    if not is_on_ladder(look.asking.policy, "court"):
        return [Obstacle(Missing.NOT_ON_LADDER)]
    if standing_order(look.standing) is None:
        return [Obstacle(Missing.NOT_SERVED)]
    return _unchallenged(look.standing)


def _may_enforce(look: _Look) -> list[Obstacle]:
    found = _may_demand(look)
    order = standing_order(look.standing)
    if found or order is None:
        return found
    window = enforcement_window(look.standing, order, look.asking.policy, look.asking.calendar)
    if look.asking.on < window.from_on:
        found.append(Obstacle(Missing.CHALLENGE_TIME_RUNS, window.from_on))
    if look.asking.on > window.last_on:
        found.append(Obstacle(Missing.TOO_LATE))
    return found + _demanded(look.standing, order, look.asking)


def _may_sue(look: _Look) -> list[Obstacle]:
    return [] if is_on_ladder(look.asking.policy, "court") else [Obstacle(Missing.NOT_ON_LADDER)]


def _measure_named(look: _Look) -> list[Obstacle]:
    """A measure is recorded, not invented: what brought the child back was served or decided."""
    measure = look.asking.measure
    proof = MEASURES.get(measure, ())
    if measure and look.standing.last(*proof) is None:
        return [Obstacle(Missing.NOT_SERVED)]
    return []


def _challenge_stands(look: _Look) -> list[Obstacle]:
    return [] if _unchallenged(look.standing) else [Obstacle(Missing.NO_CHALLENGE)]


def _advice_stands(look: _Look) -> list[Obstacle]:
    return [] if _has_open_advice(look.standing) else [Obstacle(Missing.NO_ADVICE)]


def _review_waits(look: _Look) -> list[Obstacle]:
    """While the child is watched its plan can be looked at any day; after that as planned."""
    placed = look.standing.last(StepKind.PLACED)
    if look.standing.is_open or placed is None:
        return []
    months = look.asking.policy.months(REVIEW_MONTHS)
    planned = reviews_of(look.standing, placed, months=months, calendar=look.asking.calendar)
    waits = look.case.is_looked_after and None in planned.values()
    return [] if waits else [Obstacle(Missing.STATE)]


def _watched_enough(look: _Look) -> list[Obstacle]:
    needed = look.asking.policy.duration("return_watch_days").length
    return [] if len(look.case.present_days) >= needed else [Obstacle(Missing.WATCH_RUNS)]


def _may_ask_closing(look: _Look) -> list[Obstacle]:
    if _has_open_advice(look.standing):
        return [Obstacle(Missing.OPEN_ELSEWHERE)]
    if look.asking.outcome is None or look.asking.outcome in ELSEWHERE:
        return []
    ended = look.standing.last(StepKind.WATCH_ENDED)
    back = look.standing.returned
    if back is None or ended is None or look.standing.after(back, StepKind.WATCH_ENDED) is None:
        return [Obstacle(Missing.WATCH_RUNS)]
    return []


def _second_person(look: _Look) -> list[Obstacle]:
    if look.row.step is StepKind.CLOSED and _has_open_advice(look.standing):
        return [Obstacle(Missing.OPEN_ELSEWHERE)]
    is_error = look.asking.outcome in ERRORS and look.standing.last(StepKind.REPORTED) is None
    if is_error and look.row.tid == "T24":
        return []
    asked = asked_closing(look.standing)
    if asked is None or not _is_same_end(asked, look.asking.outcome):
        return [Obstacle(Missing.NOT_ASKED)]
    found = []
    if asked.by is not None and asked.by == look.asking.by:
        found.append(Obstacle(Missing.SAME_PERSON))
    if look.asking.level is not confirming_level(look.asking.policy):
        found.append(Obstacle(Missing.WRONG_LEVEL))
    return found


def _is_same_end(asked: StepFact, outcome: Outcome | None) -> bool:
    """Whether the end is the one that was asked for: a transfer needs no watch, a return does."""
    named = asked.text("outcome")
    return not named or outcome is None or named == outcome.value


MEASURES: Mapping[str, tuple[StepKind, ...]] = MappingProxyType(
    {
        "notice": (StepKind.NOTICE_SERVED,),
        "order": (StepKind.ORDER_SERVED,),
        "penalty": (StepKind.PENALTY_SERVED,),
        "mediation": (StepKind.COURT_ACTED,),
        "judgment": (StepKind.COURT_ACTED,),
        "enforcement": (StepKind.COURT_ACTED,),
    }
)
"""By what a child was brought back, and the step that must stand for it."""
_Check = Callable[[_Look], list[Obstacle]]
_GUARDS: Mapping[Guard, _Check] = MappingProxyType(
    {
        Guard.NONE: _nothing,
        Guard.NOT_SILENCED: _nothing,  # asked where silences are known: flows/cases/doors.py
        Guard.REPORT_ACCEPTED: _report_accepted,
        Guard.DEADLINE_PASSED: _deadline_passed,
        Guard.MAY_ORDER: _may_order,
        Guard.INSTRUMENT: _instrument,
        Guard.MAY_DEMAND: _may_demand,
        Guard.MAY_ENFORCE: _may_enforce,
        Guard.MAY_SUE: _may_sue,
        Guard.MEASURE_NAMED: _measure_named,
        Guard.CHALLENGE_STANDS: _challenge_stands,
        Guard.ADVICE_STANDS: _advice_stands,
        Guard.REVIEW_WAITS: _review_waits,
        Guard.WATCHED_ENOUGH: _watched_enough,
        Guard.MAY_ASK_CLOSING: _may_ask_closing,
        Guard.SECOND_PERSON: _second_person,
    }
)


def asked_closing(standing: Standing) -> StepFact | None:
    """The request to close that still waits for the second person."""
    asked = standing.last(StepKind.CLOSING_ASKED)
    if asked is None:
        return None
    return asked if standing.after(asked, *ENDS_ASKING) is None else None


def confirming_level(policy: ResolvedPolicy) -> Level:
    """From where the second person comes. Raises ``PolicyHole``."""
    return {
        "school": Level.SCHOOL,
        "centre_school": Level.CENTRE,
        "township": Level.TOWNSHIP,
        "county_bureau": Level.COUNTY,
    }[policy.choice(CONFIRMER)]


def _demanded(standing: Standing, order: StepFact, asking: Asking) -> list[Obstacle]:
    demands = standing.all_after(order, StepKind.DEMAND_SERVED)
    if not demands:
        return [Obstacle(Missing.DEMAND)]
    length = asking.policy.duration("demand_before_enforcement")
    due = due_on(
        started=demands[-1].told_on,
        within=length.length,
        counted_in=length.unit,
        calendar=asking.calendar,
    )
    # Ten whole days lie between the demand and the application (行政强制法 art. 54), or as many
    # more as the demand itself has given.
    last = max(due.on, demands[-1].deadline_on or due.on)
    return [] if asking.on > last else [Obstacle(Missing.DEMAND_RUNS, last + ONE_DAY)]


def _unchallenged(standing: Standing) -> list[Obstacle]:
    return [] if open_challenge(standing) is None else [Obstacle(Missing.CHALLENGED)]


def _has_open_advice(standing: Standing) -> bool:
    """Whether a procuratorate still waits: its month runs on whatever becomes of the case."""
    advice = standing.all(StepKind.ADVICE_RECEIVED)
    return any(standing.answer_to(each, StepKind.ADVICE_ANSWERED) is None for each in advice)


def is_on_ladder(policy: ResolvedPolicy, rung: str) -> bool:
    """Whether the plan answers guardians with this; what it wants and what it bars must agree."""
    try:
        return rung in policy.items(LADDER_KEY)
    except PolicyHole:
        return False


def _issuers(policy: ResolvedPolicy) -> frozenset[str]:
    codes = {"county_bureau": Level.COUNTY.value}
    return frozenset(codes.get(code, code) for code in policy.items("order_issuers"))
