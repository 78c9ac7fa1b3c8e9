"""Every page of administration: who opens it, what it shows, what it refuses."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notoneless.access.models import User
from notoneless.journal.models import Reading, RefusedAttempt
from notoneless.places.models import Person, Post, Unit, UnitPlace
from notoneless.places.services.units import NewUnit
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.world import TODAY

pytestmark = pytest.mark.django_db
LISTS = [
    "office",
    "units",
    "vacancies",
    "groups",
    "coverage-gaps",
    "duties",
    "accounts",
    "staff-list",
    "directory",
    "home",
]


def text(page):
    return page.content.decode()


@pytest.mark.parametrize("who", ["mo", "he", "qin", "shi", "xiang"])
@pytest.mark.parametrize("route", LISTS)
def test_administrators_open_every_list(signed_in, who, route):
    page = signed_in(who).get(reverse(route))
    assert page.status_code == 200
    assert "<h1" in text(page)


@pytest.mark.parametrize("who", ["chen", "long"])
def test_others_find_the_units_behind_the_way_to_administration(signed_in, who):
    page = signed_in(who).get(reverse("office"))
    assert (page.status_code, page["Location"]) == (302, reverse("units"))


@pytest.mark.parametrize("who", ["chen", "long"])
@pytest.mark.parametrize("route", ["vacancies", "accounts", "staff-list", "approvals"])
def test_others_are_refused_in_words_and_the_attempt_is_kept(signed_in, who, route):
    page = signed_in(who).get(reverse(route))
    assert page.status_code == 409
    assert "没有这项权限" in text(page)
    assert RefusedAttempt.objects.filter(code="ACCESS-01", kind=route).exists()


def test_a_colleague_from_above_is_shown_without_what_may_be_done(village, signed_in):
    page = signed_in("shi").get(reverse("person", args=[village.people["qin"].pk]))
    assert page.status_code == 200
    assert "打印纸条" not in text(page)
    assert "登录名" not in text(page)


@pytest.mark.parametrize(
    "route", ["unit", "unit-edit", "unit-add", "unit-close", "appoint", "lessons", "cover"]
)
def test_a_unit_out_of_reach_is_not_there(village, signed_in, route):
    far = reverse(route, args=[village.units["other"].pk])
    assert signed_in("qin").get(far).status_code == 404


@pytest.mark.parametrize("key", ["county", "bureau", "shiqiao", "village", "centre", "primary"])
def test_the_county_sees_every_kind_of_unit(village, signed_in, key):
    page = signed_in("mo").get(reverse("unit", args=[village.units[key].pk]))
    assert page.status_code == 200
    assert village.units[key].name in text(page)


@pytest.mark.req("R-006")
def test_a_class_page_names_its_direct_responsible_person(village, signed_in):
    page = text(signed_in("qin").get(reverse("unit", args=[village.units["primary-1"].pk])))
    assert "三年级1班" in page
    assert "直接责任人" in page
    assert "陈小满" in page


@pytest.mark.req("R-007")
def test_a_school_without_its_designated_person_says_so(village, signed_in):
    address = reverse("unit", args=[village.units["primary"].pk])
    assert "还没有控辍专人" in text(signed_in("qin").get(address))
    village.employ("du", "杜专", Role.DROPOUT_OFFICER, "primary", approved=False)
    assert "还没有控辍专人" not in text(signed_in("qin").get(address))


@pytest.mark.req("R-001")
def test_a_village_is_added_from_the_official_codes(village, signed_in):
    from notoneless.places.models import Division

    Division.objects.create(
        code="539901102205", name="白云村", parent_code="539901102", level=5, source="test"
    )
    address = reverse("unit-add", args=[village.units["shiqiao"].pk])
    browser = signed_in("mo")
    assert "白云村" in text(browser.get(address))

    answer = browser.post(
        address,
        {
            "kind": "village",
            "division": "539901102205",
            "from_on": "2026-11-20",
            "stage": "",
        },
    )

    unit = Unit.objects.get(name="白云村")
    assert answer.url == reverse("unit", args=[unit.pk])
    assert (unit.code, unit.kind) == ("539901102205", "village")
    assert "白云村 5399" not in text(browser.get(address))


def test_a_school_is_added_in_both_lines(village, signed_in):
    address = reverse("unit-add", args=[village.units["centre"].pk])
    browser = signed_in("mo")
    form = {
        "kind": "school",
        "name": "石桥乡第二小学",
        "code": "2199000199",
        "stage": "primary",
        "from_on": "2026-11-20",
        "other_parent": str(village.units["shiqiao"].pk),
    }
    browser.post(address, form)

    places = UnitPlace.objects.filter(unit__name="石桥乡第二小学")
    assert {(p.line, p.parent.name) for p in places} == {("e", "石桥乡中心学校"), ("g", "石桥乡")}
    again = browser.post(address, form)
    assert again.status_code == 409
    assert "2199000199" in text(again)


def test_a_unit_is_renamed_moved_and_closed_by_form(village, signed_in):
    browser, unit = signed_in("mo"), village.units["village"]
    edit = reverse("unit-edit", args=[unit.pk])
    form = {"name": "石桥新村", "code": unit.code, "is_complete": "on", "version": "1"}
    assert browser.post(edit, form).status_code == 302
    assert browser.post(edit, form).status_code == 409
    move = reverse("unit-move", args=[unit.pk, "g"])
    form = {"line": "g", "parent": str(village.units["hekou"].pk), "on": "2026-11-20"}
    assert browser.post(move, form).status_code == 302
    close = reverse("unit-close", args=[unit.pk])
    assert browser.post(close, {"on": "2026-11-23", "version": "2"}).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, str(unit.active_to)) == ("石桥新村", "2026-11-23")


@pytest.mark.req("R-022")
def test_a_newcomer_is_appointed_and_a_wrong_name_keeps_what_was_typed(village, signed_in):
    browser = signed_in("shi")
    address = reverse("appoint", args=[village.units["primary-2"].pk])
    form = {
        "role": "homeroom_teacher",
        "tenure": "full",
        "person": "宋雨",
        "from_on": "2026-11-20",
        "phone": "15400000777",
    }
    page = browser.post(address, form)
    assert page.status_code == 422
    assert "没有找到" in text(page)
    assert "15400000777" in text(page)

    assert browser.post(address, {**form, "is_new": "on"}).status_code == 302
    post = Post.objects.get(person__name="宋雨")
    assert post.unit_id == village.units["primary-2"].pk
    assert browser.post(address, {**form, "is_new": "on"}).status_code == 409
    assert Person.objects.filter(name="宋雨").count() == 1


def test_a_shared_name_asks_for_the_number(village, signed_in):
    village.employ("wei2", "韦素芬", Role.STAFF, "other", approved=False)
    page = signed_in("shi").post(
        reverse("appoint", args=[village.units["primary"].pk]),
        {"role": "staff", "tenure": "full", "person": "韦素芬", "from_on": "2026-11-20"},
    )
    assert page.status_code == 422
    assert "有 2 人" in text(page)


def test_a_post_ends_on_its_last_day_and_is_listed_as_vacant(village, signed_in):
    browser, post = signed_in("shi"), village.people["chen"].posts.get()
    form = {"on": "2026-11-20", "leave_vacant": "on", "version": "1"}
    assert browser.post(reverse("post-end", args=[post.pk]), form).status_code == 302
    post.refresh_from_db()
    assert str(post.to_on) == "2026-11-21"
    assert Post.objects.filter(unit=post.unit, person=None, from_on="2026-11-21").exists()


def test_a_stand_in_a_hand_over_and_a_leave_by_form(village, signed_in):
    browser, chen = signed_in("shi"), village.people["chen"]
    post = chen.posts.get()
    browser.post(
        reverse("post-stand-in", args=[post.pk]),
        {"person": "韦素芬", "from_on": "2026-11-20", "to_on": "2026-11-27"},
    )
    stand_in = Post.objects.get(tenure="stand_in")
    assert (stand_in.person.name, str(stand_in.to_on)) == ("韦素芬", "2026-11-28")
    village.employ("song", "宋雨", Role.STAFF, "primary", approved=False)
    hand = reverse("hand-over", args=[chen.pk])
    assert browser.post(hand, {"to": "宋雨", "on": "2026-11-23"}).status_code == 302
    leave = reverse("leave", args=[chen.pk])
    assert browser.post(leave, {"on": "2026-11-23", "version": "1"}).status_code == 302
    chen.refresh_from_db()
    assert str(chen.left_on) == "2026-11-23"


@pytest.mark.req("R-009")
def test_the_matrix_of_lessons_is_filled_in_by_name(village, signed_in):
    browser = signed_in("shi")
    address = reverse("lessons", args=[village.units["primary"].pk])
    assert "三年级1班" in text(browser.get(address))
    cell = f"cell-{village.units['primary-1'].pk.hex}-数学"

    bad = browser.post(address, {"on": "2026-11-20", cell: "没有的人"})
    assert bad.status_code == 422
    assert browser.post(address, {"on": "2026-11-20", cell: "韦素芬"}).status_code == 302

    page = text(browser.get(reverse("unit", args=[village.units["primary-1"].pk])))
    assert "数学 <strong>韦素芬</strong>" in page


@pytest.mark.req("R-002", "R-003", "R-004")
def test_a_group_is_formed_by_form_and_what_it_lacks_is_shown(village, signed_in):
    browser = signed_in("qin")
    address = reverse("group", args=[village.units["primary"].pk, "dropout"])
    form = {"head-0": "覃志学", "on": "2026-11-20", "version": "0", "office_seat": "教导处"}
    assert browser.post(address, form).status_code == 302
    page = text(browser.get(address))
    assert "按组成规定还缺" in page
    assert "班主任 · 陈小满" in page
    assert browser.post(address, form).status_code == 409
    assert "石桥乡中心小学" in text(browser.get(reverse("groups")))


@pytest.mark.req("R-008", "R-010")
def test_coverage_is_named_by_form_and_the_gap_closes(village, signed_in):
    browser, unit = signed_in("xiang"), village.units["village"].pk
    gaps = reverse("coverage-gaps")
    assert "乡镇干部（包村）" in text(browser.get(gaps))
    for level in ("town_leader", "town_cadre"):
        form = {"level": level, "person": "龙秀英", "on": "2026-11-20"}
        assert browser.post(reverse("cover", args=[unit]), form).status_code == 302
    assert "乡镇干部（包村）" not in text(browser.get(gaps))
    assert "龙秀英" in text(browser.get(reverse("unit", args=[unit])))


@pytest.mark.req("R-005")
def test_a_duty_is_entered_and_reported_by_form(village, signed_in):
    police = village.found("police", NewUnit(UnitKind.DEPARTMENT, "石桥派出所"), g="shiqiao")
    browser = signed_in("xiang")
    form = {"department": str(police.pk), "text": "查找流失学生", "on": "2026-11-20"}
    assert browser.post(reverse("duty-add"), form).status_code == 302
    assert browser.post(reverse("duty-add"), form).status_code == 409
    duty = police.duties.get()
    report = reverse("duty-report", args=[duty.pk])
    assert browser.post(report, {"period": "2026年", "note": "查找两人"}).status_code == 302
    assert "查找两人" in text(browser.get(reverse("duties")))
    assert signed_in("tan").get(report).status_code == 404


@pytest.mark.req("R-017")
def test_the_network_shows_masked_phones_and_a_look_is_noted(village, signed_in):
    village.units["primary"]
    person = village.people["wei"]
    Person.objects.filter(pk=person.pk).update(phone="15400000321")
    browser = signed_in("chen")

    page = text(browser.get(reverse("directory-unit", args=[village.units["primary-1"].pk])))
    assert "陈小满" in page
    assert "覃志学" in page
    assert "何开来" in page
    assert "15400000321" not in page
    shown = browser.post(reverse("person-phone", args=[person.pk]))
    assert "15400000321" in text(shown)
    assert Reading.objects.filter(kind="person.phone").count() == 1
    far = reverse("person-phone", args=[village.people["tan"].pk])
    assert browser.post(far).status_code == 404


@pytest.mark.req("R-017", "R-010")
def test_the_network_of_a_child_shows_both_lines_and_is_noted(village, signed_in):
    address = reverse("directory-child", args=[village.lan.pk])
    page = text(signed_in("chen").get(address))
    assert "缺人" in page
    assert "陈小满" in page
    assert Reading.objects.filter(child_id=village.lan.pk, kind="child.contacts").exists()
    assert signed_in("tan").get(address).status_code == 404


# --- accounts -----------------------------------------------------------------------------


@pytest.mark.req("R-022")
def test_slips_are_printed_once_and_never_stored(village, signed_in):
    browser = signed_in("shi")
    page = browser.post(reverse("slips"), {"person": str(village.people["wei"].pk)})
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    user = User.objects.get(person=village.people["wei"])
    secret = page.context["sheets"][0][0]["secret"]
    assert user.check_password(secret)
    assert secret in text(page)
    assert browser.post(reverse("slips"), {"person": "x"}).status_code == 422
    far = browser.post(reverse("slips"), {"person": str(village.people["tan"].pk)})
    assert far.status_code == 404
    above = browser.post(reverse("slips"), {"person": str(village.people["qin"].pk)})
    assert above.status_code == 409


def test_a_list_is_previewed_and_then_entered(village, signed_in):
    browser = signed_in("shi")
    rows = "姓名\t工号\t岗位\t单位\n宋雨\tP1\t班主任\t三年级2班\n文一\tP2\t大王\t\n"
    page = browser.post(reverse("staff-list"), {"rows": rows})
    assert page.status_code == 200
    assert "大王" in text(page)
    assert not Person.objects.filter(name="宋雨").exists()

    page = browser.post(reverse("staff-list"), {"rows": page.context["again"], "enter": "1"})
    assert Person.objects.filter(name="宋雨").exists()
    assert not Person.objects.filter(name="文一").exists()
    assert "打印纸条" in text(page)
    assert browser.post(reverse("staff-list"), {"rows": " "}).status_code == 422


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_its_encoding(village, signed_in, encoding):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("名单.csv", "姓名,工号,岗位\n宋雨,P1,教师\n".encode(encoding))
    page = signed_in("shi").post(reverse("staff-list"), {"file": file})
    assert [a.row.name for a in page.context["good"]] == ["宋雨"]


def test_a_file_that_is_no_table_is_said_so(village, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("名单.xlsx", b"not a table")
    page = signed_in("shi").post(reverse("staff-list"), {"file": file})
    assert page.status_code == 422
    assert "打不开" in text(page)


def test_an_account_is_closed_and_opened_again(village, signed_in):
    village.account("wei")
    browser = signed_in("shi")
    address = reverse("account-switch", args=[village.people["wei"].pk])
    browser.post(address, {"close": "1"})
    assert not User.objects.get(username="wei").is_active
    browser.post(address, {"reopen": "1"})
    assert User.objects.get(username="wei").is_active
    assert browser.get(address).status_code == 405


# --- approvals ----------------------------------------------------------------------------


@pytest.mark.req("R-022")
def test_approvals_are_given_for_many_and_withdrawn(village, signed_in):
    village.employ("song", "宋雨", Role.HOMEROOM_TEACHER, "primary-2", approved=False)
    browser, post = signed_in("qin"), village.people["song"].posts.get()
    assert "宋雨" in text(browser.get(reverse("approvals")))
    form = {"posts": str(post.pk), "purpose": "日常工作", "last_on": "2027-07-31"}

    assert browser.post(reverse("approvals"), form).status_code == 302

    approval = post.approvals.get()
    assert str(approval.to_on) == "2027-08-01"
    assert approval.approved_by == village.people["qin"]
    assert browser.post(reverse("withdraw", args=[approval.pk])).status_code == 302
    approval.refresh_from_db()
    assert approval.withdrawn_on == TODAY
    assert browser.post(reverse("approvals"), {"purpose": "x"}).status_code == 422
    far = village.people["tan"].posts.get()
    assert browser.post(reverse("approvals"), {**form, "posts": str(far.pk)}).status_code == 422


def test_a_post_that_begins_later_is_shown_already(village, signed_in):
    browser, unit = signed_in("shi"), village.units["primary"].pk
    form = {"role": "helper", "tenure": "full", "person": "陈小满", "from_on": "2026-12-01"}
    assert browser.post(reverse("appoint", args=[unit]), form).status_code == 302
    assert "2026-12-01" in text(browser.get(reverse("unit", args=[unit])))


def test_addresses_with_odd_words_are_not_there(village, signed_in):
    unit = village.units["primary"].pk
    for path in (f"/office/units/{unit}/group/xyz/", f"/office/units/{unit}/move/x/"):
        assert signed_in("qin").get(path).status_code == 404


def test_the_machine_room_holds_no_child_and_opens_for_nobody_here(signed_in):
    from django.contrib import admin

    labels = {model._meta.app_label for model in admin.site._registry}
    ours = {"children", "places", "access", "journal", "policy", "attendance", "duties"}
    assert not labels & ours
    answer = signed_in("mo").get("/machine-room/")
    assert answer.status_code == 302
    assert "/machine-room/login/" in answer.url
