"""Where else the pictures that prove a service were used: other services, and visits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.contacts.models import Contact, Evidence
from notoneless.contacts.queries.lines import lines_of
from notoneless.contacts.queries.timeline import ALIKE, LOOKED_THROUGH
from notoneless.documents.models import ServicePicture
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.queries.papers import PaperPage
from notoneless.rules.contacts.kinds import Proof as ContactProof
from notoneless.rules.documents.serving import Proof
from notoneless.vault.pictures import distance

_LIKE_ANY_OTHER = frozenset({Proof.SIGNATURE, Proof.RECEIPT})
"""Lines on white paper look alike: of these only the very same picture is pointed out."""


@dataclass(frozen=True, slots=True)
class Use:
    """Another use of a picture that the reader may open; it may be right, and proves nothing."""

    is_same: bool
    """The very same file; otherwise one that looks the same: re-coded, cropped, or taken twice."""
    paper: tuple[UUID, str] | None = None
    """Id and number of the paper whose service it proves."""
    contact: tuple[UUID, date] | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    sha256: str
    likeness: str
    subject: UUID
    """The paper or the contact that it proves."""


def used_elsewhere(actor: Actor, page: PaperPage, *, today: date) -> dict[UUID, list[Use]]:
    """For each picture of a paper's services its other uses, as far as the actor may open them.

    Pictures with none are left out. Services that were taken back do not count. One statement
    where there are no pictures, and some ten where there are. Raises nothing.
    """
    own = _own(page)
    if not own:
        return {}
    papers = _of_services(own, page.line.id)
    contacts = _of_contacts(own)
    numbers = _numbers(actor, {each.subject for each in papers}, today=today)
    days = _days(actor, {each.subject for each in contacts}, today=today)
    found = {row.pk: list(_uses(row, papers, contacts, numbers, days)) for row in own}
    return {picture: uses for picture, uses in found.items() if uses}


def _own(page: PaperPage) -> list[ServicePicture]:
    ids = [picture.id for service in page.services for picture in service.pictures]
    return list(ServicePicture.objects.filter(pk__in=ids)) if ids else []


def _near(own: Collection[ServicePicture]) -> Q:
    """Of the same look, or by somebody who added one of these: those are compared one by one."""
    people = {row.added_by_id for row in own if row.added_by_id}
    return (
        Q(sha256__in={row.sha256 for row in own})
        | Q(likeness__in={row.likeness for row in own})
        | Q(added_by__in=people)
    )


def _of_services(own: Collection[ServicePicture], document_id: UUID) -> list[_Seen]:
    rows = ServicePicture.objects.filter(
        _near(own), county=next(iter(own)).county_id, service__ended_at=None
    ).exclude(service__document=document_id)
    columns = rows.order_by("-added_at").values_list("sha256", "likeness", "service__document")
    return [_Seen(*row) for row in columns[:LOOKED_THROUGH]]


def _of_contacts(own: Collection[ServicePicture]) -> list[_Seen]:
    rows = Evidence.objects.filter(_near(own), county=next(iter(own)).county_id)
    rows = rows.exclude(proof=ContactProof.SIGNATURE)
    columns = rows.order_by("-added_at").values_list("sha256", "likeness", "contact")
    return [_Seen(*row) for row in columns[:LOOKED_THROUGH]]


def _numbers(actor: Actor, ids: Collection[UUID], *, today: date) -> dict[UUID, str]:
    rows = papers_seen(actor, on=today).filter(pk__in=ids)
    return dict(rows.values_list("pk", "number_text")) if ids else {}


def _days(actor: Actor, ids: Collection[UUID], *, today: date) -> dict[UUID, date]:
    rows = Contact.objects.filter(pk__in=ids).select_related("by")
    lines = lines_of(rows, actor, on=today) if ids else []
    return {line.id: line.happened_on for line in lines if line.shown.statements}


def _uses(
    row: ServicePicture,
    papers: Iterable[_Seen],
    contacts: Iterable[_Seen],
    numbers: Mapping[UUID, str],
    days: Mapping[UUID, date],
) -> Iterable[Use]:
    for document_id, is_same in _matches(row, papers).items():
        if document_id in numbers:
            yield Use(is_same, paper=(document_id, numbers[document_id]))
    for contact_id, is_same in _matches(row, contacts).items():
        if contact_id in days:
            yield Use(is_same, contact=(contact_id, days[contact_id]))


def _matches(row: ServicePicture, others: Iterable[_Seen]) -> dict[UUID, bool]:
    """What the same or nearly the same picture proves; whether it is the very same file."""
    found: dict[UUID, bool] = {}
    for other in others:
        is_same = other.sha256 == row.sha256
        looks_alike = row.proof not in _LIKE_ANY_OTHER and (
            distance(other.likeness, row.likeness) <= ALIKE
        )
        if is_same or looks_alike:
            found[other.subject] = found.get(other.subject, False) or is_same
    return found
