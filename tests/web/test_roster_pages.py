"""Pages of the roster import."""

from __future__ import annotations

import io
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from notoneless.children.models import Child, Enrolment, RosterImport, StagedRow
from notoneless.journal.models import Reading
from notoneless.rules.roster.columns import TEMPLATE
from tests.roster_maker import Maker, write

pytestmark = pytest.mark.django_db
URL = "/children/import/"


@pytest.fixture(autouse=True)
def background(monkeypatch, settings, tmp_path):
    """Background work is done at once; ``queued`` holds it back."""
    settings.DATA_DIR = tmp_path / "data"

    def at_once(name, *arguments):
        from notoneless.jobs.roster import MOVE, move

        assert name == MOVE
        move(*arguments)

    monkeypatch.setattr("notoneless.web.roster.imports.async_task", at_once)


@pytest.fixture
def queued(monkeypatch):
    waiting: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        "notoneless.web.roster.imports.async_task", lambda *task: waiting.append(task)
    )
    return waiting


def uploads(tmp_path, seed=41):
    folder = tmp_path / "files"
    folder.mkdir(exist_ok=True)
    schools = Maker(seed).county()
    paths = [write(school, folder, "csv") for school in schools]
    return schools, [SimpleUploadedFile(p.name, p.read_bytes()) for p in paths]


def one_upload(text, name="0001-云顶小学.csv"):
    return SimpleUploadedFile(name, text.encode())


def test_a_clerk_uploads_looks_and_writes(signed_in, tmp_path):
    lu = signed_in("lu")
    _schools, files = uploads(tmp_path)
    before = Child.objects.count()
    answer = lu.post(URL, {"rosters": files})
    found = RosterImport.objects.get()
    page = f"{URL}{found.pk}/"

    assert answer.url == page
    assert Child.objects.count() == before
    shown = lu.get(page).content.decode()
    assert "写入" in shown
    assert "校验位" in shown
    assert list((tmp_path / "data" / "rosters").iterdir()) == []
    answer = lu.post(f"{page}apply/")
    assert answer.url == page
    assert Child.objects.count() > before
    assert "已写入" in lu.get(page).content.decode()
    assert "云顶小学" not in lu.get(URL).content.decode()


@pytest.mark.parametrize(
    "kind", ["all", "new", "changed", "unchanged", "refused", "warned", "parked", "nonsense"]
)
def test_every_kind_of_row_is_listed_by_pages(signed_in, tmp_path, kind):
    lu = signed_in("lu")
    lu.post(URL, {"rosters": uploads(tmp_path)[1]})
    found = RosterImport.objects.get()
    for page in ("1", "2", "x"):
        answer = lu.get(f"{URL}{found.pk}/?kind={kind}&page={page}")
        assert answer.status_code == 200
        assert "归到乡镇" in answer.content.decode()
    noted = Reading.objects.filter(kind="roster.previewed")
    assert noted.count() == 3


def test_the_rows_of_one_file_can_be_looked_at(signed_in, tmp_path):
    lu = signed_in("lu")
    schools, files = uploads(tmp_path)
    lu.post(URL, {"rosters": files})
    page = f"{URL}{RosterImport.objects.get().pk}/?kind=refused"
    only = lu.get(f"{page}&file=2").content.decode()
    assert f"{schools[1].file} 第" in only
    assert f"{schools[0].file} 第" not in only
    assert f"{schools[0].file} 第" in lu.get(f"{page}&file=99").content.decode()


def test_the_page_shows_progress_and_refreshes_itself_when_the_work_is_done(
    signed_in, tmp_path, queued
):
    lu = signed_in("lu")
    lu.post(URL, {"rosters": uploads(tmp_path)[1]})
    found = RosterImport.objects.get()
    page = f"{URL}{found.pk}/"
    assert queued == [("notoneless.jobs.roster.move", str(found.pk))]

    whole = lu.get(page).content.decode()
    assert 'http-equiv="refresh"' in whole
    part = lu.get(f"{page}?poll=1", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert "<progress" in part
    RosterImport.objects.update(rows_total=400, rows_read=100)
    part = lu.get(f"{page}?poll=1", HTTP_HX_REQUEST="true").content.decode()
    assert "100 / 400" in part
    RosterImport.objects.update(status="ready")
    done = lu.get(f"{page}?poll=1", HTTP_HX_REQUEST="true")
    assert (done.status_code, done["HX-Refresh"]) == (204, "true")


def test_the_error_workbook_gives_each_doubtful_row_with_reason_and_runs_no_formula(
    signed_in, tmp_path
):
    lu = signed_in("lu")
    heads = ",".join(column.heading for column in TEMPLATE)
    cells = [""] * 71
    cells[0], cells[1], cells[19] = "2199000777", '"=cmd|A1"', '"=HYPERLINK(1)"'
    lu.post(URL, {"rosters": [one_upload(f"{heads}\n{','.join(cells)}\n")]})
    found = RosterImport.objects.get()
    answer = lu.get(f"{URL}{found.pk}/errors/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]

    assert sheet.cell(1, 4).value == "学校标识码"
    assert sheet.cell(2, 1).value == "2"
    assert "公式" in str(sheet.cell(2, 3).value)
    assert all(cell.data_type in ("s", "n") for cell in sheet[2])
    assert Reading.objects.filter(kind="roster.errors_exported").exists()


def test_a_script_in_a_name_is_refused_and_shown_as_text(signed_in, tmp_path):
    lu = signed_in("lu")
    heads = ",".join(column.heading for column in TEMPLATE)
    script = "<script>alert(1)</script>"
    lu.post(URL, {"rosters": [one_upload(f"{heads}\n2199000777,{script},女\n")]})
    page = lu.get(f"{URL}{RosterImport.objects.get().pk}/").content.decode()
    assert script not in page
    assert "网页代码" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("旅行.pdf", b"%PDF-1.7", "不是电子表格"),
        ("空.csv", b"", "空的"),
        ("表.xls", b"<html><table></table></html>", "网页"),
        ("账.csv", "日期,收入\n1,2".encode(), "没有找到学籍表的表头"),
    ],
)
def test_a_wrong_file_is_answered_with_a_clear_sentence(signed_in, name, content, words):
    lu = signed_in("lu")
    lu.post(URL, {"rosters": [SimpleUploadedFile(name, content)]})
    assert words in lu.get(f"{URL}{RosterImport.objects.get().pk}/").content.decode()


