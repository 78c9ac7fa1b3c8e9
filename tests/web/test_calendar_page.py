"""The calendar's administration page: who may change what, bad input, and what is shown."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from uuid_utils.compat import uuid7

from notoneless.places.models import (
    CalendarClosure,
    CalendarOverride,
    CalendarPattern,
    CalendarVersion,
    Unit,
)
from tests.places.calendar_desk import (
    AUTUMN,
    SPRING,
    WEDNESDAY,
    calendar_at,
    close,
    enter_terms,
    give_calendar,
    switch,
)

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]

DAYS = {"days-first": "2026-11-25", "days-last": "", "days-has_class": "0", "days-reason": "校庆"}
CLOSURE = {"closure-first": "2026-12-07", "closure-last": "2026-12-09", "closure-reason": "冻雨"}
PATTERN = {
    "pattern-first": "2026-09-01",
    "pattern-last": "2027-01-22",
    "pattern-preset": "10-4",
    "pattern-rests_on_holidays": "on",
}


@pytest.fixture(autouse=True)
def _calendar(village) -> None:
    give_calendar(village)


def url(village, name, at="primary", year=2026, **more):
    return reverse(
        f"calendar-{name}",
        kwargs={"unit_id": village.units[at].pk, "school_year": year, **more},
    )


def terms_post(*terms, version=1, campaigns=(), **more):
    data = {"terms-version": version, "terms-reason": ""} | more
    for prefix, rows in (("term", terms), ("campaign", campaigns)):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows) + 1, f"{prefix}-INITIAL_FORMS": 0}
        for n, (name, first, last) in enumerate(rows):
            data |= {f"{prefix}-{n}-name": name}
            data |= {f"{prefix}-{n}-first": first, f"{prefix}-{n}-last": last}
    return data


TWO_TERMS = (("第一学期", "2026-09-03", "2027-01-20"), ("第二学期", "2027-03-02", "2027-07-07"))


def test_everyone_reads_the_calendar_of_his_own_school(village, signed_in) -> None:
    page = signed_in("chen").get("/calendar/", follow=True)

    assert page.redirect_chain[-1][0] == url(village, "desk")
    text = page.content.decode()
    assert "石桥乡中心小学" in text
    assert "其中暂定 15" in text
    assert "只能查看" in text
    assert "保存学期" not in text


def test_an_officer_outside_the_schools_reads_the_bureau_s(village, signed_in) -> None:
    page = signed_in("xiang").get("/calendar/", follow=True)

    assert page.redirect_chain[-1][0] == url(village, "desk", "bureau")


def test_another_unit_can_be_chosen_by_its_name(village, signed_in) -> None:
    client, other = signed_in("chen"), village.units["other"].pk
    page = client.get("/calendar/", {"unit": other, "year": "2025"})

    assert page.url == url(village, "desk", "other", 2025)
    assert client.get("/calendar/", {"unit": "not-a-unit"}).status_code == 404


@pytest.mark.parametrize("at", ["shiqiao", "primary-1", "county"])
def test_a_unit_without_a_calendar_is_no_page(village, signed_in, at) -> None:
    assert signed_in("lu").get(url(village, "desk", at)).status_code == 404


@pytest.mark.parametrize("year", [1999, 2100, 99999])
def test_a_year_out_of_reach_is_no_page(village, signed_in, year) -> None:
    assert signed_in("lu").get(url(village, "desk", year=year)).status_code == 404


def test_a_county_without_a_bureau_is_told_what_to_do(village, signed_in) -> None:
    client = signed_in("xiang")
    Unit.objects.filter(pk=village.units["bureau"].pk).update(kind="department")

    page = client.get("/calendar/")
    assert page.status_code == 200
    assert "先在“单位与岗位”里建教育局" in page.content.decode()


@pytest.mark.parametrize("who", ["qin", "shi", "wei", "lu", "mo"])
def test_the_school_s_own_people_and_the_county_may_change_it(village, signed_in, who) -> None:
    answer = signed_in(who).post(url(village, "days"), DAYS, follow=True)

    assert "上课日由 190 天变为 189 天" in answer.content.decode()
    row = CalendarOverride.objects.get()
    assert (row.on, row.has_class, row.reason) == (WEDNESDAY, False, "校庆")
    assert row.recorded_by == village.people[who].pk


POSTS = [
    ("days", DAYS),
    ("closure", CLOSURE),
    ("pattern", PATTERN),
    ("terms", terms_post(*TWO_TERMS, version=0)),
    ("follow", {"terms-version": 0}),
]


@pytest.mark.parametrize(("name", "data"), POSTS)
@pytest.mark.parametrize("who", ["chen", "tan", "xiang", "shao", "fang"])
def test_nobody_else_may_change_it(village, signed_in, who, name, data) -> None:
    answer = signed_in(who).post(url(village, name), data)

    assert answer.status_code == 409
    assert 'data-code="ACCESS-01"' in answer.content.decode()
    assert not CalendarOverride.objects.exists()
    assert not CalendarClosure.objects.exists()
    assert not CalendarPattern.objects.exists()
    assert CalendarVersion.objects.count() == 1


def test_a_principal_may_not_change_the_county_s_calendar(village, signed_in) -> None:
    answer = signed_in("qin").post(url(village, "days", "bureau"), DAYS)

    assert answer.status_code == 409
    assert not CalendarOverride.objects.exists()


@pytest.mark.parametrize(("name", "data"), POSTS)
def test_a_unit_of_another_county_does_not_exist(village, signed_in, name, data) -> None:
    place = reverse(f"calendar-{name}", kwargs={"unit_id": uuid7(), "school_year": 2026})

    assert signed_in("lu").post(place, data).status_code == 404


def test_a_closure_is_entered_with_its_last_day_counted(village, signed_in) -> None:
    signed_in("qin").post(url(village, "closure"), CLOSURE)

    row = CalendarClosure.objects.get()
    assert (row.from_on, row.to_on) == (date(2026, 12, 7), date(2026, 12, 10))


@pytest.mark.parametrize(
    ("more", "cycle", "anchor", "name"),
    [
        ({}, "1" * 10 + "0" * 4, date(2026, 9, 1), "上十天休四天"),
        ({"pattern-preset": "11-3"}, "1" * 11 + "000", date(2026, 9, 1), "上十一天休三天"),
        (
            {"pattern-preset": "big-small", "pattern-anchored_on": "2026-09-10"},
            "11111101111100",
            date(2026, 9, 7),
            "大小周：一周上六天，一周上五天",
        ),
        ({"pattern-preset": "single"}, "1111110", date(2026, 8, 31), "单休：每周上六天休一天"),
        (
            {"pattern-preset": "own", "pattern-on_days": "12", "pattern-off_days": "2"},
            "1" * 12 + "00",
            date(2026, 9, 1),
            "上12天休2天",
        ),
    ],
)
def test_a_cycle_is_chosen_by_name(village, signed_in, more, cycle, anchor, name) -> None:
    signed_in("qin").post(url(village, "pattern"), PATTERN | more)

    row = CalendarPattern.objects.get()
    assert (row.cycle, row.anchored_on, row.reason) == (cycle, anchor, name)
    assert row.to_on == AUTUMN.to_on
    assert row.rests_on_holidays


def test_terms_are_entered_and_a_school_may_go_back_to_the_county_s(village, signed_in) -> None:
    client = signed_in("qin")
    weeks = (("入学周", "2026-09-03", "2026-09-09"),)
    client.post(url(village, "terms"), terms_post(*TWO_TERMS, version=0, campaigns=weeks))

    year = calendar_at(village, "primary").year_of(WEDNESDAY)
    assert [term.from_on for term in year.terms] == [date(2026, 9, 3), date(2027, 3, 2)]
    assert [each.name for each in year.campaigns] == ["入学周"]
    page = client.get(url(village, "desk")).content.decode()
    assert "本单位自定" in page
    assert "入学周" in page

    client.post(url(village, "follow"), {"terms-version": 1})
    assert calendar_at(village, "primary").year_of(WEDNESDAY).terms == (AUTUMN, SPRING)


def test_a_year_without_terms_asks_for_them_first(village, signed_in) -> None:
    page = signed_in("lu").get(url(village, "desk", "bureau", 2027)).content.decode()

    assert "这一学年还没有填学期" in page
    assert "2028 年的放假安排还没有载入" in page


def test_a_page_that_is_out_of_date_is_refused_and_shows_what_was_typed(village, signed_in):
    enter_terms(village, "bureau", AUTUMN, version=1)
    answer = signed_in("lu").post(url(village, "terms", "bureau"), terms_post(*TWO_TERMS))

    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'data-code="STALE-01"' in text
    assert 'value="2026-09-03"' in text


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("days", DAYS | {"days-first": "昨天"}, "2026-11-20"),
        ("days", DAYS | {"days-first": ""}, "有内容需要改一改"),
        ("days", DAYS | {"days-last": "2026-11-24"}, "最后一天不能早于第一天"),
        ("days", DAYS | {"days-first": "1999-12-31"}, "日期不能早于2000年"),
        ("days", DAYS | {"days-first": "9999-12-31"}, "日期不能晚于2100年"),
        ("days", DAYS | {"days-has_class": "2"}, "有内容需要改一改"),
        ("closure", CLOSURE | {"closure-reason": " "}, "有内容需要改一改"),
        ("closure", CLOSURE | {"closure-reason": "雪" * 61}, "有内容需要改一改"),
        ("pattern", PATTERN | {"pattern-preset": "own"}, "选了“其他”时要填这一项"),
        ("pattern", PATTERN | {"pattern-preset": "none"}, "有内容需要改一改"),
        ("terms", terms_post(("", "2026-09-01", "2027-01-01")), "这一行没有填完"),
        ("terms", terms_post(("上", "2026-09-01", "2026-08-31")), "最后一天不能早于第一天"),
        ("terms", {"terms-version": "x"}, "有内容需要改一改"),
        ("follow", {"terms-version": "-1"}, "有内容需要改一改"),
    ],
)
def test_a_form_with_mistakes_comes_back_with_a_sentence(
    village, signed_in, name, data, sentence
) -> None:
    answer = signed_in("lu").post(url(village, name, "bureau"), data)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert CalendarVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("days", DAYS | {"days-first": "2027-02-10"}, "CALENDAR-05"),
        ("days", DAYS | {"days-first": "2030-03-04"}, "CALENDAR-06"),
        ("days", DAYS | {"days-last": "2026-12-31"}, "CALENDAR-10"),
        ("terms", terms_post(), "CALENDAR-03"),
        ("terms", terms_post(("上", "2026-07-01", "2027-01-20")), "CALENDAR-02"),
        ("terms", terms_post(TWO_TERMS[0], ("下", "2027-01-20", "2027-07-01")), "CALENDAR-01"),
    ],
)
def test_what_the_rules_refuse_is_said_in_a_sentence(village, signed_in, name, data, code) -> None:
    answer = signed_in("lu").post(url(village, name, "bureau"), data)

    assert answer.status_code == 409
    assert f'data-code="{code}"' in answer.content.decode()


def test_a_script_in_a_reason_is_shown_as_text(village, signed_in) -> None:
    answer = signed_in("qin").post(
        url(village, "days"), DAYS | {"days-reason": "<script>x</script>"}, follow=True
    )
    assert "<script>x" not in answer.content.decode()
    assert "&lt;script&gt;x" in answer.content.decode()


def withdraw_url(village, row, kind="override", at="primary"):
    return url(village, "withdraw", at, kind=kind, row_id=row.pk)


def test_a_day_is_taken_back_with_a_reason_and_stays_on_the_page(village, signed_in) -> None:
    (row,) = switch(village, "primary", WEDNESDAY, has_class=False, reason="校庆")
    client = signed_in("qin")

    assert client.post(withdraw_url(village, row), {"because": ""}).status_code == 422
    answer = client.post(withdraw_url(village, row), {"because": "改期"}, follow=True)

    assert "改期" in answer.content.decode()
    assert calendar_at(village, "primary").is_school_day(WEDNESDAY)
    again = client.post(withdraw_url(village, row), {"because": "改期"})
    assert (again.status_code, 'data-code="CALENDAR-09"' in again.content.decode()) == (409, True)


def test_what_another_unit_said_can_only_be_taken_back_there(village, signed_in) -> None:
    row = close(village, "bureau", WEDNESDAY)

    here = signed_in("qin").post(withdraw_url(village, row, "closure"), {"because": "x"})
    there = signed_in("qin").post(withdraw_url(village, row, "closure", "bureau"), {"because": "x"})
    assert (here.status_code, there.status_code) == (404, 409)
    assert CalendarClosure.objects.get().withdrawn_at is None


@pytest.mark.req("R-306")
def test_the_effect_of_counting_in_each_unit_is_shown(village, signed_in) -> None:
    page = signed_in("lu").get(
        url(village, "desk", "bureau"), {"started": "2026-09-30", "within": "3"}
    )
    text = page.content.decode()
    assert "2026年10月10日 周六" in text  # school and working days: the make-up Saturday
    assert "2026年10月3日 周六" in text  # calendar days
    assert "2026年10月8日 周四" in text  # what a statute may move it to


@pytest.mark.req("R-306")
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"started": "2027-07-09", "within": "5"}, "校历没有排到那一天"),
        ({"started": "2026-12-31", "within": "2"}, "暂定"),
        ({"started": "x", "within": "2"}, "请按“2026-11-20”这样的格式填写日期"),
    ],
)
def test_a_clock_without_an_answer_says_why(village, signed_in, asked, sentence) -> None:
    page = signed_in("lu").get(url(village, "desk", "bureau"), asked)

    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_the_page_asks_the_same_few_statements_however_much_was_entered(
    village, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in("lu")
    for day in range(20):
        switch(village, "bureau", date(2026, 12, 1 + day), has_class=False, reason=f"{day}")
    with django_assert_max_num_queries(45):
        client.get(url(village, "desk"))


@pytest.mark.parametrize("kind", ["notice", "x"])
def test_nothing_else_can_be_taken_back(village, signed_in, kind) -> None:
    place = url(village, "withdraw", kind=kind, row_id=uuid7())

    assert signed_in("lu").post(place, {"because": "x"}).status_code == 404
