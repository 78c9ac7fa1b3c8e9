"""Plays the days of the sample county, from where its journal stands to the day that is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notoneless.attendance.models import Roll
from notoneless.attendance.queries.schools import school_standings
from notoneless.duties.services import SweepRunning
from notoneless.flows.demo.answering import answer
from notoneless.flows.demo.besides import call_evening, call_homes, miss_lesson
from notoneless.flows.demo.casework import look_at_cases, work
from notoneless.flows.demo.county import DEMO_DAY, FIRST_DAY, DemoClass, DemoCounty, read_county
from notoneless.flows.demo.courses import absences
from notoneless.flows.demo.families import hear_families
from notoneless.flows.demo.ground import Told, found_demo_county
from notoneless.flows.demo.mornings import Mornings
from notoneless.flows.demo.presence import classes_on, presence_before
from notoneless.flows.demo.workplans import keep_workplans
from notoneless.flows.demo.yunding import story_of, tell
from notoneless.flows.duties.sweep import sweep_county
from notoneless.flows.duties.together import gathered
from notoneless.flows.rolls.together import settle_together
from notoneless.flows.sample.days import Story
from notoneless.flows.sample.school import plan as yunding_plan
from notoneless.journal.queries import newest_moment
from notoneless.journal.services import Stamp, simulated
from notoneless.journal.statistics import look_at_tables
from notoneless.rules.attendance.forms import AbsenceMark
from notoneless.rules.attendance.sessions import DAY
from notoneless.rules.refusal import Refusal

ByCourse = Mapping[UUID, AbsenceMark]
SWEPT_ON = 4
SWEPT_EVERY = 12
"""The Friday night of each twelfth week is swept, the first of the term among them, and the morning
on which the visitor comes: of a whole county a sweep takes as long as three days."""
LOOKED_AFTER_ON = frozenset({1, 3})
"""On Tuesdays and Thursdays cases are looked after, once the rolls are called: who is back or away
again is seen on that day or the next."""
LOOKED_AT_ON = 2
"""On Wednesdays SQLite looks how its tables have grown; the scheduler has it do so every day."""
VISITOR_COMES = time(7, 50)


class EarlierDay(Refusal):
    """The play goes forward only: what happened stays."""

    code = "DEMO-01"


@dataclass(slots=True)
class Play:
    """The county on its way through the days."""

    county: DemoCounty
    mornings: Mornings
    story: Story
    last: date
    """The day on which the visitor arrives."""

    def live(self, day: date) -> None:
        """A whole day: its morning, what follows, and its night."""
        if day.weekday() == LOOKED_AT_ON:
            look_at_tables()
        school_standings(self.county.county_id, on=day)
        with simulated(), transaction.atomic():
            by_course = self._absences(day)
            classes = self._drawn(day, by_course)
            self._call(day, classes, by_course)
            if day in self.story.days:
                tell(self.story, day)
            self._follow(day, classes, by_course)
            self._see_to(day)
        self._sleep(day)

    def open_morning(self, day: date) -> None:
        """The day on which the visitor arrives: others' rolls are called, his are still open."""
        with simulated(), transaction.atomic():
            by_course = self._absences(day)
            self.mornings.is_opening = True
            others = [each for each in self._drawn(day, by_course) if not self._is_yunding(each)]
            self._call(day, others, by_course)
        self._sweep(day, hour=7, minute=48)

    def close(self, day: date) -> None:
        """What is left of the day on which people have worked in the demo."""
        with simulated(), transaction.atomic():
            by_course = self._absences(day)
            classes = self._drawn(day, by_course)
            rolls = Roll.objects.filter(
                county=self.county.county_id, day=day, session=DAY, is_standing=True
            )
            called = set(rolls.values_list("school_class", flat=True))
            uncalled = [each for each in classes if each.id not in called]
            self._call(day, uncalled, by_course)
            self._follow(day, classes, by_course)
            self._see_to(day)
        self._sleep(day)

    def _call(self, day: date, classes: list[DemoClass], by_course: ByCourse) -> None:
        """The rolls one by one; those whom they are about are brought up to date together."""
        with gathered() as waiting:
            self.mornings.call(day, classes, by_course)
        now = self.county.at(day, 7, 48) if self.mornings.is_opening else self.county.at(day, 9)
        stamp = Stamp(self.county.county_id, None, now)
        settle_together(waiting, today=day, stamp=stamp)

    def _absences(self, day: date) -> ByCourse:
        return absences(self.county, day) if classes_on(self.county, day) else {}

    def _drawn(self, day: date, by_course: ByCourse) -> list[DemoClass]:
        """The classes with school that day, but not one that follows the script."""
        is_told = day in self.story.days
        classes = classes_on(self.county, day)
        classes = [each for each in classes if not (is_told and self._is_yunding(each))]
        for each in classes:
            self.mornings.presence.draw_class(each, day, by_course)
        return classes

    def _follow(self, day: date, classes: list[DemoClass], by_course: ByCourse) -> None:
        presence = self.mornings.presence
        for each in classes:
            if each.homeroom is not None:
                call_homes(presence, each, day)
            miss_lesson(presence, each, day)
            call_evening(presence, each, day, by_course)

    def _see_to(self, day: date) -> None:
        """What offices, homes and families do on a day, after its rolls."""
        if day.weekday() in LOOKED_AFTER_ON:
            look_at_cases(self.county, day)
        work(self.county, day)
        hear_families(self.county, day)
        answer(self.county, day)
        keep_workplans(self.county, day)

    def _is_yunding(self, each: DemoClass) -> bool:
        return each.school_id == self.county.schools.get(yunding_plan()["code"])

    def _sleep(self, day: date) -> None:
        if day.weekday() == SWEPT_ON and day.isocalendar().week % SWEPT_EVERY == 0:
            self._sweep(day, hour=23)

    def _sweep(self, day: date, *, hour: int, minute: int = 0) -> None:
        moment = self.county.at(day, hour, minute)
        with simulated(), transaction.atomic(), suppress(SweepRunning):
            for _ in sweep_county(self.county.county_id, as_of=day, now=lambda: moment):
                pass


