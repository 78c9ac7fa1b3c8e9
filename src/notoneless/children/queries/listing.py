"""Lists of children: search, filters, order and pages in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child, ChildPlace, Enrolment, Merge
from notoneless.children.models.places import Relation
from notoneless.children.queries.search import matching
from notoneless.children.queries.units import ClassName, class_name, paths_in_reach
from notoneless.places.models import Unit
from notoneless.rules.paths import ancestors, is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, Stage, UnitKind, school_year_of
from notoneless.rules.visibility import CEILING, FieldGroup, Opening, groups_shown

PAGE_ROWS = 50
MOST_PAGES = 100
"""Nobody turns further than this: who looks for a child among more narrows the list."""
MOST_COUNTED = PAGE_ROWS * MOST_PAGES
"""A list or the first page counts up to here, since counting a whole county reads all of it."""
ORDERS: Mapping[str, tuple[str, ...]] = {
    "name": ("pinyin", "id"),
    "-name": ("-pinyin", "-id"),
    "born": ("born_on", "id"),
    "-born": ("-born_on", "-id"),
}


@dataclass(frozen=True, slots=True)
class ChildFilter:
    """What a list is narrowed to; empty fields narrow nothing."""

    text: str = ""
    """Name, pinyin, identity or student number, phone."""
    school_id: UUID | None = None
    class_id: UUID | None = None
    grade: int | None = None
    """1 to 9 in the school year of the day asked about."""
    sex: str = ""
    is_boarding: bool | None = None
    left_behind: str = ""
    """``0``, ``1``, ``2`` as in the roster, ``any`` for 1 or 2, ``unsaid`` where it is empty."""
    without_class: bool = False
    """Registered at a school, in no class of it."""
    order: str = "name"

    def told(self) -> str:
        """The filter for the log of readings: units and kinds, never what was typed."""
        parts = {
            "search": "typed" if self.text else "",
            "school": self.school_id,
            "class": self.class_id,
            "grade": self.grade,
            "sex": self.sex,
            "boarding": self.is_boarding,
            "left_behind": self.left_behind,
            "without_class": self.without_class or None,
        }
        return " ".join(f"{key}={value}" for key, value in parts.items() if value not in ("", None))


@dataclass(frozen=True, slots=True)
class Registration:
    """Where a child is registered now."""

    school_name: str
    class_name: ClassName | None
    from_on: date
    school_id: UUID
    class_id: UUID | None


@dataclass(frozen=True, slots=True)
class ChildRow:
    id: UUID
    name: str
    sex: str
    born_on: date | None
    left_behind: str
    is_boarding: bool
    registration: Registration | None
    groups: frozenset[FieldGroup]
    """What this reader is shown of this child; columns of other groups are empty."""

    @property
    def shows_registration(self) -> bool:
        return FieldGroup.REGISTRATION in self.groups


@dataclass(frozen=True, slots=True)
class Counted:
    """How many children there are, or that there are more than were counted."""

    number: int
    is_more: bool = False
    """There are more than ``number``; nobody has counted how many."""


@dataclass(frozen=True, slots=True)
class ChildList:
    rows: tuple[ChildRow, ...]
    counted: Counted
    page: int
    page_rows: int = PAGE_ROWS


def list_children(
    actor: Actor, wanted: ChildFilter, *, page: int = 1, on: date, page_rows: int = PAGE_ROWS
) -> ChildList:
    """One page of the children in reach that fit ``wanted``; ``page`` counts from 1.

    Only the first ``MOST_COUNTED`` are listed; a page beyond the last answers the last. At most
    eleven statements; sealed columns stay sealed.
    """
    fitting = children_fitting(actor, wanted, on=on)
    counted = _counted(fitting)
    page = min(max(page, 1), max(1, -(-counted.number // page_rows)))
    start = (page - 1) * page_rows
    end = min(start + page_rows, MOST_COUNTED)
    order = ORDERS.get(wanted.order, ORDERS["name"])
    rows = child_rows(fitting.order_by(*order)[start:end], actor, on=on)
    return ChildList(tuple(rows), counted, page, page_rows)


def count_children(
    actor: Actor, wanted: ChildFilter | None = None, *, on: date, to_the_last: bool = False
) -> Counted:
    """How many children in reach fit ``wanted``, all where it is ``None``; merged rows count once.

    Counts up to ``MOST_COUNTED``, or ``to_the_last`` where somebody asked for that.
    """
    fitting = children_fitting(actor, wanted or ChildFilter(), on=on)
    return Counted(fitting.count()) if to_the_last else _counted(fitting)


def _counted(children: QuerySet[Child]) -> Counted:
    number = children[: MOST_COUNTED + 1].count()
    return Counted(min(number, MOST_COUNTED), is_more=number > MOST_COUNTED)


def children_fitting(
    actor: Actor,
    wanted: ChildFilter,
    *,
    on: date,
    to: Capability = Capability.SEE_CHILDREN,
) -> QuerySet[Child]:
    """Children in reach that fit ``wanted``, without those merged into another; unordered."""
    children = Child.objects.seen_by(actor, on=on, to=to).filter(merged_into=None)
    for narrowing in _narrowings(actor, wanted, on=on, to=to):
        children = children.filter(pk__in=narrowing.filter(county=actor.county_id).values("child"))
    if wanted.sex:
        children = children.filter(sex=wanted.sex)
    if wanted.is_boarding is not None:
        children = children.filter(is_boarding=wanted.is_boarding)
    if wanted.left_behind:
        children = children.filter(_left_behind(wanted.left_behind))
    if wanted.text:
        children = children.filter(matching(wanted.text, actor=actor))
    return children


def child_rows(children: Iterable[Child], actor: Actor, *, on: date) -> list[ChildRow]:
    """Rows for a list, with where each child is registered; four statements.

    Each row shows what its own tie to the reader allows: a child referred to a department is a
    name and nothing more, also in a list.
    """
    if isinstance(children, QuerySet):
        children = children.only("name", "sex", "born_on", "left_behind", "is_boarding")
    found = list(children)
    ids = [child.pk for child in found]
    registered, groups = registrations(ids), _groups_shown(ids, actor, on=on)
    return [_row(c, registered.get(c.pk), groups.get(c.pk, frozenset())) for c in found]


def _row(
    child: Child, registration: Registration | None, groups: frozenset[FieldGroup]
) -> ChildRow:
    is_identified = FieldGroup.IDENTITY in groups
    is_placed = FieldGroup.REGISTRATION in groups
    return ChildRow(
        id=child.pk,
        name=child.name,
        sex=child.sex if is_identified else "",
        born_on=child.born_on if is_identified else None,
        left_behind=child.left_behind if FieldGroup.FAMILY in groups else "",
        is_boarding=is_placed and child.is_boarding,
        registration=registration if is_placed else None,
        groups=groups,
    )


def _groups_shown(
    child_ids: Collection[UUID], actor: Actor, *, on: date
) -> dict[UUID, frozenset[FieldGroup]]:
    reach = actor.reach(Capability.SEE_CHILDREN)
    places = ChildPlace.objects.within(reach, on=on).filter(child__in=child_ids)
    openings: dict[UUID, list[Opening]] = defaultdict(list)
    for child_id, relation, path in places.values_list("child", "relation", "path"):
        openings[child_id] += [
            Opening(relation, holding.capabilities)
            for holding in actor.holdings
            if is_below(path, holding.path)
        ]
    return {child_id: groups_shown(opened) for child_id, opened in openings.items()}


def absorbed_by(child_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Rows merged into any of these children, each with the child that was kept; one statement."""
    # The small table of merges: an index on a column that is nearly always empty is not used.
    merges = Merge.objects.filter(kept__in=child_ids, parted_at=None)
    return dict(merges.values_list("absorbed", "kept"))


