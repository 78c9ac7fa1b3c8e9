"""The invented children of 云顶小学: names by a seed, numbers of a region that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from notoneless.children.services.adding import NewChild, NewGuardian, add_child
from notoneless.children.services.identity import Particulars
from notoneless.flows.sample.school import SampleSchool, plan
from notoneless.rules.identity import id_check_digit
from notoneless.rules.units import school_year_of

REGION = "539909"
"""Given to no place; the sample rosters use another."""
RELATIONS = ("51", "52", "61", "62")
"""Father, mother, grandparents (GB/T 4761)."""
LONG_NAMES_IN = 4
"""The grade whose class has the long names."""


def enrol_sample_children(school: SampleSchool, random: Random) -> None:
    """Add the children of every class through the form that clerks use."""
    names = _names(random)
    boarders: list[UUID] = []
    number = 0
    for row in plan()["classes"]:
        grade = row["grade"]
        long = iter(plan()["long_names"] if grade == LONG_NAMES_IN else ())
        school.children[grade] = []
        for seat in range(row["children"]):
            number += 1
            # Long names come after the children with a story of their own.
            name = next(long, "") if seat >= 12 else ""
            is_boarding = seat >= row["children"] - row["boarders"]
            child = _child(school, grade, number, name or next(names), random, is_boarding)
            added = add_child(
                child,
                is_another=True,
                actor=school.actor("status109"),
                today=school.today,
                stamp=school.stamp(by=school.people["status109"]),
            )
            school.children[grade].append(added)
            if is_boarding:
                boarders.append(added)
    school.boarders = frozenset(boarders)


def _child(
    school: SampleSchool, grade: int, number: int, name: str, random: Random, is_boarding: bool
) -> NewChild:
    born_on = _birthday(school_year_of(school.today) - grade + 1 - 6, random)
    digits = f"{REGION}{born_on:%Y%m%d}{number:03d}"
    surname = name[0] if "·" not in name else "石"
    guardian = NewGuardian(
        surname + random.choice(plan()["given_first"]) + random.choice(plan()["given_last"]),
        random.choice(RELATIONS),
        f"1548{number:07d}",
    )
    return NewChild(
        token=UUID(int=random.getrandbits(128), version=4),
        particulars=Particulars(name, digits + id_check_digit(digits)),
        class_id=school.classes[grade],
        from_on=school.term_start,
        study_mode="2" if is_boarding else "1",
        guardian=guardian,
    )


def _birthday(year: int, random: Random) -> date:
    """Six years old by the end of August of the year of entering."""
    return date(year - 1, 9, 1) + timedelta(days=random.randrange(365))


def _names(random: Random) -> Iterator[str]:
    """Names without end, none twice."""
    given: set[str] = set()
    while True:
        name = "".join(random.choice(plan()[part]) for part in ("surnames", "given_first"))
        if random.random() < 0.8:
            name += random.choice(plan()["given_last"])
        if name not in given:
            given.add(name)
            yield name
