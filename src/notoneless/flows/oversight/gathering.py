"""Read the records that the checks look at: set-wise for one unit, some fifteen statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case as DbCase
from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, LessonMark, Roll
from notoneless.cases.models import Case, SubCase
from notoneless.cases.queries.doors import cases_seen
from notoneless.children.models import Enrolment
from notoneless.contacts.models import ClassReport, Contact, Evidence
from notoneless.contacts.queries.timeline import ALIKE
from notoneless.duties.models import Duty
from notoneless.places.models import Post, UnitPlace
from notoneless.places.queries.units import paths_of, standing, unit_ids_below
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.attendance.sessions import DAY, HALVES, RollState
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult
from notoneless.rules.contacts.kinds import Kind, Proof
from notoneless.rules.duties.kinds import DutyState
from notoneless.rules.faults.integrity import (
    Check,
    Headcount,
    LateDuty,
    Noted,
    Picture,
    Pointed,
    Proposal,
    Report,
    Unseen,
    early_rolls,
    late_notes,
    late_reports,
    missed_duties,
    pictures_twice,
    present_unseen,
    since,
    wrong_headcounts,
)
from notoneless.rules.faults.kinds import LinkKind
from notoneless.rules.roles import Role
from notoneless.vault.pictures import distance

Units = QuerySet[UnitPlace, UUID]
MOST_COUNTED_DAYS = 21
"""Calendar days in which rolls are compared with the records; each costs a count."""
WHOLE_CLASS = (DAY, *HALVES)
ABOUT_STAFF = (SubCaseKind.TEACHER, SubCaseKind.CADRE)
FOUND_TRUE = (SubCaseResult.FOUNDED, SubCaseResult.PARTLY)
_ANSWERS = DbCase(
    When(kind=SubCaseKind.CADRE, then=Coalesce("case__township", "case__school")),
    default="case__school",
)
"""``answering_unit`` in the database."""


def gathered(actor: Actor, unit_id: UUID, *, today: date) -> list[Proposal]:
    """What the checks make of the records at and below a unit, by the bounds of its plan; whether
    the actor may see each is asked by the caller."""
    units = unit_ids_below(paths_of(unit_id, on=today), on=today)
    plan = policy_for(unit_id, on=today)
    begin, county = since(plan, today), actor.county_id
    rolls = _rolls(units, county, begin)
    contacts = _contacts(unit_id, units, county, begin, today)
    return [
        *missed_duties(_duties(units, county, begin, today), policy=plan, today=today),
        *late_reports(_reports(units, county, begin)),
        *late_notes(contacts, Check.CONTACT_LATE, policy=plan),
        *late_notes(rolls, Check.ROLL_LATE, policy=plan),
        *early_rolls(rolls, policy=plan),
        *_pictures(unit_id, units, county, begin, today),
        *present_unseen(_unseen(units, county, begin), policy=plan),
        *wrong_headcounts(_headcounts(units, county, begin, today), policy=plan),
        *_subcases(actor, units, begin, today),
    ]


def _duties(units: Units, county: UUID, begin: date, today: date) -> Iterator[LateDuty]:
    held = Post.objects.filter(
        standing(today),
        unit=OuterRef("bearer_unit"),
        role=OuterRef("bearer_role"),
        person__isnull=False,
    )
    rows = Duty.objects.filter(
        county=county,
        bearer_unit__in=units,
        state__in=[DutyState.OPEN, DutyState.DONE],
        late_since__gte=begin,
    ).annotate(is_held=Exists(held))
    columns = ("pk", "bearer_unit", "bearer_role", "late_since", "done_on", "is_due_provisional")
    for pk, unit, role, late, done, provisional, is_held in rows.values_list(*columns, "is_held"):
        yield LateDuty(pk, unit, Role(role), late, done, provisional, is_held)


def _reports(units: Units, county: UUID, begin: date) -> Iterator[Report]:
    rows = ClassReport.objects.filter(
        county=county, school_class__in=units, made_on__gte=begin, is_late=True
    )
    columns = ("pk", "school_class", "made_on", "due_on", "is_late", "by")
    return (Report(*row) for row in rows.values_list(*columns))


def _rolls(units: Units, county: UUID, begin: date) -> list[Noted]:
    rows = Roll.objects.filter(
        county=county, school_class__in=units, day__gte=begin, is_standing=True
    )
    columns = ("pk", "school_class", "day", "noted_at", "taken_by", "based_on")
    found = []
    for pk, unit, day, noted_at, by, based_on in rows.values_list(*columns):
        at = timezone.localtime(noted_at)
        found.append(Noted(pk, unit, day, at.date(), at.time(), by, based_on is not None))
    return found


def _contacts(
    unit_id: UUID, units: Units, county: UUID, begin: date, today: date
) -> Iterator[Noted]:
    rows = Contact.objects.filter(
        county=county, by__in=_staff(units, today), happened_on__gte=begin, superseded_at=None
    )
    columns = ("pk", "happened_on", "noted_at", "by", "supersedes")
    for pk, on, noted_at, by, supersedes in rows.values_list(*columns):
        at = timezone.localtime(noted_at)
        yield Noted(pk, unit_id, on, at.date(), at.time(), by, supersedes is not None)


def _pictures(
    unit_id: UUID, units: Units, county: UUID, begin: date, today: date
) -> list[Proposal]:
    """Pictures of visits that people of the unit made lately, beside all of the county's that are
    the same file or of the same second; two statements."""
    visits = (
        Evidence.objects.filter(
            county=county, contact__kind=Kind.VISIT, contact__superseded_at=None
        )
        .exclude(proof=Proof.SIGNATURE)
        .order_by("added_at", "pk")
    )
    own = list(
        visits.filter(
            contact__by__in=_staff(units, today), contact__happened_on__gte=begin
        ).values_list(*_PICTURE)
    )
    if not own:
        return []
    same = Q(sha256__in={row[4] for row in own})
    taken = {row[6] for row in own if row[6] is not None}
    others = visits.filter(same | Q(taken_at__in=taken)).values_list(*_PICTURE)
    rows = {row[0]: row for row in (*own, *others)}
    pictures = [
        Picture(contact, origin, unit_id, on, by, sha256, likeness, taken_at)
        for _, contact, origin, on, sha256, likeness, taken_at, by in rows.values()
    ]
    mine = {row[1] for row in own}
    found = pictures_twice(pictures, same_look=_near(pictures))
    return [each for each in found if any(p.id in mine for p in each.pointed)]


_PICTURE = (
    "pk",
    "contact",
    "contact__origin",
    "contact__happened_on",
    "sha256",
    "likeness",
    "taken_at",
    "contact__by",
)


def _near(pictures: Iterable[Picture]) -> set[tuple[str, str]]:
    """Pairs of looks that are near enough, among those of one second."""
    by_moment = defaultdict(set)
    for row in pictures:
        if row.taken_at is not None:
            by_moment[row.taken_at].add(row.likeness)
    return {(a, b) for looks in by_moment.values() for a in looks for b in looks if _is_near(a, b)}


def _is_near(first: str, second: str) -> bool:
    return distance(first, second) <= ALIKE


def _unseen(units: Units, county: UUID, begin: date) -> list[Unseen]:
    """Lessons that missed a child on days when the roll has it; three statements."""
    marks = list(
        LessonMark.objects.filter(
            county=county, school_class__in=units, day__gte=begin, withdrawn_at=None
        ).values_list("pk", "child", "school_class", "day", "lesson", "by")
    )
    if not marks:
        return []
    days = {mark[3] for mark in marks}
    rolls: dict[tuple[UUID, date], tuple[UUID, UUID | None]] = {}
    called = Roll.objects.filter(
        county=county,
        school_class__in={mark[2] for mark in marks},
        day__in=days,
        session__in=WHOLE_CLASS,
        state=RollState.HELD,
        is_standing=True,
    ).order_by("session", "pk")
    for pk, unit, day, by in called.values_list("pk", "school_class", "day", "taken_by"):
        rolls.setdefault((unit, day), (pk, by))
    away = set(
        Absence.objects.filter(
            county=county,
            child__in={mark[1] for mark in marks},
            day__in=days,
            roll__is_standing=True,
        ).values_list("child", "day")
    )
    found = []
    for pk, child, unit, day, lesson, by in marks:
        roll = rolls.get((unit, day))
        if roll is not None and (child, day) not in away:
            found.append(Unseen(pk, child, unit, day, lesson, *roll, by == roll[1]))
    return found


def _headcounts(units: Units, county: UUID, begin: date, today: date) -> list[Headcount]:
    """Rolls of the last weeks that counted other children than the records do now."""
    spells = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=OuterRef("day")),
        county=county,
        school_class=OuterRef("school_class"),
        from_on__lte=OuterRef("day"),
    )
    kept = _count(spells.filter(child__merged_into=None))
    merged = _count(spells.exclude(child__merged_into=None))
    rows = Roll.objects.filter(
        county=county,
        school_class__in=units,
        day__gte=max(begin, today - timedelta(days=MOST_COUNTED_DAYS - 1)),
        session__in=WHOLE_CLASS,
        state=RollState.HELD,
        is_standing=True,
    ).annotate(kept=kept, merged=merged)
    rows = rows.exclude(enrolled_count=F("kept")).order_by("day", "session", "pk")
    columns = ("pk", "school_class", "day", "enrolled_count", "kept", "merged")
    return [Headcount(*row) for row in rows.values_list(*columns)]


def _count(rows: QuerySet[Enrolment]) -> Coalesce:
    number = rows.order_by().values("school_class").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _subcases(actor: Actor, units: Units, begin: date, today: date) -> list[Proposal]:
    """Sub-cases about a teacher or a cadre that were found to be true, of cases that the actor
    may see; one statement."""
    rows = SubCase.objects.filter(
        county=actor.county_id,
        case__in=cases_seen(actor, on=today).values("pk"),
        kind__in=ABOUT_STAFF,
        result__in=FOUND_TRUE,
        settled_on__gte=begin,
    ).annotate(at=_ANSWERS)
    columns = ("pk", "case", "at", "settled_on")
    return [
        Proposal(
            Check.SUBCASE,
            subcase_key(pk),
            on,
            at,
            (Pointed(LinkKind.CASE, case, on),),
        )
        for pk, case, at, on in rows.filter(at__in=units).values_list(*columns)
    ]


def subcase_key(subcase_id: UUID) -> str:
    """The pointer of the proposal that a sub-case makes."""
    return f"{Check.SUBCASE.value}:{subcase_id.hex}"


def answering_unit(kind: SubCaseKind, case: Case) -> UUID:
    """Where such a sub-case is raised: staff of a school there, a cadre at the township."""
    is_cadre = kind is SubCaseKind.CADRE
    return case.township_id or case.school_id if is_cadre else case.school_id


def _staff(units: Units, today: date) -> QuerySet[Post, UUID | None]:
    rows = Post.objects.filter(standing(today), unit__in=units, person__isnull=False)
    return rows.values_list("person", flat=True)
