"""What follows besides money: points, allowance, appraisal, criticism, and what speaks for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from notoneless.rules.consequences import amounts
from notoneless.rules.consequences.figures import Condition, Figure, Standing, figure
from notoneless.rules.consequences.holders import (
    CLASS_TEACHER,
    OF_CLASS,
    OF_SCHOOL,
    PRINCIPAL,
    SCHOOL,
    SUBJECT_TEACHERS,
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
from notoneless.rules.consequences.money import by_bearer, vacancy
from notoneless.rules.consequences.outcome import Loss, Outcome
from notoneless.rules.consequences.people import named_in_scope
from notoneless.rules.consequences.targets import (
    HEADCOUNT,
    alone,
    fell_short,
    has_pupils,
    rate,
    target_of,
    unless_counted,
)
from notoneless.rules.policy.resolved import ResolvedPolicy

LINKED = {
    "performance_pay": Kind.PERFORMANCE_PAY,
    "bonus": Kind.BONUS,
    "allowance": Kind.ALLOWANCE,
    "promotion": Kind.POST,
    "title_promotion": Kind.POST,
    "post_transfer": Kind.POST,
}
"""What appraisal may be linked to; the rest are honours."""
CRITICISM = frozenset({"notice_of_criticism", "criticism"})


def class_marks(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """What follows for the people of a class besides money (R-203, R-207, R-209)."""
    yield from _points(outcome, policy, holders)
    yield from _points_over_line(outcome, policy, holders)
    yield from _allowance(outcome, policy, holders)
    yield from _concealed_points(outcome, policy, holders)
    yield from _preference(outcome, policy, holders)
    yield from _appraisal(outcome, policy, holders, responsible=CLASS_TEACHER)
    yield from _criticism(outcome, policy, holders)


def school_marks(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """What follows for the head of a school, whatever the classes' own results (R-218)."""
    yield from _appraisal(outcome, policy, holders, responsible=PRINCIPAL)
    trigger, scope = figure(policy, "veto_trigger"), figure(policy, "veto_scope")
    losses = chargeable(outcome)
    if trigger is None or scope is None or not losses or not fell_short(outcome, policy):
        return
    if not {SCHOOL, *OF_SCHOOL} & set(scope.items):
        return
    drawing = Drawing(outcome, trigger, Kind.ACCOUNTABILITY, held_back=Standing.TO_BE_DECIDED)
    for bearer, theirs in by_bearer(PRINCIPAL, losses, holders):
        line = drawing.line(bearer, vacancy(bearer))
        yield replace(line, condition=_why(outcome, policy), evidence=theirs)


