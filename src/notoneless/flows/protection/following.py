"""A flag goes with its child: whoever answers for the child where it is now has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from notoneless.journal.services import Stamp
from notoneless.protection.models import CriticalFlag, FlagChild, FlagLine, FlagStep
from notoneless.protection.queries.doors import has_officer
from notoneless.protection.queries.lines import line_of_child
from notoneless.protection.services.flags import write_line
from notoneless.rules.protection.life_cycle import StepKind


def follow_children(county_id: UUID, *, today: date, now: datetime) -> int:
    """Give the open flags of children who moved to the officers of their new line; how many.

    The reporter keeps sight of it, the officer of the place that the child has left loses it: one
    post has a flag (product §Protection). Where the new line has no officer at all it stays where
    it is, for a flag that nobody has protects nobody. For the night; one statement, and some five
    for each open flag about a known child.
    """
    closed = FlagStep.objects.filter(flag=OuterRef("flag"), kind=StepKind.CLOSED)
    rows = FlagChild.objects.filter(~Exists(closed), county=county_id).select_related("child")
    children: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for row in rows.order_by("flag", "pk"):
        children[row.flag_id].append(row.child.merged_into_id or row.child_id)
    stamp = Stamp(county_id, None, now)
    return sum(_follow(flag, ids, today=today, stamp=stamp) for flag, ids in children.items())


def _follow(flag_id: UUID, child_ids: list[UUID], *, today: date, stamp: Stamp) -> bool:
    line: dict[UUID, int] = {}
    for child in child_ids:
        line |= line_of_child(child, county_id=stamp.county_id, on=today)
    with transaction.atomic():
        flag = CriticalFlag.objects.select_for_update().get(pk=flag_id)
        turn, stands = _line_of(flag_id)
        if stands == line:
            return False
        with transaction.atomic():
            write_line(flag, line, turn=turn + 1, on=today, stamp=stamp)
            is_had = has_officer(flag_id, on=today, turn=turn + 1)
            if not is_had:
                transaction.set_rollback(True)
    return is_had


def _line_of(flag_id: UUID) -> tuple[int, Mapping[UUID, int]]:
    rows = list(FlagLine.objects.filter(flag=flag_id).values_list("turn", "unit", "rank"))
    newest = max((turn for turn, _unit, _rank in rows), default=0)
    return newest, {unit: rank for turn, unit, rank in rows if turn == newest}
