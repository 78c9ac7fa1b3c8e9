"""Who is missing on a day: drawn child by child, carried from one school day to the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from notoneless.attendance.models import AbsenceRun
from notoneless.flows.demo import chance
from notoneless.flows.demo.chance import Draw
from notoneless.flows.demo.county import DemoChild, DemoClass, DemoCounty
from notoneless.journal.queries import touched_by_people
from notoneless.rules.attendance.forms import AbsenceMark
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.calendar import ONE_DAY

WARMING_UP = timedelta(days=14)
"""So long before the first day that is played absences may have begun."""


@dataclass(slots=True)
class Away:
    """An absence that goes on."""

    reason: Reason
    left: int
    """School days, this one among them."""
    days: int
    begun_on: date


@dataclass(slots=True)
class Presence:
    """Who is missing; ``draw_class`` takes a class from its last school day to the next."""

    county: DemoCounty
    taken: frozenset[UUID] = frozenset()
    """Children about whom people have written: how they left them, they stay."""
    standing: frozenset[UUID] = frozenset()
    """Of those: who was missing, and is at each roll until a person says otherwise."""
    away: dict[UUID, Away] = field(default_factory=dict)
    _weights: dict[UUID, float] = field(default_factory=dict)
    _villages: dict[UUID, str] = field(default_factory=dict)

    def draw_class(self, each: DemoClass, day: date, by_course: Collection[UUID]) -> None:
        """Draw a school day of a class; children of ``by_course`` follow a course of their own."""
        days = self.county.school_days(each.school_id, date.min, date.max)
        likely = chance.height_of(each.stage) * chance.of_the_day(day, days)
        school = each.key.partition("/")[0]
        falls_ill = sum(outbreak.begins(school, day) for outbreak in chance.OUTBREAKS)
        before: dict[UUID, Away | None] = {}
        for child_id in self.county.children_of(each.id):
            child = self.county.children[child_id]
            spell = self._goes_on(child_id)
            if spell is None and child_id not in by_course and child_id not in self.taken:
                friend = before.get(child.village_id) if child.village_id else None
                draw = self._draw(child, day, likely, falls_ill, friend)
                spell = Away(draw.reason, draw.days, draw.days, day) if draw else None
            if spell is not None:
                self.away[child_id] = spell
            if child.village_id is not None:
                before[child.village_id] = spell

    def marks_of(
        self, each: DemoClass, day: date, by_course: Mapping[UUID, AbsenceMark]
    ) -> Iterator[AbsenceMark]:
        """What the roll of a class shows that day."""
        for child_id in self.county.children_of(each.id):
            if child_id in self.standing:
                yield AbsenceMark(child_id)
            elif child_id in self.taken:
                continue
            elif child_id in by_course:
                yield by_course[child_id]
            elif child_id in self.away:
                yield AbsenceMark(child_id, self.away[child_id].reason)
            elif minutes := self._minutes_late(child_id, day):
                yield AbsenceMark(child_id, Reason.LATE, max(minutes, 0))

    def begun(self, each: DemoClass, day: date) -> list[tuple[UUID, Away]]:
        """Those of a class whose absence begins that day."""
        members = self.county.children_of(each.id)
        spells = [(child, self.away[child]) for child in members if child in self.away]
        return [(child, spell) for child, spell in spells if spell.begun_on == day]

    def _goes_on(self, child_id: UUID) -> Away | None:
        spell = self.away.pop(child_id, None)
        if spell is None:
            return None
        spell.left -= 1
        return spell if spell.left > 0 else None

    def _draw(
        self, child: DemoChild, day: date, likely: float, falls_ill: float, friend: Away | None
    ) -> Draw | None:
        """With a friend of the village who takes a day for himself, or by one's own chance."""
        if friend and _is_own_day(friend, day) and chance.comes_along(child.key, day):
            return Draw(friend.reason, friend.days)
        alone = likely * self._weight(child) * self._of_village(child, day)
        draw = chance.begins(child.key, day, alone + falls_ill)
        if draw is not None and falls_ill > alone:
            return Draw(Reason.SICK, draw.days + 1)
        return draw

    def _of_village(self, child: DemoChild, day: date) -> float:
        if child.village_id is None:
            return 1.0
        if not self._villages:
            self._villages = {unit: name for name, unit in self.county.units.items()}
        return chance.of_the_village(self._villages[child.village_id], day)

    def _minutes_late(self, child_id: UUID, day: date) -> int:
        child = self.county.children[child_id]
        return chance.is_late(child.key, day, self._weight(child))

    def _weight(self, child: DemoChild) -> float:
        if child.id not in self._weights:
            self._weights[child.id] = chance.weight_of(child.key)
        return self._weights[child.id]


def _is_own_day(spell: Away, day: date) -> bool:
    return spell.begun_on == day and spell.reason is Reason.PERSONAL


def presence_before(county: DemoCounty, day: date) -> Presence:
    """Who is missing on the eve of ``day``, drawn as it was when those days were played."""
    taken = touched_by_people(county.county_id)
    runs = AbsenceRun.objects.filter(child__in=taken, is_open=True)
    presence = Presence(county, taken, frozenset(runs.values_list("child", flat=True)))
    for n in range(WARMING_UP.days, 0, -1):
        for each in classes_on(county, day - timedelta(n)):
            presence.draw_class(each, day - timedelta(n), ())
    return presence


def classes_on(county: DemoCounty, day: date) -> list[DemoClass]:
    """The classes that have school on a day."""
    until = day + ONE_DAY
    at_work = {one for one in county.schools.values() if county.school_days(one, day, until)}
    return [each for each in county.classes if each.school_id in at_work]
