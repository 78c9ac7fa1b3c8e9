"""Keeps imports moving: begun in the background, taken up after a crash, tried again, given up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models.roster import ImportStatus
from notoneless.children.services.staging import (
    discard_import,
    forget_contents,
    set_status,
    stalled_imports,
)
from notoneless.flows.roster.applying import NotReady, apply_import, begin_applying
from notoneless.flows.roster.reading import read_import
from notoneless.flows.roster.viewing import imports_seen

Clock = Callable[[], datetime]
STALLED_AFTER = timedelta(minutes=10)
"""A run reports with every 500 rows; opening a very long workbook is silent for some minutes."""
KEPT_FOR = timedelta(days=60)
"""How long a finished import still shows whom its rows named."""


def move_import(import_id: UUID, *, today: date, clock: Clock) -> None:
    """Do whatever an import waits for; a crash marks it failed and goes on up.

    Twice is the same as once: reading and applying each continue where they stopped.
    """
    try:
        read_import(import_id, today=today, clock=clock)
        apply_import(import_id, today=today, clock=clock)
    except Exception:
        was = [ImportStatus.UPLOADED, ImportStatus.READING, ImportStatus.APPLYING]
        set_status(import_id, ImportStatus.FAILED, was=was, now=clock())
        raise


def stalled(*, now: datetime) -> list[UUID]:
    """Imports whose run was killed."""
    return [import_id for import_id, _ in stalled_imports(before=now - STALLED_AFTER)]


def forget_old(*, now: datetime) -> int:
    """Empty the staged rows of imports that were finished long ago; answers how many."""
    total = 0
    while emptied := forget_contents(before=now - KEPT_FOR):
        total += emptied
    return total


def let_apply(import_id: UUID, *, actor: Actor, today: date, now: datetime) -> None:
    """The person has looked at the preview and wants it written.

    Raises ``RosterImport.DoesNotExist``, ``NotReady`` for the second of two presses.
    """
    imports_seen(actor, on=today).get(pk=import_id)
    begin_applying(import_id, now=now)


def try_again(import_id: UUID, *, actor: Actor, today: date, now: datetime) -> None:
    """Take up a failed import where it failed.

    Raises ``RosterImport.DoesNotExist``, ``NotReady``.
    """
    row = imports_seen(actor, on=today).get(pk=import_id)
    # Counts are written once everything is read: with them, writing is what failed.
    next_status = ImportStatus.APPLYING if row.counts else ImportStatus.READING
    if not set_status(import_id, next_status, was=[ImportStatus.FAILED], now=now):
        raise NotReady()


def cancel(import_id: UUID, *, actor: Actor, today: date, now: datetime) -> None:
    """Give an import up before anything was written; its rows and files are thrown away.

    Raises ``RosterImport.DoesNotExist``, ``NotReady`` once writing has begun.
    """
    row = imports_seen(actor, on=today).get(pk=import_id)
    if row.status not in (ImportStatus.READY, ImportStatus.FAILED) or row.rows_applied:
        raise NotReady()
    for file in row.files.exclude(location="").filter(is_ours=True):
        path = Path(file.location)
        path.unlink(missing_ok=True)
        if path.parent.is_dir() and not any(path.parent.iterdir()):
            shutil.rmtree(path.parent)
    discard_import(import_id, now=now)
