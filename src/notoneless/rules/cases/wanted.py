"""What one case wants of whom by when, under the plan that it was opened with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from notoneless.rules.calendar import NoSuchDay, SchoolCalendar
from notoneless.rules.cases import wants_back, wants_orders, wants_school
from notoneless.rules.cases.facts import CaseFact
from notoneless.rules.cases.grounds import Grounds, Wish
from notoneless.rules.duties.facts import ChildFact, Facts
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.silence import is_hushed
from notoneless.rules.duties.wanted import Wanted
from notoneless.rules.duties.wants import Hole, Moment, Planning, WantedDuty
from notoneless.rules.policy.resolved import PolicyHole, ResolvedPolicy

Family = Callable[[Grounds], Iterable[Wish]]

FAMILIES: Mapping[DutyRule, Family] = MappingProxyType(
    {
        DutyRule.CASE_DETERMINE: wants_school.want_determination,
        DutyRule.CASE_VISIT: wants_school.want_visit,
        DutyRule.CASE_REPORT: wants_school.want_report,
        DutyRule.CASE_ACCEPT: wants_school.want_acceptance,
        DutyRule.CASE_NOTICE: wants_orders.want_notice,
        DutyRule.CASE_SERVE: wants_orders.want_served,
        DutyRule.CASE_ORDER: wants_orders.want_order,
        DutyRule.CASE_DECIDE: wants_orders.want_decision,
        DutyRule.CASE_ENFORCE: wants_orders.want_application,
        DutyRule.CASE_ADVICE: wants_orders.want_advice_answered,
        DutyRule.CASE_REFERRAL: wants_orders.want_referral_answered,
        DutyRule.CASE_SUBCASE: wants_orders.want_subcase_settled,
        DutyRule.CASE_RETURN_REPORT: wants_back.want_return_reported,
        DutyRule.CASE_PLACE: wants_back.want_placement,
        DutyRule.CASE_REVIEW: wants_back.want_review,
        DutyRule.CASE_WATCH: wants_back.want_watch,
        DutyRule.CASE_CLOSE: wants_back.want_closing,
        DutyRule.CASE_CONFIRM: wants_back.want_confirmation,
    }
)


def wanted_of_case(
    case: CaseFact, policy: ResolvedPolicy, calendar: SchoolCalendar, until: Moment
) -> Wanted:
    """The duties of one case as of ``until``; once it is closed nothing but its plan's reviews.

    What happened after ``until`` is not known yet. A hole in plan or calendar takes out its own
    rule and is named. Raises nothing.
    Source: the ladder's clocks (requirements §7.1, §7.2), R-106 - R-123.
    """
    facts = Facts(
        from_on=case.opened_on,
        classes={case.around.of.id: case.around.of},
        children={
            case.child_id: ChildFact(
                case.child_id, case.around.of.id, case.opened_on, silences=case.silences
            )
        },
    )
    plan = Planning(facts, policy, calendar, until)
    grounds = Grounds(plan, case.as_of(until.on))
    duties: set[WantedDuty] = set()
    holes: list[Hole] = []
    settled: set[DutyRule] = set()
    families = FAMILIES if grounds.case.steps else {}
    for rule, family in families.items():
        try:
            found = list(_apply(rule, family, grounds))
        except PolicyHole as hole:
            holes.append(Hole(rule, hole.key, hole.why))
            continue
        except NoSuchDay:
            holes.append(Hole(rule, "calendar", "no_school_year"))
            continue
        settled.add(rule)
        duties.update(found)
    subjects = frozenset({case.child_id})
    return Wanted(
        frozenset(duties), tuple(holes), frozenset(settled), subjects, case.opened_on, until
    )


def _apply(rule: DutyRule, family: Family, grounds: Grounds) -> Iterator[WantedDuty]:
    child = grounds.plan.facts.children[grounds.case.child_id]
    if child.silences and is_hushed(rule, child, on=grounds.plan.until.on):
        return
    for wish in family(grounds):
        if wish.closed is not None or grounds.standing.is_open or _outlasts(rule, grounds):
            yield grounds.plan.want(grounds.draft(rule, wish))


def _outlasts(rule: DutyRule, grounds: Grounds) -> bool:
    return rule is DutyRule.CASE_REVIEW and grounds.case.is_looked_after
