"""The pages of critical flags: 110 first, few fields, and 404 for whoever may not know."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from uuid_utils.compat import uuid7

from notoneless.access.models import User
from notoneless.children.models import ChildPlace, Guardian
from notoneless.protection.models import CriticalFlag, FlagConcerned, FlagStep
from notoneless.rules.protection.life_cycle import StepKind
from notoneless.rules.protection.situations import Situation
from tests.protection.desk import concerned, name_officers, propose, raised, staff
from tests.world import NOW, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022", "R-294")]


@pytest.fixture
def watched(village: Village) -> Village:
    return name_officers(village)


def words(answer) -> str:
    return str(answer.content.decode())


def first_page(client: Client, child=None):
    return client.get("/protection/new/", {"child": str(child.pk)} if child else {})


def filled(child=None, **more):
    given = {
        "id": str(uuid7()),
        "child": str(child.pk) if child else "",
        "situation": "violence",
        "facts": "手臂有多处旧伤",
    }
    return {**given, **more}


def address(answer) -> str:
    assert answer.status_code == 302, words(answer)
    return str(urlsplit(answer["Location"]).path)


# -- the first screen ----------------------------------------------------------------------------


def test_the_first_screen_says_110_at_once_before_any_field(watched: Village, signed_in):
    text = words(first_page(signed_in("chen"), watched.lan))
    main = text[text.index('<main id="content"') :]

    call, field = main.index('href="tel:110"'), main.index('name="situation"')
    assert main.index("立即") < call < field
    assert "吴小兰" in main


def test_it_is_one_tap_from_the_childs_page_and_from_every_foot(watched: Village, signed_in):
    chen = signed_in("chen")

    assert f"/protection/new/?child={watched.lan.pk}" in words(
        chen.get(f"/children/{watched.lan.pk}/")
    )
    assert 'href="/protection/"' in words(chen.get("/"))
    assert 'href="/protection/"' in words(signed_in("shi").get("/"))
    assert 'href="/protection/new/"' in words(signed_in("shi").get("/protection/"))


def test_all_eleven_situations_can_be_chosen_and_only_that_must_be(watched: Village, signed_in):
    chen = signed_in("chen")
    form = first_page(chen, watched.lan).context["form"]
    assert {key for key, _label in form.fields["situation"].choices} == set(Situation)
    assert [name for name, field in form.fields.items() if field.required] == ["situation", "id"]

    for situation in Situation:
        address(chen.post("/protection/new/", filled(watched.lan, situation=situation, facts="")))
    assert CriticalFlag.objects.count() == len(Situation)


def test_what_the_birth_date_speaks_against_stands_late_and_is_taken_all_the_same(
    watched: Village, signed_in
):
    chen = signed_in("chen")
    choices = first_page(chen, watched.lan).context["form"].fields["situation"].choices
    doubted = [key for key, label in choices if "请核对" in str(label)]
    assert doubted == [choices[-2][0]] == ["girl_from_14"]  # she is eight
    assert choices[-1][0] == "other"

    address(chen.post("/protection/new/", filled(watched.lan, situation="girl_from_14")))


def test_guardians_are_offered_by_name_only_to_those_who_see_the_family(
    watched: Village, signed_in
):
    Guardian.objects.create(
        county_id=watched.county_id, child=watched.lan, position=1, name="吴建国", relation="51"
    )
    assert "吴建国" in words(first_page(signed_in("chen"), watched.lan))

    ChildPlace.objects.create(
        county_id=watched.county_id,
        child=watched.lan,
        unit=watched.units["village"],
        line="g",
        path=watched.units["village"].places.get().path,
        relation="hukou",
        from_on=NOW.date(),
    )
    page = words(first_page(signed_in("long"), watched.lan))
    assert "吴小兰" in page
    assert "吴建国" not in page


def test_the_reporter_is_not_offered_himself(watched: Village, signed_in):
    people = first_page(signed_in("chen"), watched.lan).context["form"].fields["person"].choices

    assert "覃志学" in [name for _key, name in people]
    assert "陈小满" not in [name for _key, name in people]


@pytest.mark.parametrize("text", ["not-a-key", "00000000-0000-7000-8000-000000000009"])
def test_a_child_that_is_not_there_or_out_of_reach_is_404(watched: Village, signed_in, text):
    chen = signed_in("chen")
    assert chen.get("/protection/new/", {"child": text}).status_code == 404
    far = filled(watched.children["far"])
    assert chen.post("/protection/new/", far).status_code == 404
    assert CriticalFlag.objects.count() == 0


def test_a_child_without_a_file_is_described_without_any_look_up(watched: Village, signed_in):
    shi = signed_in("shi")
    page = words(first_page(shi))
    assert "child_words" in page
    answer = shi.post("/protection/new/", filled())
    assert answer.status_code == 422

    sent = shi.post("/protection/new/", filled(child_words="一班的吴小兰"))
    page = words(shi.get(address(sent)))
    assert "一班的吴小兰" in page
    assert str(watched.lan.pk) not in page


def test_a_form_sent_twice_leads_to_the_same_flag(watched: Village, signed_in):
    chen, data = signed_in("chen"), filled(watched.lan, police_called="on", receipt="77")
    assert address(chen.post("/protection/new/", data)) == address(
        chen.post("/protection/new/", data)
    )
    assert (CriticalFlag.objects.count(), FlagStep.objects.count()) == (1, 1)


def test_staff_named_by_the_reporter_are_kept_out(watched: Village, signed_in):
    data = filled(
        watched.lan, concerned=["staff", "carer"], person=str(watched.people["an"].pk), who="舅舅"
    )
    flag = address(signed_in("chen").post("/protection/new/", data))

    assert {(row.kind, row.person_id, row.words) for row in FlagConcerned.objects.all()} == {
        ("staff", watched.people["an"].pk, "舅舅"),
        ("carer", None, "舅舅"),
    }
    assert signed_in("an").get(flag).status_code == 404
    assert signed_in("bai").get(flag).status_code == 200


def test_without_an_officer_the_reporter_is_told_plainly_whom_to_call(village, signed_in):
    chen = signed_in("chen")
    answer = chen.post("/protection/new/", filled(village.lan), follow=True)

    text = words(answer)
    assert "没有人能替您处理" in text
    assert 'href="tel:110"' in text
    name_officers(village, "deng")
    assert "没有人能替您处理" not in words(chen.get(answer.redirect_chain[-1][0]))


# -- the officer ---------------------------------------------------------------------------------


def test_the_officers_list_counts_the_hours(watched: Village, signed_in):
    raised(watched, now=NOW - timedelta(hours=5, minutes=10))
    text = words(signed_in("an").get("/protection/"))

    assert "5 小时" in text
    assert "还没有报警" in text


def test_an_officer_takes_it_on_and_two_close_it(watched: Village, signed_in):
    flag = raised(watched, concerned("guardian"))
    an, bai, here = signed_in("an"), signed_in("bai"), f"/protection/{flag}/"
    step = {"id": str(uuid7()), "kind": "seen"}
    assert address(an.post(f"{here}step/", step)) == here
    an.post(f"{here}step/", {"id": str(uuid7()), "kind": "police", "receipt": "青公接77号"})
    an.post(f"{here}close/", {"id": str(uuid7()), "ground": "handled", "words": "已立案"})
    proposal = FlagStep.objects.get(kind=StepKind.PROPOSED)

    answer = {"id": str(uuid7()), "proposal": str(proposal.pk), "agrees": "yes", "words": "核对过"}
    assert an.post(f"{here}answer/", answer).status_code == 409
    page = words(bai.get(here))
    assert "已立案" in page
    assert "青公接77号" in page
    assert address(bai.post(f"{here}answer/", answer)) == here
    assert "已结束" in words(bai.get(here))
    assert "已结束" in words(signed_in("chen").get(here))
    late = {"id": str(uuid7()), "kind": "added", "words": "还有"}
    assert bai.post(f"{here}step/", late).status_code == 409


def test_an_empty_step_says_which_field_and_keeps_the_page(watched: Village, signed_in):
    flag = raised(watched)
    answer = signed_in("an").post(
        f"/protection/{flag}/step/", {"id": str(uuid7()), "kind": "superior"}
    )

    assert answer.status_code == 422
    assert "告诉了谁、什么时候" in words(answer)


def test_an_officer_finds_the_child_whom_words_mean(watched: Village, signed_in):
    flag = raised(watched, child_id=None, child_words="一班的女孩")
    an, here = signed_in("an"), f"/protection/{flag}/"
    assert "吴小兰" not in words(an.get(here))
    assert "吴小兰" in words(an.get(here, {"q": "吴小兰"}))
    assert an.post(f"{here}child/", {"child": "x"}).status_code == 404
    an.post(f"{here}child/", {"child": str(watched.lan.pk)})

    assert "吴小兰" in words(an.get(here))
    assert "吴小兰" not in words(signed_in("chen").get(here))


def test_an_officer_names_somebody_more(watched: Village, signed_in):
    flag = raised(watched, concerned("other"))
    data = {"concerned": ["guardian"], "who": "继父"}
    address(signed_in("an").post(f"/protection/{flag}/concerned/", data))

    assert {row.kind for row in FlagConcerned.objects.all()} == {"other", "guardian"}


def test_the_paper_is_marked_and_bears_the_readers_own_words(watched: Village, signed_in):
    flag = raised(watched)
    for key in ("chen", "an"):
        text = words(signed_in(key).get(f"/protection/{flag}/print/"))
        assert "严格保密" in text
        assert "旧伤" in text
        assert "陈小满" in text


def test_the_home_part_shows_what_waits(watched: Village):
    from django.template.loader import render_to_string

    from notoneless.protection.queries import waiting
    from tests.world import TODAY

    raised(watched)
    part = "protection/parts/waiting.html"
    shown = render_to_string(part, {"waiting": waiting(watched.actor("an"), on=TODAY)})
    assert "1 份紧急情况" in shown
    assert render_to_string(part, {"waiting": waiting(watched.actor("qin"), on=TODAY)}) == (
        render_to_string(part, {"waiting": waiting(watched.actor("cen"), on=TODAY)})
    )


# -- nobody else ---------------------------------------------------------------------------------

PAGES = ("", "print/")
POSTS = ("step/", "concerned/", "child/", "close/", "answer/")


@pytest.mark.parametrize(
    "key", ["qin", "wei", "shi", "fang", "lu", "mo", "he", "shao", "xiang", "long", "tan"]
)
def test_everybody_else_is_told_404_whatever_he_sends(watched: Village, signed_in, key: str):
    flag = raised(watched)
    client = signed_in(key)
    step = {
        "id": str(uuid7()),
        "kind": "seen",
        "child": str(watched.lan.pk),
        "ground": "mistake",
        "agrees": "yes",
        "proposal": str(uuid7()),
        "words": "x",
    }

    nothing = f"/protection/{uuid7()}/"
    for page in PAGES:
        answer = client.get(f"/protection/{flag}/{page}")
        assert answer.status_code == 404
        # Not to be told apart from a flag that is not there.
        assert same(answer) == same(client.get(nothing + page))
    for page in POSTS:
        assert client.post(f"/protection/{flag}/{page}", step).status_code == 404
    assert FlagStep.objects.count() == 0


def same(answer) -> str:
    """A page without what differs on every answer."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", words(answer))
    return re.sub(r"/protection/[0-9a-f-]{36}/", "", text)


