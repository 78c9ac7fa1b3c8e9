"""Papers from office to office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.parts import Payload


class Matter(StrEnum):
    """Why another department is asked."""

    CHILD_LABOUR = "child_labour"
    """人社: a child is said to work."""
    WHEREABOUTS = "whereabouts"
    """公安: nobody knows where child or family is."""
    HOUSEHOLD = "household"
    """公安: household and identity do not agree with the school's files."""
    ENROLLED_ELSEWHERE = "enrolled_elsewhere"
    """Another bureau: whether the child is at a school there."""
    EARLY_MARRIAGE = "early_marriage"
    """妇联、民政、司法: an engagement or marriage is said to be arranged."""
    GUARDIANSHIP = "guardianship"
    """民政: nobody who can looks after the child."""
    RELIEF = "relief"
    """民政、乡村振兴: the family needs help with its living."""
    DISABILITY = "disability"
    """残联: placement of a child with a disability."""
    FAMILY_GUIDANCE = "family_guidance"
    """妇联: guidance for parents."""
    LEGAL_AID = "legal_aid"
    """司法: advice or mediation."""
    SAFETY = "safety"
    """公安: whether a child is safe; what is feared is told by the report, not by this letter."""
    PREMISES = "premises"
    """市场监管、文化: an internet bar or other place that lets children in."""


class DetailNotNeeded(ValueError):
    """A referral tells a department more about a child than the matter needs."""


_WHO = frozenset({"pupil_name", "sex", "born_on", "age"})
_REACH = frozenset({"guardian_name", "guardian_phone", "address"})
NEEDED: Mapping[Matter, frozenset[str]] = MappingProxyType(
    {
        Matter.CHILD_LABOUR: _WHO | {"absent_since", "workplace", "guardian_name", "destination"},
        Matter.WHEREABOUTS: _WHO | _REACH | {"absent_since", "last_seen_on", "destination"},
        Matter.HOUSEHOLD: _WHO | {"address"},
        Matter.ENROLLED_ELSEWHERE: _WHO | {"student_no", "school", "absent_since", "destination"},
        Matter.EARLY_MARRIAGE: _WHO | {"guardian_name", "address", "absent_since", "destination"},
        Matter.GUARDIANSHIP: _WHO | _REACH,
        Matter.RELIEF: frozenset({"pupil_name", "guardian_name", "address"}),
        Matter.DISABILITY: _WHO | {"guardian_name", "guardian_phone"},
        Matter.FAMILY_GUIDANCE: frozenset({"pupil_name", "age"}) | _REACH,
        Matter.LEGAL_AID: frozenset({"pupil_name"}) | _REACH,
        Matter.SAFETY: _WHO | {"address"},
        Matter.PREMISES: frozenset({"workplace"}),
    }
)
"""The details that each matter needs; a referral with any other cannot be made."""
DETAILS = frozenset().union(*NEEDED.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Payload):
    """移送函、协查函, with only what the department needs. Raises ``DetailNotNeeded``."""

    kind: ClassVar[DocumentKind] = DocumentKind.REFERRAL
    REQUIRED: ClassVar[tuple[str, ...]] = ("to", "request", "answer_by", "office.phone")

    to: str
    matter: Matter
    pupil_name: str = ""
    sex: str = ""
    born_on: date | None = None
    age: str = ""
    """Where the day of birth is not needed: full years."""
    student_no: str = ""
    school: str = ""
    absent_since: date | None = None
    last_seen_on: date | None = None
    destination: str = ""
    workplace: str = ""
    """Name and address of the place that is meant."""
    guardian_name: str = ""
    guardian_phone: str = ""
    address: str = ""
    done_so_far: str = ""
    request: str
    """What the department is asked to do."""
    answer_by: date | None

    def __post_init__(self) -> None:
        too_much = sorted(
            name for name in DETAILS - NEEDED[self.matter] if getattr(self, name) not in ("", None)
        )
        if too_much:
            raise DetailNotNeeded(f"{self.matter}: {', '.join(too_much)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceReply(Payload):
    """检察建议回复 (未成年人保护法 art. 114: in writing, within one month)."""

    kind: ClassVar[DocumentKind] = DocumentKind.ADVICE_REPLY
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "to",
        "advice_number",
        "received_on",
        "measures",
        "results",
    )

    to: str
    """The procuratorate."""
    advice_number: str
    received_on: date | None
    advised: tuple[str, ...] = ()
    measures: tuple[str, ...]
    results: tuple[str, ...]
    next_steps: tuple[str, ...] = ()
