"""A small ground for the play: one school with two classes, a village, a township, departments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from unittest.mock import patch
from uuid import UUID

from notoneless.children.models import ChildPlace, ChildRecord
from notoneless.children.models.places import Relation
from notoneless.children.services.adding import NewChild, NewGuardian, add_child
from notoneless.children.services.identity import Particulars
from notoneless.flows.demo import casework
from notoneless.flows.demo import courses as told
from notoneless.flows.demo.casework import Waiting, look_at_cases, work
from notoneless.flows.demo.county import FIRST_DAY, DemoCounty, read_county
from notoneless.flows.demo.courses import Course, absences, plots
from notoneless.flows.demo.staffing import staffing
from notoneless.flows.rolls.submitting import submit_roll
from notoneless.flows.sample.county import found_sample_county
from notoneless.flows.sample.school import SampleSchool, found_sample_school
from notoneless.journal.services import simulated
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.rules.attendance.forms import Submission
from notoneless.rules.attendance.sessions import DAY
from notoneless.rules.identity import id_check_digit
from notoneless.rules.paths import Line
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind

FOUNDED = datetime(2026, 8, 20, 1, 0, tzinfo=timezone.utc)
GRADES = (5, 6)
DEPARTMENTS = ("青禾县人力资源和社会保障局", "青禾县残疾人联合会")
LAST = date(2026, 11, 20)


def found(children: int) -> UUID:
    """The county with so many children in each of two classes of 云顶小学."""
    with simulated():
        county_id = found_sample_county(now=FOUNDED, today=FOUNDED.date())
        school = found_sample_school(county_id, now=FOUNDED, today=FIRST_DAY)
        _found_departments(county_id)
        for grade in GRADES:
            for seat in range(children):
                _enrol(school, grade, seat)
    return county_id


def _found_departments(county_id: UUID) -> None:
    office = staffing(county_id, on=FIRST_DAY, now=FOUNDED)
    county = Unit.objects.get(pk=county_id)
    for name in DEPARTMENTS:
        new = NewUnit(UnitKind.DEPARTMENT, name)
        parents: dict[Line, UUID | None] = {Line.GOVERNMENT: county.pk}
        unit = found_unit(new, parents=parents, on=FIRST_DAY, stamp=office.stamp())
        office.fill(unit.pk, {Role.DEPARTMENT_LIAISON.value: 1})


def _enrol(school: SampleSchool, grade: int, seat: int) -> None:
    born = date(2026 - grade - 6, 10, 1) + timedelta(days=seat)
    digits = f"539909{born:%Y%m%d}{grade}{seat:02d}"
    guardian = NewGuardian(
        f"向大{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[seat]}", "51", f"1548{grade}{seat:06d}"
    )
    new = NewChild(
        token=UUID(int=grade * 100 + seat + 1, version=4),
        particulars=Particulars(f"向小{grade}{seat}", digits + id_check_digit(digits)),
        class_id=school.classes[grade],
        from_on=FIRST_DAY,
        guardian=guardian,
    )
    child_id = add_child(
        new,
        is_another=True,
        actor=school.actor("status109"),
        today=FIRST_DAY,
        stamp=school.stamp(by=school.people["status109"]),
    )
    _live_in_village(school.county_id, child_id)


def _live_in_village(county_id: UUID, child_id: UUID) -> None:
    home = UnitPlace.objects.get(unit__county=county_id, unit__name="石桥村", to_on=None)
    ChildPlace.objects.create(
        county_id=county_id,
        child_id=child_id,
        unit_id=home.unit_id,
        line=Line.GOVERNMENT,
        path=home.path,
        relation=Relation.RESIDENCE,
        from_on=FIRST_DAY,
    )
    record = ChildRecord.objects.get(child=child_id, superseded_at=None)
    record.values = {**record.values, "home_address": "青禾县石桥乡石桥村三组"}
    record.save(update_fields=["values"])


def course(plot: str, cause: str = "weariness", *, outcome: str = "", referral: str = "") -> Course:
    """A course that begins with the term."""
    told_plot = plots()[plot]
    return Course(plot, told_plot, cause, FIRST_DAY, outcome=outcome, referral=referral)


@contextmanager
def told_are(*wanted: Course) -> Iterator[None]:
    """Only these courses are told."""
    by_key = {each.key: each for each in wanted}
    with (
        patch.object(told, "courses", lambda: by_key),
        patch.object(casework, "due_day", lambda of, scene: scene.day),
        patch.object(told, "TOLD_ELSEWHERE", ""),
    ):
        yield


def play(county: DemoCounty, days: Iterable[date]) -> dict[date, tuple[Waiting, ...]]:
    """Rolls, what they say of open cases, then what happens in offices and homes; day by day."""
    held = {}
    for day in days:
        with simulated():
            call(county, day)
            look_at_cases(county, day)
            held[day] = work(county, day)
    return held


def call(county: DemoCounty, day: date) -> None:
    """Both classes call the roll: whoever has a course is where the course says."""
    marks = absences(county, day)
    for each in county.classes:
        form = Submission(
            id=county.new_id("roll", each.key, day),
            class_id=each.id,
            day=day,
            session=DAY,
            noted_at=county.at(day, 8, 5),
            marks=tuple(marks[c] for c in county.children_of(each.id) if c in marks),
        )
        assert each.homeroom is not None
        teacher = county.actor(each.homeroom, day)
        submit_roll(teacher, form, today=day, now=form.noted_at)


def school_days(county: DemoCounty, count: int) -> list[date]:
    """The first so many school days of the term."""
    school = county.classes[0].school_id
    return county.school_days(school, FIRST_DAY, LAST)[:count]


def read(county_id: UUID) -> DemoCounty:
    return read_county(county_id, day=FIRST_DAY)
