"""Keep an office's volumes (R-298)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import must_at
from notoneless.documents.queries.archive import volume_seen
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.services.archiving import NewItem, NewVolume, file_in, open_volume
from notoneless.flows.documents.refusals import KeeperUnknown
from notoneless.journal.services import Stamp
from notoneless.places.models import Person
from notoneless.rules.roles import Capability


def begin_volume(actor: Actor, new: NewVolume, *, today: date, now: datetime) -> UUID:
    """Open the next volume of a kind at a unit.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``KeeperUnknown``.
    """
    must_at(actor, Capability.WORK_CASES, new.unit_id, on=today)
    if not Person.objects.filter(pk=new.keeper_id, county=actor.county_id).exists():
        raise KeeperUnknown()
    with transaction.atomic():
        return open_volume(new, on=today, stamp=_stamp(actor, now)).pk


def put_in(actor: Actor, volume_id: UUID, item: NewItem, *, today: date, now: datetime) -> None:
    """File a paper that the actor reads, or something else by its title.

    Raises ``Volume.DoesNotExist``, ``Document.DoesNotExist``, ``NotAllowed``, ``FiledTwice``.
    """
    page = volume_seen(actor, volume_id, on=today)
    must_at(actor, Capability.WORK_CASES, page.line.unit_id, on=today)
    if item.document_id is not None:
        papers_seen(actor, on=today).only("pk").get(pk=item.document_id)
    with transaction.atomic():
        file_in(volume_id, item, on=today, stamp=_stamp(actor, now))


def _stamp(actor: Actor, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now)
