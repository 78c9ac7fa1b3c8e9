"""The duties of one unit that come from its workplan: reports, meetings, campaigns, decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from notoneless.rules.calendar import NoSuchDay, SchoolCalendar, SchoolYear
from notoneless.rules.clocks import Due
from notoneless.rules.duties.facts import ClassFact, Facts
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind, MatterKind, SubjectKind
from notoneless.rules.duties.wanted import Wanted
from notoneless.rules.duties.wants import (
    Bearer,
    Draft,
    Evidence,
    Hole,
    MatterKey,
    Moment,
    Planning,
    WantedDuty,
)
from notoneless.rules.policy.resolved import PolicyHole, ResolvedPolicy
from notoneless.rules.roles import Role
from notoneless.rules.units import SCHOOLS, UnitKind
from notoneless.rules.workplans.campaigns import LEAD, MONTHS, Month, campaign_months
from notoneless.rules.workplans.facts import CampaignFact, Sent, UnitFact
from notoneless.rules.workplans.kinds import Level, MeetingKind, Stream
from notoneless.rules.workplans.meetings import MEETINGS, meetings_wanted, met
from notoneless.rules.workplans.streams import STREAMS, Asked, Ground, no_day_because, periods

LEVEL_OF: Mapping[UnitKind, Level] = MappingProxyType(
    {
        UnitKind.CLASS: Level.CLASS,
        **dict.fromkeys(SCHOOLS, Level.SCHOOL),
        UnitKind.TOWNSHIP: Level.TOWNSHIP,
        UnitKind.BUREAU: Level.BUREAU,
    }
)
"""The kinds of unit that have a workplan; what stands between them receives and sends nothing."""
SENDER: Mapping[Level, Role] = MappingProxyType(
    {
        Level.CLASS: Role.HOMEROOM_TEACHER,
        Level.SCHOOL: Role.DROPOUT_OFFICER,
        Level.TOWNSHIP: Role.TOWNSHIP_OFFICER,
        Level.BUREAU: Role.COUNTY_CLERK,
    }
)
"""Who writes a unit's reports; at a school the designated person (专人, R-007)."""
HEAD: Mapping[Level, Role] = MappingProxyType(
    {
        Level.SCHOOL: Role.PRINCIPAL,
        Level.CENTRE: Role.CENTRE_HEAD,
        Level.TOWNSHIP: Role.TOWNSHIP_HEAD,
        Level.BUREAU: Role.BUREAU_HEAD,
    }
)
CHAIR: Mapping[MeetingKind, Role] = MappingProxyType(
    {
        MeetingKind.LEADERSHIP: Role.PRINCIPAL,
        MeetingKind.OFFICE: Role.TEACHING_DIRECTOR,
        MeetingKind.CAMPAIGN: Role.PRINCIPAL,
        MeetingKind.REGULAR: Role.PRINCIPAL,
        MeetingKind.SUPERVISION: Role.COUNTY_CLERK,
    }
)
"""Who sees to it that the meeting is held."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that a workplan wants of somebody."""

    kind: MatterKind
    occurrence: str
    opened_on: date
    bearer: Bearer
    evidence: EvidenceKind
    due: Due | None
    closed: Evidence | None = None
    progress: tuple[int, int] | None = None


@dataclass(frozen=True)
class UnitPlan:
    """One unit with its plan, calendar and moment."""

    unit: UnitFact
    plan: Planning
    year: SchoolYear

    @property
    def level(self) -> Level:
        return LEVEL_OF[self.unit.kind]

    @property
    def ground(self) -> Ground:
        return Ground(self.plan.policy, self.plan.calendar, self.year, self.unit.is_key_unit)

    def post(self, role: Role) -> Bearer:
        return Bearer(role, self.unit.id)

    def above(self) -> tuple[Bearer, ...]:
        """Who inherits what is late, upward: the unit's own head, then those above it."""
        own = [self.post(HEAD[self.level])] if self.level in HEAD else []
        line = [each for each in (Level.SCHOOL, Level.CENTRE) if each in self.unit.above]
        bureau = self.unit.above.get(Level.BUREAU)
        clerk = [Bearer(Role.COUNTY_CLERK, bureau)] if bureau else []
        return (*own, *(Bearer(HEAD[each], self.unit.above[each]) for each in line), *clerk)

    def is_begun(self, opens_on: date, until: date) -> bool:
        """Whether something of these days is asked for by now."""
        return opens_on <= self.plan.until.on and until >= self.unit.in_use_from

    def want(self, rule: DutyRule, key: str, wish: Wish) -> WantedDuty:
        """A wish as a duty; ``key`` is the rule of the plan, empty where a person set the day."""
        unit = self.unit
        matter = MatterKey(wish.kind, SubjectKind.UNIT, unit.id, wish.occurrence, unit.id)
        own = ClassFact(unit.id, unit.id, unit.above.get(Level.BUREAU, unit.id))
        return self.plan.want(
            Draft(
                rule,
                key,
                own,
                matter,
                wish.opened_on,
                wish.evidence,
                bearer=wish.bearer,
                due=wish.due,
                closed_by=wish.closed,
                progress=wish.progress,
                above=self.above(),
            )
        )


