"""What children of a class need this term, and who of them was not visited yet (R-083, R-085)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.attendance.queries.schools import (
    ClassStanding,
    classes_with_children,
    standing_of_school,
)
from notoneless.contacts.queries.facts import facts_about
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.signs.doors import child_with_signs
from notoneless.flows.signs.gathering import Member, members_of
from notoneless.flows.signs.refusals import NoTerm
from notoneless.flows.signs.terms import must_have_term, term_at
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.rules.calendar import ONE_DAY, NoSuchDay, Period, SchoolCalendar
from notoneless.rules.clocks import due_on
from notoneless.rules.duties.facts import ContactKind
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability
from notoneless.rules.signs.needs import Need, OfficeList, expires_on, is_listed
from notoneless.signs.models import NeedTag
from notoneless.signs.queries.needs import NeedRow, needs_on
from notoneless.signs.services.needs import NewNeed, end_need, write_need

WATCH = "return_watch_days"


@dataclass(frozen=True, slots=True)
class InNeed:
    """One child with what it needs, and when it was last visited this term."""

    member: Member
    needs: tuple[NeedRow, ...]
    visited_on: date | None
    """``None``: not visited this term."""


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """The children of a class with needs, list by list."""

    at: ClassStanding
    term: Period | None
    children: tuple[InNeed, ...]
    lists: dict[OfficeList, tuple[InNeed, ...]]
    """By the office's word, those not visited first."""


def needs_page(actor: Actor, class_id: UUID, *, today: date) -> NeedsPage:
    """The lists by need of a class with each child's last visit; five statements.

    Raises ``Unit.DoesNotExist`` for a class where the actor sees no signs.
    """
    found = classes_with_children(actor, day=today, class_ids=[class_id], to=Capability.SEE_SIGNS)
    if not found:
        raise Unit.DoesNotExist
    at = found[0]
    term = term_at(standing_of_school(at.school_id, county_id=actor.county_id), on=today)
    members = members_of([class_id], county_id=actor.county_id, on=today)
    ids = [member.child_id for member in members]
    standing = needs_on(ids, day=today)
    visits = _visits(list(standing), term, county_id=actor.county_id, until=today)
    children = tuple(
        InNeed(member, tuple(standing[member.child_id]), visits.get(member.child_id))
        for member in members
        if member.child_id in standing
    )
    lists: dict[OfficeList, list[InNeed]] = defaultdict(list)
    for word in OfficeList:
        rows = [c for c in children if is_listed(word, [row.need for row in c.needs])]
        lists[word] = sorted(rows, key=lambda row: row.visited_on or date.min)
    return NeedsPage(at, term, children, {word: tuple(rows) for word, rows in lists.items()})


@transaction.atomic
def name_need(
    actor: Actor, child_id: UUID, need: Need, *, reason: str, today: date, now: datetime
) -> UUID:
    """Say that a child needs something until the term ends; a second time changes nothing.

    One who came back is watched for the days of the plan (``return_watch_days``), and no longer
    than the term. Raises ``Child.DoesNotExist``, ``NotAllowed``, ``NoTerm``.
    """
    here = child_with_signs(actor, child_id, today=today)
    if not any(actor.may(Capability.KEEP_KEY_PUPILS, at=path) for path in here.paths):
        raise NotAllowed(capability=Capability.KEEP_KEY_PUPILS.value)
    if here.at is None:
        raise NoTerm()
    term = must_have_term(here.at.school, on=today)
    policy = here.at.school.policy(today)
    ends = None
    if need is Need.RETURNING:
        ends = _watch_ends(policy, here.at.school.calendar(today).calendar, today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=here.at.class_id)
    row = write_need(
        NewNeed(here.child_id, need, today, expires_on(term, watch_ends=ends), reason.strip()),
        stamp=stamp,
    )
    if need is Need.RETURNING:
        plan_for_children({here.child_id}, today=today, stamp=stamp)
    return row.pk


@transaction.atomic
def drop_need(actor: Actor, need_id: UUID, *, today: date, now: datetime) -> UUID:
    """Take a need away before its time; answers whose it was.

    Raises ``NeedTag.DoesNotExist``, ``Child.DoesNotExist``, ``NotAllowed``.
    """
    row = NeedTag.objects.select_for_update().get(pk=need_id, county=actor.county_id)
    here = child_with_signs(actor, row.child_id, today=today)
    if not any(actor.may(Capability.KEEP_KEY_PUPILS, at=path) for path in here.paths):
        raise NotAllowed(capability=Capability.KEEP_KEY_PUPILS.value)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=here.unit_id)
    end_need(row, on=today, stamp=stamp)
    if row.need == Need.RETURNING:
        plan_for_children({here.child_id}, today=today, stamp=stamp)
    return here.child_id


def _watch_ends(policy: ResolvedPolicy, calendar: SchoolCalendar, today: date) -> date | None:
    """The first day after the watch; ``None`` where no plan names its length."""
    if not policy.is_on(WATCH):
        return None
    length = policy.duration(WATCH)
    try:
        due = due_on(started=today, within=length.length, counted_in=length.unit, calendar=calendar)
    except NoSuchDay:
        return None  # longer than the years that are loaded, so longer than the term
    return due.on + ONE_DAY


def _visits(
    child_ids: list[UUID], term: Period | None, *, county_id: UUID, until: date
) -> dict[UUID, date]:
    if term is None or not child_ids:
        return {}
    said = facts_about(child_ids, county_id=county_id, from_on=term.from_on, until=until)
    found: dict[UUID, date] = {}
    for contact in said.contacts:
        if contact.kind is ContactKind.VISIT and contact.is_reached:
            found[contact.child_id] = max(contact.on, found.get(contact.child_id, date.min))
    return found
