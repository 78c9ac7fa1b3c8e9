"""Two children's stories in the browser: up the ladder to court, and back, lost and back again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from notoneless.places.services.units import NewUnit
from notoneless.rules.cases.kinds import State, StepKind
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call
from tests.cases.desk import case_of, family, look, state_of
from tests.contacts.desk import photo
from tests.duties.desk import S1_29, under
from tests.journeys.conftest import Site
from tests.journeys.test_monday_walk import sign_here
from tests.world import Village

K = StepKind
OFFICERS = "向春林，539901-07\n黎文山，539901-08"
PHONE = "石桥乡政府教育专干 0879-5550202"


@contextmanager
def on(site: Site, day: date, hour: int = 10) -> Iterator[datetime]:
    """A day in the story."""
    with time_machine.travel(at(day, hour), tick=True):
        yield at(day, hour)


def step(page: Page, site: Site, kind: StepKind, /, *, child: str = "lan", **said: str) -> None:
    """Take a step on its page: every answer by its field, then the one button."""
    case = case_of(site.village, child).pk
    page.goto(site.url(f"/cases/{case}/step/{kind.value}/"))
    for name, answer in said.items():
        fill(page, name, answer)
    page.locator("main form .btn-primary").first.click()
    page.wait_for_url(f"**/cases/{case}/")


def look_before(page: Page, site: Site, kind: StepKind, words: str, /, **said: str) -> None:
    """The paper is shown with what was typed, and what was typed stays."""
    page.goto(site.url(f"/cases/{case_of(site.village).pk}/step/{kind.value}/"))
    for name, answer in said.items():
        fill(page, name, answer)
    page.locator("button[name=preview]").click()
    page.locator("#paper", has_text=words).wait_for()
    for name, answer in said.items():
        assert page.locator(f"main [name='{name}']").input_value() == answer


def fill(page: Page, name: str, answer: str) -> None:
    field = page.locator(f"main [name='{name}']")
    kind = field.first.evaluate("e => e.type")
    if kind == "radio":
        page.locator(f"main [name='{name}'][value='{answer}']").check()
    elif kind.startswith("select"):
        field.select_option(answer)
    else:
        field.fill(answer)


def serve(page: Page, site: Site, name: str, *, child: str = "lan", **said: str) -> None:
    """Log how the newest paper of this name was served, from the case's own page."""
    page.goto(site.url(f"/cases/{case_of(site.village, child).pk}/"))
    page.locator("main a[href^='/documents/']", has_text=name).first.click()
    page.get_by_role("link", name="登记送达").first.click()
    for field, answer in said.items():
        fill(page, field, answer)
    if said["method"] in ("in_person", "adult_relative"):
        sign_here(page)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**/documents/**")


def see(page: Page, site: Site, *texts: str, child: str = "lan") -> None:
    """The case's page shows these, and passes axe."""
    page.goto(site.url(f"/cases/{case_of(site.village, child).pk}/"))
    for text in texts:
        expect(page.get_by_text(text).first).to_be_visible()
    site.assert_accessible(page)


def absent_twice(v: Village, name: str, *days: date) -> None:
    for day in days:
        call(v, day, name)
        look(v, day, hour=20)


@pytest.fixture
def story(site: Site) -> Site:
    under(
        site.village,
        S1_29,
        own=[("return_watch_days", 3, "school_days", "="), ("visit_photo_required", True, "", "")],
    )
    site.village.employ("tian", "田广平", Role.TOWNSHIP_HEAD, "shiqiao")
    civil = NewUnit(UnitKind.DEPARTMENT, "青禾县民政局")
    site.village.found("civil", civil, g="county")
    site.village.employ("min", "闵和", Role.DEPARTMENT_LIAISON, "civil")
    family(site.village)
    return site


@pytest.mark.req("R-101", "R-102", "R-106", "R-110", "R-111", "R-112", "R-114", "R-119")
def test_one_child_s_story_from_the_first_absence_to_court(story: Site):
    v = story.village
    absent_twice(v, "lan", MON, TUE)
    assert state_of(v) is State.SUSPECTED

    with on(story, WED):
        the_teacher_visits(story)
        the_school_reports(story)
    with on(story, THU):
        the_township_gives_notice(story)
    overdue, late = date(2026, 11, 27), date(2026, 12, 8)
    look(v, overdue, hour=6, everything=True)
    with on(story, overdue):
        the_township_orders(story)
    look(v, late, hour=6, everything=True)
    with on(story, late):
        the_township_sues(story)
        the_department_answers(story)
        the_county_reads_the_whole_file(story)


def the_teacher_visits(story: Site) -> None:
    page = story.sign_in("chen", size="phone")
    see(page, story, "疑似辍学")
    page.goto(story.url(f"/contacts/new/?child={story.village.lan.pk}&kind=visit"))
    page.get_by_text("不愿返校", exact=True).tap()
    page.get_by_text("监护人", exact=True).tap()
    page.locator("input[type=file][name=photos]").set_input_files(
        {"name": "门口.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="保存", exact=True).tap()
    expect(page.get_by_alt_text("照片")).to_be_visible()
    see(page, story, "家访劝返中")


def the_school_reports(story: Site) -> None:
    page = story.sign_in("qin")
    step(page, story, K.DETERMINED, result="dropped_out", criteria="三日未到校，家访未返")
    step(page, story, K.LETTER_ISSUED, deadline=FRI.isoformat(), contact=PHONE)
    serve(page, story, "劝学书", method="in_person")
    step(page, story, K.REPORTED, reason="家中要她照看弟弟")
    see(page, story, "已书面报告")


def the_township_gives_notice(story: Site) -> None:
    page = story.sign_in("xiang")
    step(page, story, K.ACCEPTED)
    look_before(page, story, K.NOTICE_ISSUED, "2026年11月27日", deadline="2026-11-27")
    step(page, story, K.NOTICE_ISSUED, deadline="2026-11-26", contact=PHONE)
    relative = {"receiver_name": "吴老太", "relation": "祖母"}
    serve(page, story, "返校通知书", method="adult_relative", **relative)
    see(page, story, "返校通知已送达")


def the_township_orders(story: Site) -> None:
    page = story.sign_in("xiang")
    see(page, story, "返校通知已到期")
    step(page, story, K.CRITICISED, words="当面讲明依法送子女入学的义务")
    step(page, story, K.STATEMENT_HEARD, way="nothing_to_say", officers=OFFICERS)
    facts = "经书面通知，期限内仍未送孩子返校"
    left = {"witness": "村委会石大伯", "place": "石桥村吴家"}
    step(page, story, K.ORDER_ISSUED, facts=facts, deadline="2026-12-07", officers=OFFICERS)
    serve(page, story, "责令限期改正通知书", method="left_at_home", **left)
    see(page, story, "责令改正已送达")


def the_township_sues(story: Site) -> None:
    page = story.sign_in("xiang")
    see(page, story, "责令改正已到期")
    step(page, story, K.SUED, court="青禾县人民法院", claims="请求判令被告送子女返校")
    step(page, story, K.COURT_ACTED, act="mediated", court_number="（2026）民初12号")
    see(page, story, "司法程序")


def the_department_answers(story: Site) -> None:
    """The civil affairs office sees what it needs for its part, acknowledges and answers."""
    civil = str(story.village.units["civil"].pk)
    page = story.sign_in("xiang")
    asked = "核实孩子的监护情况，落实临时照料"
    step(page, story, K.REFERRED, kind="guardianship", to=civil, asked_for=asked, contact=PHONE)
    desk = story.sign_in("min")
    desk.goto(story.url("/referrals/"))
    story.assert_accessible(desk)
    desk.locator("main a[href^='/referrals/']").first.click()
    expect(desk.get_by_text(asked).first).to_be_visible()
    expect(desk.get_by_text("石桥乡中心小学")).to_have_count(0)
    story.assert_accessible(desk)
    desk.get_by_role("button", name="签收").click()
    desk.locator("main textarea").first.fill("已入户核实，由外婆临时照料，弟弟入托")
    desk.get_by_role("button", name="答复").click()
    expect(desk.get_by_text("已入户核实").first).to_be_visible()
    see(page, story, "青禾县民政局")


def the_county_reads_the_whole_file(story: Site) -> None:
    page = story.sign_in("lu")
    see(page, story, "司法程序", "吴小兰")
    text = "".join(paper.extract_text() for paper in whole_file(page, story).pages)
    for name in ("劝学书", "返校通知书", "听取意见", "责令限期改正通知书", "起诉状"):
        assert name in text


def whole_file(page: Page, site: Site) -> PdfReader:
    """The child's complete file, downloaded from the case's page."""
    page.goto(site.url(f"/cases/{case_of(site.village).pk}/"))
    with page.expect_download() as started:
        page.get_by_role("link", name="全部档案").first.click()
    return PdfReader(io.BytesIO(started.value.path().read_bytes()))


@pytest.mark.req("R-115", "R-117", "R-120", "R-123", "T19", "T21", "T22", "T23")
def test_one_child_comes_back_is_lost_again_and_comes_back_for_good(story: Site):
    v = story.village
    absent_twice(v, "lan", MON, TUE)
    call(v, WED)
    look(v, WED)
    assert state_of(v) is State.RETURNED

    with on(story, WED, 14):
        head = story.sign_in("qin")
        place(head, story)
        see(head, story, "返校巩固期")

    absent_twice(v, "lan", THU, FRI)
    assert state_of(v) is State.MOBILISING
    back = [NEXT_MON + timedelta(days=n) for n in range(3)]
    call(v, back[0])
    look(v, back[0])
    with on(story, back[0], 14):
        teacher = story.sign_in("chen", size="phone")
        see(teacher, story, "已返校")
        place(story.sign_in("qin"), story)
    for day in back[1:]:
        call(v, day)
    look(v, back[2], everything=True)

    with on(story, back[2], 15):
        teacher = story.sign_in("chen", size="phone")
        step(teacher, story, K.WATCH_ENDED, judgement="三日都到校，跟得上课")
        head = story.sign_in("qin")
        step(head, story, K.CLOSING_ASKED, outcome="returned", evidence="点名三日全到，观察记录")
        county = story.sign_in("lu")
        step(county, story, K.CLOSED, outcome="returned")

    assert state_of(v) is State.ATTENDING


def place(page: Page, site: Site) -> None:
    step(
        page,
        site,
        K.PLACED,
        placement="own_class",
        goals="补上落下的课",
        measures="每天放学后补数学，由班主任辅导",
    )
