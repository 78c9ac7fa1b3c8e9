"""Which days are school days, which are working days, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.calendar import (
    BadCalendar,
    DayKind,
    NoSuchDay,
    Override,
    Period,
    SchoolCalendar,
    SchoolYear,
    Scope,
    WeeklyPattern,
    cycle_of,
    days_from,
)
from notoneless.rules.official import OfficialDay, OfficialDays, OfficialKind, changed_days
from tests.rules.school_year import (
    AUTUMN_2026,
    NOTICE_2026,
    OFFICIAL,
    SPRING_2026,
    SPRING_2027,
    YEARS,
    calendar,
)

pytestmark = pytest.mark.req("R-305")

NATIONAL_DAY = date(2026, 10, 1)  # a Thursday
MAKE_UP_SUNDAY = date(2026, 9, 20)
SATURDAY = date(2026, 11, 14)
MONDAY = date(2026, 11, 16)
WINTER = date(2027, 2, 1)
YEAR = (date(2026, 8, 1), date(2027, 8, 1))
days_of_the_year = st.dates(YEAR[0], YEAR[1] - timedelta(days=1))


def test_the_autumn_term_of_2026_has_ninety_nine_school_days() -> None:
    days = calendar().school_days(AUTUMN_2026.from_on, AUTUMN_2026.to_on)

    assert len(days) == 99
    assert sum(day.year == 2026 for day in days) == 84
    assert sum(map(calendar().is_provisional, days)) == 15
    assert all(day.year == 2027 for day in days if calendar().is_provisional(day))
    assert {MAKE_UP_SUNDAY, date(2026, 10, 10)} <= set(days)


def test_the_spring_term_of_2026_has_ninety_one_school_days() -> None:
    days = calendar().school_days(SPRING_2026.from_on, SPRING_2026.to_on)

    assert len(days) == 91
    assert date(2026, 5, 9) in days  # a Saturday


def test_a_make_up_sunday_is_a_school_day_with_the_holiday_it_pays_for() -> None:
    day = calendar().day_kind(MAKE_UP_SUNDAY)

    assert (day.kind, day.reason) == (DayKind.MAKE_UP, "国庆节")
    assert calendar().is_working_day(MAKE_UP_SUNDAY)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 8, 31), DayKind.VACATION),
        (date(2026, 9, 1), DayKind.CLASS),
        (date(2026, 9, 30), DayKind.CLASS),
        (NATIONAL_DAY, DayKind.HOLIDAY),
        (date(2026, 10, 7), DayKind.HOLIDAY),
        (date(2026, 10, 8), DayKind.CLASS),
        (SATURDAY, DayKind.REST),
        (date(2027, 1, 22), DayKind.CLASS),
        (date(2027, 1, 23), DayKind.VACATION),
        (date(2027, 2, 21), DayKind.VACATION),
        (date(2027, 2, 22), DayKind.CLASS),
    ],
)
def test_each_edge_of_terms_and_holidays(day, kind) -> None:
    assert calendar().day_kind(day).kind is kind


def test_a_day_in_no_loaded_school_year_has_no_answer() -> None:
    with pytest.raises(NoSuchDay):
        calendar().is_school_day(date(2027, 8, 1))
    with pytest.raises(NoSuchDay):
        calendar().school_days(date(2025, 7, 31), date(2025, 8, 2))
    assert calendar().is_school_day(date(2027, 7, 31)) is False


def test_working_days_have_an_answer_in_every_year_and_say_when_it_may_change() -> None:
    far = date(2031, 3, 3)  # a Monday
    assert calendar().is_working_day(far)
    assert calendar().is_working_day_provisional(far)
    assert not calendar().is_working_day_provisional(date(2026, 12, 31))
    assert calendar().is_working_day_provisional(date(2027, 1, 1))
    assert not calendar().is_working_day(date(2027, 1, 1))  # New Year is law without any notice


def test_the_school_s_vacation_is_a_working_day_of_the_office() -> None:
    assert not calendar().is_school_day(WINTER)
    assert calendar().is_working_day(WINTER)


def test_the_next_working_day_steps_over_a_whole_holiday() -> None:
    assert calendar().next_working_day(NATIONAL_DAY) == date(2026, 10, 8)
    assert calendar().next_working_day(MAKE_UP_SUNDAY) == MAKE_UP_SUNDAY


LAYERS = {
    "closures": (Period("大雪封路", MONDAY, MONDAY + timedelta(days=3)),),
    "overrides": (
        Override(MONDAY, Scope.SCHOOL, True, "家长会"),
        Override(MONDAY, Scope.CENTRE, False, "片区教研"),
        Override(MONDAY, Scope.COUNTY, False, "全县运动会"),
    ),
}


def test_a_closure_outranks_every_override() -> None:
    day = calendar(**LAYERS).day_kind(MONDAY)

    assert (day.kind, day.reason) == (DayKind.CLOSED, "大雪封路")
    assert calendar(**LAYERS).is_school_day(MONDAY + timedelta(days=3))


def test_the_school_outranks_the_centre_and_the_centre_the_county() -> None:
    school, centre, county = LAYERS["overrides"]

    def reason(*overrides):
        return calendar(overrides=overrides).day_kind(MONDAY).reason

    assert reason(county, centre, school) == "家长会"
    assert reason(county, centre) == "片区教研"
    assert reason(county) == "全县运动会"


def test_an_override_may_open_a_saturday_and_close_a_make_up_day() -> None:
    year = calendar(
        overrides=(
            Override(SATURDAY, Scope.COUNTY, True, "补雪灾课"),
            Override(MAKE_UP_SUNDAY, Scope.SCHOOL, False, "已提前补课"),
        )
    )
    assert year.day_kind(SATURDAY).kind is DayKind.ADDED
    assert year.day_kind(MAKE_UP_SUNDAY).kind is DayKind.DROPPED
    assert year.is_working_day(MAKE_UP_SUNDAY)
    assert not year.is_working_day(SATURDAY)


def test_nothing_makes_a_school_day_in_the_vacation() -> None:
    year = calendar(
        overrides=(Override(WINTER, Scope.SCHOOL, True, "补课"),),
        patterns=(WeeklyPattern(Period("月假", *YEAR), YEAR[0], cycle_of(on=10, off=4)),),
    )
    assert year.day_kind(WINTER).kind is DayKind.VACATION


TEN_FOUR = WeeklyPattern(
    Period("十休四", date(2026, 9, 1), date(2027, 1, 23)), date(2026, 9, 7), cycle_of(on=10, off=4)
)


def test_ten_days_of_class_run_through_a_weekend_and_four_rest_days_follow() -> None:
    year = calendar(patterns=(TEN_FOUR,))
    fortnight = days_from(date(2026, 10, 19), date(2026, 11, 2))  # a Monday, anchor + 3 cycles

    assert [year.is_school_day(day) for day in fortnight] == [True] * 10 + [False] * 4
    assert year.day_kind(date(2026, 10, 24)).kind is DayKind.PATTERN_CLASS  # a Saturday
    assert year.day_kind(date(2026, 10, 29)).kind is DayKind.PATTERN_REST  # a Thursday
    assert year.is_working_day(date(2026, 10, 29))


def test_a_pattern_repeats_backwards_from_its_anchor_too() -> None:
    year = calendar(patterns=(TEN_FOUR,))

    assert year.day_kind(date(2026, 9, 6)).kind is DayKind.PATTERN_REST
    assert year.day_kind(date(2026, 9, 2)).kind is DayKind.CLASS


def test_a_pattern_rests_on_statutory_days_unless_it_is_said_to_run_through_them() -> None:
    through = WeeklyPattern(
        TEN_FOUR.period, TEN_FOUR.anchored_on, TEN_FOUR.cycle, rests_on_holidays=False
    )
    assert TEN_FOUR.has_class(date(2026, 10, 5))
    assert not calendar(patterns=(TEN_FOUR,)).is_school_day(date(2026, 10, 5))
    assert calendar(patterns=(through,)).is_school_day(date(2026, 10, 5))


def test_a_make_up_day_gives_way_to_the_pattern() -> None:
    assert not TEN_FOUR.has_class(MAKE_UP_SUNDAY)
    assert not calendar(patterns=(TEN_FOUR,)).is_school_day(MAKE_UP_SUNDAY)


def test_only_what_waits_for_the_notice_is_provisional() -> None:
    closed, moved = date(2027, 3, 1), date(2027, 3, 2)
    year = calendar(
        closures=(Period("检修", closed, moved),),
        overrides=(Override(moved, Scope.COUNTY, False, "测试"),),
    )
    assert not year.is_provisional(closed)
    assert not year.is_provisional(moved)
    assert year.is_provisional(date(2027, 3, 3))
    assert not year.is_provisional(WINTER)
    assert not year.has_provisional(date(2026, 9, 1), date(2027, 1, 1))
    assert year.has_provisional(date(2026, 12, 31), date(2027, 1, 2))


def test_a_pattern_s_rest_day_does_not_wait_for_the_notice_but_its_class_day_does() -> None:
    year = calendar(patterns=(TEN_FOUR,))
    rest, with_class = date(2027, 1, 7), date(2027, 1, 11)

    assert (year.is_school_day(rest), year.is_provisional(rest)) == (False, False)
    assert (year.is_school_day(with_class), year.is_provisional(with_class)) == (True, True)


def test_a_pattern_that_runs_through_holidays_waits_for_no_notice() -> None:
    through = WeeklyPattern(
        TEN_FOUR.period, TEN_FOUR.anchored_on, TEN_FOUR.cycle, rests_on_holidays=False
    )
    year = calendar(patterns=(through,))

    assert not year.is_provisional(date(2027, 1, 11))
    assert not year.has_provisional(TEN_FOUR.period.from_on, TEN_FOUR.period.to_on)


def test_terms_that_touch_leave_no_vacation_between_them() -> None:
    whole = SchoolYear(
        2026,
        terms=(
            Period("上", date(2026, 8, 1), date(2027, 2, 1)),
            Period("下", date(2027, 2, 1), date(2027, 8, 1)),
        ),
    )
    assert whole.vacations() == ()


def test_weeks_of_a_term_begin_on_monday_and_the_first_may_be_short() -> None:
    weeks = [calendar().week_of_term(date(2026, 9, day)) for day in (1, 6, 7, 13, 14)]

    assert weeks == [1, 1, 2, 2, 3]
    assert calendar().week_of_term(date(2026, 8, 31)) is None
    assert calendar().week_of_term(date(2027, 2, 22)) == 1


def test_the_winter_vacation_lies_between_the_terms() -> None:
    winter, summer = YEARS[1].vacations()

    assert (winter.from_on, winter.to_on) == (AUTUMN_2026.to_on, SPRING_2027.from_on)
    assert (summer.from_on, summer.to_on) == (date(2027, 7, 10), date(2027, 8, 1))


@pytest.mark.parametrize(
    "build",
    [
        lambda: Period("空", MONDAY, MONDAY),
        lambda: SchoolYear(2026, (AUTUMN_2026, Period("叠", date(2027, 1, 22), WINTER))),
        lambda: SchoolYear(2025, (AUTUMN_2026,)),
        lambda: calendar(years=(YEARS[1], YEARS[1])),
        lambda: calendar(overrides=LAYERS["overrides"] + LAYERS["overrides"][:1]),
        lambda: calendar(patterns=(TEN_FOUR, TEN_FOUR)),
        lambda: cycle_of(on=0, off=3),
        lambda: WeeklyPattern(Period("全", *YEAR), MONDAY, (True,) * 7),
    ],
)
def test_parts_that_contradict_each_other_are_refused(build) -> None:
    with pytest.raises(BadCalendar):
        build()


@given(days_of_the_year, days_of_the_year, days_of_the_year)
def test_splitting_a_period_never_changes_its_total(one, two, three) -> None:
    first, middle, last = sorted((one, two, three))
    year = calendar()

    halves = year.school_days(first, middle) + year.school_days(middle, last)

    assert halves == year.school_days(first, last)


@given(days_of_the_year, st.sampled_from(Scope), st.booleans())
def test_an_override_changes_its_own_day_and_no_other(day, scope, has_class) -> None:
    before = calendar()
    after = calendar(overrides=(Override(day, scope, has_class, "调整"),))

    differing = {d for d in days_from(*YEAR) if before.is_school_day(d) != after.is_school_day(d)}

    assert differing <= {day}
    if before.term_of(day):
        assert after.is_school_day(day) is has_class


@given(days_of_the_year, days_of_the_year)
def test_a_closure_only_takes_school_days_away_and_none_outside_it(one, two) -> None:
    first, last = sorted((one, two))
    closure = Period("洪水", first, last + timedelta(days=1))
    shut, whole = calendar(closures=(closure,)), calendar()

    left = set(shut.school_days(*YEAR))

    assert left == {day for day in whole.school_days(*YEAR) if day not in closure}


@given(st.dates(date(2027, 1, 2), date(2027, 12, 31)), st.sampled_from(OfficialKind))
def test_a_notice_changes_only_days_of_its_own_year(day, kind) -> None:
    after = OFFICIAL.with_notice(2027, {day: OfficialDay(kind, "调整")})

    assert not after.is_provisional(day)
    assert all(changed.year == 2027 for changed in changed_days(OFFICIAL, after))
    assert after.is_working_day(day) is (kind is OfficialKind.WORK)
    assert {d: n for d, n in after.days.items() if d.year == 2026} == NOTICE_2026


@given(days_of_the_year)
def test_the_answer_of_a_day_is_provisional_exactly_when_a_notice_could_turn_it(day) -> None:
    """Turned off, or worked, by every notice there could be: only provisional days may move."""
    before = calendar()
    turned = [
        calendar(
            official=OfficialDays(
                days=dict(OFFICIAL.days) | {day: OfficialDay(kind, "通知")},
                noticed_years=frozenset({2026, 2027}),
            )
        ).is_school_day(day)
        for kind in OfficialKind
    ]
    can_move = day.year == 2027 and len(set(turned)) == 2
    assert before.is_provisional(day) is can_move


def test_a_notice_may_name_the_last_days_of_the_december_before() -> None:
    bridge = {date(2026, 12, 31): OfficialDay(OfficialKind.OFF, "元旦")}
    after = OFFICIAL.with_notice(2027, bridge)

    assert not after.is_working_day(date(2026, 12, 31))
    assert not after.is_working_day(NATIONAL_DAY)
    assert changed_days(OFFICIAL, after)[0] == date(2026, 12, 31)


def test_a_calendar_cannot_be_changed_through_the_table_it_was_made_from() -> None:
    days = dict(NOTICE_2026)
    year = SchoolCalendar(YEARS, OfficialDays(days, frozenset({2026})))
    days.clear()

    assert not year.is_school_day(NATIONAL_DAY)
