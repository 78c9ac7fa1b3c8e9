"""Make the sample county, once."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notoneless.flows.sample.county import found_sample_county
from notoneless.flows.sample.living import bring_to_life
from notoneless.jobs.clock import read_clock


class Command(BaseCommand):
    help = "Found the sample county 青禾县 with invented places, people and four weeks at a school"

    def handle(self, *args: object, **options: object) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("the sample county is never made in production")
        now, today = read_clock()
        bring_to_life(found_sample_county(now=now, today=today), now=now, today=today)
        self.stdout.write("青禾县 is there")
