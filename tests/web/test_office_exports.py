"""The administration's lists as files, and the parents in a class's directory."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notoneless.access.queries import actor_of_person
from notoneless.children.models import Guardian
from notoneless.flows.directory import contacts_of_unit
from notoneless.journal.models import Reading
from notoneless.places.models import Person
from notoneless.places.services.units import NewUnit
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from tests.web.test_office_pages import text
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def sheet(answer):
    assert answer.status_code == 200, answer
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize(
    "route", ["units", "vacancies", "groups", "coverage-gaps", "duties", "accounts", "directory"]
)
def test_every_list_goes_out_as_a_file_marked_with_who_and_when(village, signed_in, route):
    page = text(signed_in("mo").get(reverse(route)))
    assert "导出 Excel" in page

    rows = sheet(signed_in("mo").get(reverse(route) + "?export=1"))

    assert "莫庆国" in rows[0][0]
    assert "2026-11-20 08:00" in rows[0][0]
    assert "保密" in rows[1][0]
    assert f"共 {len(rows) - 3} 条" in rows[0][0]


@pytest.mark.parametrize("route", ["vacancies", "accounts"])
def test_a_file_is_refused_like_its_page(signed_in, route):
    assert signed_in("chen").get(reverse(route) + "?export=1").status_code == 409


def test_a_file_holds_what_the_page_is_narrowed_to_and_nothing_out_of_reach(village, signed_in):
    village.account("wei")
    rows = sheet(signed_in("shi").get(reverse("accounts") + "?show=none&export=1"))
    names = {row[0] for row in rows[3:]}
    assert "覃志学" in names
    assert not names & {"韦素芬", "谭文静"}


def test_no_cell_of_a_list_runs_as_a_formula(village, signed_in):
    village.found("bad", NewUnit(UnitKind.VILLAGE, "=1+1", code="539901102277"), g="shiqiao")
    answer = signed_in("mo").get(reverse("units") + "?line=g&export=1")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.req("R-017")
def test_a_file_of_the_directory_keeps_phones_masked_and_leaves_parents_out(village, signed_in):
    Person.objects.filter(pk=village.people["qin"].pk).update(phone="15400000321")
    guardian(village, "lan", "吴大山", "15400000999")
    for who, at in (("mo", "primary"), ("chen", "primary-1")):
        address = reverse("directory-unit", args=[village.units[at].pk])
        words = str(sheet(signed_in(who).get(address + "?export=1")))
        assert "覃志学" in words
        assert "15400000321" not in words
        assert "吴大山" not in words


def guardian(village, child, name, phone, position=1):
    return Guardian.objects.create(
        county_id=village.county_id,
        child=village.children[child],
        position=position,
        name=name,
        relation="51",
        phone=phone,
    )


@pytest.mark.req("R-017")
def test_a_class_directory_lists_the_parents_masked_and_a_look_is_noted(village, signed_in):
    guardian(village, "lan", "吴大山", "15400000999")
    guardian(village, "yan", "䶮别班", "15400000998")
    browser = signed_in("chen")

    page = text(browser.get(reverse("directory-unit", args=[village.units["primary-1"].pk])))

    assert "吴大山" in page
    assert "吴小兰" in page
    assert "䶮别班" not in page
    assert "15400000999" not in page
    reading = Reading.objects.get(kind="guardians.listed")
    assert (reading.row_count, reading.person_id) == (2, village.people["chen"].pk)
    shown = browser.post(reverse("parent-phone", args=[village.lan.pk, 1]))
    assert "15400000999" in text(shown)
    look = Reading.objects.get(kind="child.revealed", child_id=village.lan.pk)
    assert (look.fields, look.purpose) == (["guardian1_phone"], "contact")


@pytest.mark.req("R-017", "R-022")
def test_parents_are_not_there_for_whoever_may_not_see_contacts(village, signed_in):
    guardian(village, "lan", "吴大山", "15400000999")
    village.employ("su", "苏来", Role.HOMEROOM_TEACHER, "primary-2", approved=False)
    reveal = reverse("parent-phone", args=[village.lan.pk, 1])
    for who in ("mo", "su", "tan"):
        assert signed_in(who).post(reveal).status_code == 404
    page = signed_in("mo").get(reverse("directory-unit", args=[village.units["primary-1"].pk]))
    assert "吴大山" not in text(page)
    nobody = reverse("parent-phone", args=[village.lan.pk, 2])
    assert signed_in("chen").post(nobody).status_code == 404
    assert signed_in("chen").get(reveal).status_code == 405
    assert not Reading.objects.filter(kind__in=["guardians.listed", "child.revealed"]).exists()


@pytest.mark.req("R-010", "R-017")
def test_the_childs_page_leads_to_the_network_of_the_child(village, signed_in):
    browser = signed_in("chen")
    network = reverse("directory-child", args=[village.lan.pk])
    assert network in text(browser.get(reverse("child", args=[village.lan.pk])))
    assert browser.get(network).status_code == 200
    assert "查看联系网" in text(browser.get(reverse("child", args=[village.lan.pk])))


def test_parents_cost_the_same_however_many_children(village, django_assert_num_queries):
    actor = actor_of_person(village.people["chen"], today=TODAY)
    unit = village.units["primary-1"].pk

    def look():
        return contacts_of_unit(actor, unit, today=TODAY, stamp=village.stamp("chen")).parents

    guardian(village, "lan", "吴大山", "15400000999")
    with CaptureQueriesContext(connection) as before:
        assert len(look()) == 1
    guardian(village, "gang", "杨大山", "15400000997")
    guardian(village, "lan", "吴二山", "15400000996", position=2)
    with django_assert_num_queries(len(before)):
        assert len(look()) == 3
