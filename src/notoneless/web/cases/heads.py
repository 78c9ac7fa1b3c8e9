"""The head of a case: who it is about, where it stands, whose turn it is and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext, ngettext

from notoneless.cases.queries.lines import CaseLine, line_of
from notoneless.flows.cases.reading import KnownCase
from notoneless.rules.cases.kinds import State
from notoneless.rules.roles import Role
from notoneless.web.cases.words import STATE_TONES, STATES
from notoneless.web.day_words import day, short_day
from notoneless.web.request import Request
from notoneless.web.templatetags.children import class_words
from notoneless.web.words import ROLES


@dataclass(frozen=True, slots=True)
class Head:
    id: UUID
    child_id: UUID
    name: str
    place: str
    """School and class."""
    state: str
    tone: str
    since: date
    away: str
    turn: str
    due: str
    is_late: bool
    persuader: str
    watch: str
    line: CaseLine


def head_of(known: KnownCase, request: Request) -> Head:
    """The head of a case that the reader may see; four statements."""
    return head_in(line_of(known.row, request.actor), request.today)


def head_in(line: CaseLine, today: date) -> Head:
    """A line of a list in words."""
    return Head(
        id=line.id,
        child_id=line.child_id,
        name=line.name,
        place=f"{line.school_name} {class_words(line.class_name, today)}".strip(),
        state=str(STATES[line.state]),
        tone=STATE_TONES.get(line.state, "attention"),
        since=line.state_since,
        away=_away(line),
        turn=turn_words(line, today),
        due=due_words(line, today),
        is_late=line.is_open and line.due_on is not None and line.due_on < today,
        persuader=line.persuader,
        watch=_watch(line),
        line=line,
    )


def turn_words(line: CaseLine, today: date) -> str:
    """四年级1班 班主任, 石桥乡 乡镇教育专干; empty where nobody's turn it is."""
    if not line.turn_role:
        return ""
    role = str(ROLES[Role(line.turn_role)])
    return f"{class_words(line.turn_class, today) or line.turn_unit} {role}".strip()


def due_words(line: CaseLine, today: date) -> str:
    """Until when, or that it is late."""
    if not line.is_open or line.due_on is None:
        return ""
    if line.due_on < today:
        late = (today - line.due_on).days
        return ngettext("已超期 %(n)s 天", "已超期 %(n)s 天", late) % {"n": late}
    if line.due_on == today:
        return gettext("今天到期")
    return gettext("%(day)s前") % {"day": short_day(line.due_on)}


def _away(line: CaseLine) -> str:
    if line.returned_on is not None and line.state in (State.RETURNED, State.WATCH):
        return gettext("%(day)s返校") % {"day": day(line.returned_on)}
    if not line.is_open:
        return ""
    if line.away_days:
        return ngettext(
            "%(day)s起不在校，已 %(n)s 个上课日",
            "%(day)s起不在校，已 %(n)s 个上课日",
            line.away_days,
        ) % {"day": day(line.away_since), "n": line.away_days}
    return gettext("%(day)s起不在校") % {"day": day(line.away_since)}


def _watch(line: CaseLine) -> str:
    if line.watch_need is None:
        return ""
    said = gettext("巩固期 %(have)s / %(need)s 个上课日")
    return said % {"have": line.watch_have or 0, "need": line.watch_need}
