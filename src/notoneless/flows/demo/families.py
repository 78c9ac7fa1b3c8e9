"""Families with several children at school: brothers and sisters who share a guardian.

Those of 云顶小学 are entered with the same guardian. Of others the rosters name the same father or
mother with two numbers: on the slip that the class teacher prints the guardian says which number
and which address are right, and the school's clerk corrects the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import ChildRecord, Guardian
from notoneless.children.services.adding import NewChild, NewGuardian, add_child
from notoneless.children.services.identity import Particulars, values_of
from notoneless.families.models import Saying
from notoneless.families.queries.invitations import visitor_of
from notoneless.families.services.invitations import open_visit
from notoneless.flows.demo.county import DemoChild, DemoCounty, random_of
from notoneless.flows.demo.courses import cast, classes_by_id, taken_in_hand
from notoneless.flows.demo.words import NAMES
from notoneless.flows.families.deciding import decide_item
from notoneless.flows.families.inviting import Slip, invite_guardian
from notoneless.flows.families.saying import say_wrong
from notoneless.flows.sample.school import SampleSchool
from notoneless.rules.families import ITEMS, SaidKind, Verdict
from notoneless.rules.identity import id_check_digit
from notoneless.rules.roles import Role

SAID_ON, DECIDED_ON = date(2026, 9, 16), date(2026, 9, 18)
"""A Wednesday, and the Friday on which the schools' clerks have looked into it."""
FAMILIES = 8
"""So many of the rosters' families are put together."""
APART = timedelta(days=330)
"""Two children of one mother are at least so far apart."""
PARENTS = ("51", "52")
"""Father and mother (GB/T 4761)."""
YOUNGER = ((4, (1,)), (4, (2,)), (6, (3, 1)))
"""At 云顶小学: the class of the eldest, and those of the younger ones."""
LAST_SEAT = (1 << 128) - 1
"""The script names children by their seat: who is added here sits behind them."""


@dataclass(frozen=True, slots=True)
class Family:
    """Children whom the rosters give the same father or mother, the eldest first."""

    guardian: str
    children: tuple[DemoChild, ...]


# -- entered by hand ----------------------------------------------------------------------------


def enrol_siblings(school: SampleSchool) -> None:
    """The clerk of 云顶小学 adds brothers and sisters of children whom he has entered."""
    number = 0
    used: set[UUID] = set()
    for grade, classes in YOUNGER:
        elder = _ordinary(school.children[grade], used)
        for younger in classes:
            number += 1
            _enrol(school, elder, younger, number)


def _ordinary(child_ids: Sequence[UUID], used: set[UUID]) -> Guardian:
    """The guardian of one of the last seats, with a surname that a younger child can bear."""
    for child_id in sorted(child_ids, reverse=True):
        row = Guardian.objects.select_related("child").get(child=child_id, superseded_at=None)
        if child_id not in used and row.relation in PARENTS and row.name[0] == row.child.name[0]:
            used.add(child_id)
            return row
    raise ValueError("nobody of the class has a father or mother of the same surname")


def _enrol(school: SampleSchool, elder: Guardian, grade: int, number: int) -> None:
    chance = random_of("sibling", number)
    born_on = date(school.today.year - grade - 6, 9, 1) + timedelta(chance.randrange(300))
    digits = f"539909{born_on:%Y%m%d}{900 + number}"
    name = elder.name[0] + "".join(chance.sample(NAMES, 2))
    new = NewChild(
        token=UUID(int=LAST_SEAT - number, version=4),
        particulars=Particulars(name, digits + id_check_digit(digits)),
        class_id=school.classes[grade],
        from_on=school.term_start,
        study_mode="1",
        guardian=NewGuardian(elder.name, elder.relation, elder.phone),
    )
    clerk = school.actor("status109")
    stamp = school.stamp(by=school.people["status109"])
    add_child(new, is_another=True, actor=clerk, today=school.today, stamp=stamp)


# -- put together -------------------------------------------------------------------------------


def hear_families(county: DemoCounty, day: date) -> None:
    """What guardians say and clerks decide on a day; nothing on most.

    A family of which a person has taken a child in hand is left alone.
    """
    if day == SAID_ON:
        for number, family in enumerate(_families(county)):
            _say(county, family, day, number)
    elif day == DECIDED_ON:
        _decide(county, day)


