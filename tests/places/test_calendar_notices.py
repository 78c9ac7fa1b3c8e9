"""Loading a year's notice: the package's, then the real one."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.flows.official_days import load_official_days, packaged_notice
from notoneless.journal.insert_only import WrittenOnce
from notoneless.places.models import CalendarChange, OfficialDay, OfficialNotice
from notoneless.places.queries.calendar import official_days
from notoneless.places.queries.calendar_desk import notices_standing
from notoneless.places.services.calendar.notices import (
    NewNotice,
    NoticeEmpty,
    RealNoticeStands,
    load_notice,
)
from notoneless.places.services.units import StaleVersion
from notoneless.rules import official
from notoneless.rules.calendar import days_from
from notoneless.rules.clocks import Due, due_on
from notoneless.rules.policy.measures import DurationUnit
from tests.places.calendar_desk import calendar_at, give_calendar
from tests.rules.school_year import NOTICE_2026

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]

OFF, WORK = official.OfficialKind.OFF, official.OfficialKind.WORK
SPRING_FESTIVAL = official.OfficialDay(OFF, "春节")
REAL_2027 = (
    {date(2027, 1, 1): official.OfficialDay(OFF, "元旦")}
    | dict.fromkeys(
        days_from(date(2027, 1, 2), date(2027, 1, 5)), official.OfficialDay(OFF, "元旦")
    )
    | {date(2027, 1, 9): official.OfficialDay(WORK, "元旦")}
    | dict.fromkeys(days_from(date(2027, 2, 5), date(2027, 2, 13)), SPRING_FESTIVAL)
)


@pytest.fixture(autouse=True)
def _calendar(village) -> None:
    give_calendar(village)


def load_real(village, *, version=1, days=REAL_2027, year=2027, **more):
    new = NewNotice(year, days, source="国办发明电〔2026〕7号", **more)
    return load_notice(new, version=version, stamp=village.stamp("lu"))


def test_the_package_knows_2026_as_published_and_only_the_statute_of_2027() -> None:
    assert dict(packaged_notice(2026).days) == NOTICE_2026
    assert not packaged_notice(2026).is_provisional

    later = packaged_notice(2027)
    assert later.is_provisional
    assert {day.kind for day in later.days.values()} == {OFF}
    assert later.days[date(2027, 2, 5)].name == "农历除夕"


@pytest.mark.parametrize(("year", "off", "work"), [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)])
def test_earlier_years_are_complete(year, off, work) -> None:
    kinds = [day.kind for day in packaged_notice(year).days.values()]

    assert (kinds.count(OFF), kinds.count(WORK)) == (off, work)


def test_running_the_load_again_changes_nothing(village) -> None:
    assert load_official_days(range(2024, 2028), stamp=village.stamp()) == []
    assert OfficialNotice.objects.count() == 4


def test_the_real_notice_replaces_the_provisional_one_and_re_dates_open_clocks(village) -> None:
    def due() -> Due:
        return due_on(
            started=date(2026, 12, 31),
            within=2,
            counted_in=DurationUnit.SCHOOL_DAYS,
            calendar=calendar_at(village, "primary"),
        )

    assert due() == Due(date(2027, 1, 5), is_provisional=True)
    CalendarChange.objects.all().delete()
    load_real(village)

    assert due() == Due(date(2027, 1, 6), is_provisional=False)
    change = CalendarChange.objects.get()
    assert (change.kind, change.unit_id) == ("notice", village.county_id)
    assert (change.from_on, change.to_on) == (date(2027, 1, 1), date(2028, 1, 1))


def test_a_correction_of_the_real_notice_announces_only_the_days_that_differ(village) -> None:
    load_real(village)
    CalendarChange.objects.all().delete()
    longer = REAL_2027 | {date(2027, 2, 15): SPRING_FESTIVAL}
    load_real(village, version=2, days=longer)

    change = CalendarChange.objects.get()
    assert (change.from_on, change.to_on) == (date(2027, 2, 15), date(2027, 2, 16))
    assert [n.version for n in OfficialNotice.objects.filter(year=2027).order_by("version")] == [
        1,
        2,
        3,
    ]


def test_a_bridge_in_the_december_before_is_announced_from_there(village) -> None:
    CalendarChange.objects.all().delete()
    bridge = {date(2026, 12, 31): official.OfficialDay(OFF, "元旦")}
    load_real(village, days=REAL_2027 | bridge)

    assert CalendarChange.objects.get().from_on == date(2026, 12, 31)
    assert not calendar_at(village, "primary").is_school_day(date(2026, 12, 31))
    assert not calendar_at(village, "primary").is_school_day(date(2026, 10, 1))


def test_the_same_notice_twice_is_one_notice(village) -> None:
    assert load_real(village) == load_real(village)
    assert OfficialNotice.objects.filter(year=2027).count() == 2


def test_a_page_made_before_somebody_else_loaded_the_notice_is_refused(village) -> None:
    load_real(village)
    with pytest.raises(StaleVersion):
        load_real(village, days=REAL_2027 | {date(2027, 2, 15): SPRING_FESTIVAL})


def test_provisional_days_never_replace_a_real_notice(village) -> None:
    load_real(village)
    with pytest.raises(RealNoticeStands):
        load_real(village, version=2, days={date(2027, 1, 1): SPRING_FESTIVAL}, is_provisional=True)
    assert load_official_days([2027], stamp=village.stamp()) == []


@pytest.mark.parametrize("days", [{}, {date(2027, 1, 9): official.OfficialDay(WORK, "元旦")}])
def test_a_notice_without_a_day_off_is_refused(village, days) -> None:
    with pytest.raises(NoticeEmpty):
        load_real(village, days=days)


def test_the_standing_notices_say_where_they_come_from(village) -> None:
    load_real(village)
    standing = {n.year: n for n in notices_standing(village.county_id)}

    assert (standing[2027].version, standing[2027].is_provisional) == (2, False)
    assert (standing[2027].off_days, standing[2027].work_days) == (12, 1)
    assert standing[2026].source.startswith("chinesecalendar ")
    assert official_days(village.county_id).noticed_years == {2024, 2025, 2026, 2027}


def test_a_day_of_a_notice_cannot_be_changed_or_deleted(village) -> None:
    day = OfficialDay.objects.filter(notice__year=2026)[0]
    with pytest.raises(WrittenOnce):
        day.save()
    with pytest.raises(WrittenOnce):
        OfficialDay.objects.all().delete()
