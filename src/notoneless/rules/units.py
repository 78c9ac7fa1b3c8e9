"""Kinds of units, where each may stand, and how classes are called (R-001)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.paths import Line


class UnitKind(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    COMMUNITY = "community"
    VILLAGE = "village"
    GROUP = "group"
    BUREAU = "bureau"
    SUPERVISION = "supervision"
    EDUCATION_OFFICE = "education_office"
    CENTRE_SCHOOL = "centre_school"
    SCHOOL = "school"
    NINE_YEAR_SCHOOL = "nine_year_school"
    TEACHING_POINT = "teaching_point"
    GRADE = "grade"
    CLASS = "class"
    DEPARTMENT = "department"


class Stage(StrEnum):
    """School stage 学段."""

    PRIMARY = "primary"
    JUNIOR = "junior"


SCHOOLS = frozenset({UnitKind.SCHOOL, UnitKind.NINE_YEAR_SCHOOL, UnitKind.TEACHING_POINT})
INSIDE_SCHOOLS = SCHOOLS | {UnitKind.GRADE, UnitKind.CLASS}
"""A school and the units in it."""
GOVERNMENT_UNITS = frozenset(
    {
        UnitKind.PROVINCE,
        UnitKind.CITY,
        UnitKind.COUNTY,
        UnitKind.TOWNSHIP,
        UnitKind.COMMUNITY,
        UnitKind.VILLAGE,
        UnitKind.GROUP,
        UnitKind.DEPARTMENT,
    }
)

PARENTS: Mapping[Line, Mapping[UnitKind, frozenset[UnitKind]]] = MappingProxyType(
    {
        Line.GOVERNMENT: {
            UnitKind.CITY: frozenset({UnitKind.PROVINCE}),
            UnitKind.COUNTY: frozenset({UnitKind.CITY, UnitKind.PROVINCE}),
            UnitKind.TOWNSHIP: frozenset({UnitKind.COUNTY}),
            UnitKind.COMMUNITY: frozenset({UnitKind.TOWNSHIP, UnitKind.COUNTY}),
            UnitKind.VILLAGE: frozenset({UnitKind.TOWNSHIP, UnitKind.COMMUNITY}),
            UnitKind.GROUP: frozenset({UnitKind.VILLAGE}),
            UnitKind.DEPARTMENT: frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP}),
            UnitKind.EDUCATION_OFFICE: frozenset({UnitKind.TOWNSHIP}),
            UnitKind.BUREAU: frozenset({UnitKind.COUNTY}),
            UnitKind.SUPERVISION: frozenset({UnitKind.COUNTY}),
            **dict.fromkeys(
                SCHOOLS, frozenset({UnitKind.COUNTY, UnitKind.TOWNSHIP, UnitKind.COMMUNITY})
            ),
            UnitKind.GRADE: SCHOOLS,
            UnitKind.CLASS: frozenset({UnitKind.GRADE}),
        },
        Line.EDUCATION: {
            UnitKind.SUPERVISION: frozenset({UnitKind.BUREAU}),
            UnitKind.CENTRE_SCHOOL: frozenset({UnitKind.BUREAU}),
            **dict.fromkeys(SCHOOLS, frozenset({UnitKind.BUREAU, UnitKind.CENTRE_SCHOOL})),
            UnitKind.TEACHING_POINT: frozenset(
                {UnitKind.BUREAU, UnitKind.CENTRE_SCHOOL, UnitKind.SCHOOL}
            ),
            UnitKind.GRADE: SCHOOLS,
            UnitKind.CLASS: frozenset({UnitKind.GRADE}),
        },
    }
)
"""Which kinds may stand directly above a kind, per line; an absent kind stands at the top."""


SET_UP_ALONE = SCHOOLS | {UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.CENTRE_SCHOOL}
"""Units that are set up by themselves; a class or a group belongs to the one above it."""
STEPS_TO_OWNER: Mapping[UnitKind, int] = MappingProxyType(
    {
        UnitKind.CLASS: 2,
        UnitKind.GRADE: 1,
        UnitKind.GROUP: 1,
        UnitKind.COMMUNITY: 1,
        UnitKind.DEPARTMENT: 1,
        UnitKind.EDUCATION_OFFICE: 1,
    }
)
"""How far above a unit stands the one that is set up with it; other kinds stand for themselves.

What stands right below the county, as a department may, belongs to no such unit."""


def home_line(kind: UnitKind) -> Line:
    """The line whose tree says what the people of such a unit look after."""
    return Line.GOVERNMENT if kind in GOVERNMENT_UNITS else Line.EDUCATION


def may_stand_under(kind: UnitKind, parent: UnitKind, line: Line) -> bool:
    return parent in PARENTS[line].get(kind, frozenset())


def school_year_of(day: date) -> int:
    """The year in which the school year of ``day`` began; it turns on 1 August.

    August belongs to the coming year because classes are named and lists made before 1 September.
    """
    return day.year if day.month >= 8 else day.year - 1


def grade_of(stage: Stage, entered_in: int, *, school_year: int) -> int:
    """Grade 1–9 of the cohort that entered ``stage`` in autumn ``entered_in``.

    Below 1 the cohort has not begun, above 6 (primary) or 9 (junior) it has left.
    """
    first = 1 if stage is Stage.PRIMARY else 7
    return first + school_year - entered_in


def last_grade(stage: Stage) -> int:
    return 6 if stage is Stage.PRIMARY else 9


def has_left(stage: Stage, entered_in: int, *, school_year: int) -> bool:
    """Whether the cohort has finished the stage before ``school_year`` began."""
    return grade_of(stage, entered_in, school_year=school_year) > last_grade(stage)
