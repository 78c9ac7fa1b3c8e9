"""Plan every duty anew as of a day, or print what that would change."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from notoneless.duties.services import SweepRunning
from notoneless.flows.duties.sweep import Swept, sweep_county
from notoneless.jobs.clock import read_clock
from notoneless.places.queries import counties, county_by_code
from notoneless.places.queries.units import unit_facts
from notoneless.rules.duties.difference import Change, Opening


class Command(BaseCommand):
    help = "Make duties be what facts and policy want; --dry-run prints what would change"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--as-of", type=date.fromisoformat, help="YYYY-MM-DD; today if left out"
        )
        parser.add_argument("--county", help="six-digit code; every county if left out")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        _now, today = read_clock()
        as_of: date = options["as_of"] or today
        if as_of > today:
            raise CommandError(_("日期 %(on)s 还没有到。") % {"on": as_of.isoformat()})
        is_dry: bool = options["dry_run"]
        busy = []
        for county_id, name in self._counties(options["county"]):
            self.stdout.write(f"{name} {as_of.isoformat()}")
            try:
                self._sweep(county_id, as_of, is_dry)
            except SweepRunning:
                busy.append(name)
        if busy:
            raise CommandError(
                _("%(names)s 正在核对待办，请稍后再试。") % {"names": "、".join(busy)}
            )

    def _counties(self, code: str | None) -> list[tuple[UUID, str]]:
        if code is None:
            return [(county_id, name) for county_id, _code, name in counties()]
        county_id = county_by_code(code)
        if county_id is None:
            raise CommandError(_("没有代码为 %(code)s 的县。") % {"code": code})
        return [(county_id, unit_facts(county_id).name)]

    def _sweep(self, county_id: UUID, as_of: date, is_dry: bool) -> None:
        opened = changed = 0
        swept = sweep_county(county_id, as_of=as_of, now=lambda: read_clock()[0], is_dry=is_dry)
        for part in swept:
            opened += len(part.openings)
            changed += len(part.changes)
            self._tell(part, is_dry)
        would = "would " if is_dry else ""
        self.stdout.write(f"{would}open {opened}, {would}change {changed}")

    def _tell(self, part: Swept, is_dry: bool) -> None:
        if part.school_id and (part.holes or (is_dry and (part.openings or part.changes))):
            self.stdout.write(f"  {unit_facts(part.school_id).name}")
        for hole in part.holes:
            self.stdout.write(f"    not applied: {hole.rule.value} ({hole.key}: {hole.why})")
        if is_dry:
            for opening in part.openings:
                self.stdout.write(f"    + {_opening(opening)}")
            for change in part.changes:
                self.stdout.write(f"    ~ {_change(change)}")


def _opening(opening: Opening) -> str:
    rule, subject, occurrence = opening.key
    stand = opening.stand
    said = [stand.state.value, f"due {_day(stand.due_on)} {stand.due_hour}".strip()]
    said += [f"late since {stand.late_since}"] if stand.late_since else []
    said += [f"rises to {stand.risen.role.value}"] if stand.risen else []
    return f"{rule} {subject} {occurrence} {', '.join(said)}"


def _change(change: Change) -> str:
    rule, subject, occurrence = change.key
    old, new = change.old, change.new
    told = [f"{kind.value} ({why.value})" for kind, why in change.what]
    if new.risen and new.risen != old.risen:
        told.append(f"to {new.risen.role.value}")
    if old.due_on != new.due_on:
        told.append(f"due {_day(old.due_on)} -> {_day(new.due_on)}")
    if not told:
        names = (field.name for field in fields(old))
        told = [n.replace("_", " ") for n in names if getattr(old, n) != getattr(new, n)]
    return f"{rule} {subject} {occurrence} {', '.join(told)}"


def _day(on: date | None) -> str:
    return on.isoformat() if on else "none"
