"""Found a county on a fresh machine, with its first administrator."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notoneless.flows.counties import CountyThere, NewCounty, found_county
from notoneless.jobs.clock import read_clock


class Command(BaseCommand):
    help = "Found a county and its bureau, and print the first administrator's sign-in once"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="division code, six digits")
        parser.add_argument("name")
        parser.add_argument("bureau", help="name of the education bureau")
        parser.add_argument("administrator", help="name of the first administrator")
        parser.add_argument("--phone", default="")

    def handle(self, *args: object, **options: object) -> None:
        code = str(options["code"])
        if not (code.isdecimal() and len(code) == 6):
            raise CommandError("the code has six digits, for example 539901")
        new = NewCounty(
            code=code,
            name=str(options["name"]),
            bureau=str(options["bureau"]),
            administrator=str(options["administrator"]),
            phone=str(options["phone"]),
        )
        now, today = read_clock()
        try:
            slip = found_county(new, now=now, today=today)
        except CountyThere as refusal:
            raise CommandError(f"a county with the code {code} is there already") from refusal
        self.stdout.write(f"{new.name} is founded. First sign-in, valid for seven days:")
        self.stdout.write(f"  name      {slip.username}")
        self.stdout.write(f"  password  {slip.secret}")
