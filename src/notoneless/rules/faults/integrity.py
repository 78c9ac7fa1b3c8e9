"""Checks of the records that may point to a fault; each answer is a proposal and nothing more.

A check sees facts of one school or township and names the records that a person should open. It
charges nobody, scores nobody, and stays quiet where an innocent reading is likely: work noted in
time on a phone and sent later, a make-up day, the same door on two visits, a family seen at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.faults.catalogue import FaultKind
from notoneless.rules.faults.kinds import LinkKind
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Role


class Check(StrEnum):
    DUTY_MISSED = "duty_missed"
    REPORT_LATE = "report_late"
    CONTACT_LATE = "contact_late"
    """Written down long after the day on which it is said to have happened."""
    ROLL_LATE = "roll_late"
    ROLL_EARLY = "roll_early"
    PICTURE_TWICE = "picture_twice"
    PRESENT_UNSEEN = "present_unseen"
    """Present on every roll, missed in the lessons of those days by others."""
    HEADCOUNT = "headcount"
    """A class has on a day fewer or more children than its roll of that day counted."""
    SUBCASE = "subcase"
    """A sub-case of a dropout case was found to be true (T26)."""


LOOKBACK = "check_lookback"
DUTY_LATE = "check_duty_late"
CONTACT_NOTED, ROLL_NOTED = "check_contact_noted", "check_roll_noted"
ROLL_BEFORE = "check_roll_before"
"""The hour of its own day before which nobody was there yet."""
UNSEEN_DAYS, UNSEEN_LESSONS = "check_unseen_days", "check_unseen_lessons"
HEADCOUNT_DAYS = "check_headcount_days"
BOUNDS = (
    LOOKBACK,
    DUTY_LATE,
    CONTACT_NOTED,
    ROLL_NOTED,
    ROLL_BEFORE,
    UNSEEN_DAYS,
    UNSEEN_LESSONS,
    HEADCOUNT_DAYS,
)
"""Rules of the plan that say from where on a record is worth a look; a check whose rule the place
has left blank is not made."""

SUGGESTS: Mapping[Check, FaultKind] = MappingProxyType(
    {
        Check.DUTY_MISSED: FaultKind.NO_MEASURES,
        Check.REPORT_LATE: FaultKind.LATE_REPORT,
        Check.CONTACT_LATE: FaultKind.UNTRUE_WORK,
        Check.ROLL_LATE: FaultKind.UNTRUE_WORK,
        Check.ROLL_EARLY: FaultKind.UNTRUE_WORK,
        Check.PICTURE_TWICE: FaultKind.UNTRUE_WORK,
        Check.PRESENT_UNSEEN: FaultKind.HIDDEN_FIGURES,
        Check.HEADCOUNT: FaultKind.UNCLEAR_FIGURES,
        Check.SUBCASE: FaultKind.UNETHICAL,
    }
)
"""The kind that the form begins with; whoever raises it chooses."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A record that a proposal points to."""

    kind: LinkKind
    id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a person should look into."""

    check: Check
    key: str
    """The same for the same records on every day: what was laid aside stays so."""
    on: date
    unit_id: UUID
    """The class, school or village in which it plays."""
    pointed: tuple[Pointed, ...]
    number: int = 0
    """Days late, days unseen, children more or less; never compared between people."""
    by: UUID | None = None
    """Who wrote the records; he is not shown what is pointed out about himself."""
    role: Role | None = None
    """Of the post that had to do it, where that is what the records say."""


@dataclass(frozen=True, slots=True)
class LateDuty:
    id: UUID
    unit_id: UUID
    role: Role
    late_since: date
    done_on: date | None = None
    is_provisional: bool = False
    is_held: bool = True
    """Somebody holds the post; a vacant one has nobody to answer."""


@dataclass(frozen=True, slots=True)
class Report:
    id: UUID
    unit_id: UUID
    made_on: date
    due_on: date | None
    is_late: bool
    """As the plan of that day judged it."""
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A contact or a roll with when it is about and when somebody wrote it."""

    id: UUID
    unit_id: UUID
    on: date
    noted_on: date
    """The device's day: work kept without a network and sent later was noted in time."""
    noted_time: time
    by: UUID | None = None
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a visit."""

    contact: UUID
    origin: UUID
    """The first of a chain of corrections, which share their pictures."""
    unit_id: UUID
    on: date
    by: UUID | None
    sha256: str
    likeness: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """A subject teacher missed a child in a lesson of a day that had a roll."""

    mark: UUID
    child: UUID
    unit_id: UUID
    on: date
    lesson: int
    roll: UUID
    """The roll of that day that says the child was there."""
    roll_by: UUID | None
    is_same_person: bool
    """Whoever missed the child also called that roll: a correction, no contradiction."""


@dataclass(frozen=True, slots=True)
class Headcount:
    roll: UUID
    unit_id: UUID
    on: date
    counted: int
    """When the roll was sent."""
    registered: int
    """On the same day, as the records stand now."""
    merged: int = 0
    """Rows that were merged away since: the roll may have counted them as well."""

    @property
    def differs(self) -> bool:
        return not self.registered <= self.counted <= self.registered + self.merged


def missed_duties(
    duties: Iterable[LateDuty], *, policy: ResolvedPolicy, today: date
) -> list[Proposal]:
    """Duties that were done, or are still open, more than the plan's days after their clock.

    A date that rests on a provisional calendar counts for nothing. Source: ``check_duty_late``.
    """
    found = []
    for duty in duties:
        days = ((duty.done_on or today) - duty.late_since).days + 1
        if duty.is_provisional or not duty.is_held or not _met(policy, DUTY_LATE, days):
            continue
        pointed = (Pointed(LinkKind.DUTY, duty.id, duty.late_since),)
        made = _proposal(Check.DUTY_MISSED, duty.unit_id, pointed, number=days)
        found.append(replace(made, role=duty.role))
    return found


def late_reports(reports: Iterable[Report]) -> list[Proposal]:
    """Class teachers' reports that came after the plan's clock, one proposal each."""
    return [
        _proposal(
            Check.REPORT_LATE,
            report.unit_id,
            (Pointed(LinkKind.REPORT, report.id, report.made_on),),
            number=(report.made_on - report.due_on).days if report.due_on else 0,
            by=report.by,
        )
        for report in reports
        if report.is_late
    ]


def late_notes(rows: Iterable[Noted], check: Check, *, policy: ResolvedPolicy) -> list[Proposal]:
    """Contacts or rolls that were noted more than the plan's days after their own day.

    A correction is noted late by its nature; what it corrects was looked at for itself. Source:
    ``check_contact_noted``, ``check_roll_noted``.
    """
    is_roll = check is Check.ROLL_LATE
    key = ROLL_NOTED if is_roll else CONTACT_NOTED
    kind = LinkKind.ROLL if is_roll else LinkKind.CONTACT
    return [
        _proposal(check, row.unit_id, (Pointed(kind, row.id, row.on),), number=days, by=row.by)
        for row in rows
        if not row.is_correction and _met(policy, key, days := (row.noted_on - row.on).days)
    ]


def early_rolls(rows: Iterable[Noted], *, policy: ResolvedPolicy) -> list[Proposal]:
    """Rolls noted before their day, or on it before the plan's hour (``check_roll_before``)."""
    if not policy.is_on(ROLL_BEFORE):
        return []
    opens = time.fromisoformat(policy.choice(ROLL_BEFORE))
    return [
        _proposal(
            Check.ROLL_EARLY, row.unit_id, (Pointed(LinkKind.ROLL, row.id, row.on),), by=row.by
        )
        for row in rows
        if row.noted_on < row.on or (row.noted_on == row.on and row.noted_time < opens)
    ]


