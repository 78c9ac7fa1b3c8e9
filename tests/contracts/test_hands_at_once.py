"""Several hands at the same contracts at the same moment, on both databases (R-174, R-177)."""

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

from notoneless.rules.roles import Role
from tests.contracts.desk import FAMILIES, S1_7, draw, signed_by_both, with_contracts
from tests.contracts.hands import together
from tests.structure.source import ROOT
from tests.world import Village, build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("R-174", "R-177", "R-180")]


def on_a_file(village: Village, folder: Path) -> dict[str, Any]:
    """The same in a process of its own: a database in memory has one writer."""
    copy = folder / "hands.sqlite3"
    connection.ensure_connection()
    target = sqlite3.connect(copy)
    connection.connection.backup(target)
    target.close()
    keys = {
        part: {key: str(row.pk) for key, row in getattr(village, part).items()}
        for part in ("units", "people", "children")
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.contracts.hands"],
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
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_line_is_signed_once_and_passed_once_whoever_presses_at_once(tmp_path: Path):
    village = with_contracts(build(), S1_7)
    village.employ("dou", "窦启明", Role.TEACHING_DIRECTOR, "primary")
    draw(village)
    draw(village, FAMILIES)
    signed_by_both(village)

    is_file = connection.vendor == "sqlite"
    found = on_a_file(village, tmp_path) if is_file else together(village)

    assert found == {
        "guardians": {"answered": [1, 1, 1], "signatures": 2},
        "clause": {"answered": [1, 1, 1], "signatures": 2, "in_force": True},
        "handing_over": {"passed": [0, 1], "successions": 1, "holders": ["宋一鸣"]},
    }