def _points(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    found = figure(policy, "points_dropout_class")
    if found is not None:
        drawing = Drawing(outcome, found, Kind.POINTS)
        yield from _points_each(drawing, found, chargeable(outcome), holders)


def _concealed_points(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """Points off for what was hidden. A late report by itself costs nothing: whoever reports late
    must never fare worse than whoever hides."""
    hidden = concealed(outcome)
    effect, found = figure(policy, "concealment_effect"), figure(policy, "points_late_report")
    if effect is not None and "points_off" in effect.items and found is not None:
        drawing = Drawing(outcome, found, Kind.POINTS, (effect,))
        yield from _points_each(drawing, found, hidden, holders)
    rules = figure(policy, "late_report_penalty_rule")
    if rules is not None:
        drawing = Drawing(outcome, rules, Kind.HOUSE_RULE, held_back=Standing.TO_BE_DECIDED)
        for bearer, theirs in hidden_by(hidden, holders):
            line = drawing.line(bearer, vacancy(bearer))
            yield replace(line, condition=_count(theirs), evidence=theirs)


def hidden_by(
    losses: Sequence[Loss], holders: Holders
) -> Iterable[tuple[Bearer, tuple[Loss, ...]]]:
    """Hidden losses by whom the fault names, else by who was class teacher on the day."""
    named = {loss.answerable for loss in losses if loss.answerable is not None}
    for person in sorted(named):
        theirs = tuple(loss for loss in losses if loss.answerable == person)
        yield Bearer(CLASS_TEACHER, person), theirs
    yield from by_bearer(CLASS_TEACHER, [loss for loss in losses if not loss.answerable], holders)


def _points_each(
    drawing: Drawing, found: Figure, losses: Sequence[Loss], holders: Holders
) -> Iterable[Line]:
    """So many points for each of some losses, off the class teacher's score."""
    for bearer, theirs in hidden_by(losses, holders) if losses else ():
        line = drawing.line(bearer, vacancy(bearer))
        line = replace(line, condition=_count(theirs), evidence=theirs)
        yield _with_points(line, found.number, len(theirs))


def _points_over_line(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """Points off above the second line, once for each whom the veto reaches (S1-22)."""
    found, level = figure(policy, "points_over_2pct"), figure(policy, "veto_threshold_level2_pct")
    losses = chargeable(outcome)
    if found is None or level is None or not losses:
        return
    condition = rate(level, outcome)
    if condition.is_met is False:
        return
    drawing = Drawing(outcome, found, Kind.POINTS, (level, figure(policy, "veto_scope")))
    drawing = drawing.held(unless_counted(condition), HEADCOUNT)
    for role in named_in_scope(policy, OF_CLASS) or (CLASS_TEACHER,):
        for bearer, theirs in by_bearer(role, losses, holders):
            line = drawing.line(bearer, vacancy(bearer))
            line = replace(line, condition=condition, evidence=theirs)
            yield _with_points(line, found.number, None)


def _with_points(line: Line, number: Decimal | None, count: int | None) -> Line:
    if number is None or line.bearer.person is None:
        return line
    each = amounts.points(number)
    formula = (each,) if count is None else (amounts.pupils(count), each)
    return replace(line, points=-number * (count or 1), formula=formula)


def _allowance(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """A part of the class teacher's allowance, in fen or per cent as the policy says (S1-14)."""
    found = figure(policy, "allowance_deduction")
    losses = chargeable(outcome)
    if found is None or not losses:
        return
    drawing = Drawing(outcome, found, Kind.ALLOWANCE)
    for bearer, theirs in by_bearer(CLASS_TEACHER, losses, holders):
        line = drawing.line(bearer, vacancy(bearer))
        line = replace(line, condition=alone(outcome), evidence=theirs)
        if found.number is None or bearer.person is None:
            yield line
        elif found.rule.unit == "fen":
            cut = amounts.money(int(found.number))
            yield replace(line, fen=-int(found.number), formula=(cut,))
        else:
            cut = amounts.per_cent(found.number)
            yield replace(line, per_cent=-found.number, formula=(cut,))


def _preference(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """Teachers of a class that lost nobody come first where all else is equal (R-207)."""
    found = figure(policy, "zero_dropout_preference")
    if found is None or not has_pupils(outcome) or outcome.lost:
        return
    drawing = Drawing(outcome, found, Kind.PREFERENCE)
    for role in (CLASS_TEACHER, SUBJECT_TEACHERS):
        for each in holders.days(role, outcome.since, outcome.until):
            line = drawing.line(Bearer(role, each.person, each.name))
            yield replace(line, condition=alone(outcome))


def _appraisal(
    outcome: Outcome, policy: ResolvedPolicy, holders: Holders, *, responsible: str
) -> Iterable[Line]:
    """Where a missed target counts in appraisal; how much is for the approver to say (R-209)."""
    links = figure(policy, "appraisal_links")
    losses = chargeable(outcome)
    if links is None or not losses or not fell_short(outcome, policy):
        return
    roles = dict.fromkeys((responsible, *_scope_of(policy, responsible)))
    condition = _why(outcome, policy)
    for link in links.items or ("",):
        kind = LINKED.get(link, Kind.APPRAISAL)
        drawing = Drawing(outcome, links, kind)
        for bearer, theirs in _once_each(roles, losses, holders):
            line = drawing.line(bearer, vacancy(bearer))
            yield replace(line, honours=(link,), condition=condition, evidence=theirs)


def _scope_of(policy: ResolvedPolicy, responsible: str) -> tuple[str, ...]:
    return named_in_scope(policy, OF_CLASS) if responsible == CLASS_TEACHER else ()


def _once_each(
    roles: Iterable[str], losses: Sequence[Loss], holders: Holders
) -> Iterable[tuple[Bearer, tuple[Loss, ...]]]:
    """Each person once, in the first of his roles."""
    seen = set()
    for role in roles:
        for bearer, theirs in by_bearer(role, losses, holders):
            if bearer.person is None or bearer.person not in seen:
                seen.add(bearer.person)
                yield bearer, theirs


def _criticism(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """Notified criticism: weak measures are for a person to find, never for a figure (S1-25)."""
    ladder = figure(policy, "accountability_ladder")
    losses = chargeable(outcome)
    if ladder is None or not CRITICISM & set(ladder.items) or not losses:
        return
    if not fell_short(outcome, policy):
        return
    drawing = Drawing(outcome, ladder, Kind.CRITICISM, held_back=Standing.TO_BE_DECIDED)
    for bearer, theirs in by_bearer(CLASS_TEACHER, losses, holders):
        line = drawing.line(bearer, vacancy(bearer))
        yield replace(line, condition=_why(outcome, policy), evidence=theirs)


def _why(outcome: Outcome, policy: ResolvedPolicy) -> Condition:
    found = target_of(outcome, policy)
    return alone(outcome) if found is None else found[1]


def _count(losses: Sequence[Loss]) -> Condition:
    return Condition("", len(losses), None, None, None)
