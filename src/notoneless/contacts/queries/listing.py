"""Lists of contacts: mine, my units'; narrowed, by pages, and as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import ChildPlace
from notoneless.children.queries.units import paths_in_reach
from notoneless.contacts.models import Contact, ContactChild
from notoneless.contacts.queries.lines import ContactLine, lines_of
from notoneless.contacts.queries.shown import TIES, reach_of
from notoneless.rules.contacts.kinds import IN_VAIN, UNREACHED
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Capability

PAGE_ROWS = 50
CHUNK_ROWS = 200
OUTCOMES: Mapping[str, Q] = {
    "reached": Q(is_reached=True),
    "unreached": Q(result__in=[each.value for each in UNREACHED]),
    "in_vain": Q(result__in=[each.value for each in IN_VAIN]),
    "unclosed": Q(closed_at=None),
}


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """What a list is narrowed to; empty fields narrow nothing."""

    is_mine: bool = False
    unit_id: UUID | None = None
    """A school or class."""
    kind: str = ""
    outcome: str = ""
    """One of ``OUTCOMES``."""
    from_on: date | None = None
    to_on: date | None = None
    """Inclusive."""

    def told(self) -> str:
        """The filter for the log of readings."""
        parts = {
            "mine": self.is_mine or None,
            "unit": self.unit_id,
            "kind": self.kind,
            "outcome": self.outcome,
            "from": self.from_on,
            "to": self.to_on,
        }
        return " ".join(f"{key}={value}" for key, value in parts.items() if value not in ("", None))


@dataclass(frozen=True, slots=True)
class ContactList:
    rows: tuple[ContactLine, ...]
    total: int
    page: int
    page_rows: int = PAGE_ROWS


def list_contacts(
    actor: Actor, wanted: ContactFilter, *, on: date, page: int = 1, page_rows: int = PAGE_ROWS
) -> ContactList:
    """One page of contacts about children in reach, newest first; six statements at most.

    ``page`` counts from 1; one beyond the last answers the last.
    """
    fitting = contacts_fitting(actor, wanted, on=on)
    total = fitting.count()
    page = min(max(page, 1), max(1, -(-total // page_rows)))
    start = (page - 1) * page_rows
    rows = _in_order(fitting)[start : start + page_rows]
    return ContactList(tuple(lines_of(rows, actor, on=on)), total, page, page_rows)


def contacts_fitting(actor: Actor, wanted: ContactFilter, *, on: date) -> QuerySet[Contact]:
    """Standing contacts about at least one child in reach, unordered."""
    about = ContactChild.objects.filter(county=actor.county_id)
    paths = reach = reach_of(actor)
    if wanted.unit_id is not None:
        paths = paths_in_reach(actor, wanted.unit_id, on=on, to=_to(actor))
    is_county = wanted.unit_id is None and any(len(ancestors(path)) == 1 for path in reach)
    places = ChildPlace.objects.within(paths, on=on).filter(relation__in=TIES)
    rows = Contact.objects.filter(county=actor.county_id, superseded_at=None)
    if is_county:
        # Nearly every contact is in reach: walk by day and ask the door about each.
        seen = places.filter(child=OuterRef("child"))
        rows = rows.filter(Exists(about.filter(Exists(seen), contact=OuterRef("pk"))))
    else:
        about = about.filter(child__in=places.values("child"))
        rows = rows.filter(pk__in=about.values("contact"))
    if wanted.is_mine:
        rows = rows.filter(Q(by=actor.person_id) | Q(people__person=actor.person_id)).distinct()
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.outcome in OUTCOMES:
        rows = rows.filter(OUTCOMES[wanted.outcome])
    if wanted.from_on:
        rows = rows.filter(happened_on__gte=wanted.from_on)
    if wanted.to_on:
        rows = rows.filter(happened_on__lte=wanted.to_on)
    return rows


def every_line(
    actor: Actor, wanted: ContactFilter, *, on: date, most: int
) -> Iterator[ContactLine]:
    """The lines of a file, newest first, some hundred read at a time, ``most`` at the most."""
    ids = list(
        _in_order(contacts_fitting(actor, wanted, on=on)).values_list("pk", flat=True)[:most]
    )
    for start in range(0, len(ids), CHUNK_ROWS):
        rows = Contact.objects.filter(pk__in=ids[start : start + CHUNK_ROWS])
        yield from lines_of(_in_order(rows), actor, on=on)


def _in_order(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    return rows.select_related("by").order_by("-happened_on", "-hour", "-recorded_at", "-pk")


def _to(actor: Actor) -> Capability:
    can_see = actor.may(Capability.SEE_CONTACTS)
    return Capability.SEE_CONTACTS if can_see else Capability.LOG_CONTACTS
