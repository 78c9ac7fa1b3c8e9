"""The overview of a county, a township and a school, with a term's rolls, cases and clocks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
import time_machine  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from uuid_utils.compat import uuid7  # noqa: E402

from bench.cases import PART, fill_cases  # noqa: E402
from bench.county import NOW, TODAY, fill_county, insert  # noqa: E402
from bench.measures import know_tables, measure_page, say  # noqa: E402
from bench.numbers import fill_rolls  # noqa: E402
from notoneless.config.wsgi import settle  # noqa: E402
from notoneless.duties.models import Duty  # noqa: E402
from notoneless.places.models import Unit  # noqa: E402
from notoneless.rules.duties.kinds import DutyRule, DutyState  # noqa: E402

CHILDREN = 100_000
OPEN_CASES = 1_000
DONE = 30
"""So many duties of each open case were done before, a third of them late."""


def fill_duties(county_id: UUID) -> int:
    """Duties of the term that were done; answers how many."""
    open_ones = Duty.objects.filter(county=county_id, state=DutyState.OPEN).iterator()
    rows = (done for each in open_ones for done in _done(each))
    written = 0
    while part := list(islice(rows, PART)):
        with transaction.atomic():
            insert(part)
        written += len(part)
    return written


def _done(of: Duty) -> Iterator[Duty]:
    for number in range(DONE):
        due = TODAY - timedelta(days=1 + 2 * number)
        is_late = number % 3 == 0
        yield Duty(
            id=uuid7(),
            county_id=of.county_id,
            matter_id=of.matter_id,
            rule=DutyRule.CASE_VISIT,
            subject_id=of.subject_id,
            occurrence=f"bench-{number}",
            unit_id=of.unit_id,
            state=DutyState.DONE,
            evidence=of.evidence,
            bearer_role=of.bearer_role,
            bearer_unit_id=of.bearer_unit_id,
            opened_on=due,
            due_on=due,
            late_since=due + timedelta(days=1) if is_late else None,
            done_on=due,
            closed_by_kind=of.evidence,
            clock=of.clock,
            policy_digest=of.policy_digest,
        )


def main(children: int) -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    with time_machine.travel(NOW, tick=True):
        ground = fill_county(children)
        fill_cases(ground.county_id, OPEN_CASES)
        say("overview.duties", fill_duties(ground.county_id), "duties")
        say("overview.rolls", fill_rolls(ground.county_id), "rolls")
        know_tables()
        settle()
        measure(ground.county_id)


def measure(county_id: UUID) -> None:
    county = f"/overview/?unit={county_id}"
    township = Unit.objects.get(county=county_id, name="石桥乡").pk
    measure_page("overview.county", "clerk", county)
    measure_page("overview.county_year", "clerk", f"{county}&period=year")
    measure_page("overview.county_sheet", "clerk", f"/overview/sheet/?unit={county_id}")
    measure_page("overview.township", "clerk", f"/overview/?unit={township}")
    measure_page("overview.school", "principal", "/overview/")
    measure_page("home.county", "clerk", "/")
    measure_page("home.school", "principal", "/")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN)
