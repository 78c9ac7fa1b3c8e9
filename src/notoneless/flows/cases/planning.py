"""Plans the duties of cases, and says whose turn it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from notoneless.cases.models import Case
from notoneless.cases.services.turns import Turn, note_turns, stands_so
from notoneless.duties.models import Duty, RuleHole
from notoneless.duties.services import (
    Part,
    changes_among,
    duties_of_matters,
    keep_holes,
    write_together,
)
from notoneless.flows.cases.reading import KnownCase, known_cases
from notoneless.flows.duties.together import waits
from notoneless.journal.services import Stamp, written_together
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.cases.guards import asked_closing
from notoneless.rules.cases.kinds import CLOSED
from notoneless.rules.cases.wanted import FAMILIES, wanted_of_case
from notoneless.rules.duties.difference import Changes
from notoneless.rules.duties.kinds import CASE_RULES, DutyRule, DutyState
from notoneless.rules.duties.wants import Hole, Moment


@dataclass(frozen=True, slots=True)
class CasePlan:
    """What one case wants, beside what stands; nothing of it is written yet."""

    known: KnownCase
    duties: Sequence[Duty]
    changes: Changes
    holes: tuple[Hole, ...]

    @property
    def is_settled(self) -> bool:
        """Whether writing it would change nothing."""
        row = self.known.row
        is_planned = row.planned_at is not None and not self.changes
        return is_planned and stands_so(row, _turn(self.known, self.duties))


def plan_case(case_id: UUID, *, today: date, stamp: Stamp) -> None:
    """Plan one case anew after something happened in it. Call it in the same transaction.

    A hole in plan or calendar takes out its rule and costs no step: the night names it. Where
    facts are planned together the case waits for the next look; one that has ended does not, for
    nobody looks at it again.
    """
    if waits() and Case.objects.filter(pk=case_id).exclude(state__in=CLOSED).update(
        planned_at=None
    ):
        return
    rows = list(Case.objects.filter(pk=case_id).select_related("child"))
    known = known_cases(rows, county_id=stamp.county_id, today=today)
    plans = plans_of(known, today=today, county_id=stamp.county_id, is_locked=True)
    write_plans(plans, today=today, stamp=stamp)


def plans_of(
    known: Sequence[KnownCase], *, today: date, county_id: UUID, is_locked: bool = False
) -> list[CasePlan]:
    """What planning each of these cases would change; one statement, however many.

    ``is_locked`` for whoever writes them in this transaction.
    """
    standing = duties_of_matters(
        [case.row.matter_id for case in known], county_id=county_id, is_locked=is_locked
    )
    return [_plan(case, standing[case.row.matter_id], today) for case in known]


def write_plans(plans: Sequence[CasePlan], *, today: date, stamp: Stamp) -> None:
    """Write plans that were made in this transaction, of cases locked by the caller.

    As many statements for all as for one.
    """
    changing = [plan for plan in plans if plan.changes]
    for policy in {p.known.policy.digest: p.known.policy for p in changing}.values():
        if any(policy.digest != plan.known.row.policy_digest for plan in changing):
            keep_policy(policy, now=stamp.now)
    with written_together(stamp) as together:
        parts = [
            Part(
                plan.duties,
                plan.changes,
                plan.known.policy.digest,
                replace(together, unit_id=stamp.unit_id or plan.known.row.school_class_id),
            )
            for plan in changing
        ]
        stands = dict(zip(map(id, changing), write_together(parts, as_of=today), strict=True))
    turns = [(p.known.row, _turn(p.known, stands.get(id(p), p.duties))) for p in plans]
    note_turns(turns, now=stamp.now)


def keep_case_holes(found: Mapping[UUID, frozenset[Hole]], *, as_of: date, county_id: UUID) -> None:
    """Keep, school by school, which rules could not be applied to some case there.

    Schools that are not named have none any more. One statement when nothing changed.
    """
    stood: defaultdict[UUID, set[tuple[str, str, str]]] = defaultdict(set)
    rules = [rule.value for rule in CASE_RULES]
    for row in RuleHole.objects.filter(county=county_id, rule__in=rules):
        stood[row.unit_id].add((row.rule, row.key, row.why))
    for school_id in {*stood, *found}:
        holes = sorted(found.get(school_id, ()), key=lambda hole: (hole.rule.value, hole.key))
        if {(hole.rule.value, hole.key, hole.why) for hole in holes} != stood[school_id]:
            keep_holes(school_id, holes, county_id=county_id, as_of=as_of, of=CASE_RULES)


def _plan(known: KnownCase, duties: Sequence[Duty], today: date) -> CasePlan:
    wanted = wanted_of_case(known.fact, known.policy, known.calendar, Moment(today))
    changes = changes_among(duties, wanted, policy=known.policy.digest)
    return CasePlan(known, duties, changes, wanted.holes)


_QUIET = frozenset({DutyRule.CASE_WATCH, DutyRule.CASE_REVIEW})
"""They run beside: a case in its watch waits for nobody."""


def _turn(known: KnownCase, duties: Iterable[Duty]) -> Turn:
    """Whose turn it is: the bearer of the open duty that is due first, of undated ones the last.

    Nobody's once the case is closed: the reviews of its plan stand in their bearer's tray alone.
    """
    if not known.fact.standing.is_open:
        return Turn(role="", unit_id=None, due_on=None)
    rows = sorted((row for row in duties if _is_running(row)), key=_most_urgent)
    urgent = [row for row in rows if DutyRule(row.rule) not in _QUIET] or rows
    first = urgent[0] if urgent else None
    watch = next((row for row in rows if row.rule == DutyRule.CASE_WATCH), None)
    confirms = next((row for row in rows if row.rule == DutyRule.CASE_CONFIRM), None)
    waits = confirms is not None and asked_closing(known.fact.standing) is not None
    return Turn(
        role=first.bearer_role if first else "",
        unit_id=first.bearer_unit_id if first else None,
        due_on=first.due_on if first else None,
        waits_at=confirms.bearer_unit_id if waits and confirms else None,
        watch=(watch.have or 0, watch.need or 0) if watch else None,
    )


def _is_running(row: Duty) -> bool:
    return row.state == DutyState.OPEN and row.rule in _RULES


_RULES = frozenset(rule.value for rule in FAMILIES)


def _most_urgent(row: Duty) -> tuple[date, int, UUID]:
    return row.due_on or date.max, -row.opened_on.toordinal(), row.pk
