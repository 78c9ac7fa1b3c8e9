"""The ladder T01-T26, read from ``ladder.toml``.

Source: requirements §7.1; what the law adds, national rules §1.2.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Any

from notoneless.rules.cases.kinds import AWAY, BACK, OPEN, Level, State, StepKind
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.roles import Capability


class Record(StrEnum):
    """What proves that a transition happened."""

    ROLL = "roll"
    CONTACT = "contact"
    LEAVE = "leave"
    SIGN = "sign"
    DUTY = "duty"
    """A standing duty that says the child is away too long."""
    PAPER = "paper"
    SERVICE = "service"
    WORDS = "words"
    """What the actor writes into the step."""
    TIME = "time"


class Guard(StrEnum):
    """The condition besides state and actor; ``rules/cases/guards.py`` decides it."""

    NONE = "none"
    NOT_SILENCED = "not_silenced"
    REPORT_ACCEPTED = "report_accepted"
    DEADLINE_PASSED = "deadline_passed"
    MAY_ORDER = "may_order"
    INSTRUMENT = "instrument"
    MAY_DEMAND = "may_demand"
    MAY_ENFORCE = "may_enforce"
    MAY_SUE = "may_sue"
    MEASURE_NAMED = "measure_named"
    CHALLENGE_STANDS = "challenge_stands"
    ADVICE_STANDS = "advice_stands"
    REVIEW_WAITS = "review_waits"
    WATCHED_ENOUGH = "watched_enough"
    MAY_ASK_CLOSING = "may_ask_closing"
    SECOND_PERSON = "second_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the ladder."""

    tid: str
    step: StepKind | None
    """``None``: rolls, contacts and signs say it; no case has begun."""
    sources: tuple[State, ...]
    target: State | None
    """``None``: the case stays where it is."""
    actors: frozenset[Level]
    needs: Capability = Capability.WORK_CASES
    guard: Guard = Guard.NONE
    record: Record = Record.WORDS
    paper: DocumentKind | None = None
    clock: str = ""
    """The key of the policy that gives the time; empty where the plan gives none."""


_GROUPS = MappingProxyType({"away": AWAY, "back": BACK, "open": OPEN})


def _row(tid: str, row: Mapping[str, Any]) -> Transition:
    group = row["from"]
    return Transition(
        tid=tid,
        step=StepKind(row["step"]) if "step" in row else None,
        sources=_GROUPS[group] if isinstance(group, str) else tuple(map(State, group)),
        target=State(row["to"]) if "to" in row else None,
        actors=frozenset(map(Level, row["by"])),
        needs=Capability(row.get("needs", Capability.WORK_CASES)),
        guard=Guard(row.get("guard", Guard.NONE)),
        record=Record(row.get("record", Record.WORDS)),
        paper=DocumentKind(row["paper"]) if "paper" in row else None,
        clock=row.get("clock", ""),
    )


def _read() -> tuple[Transition, ...]:
    text = resources.files(__package__).joinpath("ladder.toml").read_text(encoding="utf-8")
    return tuple(_row(tid, row) for tid, row in tomllib.loads(text).items())


TABLE = _read()
"""All rows in the order of the ladder."""
BY_TID: Mapping[str, Transition] = MappingProxyType({row.tid: row for row in TABLE})
_BY_STEP = MappingProxyType({row.step: row for row in reversed(TABLE) if row.step is not None})


def transition_of(step: StepKind, *, leaves: bool = False) -> Transition:
    """The row that a step of this kind takes; with ``leaves`` the end without a return (T24)."""
    return BY_TID["T24"] if leaves and step is StepKind.CLOSED else _BY_STEP[step]
