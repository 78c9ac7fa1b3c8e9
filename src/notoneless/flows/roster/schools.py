"""Schools, grades and classes that a roster names: found, or founded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from notoneless.children.models import RosterImport, StagedRow
from notoneless.children.models.roster import Verdict
from notoneless.children.services.roster_rows import ClassSeat
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.rules.identity import SchoolKind, school_kind
from notoneless.rules.paths import Line
from notoneless.rules.units import SCHOOLS, Stage, UnitKind

_FILE_NUMBER = re.compile(r"^[\d\s_.-]+")


@dataclass(frozen=True, slots=True)
class KnownSchools:
    """The schools of a county."""

    units: dict[str, UUID]
    """School code → unit."""
    nine_year: dict[str, bool]
    """School code → whether it holds both stages, for those whose kind is settled."""


def known_schools(county_id: UUID) -> KnownSchools:
    """Every school of the county that has a code; one statement."""
    rows = Unit.objects.filter(county=county_id, kind__in=SCHOOLS).exclude(code="")
    units: dict[str, UUID] = {}
    nine_year: dict[str, bool] = {}
    for unit in rows:
        units[unit.code] = unit.pk
        if unit.kind == UnitKind.NINE_YEAR_SCHOOL:
            nine_year[unit.code] = True
        elif unit.stage and unit.is_complete:
            nine_year[unit.code] = False
    return KnownSchools(units, nine_year)


def school_name_in(file_name: str) -> str:
    """The school that a file is named after: ``000101-河口镇中心小学.xls`` → 河口镇中心小学."""
    return _FILE_NUMBER.sub("", PurePath(file_name).stem).strip()[:80]


@transaction.atomic
def found_school(code: str, *, name: str, both_stages: bool, on: date, stamp: Stamp) -> UUID:
    """Found a school that only an import knows: under county and bureau until somebody places it.

    The same again answers the school that is there.
    """
    there = Unit.objects.filter(county=stamp.county_id, code=code).values_list("pk", flat=True)
    if there:
        return there[0]
    kind, stage = _kind_and_stage(code, both_stages=both_stages)
    parents: dict[Line, UUID | None] = {Line.GOVERNMENT: stamp.county_id}
    parents[Line.EDUCATION] = _bureau(on=on, stamp=stamp)
    new = NewUnit(kind, name or code, code=code, stage=stage, is_complete=False)
    return found_unit(new, parents=parents, on=on, stamp=stamp).pk


def _kind_and_stage(code: str, *, both_stages: bool) -> tuple[UnitKind, str]:
    kind = school_kind(code)
    if kind is SchoolKind.PRIMARY:
        return UnitKind.SCHOOL, Stage.PRIMARY.value
    if both_stages or kind in (SchoolKind.SPECIAL_EDUCATION, SchoolKind.SPECIALISED):
        return UnitKind.NINE_YEAR_SCHOOL, ""
    return UnitKind.SCHOOL, Stage.JUNIOR.value


def _bureau(*, on: date, stamp: Stamp) -> UUID:
    there = Unit.objects.filter(county=stamp.county_id, kind=UnitKind.BUREAU).order_by("pk")
    for pk in there.values_list("pk", flat=True)[:1]:
        return pk
    county = Unit.objects.get(pk=stamp.county_id)
    new = NewUnit(UnitKind.BUREAU, f"{county.name}教育局"[:80])
    parents: dict[Line, UUID | None] = {Line.GOVERNMENT: county.pk, Line.EDUCATION: None}
    return found_unit(new, parents=parents, on=on, stamp=stamp).pk


@transaction.atomic
def classes_of(
    school_id: UUID, seats: Collection[ClassSeat], *, stamp: Stamp
) -> dict[ClassSeat, UUID]:
    """The class unit of every seat, founding cohorts and classes that are not there yet."""
    school = Unit.objects.select_for_update().get(pk=school_id, county=stamp.county_id)
    grades = _below(school_id, UnitKind.GRADE)
    grade_ids = {(unit.stage, unit.entered_in): unit.pk for unit in grades}
    classes = {
        (unit.stage, unit.entered_in, unit.name): unit.pk
        for unit in _below_any(grade_ids.values(), UnitKind.CLASS)
    }
    lines = list(
        UnitPlace.objects.filter(unit=school_id, to_on=None).values_list("line", flat=True)
    )
    found: dict[ClassSeat, UUID] = {}
    for stage, cohort, number in sorted(seats):
        on = max(school.active_from, date(cohort, 9, 1))
        if (stage, cohort) not in grade_ids:
            new = NewUnit(UnitKind.GRADE, str(cohort), stage=stage, entered_in=cohort)
            grade_ids[stage, cohort] = _found_under(school_id, new, lines, on=on, stamp=stamp)
        key = (stage, cohort, str(number))
        if key not in classes:
            new = NewUnit(UnitKind.CLASS, str(number), stage=stage, entered_in=cohort)
            grade = grade_ids[stage, cohort]
            classes[key] = _found_under(grade, new, lines, on=on, stamp=stamp)
        found[stage, cohort, number] = classes[key]
    return found


def _found_under(
    parent_id: UUID, new: NewUnit, lines: Iterable[str], *, on: date, stamp: Stamp
) -> UUID:
    parents: dict[Line, UUID | None] = {Line(line): parent_id for line in lines}
    return found_unit(new, parents=parents, on=on, stamp=stamp).pk


def _below(parent_id: UUID, kind: UnitKind) -> list[Unit]:
    return _below_any([parent_id], kind)


def _below_any(parent_ids: Collection[UUID], kind: UnitKind) -> list[Unit]:
    rows = UnitPlace.objects.filter(
        line=Line.EDUCATION, parent__in=list(parent_ids), to_on=None, unit__kind=kind
    )
    return [place.unit for place in rows.select_related("unit")]


def villages_of(county_id: UUID) -> dict[str, UUID]:
    """Twelve-digit code → village unit; one statement."""
    rows = Unit.objects.filter(county=county_id, kind=UnitKind.VILLAGE).exclude(code="")
    return dict(rows.values_list("code", "pk"))


def school_names(county_id: UUID) -> dict[str, str]:
    """School code → name; one statement."""
    rows = Unit.objects.filter(county=county_id, kind__in=SCHOOLS).exclude(code="")
    return dict(rows.values_list("code", "name"))


def schools_to_place(roster_import: RosterImport) -> list[str]:
    """Schools of an import that are not founded yet, or that nobody has placed since: names.

    Of one not founded yet the code stands for the name. Two statements.
    """
    rows = StagedRow.objects.filter(
        roster_import=roster_import, verdict__in=[Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED]
    )
    codes = set(rows.order_by().values_list("school_code", flat=True).distinct())
    units = Unit.objects.filter(county=roster_import.county_id, code__in=codes)
    placed = {unit.code: "" if unit.is_complete else unit.name for unit in units}
    return sorted(name for code in codes if (name := placed.get(code, code)))
