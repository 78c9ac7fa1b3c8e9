"""Try another pack on a past period, school by school, as far as time allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.queries import actor_of_person
from notoneless.access.reach import must_see
from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import school_standings
from notoneless.flows.consequences.gathering import gather
from notoneless.flows.consequences.proposing import drawn_from
from notoneless.flows.whatif.guard import read_only
from notoneless.flows.whatif.recorded import ground_of, recorded_of
from notoneless.flows.whatif.trial import SchoolUnder, Trial
from notoneless.flows.whatif.vacant import unheld
from notoneless.places.models import Person, Unit
from notoneless.places.queries import home_path
from notoneless.places.queries.units import paths_of
from notoneless.policy.queries.many import remember_policies
from notoneless.policy.queries.stack import RANKS
from notoneless.policy.refusals import CannotAdopt
from notoneless.rules.calendar import BadCalendar
from notoneless.rules.consequences.holders import ANSWERABLE
from notoneless.rules.consequences.lines import Line
from notoneless.rules.consequences.proposal import differences
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Hole
from notoneless.rules.indicators.periods import Period
from notoneless.rules.paths import is_below
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind, school_year_of
from notoneless.rules.whatif.comparing import (
    CaseDifference,
    Comparison,
    DutyDifference,
    Sum,
    compare,
    summed,
)
from notoneless.rules.whatif.replay import replay

MOST_KEPT = 2_000
"""Differences that are kept to be listed; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one line of a settlement would bring."""

    fen: int | None
    points: str
    per_cent: str
    honours: tuple[str, ...]
    is_on: bool
    """Whether it may take effect; a sanction without its legal basis has none."""
    is_vacant: bool
    """Nobody held the role that the rule names, on the day it is about."""
    children: tuple[UUID, ...]
    """Whose loss it rests on."""


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A veto, reward or charge that differs; ``None`` where one plan does not know it."""

    kind: str
    rule: str
    unit_id: UUID
    role: str
    name: str
    before: Effect | None
    after: Effect | None

    @property
    def children(self) -> tuple[UUID, ...]:
        """Whose loss it rests on under either plan."""
        sides = (self.before, self.after)
        return tuple(sorted({child for side in sides if side for child in side.children}))


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A role that the other plan names, at a unit where nobody holds it."""

    role: str
    """A post's, or the policy's word for it."""
    unit_id: UUID


class PeriodUnfit(Refusal):
    """The period is not over, is empty, or does not lie within one school year."""

    code = "WHATIF-01"


@dataclass(frozen=True, slots=True)
class Question:
    """Where, over which days, with which pack in place of what is followed there."""

    unit_id: UUID
    period: Period
    pack: Pack


@dataclass(slots=True)
class Answer:
    """What would have differed, as far as it was computed."""

    question: Question
    unit_name: str
    schools: int
    done: int = 0
    unresolved: list[UUID] = field(default_factory=list)
    """Schools whose policy cannot be told with the pack in it: another school's says the same."""
    before: dict[DutyRule, Sum] = field(default_factory=dict)
    after: dict[DutyRule, Sum] = field(default_factory=dict)
    cases: tuple[int, int] = (0, 0)
    differing: int = 0
    """Duties that differ; ``duties`` holds the first ``MOST_KEPT`` of them."""
    duties: list[DutyDifference] = field(default_factory=list)
    children: list[CaseDifference] = field(default_factory=list)
    lines: list[LineDifference] = field(default_factory=list)
    """Vetoes, rewards and charges under the plan in force and under the other."""
    lines_left_out: int = 0
    """Schools whose consequences the reader may not see."""
    vacant: set[Vacancy] = field(default_factory=set)
    """Roles that the other plan names and nobody holds."""
    holes: set[Hole] = field(default_factory=set)
    """Rules of the tried pack that could not be applied."""
    replaced: set[str] = field(default_factory=set)
    changed_within: bool = False
    """Some school's plan in force was another one on the period's first day."""

    @property
    def is_whole(self) -> bool:
        return self.done == self.schools

    @property
    def is_same(self) -> bool:
        return not (self.differing or self.children or self.lines)


def refuse_period(period: Period, *, today: date) -> None:
    """Raise ``PeriodUnfit`` unless the days lie in the past and within one school year."""
    is_one_year = school_year_of(period.from_on) == school_year_of(period.until)
    if not (period.until < today and is_one_year):
        raise PeriodUnfit(
            since=period.from_on.isoformat(),
            until=period.until.isoformat(),
            today=today.isoformat(),
        )


def try_out(
    actor: Actor, question: Question, *, today: date, is_over: Callable[[], bool]
) -> Answer:
    """Replay the record of every school at a place under its plan and under the other.

    Some twelve statements a school for duties and cases, whatever the number of children; some
    forty more for its consequences. ``is_over`` is asked after each school: what was computed by
    then is answered, and the answer says how far it came. Writes nothing: whoever tried would be
    refused. Raises ``PeriodUnfit``, ``NotAllowed``, ``CannotAdopt``, ``Unit.DoesNotExist``.
    """
    refuse_period(question.period, today=today)
    actor.must(Capability.SEE_POLICY)
    must_see(actor, question.unit_id, on=today)
    actor.must(Capability.SEE_CHILDREN, at=paths_of(question.unit_id, on=today))
    with read_only():
        return _run(actor, question, today=today, is_over=is_over)


