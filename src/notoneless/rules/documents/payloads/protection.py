"""The report that must be made at once when a child may be harmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.parts import Payload, Pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatoryReport(Payload):
    """侵害未成年人强制报告. Nobody outside the flag's door sees it."""

    kind: ClassVar[DocumentKind] = DocumentKind.MANDATORY_REPORT
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "to",
        "pupil.name",
        "situation",
        "found_on",
        "facts",
        "reporter",
        "office.phone",
    )

    to: str
    """The police station."""
    pupil: Pupil
    situation: str
    """As the list of situations words it."""
    found_on: date | None
    found_hour: str = ""
    found_how: str = ""
    facts: str
    """What was seen or heard, without judgement."""
    whereabouts: str = ""
    """Where the child is now and who is with the child."""
    steps_taken: tuple[str, ...] = ()
    called_on: date | None = None
    called_hour: str = ""
    receipt_number: str = ""
    """What the police gave (接警回执编号)."""
    informed: tuple[str, ...] = ()
    """Which superiors were told (no more than that a report was made)."""
    reporter: str
