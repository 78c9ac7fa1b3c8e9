"""One school's recorded facts under one policy: which duties, which cases, how late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from notoneless.rules.calendar import ONE_DAY, SchoolCalendar
from notoneless.rules.cases.facts import Around, CaseFact, StepFact
from notoneless.rules.cases.kinds import Level, Source, StepKind
from notoneless.rules.cases.wanted import wanted_of_case
from notoneless.rules.duties.difference import Stand, stand_of
from notoneless.rules.duties.facts import Facts
from notoneless.rules.duties.kinds import DutyRule, DutyState, SubjectKind
from notoneless.rules.duties.wanted import Wanted, wanted
from notoneless.rules.duties.wants import Hole, Moment, WantedDuty
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.resolved import ResolvedPolicy

Key = tuple[str, UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What is on record about a school, seen under one policy.

    The facts may differ between policies although the record is one: what makes an absent day is
    policy too.
    """

    facts: Facts
    policy: ResolvedPolicy
    calendar: SchoolCalendar
    cases: tuple[CaseFact, ...] = ()
    """Those that were opened in the period, with all their steps."""
    has_case: frozenset[UUID] = frozenset()
    """Children whose case stood open already when the period began."""
    suspicions: Mapping[DutyRule, Source]
    """The duties on which a suspicion rests."""
    opens_on_suspicion: bool = True


@dataclass(frozen=True, slots=True)
class Replayed:
    """What one policy asks of the record."""

    duties: Mapping[Key, Stand]
    """Wanted in the period, by rule, subject and occurrence."""
    cases: Mapping[UUID, date]
    """The day on which each child's case opens."""
    classes: Mapping[UUID, UUID]
    """The class of each child or class that a duty is about."""
    of_children: frozenset[Key]
    """Duties about a child; the others are about a class."""
    holes: tuple[Hole, ...]


def replay(ground: Ground, period: Period) -> Replayed:
    """Apply a policy to a school's record, as if it had held all the year.

    Recorded facts are held fixed: nobody behaves otherwise because something else is asked. A
    case that the system opened moves with the suspicion on which it rests; one that somebody
    opened by hand stays. Raises nothing. Source: architecture §Duties, §Policy.
    """
    until = Moment(period.until)
    planned = wanted(ground.facts, ground.policy, ground.calendar, until)
    opened = dict(_openings(ground, planned, period))
    duties = [duty for duty in planned.duties if duty.opens and _is_within(duty.opened_on, period)]
    stands = {duty.key: stand_of(duty, until) for duty in duties}
    holes = set(planned.holes)
    for case in _cases(ground, opened):
        found = wanted_of_case(case, ground.policy, ground.calendar, until)
        holes.update(found.holes)
        stands.update(_of_case(found, case, period))
        duties += list(found.duties)
    return Replayed(
        duties=stands,
        cases=opened,
        classes={duty.subject_id: duty.matter.unit_id for duty in duties},
        of_children=frozenset(
            key
            for key in stands
            if key[1] in ground.facts.children and key[1] not in ground.facts.classes
        ),
        holes=tuple(sorted(holes, key=lambda hole: (hole.rule.value, hole.key, hole.why))),
    )


def _openings(ground: Ground, planned: Wanted, period: Period) -> Iterator[tuple[UUID, date]]:
    by_hand = {case.child_id: case.opened_on for case in ground.cases if _is_by_hand(case)}
    first: dict[UUID, date] = dict(by_hand)
    if ground.opens_on_suspicion:
        for child, day in _suspected(ground, planned.duties):
            first[child] = min(first.get(child, day), day)
    for child, day in first.items():
        if _is_within(day, period) and child not in ground.has_case:
            yield child, day


def _suspected(ground: Ground, duties: Iterable[WantedDuty]) -> Iterator[tuple[UUID, date]]:
    for duty in duties:
        source = ground.suspicions.get(duty.rule)
        if source is None or not duty.opens or duty.matter.subject_kind is not SubjectKind.CHILD:
            continue
        if source is not Source.NO_SHOW:
            yield duty.subject_id, duty.opened_on
        elif duty.due is not None:
            # A start of term that was missed counts once its week is over.
            day = duty.due.on + ONE_DAY
            if duty.closed_by is None or duty.closed_by.on >= day:
                yield duty.subject_id, day


def _cases(ground: Ground, opened: Mapping[UUID, date]) -> Iterator[CaseFact]:
    recorded = {case.child_id: case for case in ground.cases}
    for child_id, day in opened.items():
        child = ground.facts.children.get(child_id)
        of = ground.facts.classes.get(child.class_id) if child else None
        case = recorded.get(child_id)
        if case is not None:
            yield _moved(case, day)
        elif of is not None:
            first = StepFact(id=child_id, kind=StepKind.OPENED, on=day, level=Level.SYSTEM)
            yield CaseFact(
                id=child_id,
                child_id=child_id,
                around=Around(of=of),
                source=Source.ABSENCE,
                opened_on=day,
                away_since=day,
                steps=(first,),
                silences=child.silences if child else (),
            )


def _moved(case: CaseFact, day: date) -> CaseFact:
    """The recorded case as if the system had opened it on another day."""
    steps = tuple(
        replace(step, on=day) if step.kind is StepKind.OPENED else step for step in case.steps
    )
    return replace(case, opened_on=day, steps=steps)


def _is_by_hand(case: CaseFact) -> bool:
    first = next((step for step in case.steps if step.kind is StepKind.OPENED), None)
    return first is not None and first.by is not None


def _of_case(found: Wanted, case: CaseFact, period: Period) -> Iterator[tuple[Key, Stand]]:
    """Duties of a case by their order, for their occurrence may bear the day of the opening."""
    ranked: defaultdict[DutyRule, list[WantedDuty]] = defaultdict(list)
    for duty in sorted(found.duties, key=lambda each: (each.opened_on, each.occurrence)):
        if duty.opens and _is_within(duty.opened_on, period):
            ranked[duty.rule].append(duty)
    for rule, duties in ranked.items():
        for number, duty in enumerate(duties, 1):
            yield (rule.value, case.child_id, f"#{number}"), stand_of(duty, found.until)


def _is_within(day: date, period: Period) -> bool:
    return period.from_on <= day <= period.until


def is_late(stand: Stand | None) -> bool:
    """Whether a duty bears a mark of lateness, open or met."""
    return stand is not None and stand.late_since is not None


def is_met(stand: Stand | None) -> bool:
    """Whether the record that closes a duty is there."""
    return stand is not None and stand.state is DutyState.DONE
