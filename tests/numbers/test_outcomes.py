"""What a period came to: the same children and bases as the plan's own rate counts."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.cases.models import Case
from notoneless.numbers.queries.outcomes import STAGES, Wanted, outcomes_by_stage, outcomes_of
from notoneless.numbers.queries.table import Sheet, Span, table
from notoneless.numbers.services.typed import NewTyped, write_typed
from notoneless.policy.queries.many import policies_of
from notoneless.rules.consequences.outcome import How, Marks
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.formulas import contract_rate
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.units import Stage
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at
from tests.cases.desk import take as take_step
from tests.cases.story import K, reported
from tests.numbers.desk import CUT_OFF, YEAR, day, lost, school_year, scope
from tests.policy.desk import S2_5, figure, give_packs, take
from tests.world import TERM_START

EVERYWHERE = (
    "county",
    "bureau",
    "shiqiao",
    "hekou",
    "centre",
    "primary",
    "primary-1",
    "primary-2",
    "primary-2020-1",
    "junior",
    "other",
)
PLANS = (
    ("year_start_roll", "none"),
    ("year_start_roll", "primary"),
    ("verified_registration", "junior"),
    ("start_grade_fixed", "both"),
    ("census", "both"),
)


@pytest.fixture
def autumn(village):
    return school_year(village)


def plan(v, **values):
    """S2-5 at the bureau, with the place's own words on what counts."""
    own = {key: figure(value) for key, value in values.items()}
    give_packs(v)
    take(v, "bureau", S2_5, values=own)


def outcomes(v, *, period=YEAR, today=CUT_OFF, units=EVERYWHERE, **more):
    ids = [v.units[key].pk for key in units]
    policies = policies_of(ids, county_id=v.county_id, on=period.until)
    marks = more.pop("marks", {})
    wanted = Wanted(v.county_id, ids, period, **more)
    return outcomes_by_stage(wanted, policies, marks=marks, today=today)


def outcome(v, at, **more):
    return outcomes(v, units=(at,), **more)[v.units[at].pk, None]


def enter(v, count, *, at="county", value=40, stage=None, year=2026, **more):
    new = NewTyped(v.units[at].pk, count, year, value, "开学报表", stage=stage, **more)
    write_typed(new, stamp=v.stamp("lu"))


@pytest.mark.req("R-186", "R-188")
@pytest.mark.parametrize(("kind", "losses"), PLANS)
def test_every_outcome_is_the_rate_of_the_plan(autumn, kind, losses) -> None:
    plan(autumn, baseline_kind=kind, count_p2j_losses_in_rate=losses)
    lost(autumn, "b3", confirmed="11-02")
    if kind == "start_grade_fixed":
        enter(autumn, Count.ENTRY, stage=Stage.PRIMARY, entered_in=2024, year=2024)
    if kind in ("verified_registration", "census"):
        for stage in Stage:
            enter(autumn, Count(kind.split("_")[0]), stage=stage)

    found = outcomes(autumn)

    assert len(found) == len(EVERYWHERE) * len(STAGES)
    for at_key in EVERYWHERE:
        for counted in STAGES:
            one = found[autumn.units[at_key].pk, counted]
            policy = policies_of([one.unit], county_id=autumn.county_id, on=CUT_OFF)[one.unit]
            rate = contract_rate(policy, counted)
            extra = rate.counts - {Count.BASE, Count.DROPPED}
            wanted = scope(autumn, at_key, stage=counted)
            counts = table(wanted, Sheet.DROPOUT, extra=extra, today=CUT_OFF).total.of(Span.PERIOD)
            said = (at_key, counted)
            over = sum(counts[term.count] for term in rate.over)
            assert len(one.lost) == over, said
            assert one.rate == rate.ratio(counts), said
            assert len(one.returned) == counts[Count.RETURNED], said


def test_a_loss_says_when_it_was_missed_known_and_reported(village) -> None:
    story = reported(village)

    (loss,) = outcome(story, "primary", period=Period(TERM_START, FRI), today=FRI).lost

    assert loss.how is How.CASE
    assert loss.child == story.lan.pk
    assert loss.school_class == story.units["primary-1"].pk
    assert (loss.lost_on, loss.known_on, loss.reported_on) == (MON, TUE, WED)


def test_what_was_not_known_then_is_no_loss_then(village) -> None:
    story = reported(village)
    year = Period(TERM_START, FRI)

    assert not outcome(story, "primary", period=year, today=FRI, known_at=at(WED, 1)).losses
    assert len(outcome(story, "primary", period=year, today=FRI, known_at=at(THU, 23)).lost) == 1


def test_a_returned_child_stands_among_the_losses_and_counts_in_no_rate(autumn) -> None:
    one = outcome(autumn, "primary")

    assert {loss.child for loss in one.lost} == {autumn.children["a1"].pk}
    (back,) = one.returned
    assert (back.child, back.returned_on) == (autumn.children["a2"].pk, CUT_OFF)
    assert one.rate == Ratio(1, 20)


