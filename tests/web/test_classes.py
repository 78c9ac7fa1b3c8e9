"""The class pages."""

from __future__ import annotations

from uuid import UUID

import pytest

from notoneless.children.models import Enrolment
from notoneless.journal.models import Reading
from notoneless.places.models import Post, Unit
from notoneless.rules.roles import Role
from tests.world import NOW

pytestmark = pytest.mark.req("R-001", "R-022")


def unit(village, key="primary-1"):
    return village.units[key].pk


def text(answer):
    return answer.content.decode()


def test_my_schools_classes_show_their_counts_and_teachers(village, signed_in):
    answer = signed_in("wei").get("/classes/")

    html = text(answer)
    assert "共 2 个班，3 人" in html
    assert "陈小满" in html
    assert "没有班主任" in html
    assert "河口镇" not in html


def test_whoever_has_many_schools_chooses_one(village, signed_in):
    client = signed_in("lu")

    assert "先选一所学校" in text(client.get("/classes/"))
    html = text(client.get("/classes/", {"school": village.units["other"].pk}))
    assert "共 1 个班，1 人" in html


def test_a_teacher_is_shown_the_own_class(village, signed_in):
    answer = signed_in("chen").get("/classes/")

    assert [row.unit.id for row in answer.context["rows"]] == [unit(village)]


def test_an_empty_class_is_flagged_and_can_be_closed(village, signed_in):
    client = signed_in("wei")
    client.post(
        f"/classes/{unit(village, 'primary-2')}/move/",
        {"child": [village.children["yan"].pk], "target": unit(village)},
    )

    assert "空班" in text(client.get("/classes/"))
    assert "撤销班级" in text(client.get(f"/classes/{unit(village, 'primary-2')}/"))
    client.post(f"/classes/{unit(village, 'primary-2')}/close/")
    assert "共 1 个班，3 人" in text(client.get("/classes/"))


def test_a_class_with_children_does_not_close(village, signed_in):
    answer = signed_in("wei").post(f"/classes/{unit(village)}/close/")

    assert answer.status_code == 409
    assert "CLASS-02" in text(answer)


def test_the_class_page_lists_its_children_and_is_noted_once(village, signed_in):
    answer = signed_in("chen").get(f"/classes/{unit(village)}/")

    html = text(answer)
    assert "吴小兰" in html
    assert "䶮雨晴" not in html
    row = Reading.objects.get()
    assert (row.kind, row.row_count, row.filter) == (
        "children.listed",
        2,
        f"class={unit(village)}",
    )


def test_the_printed_list_has_columns_to_write_in(village, signed_in):
    html = text(signed_in("chen").get(f"/classes/{unit(village)}/print/"))

    assert "到校" in html
    assert "内部资料" in html
    assert "吴小兰" in html


def test_who_manages_classes_without_children_sees_counts_and_no_name(village, signed_in):
    client = signed_in("shi")

    assert "共 2 个班，3 人" in text(client.get("/classes/"))
    assert "吴小兰" not in text(client.get(f"/classes/{unit(village)}/"))
    for then in ("print", "move", "split"):
        answer = client.get(f"/classes/{unit(village)}/{then}/")
        assert answer.status_code == 409
        assert "吴小兰" not in text(answer)


PAGES = ("", "print/", "move/", "split/", "rename/", "hand-over/")


@pytest.mark.parametrize("who", ["tan", "wei"])
def test_a_class_of_another_school_is_not_found(village, signed_in, who):
    there = unit(village, "primary-1" if who == "tan" else "other-1")

    for then in PAGES:
        assert signed_in(who).get(f"/classes/{there}/{then}").status_code == 404
        assert signed_in(who).get(f"/classes/{UUID(int=7)}/{then}").status_code == 404
    assert signed_in(who).post(f"/classes/{there}/close/").status_code == 404


@pytest.mark.parametrize("who", ["chen", "xiang", "he"])
def test_who_sees_a_class_may_not_therefore_change_it(village, signed_in, who):
    client = signed_in(who)

    for then in PAGES[2:]:
        assert client.get(f"/classes/{unit(village)}/{then}").status_code == 409
    said = {"number": "9", "version": "1"}
    assert client.post(f"/classes/{unit(village)}/rename/", said).status_code == 409
    assert Unit.objects.get(pk=unit(village)).name == "1"


def test_people_without_classes_are_refused_and_strangers_sign_in(village, signed_in, client):
    village.employ("ou", "欧远", Role.COUNTY_LEADER, "county")

    assert signed_in("ou").get("/classes/").status_code == 409
    assert client.get("/classes/")["Location"].startswith("/sign-in/")
    assert client.get(f"/classes/{unit(village)}/")["Location"].startswith("/sign-in/")


