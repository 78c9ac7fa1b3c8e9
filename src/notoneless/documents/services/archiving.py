"""Opens volumes and files papers in them (R-298)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from notoneless.documents.models import Document, Volume, VolumeItem
from notoneless.journal.services import Stamp, record
from notoneless.places.models import Unit
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.refusal import Refusal


class FiledTwice(Refusal):
    """The paper lies in this volume already."""

    code = "DOCUMENT-08"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVolume:
    unit_id: UUID
    kind: ArchiveKind
    year: int
    title: str
    keeper_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """A paper of the register, or with a ``title`` something else."""

    document_id: UUID | None = None
    title: str = ""
    dated_on: date | None = None
    pages: int = 0


@transaction.atomic(savepoint=False)
def open_volume(new: NewVolume, *, on: date, stamp: Stamp) -> Volume:
    """Open the next volume of a kind and year at a unit."""
    # The unit's row keeps two who open at once apart.
    Unit.objects.select_for_update(of=("self",)).get(pk=new.unit_id)
    rows = Volume.objects.filter(unit=new.unit_id, kind=new.kind, year=new.year)
    row = Volume.objects.create(
        county_id=stamp.county_id,
        unit_id=new.unit_id,
        kind=new.kind.value,
        year=new.year,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=new.title,
        keeper_id=new.keeper_id,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    record("volume.opened", row, subject=("volume", row.pk), happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def file_in(volume_id: UUID, item: NewItem, *, on: date, stamp: Stamp) -> VolumeItem:
    """Put a paper at the end of a volume.

    Raises ``Volume.DoesNotExist``, ``Document.DoesNotExist``, ``FiledTwice``.
    """
    volume = (
        Volume.objects.select_for_update(of=("self",))
        .filter(county=stamp.county_id)
        .get(pk=volume_id)
    )
    paper = None
    if item.document_id is not None:
        paper = Document.objects.filter(county=stamp.county_id).get(pk=item.document_id)
        if VolumeItem.objects.filter(volume=volume, document=paper).exists():
            raise FiledTwice(number=paper.number_text)
    last = VolumeItem.objects.filter(volume=volume).aggregate(last=Max("position"))["last"] or 0
    row = VolumeItem.objects.create(
        county_id=stamp.county_id,
        volume=volume,
        position=last + 1,
        document=paper,
        title="" if paper else item.title,
        dated_on=paper.issued_on if paper else item.dated_on,
        pages=paper.pages if paper else item.pages,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    record("volume.filed", row, subject=("volume", volume.pk), happened_on=on, stamp=stamp)
    return row
