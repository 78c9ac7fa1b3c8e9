"""The in-tray of the first page: what I have to do, my classes' rolls, my units' picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from notoneless.duties.queries.in_tray import OwnTray, own_tray
from notoneless.duties.queries.rows import Bucket, Lines
from notoneless.flows.overview.units import SHOWN
from notoneless.flows.picture import Picture, Row, looks_after_units, picture
from notoneless.flows.rolls.today import CallState, ClassToday, SessionToday, rolls_today
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.web.duties.lines import About, by_subject
from notoneless.web.duties.words import BUCKETS
from notoneless.web.overview.links import Links
from notoneless.web.request import Request, stamp_of
from notoneless.web.templatetags.children import class_words

MOST_SHOWN = 30
"""Duties of one part on the first page; beyond them a link leads to the list."""
MOST_ROWS = 40
ABOVE_SCHOOLS = frozenset(
    {
        UnitKind.CENTRE_SCHOOL,
        UnitKind.TOWNSHIP,
        UnitKind.EDUCATION_OFFICE,
        UnitKind.BUREAU,
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """Overdue, today, or coming."""

    bucket: Bucket
    name: str
    count: int
    about: list[About]
    more: int
    """How many are not shown."""
    url: str


@dataclass(frozen=True, slots=True)
class Call:
    """A roll of today that somebody may call from here."""

    each: ClassToday
    session: SessionToday
    url: str

    @property
    def is_overdue(self) -> bool:
        return self.session.state is CallState.OVERDUE


def tray_of(request: Request) -> dict[str, Any]:
    """What the first page shows above everything else; some thirteen statements at most."""
    actor, today = request.actor, request.today
    sees_units = looks_after_units(actor)
    tray = own_tray(actor, today=today) if actor.may(Capability.SEE_CHILDREN) else None
    if tray is not None:
        _note(request, tray)
    return {
        "parts": _parts(request, tray, names_school=_is_above_schools(request)) if tray else [],
        "rolls": [] if sees_units else _rolls(request),
        "picture": _picture(request) if sees_units else None,
    }


def _parts(request: Request, tray: OwnTray, *, names_school: bool) -> list[Part]:
    lists = {
        Bucket.OVERDUE: tray.overdue,
        Bucket.TODAY: tray.today,
        Bucket.COMING: tray.coming,
    }
    return [_part(request, bucket, lines, names_school) for bucket, lines in lists.items()]


def _part(request: Request, bucket: Bucket, lines: Lines, names_school: bool) -> Part:
    shown = lines.rows[:MOST_SHOWN]
    return Part(
        bucket=bucket,
        name=str(BUCKETS[bucket]),
        count=lines.count,
        about=by_subject(shown, request.actor, today=request.today, names_school=names_school),
        more=lines.count - len(shown),
        url=f"{reverse('duty-list')}?{urlencode({'when': bucket.value})}",
    )


def _rolls(request: Request) -> list[Call]:
    """The rolls of today in my classes, those to be called and those that were."""
    found = []
    for each in rolls_today(request.actor, today=request.today, now=request.now):
        for session in each.sessions:
            day = request.today.isoformat()
            url = reverse("roll-sheet", args=[each.school_class.id, day, session.session])
            found.append(Call(each, session, url))
    return sorted(found, key=lambda call: call.session.is_called)


def _picture(request: Request) -> dict[str, Any] | None:
    seen = picture(request.actor, today=request.today, now=request.now)
    if seen is None or not seen.rows:
        return None
    rows = seen.rows[:MOST_ROWS]
    return {
        "rows": [_row(row, request) for row in rows],
        "more": len(seen.rows) - len(rows),
        "stats": _stats(seen),
        "is_school_day": seen.is_school_day,
    }


def _row(row: Row, request: Request) -> dict[str, Any]:
    links = Links(row.unit_id, row.kind)
    has_overview = request.actor.may(Capability.SEE_CASES) and row.kind in SHOWN
    return {
        "row": row,
        "name": class_words(row.class_name, request.today) or row.name,
        "overview_url": links.overview("") if has_overview else "",
        "overdue_url": _units_url(Bucket.OVERDUE, row),
        "today_url": _units_url(Bucket.TODAY, row),
        "uncalled_url": links.uncalled(),
        "away_url": links.away(row.school_id),
    }


def _units_url(bucket: Bucket, row: Row | None = None) -> str:
    said = {"whose": "units", "when": bucket.value}
    if row is not None:
        said["unit"] = str(row.unit_id)
    return f"{reverse('duty-list')}?{urlencode(said)}"


def _stats(seen: Picture) -> list[dict[str, Any]]:
    total = seen.total
    return [
        {
            "label": gettext("逾期事项"),
            "value": total.overdue,
            "url": _units_url(Bucket.OVERDUE),
            "tone": "danger" if total.overdue else "",
            "note": "",
        },
        {
            "label": gettext("今天到期"),
            "value": total.today,
            "url": _units_url(Bucket.TODAY),
            "tone": "",
            "note": "",
        },
        {
            "label": gettext("当前缺勤"),
            "value": total.away,
            "url": reverse("presence-away"),
            "tone": "",
            "note": gettext("不明原因，含可能的"),
        },
        {
            "label": gettext("今天未点名"),
            "value": total.uncalled if seen.is_school_day else "—",
            "url": reverse("roll-missing"),
            "tone": "danger" if total.is_late else "",
            "note": gettext("%(n)s 个班") % {"n": total.classes}
            if seen.is_school_day
            else gettext("今天不上课"),
        },
    ]


def _is_above_schools(request: Request) -> bool:
    """Whether a class must be named with its school."""
    return any(held.unit_kind in ABOVE_SCHOOLS for held in request.actor.holdings)


def _note(request: Request, tray: OwnTray) -> None:
    """Showing names of children is one reading, however many."""
    lists = (tray.overdue, tray.today, tray.coming)
    lines = [line for part in lists for line in part.rows[:MOST_SHOWN]]
    ids = {line.child_id for line in lines if line.child_id and line.child_name}
    if ids:
        listed = Listed.of("duties mine", sorted(ids))
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)
