"""A county clerk imports rosters, decides the parked rows, and sees a class."""

from __future__ import annotations

import pytest

from notoneless.jobs.roster import move
from tests.roster_maker import Maker, write


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_clerk_imports_rosters_and_decides(site, tmp_path, monkeypatch, settings, size):
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(
        "notoneless.web.roster.imports.async_task", lambda _name, import_id: move(import_id)
    )
    schools = Maker(51).county()
    paths = [write(school, tmp_path, "xlsx") for school in schools]
    page = site.sign_in("lu", size=size)

    page.goto(site.url("/children/import/"))
    site.assert_accessible(page)
    page.set_input_files("input[type=file]", [str(path) for path in paths])
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_text("等待您确认写入").wait_for()
    site.assert_accessible(page)
    page.get_by_role("button", name="写入").click()
    page.get_by_text("已写入").wait_for()
    page.get_by_role("link", name="去裁定").click()
    site.assert_accessible(page)
    page.get_by_role("link", name="裁定").last.click()
    site.assert_accessible(page)
    page.get_by_label("转到后列出的学校").check()
    page.get_by_label("理由").fill("已电话核实")
    page.get_by_role("button", name="裁定").click()
    page.get_by_text("已裁定并记录").wait_for()
