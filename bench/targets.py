"""Targets of a county: the board of county, township and school, with and without its past."""

from __future__ import annotations

import os
import sys
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
import time_machine  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from bench.cases import fill_cases  # noqa: E402
from bench.county import NOW, fill_county  # noqa: E402
from bench.measures import know_tables, measure_page  # noqa: E402
from bench.numbers import CHILDREN, MOVED, OPEN_CASES, move_some  # noqa: E402
from notoneless.cases.models import Case  # noqa: E402
from notoneless.config.wsgi import settle  # noqa: E402
from notoneless.places.models import Unit  # noqa: E402
from notoneless.rules.cases.kinds import State  # noqa: E402


def main(children: int) -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    with time_machine.travel(NOW, tick=True):
        ground = fill_county(children)
        fill_cases(ground.county_id, OPEN_CASES)
        for case in Case.objects.exclude(state=State.SUSPECTED).only("pk", "opened_on"):
            Case.objects.filter(pk=case.pk).update(confirmed_on=case.opened_on)
        move_some(ground.county_id, MOVED)
        know_tables()
        settle()
        measure(ground.county_id)


def measure(county_id: UUID) -> None:
    county = f"/targets/?unit={county_id}"
    township = Unit.objects.get(county=county_id, name="石桥乡").pk
    measure_page("targets.county", "clerk", county)
    measure_page("targets.county_past", "clerk", f"{county}&past=1")
    measure_page("targets.township", "clerk", f"/targets/?unit={township}")
    measure_page("targets.school", "principal", "/targets/")
    measure_page("targets.losses", "clerk", f"/targets/losses/?unit={county_id}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN)
