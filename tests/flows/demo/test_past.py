"""The years before the play are headcounts with their source."""

from __future__ import annotations

import pytest

from notoneless.flows.demo.county import FIRST_DAY, read_county
from notoneless.flows.demo.past import YEAR, enter_past_years
from notoneless.journal.services import simulated
from notoneless.numbers.models import TypedCount
from notoneless.rules.indicators.counts import Count
from tests.flows.demo.small import FOUNDED, found


@pytest.mark.django_db
def test_each_cohort_had_at_least_as_many_when_it_entered_and_each_figure_has_a_source():
    county_id = found(6)
    clerk = read_county(county_id, day=FIRST_DAY).actor("clerk", FIRST_DAY)
    with simulated():
        enter_past_years(clerk, now=FOUNDED)
    entries = TypedCount.objects.filter(count=Count.ENTRY)
    assert {row.entered_in for row in entries} == {2021, 2022}
    assert all(row.value >= 6 and row.school_year == row.entered_in for row in entries)
    base = TypedCount.objects.get(count=Count.BASE)
    assert (base.school_year, base.value) == (YEAR - 1, 18)
    assert all("补录" in row.source for row in TypedCount.objects.all())
