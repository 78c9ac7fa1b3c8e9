"""One-vote veto: what brings it, whom it reaches, which honours it blocks (R-204, R-210)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from notoneless.rules.consequences.figures import Condition, Figure, Standing, figure
from notoneless.rules.consequences.holders import (
    ANSWERABLE,
    CLASS,
    GRADE,
    JOINT,
    MAIN_PERSON,
    OF_CLASS,
    OF_SCHOOL,
    SCHOOL,
    Holders,
)
from notoneless.rules.consequences.lines import (
    Bearer,
    Drawing,
    Kind,
    Line,
    chargeable,
    concealed,
)
from notoneless.rules.consequences.marks import hidden_by
from notoneless.rules.consequences.money import by_bearer, vacancy
from notoneless.rules.consequences.outcome import Loss, Outcome
from notoneless.rules.consequences.people import named_in_scope
from notoneless.rules.consequences.targets import (
    EXTERNAL,
    HEADCOUNT,
    alone,
    ceiling_of,
    fell_short,
    unless_counted,
)
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import SCHOOLS, UnitKind

LEVEL_1 = "veto_threshold_level1_pct"
_HONOURS = frozenset(
    {"merit_appraisal", "advanced_title", "model_title", "promotion", "title_promotion"}
    | {"post_transfer"}
)
MAY_BE_NOBODY = frozenset({*JOINT[1:], MAIN_PERSON})
"""Roles that need no holder: a veto that would reach them is not missing anybody."""
_UNIT_WORD = {UnitKind.CLASS: CLASS, UnitKind.GRADE: GRADE, **dict.fromkeys(SCHOOLS, SCHOOL)}


def vetoes_of(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> tuple[Line, ...]:
    """The vetoes that an outcome brings to the people and units that the policy names, and to
    nobody else; those in force, and those held back with the reason.

    Losses freed by a granted exception bring none (R-206). Source: ``veto_*``.
    """
    return tuple((*_triggered(outcome, policy, holders), *_hidden(outcome, policy, holders)))


def blocked_honours(policy: ResolvedPolicy) -> tuple[Figure | None, tuple[str, ...]]:
    """Which honours a veto blocks and the rule that says so: those named, else those that
    appraisal is linked to; none named means all of the year (S1-18, S1-32)."""
    named = figure(policy, "veto_blocked_honours")
    if named is not None:
        return named, named.items
    links = figure(policy, "appraisal_links")
    if links is None:
        return None, ()
    return links, tuple(link for link in links.items if link in _HONOURS)


def _triggered(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    losses = chargeable(outcome)
    found = _trigger(outcome, policy, losses) if losses else None
    if found is None:
        return
    rule, needs, condition, held_back, reasons = found
    scope = figure(policy, "veto_scope")
    honours_rule, honours = blocked_honours(policy)
    drawing = Drawing(outcome, rule, Kind.VETO, (*needs, scope, honours_rule), held_back)
    drawing = replace(drawing, lacking=HEADCOUNT if condition.lacks_base else rule.key)
    reached: list[tuple[Bearer, tuple[Loss, ...]]] = []
    if rule.key == "veto_blocked_honours":
        # A fault brings it: to whom the fault names, instead of those who held the roles.
        reached += _named_by_faults(reasons)
        reasons = [loss for loss in reasons if loss.answerable is None]
    reached += _reached(outcome, policy, holders, reasons)
    for bearer, theirs in reached:
        line = drawing.line(bearer, vacancy(bearer))
        yield replace(line, honours=honours, condition=condition, evidence=theirs)


_Found = tuple[Figure, tuple[Figure | None, ...], Condition, Standing, Sequence[Loss]]


def _trigger(outcome: Outcome, policy: ResolvedPolicy, losses: Sequence[Loss]) -> _Found | None:
    """The rule that brings the veto here and the question it asked; ``None`` where none does."""
    trigger = figure(policy, "veto_trigger")
    if trigger is None:
        return _without_trigger(outcome, policy, losses)
    count = len(losses)
    match trigger.word:
        case "any_loss":
            asked = Condition(trigger.key, count, None, Operator.AT_LEAST, Decimal(1))
            return trigger, (), asked, Standing.IN_FORCE, losses
        case "loss_count":
            return _asked(trigger, figure(policy, "veto_loss_count"), count, None, losses)
        case "over_ceiling_pct":
            return _asked(trigger, _line_of(outcome, policy), count, outcome.base, losses)
        case "external_standard":
            return _asked(trigger, figure(policy, EXTERNAL), count, outcome.base, losses)
        case "manual" if fell_short(outcome, policy):
            return trigger, (), alone(outcome), Standing.TO_BE_DECIDED, losses
    return None


def _without_trigger(
    outcome: Outcome, policy: ResolvedPolicy, losses: Sequence[Loss]
) -> _Found | None:
    """Policies that name a line (S1-22), or those who caused a loss by their conduct (S1-26)."""
    level = figure(policy, LEVEL_1)
    if level is not None:
        return _asked(level, level, len(losses), outcome.base, losses)
    named = figure(policy, "veto_blocked_honours")
    fault = figure(policy, "penalty_per_teacher_fault_dropout_yuan")
    caused = [loss for loss in losses if loss.is_teacher_caused]
    if named is None or fault is None or not caused:
        return None
    reason = Condition("", len(caused), None, None, None)
    return named, (), reason, Standing.IN_FORCE, caused


def _asked(
    rule: Figure, bound: Figure | None, over: int, under: int | None, losses: Sequence[Loss]
) -> _Found | None:
    """A veto where the figure is exceeded: beyond a line, or no longer within a ceiling."""
    if bound is None:
        return None
    condition = bound.about(over, under)
    is_within = bound.rule.operator in (Operator.AT_MOST, Operator.LESS)
    if condition.is_met is is_within and condition.is_met is not None:
        return None
    return rule, (bound,), condition, unless_counted(condition), losses


def _line_of(outcome: Outcome, policy: ResolvedPolicy) -> Figure | None:
    """The veto line of the stage, of the policy, or else the ceiling itself (S1-7)."""
    stage = f"veto_threshold_{outcome.stage}_pct"
    for key in (stage, LEVEL_1):
        found = figure(policy, key)
        if found is not None:
            return found
    has_lines = any(figure(policy, f"veto_threshold_{s}_pct") for s in ("primary", "junior"))
    return None if has_lines else ceiling_of(outcome, policy)


def _named_by_faults(losses: Sequence[Loss]) -> Iterable[tuple[Bearer, tuple[Loss, ...]]]:
    for person in sorted({loss.answerable for loss in losses if loss.answerable}):
        theirs = tuple(loss for loss in losses if loss.answerable == person)
        yield Bearer(ANSWERABLE, person), theirs


def _reached(
    outcome: Outcome, policy: ResolvedPolicy, holders: Holders, losses: Sequence[Loss]
) -> Iterable[tuple[Bearer, tuple[Loss, ...]]]:
    """The outcome's own unit and its people, as far as the policy names them; each person once."""
    scope = figure(policy, "veto_scope")
    word = _UNIT_WORD.get(outcome.kind)
    if scope is None or word is None or not losses:
        return
    if word in scope.items:
        yield Bearer(word, unit=outcome.unit), tuple(losses)
    roles = {CLASS: OF_CLASS, SCHOOL: OF_SCHOOL}.get(word, ())
    seen = set()
    for role in named_in_scope(policy, roles):
        for bearer, theirs in by_bearer(role, losses, holders):
            if bearer.person is None and role in MAY_BE_NOBODY:
                continue
            if bearer.person is None or bearer.person not in seen:
                seen.add(bearer.person)
                yield bearer, theirs


def _hidden(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """No honours that year for whoever hid a loss (S1-23), whatever brought the other veto."""
    effect = figure(policy, "concealment_effect")
    hidden = concealed(outcome)
    if effect is None or "no_honours" not in effect.items or outcome.kind is not UnitKind.CLASS:
        return
    rule, honours = blocked_honours(policy)
    drawing = Drawing(outcome, effect, Kind.VETO, (rule,))
    for bearer, theirs in hidden_by(hidden, holders) if hidden else ():
        line = drawing.line(bearer, vacancy(bearer))
        condition = Condition("", len(theirs), None, None, None)
        yield replace(line, honours=honours, condition=condition, evidence=theirs)
