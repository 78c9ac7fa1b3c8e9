"""Keep the table of who is away now; compare it with the rolls each night."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from notoneless.attendance.models import Absence, AbsenceRun, LessonMark
from notoneless.attendance.queries.history import Histories, histories, looking_back_from
from notoneless.attendance.queries.members import (
    CHILD,
    SchoolStanding,
    registered_on,
)
from notoneless.attendance.queries.schools import school_standings
from notoneless.children.models import Enrolment
from notoneless.children.queries.branches import Beside
from notoneless.rules.attendance.runs import Runs, runs_in_history
from notoneless.rules.calendar import ONE_DAY

BATCH = 500
COLUMNS = (
    "school_class_id",
    "is_open",
    "proved_days",
    "proved_since",
    "possible_days",
    "possible_since",
    "longest_proved_days",
    "last_absent_on",
    "last_called_on",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that did not say what the rolls say."""

    child_id: UUID
    stored: Mapping[str, object]
    """Empty where the row was missing."""
    right: Mapping[str, object]


@dataclass(slots=True)
class RunReport:
    """What the nightly comparison found; empty ``differences`` is a good night."""

    checked: int = 0
    differences: list[Difference] = field(default_factory=list)


def refresh_runs(  # noqa: PLR0913  # what, where and when it is asked, and what else to read
    child_ids: Collection[UUID],
    *,
    known: Collection[UUID],
    school: SchoolStanding,
    county_id: UUID,
    today: date,
    now: datetime,
    beside: Beside | None = None,
) -> Histories:
    """Compute anew the runs of some children of one school; two statements.

    ``known`` are those who have an open run on record: nothing is written for others who are not
    away. A school year that is not loaded has no school days and so no runs. Answers what is on
    record about the children up to ``today``, with what ``beside`` asks.
    """
    found = _found(child_ids, county_id=county_id, today=today, beside=beside)
    rows = _computed(child_ids, found, school=school, county_id=county_id, today=today, now=now)
    _store(row for row in rows if row.is_open or row.pk in known)
    return found


def refresh_runs_of_many(
    by_school: Mapping[SchoolStanding, Collection[UUID]],
    *,
    county_id: UUID,
    today: date,
    now: datetime,
    beside: Beside | None = None,
) -> Histories:
    """As ``refresh_runs`` for children of several schools; three statements in all."""
    children = [child for members in by_school.values() for child in members]
    found = _found(children, county_id=county_id, today=today, beside=beside)
    open_runs = AbsenceRun.objects.filter(child__in=children, is_open=True)
    known = set(open_runs.values_list("child", flat=True))
    for school, members in by_school.items():
        rows = _computed(members, found, school=school, county_id=county_id, today=today, now=now)
        _store(row for row in rows if row.is_open or row.pk in known)
    return found


def reconcile_runs(
    county_id: UUID, *, as_of: date, now: datetime, dry_run: bool = False
) -> RunReport:
    """Compute every run of the county from the rolls, report what differs and put it right.

    Four statements for each 500 children that were ever missing since the last school year began,
    five where something differs. Rows of children who are back are removed without a word: only a
    wrong answer about somebody who is or is not away counts as a difference.
    """
    report = RunReport()
    for school in school_standings(county_id, on=as_of):
        candidates = _candidates(school.school_id, county_id, as_of)
        while batch := list(islice(candidates, BATCH)):
            with transaction.atomic():
                found = _found(batch, county_id=county_id, today=as_of)
                right = _computed(
                    batch, found, school=school, county_id=county_id, today=as_of, now=now
                )
                wrong = _compare(list(right), report)
                if not dry_run:
                    _store(wrong)
    _close_those_who_left(county_id, report, as_of, dry_run)
    return report


def _compare(right: list[AbsenceRun], report: RunReport) -> list[AbsenceRun]:
    stored = AbsenceRun.objects.in_bulk([row.pk for row in right])
    wrong = [row for row in right if _differs(stored.get(row.pk), row)]
    report.checked += len(right)
    report.differences += [
        Difference(row.pk, _said(stored.get(row.pk)), _said(row)) for row in wrong
    ]
    return wrong


