"""Rewards and charges in money: of a school, of a class teacher, of those who answer together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from notoneless.rules.consequences import amounts
from notoneless.rules.consequences.figures import (
    Condition,
    Figure,
    Standing,
    figure,
    first_figure,
)
from notoneless.rules.consequences.holders import (
    ANSWERABLE,
    ATTACHED_LEADER,
    ATTACHED_TEACHER,
    CLASS_TEACHER,
    SCHOOL,
    Holders,
)
from notoneless.rules.consequences.lines import Bearer, Drawing, Kind, Line, chargeable
from notoneless.rules.consequences.outcome import Loss, Outcome
from notoneless.rules.consequences.targets import (
    HEADCOUNT,
    alone,
    ceiling_of,
    has_pupils,
    rate,
    target_of,
    unless_counted,
)
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import Stage

HUNDRED = Decimal(100)
HALF = Decimal(50)
TARGETS = "money_rule_targets"
STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Shares:
    """Which role bears how many per cent of a class's result."""

    of: tuple[tuple[str, Decimal], ...]
    standing: Standing = Standing.IN_FORCE
    lacking: str = ""

    @property
    def is_joint(self) -> bool:
        return len(self.of) > 1


# -- a school --------------------------------------------------------------------------------


def school_money(outcome: Outcome, policy: ResolvedPolicy) -> Iterable[Line]:
    """A school's reward for keeping everyone and its charge for each pupil lost (R-202)."""
    stage = outcome.stage
    if stage is None or not has_pupils(outcome):
        return
    reward = figure(policy, f"reward_school_{stage}_retention100_yuan")
    if reward is not None and not outcome.lost:
        drawing = _money(outcome, reward, Kind.REWARD, policy, reaches=SCHOOL)
        line = drawing.line(Bearer(SCHOOL, unit=outcome.unit))
        yield _rewarded(line, reward.fen, outcome)
    yield from _school_charge(outcome, policy, stage)


def _school_charge(outcome: Outcome, policy: ResolvedPolicy, stage: Stage) -> Iterable[Line]:
    charge = figure(policy, f"penalty_school_per_dropout_{stage}_yuan")
    begins = figure(policy, f"penalty_school_{stage}_from_pct")
    losses = chargeable(outcome)
    if charge is None or not losses:
        return
    condition = rate(begins, outcome) if begins else None
    if condition is not None and condition.is_met is False:
        return
    drawing = _money(outcome, charge, Kind.CHARGE, policy, begins, reaches=SCHOOL)
    if condition is not None:
        drawing = drawing.held(unless_counted(condition), HEADCOUNT)
    ceiling = ceiling_of(outcome, policy)
    if ceiling is not None and rate(ceiling, outcome).is_met is True:
        # Target met and charge due at the same rate (C-28): a person decides, not charging is
        # what happens without a decision.
        drawing = drawing.held(Standing.TO_BE_DECIDED, ceiling.key)
    line = drawing.line(Bearer(SCHOOL, unit=outcome.unit))
    yield _charged(line, charge.fen, losses, condition)


# -- a class ---------------------------------------------------------------------------------


