"""What tests of rosters do: bring files, read them, write them, list what was found."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from pathlib import Path

from notoneless.flows.roster.applying import apply_import, begin_applying
from notoneless.flows.roster.bringing import bring_files, file_on_disk
from notoneless.flows.roster.reading import read_import
from notoneless.flows.roster.report import LISTED
from notoneless.flows.roster.running import import_rosters
from tests.roster_maker import Maker, write
from tests.world import NOW, TODAY

SAMPLES = Path(__file__).parents[3] / "samples"


def clock():
    return NOW


def bring(paths, actor, *, is_trial=False, today=TODAY):
    """The import's report as the command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        tally = import_rosters(
            paths, actor=actor, is_trial=is_trial, today=today, clock=clock, report_to=report
        )
        found = json.loads(report.read_text("utf-8"))
    assert {**found, **{kind: len(found[kind]) for kind in LISTED}} == tally
    return found


def read(paths, actor):
    files = [file_on_disk(path) for path in paths]
    import_id = bring_files(files, actor=actor, today=TODAY, now=NOW)
    read_import(import_id, today=TODAY, clock=clock)
    return import_id


def write_all(import_id):
    begin_applying(import_id, now=NOW)
    apply_import(import_id, today=TODAY, clock=clock)


def found(report):
    """Code → places, and the set of warned places, as a fault list would name them."""
    places = defaultdict(set)
    for kind in ("refused", "warned", "parked"):
        for entry in report[kind]:
            places[entry["code"]].add(f"{entry['file']}#{entry['row']}")
    return places


def small(tmp_path, seed=9, code="2199000790"):
    school = Maker(seed).school(code, "云顶小学", "point", per_class=2)
    return school, write(school, tmp_path, "csv")
