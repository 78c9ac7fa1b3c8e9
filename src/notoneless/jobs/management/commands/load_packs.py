"""Load the policy packs that come with the product, and a county's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notoneless.jobs.clock import read_clock
from notoneless.journal.services import Stamp
from notoneless.places.queries import county_by_code
from notoneless.policy.refusals import PackTaken
from notoneless.policy.services.packs import (
    ShippedPackChanged,
    load_shipped_packs,
    write_pack,
)
from notoneless.rules.policy.pack import PackError


class Command(BaseCommand):
    help = "Load shipped policy packs, and a county's own from TOML files; again is harmless"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="packs of the county's own")
        parser.add_argument("--county", default="", help="six-digit code, needed with files")

    def handle(self, *args: Any, files: list[Path], county: str, **options: Any) -> None:
        now, _ = read_clock()
        try:
            count = load_shipped_packs(now=now)
        except (PackError, ShippedPackChanged) as wrong:
            raise CommandError(str(wrong)) from wrong
        self.stdout.write(f"shipped packs: {count} new")
        if not files:
            return
        county_id = county_by_code(county)
        if county_id is None:
            raise CommandError(f"no county {county or '(--county is missing)'}")
        stamp = Stamp(county_id=county_id, by=None, now=now)
        for file in files:
            self._load(file, stamp)

    def _load(self, file: Path, stamp: Stamp) -> None:
        try:
            row = write_pack(file.read_text("utf-8"), name=file.name, stamp=stamp)
        except PackError as wrong:
            raise CommandError(str(wrong)) from wrong
        except PackTaken as refused:
            raise CommandError(
                f"{file.name}: {refused.facts['pack']} is there with another text; "
                "give the new text a new id"
            ) from refused
        except (OSError, UnicodeDecodeError) as unreadable:
            raise CommandError(f"{file}: {unreadable}") from unreadable
        self.stdout.write(f"{row.pack_id}: loaded")
