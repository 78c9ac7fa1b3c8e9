"""Takes a database out as one file and puts it back, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

from django.db import connection, connections


class CannotDump(Exception):
    """The database's own tool refused; its words are the message."""


class Engine(Protocol):
    name: str

    def dump(self, file: Path) -> None:
        """Write the whole database as of one moment, while others read and write."""

    def is_empty(self) -> bool:
        """Whether there is nothing that a restore would take away."""

    def load(self, file: Path) -> None:
        """Put a dump where the settings say, instead of whatever is there."""


def engine() -> Engine:
    """The one of this machine's settings."""
    return Sqlite() if connection.vendor == "sqlite" else Postgres()


class Sqlite:
    name = "sqlite"

    @property
    def path(self) -> Path:
        return Path(_parts()["NAME"])

    def dump(self, file: Path) -> None:
        with closing(sqlite3.connect(self.path)) as source:
            source.execute("VACUUM INTO ?", [str(file)])

    def is_empty(self) -> bool:
        if not self.path.exists():
            return True
        with closing(sqlite3.connect(self.path)) as here:
            return not here.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()

    def load(self, file: Path) -> None:
        """The file goes into place in one move; what stood there stays beside it."""
        connections.close_all()
        incoming = self.path.with_name(self.path.name + ".incoming")
        shutil.copyfile(file, incoming)
        for ending in ("", "-wal", "-shm"):
            # The journal goes along: it may hold what was written last.
            here = self.path.with_name(self.path.name + ending)
            kept = self.path.with_name(f"{self.path.name}.before-restore{ending}")
            kept.unlink(missing_ok=True)
            if here.exists():
                os.replace(here, kept)
        os.replace(incoming, self.path)


class Postgres:
    name = "postgresql"

    def dump(self, file: Path) -> None:
        options = ["--format=custom", "--schema=public", "--no-owner", "--no-acl"]
        _run(["pg_dump", *options, f"--file={file}"])

    def is_empty(self) -> bool:
        return not connection.introspection.table_names()

    def load(self, file: Path) -> None:
        """The dump makes the schema ``public`` anew; what stood there stays as ``before_restore``.

        A restore that fails puts it back.
        """
        was_empty = self.is_empty()
        if was_empty:
            _say("DROP SCHEMA public")
        else:
            _say("DROP SCHEMA IF EXISTS before_restore CASCADE")
            _say("ALTER SCHEMA public RENAME TO before_restore")
        connections.close_all()
        try:
            options = ["--no-owner", "--no-acl", "--single-transaction", "--exit-on-error"]
            _run(["pg_restore", *options, f"--dbname={_parts()['NAME']}", str(file)])
        except CannotDump:
            _say("CREATE SCHEMA public" if was_empty else _BACK)
            raise


_BACK = "ALTER SCHEMA before_restore RENAME TO public"


def _say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _run(command: Sequence[str]) -> None:
    parts = _parts()
    environ = {
        **os.environ,
        "PGHOST": parts["HOST"],
        "PGPORT": parts["PORT"] or "5432",
        "PGUSER": parts["USER"],
        "PGPASSWORD": parts["PASSWORD"],
        "PGDATABASE": parts["NAME"],
    }
    try:
        done = subprocess.run(command, env=environ, capture_output=True, text=True)  # noqa: S603  # our own words
    except FileNotFoundError as missing:
        raise CannotDump(f"{command[0]} is not installed (PostgreSQL's client tools)") from missing
    if done.returncode:
        raise CannotDump(done.stderr.strip() or f"{command[0]} failed")


def _parts() -> dict[str, str]:
    return {key: str(value) for key, value in connection.settings_dict.items()}
