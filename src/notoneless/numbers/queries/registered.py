"""Who was registered where: most children as sums, those who moved or have a case one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count as Rows
from django.db.models import Q, QuerySet

from notoneless.cases.models import Case
from notoneless.children.models import Enrolment, Merge
from notoneless.children.queries.prepared import read
from notoneless.numbers.queries.lost import cases_at, relevant_cases
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.tally import CaseAt, ChildFacts, G, Spell, base_leaf, counts_of

FEW_CLASSES = 1_000
"""So many are named in a statement, rather than reading their schools whole."""
WHOLE = -1
"""The line of all leaves together."""
STAYS = (Count.BASE, Count.ON_ROLL, Count.KEPT)
"""As what a child counts that was registered all the time and has no case."""
_COLUMNS = ("child", "school_class", "school", "from_on", "to_on", "begun", "ended")


@dataclass(slots=True)
class Registered:
    """The children of some schools in a period."""

    staying: Counter[UUID] = field(default_factory=Counter)
    """Children by leaf who were there from the base day to the cut-off, nothing else to say."""
    children: dict[UUID, ChildFacts] = field(default_factory=dict)
    """All others of whom something has to be said."""
    rows: set[UUID] = field(default_factory=set)
    """Their rows: a child that was merged has two."""


def registered(scope: Scope, tree: Tree, leaves: Collection[UUID], *, today: date) -> Registered:
    """Children of these leaves; four statements, five for days or moments past.

    Of those who moved every spell is read, so that a receiving school outside the scope is seen.
    """
    asked = _asked(tree, leaves)
    kept_as = merged_children()
    found = Registered(_staying(scope, tree, asked))
    spells: dict[UUID, list[Spell]] = {}
    for child, group, school, from_on, to_on, begun, ended in read(_told_apart(scope, asked)):
        leaf = tree.leaf_of(group, school)
        spell = Spell(leaf, from_on, to_on, begun, ended, is_own=child not in kept_as)
        found.rows.add(child)
        if _stays(spell, scope.period):
            found.staying[leaf] -= 1
        spells.setdefault(kept_as.get(child, child), []).append(spell)
    cases: dict[UUID, list[CaseAt]] = {}
    for child, case in cases_at(scope, tree, _cases(scope, asked), today=today):
        cases.setdefault(kept_as.get(child, child), []).append(case)
    for child in spells.keys() | cases.keys():
        found.children[child] = ChildFacts(
            tuple(spells.get(child, ())), tuple(cases.get(child, ()))
        )
    return found


def tally(found: Registered, lines: Mapping[UUID, G], period: Period) -> dict[G, Counter[Count]]:
    """The counts of each line, by which leaf belongs to it."""
    counts: dict[G, Counter[Count]] = {}
    _add_staying(found, lines, counts)
    for facts in found.children.values():
        for line, count in counts_of(facts, lines, period):
            counts.setdefault(line, Counter())[count] += 1
    return counts


def base_rolls(found: Registered, period: Period) -> Counter[UUID]:
    """Children of the base day, by leaf."""
    sums = Counter(found.staying)
    for facts in found.children.values():
        leaf = base_leaf(facts, period)
        if leaf is not None:
            sums[leaf] += 1
    return sums


def tally_with_whole(
    found: Registered, lines: Mapping[UUID, int], leaves: Collection[UUID], period: Period
) -> tuple[dict[int, Counter[Count]], Counter[Count]]:
    """The counts of each line, and those of all leaves as one place.

    Whoever was in one line only counts there as in the whole, and is looked at once.
    """
    whole = dict.fromkeys(leaves, WHOLE)
    counts: dict[int, Counter[Count]] = {}
    _add_staying(found, lines, counts)
    _add_staying(found, whole, counts)
    sums: Counter[tuple[int, Count]] = Counter()
    for facts in found.children.values():
        where = {lines.get(spell.leaf) for spell in facts.spells}
        where.update(lines.get(case.leaf) for case in facts.cases)
        counted = counts_of(facts, lines, period)
        sums.update(counted)
        if len(where) > 1:
            counted = counts_of(facts, whole, period)
        sums.update((WHOLE, count) for _, count in counted)
    for (line, count), number in sums.items():
        counts.setdefault(line, Counter())[count] += number
    return counts, counts.pop(WHOLE, Counter())


def _add_staying(
    found: Registered, lines: Mapping[UUID, G], counts: dict[G, Counter[Count]]
) -> None:
    sums: Counter[G] = Counter()
    for leaf, number in found.staying.items():
        if leaf in lines:
            sums[lines[leaf]] += number
    for line, number in sums.items():
        counts.setdefault(line, Counter()).update(dict.fromkeys(STAYS, number))


def headcounts(scope: Scope, tree: Tree, leaves: Collection[UUID]) -> Counter[UUID]:
    """How many children were registered at each leaf on the base day of a period of that day alone;
    three statements. Rows that were merged into one child are looked at one by one."""
    kept_as = merged_children()
    merged = {*kept_as, *kept_as.values()}
    sums: Counter[UUID] = Counter()
    lasting = _staying_rows(scope, _asked(tree, leaves))
    rows = lasting.exclude(child__in=merged) if merged else lasting
    grouped = rows.values("school_class", "school").annotate(n=Rows("*"))
    for group, school, number in grouped.values_list("school_class", "school", "n"):
        leaf = tree.leaf_of(group, school)
        if leaf in leaves:
            sums[leaf] += number
    spells: dict[UUID, list[Spell]] = {}
    known = _known(scope).filter(child__in=merged) if merged else Enrolment.objects.none()
    for child, group, school, from_on, to_on, begun, ended in known.values_list(*_COLUMNS):
        spell = Spell(
            tree.leaf_of(group, school), from_on, to_on, begun, ended, child not in kept_as
        )
        spells.setdefault(kept_as.get(child, child), []).append(spell)
    own = {leaf: leaf for leaf in leaves}
    for each in spells.values():
        for leaf, count in counts_of(ChildFacts(tuple(each)), own, scope.period):
            sums[leaf] += count is Count.BASE
    return sums


def base_children(
    found: Registered, leaves: Collection[UUID], scope: Scope, tree: Tree
) -> dict[UUID, list[UUID]]:
    """The children of each leaf on the base day, every leaf named; one statement."""
    own = {leaf: leaf for leaf in leaves}
    children: dict[UUID, list[UUID]] = {leaf: [] for leaf in leaves}
    for child, facts in found.children.items():
        for leaf, count in counts_of(facts, own, scope.period):
            if count is Count.BASE:
                children[leaf].append(child)
    rows = _staying_rows(scope, _asked(tree, leaves))
    for child, group, school in rows.values_list("child", "school_class", "school"):
        leaf = tree.leaf_of(group, school)
        if child not in found.rows and leaf in children:
            children[leaf].append(child)
    return children


def children_of(
    found: Registered, count: Count, lines: Mapping[UUID, bool], scope: Scope, tree: Tree
) -> set[UUID]:
    """Exactly the children that a count of these leaves, taken together, counts."""
    ids = {
        child
        for child, facts in found.children.items()
        if any(named is count for _, named in counts_of(facts, lines, scope.period))
    }
    if count in STAYS:
        rows = _staying_rows(scope, _asked(tree, lines.keys()))
        for child, group, school in rows.values_list("child", "school_class", "school"):
            if child not in found.rows and tree.leaf_of(group, school) in lines:
                ids.add(child)
    return ids


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which rows can be about some leaves: of few classes their own, else those of schools."""

    classes: list[UUID] | None = None
    schools: list[UUID] | None = None
    """``None`` where nearly all are, since naming them costs more."""

    @property
    def rows(self) -> Q:
        """Of enrolments as of cases."""
        if self.classes is not None:
            return Q(school_class__in=self.classes)
        return Q() if self.schools is None else Q(school__in=self.schools)


