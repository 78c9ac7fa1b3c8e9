"""One backup: a .tar that holds the database's dump and a manifest of what it must be.

Sealed columns stay sealed in it and the keys are not in it: keep them apart. The manifest knows
each key's fingerprint, so that a restore can say at once that a key is missing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from notoneless import __version__
from notoneless.jobs.backups.engines import engine
from notoneless.journal.queries import anchor_of, counties
from notoneless.rules.chain import write_anchor

MANIFEST, DUMP = "manifest.json", "database"
CHUNK = 1024 * 1024


class BadBackup(Exception):
    """The file is no backup, is damaged, or does not belong on this machine; says which."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    made_at: str
    engine: str
    size: int
    sha256: str
    """Of the dump."""
    migrations: tuple[str, ...]
    """All that were applied: "cases.0001_tables"."""
    keys: Mapping[str, str]
    """Fingerprint by the key's number, and "index"."""
    anchors: tuple[str, ...]
    """Where each county's journal ended, as the lines that verify-journal takes."""


def make_backup(path: Path, *, now: datetime, today: date) -> Manifest:
    """Write a backup to ``path``, all of it or nothing, while others go on working.

    Raises ``FileExistsError`` when something is there, ``CannotDump``.
    """
    if path.exists():
        raise FileExistsError(path)
    anchors = tuple(write_anchor(anchor_of(c, printed_on=today)) for c in counties())
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        dump = Path(folder) / DUMP
        engine().dump(dump)
        manifest = Manifest(
            version=__version__,
            made_at=now.isoformat(),
            engine=engine().name,
            size=dump.stat().st_size,
            sha256=_sha256(dump),
            migrations=_migrations(),
            keys=_fingerprints(),
            anchors=anchors,
        )
        whole = Path(folder) / "whole"
        with tarfile.open(whole, "w") as tar:
            _add_text(tar, MANIFEST, json.dumps(asdict(manifest), indent=1))
            tar.add(dump, DUMP)
        whole.replace(path)
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, Path]]:
    """The manifest and the dump of a backup that is whole and can live on this machine.

    Raises ``BadBackup``.
    """
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        manifest = _read(path, Path(folder))
        dump = Path(folder) / DUMP
        if dump.stat().st_size != manifest.size or _sha256(dump) != manifest.sha256:
            raise BadBackup(f"{path.name} is damaged: its content is not what its manifest says")
        _must_fit(manifest)
        yield manifest, dump


def _read(path: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(path) as tar:
            for name in (MANIFEST, DUMP):
                tar.extract(name, folder, filter="data")
        said = json.loads((folder / MANIFEST).read_text("utf-8"))
        return Manifest(
            **{
                **said,
                "migrations": tuple(said["migrations"]),
                "anchors": tuple(said["anchors"]),
            }
        )
    except (tarfile.TarError, KeyError, TypeError, ValueError, OSError) as problem:
        raise BadBackup(f"{path} is not a backup that this program made") from problem


def _must_fit(manifest: Manifest) -> None:
    here = engine().name
    if manifest.engine != here:
        raise BadBackup(
            f"the backup is of {manifest.engine}, the settings name {here}: "
            f"set DATABASE_URL to a {manifest.engine} database"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = sorted(set(manifest.migrations) - known)
    if newer:
        raise BadBackup(
            f"the backup was made by a newer program ({manifest.version}; "
            f"this one does not know {newer[0]}): install that version first"
        )
    ours = _fingerprints()
    lost = sorted(n for n, print_ in manifest.keys.items() if ours.get(n) != print_)
    if lost:
        raise BadBackup(
            f"sealed columns would stay shut: key {', '.join(lost)} of the settings is not the one "
            "that the backup was made with; set NOTONELESS_FIELD_KEYS and NOTONELESS_INDEX_KEY "
            "as they were then"
        )


def _migrations() -> tuple[str, ...]:
    loader = MigrationLoader(connection)
    applied = loader.applied_migrations
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def _fingerprints() -> dict[str, str]:
    keys = {str(number): key for number, key in settings.FIELD_KEYS.items()}
    keys["index"] = settings.INDEX_KEY
    return {
        number: hmac.new(key, b"notoneless backup", hashlib.sha256).hexdigest()[:16]
        for number, key in keys.items()
    }


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    data = text.encode()
    member.size = len(data)
    tar.addfile(member, BytesIO(data))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            digest.update(part)
    return digest.hexdigest()
