"""Two replays of the same record side by side: in numbers, and child by child."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from notoneless.rules.duties.difference import Stand
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Bearer
from notoneless.rules.whatif.replay import Replayed, is_late, is_met


class Turn(StrEnum):
    """How a duty differs under the other plan."""

    ADDED = "added"
    DROPPED = "dropped"
    DUE_EARLIER = "due_earlier"
    DUE_LATER = "due_later"
    LATE = "late"
    """Late only under the other plan."""
    IN_TIME = "in_time"
    """Late only under the plan in force."""
    MET = "met"
    UNMET = "unmet"
    CHANGED = "changed"
    """Another bearer, another number to be reached."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many duties of one rule there are, late ones and met ones among them."""

    wanted: int = 0
    late: int = 0
    met: int = 0

    def plus(self, other: Sum) -> Sum:
        return Sum(self.wanted + other.wanted, self.late + other.late, self.met + other.met)


@dataclass(frozen=True, slots=True)
class DutyDifference:
    """One duty that is not the same under both plans."""

    rule: DutyRule
    subject_id: UUID
    is_child: bool
    """Otherwise it is about a class."""
    class_id: UUID
    turns: tuple[Turn, ...]
    opened_before: date | None
    opened_after: date | None
    due_before: date | None
    due_after: date | None
    late_before: date | None
    late_after: date | None


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """A child whose case opens, or whose clocks run out, on another day."""

    child_id: UUID
    class_id: UUID | None
    opened: tuple[date | None, date | None]
    """Under the plan in force and under the other; ``None``: no case opens."""
    determine_by: tuple[date | None, date | None]
    report_by: tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs in one school."""

    before: Mapping[DutyRule, Sum] = field(default_factory=dict)
    after: Mapping[DutyRule, Sum] = field(default_factory=dict)
    cases: tuple[int, int] = (0, 0)
    """How many cases open in the period."""
    duties: tuple[DutyDifference, ...] = ()
    children: tuple[CaseDifference, ...] = ()
    bearers: frozenset[Bearer] = frozenset()
    """Whom the other plan names for its duties: roles at units, held or not."""

    def __bool__(self) -> bool:
        return bool(self.duties or self.children)


def compare(before: Replayed, after: Replayed) -> Comparison:
    """What the plan ``after`` would have asked otherwise than the plan ``before``.

    The same policy on both sides gives no difference at all. Raises nothing.
    """
    return Comparison(
        before=_sums(before),
        after=_sums(after),
        cases=(len(before.cases), len(after.cases)),
        duties=tuple(_duties(before, after)),
        children=tuple(_cases(before, after)),
        bearers=frozenset(stand.bearer for stand in after.duties.values()),
    )


def _sums(side: Replayed) -> dict[DutyRule, Sum]:
    found: dict[DutyRule, Sum] = {}
    for key, stand in side.duties.items():
        rule = DutyRule(key[0])
        one = Sum(1, int(is_late(stand)), int(is_met(stand)))
        found[rule] = found.get(rule, Sum()).plus(one)
    return found


def _duties(before: Replayed, after: Replayed) -> Iterator[DutyDifference]:
    for key in sorted(before.duties.keys() | after.duties.keys(), key=_order):
        one, two = before.duties.get(key), after.duties.get(key)
        turns = tuple(_turns(one, two))
        if not turns:
            continue
        holder = after if two else before
        yield DutyDifference(
            rule=DutyRule(key[0]),
            subject_id=key[1],
            is_child=key in holder.of_children,
            class_id=holder.classes.get(key[1], key[1]),
            turns=turns,
            opened_before=one.opened_on if one else None,
            opened_after=two.opened_on if two else None,
            due_before=one.due_on if one else None,
            due_after=two.due_on if two else None,
            late_before=one.late_since if one else None,
            late_after=two.late_since if two else None,
        )


def _turns(one: Stand | None, two: Stand | None) -> Iterator[Turn]:
    if one is None or two is None:
        yield Turn.ADDED if one is None else Turn.DROPPED
        if is_late(one) is not is_late(two):
            yield Turn.LATE if is_late(two) else Turn.IN_TIME
        return
    moment = (one.due_on or date.max, one.due_hour), (two.due_on or date.max, two.due_hour)
    if moment[0] != moment[1]:
        yield Turn.DUE_EARLIER if moment[1] < moment[0] else Turn.DUE_LATER
    if is_late(one) is not is_late(two):
        yield Turn.LATE if is_late(two) else Turn.IN_TIME
    if is_met(one) is not is_met(two):
        yield Turn.MET if is_met(two) else Turn.UNMET
    if (one.bearer, one.progress and one.progress[1]) != (
        two.bearer,
        two.progress and two.progress[1],
    ):
        yield Turn.CHANGED


def _cases(before: Replayed, after: Replayed) -> Iterator[CaseDifference]:
    for child in sorted(before.cases.keys() | after.cases.keys(), key=str):
        opened = (before.cases.get(child), after.cases.get(child))
        determine = _dues(DutyRule.CASE_DETERMINE, child, before, after)
        report = _dues(DutyRule.CASE_REPORT, child, before, after)
        if any(one != two for one, two in (opened, determine, report)):
            yield CaseDifference(
                child_id=child,
                class_id=after.classes.get(child) or before.classes.get(child),
                opened=opened,
                determine_by=determine,
                report_by=report,
            )


def _dues(
    rule: DutyRule, child: UUID, before: Replayed, after: Replayed
) -> tuple[date | None, date | None]:
    key = (rule.value, child, "#1")
    one, two = before.duties.get(key), after.duties.get(key)
    return (one.due_on if one else None, two.due_on if two else None)


def _order(key: tuple[str, UUID, str]) -> tuple[str, str, str]:
    rule, subject, occurrence = key
    return rule, occurrence, str(subject)


def summed(parts: Iterable[Mapping[DutyRule, Sum]]) -> dict[DutyRule, Sum]:
    """The duties of several schools together, by rule."""
    found: dict[DutyRule, Sum] = {}
    for part in parts:
        for rule, each in part.items():
            found[rule] = found.get(rule, Sum()).plus(each)
    return found
