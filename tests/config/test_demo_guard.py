"""Production never starts on a demo's data."""

from __future__ import annotations

import pytest

from notoneless.config import commandline
from notoneless.config.environment import BadSetting
from notoneless.flows.demo.guarding import DemoInProduction, holds_demo_data, refuse_demo_data
from notoneless.journal.services import mark_as_demo
from tests.config.test_environment import read
from tests.journal.desk import COUNTY


@pytest.fixture
def demo_data(db):
    mark_as_demo(COUNTY)


@pytest.mark.parametrize("command", ["serve", "scheduler", "qcluster", "sweep", "roster"])
def test_every_process_at_work_refuses_in_words(command, demo_data, settings, capsys):
    settings.IS_PRODUCTION = True
    with pytest.raises(SystemExit) as ended:
        commandline.refuse_demo_data([command, "--once"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "演示县" in said
    assert "demo county" in said


@pytest.mark.parametrize("command", ["migrate", "verify_journal", "backup"])
def test_what_looks_into_a_database_may_still_run(command, demo_data, settings):
    settings.IS_PRODUCTION = True
    commandline.refuse_demo_data([command])


def test_the_pages_refuse_before_they_serve(demo_data, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(DemoInProduction, match="演示县"):
        refuse_demo_data()


def test_a_demo_itself_and_a_real_county_start(db, settings):
    settings.IS_PRODUCTION = True
    assert not holds_demo_data()
    refuse_demo_data()
    mark_as_demo(COUNTY)
    settings.IS_PRODUCTION = False
    refuse_demo_data()


def test_readyz_says_so(demo_data, settings, client):
    assert client.get("/readyz").status_code == 200
    settings.IS_PRODUCTION = True
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"holds a demo's data\n")


def test_production_is_no_demo():
    with pytest.raises(BadSetting, match="NOTONELESS_DEMO"):
        read(NOTONELESS_DEMO="yes")


def test_a_demos_clock_is_read_and_an_odd_one_stops_the_start():
    clock = "2026-11-20T07:50:00+08:00/2026-11-22T08:00:00+00:00"
    here = {"NOTONELESS_MODE": "development", "NOTONELESS_DEMO_CLOCK": clock}
    assert read(**here, NOTONELESS_DEMO="yes").demo_clock is not None
    assert read(**here).demo_clock is None
    with pytest.raises(BadSetting, match="NOTONELESS_DEMO_CLOCK"):
        read(
            NOTONELESS_MODE="development",
            NOTONELESS_DEMO="yes",
            NOTONELESS_DEMO_CLOCK="noon",
        )