def test_an_officer_who_is_concerned_can_neither_open_nor_close(watched: Village, signed_in):
    flag = raised(watched, staff(watched, "an"))
    an, here = signed_in("an"), f"/protection/{flag}/"
    proposal = propose(watched, "bai", flag)
    answer = {"id": str(uuid7()), "proposal": str(proposal), "agrees": "yes", "words": "x"}

    assert an.get(here).status_code == 404
    assert an.post(f"{here}answer/", answer).status_code == 404
    assert "吴小兰" not in words(an.get("/protection/"))


def test_the_machines_superuser_finds_no_flag_anywhere(watched: Village):
    flag = raised(watched)
    User.objects.create_superuser("root", "a-long-password-9")
    root = Client()
    root.force_login(
        User.objects.get(username="root"), backend="django.contrib.auth.backends.ModelBackend"
    )

    assert root.get(f"/protection/{flag}/")["Location"] == "/machine-room/"
    room = words(root.get("/machine-room/"))
    assert "protection" not in room.lower()
    assert root.get("/machine-room/protection/criticalflag/").status_code == 404


def test_answers_are_never_kept_by_a_browser(watched: Village, signed_in):
    flag = raised(watched)
    for key, page in (("chen", "/protection/new/"), ("an", f"/protection/{flag}/")):
        assert "no-store" in signed_in(key).get(page)["Cache-Control"]


def test_no_log_line_speaks_of_a_child(watched: Village, signed_in, caplog):
    caplog.set_level("DEBUG")
    chen = signed_in("chen")
    chen.post("/protection/new/", filled(watched.lan))
    chen.post("/protection/new/", filled(situation="none"))
    signed_in("qin").get(f"/protection/{CriticalFlag.objects.get().pk}/")

    lines = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not [line for line in lines if "旧伤" in line or str(watched.lan.pk) in line]
