"""The list of children and its export."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest

from notoneless.children.models import Child, ChildPlace, Guardian
from notoneless.children.models.places import Relation
from notoneless.children.queries import listing
from notoneless.children.services.merging import Half, merge_children
from notoneless.journal.models import Reading, RefusedAttempt
from notoneless.vault.sealing import blind_index
from notoneless.web import exports
from tests.children.test_identity import LAN
from tests.world import TODAY

pytestmark = pytest.mark.req("R-022")
PHONE = "15400009001"


def names(answer):
    assert answer.status_code == 200
    return [row.name for row in answer.context["rows"].object_list]


def with_number(village, key="lan", number=LAN):
    Child.objects.filter(pk=village.children[key].pk).update(
        national_id=number,
        national_id_index=blind_index(number, kind="national_id"),
        student_number=f"G{number}",
        student_number_index=blind_index(f"G{number}", kind="student_number"),
    )


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("chen", ["吴小兰", "杨大刚"]),
        ("tan", ["罗小河"]),
        ("qin", ["吴小兰", "䶮雨晴", "杨大刚"]),
        ("long", []),
    ],
)
def test_everyone_is_shown_the_children_in_reach_and_how_many(village, signed_in, who, found):
    answer = signed_in(who).get("/children/")

    assert sorted(names(answer)) == sorted(found)
    if found:
        assert f"共 {len(found)} 人" in answer.content.decode()


def test_a_role_without_children_is_refused_and_the_attempt_is_kept(village, signed_in):
    answer = signed_in("shi").get("/children/")

    assert answer.status_code == 409
    assert "ACCESS-01" in answer.content.decode()
    assert RefusedAttempt.objects.get().kind == "children"


def test_signed_out_is_sent_to_the_sign_in_page(client, village):
    assert client.get("/children/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("小", {"吴小兰", "罗小河"}),
        ("䶮", {"䶮雨晴"}),
        ("䶮 雨晴", {"䶮雨晴"}),
        ("wuxiaolan", {"吴小兰"}),
        ("wu xiao", {"吴小兰"}),
        ("WXL", {"吴小兰"}),
        ("xiaolan", {"吴小兰"}),
        ("lxh", {"罗小河"}),
        ("%", set()),
        ("_", set()),
        ("' or 1=1 --", set()),
        ("不存在", set()),
    ],
)
def test_a_name_is_found_by_any_part_by_pinyin_and_by_initials(village, signed_in, typed, found):
    assert set(names(signed_in("lu").get("/children/", {"q": typed}))) == found


def test_a_number_is_found_whole_or_not_at_all(village, signed_in):
    with_number(village)
    clerk = signed_in("lu")

    for typed in (LAN, LAN.lower(), f" {LAN[:6]} {LAN[6:]}", f"G{LAN}"):
        assert names(clerk.get("/children/", {"q": typed})) == ["吴小兰"]
    assert names(clerk.get("/children/", {"q": LAN[:17]})) == []
    assert names(signed_in("tan").get("/children/", {"q": LAN})) == []


def test_a_guardians_phone_finds_the_child_for_who_may_see_contacts(village, signed_in):
    Guardian.objects.create(
        county_id=village.county_id,
        child=village.lan,
        position=1,
        name="吴建国",
        phone=PHONE,
        phone_index=blind_index(PHONE, kind="phone"),
    )
    village.people["long"].posts.update(role="group_head")
    ChildPlace.objects.filter(child=village.lan).update(
        relation=Relation.RESIDENCE, path=village.units["village"].places.get().path
    )

    assert names(signed_in("lu").get("/children/", {"q": "15400009002"})) == []
    assert names(signed_in("long").get("/children/", {"q": "吴小兰"})) == ["吴小兰"]
    assert names(signed_in("long").get("/children/", {"q": PHONE})) == []
    village.people["long"].posts.update(role="village_officer")
    assert names(signed_in("long").get("/children/", {"q": "154 0000 9001"})) == ["吴小兰"]


def test_filters_narrow_and_wrong_ones_do_not(village, signed_in):
    Child.objects.filter(pk=village.lan.pk).update(is_boarding=True, left_behind="2")
    clerk, ids = signed_in("lu"), {k: str(u.pk) for k, u in village.units.items()}

    def found(**asked):
        return set(names(clerk.get("/children/", asked)))

    assert found(school=ids["junior"]) == {"彭家乐"}
    assert found(grade="3") == {"吴小兰", "杨大刚", "䶮雨晴", "罗小河"}
    assert found(grade="8") == {"彭家乐"}
    assert found(school=ids["primary"], school_class=ids["primary-2"]) == {"䶮雨晴"}
    assert found(sex="2", grade="3") == {"吴小兰", "䶮雨晴"}
    assert found(boarding="1") == {"吴小兰"}
    assert found(left_behind="any") == {"吴小兰"}
    assert "吴小兰" not in found(left_behind="unsaid")
    assert len(found(grade="x", school="nobody", sex="7")) == 5


def test_another_schools_class_in_the_address_narrows_nothing_for_its_neighbour(village, signed_in):
    answer = signed_in("tan").get(
        "/children/", {"school_class": village.units["primary-1"].pk, "school": "x"}
    )

    assert names(answer) == ["罗小河"]


def test_children_without_a_class_are_found(village, signed_in):
    school = village.units["primary"]
    ChildPlace.objects.filter(child=village.lan, relation=Relation.SCHOOL).update(unit=school)

    assert names(signed_in("qin").get("/children/", {"without_class": "on"})) == ["吴小兰"]


def test_the_list_sorts_by_name_and_by_birth_date(village, signed_in):
    head = signed_in("qin")

    assert names(head.get("/children/?sort=born")) == ["䶮雨晴", "杨大刚", "吴小兰"]
    assert names(head.get("/children/?sort=-born")) == ["吴小兰", "杨大刚", "䶮雨晴"]
    assert len(names(head.get("/children/?sort=password"))) == 3


def test_a_long_list_comes_in_pages_and_a_page_beyond_is_the_last(village, signed_in):
    for n in range(60):
        village.enrol(f"c{n}", f"张第{n}", "primary-2", born_on=date(2018, 1, 1))
    head = signed_in("qin")

    first, second = head.get("/children/"), head.get("/children/?page=2")
    assert (len(names(first)), len(names(second))) == (50, 13)
    assert not set(names(first)) & set(names(second))
    assert names(head.get("/children/?page=99")) == names(second)
    assert names(head.get("/children/?page=-1")) == names(first)


@pytest.fixture
def most(monkeypatch):
    """``most(n)``: lists and the first page count up to ``n``."""
    return lambda n: monkeypatch.setattr(listing, "MOST_COUNTED", n)


def test_what_is_counted_to_the_last_child_is_said_exactly(village, signed_in, most):
    most(3)
    head = signed_in("qin")
    page = head.get("/children/").content.decode()
    assert "共 3 人" in page
    assert "只列出" not in page


def test_beyond_the_most_a_list_says_so_and_asks_to_narrow(village, signed_in, most):
    most(2)
    head = signed_in("qin")
    answer = head.get("/children/")
    page = answer.content.decode()
    assert len(names(answer)) == 2
    assert "超过 2 人" in page
    assert "只列出前 2 人" in page


def test_an_exact_number_is_counted_for_who_asks_and_for_an_export(village, signed_in, most):
    most(2)
    head = signed_in("qin")
    assert 'href="?count=1"' in head.get("/children/").content.decode()
    page = head.get("/children/?count=1").content.decode()
    assert "共 3 人" in page
    assert "数出准确人数" not in page
    assert "3 人" in head.get("/children/export/").content.decode()


def test_no_page_lies_beyond_the_most(village, signed_in, monkeypatch, most):
    most(50)
    for n in range(60):
        village.enrol(f"c{n}", f"张第{n}", "primary-2")
    head = signed_in("qin")
    first = head.get("/children/")
    assert len(names(first)) == 50
    assert names(head.get("/children/?page=2")) == names(first)
    assert "page=2" not in first.content.decode()


def test_the_last_page_of_a_county_costs_few_statements(
    village, signed_in, most, django_assert_max_num_queries
):
    most(50)
    for n in range(60):
        village.enrol(f"c{n}", f"张第{n}", "primary-2")
    clerk = signed_in("lu")
    with django_assert_max_num_queries(19):
        clerk.get("/children/?page=1500")


def test_the_other_fields_unfold_where_one_of_them_narrows_the_list(village, signed_in):
    head = signed_in("qin")

    def folded(**asked):
        page = head.get("/children/", asked).content.decode()
        before, _, after = page.partition('<details class="fold filters-more"')
        assert 'name="q"' in before
        return not after.startswith(" open")

    assert folded()
    assert folded(q="吴")
    assert not folded(sex="2")


def test_the_list_costs_the_same_statements_for_three_and_for_fifty(
    village, signed_in, django_assert_max_num_queries
):
    head = signed_in("qin")
    with django_assert_max_num_queries(21):
        head.get("/children/?q=wu")
    for n in range(60):
        village.enrol(f"c{n}", f"吴第{n}", "primary-2")

    with django_assert_max_num_queries(21):
        head.get("/children/?q=wu")


def test_no_number_is_in_the_list_and_none_is_unsealed_for_it(village, signed_in, monkeypatch):
    with_number(village)

    def never(*args, **kwargs):
        raise AssertionError("a sealed column was opened for a list")

    monkeypatch.setattr("notoneless.vault.fields.unseal", never)

    assert LAN[:6] not in signed_in("qin").get("/children/").content.decode()


def test_each_view_of_a_list_is_one_reading_without_what_was_typed(village, signed_in):
    signed_in("qin").get("/children/", {"q": "吴小兰", "sex": "2"})

    row = Reading.objects.get()
    assert (row.kind, row.row_count) == ("children.listed", 1)
    assert "吴小兰" not in row.filter
    assert "sex=2" in row.filter


def test_a_script_in_a_name_is_shown_as_text(village, signed_in):
    Child.objects.filter(pk=village.lan.pk).update(name="<script>alert(1)</script>")

    html = signed_in("qin").get("/children/").content.decode()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_an_empty_search_says_what_to_do_next(village, signed_in):
    html = signed_in("wei").get("/children/", {"q": "某某某"}).content.decode()

    assert "没有找到符合条件的儿童" in html
    assert "/children/add/" in html


def test_the_county_counts_a_merged_pair_once(village, signed_in):
    merge_children(
        Half(village.lan.pk, 1),
        Half(village.children["far"].pk, 1),
        reason="同一人",
        actor=village.actor("lu"),
        today=TODAY,
        stamp=village.stamp("lu"),
    )

    answer = signed_in("lu").get("/children/", {"q": "罗小河"})

    assert names(answer) == ["吴小兰"]


def test_a_department_sees_the_name_of_a_referred_child_and_nothing_more(village, signed_in):
    Child.objects.filter(pk=village.lan.pk).update(left_behind="2", is_boarding=True)
    ChildPlace.objects.filter(child=village.lan).update(relation=Relation.REFERRAL)

    answer = signed_in("chen").get("/children/")

    row = next(r for r in answer.context["rows"].object_list if r.name == "吴小兰")
    assert (row.sex, row.born_on, row.registration, row.left_behind) == ("", None, None, "")
    html = answer.content.decode()
    assert "2018-03-12" not in html
    assert "双亲留守" not in html.split("<table")[1]


def test_family_facts_are_neither_shown_to_nor_filtered_by_who_may_not_see_them(village, signed_in):
    Child.objects.filter(pk=village.lan.pk).update(left_behind="2")
    village.people["chen"].posts.update(role="group_head", unit=village.units["village"])
    ChildPlace.objects.filter(child=village.lan).update(
        relation=Relation.RESIDENCE,
        path=village.units["village"].places.get().path,
    )

    answer = signed_in("chen").get("/children/", {"left_behind": "0"})

    assert names(answer) == ["吴小兰"]
    assert "留守" not in answer.content.decode().split("<table")[0]
    assert "双亲留守" not in answer.content.decode()


def test_a_child_that_is_only_helped_is_not_exported(village, signed_in):
    ChildPlace.objects.filter(child=village.lan).update(relation=Relation.HELPER)

    rows = [row[0].value for row in sheet_of(exported(signed_in("qin"))).iter_rows(min_row=4)]

    assert set(rows) == {"䶮雨晴", "杨大刚"}


def exported(client, purpose="核对名单", query="", **more):
    return client.post(f"/children/export/{query}", {"purpose": purpose, **more})


def sheet_of(answer):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return book.active


def test_an_export_is_marked_masked_and_noted(village, signed_in):
    with_number(village)

    page = sheet_of(exported(signed_in("qin")))

    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert "覃志学" in rows[0][0]
    assert "核对名单" in rows[0][0]
    assert rows[1][0] == "内部资料 注意保密"
    assert "内部资料" in page.oddFooter.left.text
    lan = next(row for row in rows if row[0] == "吴小兰")
    assert lan[3:5] == ["539901************", "G539901************"]
    assert lan[6] == "三年级1班"
    reading = Reading.objects.get(kind="children.exported")
    assert (reading.row_count, reading.purpose) == (3, "核对名单")


def test_whole_numbers_come_only_when_asked_for_by_who_may(village, signed_in):
    with_number(village)

    page = sheet_of(exported(signed_in("qin"), with_numbers="on"))

    assert LAN in [cell.value for row in page.iter_rows() for cell in row]
    assert "numbers_revealed" in Reading.objects.get(kind="children.exported").fields


def test_an_export_follows_the_filter_of_the_list(village, signed_in):
    page = sheet_of(exported(signed_in("qin"), query="?sex=1"))

    assert [row[0].value for row in page.iter_rows(min_row=4)] == ["杨大刚"]


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_formula_in_a_name_stays_text(village, signed_in, name):
    Child.objects.filter(pk=village.lan.pk).update(name=name)

    page = sheet_of(exported(signed_in("qin")))

    cell = next(c for row in page.iter_rows() for c in row if c.value == name)
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_an_export_without_a_purpose_is_not_made(village, signed_in):
    answer = exported(signed_in("qin"), purpose=" ")

    assert answer.status_code == 422
    assert not Reading.objects.filter(kind="children.exported").exists()


@pytest.mark.parametrize("who", ["long", "shi"])
def test_who_may_not_export_is_refused(village, signed_in, who):
    assert exported(signed_in(who)).status_code == 409
    assert signed_in(who).get("/children/export/").status_code == 409
    assert not Reading.objects.exists()


def test_a_very_long_export_is_a_zipped_csv_with_guarded_cells(village, signed_in, monkeypatch):
    monkeypatch.setattr(exports, "MOST_SHEET_ROWS", 2)
    Child.objects.filter(pk=village.lan.pk).update(name="=1+1")

    answer = exported(signed_in("qin"))

    assert answer["Content-Disposition"].endswith(".zip") or ".zip" in answer["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert "'=1+1" in [row[0] for row in rows]
    assert rows[1] == ["内部资料 注意保密"]
