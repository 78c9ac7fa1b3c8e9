"""A county of any size, written straight into the tables: the ground for measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone
from itertools import islice
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.children.models import Child, ChildPlace, ChildRecord, Enrolment, Guardian
from notoneless.flows.sample.county import found_sample_county
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.pinyin import syllables_and_initials
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.rules.paths import Line
from notoneless.rules.units import UnitKind
from notoneless.vault.sealing import blind_index

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 0, 0, tzinfo=timezone.utc)
TERM_START = date(2026, 9, 1)
CLASS_SIZE = 45
CLASSES_PER_SCHOOL = 24
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
GIVEN = "小大晓明雨家文志永春秋海山云天星月欣怡子梓涵轩宇浩然静雅慧敏丽娟秀芳强勇刚军建国"


@dataclass(frozen=True, slots=True)
class Ground:
    county_id: UUID
    child_id: UUID
    """A child of the first class."""


def fill_county(children: int) -> Ground:
    """The sample county with ``children`` more children in as many schools as they need."""
    county_id = found_sample_county(now=NOW, today=TODAY)
    stamp = Stamp(county_id=county_id, by=None, now=NOW)
    classes = list(islice(_classes(stamp), -(-children // CLASS_SIZE)))
    numbers = iter(range(children))
    for school, group in classes:
        _fill_class(county_id, school, group, list(islice(numbers, CLASS_SIZE)))
    first = Enrolment.objects.filter(school_class=classes[0][1]).values_list("child", flat=True)
    return Ground(county_id, first[0])


def _classes(stamp: Stamp) -> Iterator[tuple[Unit, Unit]]:
    county = stamp.county_id
    centre = Unit.objects.get(county=county, name="石桥乡中心学校")
    township = Unit.objects.get(county=county, name="石桥乡")
    number = 0
    while True:
        number += 1
        school = found_unit(
            NewUnit(UnitKind.SCHOOL, f"第{number}小学", code=f"2199{900000 + number}"),
            parents={Line.EDUCATION: centre.pk, Line.GOVERNMENT: township.pk},
            on=TERM_START,
            stamp=stamp,
        )
        for entered_in in range(2021, 2027):
            grade = _below(UnitKind.GRADE, str(entered_in), school, entered_in, stamp)
            for name in "1234":
                yield school, _below(UnitKind.CLASS, name, grade, entered_in, stamp)


def _below(kind: UnitKind, name: str, parent: Unit, entered_in: int, stamp: Stamp) -> Unit:
    return found_unit(
        NewUnit(kind, name, stage="primary", entered_in=entered_in),
        parents={Line.EDUCATION: parent.pk, Line.GOVERNMENT: parent.pk},
        on=TERM_START,
        stamp=stamp,
    )


def _fill_class(county_id: UUID, school: Unit, group: Unit, numbers: list[int]) -> None:
    children = [_child(county_id, number) for number in numbers]
    Child.objects.bulk_create(children)
    ChildRecord.objects.bulk_create(
        ChildRecord(
            county_id=county_id,
            child=child,
            source="roster",
            values={"name": child.name},
            digest=blind_index(str(child.pk), kind="record"),
            happened_on=TERM_START,
            noted_at=NOW,
            recorded_at=NOW,
        )
        for child in children
    )
    Guardian.objects.bulk_create(
        Guardian(
            county_id=county_id,
            child=child,
            position=1,
            name="家长",
            relation="51",
            is_guardian=True,
            phone=f"154{number:08d}",
            phone_index=blind_index(f"154{number:08d}", kind="phone"),
        )
        for child, number in zip(children, numbers, strict=True)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            county_id=county_id,
            child=child,
            school=school,
            school_class=group,
            from_on=TERM_START,
            begun="roster",
            recorded_at=NOW,
        )
        for child in children
    )
    places = list(UnitPlace.objects.filter(unit=group))
    ChildPlace.objects.bulk_create(
        ChildPlace(
            county_id=county_id,
            child=child,
            unit=group,
            line=place.line,
            path=place.path,
            relation="school",
            from_on=TERM_START,
        )
        for child in children
        for place in places
    )


def _child(county_id: UUID, number: int) -> Child:
    name = (
        SURNAMES[number % len(SURNAMES)]
        + GIVEN[number // 7 % len(GIVEN)]
        + GIVEN[number // 311 % len(GIVEN)]
    )
    pinyin, initials = syllables_and_initials(name)
    return Child(
        id=uuid7(),
        county_id=county_id,
        name=name,
        pinyin=pinyin,
        initials=initials,
        sex="12"[number % 2],
        born_on=date(2014 + number % 7, 1 + number % 12, 1 + number % 28),
        national_id_index=blind_index(f"bench-{number}", kind="national_id"),
        is_boarding=number % 5 == 0,
        left_behind=str(number % 3),
    )
