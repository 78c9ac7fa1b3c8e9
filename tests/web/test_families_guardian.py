"""The guardian's pages: a code, his children, leave, what is wrong; nothing for others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Leave
from notoneless.families.models import Saying, Visit
from notoneless.rules.families import IDLE, LIFE, MOST_TRIES
from tests.families.desk import invited, recorded, with_families, wrong_of
from tests.protection.desk import concerned, name_officers, raised
from tests.world import NOW, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022", "R-069")]


@pytest.fixture
def v(village: Village):
    with time_machine.travel(NOW, tick=False):
        yield with_families(village)


def text(answer) -> str:
    return str(answer.content.decode())


def enter(made, *, code: str = "", client: Client | None = None):
    client = client or Client()
    return client, client.post(f"/f/{made.link}/", {"code": code or made.code})


def inside(v: Village, child: str = "lan", by: str = "chen") -> Client:
    client: Client
    client, answer = enter(invited(v, child, by=by))
    assert answer["Location"] == "/family/"
    return client


def his(v: Village, child: str = "lan") -> list[tuple[str, str]]:
    """Every address of a guardian's own, with the method that it takes."""
    pk = v.children[child].pk
    return [
        ("get", "/family/"),
        ("get", f"/family/{pk}/leave/"),
        ("post", f"/family/{pk}/leave/"),
        ("post", f"/family/{pk}/not-mine/"),
        ("post", f"/family/{pk}/phone/"),
        ("post", f"/family/{pk}/address/"),
    ]


# -- the way in ----------------------------------------------------------------------------------


def test_any_link_asks_for_a_code_without_looking_anything_up(v, django_assert_num_queries):
    made = invited(v)
    client = Client()
    with django_assert_num_queries(0):
        right = client.get(f"/f/{made.link}/")
        wrong = client.get("/f/zzzzzzzzzz/")

    assert right.status_code == wrong.status_code == 200
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    same = [token.sub("", text(answer)) for answer in (right, wrong)]
    assert same[0].replace(made.link, "") == same[1].replace("zzzzzzzzzz", "")
    assert "吴" not in same[0]


def test_wrong_link_wrong_code_used_and_expired_look_the_same(v: Village):
    made, used, late = invited(v), invited(v, "gang"), invited(v, "peng", by="hao")
    enter(used)
    answers = [
        enter(made, code=wrong_of(made))[1],
        Client().post("/f/zzzzzzzzzz/", {"code": made.code}),
        Client().post(f"/f/{made.link}/", {"code": ""}),
        enter(used)[1],
    ]
    with time_machine.travel(NOW + LIFE, tick=False):
        answers.append(enter(late)[1])

    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|/f/\w+/')
    assert {answer.status_code for answer in answers} == {422}
    assert len({token.sub("", text(answer)) for answer in answers}) == 1


