"""Write the whole database into one file, while everybody goes on working."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from notoneless.jobs.backups.archive import make_backup
from notoneless.jobs.backups.engines import CannotDump
from notoneless.jobs.clock import read_clock


class Command(BaseCommand):
    help = "Back the database up into one file; keys are not in it, keep them apart"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="a file, or a folder in which to make one")

    def handle(self, *args: object, path: Path, **options: object) -> None:
        now, today = read_clock()
        if path.is_dir():
            path /= f"notoneless-{timezone.localtime(now):%Y%m%d-%H%M%S}.tar"
        try:
            manifest = make_backup(path, now=now, today=today)
        except FileExistsError as problem:
            raise CommandError(f"{path} is there already; nothing was written") from problem
        except (CannotDump, OSError) as problem:
            raise CommandError(f"nothing was written: {problem}") from problem
        self.stdout.write(f"{path}  {manifest.size / 1e6:.1f} MB  sha256 {manifest.sha256}")
        for anchor in manifest.anchors:
            self.stdout.write(f"journal ended at  {anchor}")
        self.stdout.write("the keys are not in it: NOTONELESS_FIELD_KEYS, NOTONELESS_INDEX_KEY")
