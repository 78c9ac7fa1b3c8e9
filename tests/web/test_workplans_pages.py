"""Pages of workplans: the unit's year, reports, who has not reported, meetings, campaigns."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from notoneless.duties.models import Duty
from notoneless.places.models import Post
from notoneless.places.services.people import end_post
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Role
from notoneless.workplans.models import Decision, Meeting, ReportPeriod, ReportVersion
from tests.duties.desk import sweep
from tests.workplans.desk import NOVEMBER, accepted, class_week, of, send, working
from tests.world import TODAY, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(village: Village) -> Village:
    return working(village)


def text(page) -> str:
    return " ".join(page.content.decode().split())


def report_url(v: Village, at: str = "primary", stream="school_count", from_on=NOVEMBER) -> str:
    return f"/workplans/reports/{v.units[at].pk}/{stream}/{from_on}/"


def sent(**more) -> dict[str, str]:
    return {"act": "submit", "id": str(uuid7()), "text": "本月无新增。", **more}


@pytest.mark.req("R-228")
def test_the_year_says_what_is_late_what_is_to_do_and_what_comes(v, browse):
    page = text(browse("zhuan", TODAY).get("/workplans/"))

    assert "石桥乡中心小学 · 工作安排" in page
    assert "逾期未办" in page
    assert "学校统计" in page
    assert "10月24日—11月23日" in page
    assert "这里的方案没有要求" in page


@pytest.mark.req("R-227", "R-228")
def test_a_report_is_handed_in_in_one_step_and_taken_over_in_one(v, browse):
    mine = browse("zhuan", TODAY)
    url = report_url(v)
    assert "数字已经填好" in text(mine.get(url))
    page = text(mine.post(url, sent(), follow=True))
    assert "已交，等接收" in page

    theirs = browse("xiang", TODAY)
    assert "等我接收" in text(theirs.get(f"/workplans/?unit={v.units['shiqiao'].pk}"))
    done = text(theirs.post(f"/workplans/receive/{v.units['shiqiao'].pk}/", follow=True))
    assert "已接收 1 份报告" in done
    assert ReportPeriod.objects.get().state == "accepted"


@pytest.mark.req("R-227")
def test_a_receiver_sends_back_with_a_reason_or_is_told_to_write_one(v, browse):
    send(v, of(v))
    theirs = browse("xiang", TODAY)

    refused = theirs.post(report_url(v), {"act": "send_back", "reason": ""})
    assert refused.status_code == 409
    assert "请写明理由" in text(refused)
    page = text(theirs.post(report_url(v), {"act": "send_back", "reason": "人数不符"}, follow=True))
    assert "已退回：人数不符" in page


@pytest.mark.req("R-236")
def test_a_correction_shows_its_reason_beside_the_first_version(v, browse):
    send(v, of(v))
    accepted(v, of(v))
    mine = browse("zhuan", TODAY)

    assert mine.post(report_url(v), sent(act="correct")).status_code == 422
    page = text(mine.post(report_url(v), sent(act="correct", reason="漏报一人"), follow=True))
    assert "更正原因：漏报一人" in page
    assert "第 1 份" in page
    assert "第 2 份" in page


@pytest.mark.req("R-007")
def test_a_school_without_a_designated_person_is_told_to_appoint_one(village, browse):
    v = working(village, "S1-15/2026", own=(("school_month_report_day", 23, "day_of_month", "<="),))
    post = Post.objects.get(role=Role.DROPOUT_OFFICER)
    end_post(post.pk, on=TODAY, stamp=v.stamp("qin"))
    head = browse("qin", TODAY)

    assert "还没有控辍专人" in text(head.get("/workplans/"))
    refused = head.post(report_url(v), sent())
    assert refused.status_code == 409
    assert "请先任命专人" in text(refused)


@pytest.mark.req("R-234")
def test_a_version_is_a_paper_with_the_schools_head(v, browse):
    send(v, of(v))
    version = ReportVersion.objects.get()

    paper = browse("xiang", TODAY).get(f"/workplans/versions/{version.pk}/")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert browse("tan", TODAY).get(f"/workplans/versions/{version.pk}/").status_code == 404
    send(v, class_week(v), by="chen")
    own = ReportVersion.objects.exclude(pk=version.pk).get()
    assert browse("qin", TODAY).get(f"/workplans/versions/{own.pk}/").status_code == 200


@pytest.mark.req("R-232")
def test_a_figure_opens_to_the_children_behind_it(v, browse):
    send(v, of(v))
    mine = browse("qin", TODAY)
    page = mine.get(report_url(v)).content.decode()
    start = page.index("/indicators/behind/")
    url = page[start : page.index('"', start)].replace("&amp;", "&")

    behind = text(mine.get(url))
    assert "吴小兰" in behind
    assert "吴小兰" not in page


@pytest.mark.req("R-228", "R-235")
def test_who_has_not_reported_is_listed_and_exported(v, browse):
    late = date(2026, 11, 24)
    theirs = browse("xiang", late)
    page = text(theirs.get("/workplans/below/"))
    assert "逾期未办 2 个" in page
    file = theirs.get("/workplans/below/export/")
    assert file.status_code == 200
    assert "xlsx" in file["Content-Disposition"]
    book = load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    cells = {cell.value for row in book.active for cell in row}
    assert "石桥乡中心小学" in cells
    assert "下面没有要报告的单位" in text(browse("chen", late).get("/workplans/below/"))


def test_nobody_from_elsewhere_finds_anything(v, browse):
    send(v, of(v))
    stranger = browse("tan", TODAY)

    for url in (
        report_url(v),
        f"/workplans/?unit={v.units['primary'].pk}",
        f"/workplans/below/?unit={v.units['shiqiao'].pk}",
        f"/workplans/meetings/new/?unit={v.units['primary'].pk}",
        f"/workplans/campaigns/{v.units['primary'].pk}/2026-09-01/",
    ):
        assert stranger.get(url).status_code == 404, url
    assert stranger.post(report_url(v), sent()).status_code == 404
    assert browse("long", TODAY).get(report_url(v)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "reports/{unit}/school_count/2026-02-30/",
        "reports/{unit}/nothing/2026-10-24/",
        "campaigns/{unit}/2026-09-02/",
        "campaigns/{unit}/x/",
        "meetings/new/?unit=x",
    ],
)
def test_an_address_that_names_nothing_is_not_there(v, browse, path):
    url = "/workplans/" + path.format(unit=v.units["primary"].pk)

    assert browse("qin", TODAY).get(url).status_code == 404


@pytest.mark.req("R-228")
def test_a_duty_in_the_tray_leads_to_its_page(v, browse):
    sweep(v, TODAY)
    duty = Duty.objects.get(
        rule=DutyRule.REPORT_SCHOOL,
        subject_id=v.units["primary"].pk,
        occurrence=NOVEMBER.isoformat(),
    )
    mine = browse("zhuan", TODAY)

    assert "报学校统计" in text(mine.get("/duties/"))
    assert f"/workplans/duties/{duty.pk}/" in mine.get(f"/duties/{duty.pk}/").content.decode()
    assert mine.get(f"/workplans/duties/{duty.pk}/").url == report_url(v)
    assert browse("tan", TODAY).get(f"/workplans/duties/{duty.pk}/").status_code == 404


@pytest.mark.req("R-248", "R-249")
def test_a_meeting_is_noted_and_its_task_answered_by_its_owner(village, browse):
    v = working(village, "S0-8/2026")
    head = browse("qin", TODAY)
    url = f"/workplans/meetings/new/?unit={v.units['primary'].pk}"
    assert "决定和责任人" in text(head.get(url))
    owner = f"{v.people['chen'].pk}|homeroom_teacher|{v.units['primary-1'].pk}"
    said = {
        "unit": str(v.units["primary"].pk),
        "id": str(uuid7()),
        "kind": "leadership",
        "held_on": "2026-11-20",
        "chair": str(v.people["qin"].pk),
        "agenda": "研究期中控辍工作",
        "text_1": "逐户走访",
        "owner_1": owner,
    }
    assert head.post(url, said).status_code == 422
    page = text(head.post(url, {**said, "due_1": "2026-11-27"}, follow=True))
    assert "领导小组会议" in page
    assert "逐户走访" in page

    duty = Duty.objects.get(rule=DutyRule.MEETING_DECISION)
    hers = browse("chen", TODAY)
    task = text(hers.get(f"/workplans/duties/{duty.pk}/", follow=True))
    assert "逐户走访" in task
    done = hers.post(
        f"/workplans/tasks/{Decision.objects.get().pk}/", {"note": "已访"}, follow=True
    )
    assert "这件事办结了" in text(done)
    meeting = Meeting.objects.get()
    assert hers.get(f"/workplans/meetings/{meeting.pk}/").status_code == 404
    assert browse("tan", TODAY).get(f"/workplans/meetings/{meeting.pk}/").status_code == 404


@pytest.mark.req("R-239", "R-240", "R-241")
def test_a_campaign_is_planned_noted_and_reported_on_one_page(village, browse):
    v = working(village, "S0-9/2026")
    head = browse("qin", date(2026, 9, 20))
    url = f"/workplans/campaigns/{v.units['primary'].pk}/2026-09-01/"
    assert "还没有方案" in text(head.get(url))

    plan = {"act": "plan", "id": str(uuid7()), "text": "广播讲法", "channels": ["broadcast"]}
    assert "广播讲法" in text(head.post(url, plan, follow=True))
    activity = {
        "act": "activity",
        "id": str(uuid7()),
        "held_on": "2026-09-18",
        "channel": "class_meeting",
        "persons": "2",
        "units": [str(v.units["primary-1"].pk)],
    }
    page = text(head.post(url, activity, follow=True))
    assert "还没到：三年级2班" in page
    wrong = head.post(url, {**activity, "id": str(uuid7()), "held_on": "2026-10-18"})
    assert wrong.status_code == 409
    report = {"act": "report", "id": str(uuid7()), "text": "到了一个班。"}
    assert "到了一个班" in text(head.post(url, report, follow=True))
    other = browse("he", date(2026, 9, 30))
    listed = text(other.get("/workplans/below/?rule=campaign.plan"))
    assert "已办共 1 个" in listed


def test_who_has_no_unit_with_a_workplan_is_told_so(v, browse):
    assert browse("long", TODAY).get("/workplans/").status_code in (404, 409)


def test_the_pages_cost_a_bounded_number_of_statements(v, browse, django_assert_max_num_queries):
    mine = browse("zhuan", TODAY)
    mine.get("/workplans/")
    with django_assert_max_num_queries(34):
        mine.get("/workplans/")
    with django_assert_max_num_queries(70):
        mine.get(report_url(v))
