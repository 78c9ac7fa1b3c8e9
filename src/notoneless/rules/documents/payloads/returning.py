"""Papers of a return: from the day at the gate to the closed file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from notoneless.rules.documents.kinds import DocumentKind, Head
from notoneless.rules.documents.payloads.parts import (
    Evidence,
    Guardian,
    Payload,
    Pupil,
    ServedPaper,
    Signer,
    Visit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRegistration(Payload):
    """复学登记表 (F-027)."""

    kind: ClassVar[DocumentKind] = DocumentKind.RETURN_REGISTRATION
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "pupil.name",
        "guardian.name",
        "returned_on",
        "placed_in",
        "registered_by",
    )

    pupil: Pupil
    guardian: Guardian
    absent_since: date | None = None
    returned_on: date | None
    placed_in: str
    """The class after the return."""
    by_measure: ServedPaper | None = None
    """The order, decision or judgment that brought the return about; ``None``: voluntary."""
    support: tuple[str, ...] = ()
    child_words: str = ""
    registered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReport(Payload):
    """复学报告, to all who had the report of the dropout (R-123)."""

    kind: ClassVar[DocumentKind] = DocumentKind.RETURN_REPORT
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "addressees",
        "pupil.name",
        "pupil.school",
        "returned_on",
        "placed_in",
        "principal",
    )

    head: Head = Head.OFFICIAL
    addressees: tuple[str, ...]
    report: ServedPaper | None = None
    """The report of the dropout that this settles."""
    pupil: Pupil
    absent_since: date | None = None
    returned_on: date | None
    placed_in: str
    by_measure: ServedPaper | None = None
    watch_until: date | None = None
    principal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPupil:
    """One line of the list."""

    village: str
    class_name: str
    name: str
    left_on: date | None = None
    returned_on: date | None = None
    """``None``: not yet back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedList(Payload):
    """辍学生和复学生名单 of one period (F-047, R-118)."""

    kind: ClassVar[DocumentKind] = DocumentKind.RETURNED_LIST
    REQUIRED: ClassVar[tuple[str, ...]] = ("first_day", "last_day", "kept_by")

    first_day: date | None
    last_day: date | None
    """Inclusive."""
    pupils: tuple[ListedPupil, ...] = ()
    """Nobody is a list too."""
    kept_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMeasure:
    what: str
    who: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPlan(Payload):
    """教育安置方案（一生一策）."""

    kind: ClassVar[DocumentKind] = DocumentKind.PLACEMENT_PLAN
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "pupil.name",
        "placement",
        "goals",
        "measures",
        "helper.name",
        "review_on",
    )

    pupil: Pupil
    guardian: Guardian | None = None
    returned_on: date | None = None
    placement: str
    """Own class, separate class, vocational part, 送教上门 and the like, with the class."""
    needs: tuple[str, ...] = ()
    """What the child needs, never what the child is."""
    goals: tuple[str, ...]
    measures: tuple[PlannedMeasure, ...]
    helper: Signer
    review_on: tuple[date, ...]
    child_view: str = ""
    guardian_view: str = ""
    approved_by: str = ""


class DayMark(StrEnum):
    """A watched school day."""

    PRESENT = "present"
    ABSENT = "absent"
    LEAVE = "leave"
    UNKNOWN = "unknown"
    """The roll was not called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedDay:
    on: date
    mark: DayMark


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRecord(Payload):
    """返校观察记录: the school days after a return, from the rolls."""

    kind: ClassVar[DocumentKind] = DocumentKind.WATCH_RECORD
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "pupil.name",
        "returned_on",
        "school_days",
        "days",
        "judgement",
        "judged_by",
    )

    pupil: Pupil
    returned_on: date | None
    school_days: int
    """How many the plan wants."""
    days: tuple[WatchedDay, ...]
    talks: tuple[Visit, ...] = ()
    visits: tuple[Visit, ...] = ()
    judgement: str
    judged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingApproval(Payload):
    """销号审批表: the outcome, its evidence, and two people who answer for it."""

    kind: ClassVar[DocumentKind] = DocumentKind.CLOSING_APPROVAL
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "pupil.name",
        "opened_on",
        "outcome",
        "outcome_on",
        "evidence",
        "first.name",
        "second.name",
        "second_level",
    )

    pupil: Pupil
    opened_on: date | None
    outcome: str
    """As it is printed: 已返校，观察期满."""
    outcome_on: date | None
    account: str = ""
    evidence: tuple[Evidence, ...]
    first: Signer
    second: Signer
    """Somebody else than the first."""
    second_level: str
    """The level that the plan names: 中心校."""
