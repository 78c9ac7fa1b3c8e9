"""The page of targets: lines, the units below, who is behind a figure, and its file."""

from __future__ import annotations

import io
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from notoneless.journal.models import Reading
from tests.duties.desk import adopt_pack
from tests.numbers.desk import lost, school_year
from tests.policy.desk import give_packs
from tests.web.conftest import BACKEND

AT = datetime(2026, 11, 30, 4, tzinfo=timezone.utc)


@pytest.fixture
def autumn(village):
    """S0-3 at the bureau: primary dropout within 0.6 %, junior within 1.8 %, nine years 85 %."""
    with time_machine.travel(AT, tick=False):
        give_packs(village)
        adopt_pack(village, "S0-3/2026")
        yield school_year(village)


def browser(v, name) -> Client:
    client = Client()
    client.force_login(v.account(name), backend=BACKEND)
    return client


def text(answer) -> str:
    return str(answer.content.decode())


def page(v, name, at=None, **more) -> str:
    asked = {"unit": v.units[at].pk} if at else {}
    answer = browser(v, name).get(f"/targets/?{urlencode(asked | more)}")
    assert answer.status_code == 200
    return text(answer)


@pytest.mark.req("R-184", "R-194")
def test_the_principal_sees_each_line_with_what_is_left(autumn) -> None:
    shown = page(autumn, "qin")

    assert "小学年辍学率上限" in shown
    assert "≤ 0.6%" in shown
    assert "5.00%" in shown
    assert "未达标" in shown
    assert "还要劝返 1 人" in shown
    assert "初中年辍学率上限" not in shown


def test_a_county_sees_units_below_in_the_order_of_names(autumn) -> None:
    shown = page(autumn, "lu", "county")

    below = shown[shown.index('id="below"') :]
    assert below.index("河口镇") < below.index("石桥乡")
    assert "不排名次" in below


@pytest.mark.req("R-185")
def test_the_split_of_a_target_is_checked(autumn) -> None:
    shown = page(autumn, "lu", "county")

    assert "本级限额" in shown
    assert "分解不超过本级" in shown


@pytest.mark.req("R-196")
def test_a_class_that_lost_somebody_says_since_when(autumn) -> None:
    shown = page(autumn, "qin")

    below = shown[shown.index('id="below"') :]
    assert "2026年9月21日" in below or "9月21日" in below
    assert "本学年无流失" in below


@pytest.mark.req("R-197")
def test_the_trend_is_held_against_last_month_and_last_year(autumn) -> None:
    lost(autumn, "b3", opened="11-02", confirmed="11-10")

    shown = page(autumn, "qin", past=1)

    assert "上月末" in shown
    # One child on 31 October (a2 was away as well then): two of twenty; now two again.
    assert "10.00%" in shown


def test_a_rebound_is_flagged(autumn) -> None:
    for name in ("b3", "b4"):
        lost(autumn, name, opened="11-02", confirmed="11-10")

    assert "反弹" in page(autumn, "qin", past=1)


def test_a_figure_opens_to_exactly_its_children_and_that_is_one_reading(autumn) -> None:
    client = browser(autumn, "xiang")
    unit = autumn.units["shiqiao"].pk

    shown = text(client.get(f"/targets/losses/?unit={unit}&stage=primary"))

    assert "学生a1" in shown
    assert "学生a2" in shown  # came back: beside, not counted
    assert shown.index("学生a1") < shown.index("已返校") < shown.index("学生a2")
    reading = Reading.objects.get(kind="targets.opened")
    assert (reading.row_count, "学生" in reading.filter) == (2, False)


def test_a_place_out_of_reach_is_not_there(autumn) -> None:
    client = browser(autumn, "qin")
    other = autumn.units["other"].pk

    for path in ("", "losses/", "export/", "bases/", "kind/"):
        assert client.get(f"/targets/{path}?unit={other}").status_code == 404
    assert client.get(f"/targets/bases/{other}/").status_code == 404


def test_a_village_has_no_classes_and_is_told_so(autumn) -> None:
    assert "您的岗位下没有班级" in page(autumn, "long")


@pytest.mark.req("R-191", "R-195")
def test_a_class_shows_who_answers_together_and_the_parts_of_its_appraisal(autumn) -> None:
    shown = page(autumn, "chen")

    assert "共同负责的人" in shown
    assert "班主任" in shown
    assert "班主任考核的各部分" in shown
    assert "方案没有定分值" in shown
    assert "排名" in shown  # that nobody is ranked


def test_a_figure_that_is_missing_says_where_it_is_typed(autumn) -> None:
    adopt_pack(
        autumn,
        "S1-24/2026",
        where="centre",
        own=[],
    )

    shown = page(autumn, "lu", "centre")

    assert "还没有录入" in shown
    assert "/indicators/typed/" in shown


def test_the_file_says_who_when_and_what_for(autumn) -> None:
    client = browser(autumn, "qin")

    assert client.post("/targets/export/", {"purpose": ""}).status_code == 422
    answer: Any = client.post("/targets/export/", {"purpose": "报中心校"})

    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "报中心校" in str(rows[0][0])
    assert any("小学年辍学率上限" in str(row[1]) and row[3] == "≤ 0.6%" for row in rows)
    assert Reading.objects.get(kind="targets.exported").purpose == "报中心校"


def test_who_may_not_export_is_told(autumn) -> None:
    answer = browser(autumn, "long").get("/targets/export/")

    assert answer.status_code in (404, 409)


@pytest.mark.parametrize(("name", "at", "most"), [("lu", "county", 62), ("qin", "primary", 55)])
def test_the_page_answers_in_a_bounded_number_of_statements(autumn, name, at, most) -> None:
    client = browser(autumn, name)
    address = f"/targets/?unit={autumn.units[at].pk}"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200

    assert len(queries) <= most, [q["sql"][:90] for q in queries]
