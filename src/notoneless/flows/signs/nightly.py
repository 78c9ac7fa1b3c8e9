"""Each night: keep which signs fire, so that the county can see how often they are right."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import school_standings
from notoneless.flows.signs.gathering import ground_of, members_at
from notoneless.flows.signs.reading import firing
from notoneless.signs.services.fired import KeptCount, keep_fired


@dataclass(frozen=True, slots=True)
class KeptAt:
    school_id: UUID
    kept: KeptCount


def keep_signs(county_id: UUID, *, as_of: date) -> Generator[KeptAt, None, None]:
    """Keep the signs that fire on ``as_of`` in each school of a county, one short transaction a
    school. Doing it twice, or after some nights were missed, does no harm.
    """
    for school in school_standings(county_id, on=as_of):
        yield KeptAt(school.school_id, _keep(school, county_id=county_id, as_of=as_of))


def _keep(school: SchoolStanding, *, county_id: UUID, as_of: date) -> KeptCount:
    members = members_at(school.school_id, county_id=county_id, on=as_of)
    found = firing(ground_of(school, as_of=as_of), members, county_id=county_id)
    return keep_fired(
        {child: [fired.rule for fired in signs.fired] for child, signs in found.items()},
        {member.child_id: member.class_id for member in members},
        county_id=county_id,
        as_of=as_of,
    )
