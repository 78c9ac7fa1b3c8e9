"""A county of any size, written straight into the tables: the ground for measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import cycle, islice
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model
from uuid_utils.compat import uuid7

from notoneless.access.models import AccessApproval, User
from notoneless.children.models import Child, ChildPlace, ChildRecord, Enrolment, Guardian
from notoneless.flows.sample.county import found_sample_county
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Post, TeachingAssignment, Unit, UnitPlace
from notoneless.places.pinyin import syllables_and_initials
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.rules.paths import Line
from notoneless.rules.roles import Role
from notoneless.rules.units import Stage, UnitKind
from notoneless.vault.sealing import blind_index

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 0, 0, tzinfo=timezone.utc)
TERM_START = date(2026, 9, 1)
CLASS_SIZE = 45
CLASSES_PER_SCHOOL = 24
SCHOOLS_PER_TOWNSHIP = 10
CHILDREN_PER_VILLAGE = 400
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
GIVEN = "小大晓明雨家文志永春秋海山云天星月欣怡子梓涵轩宇浩然静雅慧敏丽娟秀芳强勇刚军建国"


@dataclass(frozen=True, slots=True)
class Ground:
    county_id: UUID
    child_id: UUID
    """A child of the first class."""


def fill_county(children: int) -> Ground:
    """The sample county with ``children`` more children in as many schools as they need, every
    third of them a junior school, ten in a township; 石桥乡 is the first.

    Each class has a teacher with two subjects, who may see it; each school has a principal. Whoever
    entered a junior school this year finished a primary school of the township in summer.
    """
    county_id = found_sample_county(now=NOW, today=TODAY)
    stamp = Stamp(county_id=county_id, by=None, now=NOW)
    numbers = iter(range(children))
    first: UUID | None = None
    for number in range(-(-children // (CLASS_SIZE * CLASSES_PER_SCHOOL))):
        if number % SCHOOLS_PER_TOWNSHIP == 0:
            township = _found_township(number // SCHOOLS_PER_TOWNSHIP, stamp)
        with transaction.atomic():
            school, classes = _found_school(number + 1, township, stamp)
            children_of = [(group, list(islice(numbers, CLASS_SIZE))) for group in classes]
            full = [(group, each) for group, each in children_of if each]
            _employ(county_id, school, classes)
            enrolled = _enrol(county_id, school, full)
            first = first or enrolled
            if school.stage == Stage.PRIMARY:
                township.left.append((school.pk, _found_left(school, stamp)))
            else:
                _let_finish(school, township)
    if first is None:
        raise ValueError("a county without children is no ground")
    return Ground(county_id, first)


def insert(rows: Sequence[Model]) -> None:
    """Write rows of one model through the driver: ``bulk_create`` takes three times as long."""
    if not rows:
        return
    fields = rows[0]._meta.local_concrete_fields
    database = connections[DEFAULT_DB_ALIAS]  # itself, not the proxy: it is asked for each value
    quote = database.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(rows[0]._meta.db_table)
    values = [
        [field.get_db_prep_save(field.pre_save(row, add=True), database) for field in fields]
        for row in rows
    ]
    with database.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


@dataclass(frozen=True, slots=True)
class Township:
    parents: dict[Line, UUID | None]
    """What a school of it stands under."""
    left: list[tuple[UUID, Unit]]
    """Classes that left primary school this summer, each with its school."""


@transaction.atomic
def _found_township(number: int, stamp: Stamp) -> Township:
    """With its centre school and villages; the first is the sample's own."""
    names = (
        ("石桥乡", "石桥乡中心学校") if number == 0 else (f"第{number}乡", f"第{number}乡中心学校")
    )
    if number:
        county = Unit.objects.get(pk=stamp.county_id)
        bureau = Unit.objects.get(county=county, kind=UnitKind.BUREAU)
        new = NewUnit(UnitKind.TOWNSHIP, names[0], code=f"53990{number + 100:03d}0000")
        found_unit(new, parents={Line.GOVERNMENT: county.pk}, on=TERM_START, stamp=stamp)
        new = NewUnit(UnitKind.CENTRE_SCHOOL, names[1])
        found_unit(new, parents={Line.EDUCATION: bureau.pk}, on=TERM_START, stamp=stamp)
    township, centre = (Unit.objects.get(county=stamp.county_id, name=name) for name in names)
    pupils = SCHOOLS_PER_TOWNSHIP * CLASSES_PER_SCHOOL * CLASS_SIZE
    for village in range(pupils // CHILDREN_PER_VILLAGE):
        code = f"5399{number + 100:03d}{village:05d}"
        new = NewUnit(UnitKind.VILLAGE, f"第{number}乡第{village + 1}村", code=code)
        found_unit(new, parents={Line.GOVERNMENT: township.pk}, on=TERM_START, stamp=stamp)
    return Township({Line.EDUCATION: centre.pk, Line.GOVERNMENT: township.pk}, [])


def _found_school(number: int, township: Township, stamp: Stamp) -> tuple[Unit, list[Unit]]:
    """A school and its classes: four in each grade of a primary, eight of a junior school."""
    is_junior = number % 3 == 0
    new = NewUnit(
        UnitKind.SCHOOL,
        f"第{number}{'初级中学' if is_junior else '小学'}",
        code=f"{'3' if is_junior else '2'}199{900000 + number}",
        stage=Stage.JUNIOR if is_junior else Stage.PRIMARY,
    )
    school = found_unit(new, parents=township.parents, on=TERM_START, stamp=stamp)
    grades = range(2024, 2027) if is_junior else range(2021, 2027)
    return school, [group for year in grades for group in _grade(school, year, grades, stamp)]


def _grade(school: Unit, entered_in: int, grades: range, stamp: Stamp) -> Iterator[Unit]:
    grade = _below(UnitKind.GRADE, str(entered_in), school, entered_in, stamp)
    for name in range(1, CLASSES_PER_SCHOOL // len(grades) + 1):
        yield _below(UnitKind.CLASS, str(name), grade, entered_in, stamp)


def _below(kind: UnitKind, name: str, parent: Unit, entered_in: int, stamp: Stamp) -> Unit:
    stage = Stage.JUNIOR if parent.stage == Stage.JUNIOR else Stage.PRIMARY
    return found_unit(
        NewUnit(kind, name, stage=stage, entered_in=entered_in),
        parents={Line.EDUCATION: parent.pk, Line.GOVERNMENT: parent.pk},
        on=TERM_START,
        stamp=stamp,
    )


def _found_left(school: Unit, stamp: Stamp) -> Unit:
    """The class that left a primary school this summer."""
    grade = _below(UnitKind.GRADE, "2020", school, 2020, stamp)
    return _below(UnitKind.CLASS, "1", grade, 2020, stamp)


def _let_finish(school: Unit, township: Township) -> None:
    """Where the first grade of a junior school comes from."""
    new = Enrolment.objects.filter(school=school, school_class__entered_in=2026)
    insert(
        [
            Enrolment(
                county_id=spell.county_id,
                child_id=spell.child_id,
                school_id=primary,
                school_class=group,
                from_on=date(2020, 9, 1),
                to_on=date(2026, 8, 31),
                begun="roster",
                ended="graduated",
                recorded_at=NOW,
            )
            for spell, (primary, group) in zip(new, cycle(township.left), strict=False)
        ]
    )


def _employ(county_id: UUID, school: Unit, classes: Sequence[Unit]) -> None:
    wanted = [(school, Role.PRINCIPAL), *((group, Role.HOMEROOM_TEACHER) for group in classes)]
    people = [Person(county_id=county_id, **_called(number)) for number in range(len(wanted))]
    posts = [
        Post(unit=unit, role=role, person=person, from_on=TERM_START)
        for person, (unit, role) in zip(people, wanted, strict=True)
    ]
    insert(people)
    insert(posts)
    insert([User(person=each, username=each.pk.hex) for each in people])
    insert(
        [
            AccessApproval(
                post=post,
                approved_by=people[0],
                purpose="日常工作",
                from_on=TERM_START,
                to_on=TERM_START + timedelta(days=365),
            )
            for post in posts
        ]
    )
    insert(
        [
            TeachingAssignment(
                school_class=post.unit, person=post.person, subject=subject, from_on=TERM_START
            )
            for post in posts[1:]
            for subject in ("语文", "数学")
        ]
    )


def _enrol(county_id: UUID, school: Unit, classes: list[tuple[Unit, list[int]]]) -> UUID:
    """Put a child for each number into its class; answers the first."""
    children = [(_child(county_id, n), n, group) for group, numbers in classes for n in numbers]
    insert([child for child, _, _ in children])
    insert([_record(child) for child, _, _ in children])
    insert([_guardian(child, number) for child, number, _ in children])
    insert(
        [
            Enrolment(
                county_id=county_id,
                child=child,
                school=school,
                school_class=group,
                from_on=date(group.entered_in or 2026, 9, 1),
                begun="roster",
                recorded_at=NOW,
            )
            for child, _, group in children
        ]
    )
    places: dict[UUID, list[UnitPlace]] = {}
    for place in UnitPlace.objects.filter(unit__in=[group for group, _ in classes]):
        places.setdefault(place.unit_id, []).append(place)
    insert([_tie(child, place) for child, _, group in children for place in places[group.pk]])
    return children[0][0].pk


def _child(county_id: UUID, number: int) -> Child:
    return Child(
        id=uuid7(),
        county_id=county_id,
        **_called(number),
        joined_pinyin=_called(number)["pinyin"].replace(" ", ""),
        sex="12"[number % 2],
        born_on=date(2014 + number % 7, 1 + number % 12, 1 + number % 28),
        national_id_index=blind_index(f"bench-{number}", kind="national_id"),
        is_boarding=number % 5 == 0,
        left_behind=str(number % 3),
    )


def _called(number: int) -> dict[str, str]:
    """A name, how it sounds and how that begins."""
    letters = (
        SURNAMES[number % len(SURNAMES)],
        GIVEN[number // 7 % len(GIVEN)],
        GIVEN[number // 311 % len(GIVEN)],
    )
    sounds = [_sound(letter) for letter in letters]
    return {
        "name": "".join(letters),
        "pinyin": " ".join(syllable for syllable, _ in sounds),
        "initials": "".join(initial for _, initial in sounds),
    }


@cache
def _sound(letter: str) -> tuple[str, str]:
    return syllables_and_initials(letter)


def _record(child: Child) -> ChildRecord:
    return ChildRecord(
        county_id=child.county_id,
        child=child,
        source="roster",
        values={"name": child.name},
        digest=blind_index(str(child.pk), kind="record"),
        happened_on=TERM_START,
        noted_at=NOW,
        recorded_at=NOW,
    )


def _guardian(child: Child, number: int) -> Guardian:
    return Guardian(
        county_id=child.county_id,
        child=child,
        position=1,
        name="家长",
        relation="51",
        is_guardian=True,
        phone=f"154{number:08d}",
        phone_index=blind_index(f"154{number:08d}", kind="phone"),
    )


def _tie(child: Child, place: UnitPlace) -> ChildPlace:
    return ChildPlace(
        county_id=child.county_id,
        child=child,
        unit_id=place.unit_id,
        line=place.line,
        path=place.path,
        relation="school",
        from_on=TERM_START,
    )
