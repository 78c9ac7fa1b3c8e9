"""One child's case in the school year 2026-27, told in short words, and the plans it is held to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from notoneless.rules.cases.facts import Around, CaseFact, StepFact
from notoneless.rules.cases.guards import Asking, obstacles
from notoneless.rules.cases.kinds import Level, Outcome, Source, StepKind
from notoneless.rules.cases.wanted import wanted_of_case
from notoneless.rules.duties.facts import Silence
from notoneless.rules.duties.wants import Bearer, Moment
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank, Release
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import policy_of
from notoneless.rules.policy.shipped import national_pack, shipped_packs
from notoneless.rules.roles import Role
from tests.rules.duties.desk import BUREAU, CALENDAR, CENTRE, CLASS, HERE, LAN, SCHOOL
from tests.rules.policy.stack import SEPTEMBER

TOWNSHIP, VILLAGE, COMMUNITY, LABOUR = (UUID(int=n) for n in range(21, 25))
CHEN, HE, GUO = (UUID(int=n) for n in range(31, 34))
"""Class teacher, somebody at the bureau, another one there."""
AROUND = Around(of=HERE, township_id=TOWNSHIP, village_id=VILLAGE, community_id=COMMUNITY)

HOMEROOM = Bearer(Role.HOMEROOM_TEACHER, CLASS)
PRINCIPAL = Bearer(Role.PRINCIPAL, SCHOOL)
CENTRE_HEAD = Bearer(Role.CENTRE_HEAD, CENTRE)
OFFICER = Bearer(Role.TOWNSHIP_OFFICER, TOWNSHIP)
TOWN_HEAD = Bearer(Role.TOWNSHIP_HEAD, TOWNSHIP)
VILLAGE_OFFICER = Bearer(Role.VILLAGE_OFFICER, VILLAGE)
LIAISON = Bearer(Role.DEPARTMENT_LIAISON, LABOUR)
CLERK = Bearer(Role.COUNTY_CLERK, BUREAU)
BUREAU_LEADER = Bearer(Role.BUREAU_LEADER, BUREAU)

NOV_20 = date(2026, 11, 20)


def on(month, day, year=2026):
    return date(year, month, day)


def later(day, days):
    return day + timedelta(days=days)


# -- plans --------------------------------------------------------------------------------------


def own(value, unit="", operator=""):
    return OwnValue(value, "青禾教〔2026〕9号", unit, Operator(operator) if operator else None)


def plan(system="", *, releases=(), without=(), **values):
    """The law and the product's own figures, and over them a county's pack with its own values.

    Without ``system`` the county has adopted nothing but, where it has values, the product's pack.
    """
    packs = shipped_packs()
    product = packs["cases/2026"]
    layers = [
        Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), SEPTEMBER),
        Layer("product", Rank.NATIONAL, Line.GOVERNMENT, product, SEPTEMBER),
    ]
    if system or values:
        adopted = packs[f"{system}/2026"] if system else product
        layers.append(
            Layer(
                "qinghe",
                Rank.COUNTY,
                Line.EDUCATION,
                adopted,
                SEPTEMBER,
                own=values,
                without=frozenset(without),
            )
        )
    return resolve(layers, NOV_20, releases=releases)


def bare(rules, *keys):
    """The same policy with nothing said about these keys."""
    return policy_of(found for key, found in rules.rules.items() if key not in keys)


PENALTY_RELEASE = Release(
    "penalty_decision_authority", "township", "样例省实施办法第四十条", "qinghe-justice", SEPTEMBER
)
WITH_PENALTY = own(("return_notice", "order_to_correct", "penalty_where_lawful", "court"))


# -- a case -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """A case step by step; each word gives a longer story and leaves this one as it was."""

    opened_on: date
    source: Source = Source.ABSENCE
    steps: tuple[StepFact, ...] = ()
    away_since: date | None = None
    silences: tuple[Silence, ...] = ()
    present: tuple[date, ...] = ()
    vain: tuple[date, ...] = ()
    around: Around = field(default=AROUND)
    is_looked_after: bool = True

    def step(self, kind, day, *, answers="", **more):
        """One more step; ``answers`` names the kind of the latest step to which it is one."""
        asked = self.last(answers).id if answers else None
        step = StepFact(
            id=UUID(int=1000 + len(self.steps)), kind=StepKind(kind), on=day, answers=asked, **more
        )
        return replace(self, steps=(*self.steps, step))

    def last(self, kind) -> StepFact:
        return next(step for step in reversed(self.steps) if step.kind == kind)

    @property
    def fact(self) -> CaseFact:
        return CaseFact(
            id=UUID(int=99),
            child_id=LAN,
            around=self.around,
            source=self.source,
            opened_on=self.opened_on,
            away_since=self.away_since or self.opened_on,
            steps=self.steps,
            silences=self.silences,
            present_days=self.present,
            visits_in_vain=self.vain,
            is_looked_after=self.is_looked_after,
        )

    @property
    def state(self):
        return self.fact.standing.state

    # -- inside the school

    def determined(self, day, result="dropped_out"):
        return self.step("determined", day, level=Level.SCHOOL, said={"result": result})

    def visited(self, day):
        return self.step("visited", day, level=Level.CLASS)

    def visited_in_vain(self, *days):
        """Visits that brought nobody back; a step and a fact each."""
        story = self
        for day in days:
            story = replace(story.visited(day), vain=(*story.vain, day))
        return story

    def reported(self, day, *to):
        units = [str(unit) for unit in to or (TOWNSHIP,)]
        return self.step("reported", day, level=Level.SCHOOL, unit_id=SCHOOL, said={"to": units})

    def accepted(self, day, by=TOWNSHIP):
        return self.step("accepted", day, unit_id=by, answers="reported", level=Level.TOWNSHIP)

    def sent_back(self, day, by=TOWNSHIP):
        return self.step("sent_back", day, unit_id=by, answers="reported", level=Level.TOWNSHIP)

    # -- township and county

    def issued(self, what, day, by=TOWNSHIP):
        """``what``: notice, order, penalty or demand; each is one paper."""
        return self.step(f"{what}_issued", day, unit_id=by, paper_id=_paper(what, self))

    def served(self, what, day, until=None, by=None):
        """``until``: the last day that the paper gives; ``by``: the unit that carried it."""
        paper = self.last(f"{what}_issued").paper_id
        return self.step(f"{what}_served", day, paper_id=paper, deadline_on=until, unit_id=by)

    def expired(self, what, day):
        return self.step(f"{what}_expired", day)

    def heard(self, day):
        return self.step("statement_heard", day, level=Level.TOWNSHIP)

    def challenged(self, day, way="review"):
        return self.step("challenged", day, said={"way": way})

    def decided(self, day, result="upheld"):
        return self.step("challenge_decided", day, answers="challenged", said={"result": result})

    def advised(self, day, kind="minors", to=TOWNSHIP):
        return self.step("advice_received", day, unit_id=to, said={"kind": kind})

    def referred(self, day, to=LABOUR):
        return self.step("referred", day, said={"to": str(to)})

    # -- back

    def returned(self, day):
        return self.step("returned", day)

    def placed(self, day):
        return self.step("placed", day)

    def seen(self, *days):
        """Days of school on which the roll has seen the child."""
        return replace(self, present=(*self.present, *days))

    def watch_ended(self, day):
        return self.step("watch_ended", day)

    def asked_closing(self, day, by=CHEN, outcome=None):
        said = {"outcome": outcome.value} if outcome else {}
        return self.step("closing_asked", day, by=by, level=Level.SCHOOL, said=said)

    def closing_refused(self, day):
        return self.step("closing_refused", day)

    def closed(self, day, outcome=Outcome.RETURNED):
        return self.step("closed", day, said={"outcome": outcome.value})

    def relapsed(self, day):
        return replace(self, present=()).step("relapsed", day)

    def silenced(self, from_on, ended_on=None):
        return replace(self, silences=(*self.silences, Silence(from_on, ended_on)))


def opened(day, source=Source.ABSENCE, **more):
    return Story(day, source, **more).step("opened", day)


def _paper(what, story):
    return UUID(int=5000 + len(story.steps))


# -- asking -------------------------------------------------------------------------------------


def obstacles_to(step, story, day, level, rules, **more):
    asking = Asking(on=day, level=Level(level), policy=rules, calendar=CALENDAR, **more)
    return obstacles(StepKind(step), story.fact, asking)


def missing(step, story, day, level, rules, **more):
    """What stands in the way, as words."""
    return [each.missing.value for each in obstacles_to(step, story, day, level, rules, **more)]


def want(story, rules, day, hour="", calendar=CALENDAR):
    return wanted_of_case(story.fact, rules, calendar, Moment(day, hour))


def open_rules(found):
    """The rules of duties that stand open, as words."""
    return {duty.rule.value for duty in found.duties if duty.opens and duty.closed_by is None}
