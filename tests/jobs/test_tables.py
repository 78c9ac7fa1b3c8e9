"""SQLite looks at its tables each night and after a roster; PostgreSQL needs nobody for that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.access.queries import county_system
from notoneless.flows.roster.running import import_rosters
from notoneless.jobs.schedule import JOBS
from notoneless.jobs.tables import look_at_every_table
from notoneless.journal import statistics
from tests.flows.roster.desk import clock, small
from tests.world import NOW, TODAY

pytestmark = pytest.mark.django_db
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="what SQLite keeps")


def known_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return set()
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def big(monkeypatch):
    """As if five rows were many."""
    monkeypatch.setattr(statistics, "BIG_ROWS", 4)


@only_sqlite
def test_afterwards_sqlite_knows_how_its_big_tables_are_filled(village, big):
    look_at_every_table(NOW, TODAY)
    look_at_every_table(NOW, TODAY)
    known = known_tables()
    assert {"children_child", "children_childplace", "places_unit"} <= known
    assert "children_rosterimport" not in known


@only_sqlite
def test_of_small_tables_it_is_told_nothing_as_they_may_grow_before_the_next_night(village):
    look_at_every_table(NOW, TODAY)
    assert known_tables() == set()


@only_sqlite
def test_it_reads_a_bounded_part_of_each_index(village):
    look_at_every_table(NOW, TODAY)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit")
        assert cursor.fetchone() == (1000,)


@only_sqlite
def test_a_roster_that_was_written_is_looked_at_at_once(tmp_path, village, big):
    _school, path = small(tmp_path)
    system = county_system(village.county_id, today=TODAY)
    import_rosters([path], actor=system, is_trial=False, today=TODAY, clock=clock)
    assert "children_stagedrow" in known_tables()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="PostgreSQL's own business")
def test_postgresql_is_asked_nothing(village):
    with CaptureQueriesContext(connection) as asked:
        look_at_every_table(NOW, TODAY)
    assert len(asked) == 0


def test_it_is_done_once_a_day():
    rounds = {job.name: job for job in JOBS}
    assert rounds["look-at-tables"].every == timedelta(days=1)
