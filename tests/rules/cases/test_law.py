"""What papers and clocks cite of the law, article by article, as the law's own text has it.

Compared word for word with the published 行政复议法 (2023), 行政诉讼法 (2017), 行政强制法 (2011)
and 民事诉讼法 (2023); with the project's digest of 义务教育法 (2018), 未成年人保护法 (2024) and the
judicial interpretation on public-interest suits.
"""

from __future__ import annotations

import pytest

from notoneless.rules.cases.court import enforcement_window
from notoneless.rules.documents.articles import ARTICLES
from notoneless.rules.documents.payloads.orders import DEMAND_DAYS
from notoneless.rules.documents.payloads.parts import REVIEW_DAYS, SUIT_MONTHS
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.shipped import national_pack
from tests.rules.cases.desk import missing, on, opened, plan
from tests.rules.duties.desk import CALENDAR, MON, THU, TUE, WED

U = DurationUnit
PRODUCT = plan()

SAYS = {
    "education.5": ("第五条第二款", ["保证", "按时入学", "完成义务教育"]),
    "education.11": ("第十一条", ["延缓入学或者休学", "乡镇人民政府或者县级教育行政部门批准"]),
    "education.13": ("第十三条", ["组织", "督促", "防止", "辍学", "村民委员会"]),
    "education.14": ("第十四条", ["不得招用", "应当接受义务教育的适龄儿童、少年"]),
    "education.58": ("第五十八条", ["没有正当理由", "给予批评教育", "责令限期改正"]),
    "minors.11": ("第十一条第二款", ["密切接触未成年人的单位", "立即", "报告"]),
    "minors.16": ("第十六条第五项", ["受教育的权利", "完成义务教育"]),
    "minors.17": ("第十七条第五项", ["放任或者迫使", "失学、辍学"]),
    "minors.28": ("第二十八条第二款", ["登记", "劝返复学", "及时", "书面报告"]),
    "minors.83": ("第八十三条第二款", ["教育行政部门应当责令", "送入学校"]),
    "minors.106": ("第一百零六条", ["督促、支持", "起诉"]),
    "minors.114": ("第一百一十四条", ["一个月内", "书面回复"]),
    "review.20": ("第二十条", ["自知道", "该行政行为之日起六十日内"]),
    "suits.46": ("第四十六条", ["直接", "起诉", "行政行为之日起六个月内提出"]),
    "suits.97": ("第九十七条", ["法定期限内", "又不履行", "申请人民法院强制执行"]),
    "coercion.53": ("第五十三条", ["没有", "执行权的行政机关", "自期限届满之日起三个月内"]),
    "coercion.54": ("第五十四条", ["应当催告", "送达十个工作日后仍未履行"]),
    "coercion.55": ("第五十五条", ["申请书", "决定书", "当事人", "意见", "催告情况", "标的情况"]),
    "coercion.56": ("第五十六条", ["五日内受理"]),
    "coercion.57": ("第五十七条", ["自受理之日起七日内作出执行裁定"]),
    "civil.87": ("第八十七条", ["送达回证", "记明收到日期", "签名或者盖章"]),
    "civil.88": ("第八十八条", ["直接送交受送达人", "同住成年家属签收"]),
    "civil.89": ("第八十九条", ["拒绝接收", "到场", "说明情况", "拍照、录像等方式"]),
    "civil.90": ("第九十条", ["经受送达人同意", "电子方式"]),
}


@pytest.mark.req("R-113", "R-299")
def test_every_article_that_a_paper_cites_is_pinned_here():
    assert set(SAYS) == set(ARTICLES)


@pytest.mark.req("R-113", "R-299")
@pytest.mark.parametrize("key", SAYS)
def test_a_cited_article_has_its_number_and_says_what_the_law_says(key):
    number, fragments = SAYS[key]

    assert ARTICLES[key].number == number
    assert [each for each in fragments if each not in ARTICLES[key].says] == []


CLOCKS = {
    # 第六十九条: times of up to ten days are working days in 行政强制法 alone.
    "demand_before_enforcement": (10, U.WORKING_DAYS, "行政强制法 第54条、第69条"),
    "enforcement_application_within": (3, U.MONTHS, "行政强制法 第53条"),
    "review_period": (60, U.CALENDAR_DAYS, "行政复议法 第20条"),
    "suit_period": (6, U.MONTHS, "行政诉讼法 第46条"),
    "suit_after_review": (15, U.CALENDAR_DAYS, "行政诉讼法 第45条"),
    "procuratorate_reply_within": (1, U.MONTHS, "未成年人保护法 第114条"),
    "public_interest_reply_within": (2, U.MONTHS, "公益诉讼司法解释 第21条"),
    "public_interest_urgent_reply_within": (15, U.CALENDAR_DAYS, "公益诉讼司法解释 第21条"),
}


@pytest.mark.req("R-114")
@pytest.mark.parametrize("key", CLOCKS)
def test_a_clock_of_the_law_has_its_length_its_kind_of_day_and_its_article(key):
    length, unit, article = CLOCKS[key]
    duration = PRODUCT.duration(key)

    assert (duration.length, duration.unit) == (length, unit)
    assert national_pack().rules[key].article == article


def test_an_order_tells_the_guardian_the_times_that_the_law_gives():
    assert PRODUCT.duration("review_period").length == REVIEW_DAYS
    assert PRODUCT.duration("suit_period").length == SUIT_MONTHS
    assert PRODUCT.duration("demand_before_enforcement").length == DEMAND_DAYS


# An order served on Monday 30 November 2026.
NOTICED = opened(MON).reported(TUE).accepted(WED).issued("notice", WED)
EXPIRED = NOTICED.served("notice", THU, until=on(11, 26)).expired("notice", on(11, 27))
ORDER = EXPIRED.heard(on(11, 27)).issued("order", on(11, 30))
PAST = ORDER.served("order", on(11, 30), until=on(12, 7)).expired("order", on(12, 8))


@pytest.mark.req("T18")
def test_the_window_of_enforcement_in_days_of_the_year():
    window = enforcement_window(PAST.fact.standing, PAST.last("order_served"), PRODUCT, CALENDAR)

    # Six months from 30 November end on Sunday 30 May 2027, so on Monday; then three months.
    assert (window.from_on, window.last_on) == (on(6, 1, 2027), on(8, 31, 2027))


@pytest.mark.req("T18")
@pytest.mark.parametrize(
    ("day", "stands_in_the_way"),
    [
        # Served on Tuesday 1 June 2027; its tenth working day is Wednesday 16 June, because
        # the Dragon Boat rest of 9 June takes one.
        (on(6, 16, 2027), ["demand_runs"]),
        (on(6, 17, 2027), []),
    ],
)
def test_the_demand_runs_for_ten_working_days_after_the_day_of_service(day, stands_in_the_way):
    story = PAST.issued("demand", on(6, 1, 2027)).served("demand", on(6, 1, 2027))

    assert missing("applied_to_court", story, day, "township", PRODUCT) == stands_in_the_way
