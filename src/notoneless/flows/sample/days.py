"""Four weeks at 云顶小学: each roll, slip and mark goes through the flows of a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.attendance.services.leave import NewLeave, NewProof
from notoneless.attendance.services.lessons import NewLessonMark
from notoneless.flows.contacts.logging import log_contact
from notoneless.flows.duties.sweep import sweep_county
from notoneless.flows.rolls.leave import ask_leave, note_proof
from notoneless.flows.rolls.lessons import mark_missing
from notoneless.flows.rolls.submitting import submit_roll
from notoneless.flows.sample import script, talks
from notoneless.flows.sample.school import SampleSchool
from notoneless.rules.attendance.forms import AbsenceMark, Submission
from notoneless.rules.attendance.leave import AskedBy, LeavePeriod, premark
from notoneless.rules.attendance.sessions import DAY, EVENING, Reason, RollState
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.contacts.forms import Companion, NewContact
from notoneless.rules.contacts.kinds import Kind
from notoneless.rules.roles import Role
from notoneless.rules.units import school_year_of

MORNING, LATE_MORNING, NIGHT = time(8, 5), time(10, 40), time(20, 30)
MIDNIGHT = time(23, 30)
TODAYS_ROLLS_FROM = time(8, 30)


@dataclass(slots=True)
class Story:
    """The school days that are told, the newest last, and how moments are recorded."""

    school: SampleSchool
    random: Random
    now: datetime
    """When the sample is made: nothing is told of the hours after it."""
    recorded: Callable[[datetime], datetime]
    """When something noted then is recorded."""
    days: tuple[date, ...] = ()
    called: dict[tuple[int, int], Submission] = field(default_factory=dict)
    """By grade and day."""
    on_leave: dict[tuple[UUID, date], Reason] = field(default_factory=dict)
    leaves: dict[script.OnLeave, UUID] = field(default_factory=dict)

    def child(self, grade: int, seat: int) -> UUID:
        return self.school.children[grade][seat]

    def new_id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)


def live_through_the_days(story: Story, *, now: datetime) -> None:
    """Call the rolls of the last school days, this morning's too once it is half past eight."""
    school = story.school
    story.days = days_to_tell(school, now=now)
    if story.days:
        for n in range((school.today - story.days[0]).days + 1):
            _live(story, story.days[0] + timedelta(n))


def days_to_tell(school: SampleSchool, *, now: datetime) -> tuple[date, ...]:
    """The school days before ``now`` that the script tells of, oldest first."""
    standing = standing_of_school(school.school_id, county_id=school.county_id)
    is_morning_over = timezone.localtime(now).time() >= TODAYS_ROLLS_FROM
    until = school.today + ONE_DAY if is_morning_over else school.today
    days = standing.calendar(school.today).days(date(school_year_of(school.today), 8, 1), until)
    return tuple(days[-script.SCHOOL_DAYS :])


def tell_day(story: Story, day: date) -> None:
    """All that the script says of one of its days: leave, rolls, lessons, who was spoken to."""
    _tell(story, day, len(story.days) - story.days.index(day))


def _live(story: Story, day: date) -> None:
    if day in story.days:
        tell_day(story, day)
    if timedelta(0) < story.school.today - day <= script.NIGHTS:
        _sweep(story, day)


def _sweep(story: Story, day: date) -> None:
    """What the night does: late duties rise."""
    moment = story.recorded(_moment(day, MIDNIGHT))
    for _ in sweep_county(story.school.county_id, as_of=day, now=lambda: moment):
        pass


def _tell(story: Story, day: date, back: int) -> None:
    for leave in script.LEAVES:
        if leave.first == back:
            _grant(story, leave, day)
    for grade in story.school.classes:
        _call(story, grade, day, back)
    for leave in story.leaves:
        if leave.proven == back:
            _prove(story, leave, day)
    _tell_more(story, day, back)
    for spoke in talks.SPOKE:
        if spoke.back == back and not _is_still_to_come(story, spoke, day):
            _speak(story, spoke, day)


def _tell_more(story: Story, day: date, back: int) -> None:
    if back == script.CONTENDED[1]:
        _contend(story)
    if back == script.CORRECTED[1]:
        _correct(story)
    if back == script.LESSONS_MISSED_ON:
        _miss_lessons(story, day)


def _call(story: Story, grade: int, day: date, back: int) -> None:
    """The morning's roll, and of boarders the evening's."""
    is_silent = day == story.school.today and grade == script.SILENT
    if (grade, back) not in script.UNCALLED and not is_silent:
        form = _roll(story, grade, day, back)
        story.called[grade, back] = form
        _send(story, story.school.homeroom(grade), form)
    has_boarders = story.school.boarders.intersection(story.school.children[grade])
    if has_boarders and back <= script.EVENINGS and day < story.school.today:
        _send(story, story.school.actor("dorm"), _evening(story, grade, day))


def _roll(story: Story, grade: int, day: date, back: int) -> Submission:
    entered_on = day + ONE_DAY if (grade, back) in script.A_DAY_LATE else day
    at = LATE_MORNING if (grade, back) in script.LATE_IN_THE_DAY else MORNING
    not_held = script.NOT_HELD.get((grade, back), "")
    return Submission(
        id=story.new_id(),
        class_id=story.school.classes[grade],
        day=day,
        session=DAY,
        noted_at=_moment(entered_on, at, story.random.randrange(20)),
        marks=() if not_held else tuple(_marks(story, grade, day, back)),
        state=RollState.NOT_HELD if not_held else RollState.HELD,
        not_held_reason=not_held,
        reason=script.A_DAY_LATE.get((grade, back), ""),
    )


