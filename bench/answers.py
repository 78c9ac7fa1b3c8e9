"""What a county asks of its records: indicators, overview and targets of the same filled county,
with a term's rolls, cases, clocks and children who changed places."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
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
from bench.county import NOW, TERM_START, TODAY, fill_county, insert  # noqa: E402
from bench.measures import know_tables, measure_page, say  # noqa: E402
from notoneless.attendance.models import Absence, Roll  # noqa: E402
from notoneless.cases.models import Case  # noqa: E402
from notoneless.children.models import Enrolment  # noqa: E402
from notoneless.config.wsgi import settle  # noqa: E402
from notoneless.duties.models import Duty  # noqa: E402
from notoneless.places.models import Unit  # noqa: E402
from notoneless.rules.cases.kinds import State  # noqa: E402
from notoneless.rules.duties.kinds import DutyRule, DutyState  # noqa: E402

CHILDREN = 100_000
OPEN_CASES = 1_000
MOVED = 2_000
MISSING_IN_A_THOUSAND = 25
DONE = 30
"""So many duties of each open case were done before, a third of them late."""


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
        determined = Case.objects.exclude(state=State.SUSPECTED)
        for case in determined.only("pk", "opened_on"):
            Case.objects.filter(pk=case.pk).update(confirmed_on=case.opened_on)
        move_some(ground.county_id, MOVED)
        say("answers.duties", fill_duties(ground.county_id), "duties")
        say("answers.rolls", fill_rolls(ground.county_id), "rolls")
        know_tables()
        settle()
        township = Unit.objects.get(county=ground.county_id, name="石桥乡").pk
        measure_indicators(ground.county_id, township)
        measure_overview(ground.county_id, township)
        measure_targets(ground.county_id, township)


def measure_indicators(county_id: UUID, township: UUID) -> None:
    county = f"/indicators/?unit={county_id}"
    measure_page("indicators.county", "clerk", county)
    measure_page("indicators.county_cohorts", "clerk", f"{county}&sheet=cohort")
    measure_page("indicators.county_attendance", "clerk", f"{county}&sheet=attendance")
    measure_page("indicators.township", "clerk", f"/indicators/?unit={township}")
    measure_page("indicators.school", "principal", "/indicators/")
    measure_page("indicators.school_attendance", "principal", "/indicators/?sheet=attendance")
    behind = f"/indicators/behind/?unit={county_id}&count="
    measure_page("behind.dropped", "clerk", f"{behind}dropped")
    measure_page("behind.base", "clerk", f"{behind}base")


def measure_overview(county_id: UUID, township: UUID) -> None:
    county = f"/overview/?unit={county_id}"
    measure_page("overview.county", "clerk", county)
    measure_page("overview.county_year", "clerk", f"{county}&period=year")
    measure_page("overview.county_sheet", "clerk", f"/overview/sheet/?unit={county_id}")
    measure_page("overview.township", "clerk", f"/overview/?unit={township}")
    measure_page("overview.school", "principal", "/overview/")
    measure_page("home.county", "clerk", "/")
    measure_page("home.school", "principal", "/")


def measure_targets(county_id: UUID, township: UUID) -> None:
    county = f"/targets/?unit={county_id}"
    measure_page("targets.county", "clerk", county)
    measure_page("targets.county_past", "clerk", f"{county}&past=1")
    measure_page("targets.township", "clerk", f"/targets/?unit={township}")
    measure_page("targets.school", "principal", "/targets/")
    measure_page("targets.losses", "clerk", f"/targets/losses/?unit={county_id}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CHILDREN)