def test_an_upload_without_a_file_or_above_the_limit_is_refused(signed_in, tmp_path, settings):
    lu = signed_in("lu")
    assert lu.post(URL, {}).status_code == 409
    settings.ROSTER_UPLOAD_LIMIT_BYTES = 10
    answer = lu.post(URL, {"rosters": uploads(tmp_path)[1][:1]})
    assert answer.status_code == 409
    assert "MB" in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_pressing_twice_writes_once(signed_in, tmp_path):
    lu = signed_in("lu")
    lu.post(URL, {"rosters": uploads(tmp_path)[1]})
    page = f"{URL}{RosterImport.objects.get().pk}/"
    lu.post(f"{page}apply/")
    before = Child.objects.count()
    assert lu.post(f"{page}apply/").status_code == 409
    assert Child.objects.count() == before


def test_a_cancelled_import_leaves_no_rows_and_no_files(signed_in, tmp_path):
    lu = signed_in("lu")
    lu.post(URL, {"rosters": uploads(tmp_path)[1]})
    found = RosterImport.objects.get()
    assert lu.post(f"{URL}{found.pk}/cancel/").url == URL
    assert not StagedRow.objects.exists()
    assert lu.post(f"{URL}{found.pk}/apply/").status_code == 409
    assert lu.get(f"{URL}{found.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["tan", "wei"])
@pytest.mark.parametrize("verb", ["", "apply/", "cancel/", "retry/", "errors/"])
def test_another_units_import_is_not_there(signed_in, tmp_path, who, verb):
    signed_in("lu").post(URL, {"rosters": uploads(tmp_path)[1]})
    page = f"{URL}{RosterImport.objects.get().pk}/{verb}"
    client = signed_in(who)
    answer = client.get(page) if verb in ("", "errors/") else client.post(page)
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["chen", "shi", "xiang", "long"])
def test_who_does_not_keep_rosters_sees_no_import_page(signed_in, who):
    assert signed_in(who).get(URL).status_code == 409


# ----- parked rows


@pytest.fixture
def parked(village, tmp_path):
    from notoneless.access.queries import county_system
    from notoneless.flows.roster.running import import_rosters
    from tests.world import NOW, TODAY

    maker = Maker(42)
    first = maker.school("2199000107", "石桥乡中心小学", "point", per_class=1)
    later = maker.school("3199000106", "石桥乡初级中学", "junior", per_class=1)
    later.rows = [{**first.rows[0], "school_code": later.code, "class_text": "101"}]
    import_rosters(
        [write(first, tmp_path, "csv"), write(later, tmp_path, "csv")],
        actor=county_system(village.county_id, today=TODAY),
        is_trial=False,
        today=TODAY,
        clock=lambda: NOW,
    )
    return StagedRow.objects.get(verdict="parked")


def form(row, decision="move", reason="已电话核实", **more):
    spell = Enrolment.objects.get(child__national_id_index=row.identity, to_on=None)
    return {"decision": decision, "reason": reason, "spell": spell.pk, **more}


def test_a_clerk_decides_a_parked_row(signed_in, parked):
    lu = signed_in("lu")
    page = f"{URL}parked/{parked.pk}/"
    assert "石桥乡初级中学" in lu.get(f"{URL}parked/").content.decode()
    shown = lu.get(page).content.decode()
    number = Child.objects.get(national_id_index=parked.identity).national_id
    assert number not in shown
    assert lu.post(page, form(parked)).url == f"{URL}parked/"
    assert (
        Enrolment.objects.get(child__national_id_index=parked.identity, to_on=None).school.name
        == "石桥乡初级中学"
    )
    assert "没有待裁定的学生" in lu.get(f"{URL}parked/").content.decode()
    assert lu.get(page).status_code == 409
    assert lu.post(page, {"decision": "keep", "reason": "x"}).status_code == 409


def test_a_decision_without_reason_choice_or_on_a_stale_page_is_refused(signed_in, parked):
    lu = signed_in("lu")
    page = f"{URL}parked/{parked.pk}/"
    assert lu.post(page, form(parked, decision="nonsense")).status_code == 422
    assert lu.post(page, form(parked, reason="")).status_code == 409
    stale = lu.post(page, form(parked, spell=UUID(int=7)))
    assert stale.status_code == 409
    assert "变动" in stale.content.decode()
    assert StagedRow.objects.get(pk=parked.pk).parking == "pending"


def test_a_parked_row_between_schools_not_both_mine_is_not_there(signed_in, parked):
    assert signed_in("wei").get(f"{URL}parked/{parked.pk}/").status_code == 409
    assert signed_in("he").get(f"{URL}parked/{parked.pk}/").status_code == 200
    assert signed_in("lu").get(f"{URL}parked/999999/").status_code == 404
