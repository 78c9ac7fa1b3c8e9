"""The page of indicators, what stands behind its numbers, its public sheet and its file."""

from __future__ import annotations

import io
from datetime import datetime, timezone
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from notoneless.journal.models import Entry, Reading
from notoneless.numbers.models import TypedCount
from tests.numbers.desk import school_year
from tests.web.conftest import BACKEND

AT = datetime(2026, 11, 30, 4, tzinfo=timezone.utc)


@pytest.fixture
def autumn(village):
    with time_machine.travel(AT, tick=False):
        yield school_year(village)


def browser(v, name) -> Client:
    client = Client()
    client.force_login(v.account(name), backend=BACKEND)
    return client


def text(answer) -> str:
    return str(answer.content.decode())


def test_the_principal_sees_the_three_rates_under_three_names_with_their_formulas(autumn) -> None:
    page = text(browser(autumn, "qin").get("/indicators/"))

    for name in ("台账辍学率", "残差辍学率", "方案辍学率"):
        assert name in page
    assert "5.00%" in page
    assert "20.00%" in page
    assert "辍学未返校 ÷ 学年初在籍 × 100%" in page
    assert "− 转入" in page


def test_lines_stand_in_the_order_of_names_and_open_to_their_own_table(autumn) -> None:
    client = browser(autumn, "lu")

    page = text(client.get(f"/indicators/?unit={autumn.units['county'].pk}"))

    assert page.index("河口镇") < page.index("石桥乡")
    assert f"unit={autumn.units['shiqiao'].pk}" in page


@pytest.mark.req("R-186")
def test_a_number_opens_to_its_children_and_that_is_one_reading(autumn) -> None:
    client = browser(autumn, "xiang")
    unit = autumn.units["shiqiao"].pk

    page = text(client.get(f"/indicators/behind/?unit={unit}&count=dropped"))

    assert "学生a1" in page
    assert "学生a2" not in page
    reading = Reading.objects.get(kind="indicators.opened")
    assert reading.row_count == 1
    assert str(unit) in reading.filter
    assert "学生" not in reading.filter


def test_who_has_left_the_reach_is_counted_and_not_named(autumn) -> None:
    page = text(browser(autumn, "qin").get("/indicators/behind/?count=moved_out"))

    assert "学生a3" not in page
    assert "其中 1 人现在不在您的查看范围" in page


def test_a_place_out_of_reach_is_not_there(autumn) -> None:
    client = browser(autumn, "qin")
    other = autumn.units["other"].pk

    for path in ("", "behind/", "sheet/", "export/"):
        assert client.get(f"/indicators/{path}?unit={other}&count=base").status_code == 404


def test_the_class_teacher_sees_the_class(autumn) -> None:
    page = text(browser(autumn, "chen").get("/indicators/"))

    assert "三年级1班" in page
    assert "三年级2班" not in page


def test_a_village_has_no_classes_and_is_told_so(autumn) -> None:
    page = text(browser(autumn, "long").get("/indicators/"))

    assert "您的岗位下没有班级" in page
    assert "/indicators/" not in text(browser(autumn, "long").get("/")).split("<main")[0]


def test_the_public_sheet_shows_no_small_number(autumn) -> None:
    page = text(browser(autumn, "qin").get("/indicators/sheet/"))

    body = page[page.index("<tbody>") : page.index("</table>")]
    numbers = [int(n) for n in _cells(body) if n.isdigit()]
    assert all(n == 0 or n >= 10 for n in numbers)
    assert "5.00%" not in body
    assert "*" in body


def _cells(body: str) -> list[str]:
    return [part.split("<")[0].strip() for part in body.split('<td class="number">')[1:]]


@pytest.mark.req("R-235")
def test_the_file_says_who_when_and_what_for(autumn) -> None:
    client = browser(autumn, "qin")

    assert client.post("/indicators/export/", {"purpose": ""}).status_code == 422
    answer: Any = client.post("/indicators/export/", {"purpose": "报中心校"})

    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "报中心校" in str(rows[0][0])
    assert any(row[0] == "合计" and row[1] == "20" for row in rows)
    assert any("÷" in str(row[1]) for row in rows)
    assert Reading.objects.get(kind="indicators.exported").purpose == "报中心校"


@pytest.mark.parametrize("sheet", ["dropout", "movement", "retention", "cohort", "attendance"])
def test_each_sheet_answers_in_a_bounded_number_of_statements(autumn, sheet) -> None:
    client = browser(autumn, "lu")
    address = f"/indicators/?unit={autumn.units['county'].pk}&sheet={sheet}"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200

    assert len(queries) <= 26, [q["sql"][:90] for q in queries]


@pytest.mark.parametrize("period", ["last_year", "term", "month", "days"])
def test_every_period_answers(autumn, period) -> None:
    client = browser(autumn, "qin")

    asked = f"/indicators/?period={period}&since=2026-10-01&until=2026-10-31&known=2026-11-20"
    assert client.get(asked).status_code == 200


def test_a_headcount_from_an_old_return_stands_in_and_says_where_it_comes_from(autumn) -> None:
    client = browser(autumn, "wei")
    entered = {
        "unit": str(autumn.units["primary"].pk),
        "count": "base",
        "school_year": "2026",
        "value": "40",
        "source": "2026 年学年初报表",
    }

    assert client.post("/indicators/typed/", entered).status_code == 302
    page = text(client.get("/indicators/"))

    assert "录入：2026 年学年初报表" in page
    assert "2.50%" in page  # 1 of 40
    assert Entry.objects.filter(kind="count.typed").count() == 1


def test_a_second_figure_corrects_the_first_which_stays_on_record(autumn) -> None:
    client = browser(autumn, "wei")
    entered = {
        "unit": str(autumn.units["primary"].pk),
        "count": "base",
        "school_year": "2026",
        "source": "学年初报表",
    }

    for value in ("40", "41"):
        client.post("/indicators/typed/", entered | {"value": value})

    assert TypedCount.objects.count() == 2
    assert TypedCount.objects.get(superseded_at=None).value == 41
    assert Entry.objects.filter(kind="count.superseded").count() == 1


def test_nobody_enters_figures_for_a_place_that_is_not_his(autumn) -> None:
    entered = {
        "unit": str(autumn.units["other"].pk),
        "count": "base",
        "school_year": "2026",
        "value": "40",
        "source": "学年初报表",
    }

    assert browser(autumn, "wei").post("/indicators/typed/", entered).status_code == 422
    assert browser(autumn, "chen").get("/indicators/typed/").status_code == 409
    assert not TypedCount.objects.exists()
