"""Papers for a court."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.parts import (
    Evidence,
    Guardian,
    Heard,
    Payload,
    Pupil,
    ServedPaper,
    Signer,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnforcementApplication(Payload):
    """强制执行申请书 (F-054, R-114; 行政强制法 art. 53-57)."""

    kind: ClassVar[DocumentKind] = DocumentKind.ENFORCEMENT_APPLICATION
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "court",
        "representative.name",
        "respondent.name",
        "respondent.address",
        "pupil.name",
        "decision.name",
        "decision.number_text",
        "decision.dated_on",
        "decision.served_on",
        "remedies_ended_on",
        "demand.served_on",
        "claims",
        "facts",
        "statement",
        "subject",
        "annexes",
    )

    court: str
    representative: Signer
    """The head of the office (负责人); signs."""
    respondent: Guardian
    """A guardian; never the child."""
    pupil: Pupil
    decision: ServedPaper
    remedies_ended_on: date | None
    """The last day on which review or a suit could be asked for; nobody did."""
    demand: ServedPaper
    claims: tuple[str, ...]
    facts: tuple[str, ...]
    statement: Heard | None
    subject: str
    """What is to be enforced (申请强制执行标的情况)."""
    annexes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilComplaint(Payload):
    """起诉状: the township asks a civil court that the guardian sends the child to school."""

    kind: ClassVar[DocumentKind] = DocumentKind.CIVIL_COMPLAINT
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "court",
        "representative.name",
        "defendants",
        "pupil.name",
        "claims",
        "facts",
        "articles",
        "evidence",
    )

    court: str
    representative: Signer
    defendants: tuple[Guardian, ...]
    """Guardians; never the child."""
    pupil: Pupil
    claims: tuple[str, ...]
    facts: tuple[str, ...]
    articles: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    mediation: bool = True
    """Whether the plaintiff agrees to mediation first."""