def test_the_code_opens_the_page_and_marks_the_browser_for_it_alone(v: Village):
    client, answer = enter(invited(v))

    assert (answer.status_code, answer["Location"]) == (302, "/family/")
    mark = client.cookies["family"]
    assert mark["path"] == "/family/"
    assert mark["httponly"]
    assert mark["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert mark.value not in str(Visit.objects.values_list("key_index").get())


def test_a_code_is_used_once(v: Village):
    made = invited(v)
    enter(made)

    assert enter(made)[1].status_code == 422


def test_too_many_tries_are_asked_to_rest_even_with_the_right_code(v: Village):
    made = invited(v)
    for _ in range(MOST_TRIES):
        Client().post("/f/zzzzzzzzzz/", {"code": "123456"})

    _client, answer = enter(made)

    assert answer.status_code == 429
    assert Visit.objects.count() == 0


def test_behind_our_proxy_a_try_counts_for_the_last_hop(v: Village, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for _ in range(MOST_TRIES):
        Client().post(
            "/f/zzzzzzzzzz/", {"code": "1"}, headers={"X-Forwarded-For": "1.1.1.1, 9.9.9.9"}
        )
    made = invited(v)
    there = {"X-Forwarded-For": "9.9.9.9"}

    assert Client().post(f"/f/{made.link}/", {"code": "1"}, headers=there).status_code == 429
    assert enter(made)[1].status_code == 302


# -- nobody else ---------------------------------------------------------------------------------


def test_without_a_code_every_page_is_closed_and_says_nothing(v: Village):
    recorded(v, "lan")
    for method, url in his(v):
        answer = getattr(Client(), method)(url)
        assert answer.status_code == 403, url
        assert "吴" not in text(answer)
    assert not Leave.objects.exists()
    assert not Saying.objects.exists()


def test_a_teachers_account_opens_no_guardians_page(v: Village, signed_in):
    for method, url in his(v):
        assert getattr(signed_in("chen"), method)(url).status_code == 403, url


def test_a_guardian_is_no_user_of_the_product(v: Village):
    client = inside(v)

    for url in ("/", "/children/", f"/children/{v.lan.pk}/", "/families/", "/cases/"):
        answer = client.get(url)
        assert answer.status_code == 302, url
        assert answer["Location"].startswith("/sign-in/")


def test_another_familys_child_is_not_there(v: Village):
    client = inside(v)

    for method, url in his(v, "gang")[1:]:
        answer = getattr(client, method)(url, {"value": "13811112222"})
        assert answer.status_code in {302, 404}, url
        assert "杨大刚" not in text(answer)
    assert not Saying.objects.exists()


# -- the page ------------------------------------------------------------------------------------


def test_the_page_says_what_it_shows_and_what_not(v: Village):
    recorded(v, "lan")
    html = text(inside(v).get("/family/"))

    for said in ("吴建国，您好", "吴小兰", "彭家乐", "三年级1班", "陈小满", "石桥乡初级中学"):
        assert said in html
    assert "不写老师的记录，不写别人家的孩子" in html
    for never in ("杨大刚", "13900000001", "三组", "2018"):
        assert never not in html
    assert 'name="robots" content="noindex"' in html


def test_the_page_is_never_kept_by_the_browser(v: Village):
    answer = inside(v).get("/family/")

    assert "no-store" in answer["Cache-Control"]


def test_the_button_that_reads_aloud_is_hidden_until_the_browser_has_a_voice(v: Village):
    html = text(inside(v).get("/family/"))

    assert re.search(r"<p[^>]*data-reading hidden>", html)
    assert html.count("data-aloud") >= 6


def test_a_guardian_who_is_concerned_gets_the_page_of_somebody_without_children(v: Village):
    name_officers(v)
    raised(v, concerned("guardian"), child_id=v.children["gang"].pk)
    html = text(inside(v, "gang").get("/family/"))

    assert "现在没有可以看的内容" in html
    for trace in ("杨大刚", "保护", "紧急", "暂停", "举报", "报告"):
        assert trace not in html
    client = inside(v, "lan")
    for url in (f"/family/{v.lan.pk}/not-mine/", f"/family/{v.children['peng'].pk}/not-mine/"):
        client.post(url)
    name = re.compile(r"吴建国|杨秀莲")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    both = [token.sub("", name.sub("", html)), text(client.get("/family/"))]
    assert both[0] == token.sub("", name.sub("", both[1])), "as after “not my child”"


def test_it_rests_after_fifteen_minutes_and_leaves_at_once(v: Village):
    client = inside(v)
    with time_machine.travel(NOW + IDLE - timedelta(seconds=1), tick=False):
        assert client.get("/family/").status_code == 200
    with time_machine.travel(NOW + 2 * IDLE - timedelta(seconds=2), tick=False):
        assert client.get("/family/").status_code == 200, "looking has kept it awake"
    with time_machine.travel(NOW + 3 * IDLE, tick=False):
        assert client.get("/family/").status_code == 403

    client = inside(v)
    kept = client.cookies["family"].value
    answer = client.post("/family/out/")
    assert "您已经离开" in text(answer)
    client.cookies["family"] = kept
    assert client.get("/family/").status_code == 403


def test_leaving_without_a_visit_is_harmless(db):
    assert Client().post("/family/out/").status_code == 200


def test_english_is_complete(v: Village):
    client = inside(v)
    client.cookies["django_language"] = "en"

    html = text(client.get("/family/"))

    assert "Sign out" in html
    names = re.compile(r"吴建国|吴小兰|彭家乐|陈小满|石桥乡\w+")
    assert not re.search(r"[\u4e00-\u9fff]", names.sub("", html[html.index("<main") :]))


# -- saying --------------------------------------------------------------------------------------


def test_not_my_child_takes_two_taps_without_any_script(v: Village):
    client = inside(v)
    html = text(client.get("/family/"))
    [fold] = re.findall(
        rf'<details class="fold"><summary>这不是我的孩子</summary>(?:(?!</details>).)*{v.lan.pk}',
        html,
        re.DOTALL,
    )
    assert 'method="post"' in fold

    for _ in range(2):
        answer = client.post(f"/family/{v.lan.pk}/not-mine/")
        assert answer.status_code == 302
    html = text(client.get("/family/?done=not_mine"))
    assert "吴小兰" not in html
    assert "彭家乐" in html
    assert Saying.objects.count() == 1


def test_a_wrong_number_is_told_and_one_that_cannot_be_is_refused_beside_its_field(v: Village):
    client = inside(v)
    url = f"/family/{v.lan.pk}/phone/"

    answer = client.post(url, {"value": "12"})
    assert answer.status_code == 422
    assert 'value="12"' in text(answer)
    assert "CHILD-06" in text(answer)

    assert client.post(url, {"value": "138 1111 2222"}).status_code == 302
    assert "您说的新电话，学校正在核对。" in text(client.get("/family/"))


def slip(**more):
    given = {
        "id": str(uuid7()),
        "kind": "sick",
        "from_on": "2026-11-23",
        "last_on": "2026-11-24",
    }
    return {**given, **more}


def test_leave_is_asked_once_and_its_state_is_told(v: Village, signed_in):
    client = inside(v)
    url, said = f"/family/{v.lan.pk}/leave/", slip()
    for _ in range(2):
        assert client.post(url, said)["Location"] == "/family/?done=leave"

    leave = Leave.objects.get()
    assert "老师还没有看" in text(client.get("/family/"))
    teacher = signed_in("chen")
    file = text(teacher.get(f"/leave/{leave.pk}/"))
    assert "监护人自己（家长页）" in file
    teacher.post(f"/leave/{leave.pk}/decide/", {"verdict": "approved"})
    leave.refresh_from_db()
    assert leave.state == "approved"
    assert "老师同意了" in text(client.get("/family/"))


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"last_on": "2026-11-22"}, 422, "最后一天不能早于第一天"),
        ({"kind": "official"}, 422, "invalid"),
        ({"from_on": "2027-01-22", "last_on": "2027-01-23"}, 409, "LEAVE-06"),
        ({"from_on": ""}, 422, "invalid"),
    ],
)
def test_leave_that_cannot_be_is_refused_in_plain_words(v: Village, said, status, words):
    client = inside(v)
    answer = client.post(f"/family/{v.lan.pk}/leave/", slip(**said))

    assert answer.status_code == status
    assert words in text(answer)
    assert not Leave.objects.exists()


def test_overlapping_leave_is_refused(v: Village):
    client, url = inside(v), f"/family/{v.lan.pk}/leave/"
    client.post(url, slip())

    answer = client.post(url, slip(from_on="2026-11-24"))

    assert answer.status_code == 409
    assert "LEAVE-02" in text(answer)


def test_the_page_costs_a_constant_few_statements(v: Village, django_assert_max_num_queries):
    client = inside(v)
    client.get("/family/")

    with django_assert_max_num_queries(15):
        client.get("/family/")
