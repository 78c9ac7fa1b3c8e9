"""The headcount that targets are counted from: freezing it, and choosing its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child
from notoneless.children.queries.listing import ChildRow, child_rows
from notoneless.flows.overview.units import UnitSeen
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.numbers.models import Baseline
from notoneless.numbers.queries.baselines import (
    ClassNow,
    Frozen,
    baselines_of,
    changes_of,
    counted_for,
)
from notoneless.numbers.queries.tree import Tree, TreeUnit, tree_of
from notoneless.numbers.services.baselines import NewBaseline, ask_for_baseline, decide_baseline
from notoneless.places.models import Unit
from notoneless.policy.queries.adoptions import AdoptionLine, adoptions_at
from notoneless.policy.services.values import NewValue, set_value
from notoneless.rules.indicators.periods import Period, base_day, statistical_year
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS

CLERKS = Capability.IMPORT_ROSTERS
"""Who brings the lists of a school asks for its headcount to be frozen."""
KIND = "baseline_kind"
KINDS = ("year_start_roll", "verified_registration", "start_grade_fixed", "census")


class NoChoiceHere(Refusal):
    """No plan that the unit itself adopted leaves the kind of base open."""

    code = "TARGET-05"


@dataclass(frozen=True, slots=True)
class SchoolBase:
    """One school with its baseline of the year, if somebody has asked for one."""

    unit: TreeUnit
    frozen: Frozen | None
    may_ask: bool
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """A baseline class by class, with the children who were corrected in or out since."""

    frozen: Frozen
    tree: Tree
    lines: tuple[ClassNow, ...]
    children: dict[UUID, ChildRow]
    """Those of them whom the reader may see."""

    @property
    def hidden(self) -> int:
        """Children of the differences who are counted and not named."""
        return len(_differing(self.lines) - self.children.keys())


def schools_of(actor: Actor, unit: UnitSeen, *, today: date) -> list[SchoolBase]:
    """The schools at or below a unit that the actor sees, by name; three statements.

    Who asked is not offered the second look.
    """
    period = Period(base_day(statistical_year(today)), today)
    tree = tree_of(actor.county_id, period)
    tops = tree.paths.get(unit.id, ())
    schools = {
        each.id: each
        for path, each in tree.units.items()
        if each.kind in SCHOOLS and any(path.startswith(top) for top in tops)
    }
    year = period.statistical_year
    found = baselines_of(list(schools), year, county_id=actor.county_id)
    return [
        SchoolBase(
            school,
            found.get(school.id),
            _may(actor, CLERKS, tree, school.id),
            _may(actor, Capability.SET_TARGETS, tree, school.id)
            and (school.id not in found or found[school.id].asked_by != actor.person_id),
        )
        for school in sorted(schools.values(), key=lambda each: each.pinyin or each.name)
    ]


def ask(
    actor: Actor,
    school_ids: Sequence[UUID],
    source: str,
    *,
    id: UUID | None = None,
    today: date,
    stamp: Stamp,
) -> int:
    """Put the headcounts of these schools before a second person; answers how many were asked.

    Of several schools those that wait already, or have nobody, are left out; of one school that is
    a refusal (``AlreadyWaiting``, ``NobodyToCount``). Raises ``NotAllowed``, ``Unit.DoesNotExist``
    for a school out of reach.
    """
    year = statistical_year(today)
    tree = tree_of(actor.county_id, Period(base_day(year), today))
    asked = 0
    for school in school_ids:
        _must(actor, CLERKS, tree, school)
    for school in school_ids:
        _, children = counted_for(school, year, county_id=actor.county_id, today=today)
        by_class = {None if leaf == school else leaf: ids for leaf, ids in children.items()}
        new = NewBaseline(school, year, source, by_class, id=id or uuid7())
        try:
            ask_for_baseline(new, stamp=stamp)
            asked += 1
        except Refusal:
            if len(school_ids) == 1:
                raise
    return asked


def decide(
    actor: Actor, baseline_id: UUID, *, is_confirmed: bool, reason: str, today: date, stamp: Stamp
) -> None:
    """Be the second person for a headcount. Raises ``NotAllowed``, ``Unit.DoesNotExist`` for a
    school out of reach, ``Baseline.DoesNotExist``, and as ``decide_baseline``."""
    row = Baseline.objects.get(pk=baseline_id, county=actor.county_id)
    tree = tree_of(actor.county_id, Period(base_day(statistical_year(today)), today))
    _must(actor, Capability.SET_TARGETS, tree, row.school_id)
    decide_baseline(row.pk, is_confirmed=is_confirmed, reason=reason, stamp=stamp)


def changes(actor: Actor, unit: UnitSeen, *, today: date, stamp: Stamp) -> Changes | None:
    """A school's baseline of the year against the roll and attendance; ``None`` without one.

    The children of the differences are named as far as the actor sees them: one reading.
    Raises ``NotAllowed``.
    """
    actor.must(Capability.SEE_CHILDREN, at=[unit.path])
    year = statistical_year(today)
    frozen = baselines_of([unit.id], year, county_id=actor.county_id).get(unit.id)
    if frozen is None:
        return None
    lines = tuple(changes_of(frozen, county_id=actor.county_id, today=today))
    differing = _differing(lines)
    own = Child.objects.seen_by(actor, on=today).filter(pk__in=list(differing), merged_into=None)
    rows = {row.id: row for row in child_rows(own, actor, on=today)}
    if rows:
        listed = Listed.of(f"targets baseline={frozen.id}", list(rows))
        note_reading("targets.baseline", stamp=stamp, fields=["name"], listed=listed)
    tree = tree_of(actor.county_id, Period(base_day(year), today))
    return Changes(frozen, tree, lines, rows)


def _differing(lines: Sequence[ClassNow]) -> set[UUID]:
    return {child for line in lines for child in (*line.came, *line.gone)}


def choice_at(actor: Actor, unit: UnitSeen, *, today: date) -> AdoptionLine | None:
    """The unit's own adoption that lets it choose the kind of base; ``None`` where none does, or
    the actor does not set targets there. One statement."""
    if not actor.may(Capability.SET_TARGETS, at=unit.path):
        return None
    lines = adoptions_at(unit.id, county_id=actor.county_id, on=today)
    return next(
        (
            line
            for line in lines
            if line.from_on <= today
            and (line.to_on is None or line.to_on > today)
            and KIND in line.pack.rules
            and KIND not in line.without
        ),
        None,
    )


def choose(
    actor: Actor, unit: UnitSeen, kind: str, source: str, *, today: date, now: datetime
) -> None:
    """Set the kind of base as the unit's own value from today on.

    Raises ``NotAllowed``, ``NoChoiceHere``, and as ``policy.services.values.set_value``.
    """
    actor.must(Capability.SET_TARGETS, at=[unit.path])
    line = choice_at(actor, unit, today=today)
    if line is None or kind not in KINDS:
        raise NoChoiceHere()
    stamp = Stamp(county_id=actor.county_id, by=actor.person_id, now=now)
    new = NewValue(line.id, KIND, OwnValue(kind, source), from_on=today)
    set_value(new, today=today, stamp=stamp)


def _may(actor: Actor, capability: Capability, tree: Tree, unit_id: UUID) -> bool:
    return any(actor.may(capability, at=path) for path in tree.paths.get(unit_id, ()))


def _must(actor: Actor, capability: Capability, tree: Tree, school_id: UUID) -> None:
    paths = tree.paths.get(school_id, ())
    is_school = bool(paths) and tree.unit(school_id).kind in SCHOOLS
    if not is_school or not any(actor.may(Capability.SEE_CHILDREN, at=path) for path in paths):
        raise Unit.DoesNotExist
    if not _may(actor, capability, tree, school_id):
        raise NotAllowed(capability=capability.value)
