"""The mornings of the sample county: rolls in time, late, forgotten, of classes not held."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from notoneless.flows.demo import chance
from notoneless.flows.demo.besides import grant_leave
from notoneless.flows.demo.county import DemoClass, DemoCounty
from notoneless.flows.demo.presence import Presence
from notoneless.flows.rolls.submitting import submit_roll
from notoneless.rules.attendance.forms import AbsenceMark, Submission
from notoneless.rules.attendance.sessions import DAY, RollState
from notoneless.rules.calendar import ONE_DAY

FORGOTTEN, NEXT_DAY, NOT_HELD, LATE = 0.001, 0.003, 0.006, 0.026
"""Up to which part of rolls each happens; the others are called in time."""
LATE_BECAUSE = "早上带学生升旗、打扫，上午补录。"
FORGOTTEN_BECAUSE = "当天外出培训，代课老师漏点；对照班级日志补录。"
NEXT_DAY_BECAUSE = "昨日停电、手机没有信号，今早补录。"
NOT_HELD_BECAUSE = (
    "全班到镇上参加运动会。",
    "学校集中体检，上午未点名。",
    "班级到敬老院参加劳动实践。",
)


@dataclass(slots=True)
class Mornings:
    """What is carried from day to day besides absences: rolls to be entered the day after."""

    presence: Presence
    is_opening: bool = False
    """A visitor comes at 07:50: what is called today is called before."""
    owed: dict[UUID, Submission] = field(default_factory=dict)

    @property
    def county(self) -> DemoCounty:
        return self.presence.county

    def call(
        self, day: date, classes: Collection[DemoClass], by_course: Mapping[UUID, AbsenceMark]
    ) -> None:
        """A morning of some classes: leave that is asked for, then the rolls."""
        for each in classes:
            if each.homeroom is not None:
                grant_leave(self.presence, each, day)
                self._call_class(each, day, by_course)

    def _call_class(
        self, each: DemoClass, day: date, by_course: Mapping[UUID, AbsenceMark]
    ) -> None:
        owed = self.owed.get(each.id)
        if owed is not None and timezone.localtime(owed.noted_at).date() <= day:
            self._send(each, self.owed.pop(each.id))
        part, minute, which, _ = chance.uniforms("roll", each.key, day)
        form = self._form(each, day, tuple(self.presence.marks_of(each, day, by_course)), minute)
        if self.is_opening or part >= LATE:
            self._send(each, form)
        elif part < FORGOTTEN:
            self.owed[each.id] = self._entered_later(each, form, 4, FORGOTTEN_BECAUSE)
        elif part < NEXT_DAY:
            self.owed[each.id] = self._entered_later(each, form, 1, NEXT_DAY_BECAUSE)
        elif part < NOT_HELD:
            self._send(each, _not_held(form, NOT_HELD_BECAUSE[int(which * 3)]))
        else:
            at = self.county.at(day, 9, 10 + int(minute * 100))
            self._send(each, _entered_late(form, at, LATE_BECAUSE))

    def _form(
        self, each: DemoClass, day: date, marks: tuple[AbsenceMark, ...], minute: float
    ) -> Submission:
        begins, span = ((7, 22), 24) if self.is_opening else ((7, 50), 36)
        return Submission(
            id=self.county.new_id("roll", each.key, day),
            class_id=each.id,
            day=day,
            session=DAY,
            noted_at=self.county.at(day, begins[0], begins[1] + int(minute * span)),
            marks=marks,
        )

    def _entered_later(
        self, each: DemoClass, form: Submission, days_later: int, reason: str
    ) -> Submission:
        """So many school days later; on the days between the class is one that has not called."""
        days = self.county.school_days(each.school_id, form.day + ONE_DAY, date.max)
        then = days[:days_later][-1] if days else form.day
        return _entered_late(form, self.county.at(then, 7, 45), reason)

    def _send(self, each: DemoClass, form: Submission) -> None:
        if each.homeroom is None:
            return
        today = timezone.localtime(form.noted_at).date()
        teacher = self.county.actor(each.homeroom, today)
        with self.county.unless_refused():
            submit_roll(teacher, form, today=today, now=form.noted_at)


def _not_held(form: Submission, reason: str) -> Submission:
    return replace(form, marks=(), state=RollState.NOT_HELD, not_held_reason=reason)


def _entered_late(form: Submission, at: datetime, reason: str) -> Submission:
    return replace(form, noted_at=at, reason=reason)
