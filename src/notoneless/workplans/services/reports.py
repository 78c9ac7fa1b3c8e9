"""The only writers of reports up the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.journal.services import Stamp, record
from notoneless.rules.refusal import Refusal
from notoneless.rules.workplans.kinds import ReportAct, ReportState, Stream
from notoneless.rules.workplans.lifecycle import WITH_REASON, after
from notoneless.workplans.models import ReportPeriod, ReportVerdict, ReportVersion


class ReportStands(Refusal):
    """The report does not stand so that this may follow; somebody else was quicker."""

    code = "RETURN-01"


class ReasonMissing(Refusal):
    """What is sent back or corrected says why (R-236)."""

    code = "RETURN-02"


class VersionUsed(Refusal):
    """This page was sent before, with something else in it."""

    code = "RETURN-03"


@dataclass(frozen=True, slots=True)
class NewPeriod:
    unit_id: UUID
    stream: Stream
    from_on: date
    until: date
    due_on: date | None
    receiver_id: UUID | None


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is handed in."""

    figures: dict[str, Any]
    text: str
    reason: str = ""
    id: UUID = field(default_factory=uuid7)


@transaction.atomic(savepoint=False)
def open_period(new: NewPeriod, *, on: date, stamp: Stamp) -> ReportPeriod:
    """The report of a period, locked; opened if nobody has. Two at once have the same one.

    Whether it may be opened was asked by the caller.
    """
    key = {
        "county_id": stamp.county_id,
        "unit_id": new.unit_id,
        "stream": new.stream.value,
        "from_on": new.from_on,
    }
    row, is_new = ReportPeriod.objects.get_or_create(
        **key,
        defaults={
            "until": new.until,
            "due_on": new.due_on,
            "receiver_id": new.receiver_id,
            "opened_by_id": stamp.by,
            "opened_at": stamp.now,
        },
    )
    if is_new:
        record("return.opened", row, subject=("unit", new.unit_id), happened_on=on, stamp=stamp)
    return ReportPeriod.objects.select_for_update(of=("self",)).get(pk=row.pk)


@transaction.atomic(savepoint=False)
def write_version(
    period: ReportPeriod, new: NewVersion, act: ReportAct, *, on: date, stamp: Stamp
) -> ReportVersion:
    """Hand in a version of a report that the caller has locked; the same id twice is once.

    Raises ``ReportStands``, ``ReasonMissing``, ``VersionUsed``.
    """
    known = ReportVersion.objects.filter(pk=new.id).first()
    if known is not None:
        is_same = (known.period_id, known.by_id, known.text) == (period.pk, stamp.by, new.text)
        if not is_same:
            raise VersionUsed()
        return known
    state = _next(period, act)
    if act in WITH_REASON and not new.reason:
        raise ReasonMissing()
    row = ReportVersion(
        id=new.id,
        county_id=stamp.county_id,
        period=period,
        number=period.versions.count() + 1,
        figures=new.figures,
        text=new.text,
        reason=new.reason,
        is_correction=act is ReportAct.CORRECT,
        submitted_on=on,
        submitted_at=stamp.now,
        by_id=stamp.by,
    )
    row.save()
    _stand(period, state)
    kind = "return.corrected" if row.is_correction else "return.submitted"
    record(kind, row, subject=("unit", period.unit_id), happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def write_verdict(
    period: ReportPeriod, act: ReportAct, reason: str, *, on: date, stamp: Stamp
) -> ReportVerdict:
    """Take over or send back the newest version of a report that the caller has locked.

    Raises ``ReportStands``, ``ReasonMissing``.
    """
    state = _next(period, act)
    if act in WITH_REASON and not reason:
        raise ReasonMissing()
    newest = period.versions.order_by("-number").first()
    row = ReportVerdict(
        county_id=stamp.county_id,
        version=newest,
        verdict=act.value,
        reason=reason,
        on=on,
        at=stamp.now,
        by_id=stamp.by,
    )
    row.save()
    _stand(period, state)
    record("return.judged", row, subject=("unit", period.unit_id), happened_on=on, stamp=stamp)
    return row


def _next(period: ReportPeriod, act: ReportAct) -> ReportState:
    state = after(ReportState(period.state), act)
    if state is None:
        raise ReportStands()
    return state


def _stand(period: ReportPeriod, state: ReportState) -> None:
    period.state = state.value
    period.save(update_fields=["state"])