def test_the_day_before_it_came_back_it_was_lost(autumn) -> None:
    eve = day("11-29")

    one = outcome(autumn, "primary", period=Period(TERM_START, eve), today=eve)

    assert (len(one.lost), len(one.returned)) == (2, 0)


def test_two_rows_of_one_child_are_one_loss(autumn) -> None:
    lost(autumn, "b2", confirmed="10-12")
    Case.objects.create(**_same_case_of(autumn, "b2x"))

    assert len(outcome(autumn, "primary").lost) == 2


def _same_case_of(v, name):
    row = Case.objects.filter(child=v.children["b2"]).values().get()
    changed = {"id": v.children[name].pk, "child_id": v.children[name].pk}
    return row | changed


def test_children_between_two_schools_stand_where_the_plan_counts_them(autumn) -> None:
    plan(autumn, count_p2j_losses_in_rate="junior")

    found = outcomes(autumn, units=("county",))

    def ways(stage):
        return [loss.how for loss in found[autumn.units["county"].pk, stage].lost]

    assert ways(Stage.PRIMARY) == [How.CASE]
    assert ways(Stage.JUNIOR) == [How.BETWEEN]
    assert sorted(ways(None)) == [How.BETWEEN, How.CASE]


def test_a_base_that_nobody_entered_is_lacking_and_no_rate_is_known(autumn) -> None:
    plan(autumn, baseline_kind="verified_registration")

    one = outcome(autumn, "primary")

    assert one.lacks is Count.VERIFIED
    assert (one.base, one.rate.is_known) == (0, False)


def test_a_base_entered_for_one_of_two_schools_is_none_for_the_county(autumn) -> None:
    plan(autumn, baseline_kind="verified_registration")
    enter(autumn, Count.VERIFIED, at="primary", value=20)

    found = outcomes(autumn, units=("county", "primary"))

    assert found[autumn.units["county"].pk, None].lacks is Count.VERIFIED
    assert found[autumn.units["primary"].pk, None].rate == Ratio(2, 20)


def test_a_class_of_which_nobody_knows_how_it_began_has_no_fixed_base(autumn) -> None:
    plan(autumn, baseline_kind="start_grade_fixed")

    before = outcome(autumn, "primary")
    more = {"stage": Stage.PRIMARY, "entered_in": 2024, "year": 2024}
    enter(autumn, Count.ENTRY, at="primary", value=25, **more)

    assert before.lacks is Count.ENTRY
    assert outcome(autumn, "primary").rate == Ratio(2, 25)


def test_what_others_decided_about_a_loss_arrives_by_case_or_child(autumn) -> None:
    case = Case.objects.get(child=autumn.children["a1"])
    said = {
        case.pk: Marks(is_concealed=True),
        autumn.children["a1"].pk: Marks(is_exempt=True),
        autumn.children["a2"].pk: Marks(is_teacher_caused=True),
    }

    one = outcome(autumn, "primary", marks=said)

    (loss,) = one.lost
    assert (loss.is_concealed, loss.is_exempt, loss.is_teacher_caused) == (True, True, False)
    assert one.returned[0].is_teacher_caused


def test_losses_stand_in_the_order_of_names(autumn) -> None:
    for name in ("b5", "b4"):
        lost(autumn, name, confirmed="11-02")

    children = [loss.child for loss in outcome(autumn, "primary").losses]

    assert children == [autumn.children[name].pk for name in ("a1", "a2", "b4", "b5")]


def test_lost_again_after_a_return_counts_from_the_relapse(village) -> None:
    story = reported(village)
    take_step(story, K.RETURNED, by="qin", day=FRI, way="school")
    take_step(story, K.RELAPSED, by="qin", day=NEXT_MON, words="又没来")

    (loss,) = outcome(story, "primary", period=Period(TERM_START, NEXT_MON), today=NEXT_MON).lost

    assert (loss.lost_on, loss.known_on, loss.reported_on) == (NEXT_MON, NEXT_MON, None)


def test_a_unit_that_did_not_stand_then_is_left_out(autumn) -> None:
    before = Period(date(2019, 9, 1), date(2020, 8, 31))
    wanted = Wanted(autumn.county_id, [autumn.units["primary"].pk], before)

    assert outcomes_of(wanted, {}, today=CUT_OFF) == {}


def test_the_whole_county_costs_no_more_statements_than_a_class(autumn) -> None:
    plan(autumn)
    outcomes(autumn)

    def cost(units):
        ids = [autumn.units[key].pk for key in units]
        policies = policies_of(ids, county_id=autumn.county_id, on=CUT_OFF)
        wanted = Wanted(autumn.county_id, ids, YEAR)
        with CaptureQueriesContext(connection) as queries:
            outcomes_by_stage(wanted, policies, today=CUT_OFF)
        return len(queries)

    assert cost(EVERYWHERE) <= cost(("primary-1",)) + 2 <= 13
