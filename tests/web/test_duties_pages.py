"""One duty, a child's duties, late reports, rules that could not be applied."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from notoneless.duties.models import Duty, SweepRun
from notoneless.duties.services import begin_sweep
from notoneless.duties.services.runs import DEAD_AFTER
from notoneless.journal.models import Reading
from notoneless.rules.duties.keys import POLICY_KEYS
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.roles import Role
from notoneless.web.duties.ways import WAYS
from notoneless.web.duties.words import RULES
from tests.attendance.register import FRI, MON, THU, TUE, WED, at, call
from tests.duties.desk import S1_29, S2_5, adopt_pack, duty, sweep, under
from tests.places.calendar_desk import give_calendar
from tests.policy.desk import give_packs
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-307")]


@pytest.fixture
def v(village: Village) -> Village:
    """Lan was away on Monday and Tuesday: inquiry and visit are due on Tuesday."""
    under(village, S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    return village


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_every_rule_has_words_a_way_and_a_known_key():
    assert set(RULES) == set(DutyRule) == set(WAYS)
    assert set(DutyRule) - set(POLICY_KEYS) == {DutyRule.NEXT_TRY, DutyRule.MEETING_DECISION}
    assert set(POLICY_KEYS.values()) <= set(PARAMETERS)


# -- one duty ------------------------------------------------------------------------------------


@pytest.mark.req("R-072", "R-302")
def test_a_duty_says_what_rule_wants_it_and_opens_the_policy_of_that_day(v, browse):
    browser = browse("chen", WED)
    page = text(browser.get(f"/duties/{duty(DutyRule.VISIT).pk}/"))

    for said in ("上门家访", "吴小兰", "不明原因缺勤", "班主任 陈小满", "P-S1-29", "2 个上课日"):
        assert said in page
    assert "记下什么就办结" in page
    assert "家访记录" in page
    policy = re.search(r'href="(/policy/at/\w+/)#rule-absence_days_investigate"', page)[1]
    assert 'id="rule-absence_days_investigate"' in text(browser.get(policy))


def test_its_story_tells_how_it_rose_and_what_closed_it(v, browse):
    sweep(v, WED)
    call(v, THU)
    page = text(browse("qin", THU).get(f"/duties/{duty(DutyRule.VISIT).pk}/"))

    story = page.split("经过")[1]
    told = [story.index(said) for said in ("办结", "逾期，报上一级", "开始")]
    assert told == sorted(told)
    assert "石桥乡中心小学 校长" in story
    assert "点名时已回到班里" in page
    assert "逾期起" in page


@pytest.mark.req("R-305")
def test_a_moved_date_keeps_the_old_one_and_says_why(v, browse):
    from notoneless.duties.models import DutyChange

    row = duty(DutyRule.VISIT)
    DutyChange.objects.create(
        county_id=v.county_id,
        duty=row,
        kind="redated",
        why="calendar",
        as_of=WED,
        old_due_on=TUE,
        new_due_on=THU,
        old_policy="",
        recorded_at=at(WED),
    )
    page = text(browse("chen", WED).get(f"/duties/{row.pk}/"))

    assert "改期" in page
    assert "校历变动" in page
    assert "到期由 2026年11月17日 周二 改为 2026年11月19日 周四" in page


@pytest.mark.parametrize("name", ["tan", "shi", "long"])
def test_nobody_elsewhere_finds_a_duty(v, browse, name):
    browser = browse(name, WED)

    assert browser.get(f"/duties/{duty(DutyRule.VISIT).pk}/").status_code == 404
    assert browser.get(f"/duties/{uuid4()}/").status_code == 404


def test_opening_a_duty_about_a_child_is_noted(v, browse):
    browse("chen", WED).get(f"/duties/{duty(DutyRule.VISIT).pk}/")

    reading = Reading.objects.get(kind="duty.opened")
    assert reading.child_id == v.lan.pk


def test_a_withdrawn_duty_says_so(v, browse):
    row = duty(DutyRule.VISIT)
    Duty.objects.filter(pk=row.pk).update(state="withdrawn")

    assert "已撤回" in text(browse("chen", WED).get(f"/duties/{row.pk}/"))


# -- a child's -----------------------------------------------------------------------------------


def test_a_childs_tab_lists_what_is_owed_and_what_was_done(v, browse):
    page = text(browse("chen", WED).get(f"/children/{v.lan.pk}/duties/"))

    assert "要办的事" in page
    assert page.count('class="duty ') == 2
    call(v, WED)
    done = text(browse("chen", THU).get(f"/children/{v.lan.pk}/duties/"))
    assert "这名儿童没有要办的事" in done
    assert done.split("已办</h2>")[1].count('class="duty"') == 2


@pytest.mark.parametrize("name", ["tan", "shi"])
def test_a_childs_duties_are_for_those_who_act_for_it(v, browse, name):
    assert browse(name, WED).get(f"/children/{v.lan.pk}/duties/").status_code == 404


def test_a_subject_teacher_who_sees_the_child_does_not_see_its_duties(v, browse):
    from notoneless.places.services.people import assign_lesson

    v.employ("ke", "柯晨", Role.SUBJECT_TEACHER, "primary")
    assign_lesson(
        school_class=v.units["primary-1"].pk,
        person_id=v.people["ke"].pk,
        subject="英语",
        from_on=MON,
        stamp=v.stamp(),
    )
    browser = browse("ke", WED)

    assert browser.get(f"/children/{v.lan.pk}/").status_code == 200
    assert browser.get(f"/children/{v.lan.pk}/duties/").status_code == 404


# -- late reports --------------------------------------------------------------------------------


@pytest.mark.req("R-071")
def test_late_reports_are_counted_by_class_and_open_to_their_days(village, browse):
    under(village, S2_5)
    call(village, MON)
    for day in (TUE, WED):
        call(village, day, today=THU, noted_at=at(THU), now=at(THU, 8, 5), reason="停电")
    browser = browse("qin", FRI)
    page = text(browser.get("/duties/late/?from_on=2026-11-16&to_on=2026-11-18"))

    row = page.split("三年级1班")[1].split("</tr>")[0]
    assert "陈小满" in row
    link = re.search(r'href="(/duties/[^"]+)">2</a>', row)[1].replace("&amp;", "&")
    assert text(browser.get(link)).count('<li class="duty') == 2
    only_tuesday = text(browser.get("/duties/late/?from_on=2026-11-16&to_on=2026-11-17"))
    assert ">1</a>" in only_tuesday


def test_a_period_that_ends_before_it_begins_is_explained(v, browse):
    answer = browse("qin", WED).get("/duties/late/?from_on=2026-11-18&to_on=2026-11-17")

    assert answer.status_code == 422
    assert "结束日期不能早于开始日期" in text(answer)


def test_somebody_without_children_has_no_late_list(v, browse):
    assert browse("shi", WED).get("/duties/late/").status_code == 409
    assert "没有迟报" in text(browse("tan", WED).get("/duties/late/"))


# -- rules that could not be applied -------------------------------------------------------------


@pytest.mark.req("R-304", "R-305")
def test_a_missing_calendar_is_named_school_by_school_with_the_way_to_mend_it(village, browse):
    give_packs(village)
    adopt_pack(village, S2_5)  # no calendar
    sweep(village, FRI)
    page = text(browse("lu", FRI).get("/duties/holes/"))

    assert page.count("这个学年的校历还没有录入。") == 3
    assert f"/calendar/{village.units['primary'].pk}/2026/" in page
    own = text(browse("qin", FRI).get("/duties/holes/"))
    assert own.count("这个学年的校历还没有录入。") == 1
    assert "每晚核对" not in own

    give_calendar(village)
    sweep(village, FRI)
    assert "这个学年的校历还没有录入。" not in text(browse("lu", FRI).get("/duties/holes/"))


@pytest.mark.req("R-304")
def test_a_value_that_nobody_entered_leads_to_the_policy_of_the_school(village, browse):
    from notoneless.duties.models import RuleHole

    RuleHole.objects.create(
        county_id=village.county_id,
        unit=village.units["primary"],
        rule=DutyRule.NO_SHOW_CONTACT,
        key="no_show_contact",
        why="to_be_entered",
        since_on=MON,
    )
    page = text(browse("lu", WED).get("/duties/holes/"))

    assert "未报到学生联系时限" in page
    assert "还没有填写" in page
    assert f"/policy/?place={village.units['primary'].pk}#rule-no_show_contact" in page


def test_the_county_sees_its_sweeps_and_one_that_is_stuck(v, browse):
    sweep(v, TUE)
    begin_sweep(v.county_id, as_of=WED, now=at(WED) - DEAD_AFTER - timedelta(minutes=1))
    page = text(browse("lu", WED).get("/duties/holes/"))

    assert "卡住了" in page
    assert "完成" in page
    SweepRun.objects.filter(state="running").update(beat_at=at(WED) - DEAD_AFTER)
    assert "正在核对" in text(browse("lu", WED).get("/duties/holes/"))
