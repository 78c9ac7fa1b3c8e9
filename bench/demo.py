"""The county that `make run` shows: how long its first start takes, and a second one."""

from __future__ import annotations

import os
import time
from io import StringIO
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from notoneless.flows.demo.county import DEMO_DAY, read_county  # noqa: E402
from notoneless.flows.demo.playing import last_day  # noqa: E402
from notoneless.flows.rolls.submitting import submit_roll  # noqa: E402
from notoneless.jobs.demo import bring_up_demo, garbage_left_alone  # noqa: E402
from notoneless.journal.models import Entry  # noqa: E402
from notoneless.rules.attendance.forms import Submission  # noqa: E402
from notoneless.rules.attendance.sessions import DAY  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_packs", verbosity=0, stdout=StringIO())
    began, busy = time.perf_counter(), time.process_time()
    with garbage_left_alone():
        county_id = bring_up_demo(None, told=lambda _part, _words: None)
    tell("first_start", time.perf_counter() - began, "s")
    tell("first_start_cpu", time.process_time() - busy, "s")
    tell("entries", Entry.objects.filter(county_id=county_id).count(), "rows")
    began = time.perf_counter()
    bring_up_demo(None, told=lambda _part, _words: None)
    tell("second_start", time.perf_counter() - began, "s")
    tell("roll_statements", _statements_of_a_roll(county_id), "statements")


def _statements_of_a_roll(county_id: UUID) -> int:
    """All present, in a class of the demo's own teacher, whose roll is still open."""
    day = DEMO_DAY
    county = read_county(county_id, day=day)
    each = next(one for one in county.classes if one.key.startswith("2199000109"))
    if each.homeroom is None or last_day(county.county_id) != day:
        raise SystemExit("the demo does not stand at its day")
    at = county.at(day, 7, 55)
    form = Submission(county.new_id("bench", each.key), each.id, day, DAY, at)
    with CaptureQueriesContext(connection) as asked:
        submit_roll(county.actor(each.homeroom, day), form, today=day, now=at)
    return len(asked)


def tell(name: str, value: float, unit: str) -> None:
    print(f"demo.{name} {value:.1f} {unit}", flush=True)


if __name__ == "__main__":
    main()