def wanted_of_unit(
    unit: UnitFact,
    policy: ResolvedPolicy,
    calendar: SchoolCalendar,
    until: Moment,
    *,
    since: Mapping[str, date] | None = None,
) -> Wanted:
    """The duties of a unit's workplan in the school year of ``until``, which is included.

    What its rules have wanted only ``since`` a day is not asked for before it, nor what was over
    before the county began to work with the system. A hole in plan or calendar takes out its own
    rule and is named. Raises nothing. Source: R-227 - R-231, R-239, R-248, R-249.
    """
    year = next((each for each in calendar.years if each.from_on <= until.on < each.to_on), None)
    if year is None:
        # That a year has no calendar is named with the rolls of the school.
        return Wanted(frozenset(), (), frozenset(), frozenset({unit.id}), until.on, until)
    facts = Facts(from_on=year.from_on, classes={}, children={})
    here = UnitPlan(unit, Planning(facts, policy, calendar, until, since or {}), year)
    duties: set[WantedDuty] = set()
    holes: list[Hole] = []
    settled: set[DutyRule] = set()
    for rule, family in FAMILIES.items():
        try:
            wishes = list(family(here))
        except PolicyHole as hole:
            holes.append(Hole(rule, hole.key, hole.why))
            continue
        except NoSuchDay:
            holes.append(Hole(rule, "calendar", "no_school_year"))
            continue
        settled.add(rule)
        holes += [wish for wish in wishes if isinstance(wish, Hole)]
        duties |= {wish for wish in wishes if isinstance(wish, WantedDuty)}
    return Wanted(
        frozenset(duties),
        tuple(holes),
        frozenset(settled),
        frozenset({unit.id}),
        year.from_on,
        until,
    )


Family = Callable[[UnitPlan], Iterable[WantedDuty | Hole]]


def _reports(stream: Stream) -> Family:
    rule = STREAMS[stream]

    def family(here: UnitPlan) -> Iterator[WantedDuty | Hole]:
        if here.level is not rule.level:
            return
        found = here.plan.policy.rules.get(rule.key)
        if found is not None and not here.plan.policy.is_on(rule.key):
            raise PolicyHole(rule.key, found.state)
        hole = no_day_because(stream, here.plan.policy)
        asked = periods(stream, here.ground)
        if hole is not None and asked:
            yield Hole(rule.duty, hole.key, hole.why)
        for each in asked:
            if here.is_begun(each.opens_on, each.until):
                yield _report(here, stream, each)

    return family


def _report(here: UnitPlan, stream: Stream, asked: Asked) -> WantedDuty:
    rule = STREAMS[stream]
    sent = here.unit.sent.get((stream, asked.from_on))
    is_back = sent is not None and sent.is_returned
    wish = Wish(
        MatterKind.REPORTING,
        asked.from_on.isoformat(),
        asked.opens_on,
        here.post(SENDER[rule.level]),
        EvidenceKind.RETURN,
        # No plan says how soon a report that was sent back has to come again.
        due=None if is_back else asked.due,
        closed=None if is_back else _sent(sent),
    )
    return here.want(rule.duty, rule.key, wish)


def _sent(sent: Sent | None) -> Evidence | None:
    return Evidence(EvidenceKind.RETURN, sent.on, sent.id, sent.hour) if sent else None


