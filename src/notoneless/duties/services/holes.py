"""Keeps which rules cannot be applied where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.duties.models import RuleHole
from notoneless.rules.duties.kinds import CASE_RULES, UNIT_RULES, DutyRule
from notoneless.rules.duties.wants import Hole

SCHOOL_RULES = frozenset(DutyRule) - CASE_RULES - UNIT_RULES


@transaction.atomic(savepoint=False)
def keep_holes(
    unit_id: UUID,
    holes: Iterable[Hole],
    *,
    county_id: UUID,
    as_of: date,
    of: Collection[DutyRule] = SCHOOL_RULES,
) -> None:
    """Make the list of a school's holes in the rules ``of`` be ``holes``.

    Those that stay keep the day they began.

    One statement when nothing changed.
    """
    wanted = {(hole.rule.value, hole.key): hole.why for hole in holes}
    kept = RuleHole.objects.filter(
        county=county_id, unit=unit_id, rule__in=[rule.value for rule in of]
    )
    stood = {(row.rule, row.key): row for row in kept}
    filled = [row.pk for key, row in stood.items() if wanted.get(key) != row.why]
    fresh = [
        RuleHole(county_id=county_id, unit_id=unit_id, rule=rule, key=key, why=why, since_on=as_of)
        for (rule, key), why in wanted.items()
        if (rule, key) not in stood or stood[(rule, key)].why != why
    ]
    if filled:
        RuleHole.objects.filter(pk__in=filled).delete()
    if fresh:
        RuleHole.objects.bulk_create(fresh, ignore_conflicts=True)
