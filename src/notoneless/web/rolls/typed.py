"""What somebody typed on a sheet: kept as it was, and read into a roll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from notoneless.attendance.queries.sheet import Sheet
from notoneless.rules.attendance.forms import (
    LONGEST_NOTE,
    LONGEST_REASON,
    MOST_MINUTES_LATE,
    AbsenceMark,
    Submission,
)
from notoneless.rules.attendance.sessions import Reason, RollState

MOST_ROWS = 300
"""More rows than any class has; a longer form is not ours."""


@dataclass(frozen=True, slots=True)
class TypedMark:
    """One child marked on the sheet, in the words of the form."""

    reason: str = Reason.UNEXPLAINED.value
    minutes: str = ""
    note: str = ""


@dataclass(slots=True)
class Typed:
    """A sheet as it stands on somebody's phone."""

    id: UUID
    """Made when the sheet was shown: sending twice is the same as once."""
    based_on: UUID | None = None
    noted_at: str = ""
    """The phone's clock, ISO with zone; empty for "when it arrives"."""
    marks: dict[UUID, TypedMark] = field(default_factory=dict)
    reason: str = ""
    is_confirmed: bool = False
    is_not_held: bool = False
    not_held_reason: str = ""
    faults: list[str] = field(default_factory=list)
    faults_of: dict[UUID, str] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        return not (self.faults or self.faults_of)


def fresh(sheet: Sheet) -> Typed:
    """The sheet before anybody has touched it: as the standing roll, or as leave, has it."""
    standing = sheet.standing
    return Typed(
        id=uuid7(),
        based_on=standing.id if standing else None,
        marks={
            line.child_id: TypedMark(
                line.mark.value, str(line.minutes_late) if line.minutes_late else "", line.note
            )
            for line in sheet.lines
            if line.mark is not None
        },
        is_not_held=standing is not None and not standing.is_held,
        not_held_reason=standing.not_held_reason if standing else "",
    )


def read(data: QueryDict | Mapping[str, str]) -> Typed:
    """A posted sheet. What cannot be read is said in ``faults``; nothing else is lost."""
    typed = Typed(
        id=_uuid(data.get("id")) or uuid7(),
        based_on=_uuid(data.get("based_on")),
        noted_at=str(data.get("noted_at") or ""),
        reason=str(data.get("reason") or "").strip(),
        is_confirmed=bool(data.get("is_confirmed")),
        is_not_held=data.get("state") == RollState.NOT_HELD.value,
        not_held_reason=str(data.get("not_held_reason") or "").strip(),
    )
    if _uuid(data.get("id")) is None:
        typed.faults.append(_("这张表没有编号，请核对后再交一次。"))
    if typed.noted_at and _moment(typed.noted_at) is None:
        typed.noted_at = ""
    for text in (typed.reason, typed.not_held_reason):
        if len(text) > LONGEST_REASON:
            typed.faults.append(_("说明最多 %(most)s 个字。") % {"most": LONGEST_REASON})
    if not typed.is_not_held:
        _read_marks(data, typed)
    return typed


def submission(
    typed: Typed, *, class_id: UUID, day: date, session: str, now: datetime
) -> Submission:
    """The roll that a good form says; one without faults."""
    return Submission(
        id=typed.id,
        class_id=class_id,
        day=day,
        session=session,
        noted_at=_moment(typed.noted_at) or now,
        marks=tuple(
            AbsenceMark(
                child_id,
                Reason(mark.reason),
                minutes_late=int(mark.minutes or 0) if mark.reason == Reason.LATE else 0,
                note=mark.note,
            )
            for child_id, mark in typed.marks.items()
        ),
        state=RollState.NOT_HELD if typed.is_not_held else RollState.HELD,
        not_held_reason=typed.not_held_reason if typed.is_not_held else "",
        based_on=typed.based_on,
        reason=typed.reason,
        is_confirmed=typed.is_confirmed,
    )


def _read_marks(data: QueryDict | Mapping[str, str], typed: Typed) -> None:
    ticked = [key for key in data if key.startswith("c") and key[1:].isdecimal()]
    if len(ticked) > MOST_ROWS:
        typed.faults.append(_("这张表太长，请刷新后重新点名。"))
        return
    for key in ticked:
        child_id, number = _uuid(data.get(key)), key[1:]
        if child_id is None or child_id in typed.marks:
            typed.faults.append(_("名单上有一行认不出来，请刷新后重新点名。"))
            continue
        mark = TypedMark(
            str(data.get(f"why{number}") or Reason.UNEXPLAINED.value),
            str(data.get(f"minutes{number}") or "").strip(),
            str(data.get(f"note{number}") or "").strip(),
        )
        typed.marks[child_id] = mark
        if fault := _fault_of(mark):
            typed.faults_of[child_id] = fault


def _fault_of(mark: TypedMark) -> str:
    if mark.reason not in set(Reason):
        return _("请选择一个原因。")
    if len(mark.note) > LONGEST_NOTE:
        return _("备注最多 %(most)s 个字。") % {"most": LONGEST_NOTE}
    if mark.reason == Reason.LATE and not _is_minutes(mark.minutes):
        return _("迟到分钟数填 0 至 %(most)s 的整数，不知道就空着。") % {"most": MOST_MINUTES_LATE}
    return ""


def _is_minutes(text: str) -> bool:
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return not text or (is_number and int(text) <= MOST_MINUTES_LATE)


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """An aware moment; ``None`` for anything else."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at is not None and at.utcoffset() is not None else None
