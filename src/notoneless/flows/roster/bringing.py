"""A person brings roster files: who may, for which schools, and where the bytes wait."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor
from notoneless.children.services.staging import BroughtFile, open_import
from notoneless.journal.services import Stamp
from notoneless.places.models import UnitPlace
from notoneless.rules.paths import below
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind, school_year_of

MOST_FILES = 100
"""In one import; Django itself takes no more in one form."""


class NoFiles(Refusal):
    """Nothing was chosen."""

    code = "ROSTER-02"


class TooManyFiles(Refusal):
    code = "ROSTER-03"


class UploadTooLarge(Refusal):
    code = "ROSTER-04"


class Upload(Protocol):
    """A file as a form hands it over."""

    name: str | None
    size: int | None

    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]: ...


def bring_uploads(uploads: Sequence[Upload], *, actor: Actor, today: date, now: datetime) -> UUID:
    """Keep the files of a form and note the import; answers its key. Nothing is read yet.

    Raises ``NotAllowed``, ``NoFiles``, ``TooManyFiles``, ``UploadTooLarge``.
    """
    actor.must(Capability.IMPORT_ROSTERS)
    if not uploads:
        raise NoFiles()
    if len(uploads) > MOST_FILES:
        raise TooManyFiles(count=len(uploads), most=MOST_FILES)
    limit = settings.ROSTER_UPLOAD_LIMIT_BYTES
    for upload in uploads:
        if (upload.size or 0) > limit:
            raise UploadTooLarge(name=upload.name, limit_mb=limit // (1024 * 1024))
    folder = settings.DATA_DIR / "rosters" / uuid7().hex
    folder.mkdir(parents=True, mode=0o700)
    files = [_keep(upload, folder / f"{n:03}") for n, upload in enumerate(uploads, start=1)]
    return bring_files(files, actor=actor, today=today, now=now)


def bring_files(files: Sequence[BroughtFile], *, actor: Actor, today: date, now: datetime) -> UUID:
    """Note an import of files that lie on this machine. Raises ``NotAllowed``, ``NoFiles``."""
    actor.must(Capability.IMPORT_ROSTERS)
    if not files:
        raise NoFiles()
    unit_id = unit_of_importer(actor)
    stamp = Stamp(county_id=actor.county_id, by=actor.person_id, now=now, unit_id=unit_id)
    return open_import(
        files,
        school_year=school_year_of(today),
        unit_id=unit_id,
        allowed_schools=schools_allowed(actor, on=today),
        stamp=stamp,
    ).pk


def file_on_disk(path: Path) -> BroughtFile:
    """A file that stays where it is; it is read once for its fingerprint."""
    fingerprint = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            fingerprint.update(chunk)
    return BroughtFile(path.name, str(path.resolve()), fingerprint.hexdigest(), is_ours=False)


def _keep(upload: Upload, path: Path) -> BroughtFile:
    fingerprint = hashlib.sha256()
    with path.open("wb") as file:
        path.chmod(0o600)
        for chunk in upload.chunks():
            fingerprint.update(chunk)
            file.write(chunk)
    name = PurePath((upload.name or "roster").replace("\\", "/")).name
    return BroughtFile(name, str(path), fingerprint.hexdigest())


def unit_of_importer(actor: Actor) -> UUID:
    """The unit on whose behalf the actor imports: the one that reaches furthest."""
    holdings = [h for h in actor.holdings if Capability.IMPORT_ROSTERS in h.capabilities]
    return min(holdings, key=lambda h: (h.path.count("."), h.path)).unit_id


def schools_allowed(actor: Actor, *, on: date) -> list[str] | None:
    """Codes of the schools whose rows the actor may bring; ``None`` for the whole county."""
    standing = Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gt=on))
    ranges, tops = Q(pk__in=[]), actor.reach(Capability.IMPORT_ROSTERS)
    for path in tops:
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    rows = UnitPlace.objects.filter(standing, ranges, unit__county=actor.county_id)
    if rows.filter(unit__kind__in=[UnitKind.COUNTY, UnitKind.BUREAU]).exists():
        return None
    codes = rows.filter(unit__kind__in=SCHOOLS).values_list("unit__code", flat=True)
    return sorted(set(codes) - {""})
