"""Orders before the court: which one stands, who challenged it, and when it can be enforced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notoneless.rules.calendar import ONE_DAY, SchoolCalendar
from notoneless.rules.cases.facts import Standing, StepFact
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.clocks import due_on
from notoneless.rules.policy.resolved import ResolvedPolicy


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which something can be done, both ends included."""

    from_on: date
    last_on: date


def enforcement_window(
    standing: Standing, order: StepFact, policy: ResolvedPolicy, calendar: SchoolCalendar
) -> Window:
    """When the court can be asked to enforce an order, from the day on which it was served.

    From the day after the guardian's times have run out, for the months that the law gives: review
    and suit since the order was served; after a review was decided the shorter time to sue over
    it; after a suit none. A review that was withdrawn leaves the times since the order as they
    were. A time whose last day is no working day ends on the next one.
    Source: 行政强制法 art. 53, 行政复议法 art. 20 and 88, 行政诉讼法 art. 45, 46 and 101,
    民事诉讼法 art. 85.
    """
    free_on = _free_on(standing, order, policy, calendar)
    last = _end(free_on, "enforcement_application_within", policy, calendar)
    return Window(free_on + ONE_DAY, last)


def _free_on(
    standing: Standing, order: StepFact, policy: ResolvedPolicy, calendar: SchoolCalendar
) -> date:
    """The last day on which the order can still be challenged."""
    decided = decision_on(standing, order)
    if decided is not None and _was_suit(standing, decided):
        return decided.on
    if decided is not None and decided.text("result") != "withdrawn":
        return _end(decided.on, "suit_after_review", policy, calendar)
    ends = [_end(order.told_on, key, policy, calendar) for key in ("review_period", "suit_period")]
    return max(*ends, decided.on) if decided is not None else max(ends)


def decision_on(standing: Standing, order: StepFact) -> StepFact | None:
    """The last decision on a challenge of this order; ``None`` where nothing was decided."""
    asked = {step.id for step in standing.all_after(order, StepKind.CHALLENGED)}
    decided = standing.all_after(order, StepKind.CHALLENGE_DECIDED)
    return next((step for step in reversed(decided) if step.answers in asked), None)


def _was_suit(standing: Standing, decided: StepFact) -> bool:
    asked = next((step for step in standing.steps if step.id == decided.answers), None)
    return asked is not None and asked.text("way") == "suit"


def _end(started: date, key: str, policy: ResolvedPolicy, calendar: SchoolCalendar) -> date:
    length = policy.duration(key)
    due = due_on(started=started, within=length.length, counted_in=length.unit, calendar=calendar)
    return calendar.next_working_day(due.on)


def standing_order(standing: Standing) -> StepFact | None:
    """The order or penalty that was served last; ``None`` once it was annulled."""
    order = standing.last(StepKind.ORDER_SERVED, StepKind.PENALTY_SERVED)
    if order is None:
        return None
    decided = standing.all_after(order, StepKind.CHALLENGE_DECIDED)
    return None if any(step.text("result") == "annulled" for step in decided) else order


def open_challenge(standing: Standing) -> StepFact | None:
    """The review or suit of the guardian that is not decided yet."""
    last = standing.last(StepKind.CHALLENGED)
    if last is None or standing.answer_to(last, StepKind.CHALLENGE_DECIDED) is not None:
        return None
    return last
