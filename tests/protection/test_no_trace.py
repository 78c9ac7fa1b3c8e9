"""Every page of every other role is the same before and after a flag; so is every export."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.db import connection
from django.urls import NoReverseMatch, get_resolver, reverse

from notoneless.journal.models import RefusedAttempt
from tests.attendance.register import open_school
from tests.duties.desk import S1_29, adopt_pack, sweep
from tests.protection.desk import concerned, name_officers, raised
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-022", "R-294")]

EVERYBODY_ELSE = [
    *("qin", "wei", "shi", "fang", "lu", "mo", "he", "shao", "xiang", "long", "tan"),
    *("cen", "deng"),  # officers whose turn it is not
]
if connection.vendor == "postgresql":  # what pages say does not hang on the database
    EVERYBODY_ELSE = ["qin", "lu", "deng"]
NOT_WALKED = re.compile(r"^(sign-|set_language|styleguide|healthz|readyz|password|protection)")


@pytest.fixture
def busy(village: Village) -> Village:
    name_officers(village)
    open_school(village)
    adopt_pack(village, S1_29)
    sweep(village, TODAY)
    return village


def addresses(v: Village) -> list[str]:
    """Every page, about 吴小兰 and her class and school where it asks for one."""
    known = {
        "child_id": v.lan.pk,
        "class_id": v.units["primary-1"].pk,
        "unit_id": v.units["primary"].pk,
        "school_id": v.units["primary"].pk,
        "person_id": v.people["chen"].pk,
        "post_id": v.people["chen"].posts.get().pk,
        "school_year": 2026,
        "year": 2026,
    }
    found = []
    for name, entry in get_resolver().reverse_dict.items():
        if not isinstance(name, str) or NOT_WALKED.match(name):
            continue
        for _pattern, names in entry[0]:
            try:
                found.append(reverse(name, kwargs={n: known[n] for n in names}))
            except (KeyError, NoReverseMatch):
                continue
    lists = [f"/children/?q={word}" for word in ("吴小兰", "旧伤", "wxl")]
    return sorted({*found, *lists})


def walk(client, pages: list[str]) -> dict[str, tuple[int, str]]:
    """What each page answers, without what differs on every answer."""
    with connection.cursor() as cursor:  # who has looked is this walk itself
        cursor.execute("DELETE FROM journal_reading")
    return {page: _told(client.get(page)) for page in pages}


def _told(answer) -> tuple[int, str]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = [n for n in book.namelist() if n != "docProps/core.xml"]
            return answer.status_code, "\n".join(
                book.read(name).decode("utf-8", "replace") for name in names
            )
    text = content.decode("utf-8", "replace")
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", text)
    # A form's own key is new on every page; children and units are told apart by their names.
    return answer.status_code, re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#", text)


@pytest.mark.parametrize("key", EVERYBODY_ELSE)
def test_no_page_of_anybody_else_changes(busy: Village, signed_in, key: str):
    client, pages = signed_in(key), addresses(busy)
    assert len(pages) > 40
    before = walk(client, pages)
    raised(busy, concerned("guardian", words="继父"), receipt="青公接77号")

    after = walk(client, pages)
    assert [page for page in pages if after[page] != before[page]] == []
    assert sum(status == 200 for status, _text in after.values()) > 5


def test_what_the_walk_compares_would_show_a_change(busy: Village, signed_in):
    client, pages = signed_in("qin"), addresses(busy)
    before = walk(client, pages)
    busy.lan.name = "吴小兰兰"
    busy.lan.save()

    after = walk(client, pages)
    assert len([page for page in pages if after[page] != before[page]]) > 2


def test_the_excel_export_of_children_does_not_change(busy: Village, signed_in):
    client = signed_in("qin")

    def export() -> tuple[int, str]:
        return _told(client.post("/children/export/", {"purpose": "核对名单"}))

    before = export()
    raised(busy, concerned("guardian"))

    assert before[0] == 200
    assert "吴小兰" in before[1]
    assert export() == before


def test_knocking_at_a_flag_leaves_no_refused_attempt(busy: Village, signed_in):
    flag = raised(busy)
    signed_in("qin").get(f"/protection/{flag}/")

    assert not RefusedAttempt.objects.filter(kind__startswith="protection").exists()
