"""The small parts that papers share: who, when, by whom, and what was served before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from notoneless.rules.documents.kinds import DocumentKind, Head

REVIEW_DAYS = 60
"""行政复议法 art. 20."""
SUIT_MONTHS = 6
"""行政诉讼法 art. 46."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office that writes the paper, and whom its readers may call."""

    name: str
    """In full, as its seal reads: 石桥镇人民政府."""
    letterhead: str = ""
    """Printed at the head; empty: the name."""
    number_text: str = ""
    """石政责改〔2026〕3号; empty until the paper is issued."""
    contact: str = ""
    phone: str = ""
    """Of the office, never a person's own."""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """The child, as much as the paper's receiver may know."""

    name: str
    sex: str = ""
    """男, 女; as it is printed."""
    born_on: date | None = None
    school: str = ""
    class_name: str = ""
    student_no_masked: str = ""
    village: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    name: str
    relation: str = ""
    """To the child, as it is printed: 父亲."""
    phone_masked: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit, talk, call or letter."""

    on: date
    by: str
    """Names, already joined."""
    kind: str
    """As it is printed: 家访."""
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedPaper:
    """A paper that went before."""

    name: str
    number_text: str = ""
    dated_on: date | None = None
    served_on: date | None = None
    method: str = ""
    """How it was served, as it is printed: 直接送达."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Somebody who enforces the law, with the number of the certificate (执法证号)."""

    name: str
    certificate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who answers for a paper inside an office."""

    name: str
    post: str = ""
    opinion: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece in a list of evidence."""

    name: str
    number_text: str = ""
    shows: str = ""
    """What it proves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Where a guardian may ask for another judgement, and until when."""

    review_body: str
    """行政复议机关: 青河县人民政府."""
    court: str
    """管辖法院: 青河县人民法院."""
    review_days: int = REVIEW_DAYS
    """Calendar days after the paper is known."""
    suit_months: int = SUIT_MONTHS


class Said(StrEnum):
    """What a guardian made of the right to be heard."""

    SPOKE = "spoke"
    NOTHING_TO_SAY = "nothing_to_say"
    DID_NOT_APPEAR = "did_not_appear"
    """Although asked in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The guardian's statement before an order, and the office's answer to it."""

    on: date
    """The day it was heard; where nobody appeared, the day that had been set."""
    said: Said
    summary: str = ""
    answer: str = ""
    """Whether it was found right, and why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What one paper says, frozen when it is issued."""

    kind: ClassVar[DocumentKind]
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    """Paths of fields without which it cannot be issued: ``guardian.name``."""

    office: Office
    written_on: date | None
    """The date under the paper (成文日期)."""
    head: Head = Head.LETTER
    """Each kind of paper has its own; kept with the paper, so that later ways leave it as it is."""