_EVERYWHERE = _Asked()


def _asked(tree: Tree, leaves: Collection[UUID]) -> _Asked:
    schools = {tree.leaves[leaf].school_id for leaf in leaves}
    if len(leaves) <= FEW_CLASSES and schools.isdisjoint(leaves):
        return _Asked(classes=sorted(leaves))
    every = sum(1 for leaf in tree.leaves.values() if leaf.id == leaf.school_id)
    return _Asked(schools=None if len(schools) * 2 > every else sorted(schools))


def merged_children() -> dict[UUID, UUID]:
    """Rows that were merged away, each with the child that was kept; one statement."""
    return dict(_merges().values_list("absorbed", "kept"))


def _merges() -> QuerySet[Merge]:
    """The small table of merges, not narrowed to the county: that would read all its children."""
    return Merge.objects.filter(parted_at=None).order_by()


def _known(scope: Scope, asked: _Asked = _EVERYWHERE) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(asked.rows, county=scope.county_id).order_by()
    return rows if scope.known_at is None else rows.filter(recorded_at__lte=scope.known_at)


def _staying_rows(scope: Scope, asked: _Asked) -> QuerySet[Enrolment]:
    period = scope.period
    return _known(scope, asked).filter(
        Q(to_on=None) | Q(to_on__gt=period.until), from_on__lte=period.base_day
    )


def _stays(spell: Spell, period: Period) -> bool:
    return spell.from_on <= period.base_day and spell.holds(period.until)


def _staying(scope: Scope, tree: Tree, asked: _Asked) -> Counter[UUID]:
    """Spells by leaf that last from the base day to the cut-off; one statement."""
    sums: Counter[UUID] = Counter()
    rows = _staying_rows(scope, asked).values("school_class", "school").annotate(n=Rows("*"))
    for group, school, number in read(rows.values_list("school_class", "school", "n")):
        sums[tree.leaf_of(group, school)] += number
    return sums


def _movers(scope: Scope, asked: _Asked) -> list[QuerySet[Any, Any]]:
    """Children who came to one of the places in the year, and who left one; apart, by index."""
    known, period = _known(scope, asked), scope.period
    return [
        known.filter(from_on__gt=period.base_day, from_on__lte=period.until).values("child"),
        known.filter(to_on__gt=period.base_day, to_on__lte=period.until).values("child"),
    ]


def _cases(scope: Scope, asked: _Asked) -> QuerySet[Case]:
    """Cases of the places, and those of children who moved, wherever these are kept now."""
    rows = relevant_cases(scope.county_id, scope.period)
    if asked == _EVERYWHERE:
        return rows
    came, left = _movers(scope, asked)
    return rows.filter(asked.rows | Q(child__in=came) | Q(child__in=left))


def _told_apart(scope: Scope, asked: _Asked) -> QuerySet[Enrolment, Any]:
    """All spells of children who came or left in the year, have a case or were merged."""
    merges = _merges()
    whose: list[QuerySet[Any, Any]] = [
        *_movers(scope, asked),
        _cases(scope, asked).order_by().values("child"),
        merges.values("absorbed"),
        merges.values("kept"),
    ]
    parts = [_known(scope).filter(child__in=ids).values_list(*_COLUMNS) for ids in whose]
    first, *more = parts
    return first.union(*more)