def _meetings(kind: MeetingKind) -> Family:
    rule = MEETINGS[kind]

    def family(here: UnitPlan) -> Iterator[WantedDuty]:
        if here.level is not rule.level:
            return
        wanted = meetings_wanted(kind, here.plan.policy, here.year)
        begun = [each for each in wanted if here.is_begun(each.from_on, each.until)]
        answered = met(begun, here.unit.held, until=here.plan.until.on)
        for wish in begun:
            held = answered[wish]
            last = held[-1] if len(held) == wish.need else None
            yield here.want(
                rule.duty,
                rule.key,
                Wish(
                    MatterKind.MEETING,
                    wish.from_on.isoformat(),
                    wish.from_on,
                    here.post(CHAIR[kind]),
                    EvidenceKind.MEETING,
                    due=Due(wish.until),
                    closed=Evidence(EvidenceKind.MEETING, last.on, last.id) if last else None,
                    progress=(len(held), wish.need) if wish.need > 1 else None,
                ),
            )

    return family


def _decisions(here: UnitPlan) -> Iterator[WantedDuty]:
    for each in here.unit.decided:
        done_on = each.done_on
        is_done = done_on is not None and done_on <= here.plan.until.on
        closed = Evidence(EvidenceKind.DONE, done_on, each.done_by) if done_on and is_done else None
        wish = Wish(
            MatterKind.MEETING,
            decision_key(each.id.hex),
            # What is still open when a school year ends goes on in the next.
            each.on if closed else max(each.on, here.year.from_on),
            each.owner,
            EvidenceKind.DONE,
            due=Due(each.due_on),
            closed=closed,
        )
        yield here.want(DutyRule.MEETING_DECISION, "", wish)


def decision_key(hex_id: str) -> str:
    """How a decision is named among the duties of its unit: the end of its id, which is random."""
    return hex_id[-20:]


def _plans(here: UnitPlan) -> Iterator[WantedDuty]:
    """A campaign is planned as its month begins; no plan says by which day."""
    for month, fact in _months(here):
        planned = fact.planned_on if fact else None
        closed = Evidence(EvidenceKind.PLAN, planned, fact.plan_id) if planned and fact else None
        wish = _of_campaign(here, month, EvidenceKind.PLAN, closed)
        yield here.want(DutyRule.CAMPAIGN_PLAN, MONTHS, wish)


def _campaign_reports(here: UnitPlan) -> Iterator[WantedDuty]:
    """It is reported before its month is over."""
    for month, fact in _months(here):
        closed = (
            Evidence(EvidenceKind.RETURN, fact.reported_on, fact.report_id)
            if fact and fact.reported_on
            else None
        )
        wish = _of_campaign(here, month, EvidenceKind.RETURN, closed)
        yield here.want(DutyRule.CAMPAIGN_REPORT, MONTHS, replace(wish, due=Due(month.until)))


def _of_campaign(
    here: UnitPlan, month: Month, evidence: EvidenceKind, closed: Evidence | None
) -> Wish:
    bearer = here.post(lead_of(here.plan.policy))
    began = month.from_on
    return Wish(
        MatterKind.CAMPAIGN, began.isoformat(), began, bearer, evidence, due=None, closed=closed
    )


def _months(here: UnitPlan) -> Iterator[tuple[Month, CampaignFact | None]]:
    if here.level is Level.SCHOOL:
        for month in campaign_months(here.plan.policy, here.year):
            if here.is_begun(month.from_on, month.until):
                yield month, here.unit.campaigns.get(month.from_on)


def lead_of(policy: ResolvedPolicy) -> Role:
    """Who leads a school's campaign: the Youth League where the plan says so."""
    is_league = policy.is_on(LEAD) and policy.choice(LEAD) == "youth_league_committee"
    return Role.YOUTH_LEAGUE_SECRETARY if is_league else Role.DROPOUT_OFFICER


FAMILIES: Mapping[DutyRule, Family] = MappingProxyType(
    {
        **{rule.duty: _reports(stream) for stream, rule in STREAMS.items()},
        **{rule.duty: _meetings(kind) for kind, rule in MEETINGS.items()},
        DutyRule.MEETING_DECISION: _decisions,
        DutyRule.CAMPAIGN_PLAN: _plans,
        DutyRule.CAMPAIGN_REPORT: _campaign_reports,
    }
)
