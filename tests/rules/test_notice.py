"""Reading the pasted holiday notice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.notice import NoticeFault, read_notice
from notoneless.rules.official import OfficialDay, OfficialKind
from tests.rules.school_year import NOTICE_2026

pytestmark = pytest.mark.req("R-305")

OFF, WORK = OfficialKind.OFF, OfficialKind.WORK
SENTENCES = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_notice_s_own_sentences_give_every_day_of_the_year() -> None:
    notice = read_notice(SENTENCES, year=2026)

    assert notice.bad_lines == ()
    assert dict(notice.days) == NOTICE_2026


@pytest.mark.parametrize(
    "line",
    [
        "2027-02-05 休 春节",
        "2027/2/5,休,春节",
        "2027年2月5日 放假 春节",
        "2027.2.5\t休息\t春节",
        "2027-02-05，off，春节",
        "  2027-02-05　休　春节  ",
    ],
)
def test_one_day_off_may_be_written_in_many_ways(line) -> None:
    assert dict(read_notice(line, year=2027).days) == {date(2027, 2, 5): OfficialDay(OFF, "春节")}


def test_a_range_and_a_make_up_day() -> None:
    notice = read_notice(
        "日期,类型,名称\n2027-05-01~2027-05-05,休,劳动节\n2027-05-08,班,劳动节", year=2027
    )

    assert [day.day for day, named in notice.days.items() if named.kind is OFF] == [1, 2, 3, 4, 5]
    assert notice.days[date(2027, 5, 8)] == OfficialDay(WORK, "劳动节")
    assert notice.bad_lines == ()


def test_new_year_may_begin_in_the_december_before() -> None:
    notice = read_notice("一、元旦：2026年12月31日至1月2日放假。", year=2027)

    assert list(notice.days) == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("各地区、各部门要妥善安排", NoticeFault.UNREADABLE),
        ("说明：节假日期间注意安全。", NoticeFault.UNREADABLE),
        ("2027-02-05 也许 春节", NoticeFault.UNREADABLE),
        ("2027-02-30 休 春节", NoticeFault.NO_SUCH_DATE),
        ("春节：2月30日放假。", NoticeFault.NO_SUCH_DATE),
        ("2026-12-24 休 元旦", NoticeFault.WRONG_YEAR),
        ("2028-01-01 休 元旦", NoticeFault.WRONG_YEAR),
        ("2027-02-11~2027-02-05 休 春节", NoticeFault.BACKWARDS),
        ("2027-02-01~2027-02-21 休 春节", NoticeFault.TOO_LONG),
        ("2027-02-08 班 春节", NoticeFault.WORKS_ON_WEEKDAY),
    ],
)
def test_a_line_that_cannot_be_taken_is_named_with_its_fault(line, fault) -> None:
    notice = read_notice(f"2027-01-01 休 元旦\n\n{line}\n2027-10-01 休 国庆节", year=2027)

    assert [(bad.number, bad.text, bad.fault) for bad in notice.bad_lines] == [(3, line, fault)]
    assert list(notice.days) == [date(2027, 1, 1), date(2027, 10, 1)]


def test_a_day_cannot_be_both_off_and_worked() -> None:
    notice = read_notice("2027-02-06 休 春节\n2027-02-06 班 春节", year=2027)

    assert [bad.fault for bad in notice.bad_lines] == [NoticeFault.TWO_ANSWERS]
    assert notice.days[date(2027, 2, 6)].kind is OFF


def test_the_longest_holiday_that_is_taken_has_twenty_days() -> None:
    assert len(read_notice("2027-02-01~2027-02-20 休 春节", year=2027).days) == 20


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(text) -> None:
    notice = read_notice(text, year=2027)

    assert len(notice.bad_lines) <= len(text.splitlines())
