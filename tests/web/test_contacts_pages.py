"""Pages of contacts: the phone's form, one contact, lists, timeline, pictures behind a door."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from uuid_utils.compat import uuid7

from notoneless.contacts.models import (
    Assignment,
    ClassReport,
    Contact,
    Counselling,
    Evidence,
    NumberCheck,
    TermSummary,
)
from notoneless.flows.contacts.pictures import Sent
from notoneless.journal.models import Reading
from notoneless.rules.contacts.kinds import Kind, Result
from notoneless.web.contacts import words
from tests.attendance.register import FRI, MON, THU, TUE, WED, call, open_school
from tests.contacts.desk import log, photo, signature
from tests.duties.desk import S1_24, under
from tests.world import Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


@pytest.fixture
def proof(village: Village) -> Village:
    return under(village, S1_24, own=[("visit_photo_required", True, "", None)])


def text(answer) -> str:
    return str(answer.content.decode())


def new_url(v: Village, name="lan", **more) -> str:
    query = "&".join([f"child={v.children[name].pk}", *(f"{k}={x}" for k, x in more.items())])
    return f"/contacts/new/?{query}"


def post(v: Village, client: Client, *names: str, **more):
    given = {
        "id": uuid7(),
        "child": [v.children[name].pk for name in names or ("lan",)],
        "kind": "call",
        "result": "reached",
        "happened_on": FRI.isoformat(),
        "purpose": "absence",
    }
    return client.post(new_url(v), given | more)


# -- the form ----------------------------------------------------------------------------------


@pytest.mark.req("R-086")
def test_the_form_is_short_and_the_rest_is_folded(school: Village, signed_in):
    page = text(signed_in("chen").get(new_url(school, kind="call", result="not_reached")))

    assert "吴小兰" in page
    assert re.search(r'value="call"[^>]* checked', page)
    assert re.search(r'value="not_reached"[^>]* checked', page)
    assert "下一次自动定在 11月23日 周一" in page
    assert page.count('<details class="fold"') == 5
    assert "怀孕" in page  # inside the school the restricted causes can be named


@pytest.mark.req("R-099")
def test_nobody_answered_is_kind_result_save(school: Village, signed_in):
    chen = signed_in("chen")
    answer = post(school, chen, result="not_reached")

    row = Contact.objects.get()
    assert answer["Location"] == f"/contacts/{row.pk}/"
    assert row.next_on is not None
    page = text(chen.get(answer["Location"]))
    assert "没联系上" in page
    assert "下一步：11月23日 周一" in page
    assert "data-draft-sent" in page


@pytest.mark.req("R-086")
def test_what_was_typed_stays_when_something_is_wrong(school: Village, signed_in):
    answer = post(
        school, signed_in("chen"), kind="visit", guardian_view="家里忙", next_on="2026-11-01"
    )

    assert answer.status_code == 422
    page = text(answer)
    assert "家里忙" in page
    assert "请勾选家访时见到了谁" in page
    assert "下一步的日期不能早于" in page
    assert "data-draft-fresh" not in page
    assert Contact.objects.count() == 0


@pytest.mark.req("R-087")
def test_a_visit_without_proof_is_refused_in_words_and_can_be_kept_for_later(
    proof: Village, signed_in
):
    visit = {"kind": "visit", "met": ["guardian"], "guardian_view": "同意"}
    answer = post(proof, signed_in("chen"), **visit)
    assert answer.status_code == 409
    assert "本地方案要求家访有佐证" in text(answer)
    assert "先保存，稍后补佐证" in text(answer)
    assert "同意" in text(answer)

    kept = post(proof, signed_in("chen"), **visit, later="1")
    page = text(signed_in("chen").get(kept["Location"]))
    assert "待补佐证" in page


@pytest.mark.req("R-087")
def test_photos_and_a_signature_come_with_the_form(proof: Village, signed_in):
    chen = signed_in("chen")
    answer = post(
        proof,
        chen,
        kind="visit",
        met=["guardian"],
        photos=[SimpleUploadedFile("a.jpg", photo(), "image/jpeg")],
        signature=signature(),
    )

    assert answer.status_code == 302, text(answer)
    assert Evidence.objects.count() == 2
    page = text(chen.get(answer["Location"]))
    assert "手写签字" in page
    assert "/contacts/pictures/" in page


def test_a_file_that_is_no_picture_is_refused_in_words(school: Village, signed_in):
    junk = SimpleUploadedFile("a.jpg", b"MZ\x90", "image/jpeg")
    answer = post(school, signed_in("chen"), kind="visit", met=["guardian"], house_front=junk)

    assert answer.status_code == 409
    assert "不是 JPG、PNG 或 WebP 照片" in text(answer)


@pytest.mark.req("R-086")
def test_the_form_sent_twice_is_one_contact(school: Village, signed_in):
    chen, same = signed_in("chen"), uuid7()
    first = post(school, chen, id=same)
    second = post(school, chen, id=same)

    assert first["Location"] == second["Location"]
    assert Contact.objects.count() == 1


@pytest.mark.req("R-022")
def test_strangers_and_the_wrong_roles_get_no_form(school: Village, signed_in):
    assert signed_in("tan").get(new_url(school)).status_code == 404
    assert signed_in("chen").get(new_url(school, "far")).status_code == 404
    assert signed_in("shao").get(new_url(school)).status_code == 409
    assert signed_in("shi").get("/contacts/").status_code == 409
    assert signed_in("chen").get("/contacts/new/?child=x").status_code == 404


def test_a_form_kept_over_a_sign_in_comes_back(school: Village, signed_in):
    chen = signed_in("chen")
    session = chen.session
    session.flush()
    answer = post(school, chen, guardian_view="等一等再说")
    assert answer.status_code == 302
    assert Contact.objects.count() == 0


def test_without_a_child_one_is_chosen_first(school: Village, signed_in):
    page = text(signed_in("chen").get("/contacts/new/?kind=visit"))
    assert "杨大刚" in page
    assert "kind=visit" in page
    assert "三年级1班" in text(signed_in("qin").get("/contacts/new/"))


@pytest.mark.req("R-098")
def test_a_meeting_lists_who_is_away(school: Village, signed_in):
    call(school, FRI, "lan", "gang")
    page = text(signed_in("qin").get("/contacts/new/?kind=meeting"))
    assert "吴小兰" in page
    answer = signed_in("qin").post(
        "/contacts/new/?kind=meeting",
        {
            "id": uuid7(),
            "kind": "meeting",
            "result": "reached",
            "happened_on": FRI.isoformat(),
            "place": "村部",
            "near": [school.lan.pk, school.children["gang"].pk],
        },
    )
    assert answer.status_code == 302, text(answer)


@pytest.mark.req("R-086")
def test_a_correction_starts_from_what_stands_and_needs_a_reason(school: Village, signed_in):
    logged = log(school, guardian_view="家里忙", causes=("poverty",), main_cause="poverty")
    chen, url = signed_in("chen"), f"/contacts/{logged.contact_id}/correct/"
    assert "家里忙" in text(chen.get(url))

    given = {"id": uuid7(), "kind": "call", "result": "refused", "happened_on": FRI.isoformat()}
    assert chen.post(url, given).status_code == 422
    answer = chen.post(url, given | {"reason": "听错了"})
    assert answer.status_code == 302
    page = text(chen.get(answer["Location"]))
    assert "听错了" in page
    assert "已更正" in page
    old = text(chen.get(f"/contacts/{logged.contact_id}/"))
    assert "只供查看" in old


def test_a_contact_is_withdrawn_with_a_reason(school: Village, signed_in):
    logged = log(school)
    url = f"/contacts/{logged.contact_id}/withdraw/"
    assert signed_in("chen").post(url, {"reason": ""}).status_code == 409
    assert signed_in("tan").post(url, {"reason": "x"}).status_code == 404
    assert signed_in("chen").post(url, {"reason": "记错人"}).status_code == 302
    assert "记错人" in text(signed_in("chen").get(f"/contacts/{logged.contact_id}/"))


# -- what shows --------------------------------------------------------------------------------


@pytest.mark.req("R-087", "R-300")
def test_a_picture_opens_through_its_door_is_noted_and_not_kept_by_browsers(
    school: Village, signed_in
):
    log(school, kind="visit", sent=Sent(photos=(photo(),)))
    url = f"/contacts/pictures/{Evidence.objects.get().pk}/"

    answer = signed_in("chen").get(url)

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert Reading.objects.filter(kind="contact.picture", child_id=school.lan.pk).count() == 1
    for stranger in ("tan", "long", "mo"):
        assert signed_in(stranger).get(url).status_code == 404


@pytest.mark.req("R-079", "R-300")
def test_the_page_folds_restricted_causes_for_those_above(school: Village, signed_in):
    logged = log(school, causes=("violence",), main_cause="violence", child_words="别问了")
    url = f"/contacts/{logged.contact_id}/"

    assert "遭受暴力" in text(signed_in("qin").get(url))
    above = text(signed_in("xiang").get(url))
    assert "遭受暴力" not in above
    assert "其他" in above
    assert signed_in("tan").get(url).status_code == 404
    assert Reading.objects.filter(kind="contact.opened").count() == 2


@pytest.mark.req("R-095", "R-099")
def test_the_childs_tab_is_one_timeline_and_prints(school: Village, signed_in):
    log(school, result="not_reached", happened_on=MON)
    log(school, kind="visit", result="refused", happened_on=TUE, guardian_view="家里忙")

    page = text(signed_in("chen").get(f"/children/{school.lan.pk}/contacts/"))
    assert page.index("第 2 次") < page.index("第 1 次")
    assert "还没有指定" in page
    paper = text(signed_in("chen").get(f"/children/{school.lan.pk}/contacts/print/"))
    assert "家校联系过程记录" in paper
    assert "家里忙" in paper
    assert signed_in("tan").get(f"/children/{school.lan.pk}/contacts/").status_code == 404


@pytest.mark.req("R-088")
@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("dropout_visit_sheet", "学生辍学家访记录单"),
        ("visit_register", "家访登记表"),
        ("free_form", "家访记录"),
    ],
)
def test_a_visit_prints_as_the_plans_form_with_lines_to_sign(
    village: Village, signed_in, form: str, title: str
):
    v = under(village, S1_24, own=[("visit_form", form, "", None)])
    logged = log(v, kind="visit", promise="下周一到校")

    page = text(signed_in("chen").get(f"/contacts/{logged.contact_id}/print/"))

    assert f"<h1>{title}</h1>" in page
    for wanted in ("吴小兰", "监护人签字", "家访人签字", "下周一到校", "三年级1班"):
        assert wanted in page


def test_the_list_filters_and_costs_the_same_however_long(school: Village, signed_in):
    chen = signed_in("chen")
    log(school, result="not_reached", happened_on=THU)
    log(school, "gang", kind="visit", together=[("qin", "principal")])
    page = text(chen.get("/contacts/?kind=visit"))
    assert "杨大刚" in page
    assert "吴小兰" not in page
    assert "没有符合条件" in text(chen.get("/contacts/?outcome=unclosed"))
    assert chen.get("/contacts/?kind=what&from_on=x&unit=y").status_code == 200

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            chen.get("/contacts/")
        return len(queries)

    few = cost()
    for _ in range(12):
        log(school, kind="visit", together=[("qin", "principal")])
    assert cost() == few


def test_the_export_says_what_for_and_holds_no_words(school: Village, signed_in):
    log(school, guardian_view="家里忙", main_cause="illness", causes=("illness",))
    chen = signed_in("chen")
    assert chen.post("/contacts/export/", {"purpose": ""}).status_code == 422

    answer = chen.post("/contacts/export/", {"purpose": "月度检查"})

    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value]
    assert "吴小兰" in cells
    assert any("月度检查" in cell for cell in cells)
    assert "家里忙" not in "".join(cells)
    assert Reading.objects.filter(kind="contacts.listed", purpose="月度检查").count() == 1


# -- beside ------------------------------------------------------------------------------------


@pytest.mark.req("R-071", "T11")
def test_a_report_is_prefilled_made_and_received(village: Village, signed_in):
    v = under(village, S1_24)
    for day in (MON, TUE, WED):
        call(v, day, "lan")
    log(v, result="not_reached", happened_on=TUE, today=TUE)
    chen, url = signed_in("chen"), f"/contacts/report/?child={v.lan.pk}"
    page = text(chen.get(url))
    assert "2026年11月16日" in page
    assert "记为迟报" in page

    given = {"id": uuid7(), "child": v.lan.pk, "reason": "照看弟弟", "mobilisation": "打过电话"}
    assert chen.post(url, given | {"reason": ""}).status_code == 422
    answer = chen.post(url, given)
    report = ClassReport.objects.get()
    assert (answer["Location"], report.is_late) == (f"/contacts/reports/{report.pk}/", True)
    assert "流失学生书面报告" in text(chen.get(f"/contacts/reports/{report.pk}/?print=1"))

    qin = signed_in("qin")
    assert "等待签收" in text(qin.get("/contacts/reports/?waiting=1"))
    assert chen.post(f"/contacts/reports/{report.pk}/received/").status_code == 409
    assert qin.post(f"/contacts/reports/{report.pk}/received/").status_code == 302
    assert "覃志学" in text(qin.get("/contacts/reports/"))
    assert signed_in("tan").get(f"/contacts/reports/{report.pk}/").status_code == 404


@pytest.mark.req("R-095")
def test_numbers_are_ticked_one_by_one(school: Village, signed_in):
    chen = signed_in("chen")
    assert "杨大刚" in text(chen.get("/contacts/numbers/"))

    answer = chen.post("/contacts/numbers/", {"one": f"{school.lan.pk} works"}, follow=True)
    assert "已记录 1 名" in text(answer)
    wrong = {"one": f"{school.lan.pk} wrong", f"new-{school.lan.pk}": "123"}
    refused = chen.post("/contacts/numbers/", wrong)
    assert refused.status_code == 409
    assert 'value="123"' in text(refused)
    assert chen.post("/contacts/numbers/", {"one": "x"}).status_code == 409
    assert NumberCheck.objects.count() == 1
    other = school.units["other-1"].pk
    assert chen.get(f"/contacts/numbers/?class={other}").status_code == 404


@pytest.mark.req("R-100")
def test_the_principal_names_visitors_on_one_page(school: Village, signed_in):
    call(school, FRI, "lan")
    qin = signed_in("qin")
    assert "1 名需要跟进的儿童还没有人包保" in text(qin.get("/contacts/visitors/"))

    given = {"child": [school.lan.pk], "visitor": school.people["chen"].pk, "why": "包保"}
    assert qin.post("/contacts/visitors/", given | {"visitor": ""}).status_code == 409
    assert qin.post("/contacts/visitors/", given).status_code == 302
    assert Assignment.objects.get().visitor_id == school.people["chen"].pk
    assert "我包保的儿童" in text(signed_in("chen").get("/contacts/"))
    assert signed_in("wei").post("/contacts/visitors/", given).status_code == 409


@pytest.mark.req("R-089", "R-091", "R-094")
def test_a_class_teacher_sees_his_term_and_files_its_report(village: Village, signed_in):
    v = under(
        village,
        S1_24,
        own=[
            ("visits_all_students_per_term", 1, "visits_per_pupil", ">="),
            ("visits_per_homeroom_teacher_per_term_min", 20, "person_visits", ">="),
        ],
    )
    log(v, kind="visit")
    chen = signed_in("chen")
    page = text(chen.get("/contacts/quota/", follow=True))
    assert "还差 19 次" in page
    assert "普访 1 次" in page

    url = f"/contacts/quota/{v.units['primary-1'].pk}/"
    refused = chen.post(url, {"file": "1"})
    assert refused.status_code == 409
    assert "请先写好并保存" in text(refused)
    words_ = "本学期走访以务农家庭为主，两户需要继续跟进，下学期先去。"
    assert chen.post(url, {"analysis": "短", "summary": words_}).status_code == 422
    assert chen.post(url, {"analysis": words_, "summary": words_}).status_code == 302
    assert chen.post(url, {"file": "1"}).status_code == 302
    assert TermSummary.objects.get(superseded_at=None).filed_at is not None

    qin = text(signed_in("qin").get("/contacts/quota/"))
    assert qin.index("三年级1班") < qin.index("三年级2班")
    assert signed_in("tan").get(url).status_code == 404


@pytest.mark.req("R-080")
def test_a_counsellors_page_is_his_own(school: Village, signed_in):
    url = f"/children/{school.lan.pk}/counselling/"
    chen = signed_in("chen")
    given = {"id": uuid7(), "on": FRI.isoformat(), "topic": "family", "notes": "想妈妈"}
    assert chen.post(url, given).status_code == 302
    assert "想妈妈" in text(chen.get(url))
    assert "想妈妈" not in text(signed_in("qin").get(url))
    assert signed_in("xiang").get(url).status_code == 409
    assert signed_in("tan").get(url).status_code == 404
    assert "想妈妈" not in text(chen.get(f"/children/{school.lan.pk}/contacts/"))
    assert Counselling.objects.count() == 1
    file = f"/children/{school.lan.pk}/"
    assert url in text(chen.get(file))  # whoever may write one is led there
    assert url not in text(signed_in("xiang").get(file))


def test_every_kind_and_result_has_words():
    assert set(words.KINDS) == set(words.KIND_ICONS) == set(Kind)
    assert set(words.RESULTS) == set(words.RESULT_TONES) == set(Result)


def test_every_page_reads_in_english(school: Village, signed_in):
    logged = log(school, kind="visit")
    chen = signed_in("chen")
    chen.cookies["django_language"] = "en"
    for url in (
        "/contacts/",
        new_url(school),
        f"/contacts/{logged.contact_id}/",
        f"/contacts/{logged.contact_id}/print/",
        f"/children/{school.lan.pk}/contacts/",
        "/contacts/numbers/",
        "/contacts/visitors/",
        "/contacts/reports/",
        f"/contacts/report/?child={school.lan.pk}",
    ):
        assert chen.get(url).status_code == 200, url
