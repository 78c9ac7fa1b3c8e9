"""Loading the year's real notice through the page."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from notoneless.places.models import CalendarChange, OfficialNotice
from notoneless.places.queries.calendar import official_days
from tests.places.calendar_desk import calendar_at, give_calendar

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-305")]

PAGE = "/calendar/notice/2027/"
TEXT = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。
2027-04-05 休 清明节
"""
SENT = {"version": "1", "source": "国办发明电〔2026〕7号", "text": TEXT}


@pytest.fixture(autouse=True)
def _calendar(village) -> None:
    give_calendar(village)


def real_notices() -> int:
    return OfficialNotice.objects.filter(year=2027, is_provisional=False).count()


def test_the_first_answer_only_shows_what_would_change(village, signed_in) -> None:
    answer = signed_in("lu").post(PAGE, SENT)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "2027年2月14日 周日" in text
    assert (
        "2027年6月9日 周三" in text
    )  # a statutory day that the text forgot is seen before loading
    assert "从通知里读到 12 天" in text
    assert real_notices() == 0


def test_loading_makes_the_year_firm_and_re_dates(village, signed_in) -> None:
    CalendarChange.objects.all().delete()
    answer = signed_in("lu").post(PAGE, SENT | {"load": "1"}, follow=True)

    assert "2027 年的放假通知已载入" in answer.content.decode()
    assert not calendar_at(village, "primary").is_provisional(date(2027, 3, 2))
    assert calendar_at(village, "primary").is_working_day(date(2027, 2, 14))
    assert CalendarChange.objects.get().kind == "notice"


def test_sending_it_twice_loads_it_once(village, signed_in) -> None:
    client = signed_in("lu")
    for _ in range(2):
        answer = client.post(PAGE, SENT | {"load": "1"})

    assert answer.status_code == 302
    assert real_notices() == 1


def test_a_bad_line_is_named_and_nothing_is_loaded(village, signed_in) -> None:
    text = TEXT + "2027-02-30 休 春节\n各单位请妥善安排。\n"
    answer = signed_in("lu").post(PAGE, SENT | {"text": text, "load": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 行看不懂" in page
    assert "日历上没有这一天" in page
    assert "各单位请妥善安排" in page
    assert real_notices() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_small_csv_may_be_uploaded_instead(village, signed_in, encoding) -> None:
    table = "日期,类型,名称\n2027-02-05~2027-02-11,休,春节\n2027-02-14,班,春节\n"
    upload = SimpleUploadedFile("放假.csv", table.encode(encoding))
    answer = signed_in("lu").post(PAGE, SENT | {"text": "", "file": upload})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "从通知里读到 8 天" in page
    assert "2027-02-05~2027-02-11,休,春节</textarea>" in page or "2027-02-14,班,春节" in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"x" * (64 * 1024 + 1), "文件太大"),
        (b"PK\x03\x04\x00\x00\xff\xff", "这不是文本文件"),
        (b"\x00" * 40, "这不是文本文件"),
    ],
)
def test_a_file_that_is_no_notice_is_refused_in_words(
    village, signed_in, content, sentence
) -> None:
    upload = SimpleUploadedFile("放假.xlsx", content)
    answer = signed_in("lu").post(PAGE, SENT | {"text": "", "file": upload})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        ({"text": " "}, 422, "请粘贴通知内容"),
        ({"source": ""}, 422, "有内容需要改一改"),
        ({"version": "0", "load": "1"}, 409, 'data-code="STALE-01"'),
        ({"text": "2027-01-09 班 元旦", "load": "1"}, 409, 'data-code="CALENDAR-11"'),
    ],
)
def test_what_cannot_be_loaded_is_said(village, signed_in, more, status, words) -> None:
    answer = signed_in("lu").post(PAGE, SENT | more)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert real_notices() == 0


@pytest.mark.parametrize("who", ["qin", "chen", "xiang", "shao"])
def test_only_the_county_s_clerk_loads_it_and_everyone_reads_it(village, signed_in, who) -> None:
    client = signed_in(who)

    assert "现在是暂定" in client.get(PAGE).content.decode()
    answer = client.post(PAGE, SENT | {"load": "1"})
    assert answer.status_code == 409
    assert 'data-code="ACCESS-01"' in answer.content.decode()
    assert real_notices() == 0


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_year_out_of_reach_is_no_page(village, signed_in, year) -> None:
    assert signed_in("lu").get(f"/calendar/notice/{year}/").status_code == 404


def test_a_year_without_anything_can_be_loaded_too(village, signed_in) -> None:
    sent = {"version": "0", "source": "x", "text": "2028-01-01 休 元旦", "load": "1"}
    client = signed_in("mo")

    assert "还没有任何放假安排" in client.get("/calendar/notice/2028/").content.decode()
    client.post("/calendar/notice/2028/", sent)
    assert 2028 in official_days(village.county_id).noticed_years
