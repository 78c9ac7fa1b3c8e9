"""Signs and outcomes as the record of accuracy counts them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from notoneless.children.queries.branches import WHO
from notoneless.rules.signs.accuracy import FiredOnce, Group, Outcome
from notoneless.rules.signs.kinds import SignRule
from notoneless.signs.models import FiredSign, SignWord
from notoneless.signs.queries.told import DROPPED_OUT

_COLUMNS = {
    Group.SEX: "child__sex",
    Group.BOARDING: "child__is_boarding",
    Group.LEFT_BEHIND: "child__left_behind",
}


def fired_between(county_id: UUID, *, from_on: date, to_on: date) -> list[FiredOnce]:
    """Signs that began from ``from_on`` (inclusive) to ``to_on`` (exclusive); one statement."""
    rows = FiredSign.objects.filter(
        county=county_id, first_on__gte=from_on, first_on__lt=to_on
    ).annotate(who=WHO)
    return [
        FiredOnce(who, SignRule(rule), on)
        for who, rule, on in rows.values_list("who", "rule", "first_on")
    ]


def outcomes_between(county_id: UUID, *, from_on: date, to_on: date) -> list[Outcome]:
    """Children who are said to have left, each once, on the first day; one statement.

    Until there are cases, a teacher's word that a child has stopped coming stands for a
    confirmed dropout; one that was cleared was none.
    """
    rows = (
        SignWord.objects.filter(
            county=county_id,
            kind=DROPPED_OUT,
            cleared_at=None,
            seen_on__gte=from_on,
            seen_on__lt=to_on,
        )
        .annotate(who=WHO)
        .order_by("seen_on")
    )
    first: dict[UUID, date] = {}
    for who, on in rows.values_list("who", "seen_on"):
        first.setdefault(who, on)
    return [Outcome(child, on) for child, on in first.items()]


def groups_between(
    county_id: UUID, *, from_on: date, to_on: date
) -> dict[Group, Mapping[UUID, str]]:
    """Sex, boarding and left behind of the children with signs or outcomes; two statements."""
    fired = FiredSign.objects.filter(county=county_id, first_on__gte=from_on, first_on__lt=to_on)
    words = SignWord.objects.filter(
        county=county_id, kind=DROPPED_OUT, seen_on__gte=from_on, seen_on__lt=to_on
    )
    found: dict[Group, dict[UUID, str]] = {group: {} for group in Group}
    for rows in (fired, words):
        for who, *values in (
            rows.annotate(who=WHO).order_by().values_list("who", *_COLUMNS.values()).distinct()
        ):
            for group, value in zip(_COLUMNS, values, strict=True):
                found[group][who] = str(value or "")
    return dict(found)
