"""The policies of many units at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from notoneless.places.models import UnitPlace
from notoneless.places.queries.units import standing
from notoneless.policy.models import Adoption, PolicyMark, Release
from notoneless.policy.queries.inforce import is_remembered, policy_at, remember_policy
from notoneless.policy.queries.stack import Standing
from notoneless.rules.paths import Line, ancestors
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import UnitKind


def policies_of(
    unit_ids: Iterable[UUID], *, county_id: UUID, on: date
) -> dict[UUID, ResolvedPolicy]:
    """The policy in force on ``on`` at each unit of a county, as ``policy_for`` answers it.

    Two statements; after a change of policy also four for each set of units above that have
    adopted something, whatever the number of units asked about. Units that stand nowhere on
    ``on`` are left out. Raises ``PolicyConflict``.
    """
    wanted = set(unit_ids)
    paths, mark = _paths(wanted, county_id, on)
    adopting = _adopting(county_id, on)
    found = {}
    for unit in wanted & paths.keys():
        both = {**paths.get(None, {}), **paths[unit]}
        nearest = {_nearest(path, adopting) for path in both.values()}
        found[unit] = policy_at(Standing(tuple(sorted(nearest)), mark), on=on)
    return found


def remember_policies(standings: Iterable[Standing], *, county_id: UUID, on: date) -> None:
    """Let ``policy_at`` answer for many places of a county that it was not asked about yet.

    One statement and four for each set of adopting units above; none when all are remembered. Two
    units that clash are left for whoever asks about them.
    """
    new = [each for each in standings if not is_remembered(each, on=on)]
    if not new:
        return
    adopting = _adopting(county_id, on)
    for each in new:
        nearest = {_nearest(path, adopting) for path in each.paths}
        try:
            policy = policy_at(Standing(tuple(sorted(nearest)), each.mark), on=on)
        except PolicyConflict:
            continue
        remember_policy(each, policy, on=on)


def _paths(
    wanted: set[UUID], county_id: UUID, on: date
) -> tuple[dict[UUID | None, dict[str, str]], UUID | None]:
    """Paths by unit and line; under ``None`` those of the county and its bureau."""
    mark = PolicyMark.objects.filter(scope=OuterRef("unit__county")).values("mark")[:1]
    tops = Q(unit__county=county_id, unit__kind__in=[UnitKind.COUNTY, UnitKind.BUREAU])
    rows = UnitPlace.objects.filter(standing(on)).filter(Q(unit__in=wanted) | tops)
    found: defaultdict[UUID | None, dict[str, str]] = defaultdict(dict)
    marks = set()
    homes = {(UnitKind.COUNTY, Line.GOVERNMENT), (UnitKind.BUREAU, Line.EDUCATION)}
    columns = rows.values_list("unit", "line", "path", "unit__kind", Subquery(mark))
    for unit, line, path, kind, newest in columns:
        marks.add(newest)
        if unit in wanted:
            found[unit][line] = path
        if (UnitKind(kind), Line(line)) in homes:
            found[None][line] = path
    return dict(found), next(iter(marks), None)


def _adopting(county_id: UUID, on: date) -> set[str]:
    above = [UnitKind.PROVINCE, UnitKind.CITY]
    ours = Q(county=county_id) | Q(unit__kind__in=above)
    adoptions = Adoption.objects.filter(ours, from_on__lte=on).values("unit")
    releases = Release.objects.filter(ours).values("unit")
    rows = UnitPlace.objects.filter(standing(on), Q(unit__in=adoptions) | Q(unit__in=releases))
    return set(rows.values_list("path", flat=True))


def _nearest(path: str, adopting: set[str]) -> str:
    """The nearest unit at or above ``path`` that adopted or released something, else the topmost.

    What stands between adds nothing, so that all units there share one answer.
    """
    chain = ancestors(path)
    return next((each for each in reversed(chain) if each in adopting), chain[0])