def registrations(child_ids: Collection[UUID]) -> dict[UUID, Registration]:
    """Where each child is registered now, by its own spell or else that of a row merged into it.

    Two statements, both by index: one with an OR across the join walks through all spells.
    """
    kept = absorbed_by(child_ids)
    spells = (
        Enrolment.objects.filter(child__in=[*child_ids, *kept], to_on=None)
        .select_related("school", "school_class")
        .only(
            "child",
            "from_on",
            "school__name",
            "school_class__kind",
            "school_class__name",
            "school_class__short_name",
            "school_class__stage",
            "school_class__entered_in",
        )
    )
    found: dict[UUID, Registration] = {}
    # A spell of the child's own row comes first and wins.
    for spell in sorted(spells, key=lambda spell: spell.child_id in kept):
        found.setdefault(
            kept.get(spell.child_id, spell.child_id),
            Registration(
                spell.school.name,
                class_name(spell.school_class),
                spell.from_on,
                spell.school_id,
                spell.school_class_id,
            ),
        )
    return found


def _narrowings(
    actor: Actor, wanted: ChildFilter, *, on: date, to: Capability
) -> list[QuerySet[ChildPlace]]:
    """Sets of places that the child must have one of, smallest first where that can be known.

    A teacher's own class is found through the index of places; without this a database may walk
    through every child of the county and ask the door about each.
    """
    narrowings: list[QuerySet[ChildPlace]] = []
    if to is Capability.EXPORT_CHILDREN:
        ties = [tie for tie, groups in CEILING.items() if FieldGroup.IDENTITY in groups]
        narrowings.append(
            ChildPlace.objects.within(actor.reach(to), on=on).filter(relation__in=ties)
        )
    if unit_id := wanted.class_id or wanted.school_id:
        paths = paths_in_reach(actor, unit_id, on=on, to=to)
        at_unit = ChildPlace.objects.within(paths, on=on)
        narrowings.append(at_unit.filter(relation=Relation.SCHOOL))
    elif all(len(ancestors(path)) > 1 for path in actor.reach(to)):
        narrowings.append(ChildPlace.objects.within(actor.reach(to), on=on))
    if wanted.without_class:
        narrowings.append(_at_school(on).filter(unit__kind__in=SCHOOLS))
    if wanted.grade is not None:
        narrowings.append(_at_school(on).filter(unit__in=_classes_of(wanted.grade, actor, on=on)))
    return narrowings


def _at_school(on: date) -> QuerySet[ChildPlace]:
    return ChildPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on), relation=Relation.SCHOOL, from_on__lte=on
    )


def _classes_of(grade: int, actor: Actor, *, on: date) -> QuerySet[Unit, UUID]:
    stage, first = (Stage.PRIMARY, 1) if grade <= 6 else (Stage.JUNIOR, 7)
    return Unit.objects.filter(
        county=actor.county_id,
        kind=UnitKind.CLASS,
        stage=stage,
        entered_in=school_year_of(on) + first - grade,
    ).values_list("pk", flat=True)


def _left_behind(wanted: str) -> Q:
    if wanted == "any":
        return Q(left_behind__in=["1", "2"])
    return Q(left_behind="" if wanted == "unsaid" else wanted)
