"""A school's period is computed: from real cases, under the plan in force, once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.access.actor import NotAllowed
from notoneless.consequences.models import Settlement
from notoneless.consequences.queries.settlements import settlement_row
from notoneless.flows.consequences.proposing import since_then
from notoneless.flows.consequences.refusals import AlreadyConfirmed, NotYetBegun
from notoneless.journal.models import Entry
from notoneless.places.models import Unit
from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.lines import Kind
from tests.consequences.desk import (
    FEBRUARY,
    JULY,
    computed,
    confirmed,
    line,
    lines,
    lose,
    settling,
)
from tests.world import TODAY

MONEY = (Kind.REWARD, Kind.CHARGE)


@pytest.mark.req("R-199", "R-200")
def test_two_lost_pupils_are_charged_to_those_who_answer_for_the_class(village):
    v = settling(village, "S1-19")
    lose(v, "lan", "gang")

    made = computed(v)

    mine = line(v, made, Kind.CHARGE, "chen")
    assert (mine.computed_fen, mine.standing) == (-10_000, Standing.IN_FORCE)
    assert {loss.child for loss in mine.evidence} == {v.lan.pk, v.children["gang"].pk}
    assert line(v, made, Kind.CHARGE, "tong").computed_fen == -10_000
    # The other class kept everyone; nobody is attached to it.
    assert line(v, made, Kind.REWARD, "zhou").computed_fen == 10_000
    (vacant,) = [each for each in lines(v, made, Kind.REWARD) if each.person_id is None]
    assert (vacant.role, vacant.standing) == ("attached_teacher", Standing.VACANT)
    assert mine.legal_basis.startswith("《青禾县控辍保学奖惩办法》")
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"settlement.computed", "settlement.line"} <= kinds


def test_a_child_that_came_back_costs_nothing(village):
    v = settling(village, "S1-19")
    lose(v, "lan", back="11-10")

    assert not lines(v, computed(v), Kind.CHARGE, Kind.VETO)


@pytest.mark.req("R-308")
def test_nothing_is_in_force_before_the_legal_basis_is_released(village):
    v = settling(village, "S1-19", released=False)
    lose(v, "lan", "gang")

    found = lines(v, computed(v))

    assert {each.standing for each in found} <= {Standing.NO_LEGAL_BASIS, Standing.VACANT}
    assert line(v, computed(v), Kind.CHARGE, "chen").computed_fen == -10_000


def test_computing_twice_with_the_same_facts_is_once_and_with_new_ones_takes_its_place(village):
    v = settling(village, "S1-19")
    first = computed(v)
    assert computed(v) == first

    lose(v, "lan")
    second = computed(v)

    assert second != first
    assert Settlement.objects.get(superseded_at=None).pk == second
    assert settlement_row(first, county_id=v.county_id).is_replaced


@pytest.mark.req("R-200")
def test_later_facts_are_shown_as_differences_and_change_nothing_confirmed(village):
    v = settling(village, "S1-19")
    made = computed(v)
    confirmed(v, made)
    lose(v, "lan")

    with pytest.raises(AlreadyConfirmed):
        computed(v)
    row = settlement_row(made, county_id=v.county_id)
    changes = since_then(v.actor("he", today=JULY), row, today=JULY)

    rules = {(old or new).rule for old, new in changes if old or new}
    assert rules == {"reward_class_retention100_yuan", "penalty_lost_one_yuan"}
    assert not lines(v, made, Kind.CHARGE)


@pytest.mark.req("R-200")
def test_a_plan_that_settles_each_term_has_a_settlement_a_term(village):
    v = settling(village, "S1-26")

    autumn = settlement_row(computed(v, day=FEBRUARY, term=1), county_id=v.county_id)

    assert (autumn.since, autumn.until) == (date(2026, 9, 1), date(2027, 1, 22))
    with pytest.raises(NotYetBegun):
        computed(v, day=FEBRUARY, term=2)
    for none in (0, 3):
        with pytest.raises(Unit.DoesNotExist):
            computed(v, day=FEBRUARY, term=none)


def test_who_settles_elsewhere_or_nothing_computes_nothing(village):
    v = settling(village, "S1-19")

    with pytest.raises(Unit.DoesNotExist):
        computed(v, by="tan")
    with pytest.raises((Unit.DoesNotExist, NotAllowed)):
        computed(v, by="chen")
    with pytest.raises(Unit.DoesNotExist):
        computed(v, at="primary-1")
    with pytest.raises(Unit.DoesNotExist):
        computed(v, at="centre")


def test_a_large_school_is_computed_in_as_many_statements_as_a_small_one(village):
    v = settling(village, "S1-19")
    computed(v, day=TODAY + (JULY - TODAY) / 2)
    lose(v, "lan", "gang", "p0", "p1", "p2")

    with CaptureQueriesContext(
        connection,
    ) as seen:
        computed(v)

    assert len(seen) <= 55, [each["sql"][:120] for each in seen]
