"""A backup made while the county works comes back whole, on either database, and proves it."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copyfile
from urllib.parse import urlparse

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from uuid_utils.compat import uuid4

from notoneless.jobs.backups.archive import DUMP, MANIFEST, BadBackup, opened
from notoneless.jobs.backups.engines import Sqlite
from tests.structure.source import ROOT
from tests.template import Database, File, made_of

ON_POSTGRES = "postgres" in os.environ.get("DATABASE_URL", "")


TYPED = """
import sys
from notoneless.config.commandline import main
for line in sys.argv[1:]:
    sys.argv = ["notoneless", *line.split()]
    main()
"""


class Machine:
    """A database of its own, and the commands that an engineer types on it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.environ = {
            **os.environ,
            "NOTONELESS_MODE": "test",
            "NOTONELESS_DATA_DIR": str(folder),
            "DATABASE_URL": url,
        }

    def run(self, *lines: str) -> subprocess.CompletedProcess[str]:
        """Several commands by one process, which takes seconds to begin."""
        return subprocess.run(
            [sys.executable, "-c", TYPED, *lines],
            env=self.environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )

    def do(self, *lines: str) -> str:
        done = self.run(*lines)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def new_machine(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None
) -> Iterator[Callable[..., Machine]]:
    """A machine with an empty database, or with tables in it, as those of the tests."""
    made: list[str] = []

    def make(*, has_tables: bool = False) -> Machine:
        folder = tmp_path_factory.mktemp("machine")
        if not ON_POSTGRES:
            if has_tables:
                copyfile(File(connection, made_of()).path, folder / "n.sqlite3")
            return Machine(f"sqlite:///{folder}/n.sqlite3", folder)
        server = urlparse(os.environ["DATABASE_URL"])
        name = f"backup_{uuid4().hex}"
        made.append(name)
        like = f"TEMPLATE {Database(connection, made_of()).name}" if has_tables else ""
        with psycopg.connect(server.geturl(), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} {like}")
        return Machine(server._replace(path=f"/{name}").geturl(), folder)

    yield make
    if made:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
            for name in made:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def source(new_machine: Callable[..., Machine]) -> Machine:
    return new_machine(has_tables=True)


@pytest.fixture(scope="module")
def backup(source: Machine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "red.tar"
    founded = "found_county 539902 红石县 红石县教育局 莫开山"
    assert "journal ended at  NOL1" in source.do(founded, "seal-journal", f"backup {path}")
    return path


def test_what_was_backed_up_stands_on_an_empty_machine_with_its_journal_whole(backup, new_machine):
    fresh = new_machine()
    told = fresh.do(f"restore {backup}")
    assert "日志完整" in told
    assert "红石县（539902）" in told


def test_a_database_that_is_there_is_left_alone_until_it_is_to_be_replaced(backup, source):
    source.do("found_county 539903 白石县 白石县教育局 莫开山")
    assert "nothing was changed" in source.run(f"restore {backup}").stderr
    told = source.do("verify-journal", f"restore --replace {backup}")
    assert "白石县" in told
    assert "日志完整" in told
    assert "白石县" not in source.do("verify-journal")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda said: said | {"sha256": "0" * 64}, "damaged"),
        (lambda said: said | {"migrations": ["cases.9999_later"]}, "newer program"),
        (lambda said: said | {"engine": "other"}, "DATABASE_URL"),
        (lambda said: said | {"keys": {"1": "0" * 16}}, "key 1"),
        (lambda said: {}, "not a backup"),
    ],
)
def test_a_backup_that_does_not_belong_here_is_refused_in_words(backup, tmp_path, change, words):
    with tarfile.open(backup) as tar:
        said = json.loads(tar.extractfile(MANIFEST).read())
        dump = tar.extractfile(DUMP).read()
    parts = {MANIFEST: json.dumps(change(said)).encode(), DUMP: dump}
    altered = tmp_path / "altered.tar"
    with tarfile.open(altered, "w") as tar:
        for name, data in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    with pytest.raises(BadBackup, match=words), opened(altered):
        raise AssertionError("it was taken for a good one")


def test_a_file_that_is_no_backup_is_said_to_be_none(tmp_path):
    (tmp_path / "other.tar").write_text("一份会议记录", "utf-8")
    with pytest.raises(BadBackup, match="not a backup"), opened(tmp_path / "other.tar"):
        raise AssertionError("it was taken for a good one")


@pytest.mark.django_db
def test_a_backup_never_writes_over_a_file(backup):
    before = backup.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(backup))
    assert backup.read_bytes() == before


def test_what_a_restore_moves_aside_keeps_what_was_written_last(tmp_path, monkeypatch):
    place, dump = tmp_path / "n.sqlite3", tmp_path / "dump"
    monkeypatch.setattr(Sqlite, "path", place)
    with closing(sqlite3.connect(dump)) as other:
        other.execute("CREATE TABLE restored (x)")
    with closing(sqlite3.connect(place)) as busy:
        busy.execute("PRAGMA journal_mode=WAL")
        busy.execute("CREATE TABLE slip (x)")
        busy.execute("INSERT INTO slip VALUES ('last')")
        busy.commit()
        Sqlite().load(dump)
        with closing(sqlite3.connect(f"{place}.before-restore")) as kept:
            assert kept.execute("SELECT x FROM slip").fetchall() == [("last",)]
    with closing(sqlite3.connect(place)) as now:
        assert now.execute("SELECT name FROM sqlite_master").fetchall() == [("restored",)]