def try_out_for(person_id: UUID, question: Question, *, today: date) -> Answer:
    """The same for a person by key, however long it takes: for background work.

    Raises as ``try_out``, and ``Person.DoesNotExist``.
    """
    person = Person.objects.get(pk=person_id)
    actor = actor_of_person(person, today=today)
    return try_out(actor, question, today=today, is_over=lambda: False)


def _run(actor: Actor, question: Question, *, today: date, is_over: Callable[[], bool]) -> Answer:
    unit = Unit.objects.get(pk=question.unit_id, county=actor.county_id)
    if UnitKind(unit.kind) not in RANKS:
        raise CannotAdopt(unit=unit.name)
    path = home_path(unit.pk, on=today)
    every = school_standings(actor.county_id, on=question.period.until)
    schools = [s for s in every if any(is_below(own, path) for own in s.paths)]
    placed = [school.standing for school in schools if school.is_placed]
    remember_policies(placed, county_id=actor.county_id, on=question.period.from_on)
    trial = Trial(unit.pk, UnitKind(unit.kind), path, question.pack, question.period.until)
    answer = Answer(question, unit.name, len(schools))
    for school in schools:
        _add(answer, school, trial, actor, today=today)
        answer.done += 1
        if is_over():
            break
    answer.replaced = trial.replaced
    return answer


def _add(
    answer: Answer, school: SchoolStanding, trial: Trial, actor: Actor, *, today: date
) -> None:
    period = answer.question.period
    try:
        other = trial.under(school)
        found = _compared(school, other, period, actor.county_id, answer)
    except (PolicyConflict, BadCalendar):
        answer.unresolved.append(school.school_id)
        return
    answer.before = summed([answer.before, found.before])
    answer.after = summed([answer.after, found.after])
    answer.cases = (answer.cases[0] + found.cases[0], answer.cases[1] + found.cases[1])
    answer.differing += len(found.duties)
    answer.duties += found.duties[: MOST_KEPT - len(answer.duties)]
    answer.children += found.children
    if actor_may_settle(actor, school):
        before, after = _drawn(school, other, period, actor.county_id, today=today)
        answer.lines += _lines(before, after)
        answer.vacant |= {
            Vacancy(line.bearer.role, line.unit) for line in after if _is_vacant(line)
        }
    else:
        answer.lines_left_out += 1


def _compared(
    school: SchoolStanding, other: SchoolUnder, period: Period, county_id: UUID, answer: Answer
) -> Comparison:
    recorded = recorded_of(school, period, county_id=county_id)
    before = replay(ground_of(school, recorded, period), period)
    after = replay(ground_of(other, recorded, period), period)
    answer.holes |= set(after.holes) - set(before.holes)
    answer.changed_within |= _began_within(school, period)
    found = compare(before, after)
    answer.vacant |= {
        Vacancy(each.role.value, each.unit_id) for each in unheld(found.bearers, on=period.until)
    }
    return found


def _began_within(school: SchoolStanding, period: Period) -> bool:
    """Whether the plan in force at the end was another one when the period began."""
    origins = {
        (each.origin.place, each.origin.pack) for each in school.policy(period.until).rules.values()
    }
    first = {
        (each.origin.place, each.origin.pack)
        for each in school.policy(period.from_on).rules.values()
    }
    return origins != first


def actor_may_settle(actor: Actor, school: SchoolStanding) -> bool:
    """Whether the reader is one who sees what follows for people at a school."""
    return any(
        actor.may(capability, at=path)
        for capability in (Capability.SETTLE, Capability.CONFIRM_SETTLEMENT)
        for path in school.paths
    )


def _drawn(
    school: SchoolStanding, other: SchoolUnder, period: Period, county_id: UUID, *, today: date
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a school's settlement under either plan."""
    sides = []
    for each in (school, other):
        policy = each.policy(period.until)
        frozen = gather(county_id, school.school_id, period, policy, today=today)
        sides.append(drawn_from(frozen, policy))
    return sides[0], sides[1]


def _lines(then: Iterable[Line], now: Iterable[Line]) -> Iterator[LineDifference]:
    for before, after in differences(then, now):
        line = after or before
        if line is not None:
            yield LineDifference(
                kind=line.kind.value,
                rule=line.rule,
                unit_id=line.unit,
                role=line.bearer.role,
                name=line.bearer.name,
                before=_effect(before),
                after=_effect(after),
            )


def _is_vacant(line: Line) -> bool:
    """Nobody held the role; whoever is answerable by a fault is only not named yet."""
    bearer = line.bearer
    return bearer.person is None and bearer.unit is None and bearer.role != ANSWERABLE


def _effect(line: Line | None) -> Effect | None:
    if line is None:
        return None
    return Effect(
        fen=line.fen,
        points="" if line.points is None else str(line.points),
        per_cent="" if line.per_cent is None else str(line.per_cent),
        honours=line.honours,
        is_on=line.may_take_effect,
        is_vacant=_is_vacant(line),
        children=tuple(sorted({loss.child for loss in line.evidence})),
    )
