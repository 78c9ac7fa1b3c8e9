"""Load the days off and make-up workdays that the packages know, into every county."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser

from notoneless.flows.official_days import load_official_days
from notoneless.jobs.clock import read_clock
from notoneless.journal.services import Stamp
from notoneless.places.queries import counties
from notoneless.rules.official import OfficialKind

FIRST_YEAR = 2024


class Command(BaseCommand):
    help = "Load official days off from the packages; a year without a notice is provisional"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from-year", type=int, default=FIRST_YEAR)
        parser.add_argument("--to-year", type=int, help="inclusive; next year when left out")

    def handle(self, *args: object, **options: int | None) -> None:
        now, today = read_clock()
        years = range(
            options["from_year"] or FIRST_YEAR, (options["to_year"] or today.year + 1) + 1
        )
        for county_id, _code, name in counties():
            stamp = Stamp(county_id=county_id, by=None, now=now)
            for notice in load_official_days(years, stamp=stamp):
                off = sum(day.kind is OfficialKind.OFF for day in notice.days.values())
                made_up = len(notice.days) - off
                note = "provisional" if notice.is_provisional else "as published"
                self.stdout.write(
                    f"{name} {notice.year}: {off} days off, {made_up} make-up days, {note}"
                )
