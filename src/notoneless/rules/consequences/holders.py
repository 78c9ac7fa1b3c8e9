"""Who held which role of a class or school in a period, with the days of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID

CLASS_TEACHER = "class_teacher"
DEPUTY = "deputy_class_teacher"
SUBJECT_TEACHERS = "subject_teachers"
ATTACHED_LEADER = "attached_leader"
ATTACHED_TEACHER = "attached_teacher"
PRINCIPAL = "principal"
MAIN_PERSON = "unit_main_person"
ANSWERABLE = "directly_answerable"
"""Whom a decided fault names."""
RESPONSIBLE = "responsible_persons"
CLASS, GRADE, SCHOOL = "class", "grade", "school"
UNITS = frozenset({CLASS, GRADE, SCHOOL})
JOINT = (CLASS_TEACHER, ATTACHED_LEADER, ATTACHED_TEACHER)
"""Who answers for a class together (联保)."""
OF_CLASS = (CLASS_TEACHER, DEPUTY, SUBJECT_TEACHERS, ATTACHED_LEADER, ATTACHED_TEACHER)
OF_SCHOOL = (PRINCIPAL, MAIN_PERSON)


@dataclass(frozen=True, slots=True)
class Held:
    """One post, or lessons in a class, held by a person; ``to_on`` exclusive."""

    person: UUID
    name: str
    from_on: date
    to_on: date | None = None
    post: UUID | None = None
    stands_in_for: UUID | None = None
    """The post whose holder is away: while the stand-in lasts, the stand-in answers."""

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class Share:
    """A person with the days on which he held the role in the period."""

    person: UUID
    name: str
    days: int
    first: date
    last: date
    """Inclusive."""


@dataclass(frozen=True, slots=True)
class Holders:
    """By role, as policies name the roles."""

    by_role: Mapping[str, tuple[Held, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def on(self, role: str, day: date) -> tuple[Held, ...]:
        """Who answered in ``role`` on ``day``, one line a person: a stand-in instead of the one
        he stands in for. Empty when the role was vacant."""
        there = [held for held in self.by_role.get(role, ()) if held.holds(day)]
        away = {held.stands_in_for for held in there if held.stands_in_for is not None}
        found = {held.person: held for held in there if held.post is None or held.post not in away}
        return tuple(sorted(found.values(), key=lambda held: (held.name, held.person)))

    def was_held(self, role: str, since: date, until: date) -> bool:
        """Whether anybody held ``role`` on some day of the period, both days included."""
        return bool(self.days(role, since, until))

    def days(self, role: str, since: date, until: date) -> tuple[Share, ...]:
        """Who held ``role`` in the period, both days included, in the order of coming."""
        held: defaultdict[tuple[UUID, str], list[tuple[date, date]]] = defaultdict(list)
        for begin, end in self._pieces(role, since, until):
            for each in self.on(role, begin):
                held[each.person, each.name].append((begin, end))
        shares = [
            Share(person, name, sum((b - a).days + 1 for a, b in spans), spans[0][0], spans[-1][1])
            for (person, name), spans in held.items()
        ]
        return tuple(sorted(shares, key=lambda share: (share.first, share.name, share.person)))

    def _pieces(self, role: str, since: date, until: date) -> Iterable[tuple[date, date]]:
        """Stretches within which nobody came or went."""
        cuts = {since}
        for held in self.by_role.get(role, ()):
            cuts |= {day for day in (held.from_on, held.to_on) if day and since < day <= until}
        begins = sorted(cuts)
        ends = [begin - timedelta(days=1) for begin in begins[1:]] + [until]
        return zip(begins, ends, strict=True)
