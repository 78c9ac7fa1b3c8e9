"""Plans duties for facts and writes the difference, or says which rule could not be applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.attendance.queries.members import SchoolStanding
from notoneless.duties.services import keep_holes, reconcile, what_would_change
from notoneless.flows.duties.gathering import school_facts
from notoneless.journal.services import Stamp
from notoneless.policy.queries.since import Adopted, adopted_in, rules_since
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.calendar import BadCalendar
from notoneless.rules.duties.difference import Changes
from notoneless.rules.duties.facts import Facts
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wanted import FAMILIES, Wanted, wanted
from notoneless.rules.duties.wants import Hole, Moment
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.policy.resolved import ResolvedPolicy

NOT_PLANNED = Hole(DutyRule.CALL_ROLL, "policy", "conflict")
_SINCE: dict[tuple[str, UUID, object], Adopted] = {}
_KEPT: set[str] = set()
_REMEMBER_AT_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Planned:
    """What one planning did or would do."""

    changes: Changes
    holes: tuple[Hole, ...]
    is_possible: bool = True
    """False where policy or calendar contradict themselves, so that nothing could be planned."""


def plan_school(
    school: SchoolStanding, moment: Moment, *, stamp: Stamp, is_dry: bool = False
) -> Planned:
    """Plan a school from all that is on record about its school year, and keep its holes.

    One short transaction. A policy that cannot be resolved plans nothing and is told as a hole.
    """
    with transaction.atomic():
        try:
            policy = school.policy(moment.on)
            facts = school_facts(school, county_id=stamp.county_id, as_of=moment.on)
            found = want_at(school, facts, policy, moment)
        except (PolicyConflict, BadCalendar):
            found = None
        holes = found.holes if found else (NOT_PLANNED,)
        if not is_dry:
            keep_holes(school.school_id, holes, county_id=stamp.county_id, as_of=moment.on)
        if found is None:
            return Planned(Changes(), holes, is_possible=False)
        if is_dry:
            county = stamp.county_id
            return Planned(what_would_change(found, policy=policy.digest, county_id=county), holes)
        keep_policy(policy, now=stamp.now)
        return Planned(reconcile(found, policy=policy.digest, stamp=stamp), holes)


def want_at(
    school: SchoolStanding,
    facts: Facts,
    policy: ResolvedPolicy,
    moment: Moment,
    *,
    rules: Iterable[DutyRule] = tuple(FAMILIES),
) -> Wanted:
    """The duties wanted at a school; one statement, none while its policy has not changed."""
    key = (policy.digest, school.school_id, school.policy_mark)
    if key not in _SINCE:
        if len(_SINCE) >= _REMEMBER_AT_MOST:
            _SINCE.clear()
        _SINCE[key] = adopted_in(policy)
    since = rules_since(policy, _SINCE[key], on=moment.on)
    calendar = school.calendar(moment.on).calendar
    return wanted(facts, policy, calendar, moment, since=since, rules=rules)


def plan_facts(
    school: SchoolStanding, facts: Facts, late_roll: Facts | None, moment: Moment, *, stamp: Stamp
) -> bool:
    """Plan what a roll can have changed: its children, and its class where the roll was late.

    Call it in the transaction that stored the roll. Answers whether planning was possible; when
    not, nothing was written, the roll stays unplanned and the sweep tries again. One statement
    when nothing changes; one more when duties close, two when some open, one again when any is
    withdrawn or dated anew.
    """
    try:
        policy = school.policy(moment.on)
        others = [
            rule for rule in FAMILIES if rule is not DutyRule.CALL_ROLL and not _is_term(rule)
        ]
        found = want_at(school, facts, policy, moment, rules=others)
        if late_roll is not None:
            # It closes what stands; other days of the class are none of this roll's business.
            rolls = want_at(school, late_roll, policy, moment, rules=[DutyRule.CALL_ROLL])
            found = replace(
                found,
                duties=found.duties | rolls.duties,
                subjects=found.subjects | rolls.subjects,
            )
    except (PolicyConflict, BadCalendar):
        return False
    changes = reconcile(found, policy=policy.digest, stamp=stamp)
    if changes:
        _keep(policy, stamp)
    return True


def plan_told(school: SchoolStanding, facts: Facts, *, on: date, stamp: Stamp) -> bool:
    """Plan whole classes from what was told about their children, all but their rolls.

    Answers whether planning was possible.
    """
    try:
        policy = school.policy(on)
        rules = [rule for rule in FAMILIES if rule is not DutyRule.CALL_ROLL]
        found = want_at(school, facts, policy, Moment(on), rules=rules)
    except (PolicyConflict, BadCalendar):
        return False
    if reconcile(found, policy=policy.digest, stamp=stamp):
        _keep(policy, stamp)
    return True


def plan_uncalled(school: SchoolStanding, facts: Facts, moment: Moment, *, stamp: Stamp) -> Changes:
    """Plan the rolls of one day at the hour of ``moment``, and nothing else."""
    with transaction.atomic():
        try:
            policy = school.policy(moment.on)
            found = want_at(school, facts, policy, moment, rules=[DutyRule.CALL_ROLL])
        except (PolicyConflict, BadCalendar):
            return Changes()
        changes = reconcile(replace(found, settled=frozenset()), policy=policy.digest, stamp=stamp)
        if changes:
            _keep(policy, stamp)
        return changes


def _is_term(rule: DutyRule) -> bool:
    """Numbers of a term are counted over whole classes: the sweep's work, not a roll's."""
    return rule.value.startswith(("quota.", "contacts."))


def _keep(policy: ResolvedPolicy, stamp: Stamp) -> None:
    digest = policy.digest
    if digest in _KEPT:
        return
    keep_policy(policy, now=stamp.now)
    transaction.on_commit(lambda: _KEPT.add(digest))
