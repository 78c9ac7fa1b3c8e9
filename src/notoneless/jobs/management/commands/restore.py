"""Put a backup where the settings say, bring it up to date and prove its journal whole."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from notoneless.jobs.backups.archive import BadBackup, opened
from notoneless.jobs.backups.engines import CannotDump, engine


class Command(BaseCommand):
    help = "Restore a backup; stop pages, worker and scheduler first"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="take the place of the database that is there"
        )

    def handle(self, *args: object, path: Path, replace: bool, **options: object) -> None:
        try:
            with opened(path) as (manifest, dump):
                if not replace and not engine().is_empty():
                    raise CommandError(
                        "there is a database already and nothing was changed; stop pages, worker "
                        "and scheduler, then say --replace"
                    )
                engine().load(dump)
        except (BadBackup, CannotDump) as problem:
            raise CommandError(f"nothing was restored: {problem}") from problem
        self.stdout.write(f"restored the backup of {manifest.made_at} ({manifest.version})")
        call_command("migrate", verbosity=0)
        for anchor in manifest.anchors:
            call_command("verify_journal", "--anchor", anchor, stdout=self.stdout)
