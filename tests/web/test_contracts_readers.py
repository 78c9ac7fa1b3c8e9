"""Supervision and vice principals read contracts on the pages and change nothing (R-175, R-300)."""

from __future__ import annotations

import pytest

from notoneless.rules.roles import Role
from tests.contracts.desk import FAMILIES, S1_7, draw, of_child, of_class, with_contracts
from tests.world import TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-175", "R-300")]
READERS = ("shao", "gu")


@pytest.fixture
def v(village: Village) -> Village:
    found = with_contracts(village, S1_7)
    found.employ("gu", "顾念慈", Role.VICE_PRINCIPAL, "primary")
    draw(found)
    draw(found, FAMILIES)
    return found


@pytest.mark.parametrize("who", READERS)
def test_they_read_the_contracts_of_their_reach_and_what_is_missing(v: Village, browse, who: str):
    client = browse(who, TODAY)
    row = of_class(v)

    for path in (
        "/contracts/",
        "/contracts/list/",
        "/contracts/missing/guardian/",
        f"/contracts/{row.pk}/",
        f"/contracts/{row.pk}/pdf/",
        f"/contracts/{of_child(v).pk}/",
    ):
        assert client.get(path).status_code == 200, path
    assert "陈小满" in client.get("/contracts/list/").content.decode()


@pytest.mark.parametrize("who", READERS)
def test_they_change_nothing(v: Village, browse, who: str):
    row, client = of_class(v), browse(who, TODAY)
    page = client.get(f"/contracts/{row.pk}/").content.decode()

    for words in ("写错了，撤回", "上传照片", "加一条补充约定", "换人接续"):
        assert words not in page
    assert "起草</h2>" not in client.get("/contracts/").content.decode()
    for path in ("draw/?kind=guardian&unit=" + str(v.units["primary"].pk), "succession/"):
        assert client.get(f"/contracts/{path}").status_code in {403, 409}, path
