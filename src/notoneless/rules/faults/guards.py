"""What stands in the way of a step, and until when (R-212 to R-218)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from notoneless.rules.faults.catalogue import CADRES, FaultKind, entry_of
from notoneless.rules.faults.kinds import FaultStep, Measure, Outcome
from notoneless.rules.faults.ladder import Offered, off_among, skipped
from notoneless.rules.faults.life import WAYS, FaultFacts, StepFact, Who, is_final, turn_of
from notoneless.rules.policy.resolved import ResolvedPolicy

EXEMPTION = "exemption_conditions"
THREE = ("not_teacher_caused", "work_done_in_vain", "verified")
"""Asked where no plan lists its own (S1-26)."""
FLAGS = ("neglect", "over_ceiling", "no_effective_measures")
"""A cadre answers only where all three hold together (S0-4)."""
BEYOND = {Measure.POINTS_OFF, Measure.ECONOMIC_SANCTION}
"""Measures that need a figure."""


class Missing(StrEnum):
    """What stands in a step's way."""

    WRONG_STATE = "wrong_state"
    ONLY_THE_PERSON = "only_the_person"
    NOT_THE_PERSON = "not_the_person"
    """Nobody acts in his own matter except for himself."""
    DECIDER_RAISED = "decider_raised"
    SAME_DECIDER = "same_decider"
    """A review is another person's."""
    TIME_TOO_SHORT = "time_too_short"
    NO_CALENDAR = "no_calendar"
    """The time is counted in school days, and runs past the calendar."""
    STATEMENT_TIME_RUNS = "statement_time_runs"
    NO_WITNESS = "no_witness"
    REVIEW_OVER = "review_over"
    REVIEWED = "reviewed"
    SHOWN_ALREADY = "shown_already"
    NOT_SHOWN = "not_shown"
    NOT_FINAL = "not_final"
    EXEMPTION_UNANSWERED = "exemption_unanswered"
    EXEMPT = "exempt"
    """All conditions hold: nothing can be imposed."""
    NOT_EXEMPT = "not_exempt"
    FLAGS_UNANSWERED = "flags_unanswered"
    FLAGS_NOT_ALL = "flags_not_all"
    NOT_UPHELD_BUT_MEASURES = "not_upheld_but_measures"
    MEASURE_OFF = "measure_off"
    RUNG_SKIPPED = "rung_skipped"
    FIGURE_MISSING = "figure_missing"
    NOTICE_MISSING = "notice_missing"


@dataclass(frozen=True, slots=True)
class Obstacle:
    missing: Missing
    until: date | None = None
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision as it is about to be made, with what the plan offers."""

    outcome: Outcome
    measures: frozenset[Measure] = frozenset()
    exemption: Mapping[str, bool] | None = None
    """Each condition with its answer."""
    flags: Mapping[str, bool] | None = None
    skips_because: str = ""
    figures: frozenset[Measure] = frozenset()
    """Measures whose figure was given."""
    notice: str = ""
    """What is made known, for a notified criticism."""


def exemption_questions(policy: ResolvedPolicy, kind: str) -> tuple[str, ...]:
    """Which conditions are tested before anything is imposed (R-216).

    None for concealment: hiding a loss is not excused by how the loss came about.
    """
    if entry_of(kind).conceals:
        return ()
    return policy.items(EXEMPTION) if policy.is_on(EXEMPTION) else THREE


def asks_flags(facts: FaultFacts) -> bool:
    """Whether the three conditions together decide (R-215)."""
    return facts.role in CADRES or facts.kind == FaultKind.THREE_FLAGS


def obstacles(
    taking: StepFact, facts: FaultFacts, *, least_until: date | None = None
) -> tuple[Obstacle, ...]:
    """What stands in the way of ``taking`` this step; empty when nothing does.

    ``least_until``: of a notice, the earliest day that it may name as the last for the statement
    (``times.last_day``). Whether the actor holds the capability is asked elsewhere; here only who
    he is to this matter.
    """
    way = WAYS[taking.kind]
    if facts.state not in way.after:
        return (Obstacle(Missing.WRONG_STATE),)
    found = _person_obstacles(way.who, facts, taking.by)
    if found:
        return found
    if taking.kind is FaultStep.NOTICE_GIVEN:
        return _notice(taking, least_until)
    more = _OWN.get(taking.kind)
    return more(facts, taking) if more else ()


def deciding_obstacles(
    facts: FaultFacts,
    deciding: Deciding,
    *,
    asked: Collection[str],
    offered: Collection[Offered],
    done: Collection[Measure],
) -> tuple[Obstacle, ...]:
    """What stands in the way of this decision, besides who makes it and when.

    ``asked``: the conditions of exemption; ``offered``: the plan's measures; ``done``: rungs that
    were carried out against the person before.
    """
    found = [*_exemption(deciding, asked), *_flags(facts, deciding)]
    if deciding.outcome is not Outcome.UPHELD:
        return (*found, *_nothing_imposed(deciding))
    off = off_among(offered, deciding.measures)
    if off:
        found.append(Obstacle(Missing.MEASURE_OFF, measures=off))
    passed = skipped(offered, deciding.measures, done)
    if passed and not deciding.skips_because:
        found.append(Obstacle(Missing.RUNG_SKIPPED, measures=passed))
    if (deciding.measures & BEYOND) - deciding.figures:
        found.append(Obstacle(Missing.FIGURE_MISSING))
    if Measure.NOTICE_OF_CRITICISM in deciding.measures and not deciding.notice:
        found.append(Obstacle(Missing.NOTICE_MISSING))
    return tuple(found)


def names_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Children's names that stand in a text meant for others; spaces between letters count not."""
    plain = "".join(text.split())
    return tuple(sorted({name for name in names if len(name) > 1 and name in plain}))


