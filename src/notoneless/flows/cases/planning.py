"""Plans the duties of cases, and says whose turn it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F

from notoneless.cases.models import Case
from notoneless.cases.services.turns import Turn, note_turn
from notoneless.duties.models import Duty
from notoneless.duties.services import keep_holes, reconcile, what_would_change
from notoneless.flows.cases.reading import KnownCase, known_cases
from notoneless.journal.services import Stamp
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.cases.guards import asked_closing
from notoneless.rules.cases.wanted import FAMILIES, wanted_of_case
from notoneless.rules.duties.difference import Changes
from notoneless.rules.duties.kinds import CASE_RULES, DutyRule, DutyState
from notoneless.rules.duties.wants import Hole, Moment


def plan_case(case_id: UUID, *, today: date, stamp: Stamp) -> None:
    """Plan one case anew after something happened in it. Call it in the same transaction.

    A hole in plan or calendar takes out its rule and costs no step: the night names it.
    """
    rows = list(Case.objects.filter(pk=case_id).select_related("child"))
    for known in known_cases(rows, county_id=stamp.county_id, today=today):
        plan_known(known, Moment(today), stamp=stamp)


def plan_known(known: KnownCase, moment: Moment, *, stamp: Stamp) -> tuple[Hole, ...]:
    """Plan a case as it is known, and answer which rules could not be applied."""
    wanted = wanted_of_case(known.fact, known.policy, known.calendar, moment)
    if known.policy.digest != known.row.policy_digest:
        keep_policy(known.policy, now=stamp.now)
    reconcile(wanted, policy=known.policy.digest, stamp=stamp, matter_id=known.row.matter_id)
    note_turn(known.row, _turn(known), now=stamp.now)
    return wanted.holes


def changes_wanted(known: KnownCase, moment: Moment, *, county_id: UUID) -> Changes:
    """What planning a case would change; writes nothing."""
    wanted = wanted_of_case(known.fact, known.policy, known.calendar, moment)
    return what_would_change(
        wanted, policy=known.policy.digest, county_id=county_id, matter_id=known.row.matter_id
    )


def keep_case_holes(
    known: Sequence[tuple[KnownCase, tuple[Hole, ...]]], *, as_of: date, county_id: UUID
) -> None:
    """Keep, school by school, which rules could not be applied to some case there."""
    by_school: defaultdict[UUID, set[Hole]] = defaultdict(set)
    for case, holes in known:
        by_school[case.fact.around.of.school_id].update(holes)
    for school_id, lacking in by_school.items():
        ordered = sorted(lacking, key=lambda hole: (hole.rule.value, hole.key))
        keep_holes(school_id, ordered, county_id=county_id, as_of=as_of, of=CASE_RULES)


_QUIET = frozenset({DutyRule.CASE_WATCH, DutyRule.CASE_REVIEW})
"""They run beside: a case in its watch waits for nobody."""


def _turn(known: KnownCase) -> Turn:
    """Whose turn it is: the bearer of the open duty that is due first, of undated ones the last."""
    open_ones = Duty.objects.filter(
        matter=known.row.matter_id,
        rule__in=[rule.value for rule in FAMILIES],
        state=DutyState.OPEN,
    ).order_by(F("due_on").asc(nulls_last=True), "-opened_on", "pk")
    rows = list(open_ones)
    urgent = [row for row in rows if row.rule not in {rule.value for rule in _QUIET}] or rows
    first = urgent[0] if urgent else None
    watch = next((row for row in rows if row.rule == DutyRule.CASE_WATCH), None)
    confirms = next((row for row in rows if row.rule == DutyRule.CASE_CONFIRM), None)
    waits = asked_closing(known.fact.standing) is not None and confirms is not None
    return Turn(
        role=first.bearer_role if first else "",
        unit_id=first.bearer_unit_id if first else None,
        due_on=first.due_on if first else None,
        waits_at=confirms.bearer_unit_id if waits and confirms else None,
        watch=(watch.have or 0, watch.need or 0) if watch else None,
    )
