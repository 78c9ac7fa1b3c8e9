"""The county that `make run` shows: how long its first start takes, and a second one; how its
children attend, beside the shape of national-rules §10.4; how many clocks were met."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import pairwise
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notoneless.config.settings")
django.setup()

# The imports below need Django to be set up.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from notoneless.attendance.models import Roll  # noqa: E402
from notoneless.duties.models import Duty  # noqa: E402
from notoneless.duties.queries.clocks import COUNTED, ClockEnd, ended  # noqa: E402
from notoneless.flows.demo.chance import BREAK  # noqa: E402
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
    for name, value in (*attendance(county_id), ("clocks_met", clocks_met(county_id))):
        tell(name, value, "%")


def attendance(county_id: UUID) -> Iterator[tuple[str, float]]:
    """By weekday, and around breaks: in New York 88.2, 89.2, 89.3, 89.3 and 87.9 from Monday to
    Friday, 86.4 before a break, 87.9 after it, 89.0 on other days."""
    rolls = Roll.objects.filter(county=county_id, is_standing=True, state="held", session=DAY)
    sums = rolls.values_list("day").annotate(Sum("enrolled_count"), Sum("absent_count"))
    by_day = {day: (expected, absent) for day, expected, absent in sums}
    days = sorted(by_day)
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday")):
        yield name, _share(by_day[day] for day in days if day.weekday() == number)
    pairs = [(a, b) for a, b in pairwise(days) if b - a > BREAK]
    yield "before_a_break", _share(by_day[day] for day, _ in pairs)
    yield "after_a_break", _share(by_day[day] for _, day in pairs)


def _share(sums: Iterable[tuple[int, int]]) -> float:
    both = list(sums)
    expected = sum(number for number, _ in both)
    return 100 - 100 * sum(absent for _, absent in both) / expected if expected else 0.0


def clocks_met(county_id: UUID) -> float:
    """Of duties that fell due and whose end is known, those that were done in time."""
    due = Duty.objects.filter(county=county_id, state__in=COUNTED, due_on__lte=DEMO_DAY)
    number = {how: due.filter(ended(how, today=DEMO_DAY)).count() for how in ClockEnd}
    known = sum(number.values()) - number[ClockEnd.RUNNING]
    return 100 * number[ClockEnd.IN_TIME] / known


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
