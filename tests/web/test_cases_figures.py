"""The register's figures by village, class and school."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from notoneless.cases.queries.registers import By, Period, figures_by, lost_in, returned_in
from notoneless.documents.models import Document
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.documents.kinds import DocumentKind
from tests.attendance.register import FRI, MON, THU, TUE, WED, call
from tests.cases.desk import case_of, look, payload_in, take
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-103", "R-233")]
ADDRESS = "/cases/returned/"


@pytest.fixture
def v(village: Village) -> Village:
    """Lan, Gang and, of class 2, Yan were lost on Wednesday; Gang is back on Thursday."""
    under(village, S1_29)
    for day in (MON, TUE):
        call(village, day, "lan", "gang")
        call(village, day, "yan", at="primary-2", by="qin")
    look(village, TUE)
    for name in ("lan", "gang", "yan"):
        said: dict[str, Any] = {"result": "dropped_out", "criteria": "连续无故未到校"}
        take(village, StepKind.DETERMINED, by="qin", day=WED, child=name, **said)
    call(village, WED, "lan", "gang")
    call(village, THU, "lan")
    look(village, THU)
    village_of_lan = case_of(village)
    village_of_lan.village = village.units["village"]
    village_of_lan.save(update_fields=["village"])
    return village


def figures(v: Village, by: By, *, who="qin", from_on=MON, to_on=FRI):
    actor, period = v.actor(who, today=FRI), Period(from_on, to_on)
    lost, back = lost_in(actor, period, on=FRI), returned_in(actor, period, on=FRI)
    return {
        (each.place.name, each.place.class_name.number if each.place.class_name else ""): (
            each.lost,
            each.still_away,
            each.back,
        )
        for each in figures_by(by, lost, back)
    }


def test_each_breakdown_adds_up_to_the_same_lists(v):
    assert figures(v, By.SCHOOL) == {("石桥乡中心小学", ""): (3, 2, 1)}
    assert figures(v, By.CLASS) == {
        ("石桥乡中心小学", "1"): (2, 1, 1),
        ("石桥乡中心小学", "2"): (1, 1, 0),
    }
    assert figures(v, By.VILLAGE) == {("石桥村", ""): (1, 1, 0), ("", ""): (2, 1, 1)}


def test_what_has_no_village_comes_last(v):
    assert list(figures(v, By.VILLAGE))[-1] == ("", "")


@pytest.mark.parametrize(
    ("from_on", "to_on", "told"),
    [
        (MON, TUE, {}),
        (MON, WED, {("石桥乡中心小学", ""): (3, 2, 0)}),
        (THU, THU, {("石桥乡中心小学", ""): (0, 0, 1)}),
        (FRI, FRI, {}),
    ],
)
def test_both_days_of_the_period_count_and_those_beside_them_do_not(v, from_on, to_on, told):
    assert figures(v, By.SCHOOL, from_on=from_on, to_on=to_on) == told


def test_another_school_has_no_figures_of_it(v):
    assert figures(v, By.CLASS, who="tan") == {}


def test_each_register_paper_counts_school_village_and_class_with_its_own_child(v):
    papers = Document.objects.filter(kind=DocumentKind.DROPOUT_REGISTER).order_by("number")
    told = [[(t.of, t.children) for t in payload_in(paper).tallies] for paper in papers]

    school = "石桥乡中心小学"
    assert told == [
        [(school, 1), ("三年级（1）班", 1)],
        [(school, 2), ("三年级（1）班", 2)],
        [(school, 3), ("三年级（2）班", 1)],
    ]


def text(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_the_page_shows_them_by_village_first_and_by_class_on_asking(v, browse):
    browser = browse("qin", FRI)
    assert '<th scope="row">石桥村</th>' in text(browser.get(ADDRESS))
    assert '<th scope="row">没有登记村</th>' in text(browser.get(ADDRESS))

    by_class = text(browser.get(ADDRESS, {"by": "class"}))
    assert '<th scope="row">石桥乡中心小学 三年级1班</th>' in by_class
    assert '<th scope="row">石桥村</th>' not in by_class
    assert '<th scope="row">石桥村</th>' in text(browser.get(ADDRESS, {"by": "nonsense"}))


def test_the_figures_leave_as_a_sheet_without_names(v, browse):
    answer = browse("qin", FRI).get(f"{ADDRESS}figures/", {"by": "class"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [[str(cell.value) for cell in line] for line in book.active.iter_rows()]

    assert ["石桥乡中心小学 三年级1班", "2", "1", "1"] in [line[:4] for line in cells]
    assert "吴小兰" not in str(cells)


def test_who_sees_no_cases_gets_no_figures(v, browse):
    assert browse("mo", FRI).get(f"{ADDRESS}figures/").status_code == 409
    assert browse("qin", FRI).get(f"{ADDRESS}figures/?from_on=x").status_code == 404
