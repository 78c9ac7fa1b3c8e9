"""The pages of signs: who opens them, what they show, what they take."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from notoneless.flows.signs.needs import name_need
from notoneless.journal.models import Reading
from notoneless.rules.roles import Role
from notoneless.rules.signs.needs import Need
from notoneless.signs.models import FollowUp, Handling, KeyList, NeedTag, SignWord
from tests.attendance.register import FRI, THU, WED, at, call
from tests.signs.desk import close, fill_class, open_with_people, put, says
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-076", "R-022")]


@pytest.fixture
def school(village: Village) -> Village:
    open_with_people(village)
    for day in (WED, THU, FRI):
        call(village, day, "lan")
    return village


def text(answer):
    return answer.content.decode()


def signs_url(school: Village, name: str = "lan") -> str:
    return f"/children/{school.children[name].pk}/signs/"


def key_url(school: Village, key: str = "primary-1") -> str:
    return f"/signs/key/{school.units[key].pk}/"


def test_a_class_teacher_sees_whom_to_visit_first_and_why(school: Village, signed_in):
    html = text(signed_in("chen").get("/signs/"))

    assert "先看望谁" in html
    assert "吴小兰" in html
    assert "连续 3 个上课日" in html
    assert "11月18日 周三" in html
    assert "达到 3 个上课日就提示" in html
    assert "风险" not in html
    assert f"/contacts/new/?child={school.lan.pk}" in html
    assert Reading.objects.filter(kind="signs.listed").count() == 1


@pytest.mark.parametrize("key", ["gao", "qin", "jiao"])
def test_grade_head_principal_and_teaching_office_see_it_too(school: Village, signed_in, key):
    assert "吴小兰" in text(signed_in(key).get("/signs/"))


@pytest.mark.parametrize("key", ["xiang", "long", "he", "shi"])
def test_others_are_refused_the_list(school: Village, signed_in, key):
    assert signed_in(key).get("/signs/").status_code == 409


@pytest.mark.parametrize("key", ["xiang", "long", "lu", "shao", "tan", "ke", "he"])
def test_to_everybody_else_the_page_of_a_child_is_not_there(school: Village, signed_in, key):
    client = signed_in(key)

    assert client.get(signs_url(school)).status_code == 404
    assert client.post(f"{signs_url(school)}acting/").status_code == 404


def test_the_tab_shows_only_to_who_may_open_it(school: Village, signed_in):
    child = f"/children/{school.lan.pk}/"

    assert signs_url(school) in text(signed_in("chen").get(child))
    assert signs_url(school) not in text(signed_in("lu").get(child))


def test_the_page_of_a_child_tells_rows_source_and_points(school: Village, signed_in):
    html = text(signed_in("chen").get(signs_url(school)))

    assert "连续无故缺席" in html
    assert "产品默认值" in html
    assert "看望的先后（30 分）" in html
    assert Reading.objects.filter(kind="signs.opened", child_id=school.lan.pk).count() == 1


def test_the_list_of_a_school_stays_within_its_statements(school: Village, signed_in):
    names = fill_class(school, 6, "primary-2")
    for day in (WED, THU, FRI):
        call(school, day, *names, at="primary-2", by="ke")
    client = signed_in("qin")
    client.get("/signs/")

    with CaptureQueriesContext(connection) as found:
        client.get("/signs/")

    assert len(found) <= 21


def test_a_word_takes_three_taps_and_a_sentence(school: Village, signed_in):
    client = signed_in("chen")
    url = f"/signs/words/new?child={school.lan.pk}"
    page = client.get(url)
    assert "吴小兰" in text(page)
    form = page.context["form"]
    posted = {
        "token": str(form.initial["token"]),
        "kind": "weariness",
        "cause": "family",
        "seen_on": TODAY.isoformat(),
        "text": "上课总趴着",
    }

    for _ in range(2):
        assert client.post(url, posted)["Location"] == signs_url(school)

    word = SignWord.objects.get()
    assert (word.kind, word.causes, word.text) == ("weariness", ["family"], "上课总趴着")
    assert "厌学" in text(client.get(signs_url(school)))


def test_a_word_without_a_kind_says_what_to_do(school: Village, signed_in):
    answer = signed_in("chen").post(
        f"/signs/words/new?child={school.lan.pk}",
        {"token": uuid7(), "seen_on": TODAY.isoformat()},
    )

    assert answer.status_code == 422
    assert not SignWord.objects.exists()


def test_a_word_of_tomorrow_is_refused_with_a_sentence(school: Village, signed_in):
    answer = signed_in("chen").post(
        f"/signs/words/new?child={school.lan.pk}",
        {
            "token": uuid7(),
            "kind": "weariness",
            "seen_on": (TODAY + timedelta(days=1)).isoformat(),
        },
    )

    assert answer.status_code == 409
    assert "日期还没有到" in text(answer)


def test_without_a_child_one_is_chosen_from_ones_class(school: Village, signed_in):
    html = text(signed_in("chen").get("/signs/words/new"))

    assert "杨大刚" in html
    assert "䶮雨晴" not in html


@pytest.mark.parametrize("child", ["far", "yan"])
def test_a_word_about_a_child_of_others_is_not_there(school: Village, signed_in, child):
    url = f"/signs/words/new?child={school.children[child].pk}"

    assert signed_in("chen").get(url).status_code == 404


def test_a_helper_notes_a_sign_and_reads_none(school: Village, signed_in):
    school.employ("bang", "帮老师", Role.HELPER, "primary")
    client = signed_in("bang")
    answer = client.post(
        f"/signs/words/new?child={school.lan.pk}",
        {"token": uuid7(), "kind": "weariness", "seen_on": TODAY.isoformat(), "text": "想打工"},
    )

    assert answer["Location"] == f"/children/{school.lan.pk}/"
    assert client.get(signs_url(school)).status_code == 404


def test_who_says_what_he_does_makes_the_list_quiet(school: Village, signed_in):
    client = signed_in("chen")
    client.post(
        f"{signs_url(school)}acting/",
        {
            "acting-token": uuid7(),
            "acting-text": "每天早上到家接",
            "acting-until_on": (TODAY + timedelta(days=5)).isoformat(),
        },
    )

    page = client.get("/signs/")
    assert Handling.objects.count() == 1
    assert page.context["to_visit"] == []
    assert "有人在管" in text(page)


def test_acting_without_words_says_so_beside_the_field(school: Village, signed_in):
    answer = signed_in("chen").post(f"{signs_url(school)}acting/", {"acting-token": uuid7()})

    assert answer.status_code == 422


@pytest.mark.req("R-082")
def test_the_tracking_record_is_written_on_the_page(school: Village, signed_in):
    client = signed_in("chen")
    client.post(
        f"{signs_url(school)}follow-up/",
        {
            "follow-token": uuid7(),
            "follow-on": TODAY.isoformat(),
            "follow-cause": "weariness",
            "follow-thinking": "想去打工",
        },
    )
    empty = client.post(
        f"{signs_url(school)}follow-up/",
        {"follow-token": uuid7(), "follow-on": TODAY.isoformat()},
    )

    assert FollowUp.objects.count() == 1
    assert "想去打工" in text(client.get(signs_url(school)))
    assert empty.status_code == 409


@pytest.mark.req("R-081", "T07")
def test_a_word_is_escalated_and_cleared_on_the_page(school: Village, signed_in):
    word = says(school, "dropout_tendency")
    client = signed_in("chen")
    client.post(f"/signs/words/{word}/escalate/", {"token": uuid7(), "text": "请一起想办法"})
    assert "请一起想办法" in text(client.get(signs_url(school)))
    client.post(f"/signs/words/{word}/clear/", {"token": uuid7(), "visit_on": TODAY.isoformat()})

    assert SignWord.objects.get().cleared_at is not None
    assert client.post(f"/signs/words/{word}/sell/", {"token": uuid7()}).status_code == 404
    step = {"token": uuid7(), "visit_on": TODAY.isoformat()}
    assert signed_in("tan").post(f"/signs/words/{word}/clear/", step).status_code == 404


@pytest.mark.req("R-077")
def test_a_key_list_is_drafted_and_closed(school: Village, signed_in):
    client = signed_in("chen")
    added = client.post(
        f"{key_url(school)}name/",
        {"child": school.lan.pk, "criteria": ["may_leave"], "evidence": "三次说不想读了"},
    )
    assert added["Location"] == key_url(school)
    assert "三次说不想读了" in text(client.get(key_url(school)))

    client.post(f"{key_url(school)}close/", {"version": 1, "reason": ""})

    assert KeyList.objects.get().closed_at is not None
    html = text(client.get(key_url(school)))
    assert "已关闭" in html
    assert "重点生培养档案" in text(client.get(signs_url(school)))


@pytest.mark.req("R-077")
def test_a_pupil_without_evidence_is_not_listed(school: Village, signed_in):
    answer = signed_in("chen").post(
        f"{key_url(school)}name/", {"child": school.lan.pk, "criteria": ["may_leave"]}
    )

    assert answer.status_code == 422
    assert not KeyList.objects.exists()


@pytest.mark.req("R-077")
@pytest.mark.parametrize("key", ["ke", "lu", "xiang"])
def test_a_key_list_is_not_there_for_others(school: Village, signed_in, key):
    assert signed_in(key).get(key_url(school)).status_code == 404


@pytest.mark.req("R-077")
def test_a_grade_head_reads_the_list_and_changes_nothing(school: Village, signed_in):
    client = signed_in("gao")

    assert "列入一名学生" not in text(client.get(key_url(school)))
    body = {"version": 1, "reason": "没有发现"}
    assert client.post(f"{key_url(school)}close/", body).status_code == 409


@pytest.mark.req("R-083")
def test_needs_show_on_the_class_s_lists_without_a_visit(school: Village, signed_in):
    client = signed_in("chen")
    client.post(f"{signs_url(school)}needs/", {"need-need": "learning", "need-reason": "阅读慢"})

    html = text(client.get(f"/signs/needs/{school.units['primary-1'].pk}/"))
    assert "学困生名单" in html
    assert "本学期没有" in html
    row = NeedTag.objects.get()
    client.post(f"{signs_url(school)}needs/{row.pk}/end/")
    assert "学困生名单" not in text(client.get(f"/signs/needs/{school.units['primary-1'].pk}/"))


@pytest.mark.parametrize("key", ["lu", "fang", "shao"])
def test_the_county_reads_accuracy_and_no_name(school: Village, signed_in, key):
    client = signed_in(key)

    html = text(client.get("/signs/accuracy/"))

    assert "提示准确率" in html
    assert "吴小兰" not in html
    assert "提示准确率" in text(client.get("/signs/"))


@pytest.mark.parametrize("key", ["chen", "qin", "xiang", "tan"])
def test_accuracy_is_the_county_s(school: Village, signed_in, key):
    assert signed_in(key).get("/signs/accuracy/").status_code == 409


def test_a_period_that_ends_before_it_begins_says_so(school: Village, signed_in):
    answer = signed_in("lu").get(
        "/signs/accuracy/", {"from_on": "2026-11-20", "last_on": "2026-11-01"}
    )

    assert answer.status_code == 422
    assert "结束日期要在开始日期之后" in text(answer)


def test_the_pages_speak_english(school: Village, signed_in):
    client = signed_in("chen")

    for url in ("/signs/", signs_url(school), key_url(school)):
        assert client.get(url, headers={"accept-language": "en"}).status_code == 200


# -- as files --------------------------------------------------------------------------------------


def sheet_of(answer) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)


@pytest.mark.req("R-077", "R-083")
def test_lists_leave_as_files_for_a_purpose_marked_and_noted(school: Village, signed_in):
    put(school, "lan")
    close(school)
    name_need(
        school.actor("chen"), school.lan.pk, Need.LEARNING, reason="", today=FRI, now=at(FRI, 9)
    )
    for url, told in (
        (key_url(school), "key"),
        (f"/signs/needs/{school.units['primary-1'].pk}/", "needs"),
    ):
        chen = signed_in("chen")
        assert f"{url}export/" in text(chen.get(url))
        assert chen.post(f"{url}export/", {"purpose": ""}).status_code == 422
        rows = sheet_of(chen.post(f"{url}export/", {"purpose": "学期总结"}))
        assert "学期总结" in str(rows[0][0])
        assert "陈小满" in str(rows[0][0])
        assert "吴小兰" in str(rows[3:])
        reading = Reading.objects.filter(kind="children.exported").latest("pk")
        assert (reading.row_count, reading.purpose) == (1, "学期总结")
        assert told in reading.fields


@pytest.mark.parametrize(("key", "status"), [("tan", 404), ("xiang", 404), ("gao", 409)])
def test_files_of_signs_are_not_there_for_others(school: Village, signed_in, key, status):
    for url in (key_url(school), f"/signs/needs/{school.units['primary-1'].pk}/"):
        assert signed_in(key).get(f"{url}export/").status_code == status


def test_a_draft_leaves_as_no_file(school: Village, signed_in):
    chen = signed_in("chen")
    chen.post(
        f"{key_url(school)}name/",
        {"child": school.lan.pk, "criteria": ["may_leave"], "evidence": "连续缺课"},
    )
    rows = sheet_of(chen.post(f"{key_url(school)}export/", {"purpose": "学期总结"}))
    assert "吴小兰" not in str(rows)
