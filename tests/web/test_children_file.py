"""One child's file, revealing numbers, correcting, adding, merging."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from notoneless.children.models import Child, ChildPlace, ChildRecord, Guardian, Merge
from notoneless.children.models.places import Relation
from notoneless.children.services.identity import Correction, Particulars, correct_particulars
from notoneless.children.services.spells import place_children
from notoneless.journal.models import Entry, Reading
from notoneless.vault.sealing import blind_index
from tests.children.test_identity import LAN, number
from tests.web.test_children_list import names, with_number
from tests.world import TERM_START, TODAY

pytestmark = pytest.mark.req("R-022")
PHONE = "15400009001"


@pytest.fixture
def lan(village):
    """吴小兰 with a number, a guardian and one record from a roster."""
    with_number(village)
    Guardian.objects.create(
        county_id=village.county_id,
        child=village.lan,
        position=1,
        name="吴建国",
        relation="51",
        is_guardian=True,
        phone=PHONE,
        phone_index=blind_index(PHONE, kind="phone"),
    )
    values = {
        "name": "吴小兰",
        "phone": PHONE,
        "home_address": "青禾县石桥乡石桥村三组12号",
        "health": "30",
        "is_orphan": True,
        "needs_aid": False,
    }
    ChildRecord.objects.create(
        county_id=village.county_id,
        child=village.lan,
        source="roster",
        values=values,
        digest="x",
        happened_on=TERM_START,
        noted_at="2026-09-01T00:00Z",
        recorded_at="2026-09-01T00:00Z",
    )
    return village.lan


def page(client, child, then=""):
    return client.get(f"/children/{child.pk}/{then}")


def text(answer):
    return answer.content.decode()


def test_the_file_shows_masks_and_no_whole_number(signed_in, lan):
    html = text(page(signed_in("chen"), lan))

    assert "539901************" in html
    assert "154********" in html
    assert "青禾县石桥乡******" in html
    for secret in (LAN, LAN[6:], LAN[-4:], PHONE, PHONE[-4:], "12号"):
        assert secret not in html


@pytest.mark.parametrize("who", ["tan", "long", "shi", "mo"])
def test_a_child_out_of_reach_is_not_found_on_any_page(village, signed_in, lan, who):
    client = signed_in(who)

    for then in ("", "readings/", "correct/", "merge/", f"merge/{village.children['gang'].pk}/"):
        assert page(client, lan, then).status_code == 404
    for group in ("identity", "contact"):
        answer = client.post(f"/children/{lan.pk}/reveal/{group}/", {"purpose": "contact"})
        assert answer.status_code == 404
    assert not Reading.objects.exists()


def test_an_unknown_child_and_one_out_of_reach_look_the_same(signed_in, lan):
    client = signed_in("tan")

    unknown = client.get(f"/children/{UUID(int=7)}/")
    assert unknown.status_code == page(client, lan).status_code == 404
    assert len(unknown.content) == len(page(client, lan).content)


def test_every_opening_is_noted_with_the_groups_shown(village, signed_in, lan):
    page(signed_in("chen"), lan)

    row = Reading.objects.get()
    assert (row.kind, row.child_id, row.person_id) == (
        "child.opened",
        lan.pk,
        village.people["chen"].pk,
    )
    assert "health" in row.fields


def test_why_i_may_see_it_names_the_tie_and_the_post(signed_in, lan):
    html = text(page(signed_in("qin"), lan))

    assert "我为什么能看到" in html
    assert "在这里就读" in html
    assert "石桥乡中心小学 校长" in html


def test_the_village_sees_where_the_child_lives_and_no_health(village, signed_in, lan):
    assert page(signed_in("long"), lan).status_code == 404

    place_children(
        {lan.pk: village.units["village"].pk},
        relation=Relation.RESIDENCE,
        from_on=TERM_START,
        stamp=village.stamp(),
    )

    html = text(page(signed_in("long"), lan))
    assert "居住在这里" in html
    assert "健康状况" not in html
    assert "谁看过" not in html
    assert "吴建国" in html
    assert page(signed_in("long"), lan, "readings/").status_code == 404
    assert "健康状况" in text(page(signed_in("chen"), lan))


def test_a_department_with_a_referral_sees_the_name_only(village, signed_in, lan):
    ChildPlace.objects.filter(child=lan).update(relation=Relation.REFERRAL)

    html = text(page(signed_in("chen"), lan))

    assert "吴小兰" in html
    for hidden in ("2018-03-12", "539901", "吴建国", "健康状况", "学籍经历", "154*"):
        assert hidden not in html


@pytest.mark.req("R-010", "R-017")
def test_both_lines_stand_side_by_side_and_gaps_are_flagged(village, signed_in, lan):
    answer = page(signed_in("qin"), lan)

    html = text(answer)
    assert "双线责任人" in html
    assert "陈小满" in html
    assert "无人负责" in html
    people = {
        link.level: [name for _, name in link.people] for link in answer.context["chains"].school
    }
    assert people["class_teacher"] == ["陈小满"]
    assert people["principal"] == ["覃志学"]


def test_a_reveal_shows_the_number_once_and_is_noted_with_its_purpose(village, signed_in, lan):
    client = signed_in("chen")

    answer = client.post(f"/children/{lan.pk}/reveal/identity/", {"purpose": "check"})

    assert LAN in text(answer)
    assert PHONE not in text(answer)
    assert "no-store" in answer["Cache-Control"]
    row = Reading.objects.get(kind="child.revealed")
    assert (row.purpose, row.fields) == ("check", ["id_number", "student_number"])
    assert LAN not in text(page(client, lan))


def test_htmx_gets_the_part_alone(signed_in, lan):
    answer = signed_in("chen").post(
        f"/children/{lan.pk}/reveal/contact/",
        {"purpose": "contact"},
        headers={"HX-Request": "true"},
    )

    assert f"tel:{PHONE}" in text(answer)
    assert "<html" not in text(answer)
    assert "石桥村三组12号" in text(answer)


def test_without_a_purpose_nothing_is_revealed(signed_in, lan):
    for said in ({}, {"purpose": ""}, {"purpose": "curious"}):
        answer = signed_in("chen").post(f"/children/{lan.pk}/reveal/identity/", said)
        assert answer.status_code == 409
        assert LAN not in text(answer)
    assert not Reading.objects.filter(kind="child.revealed").exists()


def test_who_sees_a_child_may_not_therefore_reveal_it(village, signed_in, lan):
    village.employ("nong", "农小云", "deputy_homeroom_teacher", "primary-1")
    client = signed_in("nong")

    assert page(client, lan).status_code == 200
    answer = client.post(f"/children/{lan.pk}/reveal/identity/", {"purpose": "check"})
    assert answer.status_code == 404
    assert client.get(f"/children/{lan.pk}/reveal/identity/").status_code == 405
    assert (
        client.post(f"/children/{lan.pk}/reveal/health/", {"purpose": "check"}).status_code == 404
    )


def test_who_looked_is_shown_with_names_in_pages(signed_in, lan):
    teacher, head = signed_in("chen"), signed_in("qin")
    for _ in range(21):
        page(teacher, lan)
    head.post(f"/children/{lan.pk}/reveal/identity/", {"purpose": "check"})

    first = text(page(head, lan, "readings/"))
    assert "共 22 次" in first
    assert "覃志学" in first
    assert "核对学籍" in first
    assert "陈小满" in text(page(head, lan, "readings/?page=2"))


def test_the_history_names_what_changed_and_never_the_values(village, signed_in, lan):
    correct_particulars(
        lan.pk,
        Correction(Particulars("吴晓兰", LAN), 1, "看过户口簿"),
        actor=village.actor("wei"),
        today=TODAY,
        stamp=village.stamp("wei"),
    )

    html = text(page(signed_in("wei"), lan))

    assert "看过户口簿" in html
    assert "韦素芬" in html
    assert "更正：" in html
    assert "吴小兰" not in html


def test_a_file_costs_a_constant_few_statements(signed_in, lan, django_assert_max_num_queries):
    client = signed_in("qin")
    with django_assert_max_num_queries(30):
        page(client, lan)


def correct(client, child, **changes):
    said = {
        "name": "吴晓兰",
        "id_kind": "1",
        "id_number": LAN,
        "born_on": "2018-03-12",
        "sex": "2",
        "reason": "看过户口簿",
        "version": "1",
    }
    return client.post(f"/children/{child.pk}/correct/", said | changes)


def test_a_correction_leads_back_to_the_file(signed_in, lan):
    answer = correct(signed_in("wei"), lan)

    assert answer.status_code == 302
    assert Child.objects.get(pk=lan.pk).name == "吴晓兰"


def test_the_second_of_two_tabs_is_told_and_changes_nothing(signed_in, lan):
    client = signed_in("wei")
    correct(client, lan)

    answer = correct(client, lan, name="吴小岚")

    assert answer.status_code == 409
    assert "STALE-01" in text(answer)
    assert "吴小岚" in text(answer)
    assert Child.objects.get(pk=lan.pk).name == "吴晓兰"


def test_wrong_particulars_are_named_beside_their_fields(signed_in, lan):
    answer = correct(signed_in("wei"), lan, id_number=LAN[:-1])

    assert answer.status_code == 422
    assert "18 位" in text(answer)
    assert "id_number" in answer.context["form"].errors


def test_a_correction_needs_a_reason(signed_in, lan):
    assert correct(signed_in("wei"), lan, reason="").status_code == 422


def test_the_number_of_another_child_leads_to_the_comparison_for_who_may_merge(
    village, signed_in, lan
):
    gang = village.children["gang"]
    said = {"name": "杨大刚", "sex": "", "born_on": ""}

    school = text(correct(signed_in("wei"), gang, **said))
    county = text(correct(signed_in("lu"), gang, **said))

    assert "CHILD-02" in school
    assert f"/children/{gang.pk}/merge/{lan.pk}/" not in school
    assert f"/children/{gang.pk}/merge/{lan.pk}/" in county


@pytest.mark.parametrize("who", ["chen", "xiang"])
def test_who_may_not_correct_is_refused(signed_in, lan, who):
    assert page(signed_in(who), lan, "correct/").status_code == 409
    assert correct(signed_in(who), lan).status_code == 409
    assert Child.objects.get(pk=lan.pk).version == 1


def new(village, at="primary-1", **changes):
    said = {
        "name": "韦一诺",
        "id_kind": "1",
        "id_number": number("20180420", "001"),
        "born_on": "",
        "sex": "",
        "school_class": village.units[at].pk,
        "from_on": "2026-11-20",
        "study_mode": "1",
        "guardian_name": "韦大山",
        "guardian_relation": "51",
        "guardian_phone": "15400007001",
        "token": uuid7(),
    }
    return said | changes


def test_one_child_is_added_once_however_often_the_form_is_sent(village, signed_in):
    client, said = signed_in("wei"), new(village)

    first, again = client.post("/children/add/", said), client.post("/children/add/", said)

    assert first["Location"] == again["Location"] == f"/children/{said['token']}/"
    assert Child.objects.filter(name="韦一诺").count() == 1
    assert Entry.objects.filter(subject_id=said["token"]).count() == 2


def test_a_class_of_another_school_in_the_form_is_refused_and_nothing_written(village, signed_in):
    answer = signed_in("wei").post("/children/add/", new(village, "other-1"))

    assert answer.status_code == 422
    assert not Child.objects.filter(name="韦一诺").exists()


def test_those_who_may_be_the_same_come_first_and_the_form_keeps_what_was_typed(village, signed_in):
    said = new(village, name="吴小兰", id_kind="Z", id_number="", born_on="2018-03-12", sex="2")
    client = signed_in("wei")

    answer = client.post("/children/add/", said)

    assert answer.status_code == 409
    assert f"/children/{village.lan.pk}/" in text(answer)
    assert "韦大山" in text(answer)
    assert client.post("/children/add/", {**said, "is_another": "on"}).status_code == 302


def test_a_namesake_elsewhere_is_said_without_a_name_of_the_school(village, signed_in):
    said = new(village, name="罗小河", id_kind="Z", id_number="", born_on="2018-07-07", sex="1")

    html = text(signed_in("wei").post("/children/add/", said))

    assert "本县另一所学校" in html
    assert "河口镇中心小学" not in html
    assert str(village.children["far"].pk) not in html


def test_a_known_number_elsewhere_sends_to_the_county_clerk(village, signed_in):
    with_number(village, "far", number("20180420", "001"))

    answer = signed_in("wei").post("/children/add/", new(village))

    assert answer.status_code == 409
    assert "CHILD-03" in text(answer)
    assert "罗小河" not in text(answer)


def test_whoever_has_many_schools_chooses_one_first(village, signed_in):
    client, school = signed_in("lu"), village.units["other"]

    assert "编入班级" not in text(client.get("/children/add/"))
    assert "编入班级" in text(client.get("/children/add/", {"school": school.pk}))
    answer = client.post("/children/add/", {**new(village, "other-1"), "school": school.pk})
    assert answer.status_code == 302


@pytest.mark.parametrize("who", ["chen", "xiang", "shi"])
def test_who_may_not_add_is_refused(village, signed_in, who):
    assert signed_in(who).get("/children/add/").status_code == 409
    assert signed_in(who).post("/children/add/", new(village)).status_code == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "<script>alert(1)</script>"}, "name"),
        ({"id_number": "5.39901E+17"}, "id_number"),
        ({"born_on": "2018-02-30"}, "born_on"),
        ({"born_on": "2018-04-21"}, "born_on"),
        ({"sex": "2"}, "sex"),
        ({"guardian_phone": "12"}, "guardian_phone"),
        ({"token": "x"}, "token"),
        ({"school_class": ""}, "school_class"),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field(village, signed_in, changes, field):
    answer = signed_in("wei").post("/children/add/", new(village, **changes))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "<script>alert" not in text(answer)
    assert not Child.objects.filter(national_id_index__gt="").exists()


def merge(client, this, other, kept=None, **changes):
    said = {
        "kept": str((kept or this).pk),
        "this_version": "1",
        "other_version": "1",
        "reason": "同一儿童",
    }
    return client.post(f"/children/{this.pk}/merge/{other.pk}/", said | changes)


def test_two_rows_are_compared_merged_and_parted_in_the_browser(village, signed_in, lan):
    client, far = signed_in("lu"), village.children["far"]

    assert "甲" in text(client.get(f"/children/{lan.pk}/merge/{far.pk}/"))
    assert Reading.objects.filter(kind="child.compared").count() == 2
    answer = merge(client, lan, far)
    assert answer["Location"] == f"/children/{lan.pk}/"
    assert client.get(f"/children/{far.pk}/")["Location"] == f"/children/{lan.pk}/"
    assert names(client.get("/children/", {"q": "罗小河"})) == ["吴小兰"]
    html = text(page(client, lan))
    assert "已合并的记录" in html

    row = Merge.objects.get()
    client.post(f"/children/{lan.pk}/part/{row.pk}/", {"reason": "系同名"})
    assert names(client.get("/children/", {"q": "罗小河"})) == ["罗小河"]


def test_the_clerk_may_keep_the_other_one(village, signed_in, lan):
    far = village.children["far"]

    merge(signed_in("lu"), lan, far, kept=far)

    assert Child.objects.get(pk=lan.pk).merged_into_id == far.pk


def test_a_second_merge_from_another_tab_is_refused_in_words(village, signed_in, lan):
    client, far = signed_in("lu"), village.children["far"]
    merge(client, lan, far)

    answer = merge(client, lan, far)

    assert answer.status_code == 409
    assert "MERGE-02" in text(answer)


def test_a_kept_child_that_is_neither_half_is_a_bad_form(village, signed_in, lan):
    answer = merge(signed_in("lu"), lan, village.children["far"], kept=village.children["gang"])

    assert answer.status_code == 422
    assert not Merge.objects.exists()


def test_a_parting_without_a_reason_changes_nothing(village, signed_in, lan):
    client = signed_in("lu")
    merge(client, lan, village.children["far"])

    client.post(f"/children/{lan.pk}/part/{Merge.objects.get().pk}/", {"reason": ""})

    assert Merge.objects.get().parted_at is None


def test_only_who_may_merge_both_compares_them(village, signed_in, lan):
    gang = village.children["gang"]
    assert page(signed_in("wei"), lan, f"merge/{gang.pk}/").status_code == 409
    assert merge(signed_in("wei"), lan, village.children["gang"]).status_code == 409
    assert merge(signed_in("wei"), lan, village.children["far"]).status_code == 404
    assert not Merge.objects.exists()


def test_likely_twins_of_a_row_are_offered(village, signed_in, lan):
    twin = village.enrol("twin", "吴晓兰", "other-1", sex="2", born_on=date(2018, 3, 12))

    html = text(page(signed_in("lu"), lan, "merge/"))

    assert f"/children/{lan.pk}/merge/{twin.pk}/" in html
    assert f"/children/{lan.pk}/merge/{village.children['gang'].pk}/" not in html