def _found(
    child_ids: Collection[UUID], *, county_id: UUID, today: date, beside: Beside | None = None
) -> Histories:
    from_on = looking_back_from(today)
    return histories(child_ids, county_id=county_id, from_on=from_on, until=today, beside=beside)


def _computed(
    child_ids: Collection[UUID],
    found: Histories,
    *,
    school: SchoolStanding,
    county_id: UUID,
    today: date,
    now: datetime,
) -> Iterable[AbsenceRun]:
    from_on = looking_back_from(today)
    days = school.calendar(today).days(from_on, today + ONE_DAY)
    rules = school.roll_rules(today)
    for child_id in sorted(child_ids):
        history = found.children.get(child_id)
        if history is None:
            continue
        class_id = history.class_on(today)
        runs = runs_in_history(history, found.classes, days, rules) if class_id else Runs()
        yield _row(child_id, _class_of(class_id, found, child_id), runs, county_id, now)


def _class_of(class_id: object, found: Histories, child_id: UUID) -> UUID:
    known = class_id or found.children[child_id].stays[-1].class_id
    if not isinstance(known, UUID):
        raise TypeError(f"{known!r} is no class")
    return known


def _row(child_id: UUID, class_id: UUID, runs: Runs, county_id: UUID, now: datetime) -> AbsenceRun:
    return AbsenceRun(
        child_id=child_id,
        county_id=county_id,
        school_class_id=class_id,
        is_open=runs.is_away,
        proved_days=len(runs.proved),
        proved_since=runs.proved.since,
        possible_days=len(runs.possible),
        possible_since=runs.possible.since,
        longest_proved_days=runs.longest_proved,
        last_absent_on=runs.last_absent_on,
        last_called_on=runs.last_called_on,
        computed_at=now,
    )


def _store(rows: Iterable[AbsenceRun]) -> None:
    """In the order of children's keys, so that two writers never wait for each other in a ring."""
    AbsenceRun.objects.bulk_create(
        sorted(rows, key=lambda row: row.pk),
        update_conflicts=True,
        unique_fields=["child"],
        update_fields=[name.removesuffix("_id") for name in COLUMNS] + ["county", "computed_at"],
    )


def _differs(stored: AbsenceRun | None, right: AbsenceRun) -> bool:
    if stored is None or not stored.is_open:
        return right.is_open
    return _said(stored) != _said(right)


def _said(row: AbsenceRun | None) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS} if row else {}


def _candidates(school_id: UUID, county_id: UUID, as_of: date) -> Iterator[UUID]:
    since = looking_back_from(as_of)
    either = Q(child=OuterRef("child")) | Q(child=OuterRef("who"))
    missed = Absence.objects.filter(either, day__gte=since)
    lessons = LessonMark.objects.filter(either, day__gte=since)
    runs = AbsenceRun.objects.filter(child=OuterRef("who"))
    rows = (
        registered_on(as_of)
        .filter(county=county_id, school=school_id)
        .exclude(school_class=None)
        .annotate(who=CHILD)
        .filter(Exists(missed) | Exists(lessons) | Exists(runs))
        .order_by("who")
        .values_list("who", flat=True)
    )
    return iter(list(rows))


def _close_those_who_left(county_id: UUID, report: RunReport, as_of: date, dry_run: bool) -> None:
    """Children who are in no class any more are nobody's absentees; the case goes on elsewhere.

    A row that was merged away answers as the kept child, which has a run of its own.
    """
    there = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=as_of), Q(child=OuterRef("child")), from_on__lte=as_of
    ).exclude(school_class=None)
    merged = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=as_of),
        child__merged_into=OuterRef("child"),
        from_on__lte=as_of,
    ).exclude(school_class=None)
    gone = AbsenceRun.objects.filter(
        Q(child__merged_into__isnull=False) | ~(Exists(there) | Exists(merged)), county=county_id
    )
    report.differences += [
        Difference(row.pk, _said(row), {}) for row in gone.filter(is_open=True).order_by("pk")
    ]
    if not dry_run:
        gone.delete()
        AbsenceRun.objects.filter(county=county_id, is_open=False).delete()
