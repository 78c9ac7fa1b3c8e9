"""Numbers of a county: indicators of county, township and school, and what stands behind one."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
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

from bench.cases import fill_cases  # noqa: E402
from bench.county import NOW, TERM_START, TODAY, fill_county, insert  # noqa: E402
from bench.measures import know_tables, measure_page, say  # noqa: E402
from notoneless.attendance.models import Absence, Roll  # noqa: E402
from notoneless.cases.models import Case  # noqa: E402
from notoneless.children.models import Enrolment  # noqa: E402
from notoneless.config.wsgi import settle  # noqa: E402
from notoneless.places.models import Unit  # noqa: E402
from notoneless.rules.cases.kinds import State  # noqa: E402

CHILDREN = 100_000
OPEN_CASES = 1_000
MOVED = 2_000
MISSING_IN_A_THOUSAND = 25


def fill_rolls(county_id: UUID) -> int:
    """A roll of each class on every weekday since the term began; answers how many."""
    chance = random.Random(7)  # noqa: S311  # the same county each time
    written = 0
    for spells in _by_class(county_id):
        with transaction.atomic():
            pairs = [_roll(county_id, spells, day, chance) for day in _weekdays()]
            insert([roll for roll, _ in pairs])
            insert([absence for _, missing in pairs for absence in missing])
        written += len(pairs)
    return written


def _by_class(county_id: UUID) -> Iterator[list[Enrolment]]:
    rows = Enrolment.objects.filter(county=county_id, to_on=None).exclude(school_class=None)
    group: list[Enrolment] = []
    for spell in rows.order_by("school_class", "pk").iterator():
        if group and group[0].school_class_id != spell.school_class_id:
            yield group
            group = []
        group.append(spell)
    if group:
        yield group


def _weekdays() -> Iterator[date]:
    day = TERM_START
    while day < TODAY:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def _roll(
    county_id: UUID, spells: list[Enrolment], day: date, chance: random.Random
) -> tuple[Roll, list[Absence]]:
    taught = spells[0].school_class_id
    if taught is None:
        raise ValueError("a roll is of a class")
    missing = [s for s in spells if chance.randrange(1000) < MISSING_IN_A_THOUSAND]
    roll = Roll(
        id=uuid7(),
        county_id=county_id,
        school_class_id=taught,
        day=day,
        session="day",
        state="held",
        noted_at=NOW,
        recorded_at=NOW,
        enrolled_count=len(spells),
        absent_count=len(missing),
        digest="",
        is_standing=True,
        planned_at=NOW,
    )
    return roll, [
        Absence(
            county_id=county_id,
            roll=roll,
            child_id=spell.child_id,
            day=day,
            session="day",
            reason="sick",
        )
        for spell in missing
    ]


def move_some(county_id: UUID, wanted: int) -> None:
    """Let children change places with one another in October."""
    rows = Enrolment.objects.filter(county=county_id, to_on=None).exclude(school_class=None)
    spells = list(rows.order_by("-pk")[:wanted])
    on = date(2026, 10, 12)
    Enrolment.objects.filter(pk__in=rows.order_by("-pk")[:wanted].values("pk")).update(
        to_on=on, ended="transferred_out"
    )
    insert([_after(spell, other, on) for spell, other in zip(spells, spells[::-1], strict=True)])


def _after(spell: Enrolment, other: Enrolment, on: date) -> Enrolment:
    return Enrolment(
        county_id=spell.county_id,
        child_id=spell.child_id,
        school_id=other.school_id,
        school_class_id=other.school_class_id,
        from_on=on,
        begun="transferred_in",
        recorded_at=NOW,
    )


def main(children: int) -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    with time_machine.travel(NOW, tick=True):
        ground = fill_county(children)
        fill_cases(ground.county_id, OPEN_CASES)
        determined = Case.objects.exclude(state=State.SUSPECTED)
        for case in determined.only("pk", "opened_on"):
            Case.objects.filter(pk=case.pk).update(confirmed_on=case.opened_on)
        move_some(ground.county_id, MOVED)
        say("numbers.rolls", fill_rolls(ground.county_id), "rolls")
        know_tables()
        settle()
        measure(ground.county_id)


def measure(county_id: UUID) -> None:
    county = f"/indicators/?unit={county_id}"
    township = Unit.objects.get(county=county_id, name="石桥乡").pk
    measure_page("indicators.county", "clerk", county)
    measure_page("indicators.county_cohorts", "clerk", f"{county}&sheet=cohort")
    measure_page("indicators.county_attendance", "clerk", f"{county}&sheet=attendance")
    measure_page("indicators.township", "clerk", f"/indicators/?unit={township}")
    measure_page("indicators.school", "principal", "/indicators/")
    measure_page("indicators.school_attendance", "principal", "/indicators/?sheet=attendance")
    behind = f"/indicators/behind/?unit={county_id}&count="
    measure_page("behind.dropped", "clerk", f"{behind}dropped")
    measure_page("behind.base", "clerk", f"{behind}base")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN)
