"""Everything between school and family about one child, and one contact on its own page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.contacts.models import ClassReport, Contact, ContactChild, Evidence, SealedPicture
from notoneless.contacts.queries.lines import ContactLine, lines_of
from notoneless.contacts.queries.shown import shown_of
from notoneless.contacts.services.evidence import COLUMN
from notoneless.rules.contacts.kinds import IN_VAIN, Kind, Proof
from notoneless.vault.pictures import distance
from notoneless.vault.sealing import unseal_bytes

ALIKE = 4
"""Likenesses that differ in no more bits are the same picture, cropped or re-coded."""
LOOKED_THROUGH = 400
"""Pictures of the same writer that are compared one by one."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Contacts with one child, newest first, its attempts numbered from the oldest."""

    lines: tuple[ContactLine, ...]
    total: int
    page: int
    page_rows: int
    attempts: int
    visits_in_vain: int
    """Closed visits that ended in vain (R-099)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One piece of evidence on a contact's page."""

    id: UUID
    proof: Proof
    taken_at: datetime | None
    had_place: bool
    added_by: str
    added_at: datetime
    same_as: tuple[UUID, ...]
    """Other contacts that the same picture was used for."""
    alike: tuple[UUID, ...]
    """Other contacts with a picture that looks the same."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report to the school on a child's timeline."""

    id: UUID
    made_on: date
    hour: str
    by: str
    is_late: bool
    received_at: datetime | None


