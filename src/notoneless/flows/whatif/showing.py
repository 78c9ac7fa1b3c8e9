"""The children behind what would have differed, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.units import ClassName, class_name
from notoneless.flows.whatif.running import Answer, LineDifference, Vacancy
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.rules.whatif.comparing import CaseDifference, DutyDifference


@dataclass(frozen=True, slots=True)
class Whom:
    """The child or the class that a difference is about."""

    name: str
    """Empty for a class."""
    class_name: ClassName | None
    school_name: str


@dataclass(frozen=True, slots=True)
class ShownDuty:
    each: DutyDifference
    whom: Whom


@dataclass(frozen=True, slots=True)
class ShownCase:
    each: CaseDifference
    whom: Whom


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A veto, reward or charge with the children on whose loss it rests."""

    each: LineDifference
    at: Whom
    """Whose outcome it is drawn from."""
    children: Sequence[tuple[UUID, str]]
    unnamed: int
    """Children behind it whom the reader may not see."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The lists behind an answer."""

    duties: Sequence[ShownDuty]
    cases: Sequence[ShownCase]
    lines: Sequence[ShownLine]
    vacant: Mapping[str, Sequence[Whom]]
    """Units by the role that the other plan names there and nobody holds."""
    unseen: int
    """Differences about children that the reader may not see; they are counted, not named."""

    @property
    def child_ids(self) -> set[UUID]:
        """Whom the lists name."""
        duties = {row.each.subject_id for row in self.duties if row.each.is_child}
        behind = {child for row in self.lines for child, _name in row.children}
        return duties | behind | {row.each.child_id for row in self.cases}


def shown_to(actor: Actor, answer: Answer, *, most: int, today: date) -> Shown:
    """The first ``most`` differences of each list by name; five statements, however many."""
    duties, cases, lines = answer.duties[:most], answer.children[:most], answer.lines[:most]
    about = {each.subject_id for each in duties if each.is_child}
    seen = _names(actor, about, Capability.SEE_CHILDREN, today)
    lost = {child for line in lines for child in line.children}
    of_cases = _names(actor, {e.child_id for e in cases} | lost, Capability.SEE_CASES, today)
    classes = {each.class_id for each in duties} | {each.class_id for each in cases}
    classes |= {line.unit_id for line in lines} | {each.unit_id for each in answer.vacant}
    at = _places({each for each in classes if each is not None})

    def whom(name: str, class_id: UUID | None) -> Whom:
        named, school = at.get(class_id, (None, "")) if class_id else (None, "")
        return Whom(name, named, school)

    shown = [
        ShownDuty(each, whom(seen.get(each.subject_id, ""), each.class_id))
        for each in duties
        if not each.is_child or each.subject_id in seen
    ]
    shown_cases = [
        ShownCase(each, whom(of_cases[each.child_id], each.class_id))
        for each in cases
        if each.child_id in of_cases
    ]
    shown_lines = []
    for line in lines:
        named = [(pk, of_cases[pk]) for pk in line.children if pk in of_cases]
        unnamed = len(line.children) - len(named)
        shown_lines.append(ShownLine(line, whom("", line.unit_id), named, unnamed))
    unseen = len(duties) + len(cases) - len(shown) - len(shown_cases)
    vacant = _by_role(answer.vacant, whom)
    return Shown(shown, shown_cases, shown_lines, vacant, unseen)


def _by_role(
    vacant: Collection[Vacancy], whom: Callable[[str, UUID], Whom]
) -> dict[str, list[Whom]]:
    found: dict[str, list[Whom]] = {}
    for each in sorted(vacant, key=lambda each: (each.role, each.unit_id)):
        found.setdefault(each.role, []).append(whom("", each.unit_id))
    return found


def _names(actor: Actor, ids: Collection[UUID], to: Capability, today: date) -> dict[UUID, str]:
    if not ids:
        return {}
    rows = Child.objects.seen_by(actor, on=today, to=to).filter(pk__in=ids)
    return dict(rows.values_list("pk", "name"))


_SCHOOL_AT = {UnitKind.CLASS: -3, UnitKind.GRADE: -2}
"""Where in a unit's path its school stands."""


def _places(unit_ids: Collection[UUID]) -> dict[UUID, tuple[ClassName | None, str]]:
    """Class and school of each class, grade or school; three statements."""
    units = Unit.objects.in_bulk(list(unit_ids))
    rows = UnitPlace.objects.filter(unit__in=list(unit_ids), to_on=None)
    schools: dict[UUID, str] = {}
    for unit_id, path in rows.values_list("unit", "path"):
        above, at = ancestors(path), _SCHOOL_AT.get(UnitKind(units[unit_id].kind), -1)
        if len(above) >= -at:
            schools.setdefault(unit_id, above[at])
    named = dict(
        UnitPlace.objects.filter(path__in=set(schools.values()), to_on=None).values_list(
            "path", "unit__name"
        )
    )
    return {
        pk: (class_name(unit), named.get(schools.get(pk, ""), "")) for pk, unit in units.items()
    }