def _families(county: DemoCounty) -> list[Family]:
    """Of all that the rosters allow, by chance; those with three children first."""
    found = sorted(_possible(county), key=_rank)
    busy: set[UUID] = {*cast(county).values(), *taken_in_hand(county)}
    chosen = []
    for family in found:
        if not busy.intersection(child.id for child in family.children):
            chosen.append(family)
            busy.update(child.id for child in family.children)
    return chosen[:FAMILIES]


def _rank(family: Family) -> tuple[int, float]:
    keys = "|".join(child.key for child in family.children)
    return -len(family.children), random_of("family", family.guardian, keys).random()


def _possible(county: DemoCounty) -> Iterator[Family]:
    """Children of one village and surname with a father, or a mother, of the same name."""
    rows = Guardian.objects.filter(
        county=county.county_id, superseded_at=None, is_guardian=True, relation__in=PARENTS
    )
    named: defaultdict[tuple[str, str, UUID, str], list[DemoChild]] = defaultdict(list)
    for name, relation, child_id in rows.values_list("name", "relation", "child"):
        child = county.children.get(child_id)
        if child is not None and child.village_id is not None:
            named[name, relation, child.village_id, child.name[0]].append(child)
    for (name, _, _, _), children in named.items():
        apart = tuple(_apart(sorted(children, key=lambda child: child.key[-10:])))
        if 2 <= len(apart) <= 3:
            yield Family(name, apart)


def _apart(children: Iterable[DemoChild]) -> Iterator[DemoChild]:
    """Those who can be children of one mother, the eldest first."""
    last = date.min
    for child in children:
        born_on = date.fromisoformat(child.key[-10:])
        if born_on >= last + APART:
            last = born_on
            yield child


def _say(county: DemoCounty, family: Family, day: date, number: int) -> None:
    """The guardian opens the page of each younger child and puts number and address right."""
    eldest, *younger = family.children
    known = Guardian.objects.get(child=eldest.id, name=family.guardian, superseded_at=None)
    record = ChildRecord.objects.get(child=eldest.id, superseded_at=None)
    address = str(values_of(record).get("home_address", ""))
    for child in younger:
        now = county.at(day, 17, 3 * number)
        with county.unless_refused():
            teacher = _teacher(county, child, day)
            slip = _slip(county, teacher, family.guardian, child, day, now)
            if slip is not None:
                _open(slip, child, known.phone, address, now=now + timedelta(hours=1), day=day)


def _teacher(county: DemoCounty, child: DemoChild, day: date) -> Actor | None:
    homeroom = classes_by_id(county)[child.class_id].homeroom
    return county.actor(homeroom, day) if homeroom else None


def _slip(  # who prints it, for whom, when
    county: DemoCounty,
    teacher: Actor | None,
    name: str,
    child: DemoChild,
    day: date,
    now: datetime,
) -> Slip | None:
    rows = Guardian.objects.filter(child=child.id, name=name, superseded_at=None)
    guardian = rows.values_list("pk", flat=True).first()
    if teacher is None or guardian is None:
        return None
    return invite_guardian(teacher, child.id, guardian, today=day, now=now)


def _open(  # the slip, of whom, what is right, when
    slip: Slip, child: DemoChild, phone: str, address: str, *, now: datetime, day: date
) -> None:
    secret = open_visit(slip.made.link, slip.made.code, address="", today=day, now=now)
    known = visitor_of(secret, now=now) if secret else None
    if known is None:
        return
    visitor, _ = known
    say_wrong(visitor, child.id, SaidKind.PHONE, phone, today=day, now=now)
    if address:
        say_wrong(visitor, child.id, SaidKind.ADDRESS, address, today=day, now=now)


def _decide(county: DemoCounty, day: date) -> None:
    """Each school's clerk accepts what guardians said; what a person has decided stays so."""
    rows = Saying.objects.filter(
        county=county.county_id, said_at__date=SAID_ON, kind__in=ITEMS, verdict=None
    )
    taken = taken_in_hand(county)
    said = rows.order_by("said_at", "pk").values_list("pk", "child")
    for number, (pk, child_id) in enumerate(said):
        child = county.children.get(child_id)
        if child is None or child_id in taken:
            continue
        school = classes_by_id(county)[child.class_id].school_id
        clerk = county.holder(Role.STATUS_CLERK, school, day)
        if clerk is not None:
            with county.unless_refused():
                now = county.at(day, 15, 2 * number)
                decide_item(clerk, pk, Verdict.ACCEPTED, today=day, now=now)
