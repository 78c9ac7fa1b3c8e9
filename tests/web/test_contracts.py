"""The pages of contracts: who finds what, signing, drawing up, handing over, filing, printing."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from notoneless.contracts.models import Contract, Filing, Signature
from notoneless.journal.models import Reading
from tests.contracts.desk import (
    FAMILIES,
    S1_7,
    S1_33,
    draw,
    ink,
    new_teacher,
    of_child,
    of_class,
    sign,
    signed_by_both,
    stage,
    with_contracts,
)
from tests.families.desk import invited
from tests.world import NOW, TODAY, Village

pytestmark = pytest.mark.django_db
START = "/contracts/"


@pytest.fixture
def v(village: Village) -> Village:
    return with_contracts(village, S1_7)


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def address(row: Contract, more: str = "") -> str:
    return f"/contracts/{row.pk}/{more}"


def send(client: Client, path: str, **form: object) -> str:
    answer = client.post(path, form, follow=True)
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[:2000])
    return answer.content.decode()


NAMED = {"agreed": "on", "signature": ""}


@pytest.mark.req("R-175")
def test_the_principal_sees_what_is_wanted_and_draws_it_up_in_one_click(v: Village, signed_in):
    client = signed_in("qin")
    told = page(client, START)
    assert "学校—班主任" in told
    assert 'href="/contracts/missing/school_class_teacher/?year=2026">2<' in told

    way = f"/contracts/draw/?unit={v.units['primary'].pk}&kind=school_class_teacher"
    outlook = page(client, way)
    assert "起草 2 份" in outlook
    assert "班级全员巩固奖" in outlook
    form = {"span": "school_year", "effective": "on_signature", "goes_on": "on"}
    assert "已起草 2 份" in send(client, way, **form)
    assert "以前起草过的 2 份没有动" in send(client, way, **form)
    assert "等乙方签" not in page(client, START)


@pytest.mark.req("R-176")
def test_the_form_asks_only_what_the_policy_does_not_say(v: Village, signed_in):
    way = f"/contracts/draw/?unit={v.units['primary'].pk}&kind=school_class_teacher"
    told = page(signed_in("qin"), way)

    assert 'name="copies"' not in told
    assert "一式 2 份" in told
    assert 'name="span"' in told


def test_drawing_up_something_strange_is_not_there(v: Village, signed_in):
    client = signed_in("qin")
    for query in ("", "unit=x&kind=joint", f"unit={v.units['primary'].pk}&kind=x"):
        page(client, f"/contracts/draw/?{query}", 404)
    page(client, f"/contracts/draw/?unit={v.units['other'].pk}&kind=joint", 404)


@pytest.mark.req("R-174")
def test_a_teacher_signs_what_waits_for_her_by_typing_her_name(v: Village, signed_in):
    draw(v)
    client = signed_in("chen")
    row = of_class(v)
    assert "等我签字" in page(client, START)

    wrong = client.post("/contracts/sign/", {"contract": row.pk, "typed": "别人", **NAMED})
    assert wrong.status_code == 409
    assert "CONTRACT-02" in wrong.content.decode()
    assert "已签 1 份" in send(client, "/contracts/sign/", contract=row.pk, typed="陈小满", **NAMED)
    assert stage(row.pk) == "signed_b"
    assert "等我签字" not in page(client, START)
    assert "还没有选" in send(client, "/contracts/sign/", **NAMED)


@pytest.mark.req("R-174")
def test_one_contract_is_signed_on_its_page_with_the_finger(v: Village, signed_in):
    draw(v)
    row = of_class(v)
    client = signed_in("qin")
    assert "请您签字" in page(client, address(row))

    told = send(client, address(row, "sign/"), agreed="on", signature=ink(), typed="")

    assert "已签字。" in told
    picture = Signature.objects.get().ink_id
    answer = client.get(f"/contracts/ink/{picture}/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert signed_in("tan").get(f"/contracts/ink/{picture}/").status_code == 404


def test_without_the_tick_the_page_says_so(v: Village, signed_in):
    draw(v)
    client = signed_in("qin")
    answer = client.post(address(of_class(v), "sign/"), {"typed": "覃志学", "signature": ""})
    assert answer.status_code == 409
    assert "CONTRACT-03" in answer.content.decode()


@pytest.mark.parametrize("who", ["zhou", "tan", "ma", "bao", "wei", "long"])
def test_for_others_no_page_of_it_is_there(v: Village, signed_in, who: str):
    draw(v)
    row = of_class(v)
    client = signed_in(who)
    for more in ("", "guardian/", "pdf/"):
        page(client, address(row, more), 404)
    for more in ("sign/", "paper/", "amend/", "file/", "settle/", "withdraw/"):
        form = {"agreed": "on", "signature": "", "typed": "x", "text": "x", "words": "x"}
        form |= {"number": "1", "copies": "1", "place": "x", "signed_on": TODAY.isoformat()}
        answer = client.post(address(row, more), {**form, "paper": picture()})
        assert answer.status_code == 404, more


def test_a_stranger_is_sent_to_sign_in(v: Village):
    assert Client().get(START).status_code == 302


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (300, 400), "white").save(out, "PNG")
    out.seek(0)
    out.name = "paper.png"
    return out


@pytest.mark.req("R-174", "R-182")
def test_a_signed_paper_is_taken_in_filed_settled_and_found(v: Village, signed_in):
    draw(v)
    row = of_class(v)
    client = signed_in("qin")
    day = TODAY.isoformat()
    assert "纸质文本已收下" in send(client, address(row, "paper/"), paper=picture(), signed_on=day)
    filing = {"number": "2026-责-1", "copies": 2, "place": "档案室"}
    assert "已记下档号" in send(client, address(row, "file/"), **filing)
    assert "已结清" in send(client, address(row, "settle/"), words="达标")

    assert stage(row.pk) == "archived"
    assert Filing.objects.get().place == "档案室"
    assert str(row.pk) in page(client, "/contracts/list/?q=2026-责-1&year=2026")
    assert str(row.pk) not in page(client, "/contracts/list/?q=2026-责-2&year=2026")


def test_a_paper_that_is_no_picture_and_a_form_without_place_keep_the_page(v: Village, signed_in):
    draw(v)
    row = of_class(v)
    client = signed_in("qin")
    note = BytesIO(b"not a picture")
    note.name = "x.txt"
    form = {"paper": note, "signed_on": TODAY.isoformat()}
    assert client.post(address(row, "paper/"), form).status_code == 409
    assert client.post(address(row, "file/"), {"number": ""}).status_code == 422
    assert client.post(address(row, "settle/"), {"words": "x"}).status_code == 409


@pytest.mark.req("R-177")
def test_a_change_of_person_is_shown_and_handed_over(v: Village, signed_in):
    draw(v)
    row = signed_by_both(v)
    new_teacher(v)
    client = signed_in("qin")
    assert "有 1 处签订人已换" in page(client, START)
    assert "宋一鸣" in page(client, "/contracts/succession/")

    empty = client.post("/contracts/succession/", {"contract": row.pk, "reason": ""})
    assert empty.status_code == 409
    told = send(client, "/contracts/succession/", contract=row.pk, reason="调动")

    assert "已接续 1 处" in told
    assert "陈小满 → 宋一鸣" in page(client, address(row))
    assert "由前任 陈小满 签" in page(client, address(row))


@pytest.mark.req("R-303")
def test_an_added_clause_is_signed_on_the_page(v: Village, signed_in):
    draw(v)
    row = signed_by_both(v)
    client = signed_in("qin")
    assert "补充约定已写上" in send(client, address(row, "amend/"), words="每周家访一次。")
    added = row.amendments.get().pk
    for who, name in (("qin", "覃志学"), ("chen", "陈小满")):
        path = address(row, "sign/")
        told = send(signed_in(who), path, amendment=added, typed=name, **NAMED)
    assert "起生效" in told
    assert client.post(path, {"amendment": "x", "typed": "覃志学", **NAMED}).status_code == 404
    gone = {"amendment": uuid4(), "typed": "覃志学", **NAMED}
    assert client.post(path, gone).status_code == 404


@pytest.mark.req("R-178")
def test_a_clause_that_is_refused_keeps_what_was_typed(v: Village, signed_in):
    draw(v)
    row = signed_by_both(v)
    form = {"key": "dropout_ceiling_school_pct", "figure": "3", "words": "寒假前再家访一遍。"}

    answer = signed_in("qin").post(address(row, "amend/"), form)

    assert answer.status_code == 409
    told = answer.content.decode()
    assert "政策现在的要求是“不超过1%”" in told
    assert "寒假前再家访一遍。" in told
    assert 'value="3"' in told


def test_a_draft_is_withdrawn(v: Village, signed_in):
    draw(v)
    row = of_class(v)
    assert "已撤回" in send(signed_in("qin"), address(row, "withdraw/"), words="写错")
    assert stage(row.pk) == "withdrawn"


# -- families ------------------------------------------------------------------------------------


@pytest.mark.req("R-180")
def test_pupils_without_a_contract_are_listed_until_one_is_drawn_up(village: Village, signed_in):
    v = with_contracts(village, S1_33)
    client = signed_in("chen")
    assert 'missing/guardian/?year=2026">2<' in page(client, START)
    told = page(client, "/contracts/missing/guardian/")
    assert "吴小兰" in told
    assert "杨大刚" in told
    assert "䶮雨晴" not in told

    draw(v, FAMILIES, "primary-1", by="chen")
    assert "都起草好了" in page(client, "/contracts/missing/guardian/")
    principal = page(signed_in("qin"), "/contracts/missing/guardian/")
    assert "䶮雨晴" in principal


@pytest.mark.req("R-174", "R-180")
def test_the_teacher_holds_the_phone_out_and_is_witness(v: Village, signed_in):
    draw(v, FAMILIES)
    row = of_child(v)
    client = signed_in("chen")
    assert "请家长在这台手机上签" in page(client, address(row))
    held = page(client, address(row, "guardian/"))
    assert "不重男轻女" in held
    assert "见证人：陈小满" in held

    wrong = client.post(address(row, "guardian/"), {"typed": "陈小满", **NAMED})
    assert wrong.status_code == 409
    told = send(client, address(row, "guardian/"), typed="吴建国", **NAMED)

    assert "您是见证人" in told
    assert client.get(address(row, "guardian/")).status_code == 302


@pytest.mark.req("R-300")
def test_opening_a_familys_contract_is_one_of_the_childs_readings(v: Village, signed_in):
    draw(v, FAMILIES)
    page(signed_in("chen"), address(of_child(v)))

    reading = Reading.objects.get(kind="contract.opened")
    assert reading.child_id == v.lan.pk


@pytest.mark.req("R-174", "R-180")
def test_a_guardian_without_account_signs_with_link_and_code(v: Village, signed_in):
    draw(v, FAMILIES)
    row = of_child(v)
    signed_in("chen")
    made = invited(v)
    his = Client()
    his.post(f"/f/{made.link}/", {"code": made.code})
    assert "签 吴小兰 的责任书" in page(his, "/family/")
    way = f"/family/contracts/{row.pk}/"
    assert "以身作则" in page(his, way)

    wrong = his.post(way, {"typed": "吴建军", **NAMED})
    assert wrong.status_code == 409
    assert "您已经签过了" in send(his, way, typed="吴建国", **NAMED)

    signature = Signature.objects.get(contract=row)
    assert (signature.entered_by, signature.signed_at) == (None, NOW)
    assert "您签过了" in page(his, "/family/")
    assert his.get(f"/family/contracts/{of_child(v, 'gang').pk}/").status_code == 404
    assert his.get(address(row)).status_code == 302


def test_without_a_visit_the_guardians_page_is_closed(v: Village):
    draw(v, FAMILIES)
    assert Client().get(f"/family/contracts/{of_child(v).pk}/").status_code == 403


# -- paper and file ------------------------------------------------------------------------------


@pytest.mark.req("R-174", "R-299")
def test_the_pdf_has_the_copies_that_the_contract_names(v: Village, signed_in):
    draw(v)
    client = signed_in("qin")
    answer = client.get(address(of_class(v), "pdf/"))

    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    assert sum("学校与班主任控辍保学目标责任书" in each.extract_text() for each in pages) == 2


@pytest.mark.req("R-174")
def test_a_whole_list_is_printed_in_one_file(v: Village, signed_in):
    draw(v)
    draw(v, FAMILIES)
    client = signed_in("qin")

    answer = client.get("/contracts/list/print/?kind=guardian&year=2026")

    pages = PdfReader(BytesIO(answer.content)).pages
    titles = sum("家长控辍保学责任书" in each.extract_text() for each in pages)
    assert titles == 4
    assert Reading.objects.filter(kind="children.listed").exists()


def test_the_list_is_exported_with_a_purpose(v: Village, signed_in):
    draw(v)
    client = signed_in("qin")
    assert client.post("/contracts/list/export/?year=2026", {}).status_code == 422
    answer = client.post("/contracts/list/export/?year=2026", {"purpose": "上报中心校"})
    assert answer.status_code == 200
    assert "spreadsheet" in answer["Content-Type"]
    answer.close()


# -- budgets -------------------------------------------------------------------------------------


@pytest.mark.req("R-175")
def test_the_pages_cost_the_same_for_two_classes_and_for_ten(
    v: Village, signed_in, django_assert_max_num_queries
):
    draw(v)
    draw(v, FAMILIES)
    sign(v, "qin", of_class(v))
    for path, most in (
        (START, 40),
        ("/contracts/list/?year=2026", 22),
        ("/contracts/missing/school_class_teacher/", 22),
        ("/contracts/succession/", 18),
        (address(of_class(v)), 34),
        (address(of_child(v)), 36),
    ):
        client = signed_in("qin")
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)


def test_whoever_holds_no_line_and_keeps_none_is_told_so(v: Village, signed_in):
    assert "没有等您签的责任书" in page(signed_in("wei"), START)
    assert "ACCESS-01" in page(signed_in("wei"), "/contracts/succession/", 409)
