"""The `story` of a module's SYSTEM, and the table that `make packs` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from notoneless.rules.policy.pack import Kind, Pack
from notoneless.rules.policy.shipped import shipped_packs
from tests.conftest import as_founded
from tests.packs.stories.teller import LEAST_CLAIMS, Story


@pytest.fixture
def story(request: pytest.FixtureRequest, db: None, founded: Any) -> Iterator[Story]:
    """Tells the story of the module's ``SYSTEM``; the village is there once a story asks."""
    told = Story(request.module.SYSTEM, lambda: as_founded(founded))
    yield told
    for name, each in (("claim", told.claims), ("record", told.records)):
        for text in each:
            request.node.user_properties.append((name, f"{told.system} {text}"))
    request.node.user_properties.append(("system", told.system))


def systems() -> list[Pack]:
    return [pack for pack in shipped_packs().values() if pack.system.startswith("S")]


class Table:
    """Counts what the stories claimed, wherever they ran."""

    def __init__(self) -> None:
        self.claims: dict[str, set[str]] = defaultdict(set)
        self.records: dict[str, set[str]] = defaultdict(set)
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        system = report.nodeid.rpartition("test_s")[2].partition(".py")[0]
        system = "S" + system.replace("_", "-")
        if report.failed:
            self.failed.add(system)
        if report.when == "teardown":
            for name, value in report.user_properties:
                told, _, text = str(value).partition(" ")
                if name in ("claim", "record"):
                    (self.claims if name == "claim" else self.records)[told].add(text)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        packs = systems()
        passed = 0
        for pack in packs:
            is_told = self.is_told(pack.system)
            passed += is_told
            terminalreporter.write_line(self.line_of(pack, is_told=is_told))
        terminalreporter.write_line(f"packs: {passed} of {len(packs)} stories passed")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        told = [self.is_told(pack.system) for pack in systems()]
        if session.exitstatus == pytest.ExitCode.OK and not all(told):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def is_told(self, system: str) -> bool:
        enough = len(self.claims[system]) >= LEAST_CLAIMS or (
            not self.claims[system] and bool(self.records[system])
        )
        return enough and system not in self.failed

    def line_of(self, pack: Pack, *, is_told: bool) -> str:
        rules = pack.rules.values()
        blank = sum(rule.to_be_entered for rule in rules)
        held = sum(rule.needs_legal_basis and not rule.to_be_entered for rule in rules)
        own = sum(rule.kind is not Kind.PARAMETER for rule in rules)
        verdict = "passed" if is_told else "FAILED" if pack.system in self.failed else "not told"
        return (
            f"{pack.system:6} {len(rules) - own:3} parameters {own:3} own rules "
            f"{len(rules) - blank - held:3} in force {blank:2} to enter {held:2} off "
            f"{len(self.claims[pack.system]):3} claims {len(self.records[pack.system]):2} records  "
            f"{verdict}"
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--packs-table", action="store_true", help="a line for each system's story")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--packs-table") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table(), "packs-table")