def _marks(story: Story, grade: int, day: date, back: int) -> Iterator[AbsenceMark]:
    """Those of the script, those on leave, and now and then somebody who is late or ill."""
    away = {
        each.seat: each.reason
        for each in script.AWAY
        if each.grade == grade and each.first >= back >= each.last
    }
    if (grade, back) == script.CORRECTED[:2]:
        away[script.CORRECTED[2]] = Reason.UNEXPLAINED
    for seat, child in enumerate(story.school.children[grade]):
        reason = away.get(seat) or story.on_leave.get((child, day))
        if reason is not None:
            yield AbsenceMark(child, reason)
        elif seat >= script.WITH_A_STORY:
            yield from _everyday(child, story.random)


def _everyday(child: UUID, random: Random) -> Iterator[AbsenceMark]:
    draw = random.random()
    if draw < 0.006:
        yield AbsenceMark(child, Reason.SICK, note=script.EVERYDAY_ILLNESS)
    elif draw < 0.014:
        yield AbsenceMark(child, Reason.LATE, random.randrange(5, 40, 5))


def _evening(story: Story, grade: int, day: date) -> Submission:
    boarders = [c for c in story.school.children[grade] if c in story.school.boarders]
    marks = [
        AbsenceMark(child, story.on_leave[child, day])
        for child in boarders
        if (child, day) in story.on_leave
    ]
    return Submission(
        id=story.new_id(),
        class_id=story.school.classes[grade],
        day=day,
        session=EVENING,
        noted_at=_moment(day, NIGHT, story.random.randrange(25)),
        marks=tuple(marks),
    )


def _grant(story: Story, leave: script.OnLeave, day: date) -> None:
    child = story.child(leave.grade, leave.seat)
    ends = story.days[-leave.last] + ONE_DAY if leave.last else story.school.today + timedelta(10)
    new = NewLeave(child, leave.kind, day, ends, AskedBy.GUARDIAN)
    teacher, at = story.school.homeroom(leave.grade), story.recorded(_moment(day, time(7, 40)))
    leave_id = ask_leave(teacher, new, today=day, now=at, approve=True)
    for n in range((ends - day).days):
        story.on_leave[child, day + timedelta(n)] = premark(LeavePeriod(leave.kind, day, ends))
    story.leaves[leave] = leave_id


def _prove(story: Story, leave: script.OnLeave, day: date) -> None:
    began = story.days[-leave.first]
    proof = NewProof("青禾县人民医院", began, began, day + ONE_DAY)
    at = story.recorded(_moment(day, time(16, 20)))
    teacher = story.school.homeroom(leave.grade)
    note_proof(teacher, story.leaves[leave], proof, today=day, now=at)


def _contend(story: Story) -> None:
    grade, back, seat = script.CONTENDED
    seen = story.called[grade, back]
    form = Submission(
        id=story.new_id(),
        class_id=seen.class_id,
        day=seen.day,
        session=DAY,
        noted_at=_moment(seen.day, MORNING, 40),
        marks=(*seen.marks, AbsenceMark(story.child(grade, seat))),
    )
    _send(story, story.school.actor("principal109"), form)


def _correct(story: Story) -> None:
    grade, back, seat = script.CORRECTED
    before = story.called[grade, back]
    form = Submission(
        id=story.new_id(),
        class_id=before.class_id,
        day=before.day,
        session=DAY,
        noted_at=_moment(before.day, MORNING, 35),
        marks=tuple(m for m in before.marks if m.child_id != story.child(grade, seat)),
        based_on=before.id,
        reason=script.CORRECTED_BECAUSE,
    )
    _send(story, story.school.homeroom(grade), form)


def _miss_lessons(story: Story, day: date) -> None:
    for lesson, seat in script.LESSONS_MISSED:
        child = story.child(script.SIXTY, seat)
        new = NewLessonMark(story.new_id(), story.school.classes[script.SIXTY], child, day, lesson)
        at = _moment(day, time(8 + lesson, 10))
        mark_missing(
            story.school.actor("subject"), new, noted_at=at, today=day, now=story.recorded(at)
        )


def _is_still_to_come(story: Story, spoke: talks.Spoke, day: date) -> bool:
    return _moment(day, time.fromisoformat(spoke.hour)) > story.now


def _speak(story: Story, spoke: talks.Spoke, day: date) -> None:
    """Written down by the homeroom teacher when it was over."""
    is_visit = spoke.kind is Kind.VISIT
    principal = Companion(story.school.people["principal109"], Role.PRINCIPAL.value)
    new = NewContact(
        id=story.new_id(),
        kind=spoke.kind,
        result=spoke.result,
        child_ids=(story.child(spoke.grade, spoke.seat),),
        happened_on=day,
        hour=spoke.hour,
        purpose=spoke.purpose,
        met=spoke.met,
        companions=(principal,) if spoke.with_principal else (),
        child_words=spoke.child_words,
        guardian_view=spoke.guardian_view,
        found=spoke.found,
        next_step=spoke.next_step,
        witness=talks.WITNESS if is_visit else "",
    )
    at = story.recorded(_moment(day, time.fromisoformat(spoke.hour)))
    log_contact(story.school.homeroom(spoke.grade), new, today=day, now=at)


def _send(story: Story, by: Actor, form: Submission) -> None:
    today = timezone.localtime(form.noted_at).date()
    submit_roll(by, form, today=today, now=story.recorded(form.noted_at))


def _moment(day: date, at: time, minutes: int = 0) -> datetime:
    """``at`` plus some minutes on the school's clock."""
    local = datetime.combine(day, at, timezone.get_default_timezone())
    return local + timedelta(minutes=minutes)
