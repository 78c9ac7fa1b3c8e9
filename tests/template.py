"""The empty database of the tests: migrated once, copied by every worker and by later runs.

The migrations take half a minute of processor time. Whoever comes first runs them and keeps the
outcome, below ``build/`` or on PostgreSQL as a database to copy from, under a hash of all that it
was made of. The others wait and copy it, and Django applies what it lacks. Where a change is judged
(``CI``) each run makes its own, as ``pytest --create-db`` does.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

import notoneless

PACKAGE = Path(notoneless.__file__).parent
FOLDER = PACKAGE.parent.parent / "build" / "tests"
MADE_OF = ("*/migrations/*.py", "*/models.py", "*/models/**/*.py", "config/settings.py")
LIBRARIES = ("django", "django-axes", "django-q2")
A_DAY = 86_400.0
FEW = 4


@contextmanager
def lent(connection: BaseDatabaseWrapper, *, anew: bool = False) -> Iterator[None]:
    """While this lasts, the test database is made: from the template where there is one.

    Those who want the same template take turns. What was made without one becomes it; ``anew``
    forgets the old.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    key = made_of()
    with (FOLDER / f"template-{key}.{connection.vendor}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        template: Template = (Database if connection.vendor == "postgresql" else File)(
            connection, key
        )
        if anew or not template.exists():
            yield
            if key == made_of():
                template.keep()
        else:
            with template.copied():
                yield


def made_of() -> str:
    """A hash of the migrations, tables and libraries that a migrated database comes from.

    In ``CI`` also of the run, whose workers share one.
    """
    paths = sorted(path for pattern in MADE_OF for path in PACKAGE.glob(pattern))
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "") if os.environ.get("CI") else ""
    said = hashlib.sha256(repr([run, *((name, version(name)) for name in LIBRARIES)]).encode())
    for path in paths:
        said.update(f"{path.relative_to(PACKAGE)}".encode() + b"\0" + path.read_bytes())
    return said.hexdigest()[:16]


class Template(Protocol):
    def exists(self) -> bool: ...

    def keep(self) -> None:
        """Make the migrated database the template; those that nobody wants any more go."""

    def copied(self) -> AbstractContextManager[None]:
        """Have the test database start as a copy while Django makes it."""


class File:
    """A template of SQLite, whose test database is in memory."""

    def __init__(self, connection: BaseDatabaseWrapper, key: str) -> None:
        self.connection = connection
        self.path = FOLDER / f"template-{key}.sqlite3"

    def exists(self) -> bool:
        return self.path.exists()

    def keep(self) -> None:
        for old in FOLDER.glob("template-*"):
            if old.stat().st_mtime < time.time() - A_DAY:
                old.unlink(missing_ok=True)
        unfinished = self.path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as file:
            self.connection.connection.backup(file)
        unfinished.rename(self.path)

    @contextmanager
    def copied(self) -> Iterator[None]:
        # The memory that connections share lasts as long as one of them.
        name = f"file:memorydb_{self.connection.alias}?mode=memory&cache=shared"
        with closing(sqlite3.connect(name, uri=True)) as memory:
            with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)) as file:
                file.backup(memory)
            yield


class Database:
    """A template of PostgreSQL, on the server of the test database."""

    def __init__(self, connection: Any, key: str) -> None:
        self.connection = connection
        self.name = f"template_test_{key}"

    def exists(self) -> bool:
        return self.name in self._standing()

    def keep(self) -> None:
        self.connection.close()
        self.connection.close_pool()
        made = self.connection.settings_dict["NAME"]
        with self.connection._nodb_cursor() as cursor:
            for old in {self.name, *self._standing()[:-FEW]}:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{made}"')

    @contextmanager
    def copied(self) -> Iterator[None]:
        self.connection.settings_dict["TEST"]["TEMPLATE"] = self.name
        yield

    def _standing(self) -> list[str]:
        """Templates, the oldest first."""
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(
                r"SELECT datname FROM pg_database"
                r" WHERE datname LIKE 'template\_test\_%' ORDER BY oid"
            )
            return [name for (name,) in cursor.fetchall()]
