"""Numbers of a day past, and as they were known then."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.numbers.queries.behind import children_behind
from notoneless.numbers.queries.table import Sheet, Span, table
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import Period
from tests.attendance.register import FRI, TUE, WED, at, call
from tests.cases.story import reported
from tests.numbers.desk import scope
from tests.world import TERM_START


@pytest.fixture
def story(village):
    """Lan was away on Monday and Tuesday, and determined to have dropped out on Wednesday."""
    return reported(village)


def counts(v, until: date, **more):
    wanted = scope(v, "primary", period=Period(TERM_START, until), **more)
    found = table(wanted, Sheet.DROPOUT, today=FRI).total.of(Span.PERIOD)
    for count in (Count.SUSPECTED, Count.DROPPED, Count.KEPT):
        assert children_behind(count, wanted, today=FRI).total() == found[count]
    return found[Count.SUSPECTED], found[Count.DROPPED]


def test_on_the_day_before_the_determination_it_was_a_suspicion(story) -> None:
    assert counts(story, TUE) == (1, 0)
    assert counts(story, WED) == (0, 1)
    assert counts(story, FRI) == (0, 1)


def test_what_was_written_down_later_was_not_known_then(story) -> None:
    assert counts(story, FRI, known_at=at(WED, 1)) == (1, 0)
    assert counts(story, FRI, known_at=at(FRI, 23)) == (0, 1)


def test_rolls_are_counted_on_the_days_that_are_over(story) -> None:
    call(story, WED, today=FRI, now=at(FRI, 9), reason="补点")
    week = Period(TUE, WED)

    found = table(scope(story, "primary-1", period=week), Sheet.ATTENDANCE, today=FRI)

    total = found.total.of(Span.PERIOD)
    # Two children on two days; one away on Tuesday.
    assert (total[Count.SEATS], total[Count.ABSENT]) == (4, 1)
    assert (total[Count.ROLLS_DUE], total[Count.ROLLS_MISSING]) == (2, 0)
    behind = children_behind(Count.ABSENT, found.scope, today=FRI)
    assert behind == {story.lan.pk: 1}
