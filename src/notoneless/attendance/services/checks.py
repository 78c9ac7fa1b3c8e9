"""Keep what the nightly comparison of runs found, so that the county can read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.attendance.models import RunCheck, RunCheckFinding
from notoneless.attendance.services.runs import RunReport

MOST_FINDINGS = 500
"""Beyond these only the count is kept: something is broken, not one child's row."""
KEPT_CHECKS = 60


@transaction.atomic
def keep_check(county_id: UUID, report: RunReport, *, as_of: date, now: datetime) -> UUID:
    """Write one night's report; nights older than the last sixty are forgotten."""
    check = RunCheck.objects.create(
        county_id=county_id,
        as_of=as_of,
        at=now,
        checked=report.checked,
        differed=len(report.differences),
    )
    RunCheckFinding.objects.bulk_create(
        RunCheckFinding(
            check_of=check,
            child_id=found.child_id,
            stored_days=_days(found.stored),
            right_days=_days(found.right),
        )
        for found in report.differences[:MOST_FINDINGS]
    )
    rows = RunCheck.objects.filter(county=county_id).order_by("-at", "-pk")
    RunCheck.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[KEPT_CHECKS:])).delete()
    return check.pk


def _days(said: Mapping[str, object]) -> int | None:
    days = said.get("possible_days")
    return days if isinstance(days, int) else None