def timeline_of(
    actor: Actor, child_id: UUID, *, on: date, page: int = 1, page_rows: int = 50
) -> Timeline:
    """One page of a child's contacts, newest first; six statements.

    Raises ``Child.DoesNotExist`` for a child whom the actor may not see.
    """
    must_be_shown(actor, child_id, on=on)
    whom = Child.objects.filter(Q(pk=child_id) | Q(merged_into=child_id)).values("pk")
    about = ContactChild.objects.filter(child__in=whom, county=actor.county_id)
    order = (
        Contact.objects.filter(pk__in=about.values("contact"), superseded_at=None)
        .order_by("happened_on", "hour", "noted_at", "pk")
        .values_list("pk", "kind", "result", "closed_at")
    )
    every = list(order)
    numbers = _numbered(every)
    page = min(max(page, 1), max(1, -(-len(every) // page_rows)))
    newest = [pk for pk, *_ in reversed(every)][(page - 1) * page_rows : page * page_rows]
    rows = {row.pk: row for row in Contact.objects.filter(pk__in=newest).select_related("by")}
    lines = lines_of([rows[pk] for pk in newest], actor, on=on)
    return Timeline(
        tuple(replace(line, attempt=numbers.get(line.id)) for line in lines),
        len(every),
        page,
        page_rows,
        len(numbers),
        sum(
            kind == Kind.VISIT and result in IN_VAIN and closed_at is not None
            for _, kind, result, closed_at in every
        ),
    )


def reports_about(actor: Actor, child_id: UUID, *, on: date) -> list[ReportLine]:
    """Reports of class teachers about a child in reach, newest first; two statements.

    Raises ``Child.DoesNotExist``.
    """
    must_be_shown(actor, child_id, on=on)
    whom = Child.objects.filter(Q(pk=child_id) | Q(merged_into=child_id)).values("pk")
    rows = ClassReport.objects.filter(child__in=whom, county=actor.county_id)
    return [
        ReportLine(
            row.pk,
            row.made_on,
            row.hour,
            row.by.name if row.by else "",
            row.is_late,
            row.receipt.at if hasattr(row, "receipt") else None,
        )
        for row in rows.select_related("by", "receipt").order_by("-made_on", "-pk")
    ]


def contact_seen(actor: Actor, contact_id: UUID, *, on: date) -> ContactLine:
    """One contact, whatever became of it; four statements. Raises ``Contact.DoesNotExist``."""
    row = Contact.objects.select_related("by").get(pk=contact_id, county=actor.county_id)
    found = lines_of([row], actor, on=on)
    if not found:
        raise Contact.DoesNotExist
    return found[0]


def versions_of(actor: Actor, origin: UUID, *, on: date) -> list[ContactLine]:
    """All versions of a contact, newest first; four statements."""
    rows = Contact.objects.filter(origin=origin, county=actor.county_id).select_related("by")
    return lines_of(rows.order_by("-recorded_at", "-pk"), actor, on=on)


def visits_before(line: ContactLine) -> int:
    """Which visit of its child this is, counted from the oldest; one statement."""
    if not line.children:
        return 1
    about = ContactChild.objects.filter(child=line.children[0].id).values("contact")
    earlier = Contact.objects.filter(
        Q(happened_on__lt=line.happened_on)
        | Q(happened_on=line.happened_on, noted_at__lt=line.noted_at),
        pk__in=about,
        kind=Kind.VISIT,
        superseded_at=None,
    )
    return earlier.count() + 1


def pictures_of(line: ContactLine, *, county_id: UUID) -> list[Picture]:
    """The pictures of a contact and its earlier versions, each with where else it was used.

    For a contact that the caller was let see. Three statements.
    """
    rows = list(
        Evidence.objects.filter(contact__origin=line.origin)
        .select_related("added_by")
        .order_by("added_at", "pk")
    )
    if not rows:
        return []
    same = list(
        Evidence.objects.filter(county=county_id, sha256__in={row.sha256 for row in rows})
        .exclude(contact__origin=line.origin)
        .values_list("sha256", "contact")
    )
    near = list(
        Evidence.objects.filter(
            Q(likeness__in={row.likeness for row in rows})
            | Q(added_by__in={row.added_by_id for row in rows if row.added_by_id}),
            county=county_id,
        )
        .exclude(contact__origin=line.origin)
        .exclude(proof=Proof.SIGNATURE)
        .order_by("-added_at")
        .values_list("likeness", "contact")[:LOOKED_THROUGH]
    )
    return [_picture(row, same, near) for row in rows]


def open_picture(actor: Actor, evidence_id: UUID, *, on: date) -> tuple[bytes, str, UUID]:
    """The bytes of a picture, what they are, and the child to note the reading for.

    Raises ``Evidence.DoesNotExist`` for one whose contact the reader is not shown statements of.
    """
    row = Evidence.objects.select_related("contact__by").get(pk=evidence_id, county=actor.county_id)
    found = lines_of([row.contact], actor, on=on)
    if not found or not found[0].shown.statements:
        raise Evidence.DoesNotExist
    picture = SealedPicture.objects.get(evidence=row)
    data = unseal_bytes(bytes(picture.sealed), column=f"{COLUMN}.{row.pk}")
    return data, picture.kind, found[0].children[0].id


def must_be_shown(actor: Actor, child_id: UUID, *, on: date) -> None:
    """Raise ``Child.DoesNotExist`` unless contacts about the child show to the actor."""
    if child_id not in shown_of(actor, [child_id], on=on):
        raise Child.DoesNotExist


def _numbered(every: Iterable[Sequence[object]]) -> dict[UUID, int]:
    numbers: dict[UUID, int] = {}
    for pk, kind, _, closed_at in every:
        if kind != Kind.MEETING and closed_at is not None and isinstance(pk, UUID):
            numbers[pk] = len(numbers) + 1
    return numbers


def _picture(
    row: Evidence, same: Sequence[tuple[str, UUID]], near: Sequence[tuple[str, UUID]]
) -> Picture:
    used = {contact for sha256, contact in same if sha256 == row.sha256}
    is_drawn = row.proof == Proof.SIGNATURE
    alike = (
        set()
        if is_drawn
        else {contact for likeness, contact in near if distance(likeness, row.likeness) <= ALIKE}
    )
    return Picture(
        row.pk,
        Proof(row.proof),
        row.taken_at,
        row.had_place,
        row.added_by.name if row.added_by else "",
        row.added_at,
        tuple(sorted(used, key=str)),
        tuple(sorted(alike - used, key=str)),
    )
