"""Settings come from the environment, typed, and an odd one stops the start."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from notoneless.config.environment import BadSetting, database_settings, read_environment

KEY = base64.b64encode(b"k" * 32).decode()
COMPLETE = {
    "NOTONELESS_MODE": "production",
    "NOTONELESS_SECRET_KEY": "s",
    "NOTONELESS_FIELD_KEYS": f"1:{KEY},2:{KEY}",
    "NOTONELESS_INDEX_KEY": KEY,
    "NOTONELESS_ALLOWED_HOSTS": "one.example,two.example",
}


def read(**changes):
    environ = {k: v for k, v in {**COMPLETE, **changes}.items() if v is not None}
    return read_environment(environ, root=Path("/srv"))


def test_a_complete_production_environment_is_read():
    environment = read()

    assert environment.allowed_hosts == ("one.example", "two.example")
    assert set(environment.field_keys) == {1, 2}
    assert environment.idle_minutes == 30
    assert environment.database_url == "sqlite:////srv/data/notoneless.sqlite3"


@pytest.mark.parametrize(
    "missing",
    [
        "NOTONELESS_SECRET_KEY",
        "NOTONELESS_FIELD_KEYS",
        "NOTONELESS_INDEX_KEY",
        "NOTONELESS_ALLOWED_HOSTS",
    ],
)
def test_production_does_not_start_without_its_own(missing):
    with pytest.raises(BadSetting, match=missing):
        read(**{missing: None})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("NOTONELESS_MODE", "prod", "NOTONELESS_MODE is 'prod'"),
        ("NOTONELESS_FIELD_KEYS", "1:short", "not base64|holds"),
        ("NOTONELESS_FIELD_KEYS", KEY, "must look like"),
        ("NOTONELESS_INDEX_KEY", base64.b64encode(b"x").decode(), "holds 1 bytes, expected 32"),
        ("NOTONELESS_IDLE_MINUTES", "0", "whole number above 0"),
        ("NOTONELESS_BEHIND_PROXY", "true", "use yes or no"),
        ("NOTONELESS_IDLE_MINUTE", "5", "unknown setting NOTONELESS_IDLE_MINUTE"),
    ],
)
def test_an_odd_setting_is_named_and_stops_the_start(name, value, said):
    with pytest.raises(BadSetting, match=said):
        read(**{name: value})


def test_development_needs_no_setting_at_all():
    environment = read_environment({}, root=Path("/home/me/notoneless"))

    assert environment.mode == "development"
    assert not environment.is_demo


def test_sqlite_takes_its_write_lock_at_once():
    database = database_settings("sqlite:////data/x.sqlite3")

    assert database["NAME"] == "/data/x.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgres_addresses_are_taken_apart():
    database = database_settings("postgres://me:p%40ss@db:5433/county")

    assert (database["USER"], database["PASSWORD"]) == ("me", "p@ss")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", "5433", "county")


def test_another_kind_of_database_is_refused():
    with pytest.raises(BadSetting, match="mysql"):
        database_settings("mysql://x/y")
