"""What people of the sample county answer for: a plan with money, contracts, reports, one fault.

At the beginning of term 石桥乡中心小学 takes over the joint guarantee (S1-19) and its money is
released; its classes, a class's families and the township's villages sign. Schools under S1-29
report each month. One matter of accountability stands where the person charged is to be heard.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.contracts.models import Contract
from notoneless.contracts.queries.listing import to_sign
from notoneless.flows.contracts.drawing import Order, draw_contracts
from notoneless.flows.contracts.signing import Pen, sign_before_witness, sign_many
from notoneless.flows.demo.county import DemoClass, DemoCounty
from notoneless.flows.oversight.posts import posts_to_charge
from notoneless.flows.oversight.raising import Raising, raise_fault
from notoneless.flows.oversight.stepping import Taking, take
from notoneless.flows.policy import adopt_pack, decide, propose
from notoneless.flows.workplans.reports import Address, Said, accept_all, submit
from notoneless.flows.workplans.year import year_of_unit
from notoneless.journal.services import Stamp
from notoneless.places.services.people import Appointment, appoint
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.services.adoptions import NewAdoption
from notoneless.policy.services.releases import NewRelease
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.contracts.terms import Effective, Span, Terms
from notoneless.rules.faults.catalogue import FaultKind
from notoneless.rules.faults.kinds import FaultStep
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import Stream

TAKEN_OVER = date(2026, 9, 7)
"""A Monday: the joint guarantee holds from this day."""
TOGETHER, FAMILIES, VILLAGES = date(2026, 9, 9), date(2026, 9, 11), date(2026, 9, 15)
FOUND = date(2026, 11, 17)
REPORTED = frozenset({(9, 23), (10, 23)})
SUMMED_UP = frozenset({(9, 25), (10, 23)})
WRITTEN_ON, WRITTEN_LATE_ON = date(2026, 10, 29), date(2026, 11, 4)
WRITES_LATE = "松林乡"
"""Its written report for October comes in November."""
JOINT_SCHOOL = "2199000107"
SCHOOL_HEAD, TEACHER, MAYOR, CLERK, BUREAU = "principal", "teacher", "mayor", "clerk", "bureau"
YEARLY = Terms(Span.SCHOOL_YEAR, Effective.ON_SIGNATURE, 2, goes_on=True)
SIGNED_BY_NOW = 0.8
"""This part of a class's families has signed."""
IN_TIME = 0.9
SOURCE = "石桥乡中心小学教职工代表大会决议（虚构）"
INSTRUMENT = ("青禾县教职工控辍保学奖惩办法（虚构）", "青禾教〔2026〕21号")


def answer(county: DemoCounty, day: date) -> None:
    """What happens in these matters on a day; nothing on most."""
    once = {
        TAKEN_OVER: _take_over,
        TOGETHER: _sign_together,
        FAMILIES: _sign_with_families,
        VILLAGES: _sign_with_villages,
        FOUND: _find_a_fault,
        WRITTEN_ON: _write,
        WRITTEN_LATE_ON: _write,
    }
    if day in once:
        once[day](county, day)
    if (day.month, day.day) in REPORTED:
        _report(county, day)
    if (day.month, day.day) in SUMMED_UP:
        _sum_up(county, day)


def _take_over(county: DemoCounty, day: date) -> None:
    """The school adopts the joint guarantee, settled each term; the county's office releases it."""
    clerk, head = county.actor(CLERK, day), county.actor(BUREAU, day)
    school = county.schools[JOINT_SCHOOL]
    new = NewAdoption(
        school,
        "S1-19/2026",
        day,
        values={"settlement_period": OwnValue("term", SOURCE)},
        reason="全体教职工讨论通过，按学期兑现。",
        id=county.new_id("joint guarantee"),
    )
    at = county.at(day, 10)
    with county.unless_refused():
        adopt_pack(clerk, new, today=day, now=at)
        for key in policy_for(school, on=day).switched_off:
            release = NewRelease(school, key, *INSTRUMENT, date(2026, 8, 20), day)
            found = propose(clerk, release, today=day, now=at)
            decide(head, found, is_granted=True, reason="依据齐全", today=day, now=at)


def _sign_together(county: DemoCounty, day: date) -> None:
    """Attached teachers are named, the school draws up its joint guarantees, all but one sign."""
    school = county.schools[JOINT_SCHOOL]
    stamp = Stamp(county.county_id, None, county.at(day, 9))
    teachers = county.holders(Role.SUBJECT_TEACHER, school, day)
    classes = [each for each in county.classes if each.school_id == school]
    for number, each in enumerate(classes):
        if teachers:
            person = teachers[number % len(teachers)].person_id
            appoint(Appointment(Role.ATTACHED_TEACHER, each.id, person), from_on=day, stamp=stamp)
    _draw(county, SCHOOL_HEAD, ContractKind.JOINT, school, day)
    late = classes[-1].homeroom if classes else None
    people = {*(each.homeroom for each in classes), *(each.person_id for each in teachers)}
    people.add(county.actor(SCHOOL_HEAD, day).person_id)
    for person in sorted((p for p in people if p and p != late), key=str):
        _sign_own(county, county.actor(person, day), day)