def test_children_of_another_school_in_a_posted_form_move_nobody(village, signed_in):
    client = signed_in("wei")
    lan, far = village.lan.pk, village.children["far"].pk

    answer = client.post(
        f"/classes/{unit(village)}/move/",
        {"child": [lan, far], "target": unit(village, "primary-2")},
    )
    assert answer.status_code == 404
    answer = client.post(
        f"/classes/{unit(village)}/move/", {"child": [lan], "target": unit(village, "other-1")}
    )
    assert answer.status_code == 404
    assert not Enrolment.objects.filter(begun="class_changed").exists()


def test_the_second_tab_keeps_the_ticks_and_says_that_the_list_changed(village, signed_in):
    client, said = signed_in("wei"), {"child": [village.lan.pk], "number": "3"}

    assert client.post(f"/classes/{unit(village)}/split/", said).status_code == 302
    said["number"] = "4"
    answer = client.post(f"/classes/{unit(village)}/split/", said)

    assert answer.status_code == 409
    assert "CLASS-03" in text(answer)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ("move/", {"child": ["x"]}),
        ("split/", {"number": "三"}),
        ("split/", {"number": "0"}),
        ("rename/", {"number": "<b>", "version": "1"}),
        ("rename/", {"number": "5", "version": "x"}),
        ("hand-over/", {"person": "x", "from_on": "2026-11-20"}),
        ("hand-over/", {"person": UUID(int=7), "from_on": "2026-02-30"}),
    ],
)
def test_a_bad_form_comes_back_with_its_faults(village, signed_in, then, said):
    answer = signed_in("wei").post(f"/classes/{unit(village)}/{then}", said)

    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_nobody_ticked_is_said_in_words(village, signed_in):
    answer = signed_in("wei").post(f"/classes/{unit(village)}/split/", {"number": "3"})

    assert answer.status_code == 409
    assert "请至少选择一名学生" in text(answer)


def test_a_class_is_renumbered_and_a_stale_page_is_refused(village, signed_in):
    client, said = signed_in("wei"), {"number": "5", "version": "1"}

    assert client.post(f"/classes/{unit(village)}/rename/", said).status_code == 302
    answer = client.post(f"/classes/{unit(village)}/rename/", {**said, "number": "6"})

    assert answer.status_code == 409
    assert "STALE-01" in text(answer)


def test_a_homeroom_teacher_is_replaced_and_outsiders_are_not_offered(village, signed_in):
    song = village.employ("song", "宋雨", Role.STAFF, "primary")
    client = signed_in("qin")

    html = text(client.get(f"/classes/{unit(village)}/hand-over/"))
    assert "宋雨" in html
    assert "谭文静" not in html
    said = {"person": song.pk, "from_on": "2026-11-23"}
    assert client.post(f"/classes/{unit(village)}/hand-over/", said).status_code == 302
    assert Post.objects.filter(person=song, role=Role.HOMEROOM_TEACHER).exists()
    stranger = {"person": village.people["tan"].pk, "from_on": "2026-11-24"}
    assert client.post(f"/classes/{unit(village)}/hand-over/", stranger).status_code == 404


def test_classes_that_have_finished_are_flagged_and_graduated(village, signed_in):
    Unit.objects.filter(pk__in=[unit(village), unit(village, "primary-2")]).update(entered_in=2020)
    client, school = signed_in("wei"), village.units["primary"].pk

    assert "办理毕业" in text(client.get("/classes/"))
    assert signed_in("tan").post(f"/classes/graduate/{school}/").status_code == 404
    assert signed_in("chen").post(f"/classes/graduate/{school}/").status_code == 409
    client.post(f"/classes/graduate/{school}/")

    assert set(Enrolment.objects.filter(school=school).values_list("ended", flat=True)) == {
        "graduated"
    }
    assert "还没有班级" in text(client.get("/classes/"))


def test_the_pages_cost_the_same_statements_for_two_and_for_sixty(
    village, signed_in, django_assert_max_num_queries
):
    client = signed_in("qin")
    for n in range(60):
        village.enrol(f"c{n}", f"张第{n}", "primary-1")

    with django_assert_max_num_queries(18):
        assert "共 2 个班" in text(client.get("/classes/"))
    client.get(f"/classes/{unit(village)}/")  # calendar and policy are remembered from now on
    with django_assert_max_num_queries(24):
        assert "张第59" in text(client.get(f"/classes/{unit(village)}/"))
    assert set(Reading.objects.filter(at=NOW).values_list("row_count", flat=True)) == {62}
