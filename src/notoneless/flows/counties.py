"""Found a real county: its top units and the first administrator, who sets up the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.access.services.accounts import Slip, give_sign_in, print_slip
from notoneless.journal.services import Stamp
from notoneless.places.queries import county_by_code
from notoneless.places.services.people import Appointment, appoint, register_person
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.places.services.units import found_county as found_top
from notoneless.rules.paths import Line
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind


class CountyThere(Refusal):
    """A county with this code has been founded already."""

    code = "COUNTY-01"


@dataclass(frozen=True, slots=True)
class NewCounty:
    code: str
    """Six digits."""
    name: str
    bureau: str
    administrator: str
    """The name of the person who sets up the rest."""
    phone: str = ""


@transaction.atomic
def found_county(new: NewCounty, *, now: datetime, today: date) -> Slip:
    """Found a county and its bureau, and answer the first administrator's slip.

    Raises ``CountyThere``.
    """
    if county_by_code(new.code):
        raise CountyThere(code=new.code)
    stamp = Stamp(county_id=uuid7(), by=None, now=now)
    county = found_top(NewUnit(UnitKind.COUNTY, new.name, code=new.code), on=today, stamp=stamp)
    bureau = found_unit(
        NewUnit(UnitKind.BUREAU, new.bureau),
        parents={Line.GOVERNMENT: county.pk, Line.EDUCATION: None},
        on=today,
        stamp=stamp,
    )
    person = register_person(name=new.administrator, phone=new.phone, stamp=stamp)
    post = Appointment(Role.COUNTY_ADMINISTRATOR, bureau.pk, person.pk)
    appoint(post, from_on=today, stamp=stamp)
    give_sign_in(person.pk, stamp=stamp)
    return print_slip(person.pk, stamp=stamp)
