"""Papers of township or bureau towards a guardian, in the order in which they follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from notoneless.rules.documents.kinds import DocumentKind, Head
from notoneless.rules.documents.payloads.parts import (
    Guardian,
    Heard,
    Officer,
    Payload,
    Pupil,
    Remedy,
    Said,
    ServedPaper,
)

DEMAND_DAYS = 10
"""Least time between a demand and the application to the court (行政强制法 art. 54)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnNotice(Payload):
    """返校通知书 (F-051), 复学通知书 (F-052); R-111."""

    kind: ClassVar[DocumentKind] = DocumentKind.RETURN_NOTICE
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "guardian.name",
        "pupil.name",
        "pupil.school",
        "absent_since",
        "return_by",
        "office.phone",
    )

    form: str
    """The policy's ``return_notice_name``."""
    guardian: Guardian
    pupil: Pupil
    absent_since: date | None
    report: ServedPaper | None = None
    """The school's report that this answers."""
    efforts: str = ""
    """What has been tried, in one sentence."""
    return_by: date | None
    help: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord(Payload):
    """听取意见记录: what the guardian says to an intended order or decision."""

    kind: ClassVar[DocumentKind] = DocumentKind.STATEMENT_RECORD
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "guardian.name",
        "pupil.name",
        "matter",
        "heard_on",
        "place",
        "officers",
    )

    guardian: Guardian
    pupil: Pupil
    matter: str
    """What is intended: 拟责令限期送被监护人返校."""
    facts: tuple[str, ...] = ()
    """What the guardian was told that the office has found."""
    invited_on: date | None = None
    invited_by: str = ""
    """How the guardian was asked to speak."""
    heard_on: date | None
    hour: str = ""
    place: str
    said: Said
    words: str = ""
    """The guardian's own, as they were written down."""
    answer: str = ""
    """What the office found when it looked into them (复核意见)."""
    officers: tuple[Officer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionOrder(Payload):
    """责令限期改正通知书 (义务教育法 art. 58, 未成年人保护法 art. 83)."""

    kind: ClassVar[DocumentKind] = DocumentKind.CORRECTION_ORDER
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "receiver.name",
        "pupil.name",
        "pupil.school",
        "facts",
        "articles",
        "correct_by",
        "statement",
        "remedy.review_body",
        "remedy.court",
        "officers",
        "office.phone",
    )

    head: Head = Head.OFFICIAL
    receiver: Guardian
    """A guardian; never the child."""
    pupil: Pupil
    facts: tuple[str, ...]
    earlier: tuple[ServedPaper, ...] = ()
    articles: tuple[str, ...]
    """Keys of ``articles.ARTICLES``."""
    correct_by: date | None
    statement: Heard | None
    remedy: Remedy | None
    officers: tuple[Officer, ...]
    help: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    """Offices that read it too (抄送)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A released local instrument that gives a power which national law does not."""

    name: str
    number_text: str
    """Of its publication."""
    article: str
    says: str
    """What it allows, as it was entered and released."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyDecision(Payload):
    """处罚决定书 (F-053, R-113); only with a released local instrument."""

    kind: ClassVar[DocumentKind] = DocumentKind.PENALTY_DECISION
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "receiver.name",
        "pupil.name",
        "facts",
        "earlier",
        "articles",
        "instrument.name",
        "instrument.number_text",
        "instrument.article",
        "measure",
        "perform_by",
        "statement",
        "remedy.review_body",
        "remedy.court",
        "officers",
        "office.phone",
    )

    head: Head = Head.OFFICIAL
    receiver: Guardian
    """A guardian; never the child."""
    pupil: Pupil
    facts: tuple[str, ...]
    earlier: tuple[ServedPaper, ...]
    """The notices and orders that were not followed."""
    articles: tuple[str, ...]
    instrument: Instrument | None
    measure: str
    """As the instrument words it; never an officer's own invention."""
    perform_by: date | None
    statement: Heard | None
    remedy: Remedy | None
    officers: tuple[Officer, ...]
    copies: tuple[str, ...] = ()
    """Offices that read it too (抄送)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Payload):
    """履行行政决定催告书 (行政强制法 art. 54)."""

    kind: ClassVar[DocumentKind] = DocumentKind.DEMAND
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "receiver.name",
        "pupil.name",
        "decision.name",
        "decision.number_text",
        "decision.served_on",
        "unperformed",
        "days",
        "how",
        "officers",
        "office.phone",
    )

    receiver: Guardian
    """A guardian; never the child."""
    pupil: Pupil
    decision: ServedPaper
    unperformed: str
    """What the decision demands and has not happened."""
    days: int = DEMAND_DAYS
    """Calendar days from the day after it is served; never fewer than ten. The law's ten are
    working days (行政强制法 art. 69): the step to the court counts those."""
    how: str
    """How to do it: where to bring the child, and to whom."""
    officers: tuple[Officer, ...]
