"""Papers that a school writes while it tries to bring a child back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from notoneless.rules.documents.kinds import DocumentKind, Head
from notoneless.rules.documents.payloads.parts import Guardian, Payload, Pupil, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecord(Payload):
    """学生辍学家访记录单 (F-041) or 家访登记表 (F-042). Stays inside the school."""

    kind: ClassVar[DocumentKind] = DocumentKind.VISIT_RECORD
    REQUIRED: ClassVar[tuple[str, ...]] = ("pupil.name", "visited_on", "visitors", "result")

    form: str
    """The policy's ``visit_form``."""
    pupil: Pupil
    guardian: Guardian
    visited_on: date | None
    hour: str = ""
    nth: int = 1
    """Which visit to this family it is, counted from one."""
    mode: str = ""
    place: str = ""
    visitors: tuple[str, ...]
    met: tuple[str, ...] = ()
    absent_since: date | None = None
    reason: str = ""
    """Folded."""
    school_only_reason: str = ""
    """Unfolded: the only kinds with this field stay inside the school."""
    child_words: str = ""
    guardian_view: str = ""
    persuasion: str = ""
    promise: str = ""
    next_step: str = ""
    next_on: date | None = None
    result: str
    proof: str = ""
    """What was photographed or signed, in words."""
    earlier: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many of one school, village or class are on the register."""

    of: str
    children: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutRegister(Payload):
    """辍学生登记表 (F-045, R-103)."""

    kind: ClassVar[DocumentKind] = DocumentKind.DROPOUT_REGISTER
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "pupil.name",
        "pupil.school",
        "pupil.class_name",
        "guardian.name",
        "absent_since",
        "determined_on",
        "determined_by",
        "reason",
        "destination",
    )

    pupil: Pupil
    guardian: Guardian
    absent_since: date | None
    determined_on: date | None
    determined_by: str
    reason: str
    """Folded."""
    destination: str
    """Where the child is; 不详 where nobody knows yet."""
    measures: tuple[str, ...] = ()
    returned_on: date | None = None
    outcome: str = ""
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassReport(Payload):
    """班主任书面报告 (F-048, R-104): basic data, reason, mobilisation. Stays inside the school."""

    kind: ClassVar[DocumentKind] = DocumentKind.CLASS_REPORT
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "pupil.name",
        "pupil.class_name",
        "absent_since",
        "reason",
        "mobilisation",
        "reporter",
    )

    to: str = ""
    """Who reads it, as it is addressed; empty: the school's leaders."""
    pupil: Pupil
    guardian: Guardian
    absent_since: date | None
    absent_days: int = 0
    """School days, unexcused."""
    reason: str
    """Folded."""
    school_only_reason: str = ""
    mobilisation: str
    """What has been done so far, and with what effect; in words."""
    contacts: tuple[Visit, ...] = ()
    destination: str = ""
    reporter: str
    hour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutReport(Payload):
    """辍学报告单、辍学报告书、学生辍学报告书 (F-049, R-107)."""

    kind: ClassVar[DocumentKind] = DocumentKind.DROPOUT_REPORT
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "addressees",
        "pupil.name",
        "pupil.school",
        "pupil.class_name",
        "guardian.name",
        "absent_since",
        "reason",
        "principal",
    )

    head: Head = Head.OFFICIAL
    """Of the letter; a plan may want the form (辍学报告单), which has none."""
    form: str
    """The policy's ``dropout_report_name``."""
    addressees: tuple[str, ...]
    pupil: Pupil
    guardian: Guardian
    absent_since: date | None
    absent_days: int = 0
    reason: str
    """Folded."""
    destination: str = ""
    visits: tuple[Visit, ...] = ()
    """Oldest first or not; none where the plan wants the report before any visit."""
    request: str = ""
    """What the school asks for; empty: that the receiver urges the guardian to send the child."""
    principal: str
    reporter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionLetter(Payload):
    """劝学书 (F-050, R-110), with a stub to be signed."""

    kind: ClassVar[DocumentKind] = DocumentKind.PERSUASION_LETTER
    REQUIRED: ClassVar[tuple[str, ...]] = (
        "guardian.name",
        "pupil.name",
        "pupil.class_name",
        "absent_since",
        "return_by",
        "office.phone",
    )

    guardian: Guardian
    pupil: Pupil
    absent_since: date | None
    absent_days: int = 0
    return_by: date | None
    help: tuple[str, ...] = ()
    """Help that this family can have, each in one sentence; empty: the general offer."""
