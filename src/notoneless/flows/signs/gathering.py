"""Puts together what the rules of signs need to know about children of one school."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from notoneless.attendance.models import Absence, LessonMark
from notoneless.attendance.queries.history import Histories, histories
from notoneless.attendance.queries.members import CHILD, SchoolStanding, registered_on
from notoneless.children.queries.branches import WHO
from notoneless.flows.duties.gathering import year_from
from notoneless.flows.duties.told import Told, told_about
from notoneless.flows.signs.said import Said, said_about
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.runs import ChildHistory, marks_of
from notoneless.rules.calendar import BadCalendar
from notoneless.rules.duties.facts import ContactKind, Tag
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.policy.resolved import ResolvedPolicy, policy_of
from notoneless.rules.signs.facts import AnswerFact, SignFacts, TryFact
from notoneless.rules.signs.kinds import AnswerKind, Context
from notoneless.rules.signs.thresholds import SignRules, sign_rules
from notoneless.signs.queries.who import about


@dataclass(frozen=True, slots=True)
class Member:
    """A child registered in a class."""

    child_id: UUID
    name: str
    pinyin: str
    class_id: UUID
    left_behind: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A school on a day: its figures and its days with class."""

    school: SchoolStanding
    policy: ResolvedPolicy
    rules: SignRules
    days: tuple[date, ...]
    """From ``from_on`` to ``as_of``."""
    next_day: date | None
    from_on: date
    as_of: date


_LEFT_BEHIND = {"1": Context.LEFT_BEHIND_ONE, "2": Context.LEFT_BEHIND_BOTH}


def ground_of(school: SchoolStanding, *, as_of: date, rules: SignRules | None = None) -> Ground:
    """A school's figures and days; no statement while policy and calendar are remembered.

    ``rules`` tries other figures. A policy that contradicts itself has none.
    """
    try:
        policy = school.policy(as_of)
    except PolicyConflict:
        policy = policy_of(())
    rules = rules or sign_rules(policy)
    try:
        known = school.calendar(as_of).school_days
    except BadCalendar:
        known = ()
    past = [day for day in known if day <= as_of]
    back = past[-rules.looks_back :]
    from_on = min([year_from(as_of), *back[:1]])
    return Ground(
        school=school,
        policy=policy,
        rules=rules,
        days=tuple(day for day in past if day >= from_on),
        next_day=next((day for day in known if day > as_of), None),
        from_on=from_on,
        as_of=as_of,
    )


def members_of(class_ids: Collection[UUID], *, county_id: UUID, on: date) -> list[Member]:
    """The children of some classes on a day, by pinyin; one statement."""
    rows = registered_on(on).filter(county=county_id, school_class__in=list(class_ids))
    return _members(rows)


def _members(rows: QuerySet[Any, Any]) -> list[Member]:
    rows = rows.exclude(school_class=None).annotate(who=CHILD).order_by("child__pinyin", "pk")
    return [
        Member(*row)
        for row in rows.values_list(
            "who", "child__name", "child__pinyin", "school_class", "child__left_behind"
        )
    ]


def members_at(school_id: UUID, *, county_id: UUID, on: date) -> list[Member]:
    """The children of a school who are in a class on a day; one statement."""
    return _members(registered_on(on).filter(county=county_id, school=school_id))


def facts_of(
    ground: Ground, members: Sequence[Member], *, county_id: UUID
) -> dict[UUID, SignFacts]:
    """What is on record about some children of one school; six statements at most.

    Children of whom nothing is on record that could fire are left out. Days are read back to
    the start of the school year, or as far as the figures of the place look.
    """
    ids = [member.child_id for member in members]
    if not ids:
        return {}
    said = said_about(ids, from_on=ground.from_on, until=ground.as_of)
    told = told_about(ids, county_id=county_id, from_on=ground.from_on, until=ground.as_of)
    missed = _ever_missed(ids, ground)
    asked = (missed | said.may_fire | {c.child_id for c in told.contacts}) & set(ids)
    if not asked:
        return {}
    attendance = histories(
        sorted(missed & asked), county_id=county_id, from_on=ground.from_on, until=ground.as_of
    )
    by_id = {member.child_id: member for member in members}
    return {
        child: _facts(ground, by_id[child], attendance, (said, told)) for child in sorted(asked)
    }


def _facts(
    ground: Ground, member: Member, attendance: Histories, parts: tuple[Said, Told]
) -> SignFacts:
    said, told = parts
    child = member.child_id
    history = attendance.children.get(child)
    marks = _marks(ground, history, attendance)
    contacts = [each for each in told.contacts if each.child_id == child]
    reached = [
        AnswerFact(
            AnswerKind.VISIT if each.kind is ContactKind.VISIT else AnswerKind.CONTACT, each.on
        )
        for each in contacts
        if each.is_reached
    ]
    left_behind = _LEFT_BEHIND.get(member.left_behind)
    context = {left_behind} if left_behind else set()
    if Tag.RETURNED in told.tags.get(child, ()):
        context.add(Context.RETURNED)
    calendar = ground.school.calendar(ground.as_of)
    return SignFacts(
        child_id=child,
        as_of=ground.as_of,
        days=ground.days,
        marks=marks,
        next_day=ground.next_day,
        term=calendar.calendar.term_of(ground.as_of) if calendar.knows(ground.as_of) else None,
        class_on=_classes(history, marks),
        tries=tuple(TryFact(each.id, each.on, each.is_reached) for each in contacts),
        numbers=tuple(said.numbers.get(child, ())),
        words=tuple(said.words.get(child, ())),
        answers=(*reached, *said.answers.get(child, ())),
        context=frozenset(context),
    )


def with_context(facts: SignFacts, more: Iterable[Context]) -> SignFacts:
    return replace(facts, context=facts.context | frozenset(more))


def _marks(ground: Ground, history: ChildHistory | None, attendance: Histories) -> dict[date, Mark]:
    if history is None:
        return {}
    roll_rules = ground.school.roll_rules(ground.as_of)
    return marks_of(history, attendance.classes, ground.days, roll_rules)


def _classes(history: ChildHistory | None, marks: Mapping[date, Mark]) -> dict[date, UUID]:
    if history is None:
        return {}
    found = {}
    for day, mark in marks.items():
        at = history.class_on(day) if mark is Mark.UNEXPLAINED else None
        if isinstance(at, UUID):
            found[day] = at
    return found


def _ever_missed(ids: Collection[UUID], ground: Ground) -> set[UUID]:
    """Children missing in some standing roll or lesson since the days looked at began."""
    days = {"day__gte": ground.from_on, "day__lte": ground.as_of}
    absences = Absence.objects.filter(about(ids), roll__is_standing=True, **days)
    lessons = LessonMark.objects.filter(about(ids), withdrawn_at=None, **days)
    return set(_whom(absences).union(_whom(lessons)))


def _whom(rows: QuerySet[Any, Any]) -> QuerySet[Any, UUID]:
    named: QuerySet[Any, UUID] = rows.order_by().annotate(who=WHO).values_list("who", flat=True)
    return named
