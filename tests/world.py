"""The village: the few named places, people and children that tests tell stories about.

石桥乡 in 青禾县 has a primary school with classes 1 and 2 of the cohort of 2024 (grade 3) and a
junior school with class 1 of the cohort of 2025 (grade 8); 河口镇 has a primary school of its own,
so that there is always somebody from the wrong place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor
from notoneless.access.models import User
from notoneless.access.queries import actor_of_person
from notoneless.access.services import approve_access, open_account
from notoneless.children.models import Child
from notoneless.children.models.places import SpellBegun
from notoneless.children.services.spells import NewSpell, begin_spells
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Unit
from notoneless.places.pinyin import syllables_and_initials
from notoneless.places.services.people import Appointment, appoint, register_person
from notoneless.places.services.units import NewUnit, found_county, found_unit
from notoneless.rules.paths import Line
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind

FOUNDED = date(2020, 9, 1)
TERM_START = date(2026, 9, 1)  # a Tuesday
TODAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 0, 0, tzinfo=timezone.utc)  # 08:00 in the village
PASSWORD = "stone-bridge-2026"


@dataclass(slots=True)
class Village:
    county_id: UUID = field(default_factory=uuid7)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)

    def stamp(self, by: str | None = None) -> Stamp:
        person = self.people[by].pk if by else None
        return Stamp(county_id=self.county_id, by=person, now=NOW)

    def actor(self, name: str, *, today: date = TODAY) -> Actor:
        """The actor that a named person is on ``today``."""
        return actor_of_person(self.people[name], today=today)

    def found(self, key: str, new: NewUnit, **above: str) -> Unit:
        """Found a unit under the units named by key, by line letter (``g=``, ``e=``)."""
        parents = {Line(line): self.units[k].pk if k else None for line, k in above.items()}
        self.units[key] = found_unit(new, parents=parents, on=FOUNDED, stamp=self.stamp())
        return self.units[key]

    def employ(self, key: str, name: str, role: Role, at: str, *, approved: bool = True) -> Person:
        """A person with one post at the unit ``at``, access approved for a year."""
        person = register_person(name=name, stamp=self.stamp())
        self.people[key] = person
        post = appoint(
            Appointment(role, self.units[at].pk, person.pk), from_on=FOUNDED, stamp=self.stamp()
        )
        if approved:
            approver = "fang" if key != "fang" else "lu"
            by = self.people.get(approver) or person
            if by is not person:
                approve_access(
                    post.pk,
                    purpose="日常工作",
                    from_on=TERM_START,
                    to_on=TERM_START + timedelta(days=365),
                    stamp=Stamp(county_id=self.county_id, by=by.pk, now=NOW),
                )
        return person

    def enrol(self, key: str, name: str, at: str, **columns: object) -> Child:
        """A child registered in the class ``at`` since the term began."""
        pinyin, initials = syllables_and_initials(name)
        child = Child.objects.create(
            county_id=self.county_id,
            name=name,
            pinyin=pinyin,
            joined_pinyin=pinyin.replace(" ", ""),
            initials=initials,
            **columns,
        )
        self.children[key] = child
        group = self.units[at]
        school = next(u for k, u in self.units.items() if k == at.split("-")[0])
        begin_spells(
            [NewSpell(child.pk, school.pk, group.pk, SpellBegun.ENROLLED)],
            from_on=TERM_START,
            stamp=self.stamp(),
        )
        return child

    def account(self, key: str) -> User:
        """A sign-in for a named person; the username is the key."""
        user = User.objects.filter(username=key).first()
        if user is None:
            user = open_account(
                person_id=self.people[key].pk,
                username=key,
                password=PASSWORD,
                must_change=False,
                stamp=self.stamp(),
            )
        return user

    @property
    def lan(self) -> Child:
        return self.children["lan"]


def build() -> Village:
    """The village on 2026-11-20."""
    v = Village()
    county = found_county(
        NewUnit(UnitKind.COUNTY, "青禾县", code="539901"), on=FOUNDED, stamp=v.stamp()
    )
    v.units["county"] = county
    _found_places(v)
    _employ_people(v)
    _enrol_children(v)
    return v


def _found_places(v: Village) -> None:
    v.found("bureau", NewUnit(UnitKind.BUREAU, "青禾县教育体育局"), g="county", e="")
    v.found("shiqiao", NewUnit(UnitKind.TOWNSHIP, "石桥乡", code="539901102000"), g="county")
    v.found("hekou", NewUnit(UnitKind.TOWNSHIP, "河口镇", code="539901100000"), g="county")
    v.found("village", NewUnit(UnitKind.VILLAGE, "石桥村", code="539901102201"), g="shiqiao")
    v.found("centre", NewUnit(UnitKind.CENTRE_SCHOOL, "石桥乡中心学校"), e="bureau")
    for key, code, name, township, stage, above in (
        ("primary", "2199000107", "石桥乡中心小学", "shiqiao", "primary", "centre"),
        ("junior", "3199000106", "石桥乡初级中学", "shiqiao", "junior", "centre"),
        ("other", "2199000101", "河口镇中心小学", "hekou", "primary", "bureau"),
    ):
        new = NewUnit(UnitKind.SCHOOL, name, code=code, stage=stage)
        v.found(key, new, g=township, e=above)
    for school, stage, entered_in, numbers in (
        ("primary", "primary", 2024, "12"),
        ("junior", "junior", 2025, "1"),
        ("other", "primary", 2024, "1"),
    ):
        grade = NewUnit(UnitKind.GRADE, str(entered_in), stage=stage, entered_in=entered_in)
        v.found(f"{school}-grade", grade, g=school, e=school)
        for number in numbers:
            new = NewUnit(UnitKind.CLASS, number, stage=stage, entered_in=entered_in)
            v.found(f"{school}-{number}", new, g=f"{school}-grade", e=f"{school}-grade")


def _employ_people(v: Village) -> None:
    v.employ("lu", "陆晓禾", Role.COUNTY_CLERK, "bureau", approved=False)
    v.employ("fang", "方远山", Role.BUREAU_HEAD, "bureau")
    lu_post = v.people["lu"].posts.get()
    approve_access(
        lu_post.pk,
        purpose="日常工作",
        from_on=TERM_START,
        to_on=TERM_START + timedelta(days=365),
        stamp=v.stamp("fang"),
    )
    v.employ("he", "何开来", Role.CENTRE_HEAD, "centre")
    v.employ("qin", "覃志学", Role.PRINCIPAL, "primary")
    v.employ("wei", "韦素芬", Role.STATUS_CLERK, "primary")
    v.employ("shi", "石永福", Role.SCHOOL_ADMINISTRATOR, "primary")
    v.employ("chen", "陈小满", Role.HOMEROOM_TEACHER, "primary-1")
    v.employ("xiang", "向春林", Role.TOWNSHIP_OFFICER, "shiqiao")
    v.employ("long", "龙秀英", Role.VILLAGE_OFFICER, "village")
    v.employ("tan", "谭文静", Role.PRINCIPAL, "other")
    v.employ("mo", "莫庆国", Role.COUNTY_ADMINISTRATOR, "bureau")
    v.employ("shao", "邵文澜", Role.SUPERVISOR, "bureau")


def _enrol_children(v: Village) -> None:
    v.enrol("lan", "吴小兰", "primary-1", sex="2", born_on=date(2018, 3, 12))
    v.enrol("gang", "杨大刚", "primary-1", sex="1", born_on=date(2018, 1, 5))
    v.enrol("yan", "䶮雨晴", "primary-2", sex="2", born_on=date(2017, 12, 1))
    v.enrol("peng", "彭家乐", "junior-1", sex="1", born_on=date(2013, 5, 30))
    v.enrol("far", "罗小河", "other-1", sex="1", born_on=date(2018, 7, 7))
