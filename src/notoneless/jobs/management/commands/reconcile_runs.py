"""Compares who is away with the rolls, for every county or one."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand

from notoneless.attendance.services.checks import keep_check
from notoneless.attendance.services.runs import reconcile_runs
from notoneless.jobs.clock import read_clock
from notoneless.places.queries.units import counties


class Command(BaseCommand):
    help = "Compare the table of who is away with the rolls and put it right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, help="a day; today if left out")
        parser.add_argument("--dry-run", action="store_true", help="only say what differs")
        parser.add_argument("--county", help="six-digit code; every county if left out")

    def handle(self, *args: object, **options: object) -> None:
        now, today = read_clock()
        as_of = options["as_of"]
        day = as_of if isinstance(as_of, date) else today
        for county_id, code, _ in counties():
            if options["county"] in {None, code}:
                report = reconcile_runs(
                    county_id,
                    as_of=day,
                    now=now,
                    dry_run=bool(options["dry_run"]),
                )
                if not options["dry_run"]:
                    keep_check(county_id, report, as_of=day, now=now)
                self.stdout.write(
                    f"{code}: {report.checked} checked, {len(report.differences)} differed"
                )
                for found in report.differences:
                    self.stdout.write(f"  child {found.child_id}: {_words(found.right)}")


def _words(right: object) -> str:
    if not isinstance(right, dict) or not right:
        return "is in no class any more"
    return (
        f"proved {right['proved_days']}, possible {right['possible_days']}"
        f" since {right['possible_since'] or '-'}"
    )
