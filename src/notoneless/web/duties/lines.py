"""Duties as lists and the first page show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext, pgettext

from notoneless.access.actor import Actor
from notoneless.duties.queries.rows import Bucket, DutyLine
from notoneless.rules.duties.kinds import DutyRule
from notoneless.web.duties.ways import Way, way_of
from notoneless.web.duties.words import RULES, due_words, source_of, why_words
from notoneless.web.templatetags.children import class_words
from notoneless.web.templatetags.looks import short_day
from notoneless.web.words import ROLES

OF_A_DAY = frozenset({DutyRule.CALL_ROLL, DutyRule.GUARDIAN_CONTACT, DutyRule.LESSON_ABSENCE})
"""Duties about one day of school, which is named."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One duty in words."""

    line: DutyLine
    what: str
    place: str
    """The class, with its school where that does not go without saying."""
    days: str
    """Of which days of school; empty where no day matters."""
    due: str
    why: str
    source: str
    bearer: str
    way: Way | None
    is_for_another: bool
    """Somebody else's to do; the reader sees it because it rose, or the post is vacant."""
    is_overdue: bool
    is_reminder: bool
    """Its reminder has come and its day has not."""

    @property
    def about(self) -> str:
        """The child's name, else the class."""
        return self.line.child_name or self.place


@dataclass(frozen=True, slots=True)
class About:
    """The duties of one list that concern one child, or one class."""

    name: str
    place: str
    child_id: UUID | None
    duties: tuple[Shown, ...]


def shown(
    line: DutyLine, actor: Actor, *, today: date, names_school: bool = False, days: str = ""
) -> Shown:
    """A line in words; ``days`` takes the place of its own day."""
    return Shown(
        line=line,
        what=str(RULES[line.rule]),
        place=place_words(line, today, names_school=names_school),
        days=days or (short_day(line.opened_on) if line.rule in OF_A_DAY else ""),
        due=due_words(line, today),
        why=why_words(line),
        source=source_of(line),
        bearer=bearer_words(line),
        way=way_of(line, actor),
        is_for_another=not any(
            (held.role, held.unit_id) == (line.bearer_role, line.bearer_unit_id)
            for held in actor.holdings
        ),
        is_overdue=line.bucket is Bucket.OVERDUE,
        is_reminder=line.is_reminded and line.due_on is not None and today < line.due_on,
    )


def by_subject(
    lines: Iterable[DutyLine], actor: Actor, *, today: date, names_school: bool = False
) -> list[About]:
    """Lines put together by child or class, in the order of their first; the same work asked for
    several days is one line, because doing it once answers for all."""
    lines = list(lines)
    first = {key: n for n, key in reversed(list(enumerate(map(_subject, lines))))}
    ordered = sorted(lines, key=lambda line: (first[_subject(line)], str(_subject(line))))
    found = []
    for (child_id, _), group in groupby(ordered, key=_subject):
        same = _merged(list(group))
        duties = tuple(
            shown(line, actor, today=today, names_school=names_school, days=days)
            for line, days in same
        )
        found.append(About(duties[0].about, duties[0].place, child_id, duties))
    return found


def place_words(line: DutyLine, today: date, *, names_school: bool) -> str:
    """四年级1班, or 石桥乡云顶小学 四年级1班; of what concerns no class, the unit itself."""
    if line.class_name is None and not line.child_id:
        return line.school_name or line.bearer_unit_name
    said = class_words(line.class_name, today)
    return f"{line.school_name} {said}".strip() if names_school else said


def bearer_words(line: DutyLine) -> str:
    """Role, and who holds the post today; that nobody does is said."""
    role = str(ROLES[line.bearer_role])
    if not line.bearers:
        return gettext("%(role)s（空缺，由上一级代办）") % {"role": role}
    joined = pgettext("between items of a list", "、").join(line.bearers)
    return gettext("%(role)s %(names)s") % {"role": role, "names": joined}


def _subject(line: DutyLine) -> tuple[UUID | None, UUID | None]:
    return (line.child_id, None) if line.child_id else (None, line.unit_id)


def _merged(lines: list[DutyLine]) -> list[tuple[DutyLine, str]]:
    """Each rule once, with the days that it is asked for; rolls are called one by one."""
    found: list[tuple[DutyLine, str]] = []
    by_rule: dict[DutyRule, list[DutyLine]] = {}
    for line in lines:
        by_rule.setdefault(line.rule, []).append(line)
    for rule, same in by_rule.items():
        if rule is not DutyRule.GUARDIAN_CONTACT or len(same) == 1:
            found += [(line, "") for line in same]
            continue
        days = pgettext("between items of a list", "、").join(
            short_day(line.opened_on) for line in sorted(same, key=lambda each: each.opened_on)
        )
        found.append((same[0], days))
    return found
