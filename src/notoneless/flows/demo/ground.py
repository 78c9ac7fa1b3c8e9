"""The ground of the sample county: units, people, and the children of its eight rosters."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.access.queries import actor_of_person
from notoneless.flows.demo.county import FIRST_DAY
from notoneless.flows.demo.families import enrol_siblings
from notoneless.flows.demo.past import enter_past_years
from notoneless.flows.demo.staffing import staff_classes, staff_offices, staffing
from notoneless.flows.demo.year_end import TRIED_ON, keep_a_case_over_the_summer
from notoneless.flows.roster.applying import apply_import, begin_applying
from notoneless.flows.roster.bringing import bring_files, file_on_disk
from notoneless.flows.roster.deciding import Choice, ParkedDecision, decide_parked
from notoneless.flows.roster.parked import ParkedRow, parked_rows
from notoneless.flows.roster.reading import read_import
from notoneless.flows.roster.running import roster_files
from notoneless.flows.sample.children import enrol_sample_children
from notoneless.flows.sample.county import found_sample_county
from notoneless.flows.sample.living import SEED
from notoneless.flows.sample.school import found_sample_school
from notoneless.journal.services import simulated
from notoneless.places.models import Person

Told = Callable[[float, str], None]
"""Hears how far the work is (0 to 1) and what is being done."""

FOUNDED_ON = date(2026, 7, 27)
"""Units and plans; two days later the county tries the system with one case."""
STAFFED_ON = date(2026, 8, 24)
YUNDING_ON = date(2026, 8, 26)
"""云顶小学 enters its children by hand: the rosters do not list it."""
KEPT_BECAUSE = "已与两校核对：孩子在先登记的学校就读。"
MOVED_BECAUSE = "家长确认本学期起转到后登记的学校，已报到。"
MOVED_EVERY = 3
"""One in so many of the children that two schools list has really moved."""


@transaction.atomic
def found_demo_county(*, told: Told) -> UUID:
    """Make the county as it stands on the first of September 2026, all of it or nothing.

    Units, calendar and plans from the sample; staff for every post; the eight rosters through the
    importer, its parked rows decided by the county's clerk.
    """
    with simulated():
        told(0.0, "建立单位、校历和工作方案")
        county_id = found_sample_county(now=_at(FOUNDED_ON, 9), today=FOUNDED_ON)
        told(0.1, "安排各单位人员")
        keep_a_case_over_the_summer(actor_named("clerk", on=TRIED_ON), now=_at(TRIED_ON, 10))
        school = found_sample_school(county_id, now=_at(YUNDING_ON, 9), today=FIRST_DAY)
        enrol_sample_children(school, Random(SEED))  # noqa: S311  # invented people
        enrol_siblings(school)
        staff_offices(staffing(county_id, on=STAFFED_ON, now=_at(STAFFED_ON, 9)))
        told(0.3, "读入八份学籍名册")
        _bring_rosters(actor_named("clerk", on=FIRST_DAY), told=told)
        told(0.9, "安排班主任和任课教师")
        staff_classes(staffing(county_id, on=FIRST_DAY, now=_at(FIRST_DAY, 6, 50)))
        enter_past_years(actor_named("clerk", on=FIRST_DAY), now=_at(FIRST_DAY, 7, 10))
    return county_id


def sample_rosters() -> AbstractContextManager[Path]:
    """The folder with the eight rosters, wherever the program is installed."""
    return as_file(files(__package__).joinpath("rosters"))


def actor_named(username: str, *, on: date) -> Actor:
    """Somebody of the sample by his sign-in name. Raises ``Person.DoesNotExist``."""
    return actor_of_person(Person.objects.get(user__username=username), today=on)


def _bring_rosters(clerk: Actor, *, told: Told) -> None:
    """As on the page: read, looked at, written; then what two schools list is decided."""
    moment = _at(FIRST_DAY, 6)
    with sample_rosters() as folder:
        brought = [file_on_disk(path) for path in roster_files([folder])]
        import_id = bring_files(brought, actor=clerk, today=FIRST_DAY, now=moment)
        read_import(import_id, today=FIRST_DAY, clock=lambda: moment)
    told(0.5, "写入学生档案")
    begin_applying(import_id, now=moment)
    apply_import(import_id, today=FIRST_DAY, clock=lambda: moment)
    told(0.85, "处理两校重复登记的学生")
    for number, row in enumerate(parked_rows(clerk, on=FIRST_DAY)):
        choice = _choice(row, is_moved=number % MOVED_EVERY == MOVED_EVERY - 1)
        decide_parked(
            choice, actor=clerk, today=FIRST_DAY, now=moment + timedelta(minutes=30 + number)
        )


def _choice(row: ParkedRow, *, is_moved: bool) -> Choice:
    decision = ParkedDecision.MOVE if is_moved else ParkedDecision.KEEP
    return Choice(row.id, decision, row.spell_id, MOVED_BECAUSE if is_moved else KEPT_BECAUSE)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())
