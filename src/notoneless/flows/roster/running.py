"""The whole way of a roster on one machine, without pages: the command line's import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from notoneless.access.actor import Actor
from notoneless.children.services.staging import discard_import
from notoneless.flows.roster.applying import apply_import, begin_applying
from notoneless.flows.roster.bringing import bring_files, file_on_disk
from notoneless.flows.roster.reading import read_import
from notoneless.flows.roster.report import tally_of, write_report

SUFFIXES = frozenset({".xls", ".xlsx", ".csv"})


def roster_files(paths: Sequence[Path]) -> list[Path]:
    """The files meant by some paths: a folder stands for the rosters in it, by name.

    Raises ``FileNotFoundError`` for a path that is not there.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
            found += sorted(p for p in inside if not p.name.startswith(("~$", ".")))
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(str(path))
    return found


def import_rosters(
    paths: Sequence[Path],
    *,
    actor: Actor,
    is_trial: bool,
    today: date,
    clock: Callable[[], datetime],
    report_to: Path | None = None,
) -> dict[str, Any]:
    """Read the files and, unless it is a trial, write what was accepted; answers the tally.

    ``report_to`` also gets every finding. A trial leaves nothing in staging. Raises as
    ``bring_files``.
    """
    files = [file_on_disk(path) for path in paths]
    import_id = bring_files(files, actor=actor, today=today, now=clock())
    read_import(import_id, today=today, clock=clock)
    if not is_trial:
        begin_applying(import_id, now=clock())
        apply_import(import_id, today=today, clock=clock)
    if report_to is not None:
        write_report(import_id, report_to)
    tally = tally_of(import_id)
    if is_trial:
        discard_import(import_id, now=clock())
    return tally
