"""The end of July: the county tries the system with one case, and the school year ends over it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.services.adding import NewChild, NewGuardian, add_child
from notoneless.children.services.identity import Particulars
from notoneless.flows.cases.looking_after import look_after_cases
from notoneless.flows.demo.casework_doing import DOING
from notoneless.flows.demo.casework_people import At
from notoneless.flows.demo.county import FIRST_DAY, random_of, read_county
from notoneless.flows.demo.courses import Course, courses
from notoneless.flows.roster.schools import classes_of
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.rules.identity import id_check_digit
from notoneless.rules.units import Stage

COURSE = "sc-year-ended"
TRIED_ON = date(2026, 7, 29)
"""A Wednesday; the school year has three days left."""
LOOKED_ON = date(2026, 8, 1)
SPRING = date(2026, 3, 2)
"""Since then the child stands on the school's list."""
BORN_ON = date(2011, 10, 14)
SEAT = 1
"""The number of its class."""


def keep_a_case_over_the_summer(clerk: Actor, *, now: datetime) -> None:
    """The county's clerk enters a child that left in spring and brings in its case with the
    school's report; on the first night of August the year has ended over it (T25)."""
    course = courses()[COURSE]
    child = _enter(clerk, course, now=now)
    county = read_county(clerk.county_id, day=TRIED_ON)
    scene = course.plot.scenes[0]
    DOING[scene.verb](At(county, course, scene, child, None, now, TRIED_ON))
    night = now + (LOOKED_ON - TRIED_ON)
    look_after_cases(clerk.county_id, today=LOOKED_ON, now=night, everything=True)


def _enter(clerk: Actor, course: Course, *, now: datetime) -> UUID:
    stamp = Stamp(clerk.county_id, clerk.person_id, now)
    school = Unit.objects.get(county=clerk.county_id, code=course.school)
    entered_in = FIRST_DAY.year - course.grade + 7
    seat = (Stage.JUNIOR.value, entered_in, SEAT)
    digits = f"539909{BORN_ON:%Y%m%d}971"
    new = NewChild(
        token=UUID(int=random_of(COURSE).getrandbits(128), version=4),
        particulars=Particulars(course.name, digits + id_check_digit(digits)),
        class_id=classes_of(school.pk, [seat], stamp=stamp)[seat],
        from_on=SPRING,
        guardian=NewGuardian(f"{course.name[0]}大兴", "51", "15480990971"),
    )
    return add_child(
        new,
        is_another=True,
        actor=clerk,
        today=TRIED_ON,
        stamp=Stamp(clerk.county_id, clerk.person_id, now + timedelta(minutes=5)),
    )
