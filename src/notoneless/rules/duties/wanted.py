"""All duties that facts and policy want at a moment, and the rules that could not be applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.calendar import NoSuchDay, SchoolCalendar
from notoneless.rules.duties.absence import (
    want_guardian_contact,
    want_investigation,
    want_persuasion_letter,
    want_report,
    want_visit,
)
from notoneless.rules.duties.facts import Facts
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.leave import want_leave_proof
from notoneless.rules.duties.lessons import want_lesson_followed
from notoneless.rules.duties.next_try import want_next_try
from notoneless.rules.duties.no_show import want_no_show_contact, want_no_show_settled
from notoneless.rules.duties.numbers_check import want_numbers_checked
from notoneless.rules.duties.quotas import (
    want_all_visited,
    want_key_talks,
    want_key_visits,
    want_returned_visits,
    want_visit_total,
)
from notoneless.rules.duties.reports import want_dropout_report
from notoneless.rules.duties.rolls import want_missing_rolls
from notoneless.rules.duties.silence import is_hushed
from notoneless.rules.duties.stability import want_stability
from notoneless.rules.duties.wants import Hole, Moment, Planning, WantedDuty
from notoneless.rules.policy.resolved import PolicyHole, ResolvedPolicy

Family = Callable[[Planning], Iterable[WantedDuty | Hole]]

FAMILIES: Mapping[DutyRule, Family] = MappingProxyType(
    {
        DutyRule.GUARDIAN_CONTACT: want_guardian_contact,
        DutyRule.INVESTIGATE: want_investigation,
        DutyRule.VISIT: want_visit,
        DutyRule.ABSENCE_REPORT: want_report,
        DutyRule.PERSUASION_LETTER: want_persuasion_letter,
        DutyRule.DROPOUT_REPORT: want_dropout_report,
        DutyRule.CALL_ROLL: want_missing_rolls,
        DutyRule.LEAVE_PROOF: want_leave_proof,
        DutyRule.NO_SHOW_CONTACT: want_no_show_contact,
        DutyRule.NO_SHOW_SETTLE: want_no_show_settled,
        DutyRule.LESSON_ABSENCE: want_lesson_followed,
        DutyRule.NEXT_TRY: want_next_try,
        DutyRule.NUMBER_CHECK: want_numbers_checked,
        DutyRule.VISIT_ALL: want_all_visited,
        DutyRule.VISIT_TOTAL: want_visit_total,
        DutyRule.VISIT_KEY: want_key_visits,
        DutyRule.TALK_KEY: want_key_talks,
        DutyRule.VISIT_RETURNED: want_returned_visits,
        DutyRule.STABILITY: want_stability,
    }
)
"""One function for each rule of a school's planning; a rule whose key the policy does not have
wants nothing. What cases want stands in ``rules/cases/wanted.py``."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The answer of one planning."""

    duties: frozenset[WantedDuty]
    holes: tuple[Hole, ...]
    settled: frozenset[DutyRule]
    """Rules that were applied to everything; the duties of others are left as they stand."""
    subjects: frozenset[UUID]
    """Whom and what the planning speaks for."""
    from_on: date
    until: Moment


def wanted(
    facts: Facts,
    policy: ResolvedPolicy,
    calendar: SchoolCalendar,
    until: Moment,
    *,
    since: Mapping[str, date] | None = None,
    rules: Iterable[DutyRule] = tuple(FAMILIES),
) -> Wanted:
    """The duties of the classes and children in ``facts`` up to ``until``, which is included.

    ``since`` says from which day each policy rule holds here: what began earlier is re-planned
    where it stands but not opened, so that adopting a plan makes no backlog. A hole in policy or
    calendar takes out its own rule and is named. Raises nothing. Source: architecture §Duties,
    R-070 - R-072, R-305 - R-307.
    """
    plan = Planning(facts, policy, calendar, until, since or {})
    duties: set[WantedDuty] = set()
    holes: list[Hole] = []
    settled: set[DutyRule] = set()
    for rule in rules:
        try:
            wishes = list(FAMILIES[rule](plan))
        except PolicyHole as hole:
            holes.append(Hole(rule, hole.key, hole.why))
            continue
        except NoSuchDay:
            holes.append(Hole(rule, "calendar", "no_school_year"))
            continue
        settled.add(rule)
        holes += [wish for wish in wishes if isinstance(wish, Hole)]
        duties |= {
            wish
            for wish in wishes
            if isinstance(wish, WantedDuty)
            and not is_hushed(rule, facts.children.get(wish.subject_id), on=until.on)
        }
    return Wanted(
        frozenset(duties),
        tuple(holes),
        frozenset(settled),
        facts.subjects,
        facts.from_on,
        until,
    )
