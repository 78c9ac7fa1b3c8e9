"""About which children nobody is to be asked to make contact; no word of why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from notoneless.children.queries.branches import WHO, ByKind, Together, about, branch
from notoneless.protection.models import FlagChild, FlagConcerned, FlagStep
from notoneless.rules.duties.facts import Silence
from notoneless.rules.protection.concerned import SILENCING
from notoneless.rules.protection.life_cycle import StepKind

if TYPE_CHECKING:
    from notoneless.children.queries.branches import Branch

REMEMBERED = timedelta(days=366)
"""Silences that ended longer ago move no date of this school year."""


def silences(
    child_ids: Collection[UUID], *, county_id: UUID, on: date
) -> Mapping[UUID, tuple[Silence, ...]]:
    """The silences of these children that last on ``on`` or ended within a year before it.

    By the child as it is known now: a row that was merged away lends its silence to the kept one.
    One statement. For planning and signs, never for a page.
    """
    if not child_ids:
        return {}
    since = remembered_from(on)
    return silences_in(_SILENCES.read(child_ids=child_ids, county_id=county_id, since=since))


def remembered_from(on: date) -> date:
    """The first day whose silences planning of ``on`` still asks about."""
    return on - REMEMBERED


def silence_branch(child_ids: Collection[UUID], *, county_id: UUID, since: date) -> Branch:
    """Silences that last, or ended on ``since`` or later; to be read together with others'."""
    steps = FlagStep.objects.filter(flag=OuterRef("flag"), kind=StepKind.CLOSED)
    quieting = FlagConcerned.objects.filter(
        flag=OuterRef("flag"), kind__in=[kind.value for kind in SILENCING]
    )
    rows = (
        FlagChild.objects.filter(county=county_id, child__in=about(child_ids))
        .annotate(
            ended=Subquery(steps.values("on")[:1]),
            quiet=Subquery(quieting.order_by("from_on").values("from_on")[:1]),
        )
        .filter(Q(ended=None) | Q(ended__gte=since), quiet__isnull=False)
    )
    began = Greatest("from_on", "quiet")
    return branch(rows, "silence", child=WHO, on=began, to=F("ended"))


def _alone(child_ids: Collection[UUID], county_id: UUID, since: date) -> list[Branch]:
    return [silence_branch(child_ids, county_id=county_id, since=since)]


_SILENCES = Together(_alone, child_ids=list, county_id=UUID, since=date)


def silences_in(rows: ByKind) -> Mapping[UUID, tuple[Silence, ...]]:
    """What the rows of ``silence_branch`` say; the oldest silence of a child first."""
    found: defaultdict[UUID, list[Silence]] = defaultdict(list)
    for row in sorted(rows.get("silence", ()), key=lambda row: row.on):
        found[row.child].append(Silence(row.on, row.to))
    return {who: tuple(each) for who, each in found.items()}


def silenced(child_ids: Collection[UUID], *, county_id: UUID, on: date) -> frozenset[UUID]:
    """Those of the children about whom nobody may be asked to make contact on ``on``.

    One statement.
    """
    return frozenset(
        child
        for child, each in silences(child_ids, county_id=county_id, on=on).items()
        if any(silence.ended_on is None or silence.ended_on > on for silence in each)
    )