def _sign_with_families(county: DemoCounty, day: date) -> None:
    """Guardians of one class sign on the phone that their teacher holds out; some are still to."""
    teacher = county.actor(TEACHER, day)
    mine = _class_of(county, teacher)
    if mine is None:
        return
    _draw(county, TEACHER, ContractKind.GUARDIAN, mine.id, day)
    rows = Contract.objects.filter(unit_a=mine.id, kind=ContractKind.GUARDIAN)
    family = rows.filter(parties__guardian__isnull=False)
    signers = family.values_list("pk", "child", "parties__guardian__name")
    for contract_id, child, name in signers:
        known = county.children.get(child)
        if known is None or county.random("family signs", known.key).random() >= SIGNED_BY_NOW:
            continue
        with county.unless_refused():
            sign_before_witness(
                teacher, contract_id, Pen(True, typed=name), today=day, now=county.at(day, 17)
            )


def _sign_with_villages(county: DemoCounty, day: date) -> None:
    mayor = county.actor(MAYOR, day)
    township = next(held.unit_id for held in mayor.holdings if held.role is Role.TOWNSHIP_HEAD)
    _draw(county, MAYOR, ContractKind.DUAL_LINE, township, day)
    _sign_own(county, mayor, day)
    for name, unit in sorted(county.units.items()):
        head = county.holder(Role.VILLAGE_HEAD, unit, day)
        if head is not None and county.random("village signs", name).random() < SIGNED_BY_NOW:
            _sign_own(county, head, day)


def _find_a_fault(county: DemoCounty, day: date) -> None:
    """A class's roll stays uncalled for days; its teacher is told and may say his view."""
    head, teacher = county.actor("principal109", day), county.actor("teacher6", day)
    school = next(held.unit_id for held in head.holdings if held.role is Role.PRINCIPAL)
    posts = posts_to_charge(head, school, on=day)
    post = next((each.id for each in posts if each.person_id == teacher.person_id), None)
    if post is None:
        return
    matter = county.new_id("fault", 1)
    facts = "九月以来多次没有按时点名、没有及时跟进课堂缺席，提醒后仍有遗漏。"
    steps = (
        (
            FaultStep.INVESTIGATED,
            None,
            "查了点名和课堂缺席记录，情况属实；期间请过三天病假。",
        ),
        (FaultStep.NOTICE_GIVEN, day + timedelta(days=7), "请在期限内当面或书面陈述。"),
    )
    with county.unless_refused():
        raising = Raising(
            id=matter, post_id=post, kind=FaultKind.NO_MEASURES, facts=facts, found_on=day
        )
        raise_fault(head, raising, today=day, now=county.at(day, 16))
        for number, (kind, until, words) in enumerate(steps):
            given = Taking(
                id=county.new_id("fault", 1, kind),
                kind=kind,
                on=day,
                until=until,
                said={"words": words},
            )
            take(head, matter, given, today=day, now=county.at(day, 16, 10 + number))


def _report(county: DemoCounty, day: date) -> None:
    """Schools hand in the month's count; one in ten forgets."""
    for code, school in sorted(county.schools.items()):
        head = county.holder(Role.PRINCIPAL, school, day)
        if head is None or county.random("report", code, day).random() >= IN_TIME:
            continue
        _hand_in(county, head, school, Stream.SCHOOL_COUNT, day, key=code)


def _sum_up(county: DemoCounty, day: date) -> None:
    """Townships take over their schools' counts and hand in their own."""
    for name, actor, unit in _townships(county, day):
        now = county.at(day, 17)
        with county.unless_refused():
            accept_all(actor, unit, today=day, now=now)
        _hand_in(county, actor, unit, Stream.TOWNSHIP_COUNT, day, key=name)


def _write(county: DemoCounty, day: date) -> None:
    """Townships report in writing, where their plan asks for it."""
    for name, actor, unit in _townships(county, day):
        if (name == WRITES_LATE) == (day == WRITTEN_LATE_ON):
            _hand_in(county, actor, unit, Stream.TOWNSHIP_WRITTEN, day, key=f"{name} written")


def _hand_in(
    county: DemoCounty, actor: Actor, unit: UUID, stream: Stream, day: date, *, key: str
) -> None:
    now = county.at(day, 16)
    with county.unless_refused():
        for item in year_of_unit(actor, unit, today=day).items:
            if item.stream is not stream or not item.is_open:
                continue
            said = Said(county.new_id("report", key, day), "数据已与点名和学籍核对。")
            submit(actor, Address(unit, stream, item.from_on), said, today=day, now=now)


def _draw(county: DemoCounty, who: str, kind: ContractKind, unit: UUID, day: date) -> None:
    with county.unless_refused():
        order = Order(kind, unit, YEARLY)
        draw_contracts(county.actor(who, day), order, today=day, now=county.at(day, 11))


def _sign_own(county: DemoCounty, actor: Actor, day: date) -> None:
    waiting = [each.id for each in to_sign(actor, today=day)]
    with county.unless_refused():
        pen = Pen(True, typed=actor.name)
        sign_many(actor, waiting, pen, today=day, now=county.at(day, 15))


def _class_of(county: DemoCounty, teacher: Actor) -> DemoClass | None:
    return next((each for each in county.classes if each.homeroom == teacher.person_id), None)


def _townships(county: DemoCounty, day: date) -> Iterator[tuple[str, Actor, UUID]]:
    """Name, officer and id of each township with a school, by name."""
    wanted = {each.township_id for each in county.classes}
    for name, unit in sorted(county.units.items()):
        actor = county.holder(Role.TOWNSHIP_OFFICER, unit, day) if unit in wanted else None
        if actor is not None:
            yield name, actor, unit