def class_money(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """A class's rewards and charges, to each who answered for it (R-199, R-201)."""
    yield from _target_reward(outcome, policy, holders)
    yield from _retention_reward(outcome, policy, holders)
    yield from _loss_charge(outcome, policy, holders)
    yield from _fault_charge(outcome, policy)


def _target_reward(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    reward = figure(policy, "reward_class_target_yuan")
    if reward is None or not has_pupils(outcome):
        return
    target = target_of(outcome, policy)
    if target is None:
        if not outcome.lost:
            yield from _shared_reward(outcome, reward, policy, holders, alone(outcome))
        return
    found, condition = target
    if condition.is_met is False:
        return
    yield from _shared_reward(outcome, reward, policy, holders, condition, found)


def _retention_reward(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    reward = figure(policy, "reward_class_retention100_yuan")
    if reward is not None and has_pupils(outcome) and not outcome.lost:
        yield from _shared_reward(outcome, reward, policy, holders, alone(outcome))


def _shared_reward(
    outcome: Outcome,
    reward: Figure,
    policy: ResolvedPolicy,
    holders: Holders,
    condition: Condition,
    *needs: Figure,
) -> Iterable[Line]:
    """A reward by roles, and within a role by the days on which each held it."""
    shares = shares_of(outcome, policy, holders)
    drawing = _money(outcome, reward, Kind.REWARD, policy, *needs, reaches=STAFF)
    drawing = drawing.held(shares.standing, shares.lacking)
    if outcome.lost:
        drawing = drawing.held(unless_counted(condition), HEADCOUNT)
    parts = _split(reward.fen, [share for _, share in shares.of])
    for (role, share), part in zip(shares.of, parts, strict=True):
        held = holders.days(role, outcome.since, outcome.until)
        if not held:
            yield replace(drawing.line(Bearer(role), Standing.VACANT), condition=condition)
            continue
        whole = sum(each.days for each in held)
        pieces = _split(part, [each.days for each in held])
        for each, piece in zip(held, pieces, strict=True):
            line = drawing.line(Bearer(role, each.person, each.name))
            formula = _factors(reward.fen, share if shares.is_joint else None)
            if len(held) > 1:
                formula = (*formula, amounts.days(each.days, whole))
            yield replace(line, fen=piece, formula=formula, condition=condition)


def _loss_charge(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Iterable[Line]:
    """So much for one pupil lost, more for each of several (S1-19)."""
    losses = chargeable(outcome)
    if not losses:
        return
    one, many = (figure(policy, f"penalty_lost_{each}_yuan") for each in ("one", "many"))
    least = figure(policy, "penalty_lost_many_min_count")
    condition = least.about(len(outcome.lost)) if least else alone(outcome)
    is_many = many is not None and condition.is_met is True
    charge = many if is_many else one
    if charge is None:
        return
    shares = shares_of(outcome, policy, holders)
    unit = figure(policy, "penalty_counting_unit")
    drawing = _money(outcome, charge, Kind.CHARGE, policy, least, unit, reaches=STAFF)
    if unit is not None and unit.word == "responsible_person":
        yield from _a_head(drawing, charge, losses, shares, holders, condition)
    else:
        drawing = drawing.held(shares.standing, shares.lacking)
        yield from _shared_charge(drawing, charge, losses, shares, holders, condition)


def _a_head(  # the rule, what it costs, whom and why
    drawing: Drawing,
    charge: Figure,
    losses: Sequence[Loss],
    shares: Shares,
    holders: Holders,
    condition: Condition,
) -> Iterable[Line]:
    """The figure for each person who answers, however many pupils (``responsible_person``)."""
    for role, _ in shares.of:
        for bearer, theirs in by_bearer(role, losses, holders):
            line = drawing.line(bearer, vacancy(bearer))
            fen = None if charge.fen is None or bearer.person is None else -charge.fen
            formula = () if charge.fen is None else (_ONE_PERSON, amounts.money(charge.fen))
            yield replace(line, fen=fen, formula=formula, condition=condition, evidence=theirs)


_ONE_PERSON = amounts.Factor(amounts.FactorKind.PERSONS, Decimal(1))


def _shared_charge(
    drawing: Drawing,
    charge: Figure,
    losses: Sequence[Loss],
    shares: Shares,
    holders: Holders,
    condition: Condition,
) -> Iterable[Line]:
    """The figure for each pupil, shared by those who held the roles when it was lost."""
    parts = _split(charge.fen, [share for _, share in shares.of])
    for (role, share), part in zip(shares.of, parts, strict=True):
        for (bearer, among, place), theirs in _shared_out(role, losses, holders).items():
            line = drawing.line(bearer, vacancy(bearer))
            own = None if part is None else _split(part, [1] * among)[place]
            fen = None if own is None or bearer.person is None else -own * len(theirs)
            factors = _factors(charge.fen, share if shares.is_joint else None)
            formula = (amounts.pupils(len(theirs)), *factors) if factors else ()
            if formula and among > 1:
                formula = (*formula, amounts.among(among))
            yield replace(
                line, fen=fen, formula=formula, condition=condition, evidence=theirs, among=among
            )


def _fault_charge(outcome: Outcome, policy: ResolvedPolicy) -> Iterable[Line]:
    """For each dropout that a teacher's conduct caused, on whom the fault names (S1-26)."""
    charge = figure(policy, "penalty_per_teacher_fault_dropout_yuan")
    caused = [loss for loss in chargeable(outcome) if loss.is_teacher_caused]
    if charge is None or not caused:
        return
    drawing = _money(outcome, charge, Kind.CHARGE, policy, reaches=STAFF)
    by_person: defaultdict[UUID | None, list[Loss]] = defaultdict(list)
    for loss in caused:
        by_person[loss.answerable].append(loss)
    for person, theirs in by_person.items():
        unnamed = Standing.IN_FORCE if person else Standing.TO_BE_DECIDED
        line = drawing.line(Bearer(ANSWERABLE, person), unnamed)
        condition = Condition("", len(theirs), None, None, None)
        yield _charged(line, charge.fen, theirs, condition)


# -- shares ----------------------------------------------------------------------------------


def shares_of(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> Shares:
    """Who bears which share of the class's result; the class teacher all of it where the policy
    does not speak of shares.

    With an attached leader the policy's table holds, without one the shares that it names for that
    case, else halves (S1-19: 40/30/30 and 50/50).
    """
    formula = figure(policy, "liability_share_formula")
    if formula is None:
        return Shares(((CLASS_TEACHER, HUNDRED),))
    table = figure(policy, "liability_shares")
    has_leader = holders.was_held(ATTACHED_LEADER, outcome.since, outcome.until)
    rows = _rows(table)
    if formula.word == "two_party" or not has_leader:
        rows = _without_leader(policy, rows)
    standing, lacking = formula.standing, formula.key
    if table is not None and standing is Standing.IN_FORCE:
        standing, lacking = table.standing, table.key
    if sum((share for _, share in rows), Decimal()) != HUNDRED:
        return Shares(rows, Standing.BAD_SHARES, "liability_shares")
    return Shares(rows, standing, lacking)


def _rows(table: Figure | None) -> tuple[tuple[str, Decimal], ...]:
    rows = table.rows if table else ()
    return tuple((str(row["bearer"]), Decimal(str(row["share_pct"]))) for row in rows)


def _without_leader(
    policy: ResolvedPolicy, rows: tuple[tuple[str, Decimal], ...]
) -> tuple[tuple[str, Decimal], ...]:
    if rows and all(role != ATTACHED_LEADER for role, _ in rows):
        return rows
    teacher = first_figure(policy, "share_class_teacher_without_leader")
    attached = first_figure(policy, "share_attached_teacher_without_leader")
    return (
        (CLASS_TEACHER, (teacher.number if teacher else None) or HALF),
        (ATTACHED_TEACHER, (attached.number if attached else None) or HALF),
    )


def by_bearer(
    role: str, losses: Iterable[Loss], holders: Holders
) -> Iterable[tuple[Bearer, tuple[Loss, ...]]]:
    """Losses by who held ``role`` on the day on which each child was lost; those of a day on which
    nobody did stand with a bearer without a person."""
    found: defaultdict[Bearer, list[Loss]] = defaultdict(list)
    for loss in losses:
        for bearer in _there(role, loss, holders):
            found[bearer].append(loss)
    for bearer, theirs in found.items():
        yield bearer, tuple(theirs)


def _shared_out(
    role: str, losses: Iterable[Loss], holders: Holders
) -> dict[tuple[Bearer, int, int], tuple[Loss, ...]]:
    """As ``by_bearer``, with how many shared the role on the day and the bearer's place of them."""
    found: defaultdict[tuple[Bearer, int, int], list[Loss]] = defaultdict(list)
    for loss in losses:
        bearers = _there(role, loss, holders)
        for place, bearer in enumerate(bearers):
            found[bearer, len(bearers), place].append(loss)
    return {key: tuple(theirs) for key, theirs in found.items()}


def _there(role: str, loss: Loss, holders: Holders) -> list[Bearer]:
    held = holders.on(role, loss.lost_on)
    return [Bearer(role, each.person, each.name) for each in held] or [Bearer(role)]


def vacancy(bearer: Bearer) -> Standing:
    """Why a line without a person in the role has no effect."""
    is_vacant = bearer.person is None and bearer.unit is None
    return Standing.VACANT if is_vacant else Standing.IN_FORCE


# -- amounts ---------------------------------------------------------------------------------


def _money(
    outcome: Outcome,
    found: Figure,
    kind: Kind,
    policy: ResolvedPolicy,
    *needs: Figure | None,
    reaches: str,
) -> Drawing:
    """A money rule; off where the place's money rules do not reach its bearer."""
    targets = figure(policy, TARGETS)
    drawing = Drawing(outcome, found, kind, needs)
    if targets is None:
        return drawing
    if targets.standing is not Standing.IN_FORCE:
        return replace(drawing, needs=(*needs, targets))
    if reaches in targets.items or (reaches == SCHOOL and "unit" in targets.items):
        return drawing
    return drawing.held(Standing.OUT_OF_REACH, TARGETS)


def _rewarded(line: Line, fen: int | None, outcome: Outcome) -> Line:
    formula = () if fen is None else (amounts.money(fen),)
    return replace(line, fen=fen, formula=formula, condition=alone(outcome))


def _charged(
    line: Line, fen: int | None, losses: Sequence[Loss], condition: Condition | None
) -> Line:
    if fen is None:
        return replace(line, condition=condition, evidence=tuple(losses))
    return replace(
        line,
        fen=-fen * len(losses),
        formula=(amounts.pupils(len(losses)), amounts.money(fen)),
        condition=condition,
        evidence=tuple(losses),
    )


def _factors(fen: int | None, share: Decimal | None) -> amounts.Formula:
    if fen is None:
        return ()
    whole = amounts.money(fen)
    return (whole,) if share is None else (whole, amounts.per_cent(share))


def _split(fen: int | None, weights: Sequence[Decimal | int]) -> tuple[int | None, ...]:
    if fen is None or not sum(weights):
        return (None,) * len(weights)
    return amounts.split(fen, weights)
