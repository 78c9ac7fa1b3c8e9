"""Two phones save the same class's roll at once: never an error page, both kept, shown, decided."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.attendance.register import open_school
from tests.structure.source import ROOT
from tests.web.two_phones import rounds
from tests.world import Village, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("R-068", "T01")]


def on_a_file(village: Village, folder: Path) -> list[dict[str, Any]]:
    """The same in a process of its own: a database in memory has one writer."""
    copy = folder / "phones.sqlite3"
    connection.ensure_connection()
    target = sqlite3.connect(copy)
    connection.connection.backup(target)
    target.close()
    keys = {
        part: {key: str(row.pk) for key, row in getattr(village, part).items()}
        for part in ("units", "people", "children")
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.two_phones"],
        input=json.dumps(keys),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{copy}",
            "DJANGO_SETTINGS_MODULE": "notoneless.config.settings",
        },
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_two_phones_at_once_are_both_kept_shown_and_decided_by_one(tmp_path: Path):
    village = open_school(build())
    found = on_a_file(village, tmp_path) if connection.vendor == "sqlite" else rounds(village)

    assert len(found) == 5
    for day in found:
        assert day == {
            "sent": [302, 302],
            "kept": True,
            "shown": True,
            "decided": [302, 409],  # the other one was decided a moment before
            "standing": 1,
            "open": 0,
        }
