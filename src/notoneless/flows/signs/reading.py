"""Who shows signs now, in an order to visit, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import (
    ClassStanding,
    classes_with_children,
    standing_of_school,
)
from notoneless.children.models import Child
from notoneless.flows.signs.context import context_of
from notoneless.flows.signs.doors import ChildHere
from notoneless.flows.signs.gathering import (
    Ground,
    Member,
    facts_of,
    ground_of,
    members_of,
    with_context,
)
from notoneless.flows.signs.terms import term_at
from notoneless.rules.roles import Capability
from notoneless.rules.signs.points import Standing, points_table, standing
from notoneless.rules.signs.signs import Signs, signs_of


@dataclass(frozen=True, slots=True)
class ChildSigns:
    """One child of a list."""

    child_id: UUID
    name: str
    class_id: UUID
    signs: Signs
    standing: Standing | None
    """``None`` while somebody is acting on all of its signs."""


@dataclass(frozen=True, slots=True)
class SignsPage:
    """Who shows signs in the actor's classes."""

    classes: tuple[ClassStanding, ...]
    in_term: frozenset[UUID]
    """Schools that are in a term; between terms, or without a calendar, there are no lists."""
    to_visit: tuple[ChildSigns, ...]
    """First whom to visit first."""
    taken_up: tuple[ChildSigns, ...]
    """Somebody is acting on every sign."""
    is_early: bool
    """In some class it is too early in the term for shares and patterns."""


def signs_in_reach(
    actor: Actor, *, today: date, class_ids: Collection[UUID] | None = None
) -> SignsPage:
    """Children with signs in the classes where the actor sees them; some twelve statements for a
    school, whatever the number of classes. Raises ``NotAllowed`` without the capability.
    """
    actor.must(Capability.SEE_SIGNS)
    classes = classes_with_children(actor, day=today, class_ids=class_ids, to=Capability.SEE_SIGNS)
    by_school: dict[UUID, list[UUID]] = defaultdict(list)
    for each in classes:
        by_school[each.school_id].append(each.id)
    rows: list[ChildSigns] = []
    in_term = set()
    for school_id, ids in by_school.items():
        school = standing_of_school(school_id, county_id=actor.county_id)
        if term_at(school, on=today) is not None:
            in_term.add(school_id)
        members = members_of(ids, county_id=actor.county_id, on=today)
        rows += signs_of_members(school, members, county_id=actor.county_id, as_of=today)
    loud = [row for row in rows if row.standing is not None]
    return SignsPage(
        classes=tuple(classes),
        in_term=frozenset(in_term),
        to_visit=tuple(sorted(loud, key=_first_visited)),
        taken_up=tuple(row for row in rows if row.standing is None),
        is_early=any(row.signs.is_guarded for row in rows),
    )


def signs_of_members(
    school: SchoolStanding, members: Sequence[Member], *, county_id: UUID, as_of: date
) -> list[ChildSigns]:
    """Those of some children of one school who show signs, in the order of ``members``."""
    ground = ground_of(school, as_of=as_of)
    facts = facts_of(ground, members, county_id=county_id)
    found = {child: signs_of(each, ground.rules) for child, each in facts.items()}
    shown = {child for child, signs in found.items() if signs.fired}
    loud = {child for child in shown if found[child].loud}
    around = context_of(loud, county_id=county_id)
    table = points_table(ground.policy)
    rows = []
    for member in members:
        child = member.child_id
        if child not in shown:
            continue
        signs = found[child]
        if around.get(child):
            context = with_context(facts[child], around[child]).context
            signs = replace(signs, context=context)
        rows.append(ChildSigns(child, member.name, member.class_id, signs, standing(signs, table)))
    return rows


def signs_of_child(here: ChildHere, *, county_id: UUID, today: date) -> ChildSigns | None:
    """One child's signs; ``None`` where nothing is on record that could fire one."""
    if here.at is None or here.at.class_id is None:
        return None
    row = Child.objects.values_list("pinyin", "left_behind").get(pk=here.child_id)
    member = Member(here.child_id, here.name, row[0], here.at.class_id, row[1])
    rows = signs_of_members(here.at.school, [member], county_id=county_id, as_of=today)
    return rows[0] if rows else None


def firing(ground: Ground, members: Sequence[Member], *, county_id: UUID) -> Mapping[UUID, Signs]:
    """Signs of some children without what lies around them, for the nightly record."""
    facts = facts_of(ground, members, county_id=county_id)
    return {child: signs_of(each, ground.rules) for child, each in facts.items()}


def _first_visited(row: ChildSigns) -> tuple[tuple[int, int], str, str]:
    key = row.standing.sort_key if row.standing else (0, 0)
    return key, row.name, str(row.child_id)
