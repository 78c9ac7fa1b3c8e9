"""Who brings which rosters, and who sees them."""

from __future__ import annotations

import json

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.children.models import RosterImport
from notoneless.flows.roster import viewing
from notoneless.flows.roster.moving import cancel, let_apply, try_again
from notoneless.flows.roster.report import write_report
from notoneless.journal.services import Stamp
from tests.flows.roster.desk import found, read, small
from tests.roster_maker import Maker, write
from tests.world import NOW, TODAY

pytestmark = pytest.mark.django_db


def test_a_school_brings_its_own_children_and_no_others(tmp_path, village):
    wei = village.actor("wei")
    own = Maker(11).school("2199000107", "石桥乡中心小学", "primary", per_class=1)
    own.rows[3]["school_code"] = "2199000101"
    own.rows[4]["school_code"] = ""
    import_id = read([write(own, tmp_path, "csv")], wei)
    write_report(import_id, tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))

    assert found(report) == {"school_not_yours": {f"{own.file}#5"}}
    assert RosterImport.objects.get().unit == village.units["primary"]
    assert RosterImport.objects.get().by == village.people["wei"]


def test_who_teaches_does_not_import(tmp_path, village):
    _, path = small(tmp_path)
    with pytest.raises(NotAllowed):
        read([path], village.actor("chen"))


def test_an_import_of_another_unit_is_not_there(tmp_path, village):
    _, path = small(tmp_path)
    import_id = read([path], village.actor("lu"))
    for verb in (let_apply, try_again, cancel):
        with pytest.raises(RosterImport.DoesNotExist):
            verb(import_id, actor=village.actor("tan"), today=TODAY, now=NOW)


def test_pages_of_rows_go_on_from_file_to_file(tmp_path, village, monkeypatch):
    lu = village.actor("lu")
    paths = [
        write(Maker(n).school(f"21990007{n}", f"{n}小学", "point", per_class=2), tmp_path, "csv")
        for n in (91, 92, 93)
    ]
    import_id = read(paths, lu)
    monkeypatch.setattr(viewing, "PAGE_ROWS", 15)
    stamp = Stamp(village.county_id, lu.person_id, NOW)
    pages = [
        viewing.row_page(lu, import_id, viewing.RowFilter(page=n), on=TODAY, stamp=stamp)
        for n in (1, 2, 3, 4)
    ]

    assert [len(page.rows) for page in pages] == [15, 15, 6, 0]
    shown = [(row.file, row.sheet_row) for page in pages for row in page.rows]
    assert shown == [(path.name, row) for path in paths for row in range(2, 14)]
