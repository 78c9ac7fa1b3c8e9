"""One line of a proposal: by which rule, who bears it, how much by which formula, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from notoneless.rules.consequences.amounts import Formula
from notoneless.rules.consequences.figures import (
    MAY_TAKE_EFFECT,
    Condition,
    Figure,
    Standing,
    gravest,
)
from notoneless.rules.consequences.outcome import Loss, Outcome
from notoneless.rules.units import Stage


class Kind(StrEnum):
    REWARD = "reward"
    CHARGE = "charge"
    POINTS = "points"
    ALLOWANCE = "allowance"
    PERFORMANCE_PAY = "performance_pay"
    BONUS = "bonus"
    APPRAISAL = "appraisal"
    POST = "post"
    """Promotion or transfer of post (R-209)."""
    CRITICISM = "criticism"
    """Notified criticism (R-203)."""
    HOUSE_RULE = "house_rule"
    """What the school's own rules say."""
    PREFERENCE = "preference"
    """First where all else is equal (R-207)."""
    ACCOUNTABILITY = "accountability"
    """A pointer: the head's accountability is a case of its own (R-218)."""
    VETO = "veto"


MONEY = frozenset({Kind.REWARD, Kind.CHARGE})
GOOD = frozenset({Kind.REWARD, Kind.PREFERENCE})
"""Nobody files an exception against these."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person in a role, or a unit; never a pupil (C-37)."""

    role: str
    person: UUID | None = None
    """``None`` for a unit, and where nobody held the role or nobody is named yet."""
    name: str = ""
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule brings one bearer; by itself without any effect."""

    kind: Kind
    rule: str
    """Key of the policy."""
    unit: UUID
    """Whose outcome it was drawn from."""
    stage: Stage | None
    bearer: Bearer
    standing: Standing
    lacking: str = ""
    """The key for want of which it has no effect; empty when it may have."""
    fen: int | None = None
    """Reward above, charge below nothing; ``None`` where it is no money or not entered."""
    points: Decimal | None = None
    """Below nothing: points off."""
    per_cent: Decimal | None = None
    """Of an allowance whose size the system does not know."""
    honours: tuple[str, ...] = ()
    """Of a veto: which it blocks, all of them when none is named. Of an appraisal: in which it
    counts."""
    formula: Formula = ()
    condition: Condition | None = None
    evidence: tuple[Loss, ...] = ()
    among: int = 1
    """How many shared the role on the days of these losses."""
    source: str = ""
    pid: tuple[str, ...] = ()
    pack: str = ""

    @property
    def key(self) -> str:
        """What stays the same when it is computed again."""
        who = self.bearer.person or self.bearer.unit or ""
        link = self.honours[0] if self.kind in (Kind.APPRAISAL, Kind.POST) else ""
        link = f"{link}/{self.among}" if self.among > 1 else link
        parts = (self.unit, self.stage or "", self.rule, self.kind, self.bearer.role, who, link)
        return ":".join(str(part) for part in parts)

    @property
    def may_take_effect(self) -> bool:
        return self.standing in MAY_TAKE_EFFECT

    @property
    def blocks_all(self) -> bool:
        """A veto whose policy names no honours blocks every one of the year."""
        return self.kind is Kind.VETO and not self.honours

    @property
    def says_same(self) -> tuple[object, ...]:
        """What two computations of one line may differ in."""
        return (self.standing, self.fen, self.points, self.per_cent, self.honours)


def chargeable(outcome: Outcome) -> tuple[Loss, ...]:
    """Losses for which somebody answers: not back by the cut-off, and not exempt by a granted
    exception, which no concealed loss ever is. Those exempt still count in every rate (C-25)."""
    return tuple(loss for loss in outcome.lost if loss.is_concealed or not loss.is_exempt)


def concealed(outcome: Outcome) -> tuple[Loss, ...]:
    """Lost and hidden, as a decided fault says."""
    return tuple(loss for loss in outcome.lost if loss.is_concealed)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all lines of one rule and outcome have in common."""

    outcome: Outcome
    figure: Figure
    kind: Kind
    needs: tuple[Figure | None, ...] = ()
    """Figures that the rule needs besides; the gravest state of all is the line's."""
    held_back: Standing = Standing.IN_FORCE
    lacking: str = ""
    """The key because of which it is held back."""

    def held(self, standing: Standing, lacking: str) -> Drawing:
        """The same, held back for one reason more; the graver reason stays."""
        if gravest(self.held_back, standing) is self.held_back:
            return self
        return replace(self, held_back=standing, lacking=lacking)

    def line(self, bearer: Bearer, held_back: Standing = Standing.IN_FORCE) -> Line:
        """A line without an amount yet."""
        figures = [self.figure, *(each for each in self.needs if each is not None)]
        found = gravest(self.held_back, held_back, *(each.standing for each in figures))
        blamed = next((each.key for each in figures if each.standing is found), self.lacking)
        return Line(
            kind=self.kind,
            rule=self.figure.key,
            unit=self.outcome.unit,
            stage=self.outcome.stage,
            bearer=bearer,
            standing=found,
            lacking="" if found in (Standing.IN_FORCE, Standing.VACANT) else blamed,
            source=self.figure.rule.source,
            pid=self.figure.rule.pid,
            pack=self.figure.pack,
        )


def total_fen(lines: Collection[Line]) -> int:
    """What lines in force come to."""
    return sum(line.fen or 0 for line in lines if line.standing is Standing.IN_FORCE)
