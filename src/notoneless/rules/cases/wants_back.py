"""What a case wants once the child is back, until it is closed (T19 - T23)."""

from __future__ import annotations

from collections.abc import Iterator

from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.grounds import Grounds, Wish, earliest
from notoneless.rules.cases.guards import CONFIRMER, ENDS_ASKING, confirming_level
from notoneless.rules.cases.kinds import ELSEWHERE, REVIEW_MONTHS, Level, StepKind
from notoneless.rules.cases.plans import reviews_of
from notoneless.rules.clocks import Due
from notoneless.rules.duties.wants import Bearer

REPORT, PLACE, REVIEW = "case_return_report_within", "case_place_within", REVIEW_MONTHS
WATCH, CLOSE, CONFIRM = "return_watch_days", "case_close_within", "case_confirm_within"
_RETURNS = (StepKind.RETURNED, StepKind.RETURNED_BY_MEASURE)
_LOST = (StepKind.RELAPSED, StepKind.CLOSED)


def want_return_reported(grounds: Grounds) -> Iterator[Wish]:
    """All who had the dropout report hear of the return (R-123); nobody had one: nobody waits."""
    for back in _returns(grounds):
        told = [s for s in grounds.known(StepKind.REPORTED) if _is_before(grounds, s, back)]
        if told:
            yield Wish(
                key=REPORT,
                step=back,
                opened_on=back.on,
                due=grounds.plan.due_after(REPORT, back.on),
                closed=grounds.done(back, StepKind.RETURN_REPORTED, *_LOST),
            )


def want_placement(grounds: Grounds) -> Iterator[Wish]:
    """The child is placed, with a plan of its own (R-117, T21)."""
    for back in _returns(grounds):
        yield Wish(
            key=PLACE,
            step=back,
            opened_on=back.on,
            due=grounds.plan.due_after(PLACE, back.on),
            closed=grounds.done(back, StepKind.PLACED, *_LOST),
        )


def want_review(grounds: Grounds) -> Iterator[Wish]:
    """The plan is looked at again, so many months after the return (national rules §1.2, row 10).

    Closing the case ends no review of a child that stayed: the months run from the return, and
    the watch is shorter than they are. A relapse does, another lawful end, a later case, and that
    the child is registered here no more.
    """
    for placed in grounds.known(StepKind.PLACED):
        planned = reviews_of(
            grounds.standing,
            placed,
            months=grounds.plan.policy.months(REVIEW),
            calendar=grounds.plan.calendar,
        )
        for which, (day, reviewed) in enumerate(planned.items(), 1):
            made = reviewed if reviewed is not None and reviewed.on <= grounds.on else None
            yield Wish(
                key=REVIEW,
                step=placed,
                opened_on=placed.on,
                bearer=grounds.homeroom,
                due=Due(day),
                closed=earliest([made, _review_ended(grounds, placed)]),
                which=which,
            )


def _review_ended(grounds: Grounds, placed: StepFact) -> StepFact | None:
    closed = grounds.done(placed, StepKind.CLOSED)
    is_elsewhere = closed is not None and closed.text("outcome") in ELSEWHERE
    return earliest([grounds.done(placed, StepKind.RELAPSED), closed if is_elsewhere else None])


def want_watch(grounds: Grounds) -> Iterator[Wish]:
    """The class teacher sees the child on the roll for so many school days (T21 - T23).

    Nothing is late while the child may still miss a day: the last day moves with the days that
    were not seen, so no clock is given.
    """
    needed = grounds.plan.policy.duration(WATCH).length
    for placed in grounds.known(StepKind.PLACED):
        have = min(len(grounds.case.present_days), needed)
        yield Wish(
            key=WATCH,
            step=placed,
            opened_on=placed.on,
            bearer=grounds.homeroom,
            closed=grounds.done(placed, StepKind.WATCH_ENDED, *_LOST),
            progress=(have, needed),
        )


def want_closing(grounds: Grounds) -> Iterator[Wish]:
    """The school asks to close a case whose watch has ended, with its evidence (R-120).

    After a refusal anew; the refused end of a child that is still away asks for nothing.
    """
    is_watched = False
    for ended in grounds.known(StepKind.WATCH_ENDED, StepKind.RELAPSED, StepKind.CLOSING_REFUSED):
        if ended.kind is not StepKind.CLOSING_REFUSED:
            is_watched = ended.kind is StepKind.WATCH_ENDED
        if not is_watched:
            continue
        yield Wish(
            key=CLOSE,
            step=ended,
            opened_on=ended.on,
            due=grounds.plan.due_after(CLOSE, ended.on),
            closed=grounds.done(ended, StepKind.CLOSING_ASKED, *_LOST),
        )


def want_confirmation(grounds: Grounds) -> Iterator[Wish]:
    """A second person at the level that the plan names decides on a closing (销号)."""
    for asked in grounds.known(StepKind.CLOSING_ASKED):
        yield Wish(
            key=CONFIRM,
            step=asked,
            opened_on=asked.on,
            bearer=_confirmer(grounds),
            due=grounds.plan.due_after(CONFIRM, asked.on),
            closed=grounds.done(asked, *ENDS_ASKING),
        )


def _confirmer(grounds: Grounds) -> Bearer:
    of = grounds.case.around.of
    level = confirming_level(grounds.plan.policy) if grounds.plan.asks(CONFIRMER) else Level.COUNTY
    where = {
        Level.SCHOOL: of.school_id,
        Level.CENTRE: of.centre_id or of.bureau_id,
        Level.TOWNSHIP: grounds.case.around.township_id,
    }
    return grounds.at(where.get(level, of.bureau_id))


def _returns(grounds: Grounds) -> tuple[StepFact, ...]:
    """Returns; a measure that is recorded after a return tells how, and is no second one."""
    kept: list[StepFact] = []
    for back in grounds.known(*_RETURNS):
        if not kept or grounds.done(kept[-1], *_LOST) is not None:
            kept.append(back)
    return tuple(kept)


def _is_before(grounds: Grounds, one: StepFact, other: StepFact) -> bool:
    steps = grounds.standing.steps
    return steps.index(one) < steps.index(other)