def pictures_twice(
    pictures: Iterable[Picture], *, same_look: Collection[tuple[str, str]] = ()
) -> list[Proposal]:
    """The same picture as proof of visits on different days or by different people.

    The same means: the very same file, or one that looks the same *and* was taken in the same
    second. ``same_look``: pairs of likenesses that are near enough. Two pictures of one door on
    two visits look alike and are not the same. Corrections of one visit share their pictures, and
    one visit to two children's home on one day by one person is one visit.
    """
    found: dict[str, Proposal] = {}
    rows = sorted(pictures, key=lambda row: (row.on, str(row.contact)))
    by_file: dict[str, list[Picture]] = defaultdict(list)
    by_moment: dict[datetime, list[Picture]] = defaultdict(list)
    for row in rows:
        by_file[row.sha256].append(row)
        if row.taken_at is not None:
            by_moment[row.taken_at].append(row)
    for group in by_file.values():
        _add_pairs(found, group, lambda a, b: True)
    near = set(same_look)
    for group in by_moment.values():
        _add_pairs(found, group, lambda a, b: (a.likeness, b.likeness) in near)
    return list(found.values())


def present_unseen(rows: Iterable[Unseen], *, policy: ResolvedPolicy) -> list[Proposal]:
    """Children whom the rolls have as present and other teachers missed, day after day.

    A day counts when several lessons of it missed the child: one missed lesson is one lesson.
    Source: ``check_unseen_days``, ``check_unseen_lessons``.
    """
    by_child: dict[tuple[UUID, UUID], dict[date, list[Unseen]]] = defaultdict(dict)
    for row in rows:
        if not row.is_same_person:
            by_child[row.child, row.unit_id].setdefault(row.on, []).append(row)
    found = []
    for (child, unit_id), days in by_child.items():
        counted = [
            on
            for on, seen in days.items()
            if _met(policy, UNSEEN_LESSONS, len({r.lesson for r in seen}))
        ]
        if not counted or not _met(policy, UNSEEN_DAYS, len(counted)):
            continue
        seen_on = sorted(counted)
        pointed = tuple(Pointed(LinkKind.ROLL, days[on][0].roll, on) for on in seen_on)
        of = _Of(child, days[seen_on[-1]][0].roll_by)
        found.append(_proposal(Check.PRESENT_UNSEEN, unit_id, pointed, number=len(counted), of=of))
    return found