# -- inside ---------------------------------------------------------------------------------------


def _person_obstacles(who: Who, facts: FaultFacts, by: UUID) -> tuple[Obstacle, ...]:
    is_person = by == facts.person
    if who is Who.PERSON and not is_person:
        return (Obstacle(Missing.ONLY_THE_PERSON),)
    if who in (Who.HEARER, Who.DECIDER) and is_person:
        return (Obstacle(Missing.NOT_THE_PERSON),)
    if who is Who.DECIDER and by == facts.raised_by:
        return (Obstacle(Missing.DECIDER_RAISED),)
    return ()


def _notice(taking: StepFact, least: date | None) -> tuple[Obstacle, ...]:
    is_enough = taking.until is not None and least is not None and taking.until >= least
    return () if is_enough else (Obstacle(Missing.TIME_TOO_SHORT, least),)


def _refusal(facts: FaultFacts, taking: StepFact) -> tuple[Obstacle, ...]:
    if not taking.said.get("silence"):
        return () if taking.said.get("witness") else (Obstacle(Missing.NO_WITNESS),)
    notice = facts.last(FaultStep.NOTICE_GIVEN)
    last = notice.until if notice else None
    runs = last is None or taking.on <= last
    return (Obstacle(Missing.STATEMENT_TIME_RUNS, last),) if runs else ()


def _shown(facts: FaultFacts, taking: StepFact) -> tuple[Obstacle, ...]:
    if facts.last(FaultStep.SHOWN):
        return (Obstacle(Missing.SHOWN_ALREADY),)
    if taking.by != facts.person and not taking.said.get("witness"):
        return (Obstacle(Missing.NO_WITNESS),)
    return ()


def _review(facts: FaultFacts, taking: StepFact) -> tuple[Obstacle, ...]:
    if facts.last(FaultStep.APPEAL_DECIDED):
        return (Obstacle(Missing.REVIEWED),)
    shown = facts.last(FaultStep.SHOWN)
    if shown is None:
        return (Obstacle(Missing.NOT_SHOWN),)
    is_past = shown.until is not None and taking.on > shown.until
    is_over = is_past or facts.last(FaultStep.WAIVED)
    return (Obstacle(Missing.REVIEW_OVER, shown.until),) if is_over else ()


def _reviewer(facts: FaultFacts, taking: StepFact) -> tuple[Obstacle, ...]:
    decided = facts.last(FaultStep.DECIDED)
    is_same = decided is not None and decided.by == taking.by
    return (Obstacle(Missing.SAME_DECIDER),) if is_same else ()


def _execution(facts: FaultFacts, taking: StepFact) -> tuple[Obstacle, ...]:
    if is_final(facts, today=taking.on):
        return ()
    shown = facts.last(FaultStep.SHOWN)
    if shown is None:
        return (Obstacle(Missing.NOT_SHOWN),)
    return (Obstacle(Missing.NOT_FINAL, turn_of(facts, today=taking.on)[1]),)


_OWN = {
    FaultStep.REFUSED: _refusal,
    FaultStep.SHOWN: _shown,
    FaultStep.WAIVED: _review,
    FaultStep.APPEALED: _review,
    FaultStep.APPEAL_DECIDED: _reviewer,
    FaultStep.EXECUTED: _execution,
}


def _exemption(deciding: Deciding, asked: Collection[str]) -> list[Obstacle]:
    answers = deciding.exemption or {}
    if deciding.outcome is Outcome.NOT_UPHELD:
        return []
    if any(question not in answers for question in asked):
        return [Obstacle(Missing.EXEMPTION_UNANSWERED)]
    is_exempt = bool(asked) and all(answers[question] for question in asked)
    if deciding.outcome is Outcome.UPHELD and is_exempt:
        return [Obstacle(Missing.EXEMPT)]
    if deciding.outcome is Outcome.EXEMPT and not is_exempt:
        return [Obstacle(Missing.NOT_EXEMPT)]
    return []


def _flags(facts: FaultFacts, deciding: Deciding) -> list[Obstacle]:
    if not asks_flags(facts) or deciding.outcome is not Outcome.UPHELD:
        return []
    answers = deciding.flags or {}
    if any(flag not in answers for flag in FLAGS):
        return [Obstacle(Missing.FLAGS_UNANSWERED)]
    return [] if all(answers[flag] for flag in FLAGS) else [Obstacle(Missing.FLAGS_NOT_ALL)]


def _nothing_imposed(deciding: Deciding) -> list[Obstacle]:
    return [Obstacle(Missing.NOT_UPHELD_BUT_MEASURES)] if deciding.measures else []


def open_steps(facts: FaultFacts, *, by: UUID) -> tuple[FaultStep, ...]:
    """Steps that the state lets this person think of, whatever still stands in their way."""
    return tuple(
        step
        for step, way in WAYS.items()
        if facts.state in way.after and not _person_obstacles(way.who, facts, by)
    )
