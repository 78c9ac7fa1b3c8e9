from __future__ import annotations

import os
import pickle
from contextlib import nullcontext

# Set before Django reads its settings: cheap password hashes, no debug pages.
os.environ.setdefault("NOTONELESS_MODE", "test")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from tests import template
from tests.memory import forget
from tests.places.calendar_desk import give_calendar
from tests.policy.desk import give_packs
from tests.rows import Rows, added_by, keep, put_back
from tests.world import NOW, Village, build

# Django's settings may have been read before this line: each sign-in would cost 200 ms.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# How fast a machine is says nothing about what is right.
hypothesis_settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("unhurried")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database: all else was judged with the run on SQLite."""
    if connection.vendor != "postgresql":
        return
    config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
    items[:] = filter(asks_a_database, items)


def asks_a_database(item: pytest.Item) -> bool:
    wants = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not wants.isdisjoint(
        {"db", "transactional_db", "django_db_setup"}
    )


@pytest.fixture(autouse=True)
def nobody_left_another_language_on():
    """A page asked for in English leaves its language on for the next test of the worker."""
    translation.activate("zh-hans")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_use_migrations: bool,
    django_db_createdb: bool,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """pytest-django's own, which starts from a copy where the migrations have run before."""
    made = template.lent(connection, anew=django_db_createdb)
    with django_db_blocker.unblock(), made if django_db_use_migrations else nullcontext():
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session")
def founded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[bytes, Rows]:
    """The village, founded once by this worker, and its rows."""
    built: list[Village] = []
    with django_db_blocker.unblock(), transaction.atomic():
        rows = added_by(lambda: built.append(build()))
        village = pickle.dumps(built[0])
        keep(built[0], [give_calendar, give_packs])
        transaction.set_rollback(True)
    return village, rows


@pytest.fixture
def village(db: None, founded: tuple[bytes, Rows]) -> Village:
    """The village of ``world.py``: its own objects, the same keys in every test of a worker."""
    return as_founded(founded)


def as_founded(founded: tuple[bytes, Rows]) -> Village:
    """The village in an empty database, as on the day when it was founded."""
    forget()
    kept, rows = founded
    put_back(rows)
    village: Village = pickle.loads(kept)  # noqa: S301  written a moment ago
    return village


@pytest.fixture
def signed_in(village: Village):
    """``signed_in("chen")`` is a browser in which Chen is signed in, at 08:00 on 2026-11-20."""
    with time_machine.travel(NOW, tick=False):

        def sign_in(key: str) -> Client:
            client = Client()
            client.force_login(
                village.account(key), backend="django.contrib.auth.backends.ModelBackend"
            )
            return client

        yield sign_in