def wrong_headcounts(rows: Iterable[Headcount], *, policy: ResolvedPolicy) -> list[Proposal]:
    """Classes whose rolls counted other children than the records now have for the same days.

    A change that is written down within the plan's days is ordinary office work; rows that were
    merged since explain what they explain. Source: ``check_headcount_days``.
    """
    by_class: dict[UUID, dict[date, Headcount]] = defaultdict(dict)
    for row in rows:
        if row.differs:
            by_class[row.unit_id].setdefault(row.on, row)
    found = []
    for unit_id, days in by_class.items():
        if not _met(policy, HEADCOUNT_DAYS, len(days)):
            continue
        last = days[max(days)]
        pointed = tuple(Pointed(LinkKind.ROLL, days[on].roll, on) for on in sorted(days))
        number = abs(last.counted - last.registered)
        made = _proposal(Check.HEADCOUNT, unit_id, pointed, number=number, of=_Of(unit_id, None))
        found.append(made)
    return found


def since(policy: ResolvedPolicy, today: date) -> date:
    """The first day that the checks look at: tomorrow, hence none, where the plan leaves it blank.

    Source: ``check_lookback``.
    """
    if not policy.is_on(LOOKBACK):
        return today + timedelta(days=1)
    return today - timedelta(days=policy.count(LOOKBACK))


def _met(policy: ResolvedPolicy, key: str, figure: int) -> bool:
    return policy.is_on(key) and policy.is_met(key, figure)


def _add_pairs(
    found: dict[str, Proposal], group: list[Picture], is_same: Callable[[Picture, Picture], bool]
) -> None:
    for at, first in enumerate(group):
        for second in group[at + 1 :]:
            is_one_visit = first.on == second.on and first.by == second.by
            if first.origin == second.origin or is_one_visit or not is_same(first, second):
                continue
            pointed = tuple(Pointed(LinkKind.CONTACT, r.contact, r.on) for r in (first, second))
            made = _proposal(Check.PICTURE_TWICE, second.unit_id, pointed, by=second.by)
            found.setdefault(made.key, made)


@dataclass(frozen=True, slots=True)
class _Of:
    """What a proposal of many records is about, and who wrote the last of them."""

    id: UUID
    by: UUID | None


def _proposal(
    check: Check,
    unit_id: UUID,
    pointed: tuple[Pointed, ...],
    *,
    number: int = 0,
    by: UUID | None = None,
    of: _Of | None = None,
) -> Proposal:
    """Keyed by the records, or by what many of them are about and the last day."""
    last = max(p.on for p in pointed)
    named = [of.id.hex, last.isoformat()] if of else sorted(p.id.hex for p in pointed)
    key = ":".join([check.value, *named])
    return Proposal(check, key, last, unit_id, pointed, number, of.by if of else by)
