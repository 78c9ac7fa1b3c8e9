"""Whether a decision can be made: what the plan lets it bring, and whom it must not name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from notoneless.children.models import ChildPlace
from notoneless.flows.oversight.refusals import FaultBlocked, NamesAChild
from notoneless.oversight.models import Fault
from notoneless.oversight.queries.lines import measures_done
from notoneless.places.queries.units import paths_of
from notoneless.policy.queries.inforce import kept_policy, policy_for
from notoneless.rules.faults.guards import (
    Deciding,
    asks_flags,
    deciding_obstacles,
    exemption_questions,
    names_in,
)
from notoneless.rules.faults.kinds import FaultStep, Measure, Outcome
from notoneless.rules.faults.ladder import Offered, measures
from notoneless.rules.faults.life import FaultFacts
from notoneless.rules.paths import ancestors, below
from notoneless.rules.units import UnitKind

FIGURES: Mapping[Measure, str] = {Measure.POINTS_OFF: "points", Measure.ECONOMIC_SANCTION: "fen"}
"""Under which name a step keeps a measure's figure."""
EMPTY: frozenset[Measure] = frozenset()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a decision about a matter can say."""

    offered: tuple[Offered, ...]
    asked: tuple[str, ...]
    """The conditions of exemption."""
    asks_flags: bool
    done: frozenset[Measure]
    """Carried out against the person before."""


def choices_for(row: Fault, facts: FaultFacts, *, today: date) -> Choices:
    """What the plan of the matter offers, less what the plan of today no longer does.

    Three statements. Raises ``Unit.DoesNotExist`` for a unit that stands nowhere any more.
    """
    policy = kept_policy(row.policy_digest)
    plan_now = policy_for(row.unit_id, on=today)
    off_now = {each.measure: each.off for each in measures(plan_now, row.kind)}
    return Choices(
        tuple(
            replace(each, off=each.off or off_now.get(each.measure, "absent"))
            for each in measures(policy, row.kind)
        ),
        exemption_questions(policy, row.kind),
        asks_flags(facts),
        measures_done(row.person_id, county_id=row.county_id),
    )


def decision_of(said: Mapping[str, object]) -> Deciding:
    """A decision as a step says it. Raises ``ValueError`` for words that do not exist."""
    listed = said.get("measures")
    return Deciding(
        outcome=Outcome(str(said.get("outcome", ""))),
        measures=frozenset(Measure(str(m)) for m in listed) if isinstance(listed, list) else EMPTY,
        exemption=_answers(said.get("exemption")),
        flags=_answers(said.get("flags")),
        skips_because=str(said.get("skips_because", "")).strip(),
        figures=frozenset(m for m, name in FIGURES.items() if said.get(name)),
        notice=str(said.get("notice", "")).strip(),
    )


def check_decision(
    row: Fault, facts: FaultFacts, said: Mapping[str, object], *, today: date
) -> None:
    """Raise ``FaultBlocked`` for what the plan or the law does not let be decided, ``NamesAChild``
    for a notice that names a child of the unit."""
    deciding = decision_of(said)
    choices = choices_for(row, facts, today=today)
    found = deciding_obstacles(
        facts, deciding, asked=choices.asked, offered=choices.offered, done=choices.done
    )
    if found:
        raise FaultBlocked(FaultStep.DECIDED, found)
    if deciding.notice and names_in(deciding.notice, _children_near(row, today=today)):
        raise NamesAChild()


def _children_near(row: Fault, *, today: date) -> set[str]:
    """Names of the children that the unit has to do with, or had; of a class, of its school's."""
    paths = paths_of(row.unit_id, on=today)
    if row.unit.kind == UnitKind.CLASS:  # a class stands in a grade, a grade in a school
        paths = tuple(ancestors(path)[-3:][0] for path in paths)
    ranges = Q(pk__in=[])
    for path in paths:
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    near = ChildPlace.objects.filter(ranges, county=row.county_id)
    return set(near.values_list("child__name", flat=True).distinct())


def _answers(value: object) -> Mapping[str, bool]:
    return {str(k): v is True for k, v in value.items()} if isinstance(value, Mapping) else {}
