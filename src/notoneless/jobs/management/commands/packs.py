"""What each shipped pack holds, a line per pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notoneless.rules.policy.pack import Kind, Pack, PackError
from notoneless.rules.policy.shipped import duplicates, shipped_packs


class Command(BaseCommand):
    help = "List the policy packs: parameters set, rules in force, values to be entered"

    def handle(self, *args: Any, **options: Any) -> None:
        for pack in _read().values():
            self.stdout.write(line_of(pack))
        for one in duplicates():
            self.stdout.write(f"{one.system}: as {one.of} ({one.en})")


def line_of(pack: Pack) -> str:
    """A pack's figures; a rule is in force unless blank or waiting for a legal basis."""
    rules = pack.rules.values()
    blank = sum(rule.to_be_entered for rule in rules)
    held = sum(rule.needs_legal_basis and not rule.to_be_entered for rule in rules)
    own = sum(rule.kind is not Kind.PARAMETER for rule in rules)
    floors = f", {len(pack.floors)} floors" if pack.floors else ""
    return (
        f"{pack.id}: {pack.title_en} | {len(pack.rules) - own} parameters, {own} rules of its own, "
        f"{len(pack.rules) - blank - held} in force, {blank} to be entered, "
        f"{held} off until released{floors}"
    )


def _read() -> Mapping[str, Pack]:
    try:
        return shipped_packs()
    except (PackError, ValueError) as wrong:
        raise CommandError(str(wrong)) from wrong
