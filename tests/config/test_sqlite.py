"""Two connections that write to one SQLite file take turns."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest
from django.db.utils import OperationalError, load_backend

from notoneless.config import environment
from notoneless.config.sqlite import base

pytestmark = pytest.mark.django_db


@pytest.fixture
def connect(tmp_path):
    """Opens one more connection of Django's to a file of its own."""
    opened = []

    def connect():
        settings = {
            **environment.database_settings(f"sqlite:///{tmp_path / 'turns.sqlite3'}"),
            "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False,
            "CONN_MAX_AGE": 0, "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "",
            "PORT": "", "TEST": {},
        }  # fmt: skip
        wrapper = load_backend(str(settings["ENGINE"])).DatabaseWrapper(settings, "turns")
        wrapper.inc_thread_sharing()
        opened.append(wrapper)
        return wrapper

    yield connect
    for wrapper in opened:
        wrapper.connection.close()


def run(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_who_waits_writes_soon_after_the_other_is_done(connect):
    one, two = connect(), connect()
    run(one, "CREATE TABLE slip (text)")
    run(one, "BEGIN IMMEDIATE")
    ended = []

    def end():
        time.sleep(0.3)
        ended.append(time.perf_counter())
        run(one, "COMMIT")

    other = threading.Thread(target=end)
    other.start()
    run(two, "INSERT INTO slip VALUES ('two')")
    waited = time.perf_counter() - ended[0]
    other.join()
    # SQLite's own patience would look again after up to 0.1 s.
    assert waited < 0.1
    assert run(one, "SELECT text FROM slip") == [("two",)]


def test_patience_ends(connect, monkeypatch):
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.05)
    one, two = connect(), connect()
    run(one, "CREATE TABLE slip (text)")
    run(one, "BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        run(two, "INSERT INTO slip VALUES ('two')")


def test_a_wrong_statement_is_not_tried_again(monkeypatch):
    tries = []

    def wrong():
        tries.append(1)
        sqlite3.connect(":memory:").execute("SELECT * FROM nowhere")

    with pytest.raises(sqlite3.OperationalError):
        base.patiently(wrong)
    assert len(tries) == 1
