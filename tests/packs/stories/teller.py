"""What a story is told with: a policy, a village under it, and claims that are counted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from notoneless.rules.contracts.clauses import Bound, Written, write_clauses
from notoneless.rules.contracts.kinds import ContractKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank, Release
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.policy.shipped import national_pack, shipped_packs
from tests.attendance.register import MON, call, open_school
from tests.duties.desk import adopt_pack, duties, sweep
from tests.world import TERM_START, Village

LEAST_CLAIMS = 3
"""So many boundary claims from its own figures, or records where it has no figure."""
SCHOOL_DAYS = tuple(MON + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11))
"""Two weeks of school from Monday 16 November."""
NOVEMBER_20 = date(2026, 11, 20)


@cache
def rows_of(system: str) -> frozenset[str]:
    """The P-ids of one system, as the source documents have them."""
    path = Path(__file__).parent.parent / "rows.csv"
    with path.open(encoding="utf-8") as file:
        pids = [row["pid"] for row in csv.DictReader(file)]
    return frozenset(pid for pid in pids if pid.startswith(f"P-{system}."))


@dataclass(slots=True)
class Story:
    """One system on trial. Every claim names the row of the source that it stands on."""

    system: str
    _village: Callable[[], Village]
    """Founds the village when a story first needs one."""
    claims: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    # -- claiming -------------------------------------------------------------------------

    def says(self, pid: str, seen: object, expected: object, *, at: object) -> None:
        """At the line ``at`` ("2 days", "1.01 %"), row ``pid`` brings ``expected``."""
        self._known(pid)
        assert seen == expected, f"{pid} at {at}: {seen!r}, not {expected!r}"
        self.claims.append(f"{pid} at {at}")

    def keeps(self, pid: str, record: object) -> None:
        """The record that row ``pid`` asks for has been made and can be found."""
        self._known(pid)
        assert record, f"{pid}: no record"
        self.records.append(pid)

    def _known(self, pid: str) -> None:
        assert pid in rows_of(self.system), f"{pid} is no row of {self.system}"

    # -- the plan -------------------------------------------------------------------------

    @property
    def pack(self) -> Pack:
        return shipped_packs()[f"{self.system}/2026"]

    def policy(
        self,
        *,
        entered: dict[str, Any] | None = None,
        released: bool = True,
        rank: Rank = Rank.SCHOOL,
    ) -> ResolvedPolicy:
        """The system in force above the law and the product's own figures.

        ``entered`` gives values that the source lost (or as (value, unit, operator));
        ``released`` lets the justice office release money and sanctions.
        """
        own = {key: _own(self.pack, key, value) for key, value in (entered or {}).items()}
        product = shipped_packs()["cases/2026"]
        layers = [
            Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), TERM_START),
            Layer("product", Rank.NATIONAL, Line.GOVERNMENT, product, TERM_START),
            Layer("place", rank, Line.EDUCATION, self.pack, TERM_START, own=own),
        ]
        values = {rule.key: rule.value for rule in self.pack.rules.values()}
        values |= {key: each.value for key, each in own.items()}
        releases = [
            Release(rule.key, values[rule.key], "county order 2026 no. 5", "justice", TERM_START)
            for rule in self.pack.rules.values()
            if rule.needs_legal_basis and (rule.key in own or not rule.to_be_entered)
        ]
        return resolve(layers, NOVEMBER_20, releases=releases if released else ())

    def share(self, pid: str, key: str, count: int, base: int, expected: bool) -> None:
        """``count`` out of ``base`` meets the bound of ``key``, or does not."""
        seen = self.policy().is_share_met(key, count, base)
        self.says(pid, seen, expected, at=f"{count} of {base}")

    def figure(self, pid: str, key: str, figure: int, expected: bool) -> None:
        """A whole number meets the bound of ``key``, or does not."""
        self.says(pid, self.policy().is_met(key, figure), expected, at=figure)

    def contract(self, kind: ContractKind, bound: Bound) -> Written:
        """The clauses of one kind of contract under the system."""
        return write_clauses(kind, bound, self.policy())

    # -- the village ----------------------------------------------------------------------

    def village(
        self, *, own: Iterable[tuple[str, Any, str, str]] = (), where: str = "primary"
    ) -> Village:
        """The village whose unit ``where`` works under the system since the term began.

        ``own`` holds (key, value, unit, operator) that the place entered itself.
        """
        v = open_school(self._village())
        adopt_pack(v, self.pack.id, where=where, own=own)
        return v

    def absent(self, v: Village, days: int, *, name: str = "lan", hour: int = 8) -> date:
        """``name`` is missing without a word on the first ``days`` school days; which was last."""
        for day in SCHOOL_DAYS[:days]:
            call(v, day, name)
        last = SCHOOL_DAYS[days - 1] if days else MON
        sweep(v, last)
        return last

    def owed(self, rule: DutyRule) -> bool:
        """Whether somebody owes this now."""
        return bool(duties(rule, state=DutyState.OPEN))


def _own(pack: Pack, key: str, given: Any) -> OwnValue:
    """A value that the place enters, with the unit and operator of the pack's blank."""
    value, unit, operator = given if isinstance(given, tuple) else (given, None, None)
    blank = pack.rules.get(key)
    if unit is None and blank is not None:
        unit, operator = blank.unit, blank.operator
    return OwnValue(
        value, "青禾教〔2026〕9号", unit or "", Operator(operator) if operator else None
    )
