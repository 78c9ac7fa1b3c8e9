"""Entering and withdrawing terms, days, closures and cycles: what is refused, what is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from uuid_utils.compat import uuid7

from notoneless.journal.models import Entry
from notoneless.journal.services import Stamp
from notoneless.places.models import (
    CalendarChange,
    CalendarClosure,
    CalendarOverride,
    CalendarVersion,
    Unit,
)
from notoneless.places.queries.calendar_desk import unplanned_changes
from notoneless.places.services.calendar.changes import mark_planned
from notoneless.places.services.calendar.days import (
    AlreadyWithdrawn,
    CycleMalformed,
    DayDecided,
    DayInVacation,
    NewPattern,
    NoTermsYet,
    PatternOverlaps,
    TooManyDays,
    set_pattern,
    withdraw,
)
from notoneless.places.services.calendar.terms import (
    NewTerms,
    NoTerms,
    TermOutsideYear,
    TermsOverlap,
    set_terms,
)
from notoneless.places.services.units import StaleVersion
from notoneless.rules.calendar import Period, cycle_of
from tests.places.calendar_desk import (
    AUTUMN,
    SPRING,
    WEDNESDAY,
    YEAR,
    close,
    enter_terms,
    give_calendar,
    switch,
)
from tests.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]

ONE_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _calendar(village) -> None:
    give_calendar(village)


def changes(village):
    rows = CalendarChange.objects.filter(county=village.county_id).order_by("pk")
    return [(row.kind, row.unit_id, row.from_on, row.to_on) for row in rows]


def test_new_terms_are_a_new_version_and_the_old_ones_stay(village) -> None:
    enter_terms(village, "bureau", AUTUMN, version=1)

    versions = CalendarVersion.objects.filter(unit=village.units["bureau"]).order_by("version")
    assert [(v.version, v.periods.count()) for v in versions] == [(1, 2), (2, 1)]


def test_a_page_made_from_an_older_version_is_refused(village) -> None:
    with pytest.raises(StaleVersion):
        enter_terms(village, "bureau", AUTUMN, version=0)


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ((), NoTerms),
        ((AUTUMN, Period("第二学期", AUTUMN.to_on - ONE_DAY, SPRING.to_on)), TermsOverlap),
        ((Period("第一学期", date(2026, 7, 31), AUTUMN.to_on),), TermOutsideYear),
        ((Period("第二学期", SPRING.from_on, date(2027, 8, 2)),), TermOutsideYear),
    ],
)
def test_terms_that_cannot_be_are_refused_and_nothing_is_kept(village, terms, refusal) -> None:
    with pytest.raises(refusal):
        set_terms(
            NewTerms(village.units["bureau"].pk, 2026, terms), version=1, stamp=village.stamp()
        )
    assert CalendarVersion.objects.count() == 1


def test_terms_may_touch_each_other_and_the_edges_of_the_school_year(village) -> None:
    enter_terms(
        village,
        "bureau",
        Period("上", date(2026, 8, 1), AUTUMN.to_on),
        Period("下", AUTUMN.to_on, date(2027, 8, 1)),
        version=1,
    )


def test_sending_an_override_twice_is_the_same_as_once(village) -> None:
    for _ in range(2):
        switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆", days=3)

    assert CalendarOverride.objects.count() == 3
    assert [kind for kind, *_ in changes(village)].count("override") == 1


def test_a_second_word_on_the_same_day_must_wait_until_the_first_is_withdrawn(village) -> None:
    (row,) = switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")
    with pytest.raises(DayDecided) as refused:
        switch(village, "primary", WEDNESDAY - ONE_DAY, has_class=True, reason="补课", days=2)

    assert refused.value.facts == {"on": WEDNESDAY, "reason": "校庆"}
    assert CalendarOverride.objects.count() == 1

    unit = village.units["primary"].pk
    withdraw("override", row.pk, unit_id=unit, because="改期", stamp=village.stamp("qin"))
    switch(village, "primary", WEDNESDAY, has_class=True, reason="补课")


def test_the_database_too_refuses_two_standing_words_on_one_day(village) -> None:
    (row,) = switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")
    row.pk = uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_day_in_the_vacation_cannot_be_switched(village) -> None:
    with pytest.raises(DayInVacation):
        switch(village, "primary", AUTUMN.to_on, has_class=True, reason="补课")
    switch(village, "primary", AUTUMN.to_on - ONE_DAY, has_class=False, reason="提前放假")


def test_a_day_of_a_year_without_terms_cannot_be_switched(village) -> None:
    with pytest.raises(NoTermsYet):
        switch(village, "primary", YEAR[1], has_class=True, reason="补课")


def test_thirty_one_days_can_be_switched_at_once_and_not_more(village) -> None:
    first = date(2026, 10, 12)
    with pytest.raises(TooManyDays):
        switch(village, "primary", first, has_class=False, reason="农忙", days=32)
    assert len(switch(village, "primary", first, has_class=False, reason="农忙", days=31)) == 31


def test_the_same_closure_twice_is_one_closure(village) -> None:
    assert close(village, "primary", WEDNESDAY) == close(village, "primary", WEDNESDAY)
    assert CalendarClosure.objects.count() == 1


def test_two_cycles_cannot_hold_at_once_but_may_follow_each_other(village) -> None:
    unit, stamp = village.units["junior"].pk, village.stamp("lu")
    ten_four = NewPattern(unit, AUTUMN, AUTUMN.from_on, cycle_of(on=10, off=4))
    set_pattern(ten_four, stamp=stamp)

    last_day = Period("单休", AUTUMN.to_on - ONE_DAY, SPRING.to_on)
    with pytest.raises(PatternOverlaps):
        set_pattern(NewPattern(unit, last_day, SPRING.from_on, (True, False)), stamp=stamp)
    before = Period("单休", date(2026, 8, 1), AUTUMN.from_on)
    after = Period("单休", AUTUMN.to_on, SPRING.to_on)
    for span in (before, after):
        set_pattern(NewPattern(unit, span, SPRING.from_on, (True, False)), stamp=stamp)


@pytest.mark.parametrize("cycle", [(), (True,) * 7, (False,) * 7, (True,) * 42 + (False,)])
def test_a_cycle_without_rest_or_class_or_longer_than_six_weeks_is_refused(village, cycle) -> None:
    with pytest.raises(CycleMalformed):
        set_pattern(
            NewPattern(village.units["junior"].pk, AUTUMN, AUTUMN.from_on, cycle),
            stamp=village.stamp("lu"),
        )


def test_what_is_withdrawn_cannot_be_withdrawn_again(village) -> None:
    row, unit = close(village, "primary", WEDNESDAY), village.units["primary"].pk
    withdraw("closure", row.pk, unit_id=unit, because="误报", stamp=village.stamp("qin"))

    with pytest.raises(AlreadyWithdrawn):
        withdraw("closure", row.pk, unit_id=unit, because="误报", stamp=village.stamp("qin"))


def test_another_unit_s_row_and_another_county_s_unit_do_not_exist(village) -> None:
    row = close(village, "primary", WEDNESDAY)
    with pytest.raises(CalendarClosure.DoesNotExist):
        withdraw(
            "closure",
            row.pk,
            unit_id=village.units["other"].pk,
            because="误报",
            stamp=village.stamp("tan"),
        )
    elsewhere = Stamp(county_id=uuid7(), by=None, now=NOW)
    with pytest.raises(Unit.DoesNotExist):
        withdraw(
            "closure", row.pk, unit_id=village.units["primary"].pk, because="x", stamp=elsewhere
        )


@pytest.mark.parametrize("at", ["primary-1", "shiqiao", "county"])
def test_a_unit_of_another_kind_holds_no_calendar(village, at) -> None:
    with pytest.raises(Unit.DoesNotExist):
        close(village, at, WEDNESDAY)


def test_every_change_is_journalled_with_the_days_it_touches(village) -> None:
    CalendarChange.objects.all().delete()
    unit = village.units["primary"].pk
    row = close(village, "primary", WEDNESDAY, days=3)
    withdraw("closure", row.pk, unit_id=unit, because="误报", stamp=village.stamp("qin"))

    span = (WEDNESDAY, WEDNESDAY + 3 * ONE_DAY)
    assert changes(village) == [("closure", unit, *span)] * 2
    kinds = list(
        Entry.objects.filter(subject_id=unit).order_by("pk").values_list("kind", flat=True)
    )
    assert kinds[-4:] == [
        "calendar.closed",
        "calendar.changed",
        "calendar.closure_withdrawn",
        "calendar.changed",
    ]


def test_a_change_waits_until_the_due_dates_have_been_computed_anew(village) -> None:
    close(village, "primary", WEDNESDAY)
    change = unplanned_changes(village.county_id)[-1]

    mark_planned(change.pk, now=NOW)

    assert change.pk not in {each.pk for each in unplanned_changes(village.county_id)}
