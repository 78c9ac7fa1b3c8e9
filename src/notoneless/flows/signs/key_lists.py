"""The class's list of key pupils: drafted, closed, changed as a new version; and their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import (
    ClassStanding,
    classes_with_children,
    standing_of_school,
)
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.signs.doors import child_with_signs
from notoneless.flows.signs.gathering import Member, members_of
from notoneless.flows.signs.refusals import (
    IdUsedTwice,
    ListChanged,
    ListNeedsReason,
    NothingSaid,
    NothingToClose,
    NotOfThisClass,
    NotOnTheList,
    PupilWithoutCriterion,
)
from notoneless.flows.signs.terms import must_have_term
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.rules.calendar import Period
from notoneless.rules.roles import Capability
from notoneless.rules.signs.key_list import Band, Criterion, Verdict, band_of, verdict
from notoneless.signs.models import KeyFileEntry, KeyList
from notoneless.signs.queries.key_lists import ListRow, is_key_pupil, lists_of
from notoneless.signs.services.key_lists import (
    NewEntry,
    NewPupil,
    close_draft,
    draft_of,
    put_on,
    take_off,
    write_entry,
)


@dataclass(frozen=True, slots=True)
class KeyPage:
    """The list of a class in a term, and whom it could name."""

    at: ClassStanding
    term: Period
    band: Band | None
    members: tuple[Member, ...]
    lists: tuple[ListRow, ...]
    """Newest version first."""
    may_change: bool

    @property
    def draft(self) -> ListRow | None:
        return next((row for row in self.lists if not row.is_closed), None)

    @property
    def standing(self) -> ListRow | None:
        return next((row for row in self.lists if row.is_standing), None)


def key_page(actor: Actor, class_id: UUID, *, today: date) -> KeyPage:
    """The key-pupil list of a class; five statements.

    Raises ``Unit.DoesNotExist`` for a class where the actor sees no signs, ``NoTerm``.
    """
    at, school = _class(actor, class_id, today=today)
    term = must_have_term(school, on=today)
    return KeyPage(
        at=at,
        term=term,
        band=band_of(at.enrolled, school.policy(today)),
        members=tuple(members_of([class_id], county_id=actor.county_id, on=today)),
        lists=tuple(lists_of(class_id, term_from=term.from_on)),
        may_change=any(actor.may(Capability.KEEP_KEY_PUPILS, at=path) for path in at.paths),
    )


@transaction.atomic
def name_pupil(actor: Actor, class_id: UUID, new: NewPupil, *, today: date, now: datetime) -> None:
    """Put a child on the draft with the criteria it meets and what shows them (R-077).

    A closed list is left as it is: the change begins a new version. Raises
    ``Unit.DoesNotExist``, ``NotAllowed``, ``NotOfThisClass``, ``PupilWithoutCriterion``.
    """
    at, school = _to_change(actor, class_id, today=today)
    if not new.criteria or not set(new.criteria) <= set(Criterion) or not new.evidence.strip():
        raise PupilWithoutCriterion()
    members = members_of([class_id], county_id=actor.county_id, on=today)
    if new.child_id not in {member.child_id for member in members}:
        raise NotOfThisClass()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.id)
    draft = draft_of(class_id, must_have_term(school, on=today), stamp=stamp)
    put_on(draft, NewPupil(new.child_id, new.criteria, new.evidence.strip()))


@transaction.atomic
def strike_pupil(
    actor: Actor, class_id: UUID, child_id: UUID, *, today: date, now: datetime
) -> None:
    """Take a child off the draft; of a closed list a new version begins without it."""
    at, school = _to_change(actor, class_id, today=today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.id)
    take_off(draft_of(class_id, must_have_term(school, on=today), stamp=stamp), child_id)


@transaction.atomic
def close_list(
    actor: Actor,
    class_id: UUID,
    *,
    version: int,
    reason: str,
    today: date,
    now: datetime,
) -> None:
    """Close the draft ``version``: it stands, frozen, until a newer version is closed.

    Outside the plan's band, or with nobody on it, one written reason is asked for and always
    enough. Closing the same version twice is once. Duties of key pupils are planned at once.
    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``ListNeedsReason``, ``NothingToClose``,
    ``ListChanged``. Source: R-077, S1-25.
    """
    at, school = _to_change(actor, class_id, today=today)
    term = must_have_term(school, on=today)
    rows = KeyList.objects.select_for_update().filter(school_class=class_id, term_from=term.from_on)
    newest = rows.order_by("-version").first()
    if newest is not None and newest.closed_at is not None:
        if newest.version == version:
            return
        raise NothingToClose()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.id)
    draft = newest or draft_of(class_id, term, stamp=stamp)
    if draft.version != version:
        raise ListChanged()
    pupils = list(draft.pupils.values_list("child", flat=True))
    band = band_of(at.enrolled, school.policy(today))
    if verdict(len(pupils), band, reason=reason) is Verdict.NEEDS_REASON:
        least, most = (band.least, band.most) if band else (0, 0)
        raise ListNeedsReason(count=len(pupils), least=least, most=most, size=at.enrolled)
    before = rows.filter(closed_at__isnull=False, superseded_at=None).first()
    was_on = list(before.pupils.values_list("child", flat=True)) if before else []
    close_draft(draft, size=at.enrolled, band=band, reason=reason.strip(), on=today, stamp=stamp)
    if pupils or was_on:
        plan_for_children({*pupils, *was_on}, today=today, stamp=stamp)


@transaction.atomic
def write_in_file(actor: Actor, new: NewEntry, *, today: date, now: datetime) -> UUID:
    """Write an entry of a key pupil's file (R-078); the same id twice is once.

    ``new.term_from`` is filled in here. Raises ``Child.DoesNotExist``, ``NotOnTheList``,
    ``NothingSaid``, ``NoTerm``, ``IdUsedTwice``.
    """
    here = child_with_signs(actor, new.child_id, today=today)
    known = KeyFileEntry.objects.filter(pk=new.id).first()
    if known is not None:
        if known.by_id != actor.person_id or known.child_id != here.child_id:
            raise IdUsedTwice()
        return known.pk
    if not new.text.strip():
        raise NothingSaid()
    if here.school is None or not is_key_pupil(here.child_id, on=today):
        raise NotOnTheList()
    term = must_have_term(here.school, on=today)
    entry = NewEntry(new.id, here.child_id, term.from_on, new.part, today, new.text.strip())
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=here.unit_id)
    return write_entry(entry, stamp=stamp).pk


def _to_change(
    actor: Actor, class_id: UUID, *, today: date
) -> tuple[ClassStanding, SchoolStanding]:
    at, school = _class(actor, class_id, today=today)
    actor.must(Capability.KEEP_KEY_PUPILS, at=at.paths)
    return at, school


def _class(actor: Actor, class_id: UUID, *, today: date) -> tuple[ClassStanding, SchoolStanding]:
    found = classes_with_children(actor, day=today, class_ids=[class_id], to=Capability.SEE_SIGNS)
    if not found:
        raise Unit.DoesNotExist
    return found[0], standing_of_school(found[0].school_id, county_id=actor.county_id)
