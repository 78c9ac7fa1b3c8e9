"""What goes with the rolls of a day: leave, calls home, a missed lesson, the evening's roll."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.attendance.services.leave import NewLeave
from notoneless.attendance.services.lessons import NewLessonMark
from notoneless.flows.contacts.logging import log_contact
from notoneless.flows.demo import chance
from notoneless.flows.demo.county import DemoClass, DemoCounty
from notoneless.flows.demo.presence import Away, Presence
from notoneless.flows.rolls.leave import ask_leave
from notoneless.flows.rolls.lessons import mark_missing
from notoneless.flows.rolls.submitting import submit_roll
from notoneless.places.models import TeachingAssignment
from notoneless.rules.attendance.forms import AbsenceMark, Submission
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.attendance.sessions import EVENING, Reason
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.contacts.forms import NewContact
from notoneless.rules.contacts.kinds import Kind, Met, Purpose, Result
from notoneless.rules.roles import Role

ASKED_FOR = 0.3
"""This part of absences of two days and more is leave that the guardian asked for."""
LEAVE_REASONS = {
    Reason.SICK: ("感冒发烧，去乡卫生院看病", "肠胃不好，在家休息", "牙痛去县医院"),
    Reason.PERSONAL: ("家里办喜事", "奶奶住院，跟父母去县城", "回外婆家，路远要住一晚"),
}
EXCUSES = ("肚子痛，忘了请假。", "早上起晚了，没赶上车。", "奶奶不舒服，孩子在家照看，明天就去。")
LESSON_MISSED = 0.012
"""So often a child is missing in a lesson, in a class on a school day."""
EVENING_SCHOOL = "3199000108"
EVENINGS_FROM = date(2026, 11, 5)
"""Since then the dormitory of this school calls its boarders on the phone."""


def grant_leave(presence: Presence, each: DemoClass, day: date) -> None:
    """Leave that guardians of a class ask for in the morning; the homeroom teacher approves it."""
    county = presence.county
    for child, spell in presence.begun(each, day):
        key = county.children[child].key
        part, which, minute, _ = chance.uniforms("leave", key, day)
        if spell.days < 2 or spell.reason not in LEAVE_REASONS or part >= ASKED_FOR:
            continue
        reasons = LEAVE_REASONS[spell.reason]
        new = NewLeave(
            child,
            LeaveKind(spell.reason.value),
            day,
            _day_after(county, each, spell),
            AskedBy.GUARDIAN,
            reason=reasons[int(which * len(reasons))],
            id=county.new_id("leave", key, day),
        )
        at = county.at(day, 7, int(minute * 20))
        with county.unless_refused():
            ask_leave(teacher_of(county, each, day), new, today=day, now=at, approve=True)


def call_homes(presence: Presence, each: DemoClass, day: date) -> None:
    """A child is missing without a word: the teacher calls, and hears why."""
    county = presence.county
    for child, spell in presence.begun(each, day):
        if spell.reason is not Reason.UNEXPLAINED:
            continue
        key = county.children[child].key
        _, minute, which, _ = chance.uniforms("excuse", key, day)
        at = county.at(day, 9, int(minute * 40))
        new = NewContact(
            id=county.new_id("excuse", key, day),
            kind=Kind.CALL,
            result=Result.REACHED,
            child_ids=(child,),
            happened_on=day,
            hour=_hour(at),
            purpose=Purpose.ABSENCE,
            met=frozenset({Met.GUARDIAN}),
            guardian_view=EXCUSES[int(which * len(EXCUSES))],
        )
        with county.unless_refused():
            log_contact(teacher_of(county, each, day), new, today=day, now=at)


def miss_lesson(presence: Presence, each: DemoClass, day: date) -> None:
    """Now and then somebody who was there in the morning is missing in a lesson."""
    county = presence.county
    part, lesson, seat, _ = chance.uniforms("lesson", each.key, day)
    teachers = _subject_teachers(county).get(each.id)
    if part >= LESSON_MISSED or not teachers:
        return
    beside = presence.taken | presence.away.keys()
    there = [child for child in county.children_of(each.id) if child not in beside]
    if not there:
        return
    number = 2 + int(lesson * 5)
    child = there[int(seat * len(there))]
    new = NewLessonMark(county.new_id("lesson", each.key, day), each.id, child, day, number)
    at = county.at(day, 8 + number, 12)
    teacher = county.actor(teachers[int(seat * len(teachers))], day)
    with county.unless_refused():
        mark_missing(teacher, new, noted_at=at, today=day, now=at)


def call_evening(
    presence: Presence, each: DemoClass, day: date, by_course: Mapping[UUID, AbsenceMark]
) -> None:
    """The dormitory keeper calls the boarders of a class, where the school does so already."""
    county = presence.county
    if county.schools.get(EVENING_SCHOOL) != each.school_id or day < EVENINGS_FROM:
        return
    keeper = county.holder(Role.DORMITORY_KEEPER, each.school_id, day)
    members = county.children_of(each.id)
    boarders = [child for child in members if county.children[child].is_boarding]
    if keeper is None or not boarders:
        return
    minute, *_ = chance.uniforms("evening", each.key, day)
    form = Submission(
        id=county.new_id("evening", each.key, day),
        class_id=each.id,
        day=day,
        session=EVENING,
        noted_at=county.at(day, 20, 30 + int(minute * 25)),
        marks=tuple(_missing_at_night(presence, boarders, by_course)),
    )
    with county.unless_refused():
        submit_roll(keeper, form, today=day, now=form.noted_at)


def teacher_of(county: DemoCounty, each: DemoClass, day: date) -> Actor:
    """The homeroom teacher. Raises ``ValueError`` where the post is vacant."""
    if each.homeroom is None:
        raise ValueError(f"{each.key} has no homeroom teacher")
    return county.actor(each.homeroom, day)


def _missing_at_night(
    presence: Presence, boarders: list[UUID], by_course: Mapping[UUID, AbsenceMark]
) -> Iterator[AbsenceMark]:
    for child in boarders:
        if child in presence.standing:
            yield AbsenceMark(child)
        elif child in by_course:
            yield by_course[child]
        elif child in presence.away and child not in presence.taken:
            yield AbsenceMark(child, presence.away[child].reason)


def _day_after(county: DemoCounty, each: DemoClass, spell: Away) -> date:
    days = county.school_days(each.school_id, spell.begun_on, date.max)
    return days[min(spell.days, len(days)) - 1] + ONE_DAY


def _subject_teachers(county: DemoCounty) -> Mapping[UUID, list[UUID]]:
    if "subject_teachers" not in county.kept:
        found: dict[UUID, list[UUID]] = {}
        rows = TeachingAssignment.objects.filter(
            school_class__county=county.county_id,
            to_on=None,
            person__staff_number__startswith="QHX",
        )
        for unit, person in rows.order_by("pk").values_list("school_class", "person"):
            found.setdefault(unit, []).append(person)
        county.kept["subject_teachers"] = found
    teachers: Mapping[UUID, list[UUID]] = county.kept["subject_teachers"]
    return teachers


def _hour(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