def make_demo_county(*, until: date = DEMO_DAY, told: Told) -> UUID:
    """The county from its founding to the morning of ``until``.

    An interrupted founding leaves nothing, and is called again; an interrupted play goes on with
    ``play_until``, for the county is there already.
    """
    county_id = found_demo_county(told=lambda part, words: told(part * 0.2, words))
    play_until(county_id, until, told=lambda part, words: told(0.2 + part * 0.8, words))
    return county_id


def play_until(county_id: UUID, until: date, *, told: Told) -> list[str]:
    """Go on to the morning of ``until``, and leave it open; nothing to do where the play stands
    there already.

    Forward only: raises ``EarlierDay`` for a day before the one that was played last. A child about
    whom a person has written is left as that person left it. Answers the codes of what the product
    refused on the way, because people have changed things since.
    """
    last = last_day(county_id)
    if last is not None and until < last:
        raise EarlierDay(day=until.isoformat(), since=last.isoformat())
    if last == until:
        return []
    since = last or FIRST_DAY
    play = _play(county_id, since, until)
    days = [since + timedelta(n) for n in range((until - since).days)]
    for number, day in enumerate(days):
        told(number / len(days), f"{day:%Y-%m-%d}")
        if day != last:
            play.live(day)
        elif not _is_lived(county_id, day):
            play.close(day)
    play.open_morning(until)
    return play.county.refused


def last_day(county_id: UUID) -> date | None:
    """The newest day of which a roll is on record; ``None`` before the play began."""
    rolls = Roll.objects.filter(county=county_id).order_by("-day")
    return rolls.values_list("day", flat=True).first()


def _is_lived(county_id: UUID, day: date) -> bool:
    """Whether more of the day was played than its opening, which ends before a visitor comes."""
    newest = newest_moment(county_id, is_simulated=True)
    return newest is not None and newest >= visit_begins(day)


def visit_begins(day: date) -> datetime:
    """The moment at which a visitor comes to a day."""
    return datetime.combine(day, VISITOR_COMES, timezone.get_default_timezone())


def _play(county_id: UUID, since: date, until: date) -> Play:
    county = read_county(county_id, day=until)
    county.not_before = newest_moment(county_id)
    return Play(county, Mornings(presence_before(county, since)), story_of(county), until)
