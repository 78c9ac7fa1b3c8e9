"""Freezing a school's headcount: asked by one, confirmed by another, compared ever after."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
import time_machine
from django.test import Client

from notoneless.journal.models import Entry
from notoneless.numbers.models import Baseline, TypedCount
from tests.duties.desk import adopt_pack
from tests.numbers.desk import school_year
from tests.policy.desk import give_packs
from tests.web.conftest import BACKEND

AT = datetime(2026, 11, 30, 4, tzinfo=timezone.utc)


@pytest.fixture
def autumn(village):
    """S1-26 at the bureau: counted from the verified registration."""
    with time_machine.travel(AT, tick=False):
        give_packs(village)
        adopt_pack(village, "S1-26/2026")
        yield school_year(village)


def browser(v, name) -> Client:
    client = Client()
    client.force_login(v.account(name), backend=BACKEND)
    return client


def text(answer) -> str:
    return str(answer.content.decode())


def ask(v, name="wei", at="primary", **more):
    data = {"school": str(v.units[at].pk), "source": "2026 年秋季注册名册", **more}
    return browser(v, name).post("/targets/bases/", data)


def decide(v, name="qin", verdict="confirm", **more):
    row = Baseline.objects.latest("pk")
    address = f"/targets/bases/{row.school_id}/{row.pk}/"
    return browser(v, name).post(address, {"verdict": verdict, **more})


def test_until_somebody_confirms_the_base_is_lacking_and_said_to_be(autumn) -> None:
    ask(autumn)

    shown = text(browser(autumn, "qin").get("/targets/"))

    assert "还没有录入：核实在籍人数" in shown
    assert "核实注册数" in shown


@pytest.mark.req("R-188", "R-190")
def test_a_confirmed_headcount_is_the_base_of_its_plan(autumn) -> None:
    assert ask(autumn).status_code == 302
    assert decide(autumn).status_code == 302

    shown = text(browser(autumn, "qin").get("/targets/"))

    row = Baseline.objects.get()
    assert (row.verdict, sum(line.headcount for line in row.lines.all())) == ("confirmed", 20)
    assert "19 / 20" in shown
    assert {e.kind for e in Entry.objects.filter(kind__startswith="baseline")} == {
        "baseline.asked",
        "baseline.confirmed",
    }


def test_the_indicators_count_from_the_same_headcount(autumn) -> None:
    ask(autumn)
    decide(autumn)

    assert "核实在籍人数" in text(browser(autumn, "qin").get("/indicators/"))
    assert "5.00%" in text(browser(autumn, "qin").get("/indicators/"))


def test_who_asked_is_not_the_second_person(autumn) -> None:
    ask(autumn, "qin")

    answer = decide(autumn, "qin")

    assert answer.status_code == 409
    assert "不能自己核对" in text(answer)
    assert Baseline.objects.get().verdict == ""


def test_a_clerk_may_ask_and_not_confirm(autumn) -> None:
    ask(autumn, "qin")

    assert decide(autumn, "wei").status_code == 409
    assert decide(autumn, "chen").status_code in (404, 409)


def test_it_is_sent_back_with_a_reason_only(autumn) -> None:
    ask(autumn)

    decide(autumn, verdict="refuse", reason="")
    assert Baseline.objects.get().verdict == ""
    decide(autumn, verdict="refuse", reason="二班少一人")

    assert Baseline.objects.get().reason == "二班少一人"
    assert ask(autumn).status_code == 302
    assert Baseline.objects.count() == 2


def test_the_same_form_sent_twice_asks_once_and_a_second_asking_waits(autumn) -> None:
    form = "01990000-0000-7000-8000-000000000001"

    assert ask(autumn, id=form).status_code == 302
    # The school is no longer offered while it waits.
    assert ask(autumn, id=form).status_code == 422
    assert Baseline.objects.count() == 1


def test_confirming_twice_changes_nothing(autumn) -> None:
    ask(autumn)
    decide(autumn)
    before = Baseline.objects.get().decided_at

    assert decide(autumn).status_code == 302
    assert Baseline.objects.get().decided_at == before


@pytest.mark.req("R-190")
def test_a_later_correction_is_shown_with_the_child_behind_it(autumn) -> None:
    ask(autumn)
    decide(autumn)
    autumn.enrol("b99", "补登一", "primary-2")
    autumn.children["b3"].enrolments.update(from_on="2026-10-08")

    shown = text(browser(autumn, "qin").get(f"/targets/bases/{autumn.units['primary'].pk}/"))

    assert "补登一" in shown
    assert "学生b3" in shown
    assert "有差异" in shown
    assert sum(line.headcount for line in Baseline.objects.get().lines.all()) == 20


def test_a_newer_confirmed_one_supersedes_and_the_older_is_kept(autumn) -> None:
    ask(autumn)
    decide(autumn)
    autumn.enrol("b99", "补登一", "primary-2")
    ask(autumn)
    decide(autumn)

    old, new = Baseline.objects.order_by("pk")
    assert (old.superseded_at is not None, new.superseded_at) == (True, None)
    assert sum(line.headcount for line in new.lines.all()) == 21


def test_a_typed_figure_gives_way_to_the_frozen_one(autumn) -> None:
    entered = {
        "unit": str(autumn.units["primary"].pk),
        "count": "verified",
        "school_year": "2026",
        "value": "40",
        "source": "旧报表",
    }
    browser(autumn, "wei").post("/indicators/typed/", entered)
    assert TypedCount.objects.count() == 1
    assert "39 / 40" in text(browser(autumn, "qin").get("/targets/"))

    ask(autumn)
    decide(autumn)

    assert "19 / 20" in text(browser(autumn, "qin").get("/targets/"))


def test_the_clerk_of_a_county_asks_for_many_schools_at_once(autumn) -> None:
    schools = [str(autumn.units[key].pk) for key in ("primary", "other", "junior")]
    data = {"school": schools, "source": "2026 年秋季注册名册"}

    address = f"/targets/bases/?unit={autumn.units['county'].pk}"
    assert browser(autumn, "lu").post(address, data).status_code == 302

    assert Baseline.objects.count() == 3


def test_the_kind_of_base_is_chosen_only_where_the_unit_adopted_the_plan(autumn) -> None:
    answer = browser(autumn, "qin").post("/targets/kind/", {"kind": "census", "source": "校务会"})

    assert answer.status_code == 409
    assert "TARGET-05" in text(answer) or "口径" in text(answer)


@pytest.mark.req("R-188")
def test_a_bureau_that_adopted_it_chooses_and_the_figures_follow(autumn) -> None:
    client = browser(autumn, "fang")
    unit = autumn.units["bureau"].pk
    data = {"kind": "year_start_roll", "source": "局务会纪要 2026-11-30"}

    answer = client.post(f"/targets/kind/?unit={unit}", data)

    assert answer.status_code == 302, text(answer)[:500]
    assert "学年初在籍" in text(browser(autumn, "qin").get("/targets/"))
