"""Parked rows: handed to a person after the import, and what that person decides."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.children.models import RosterDecision, RosterImport, StagedRow
from notoneless.children.models.roster import ParkedDecision, Parking, Verdict
from notoneless.journal.services import Stamp, record
from notoneless.rules.refusal import Refusal


class DecidedAlready(Refusal):
    """Somebody else has decided this row, or a newer list has replaced it."""

    code = "ROSTER-06"


class MovedMeanwhile(Refusal):
    """The child is not where the page said it was."""

    code = "ROSTER-07"


class ReasonMissing(Refusal):
    """A decision about a child needs a reason."""

    code = "ROSTER-08"


@transaction.atomic
def hand_over_parked(roster_import: RosterImport) -> None:
    """Let the parked rows of an applied import wait for a decision.

    A row that an earlier import parked just so replaces the earlier one; where that one was
    decided to stay as it is and nothing changed since, nobody is asked again.
    """
    rows = StagedRow.objects.filter(
        roster_import=roster_import, verdict=Verdict.PARKED, parking=Parking.NONE
    )
    for row in rows.defer("values", "raw"):
        earlier = StagedRow.objects.filter(
            county_id=row.county_id,
            identity=row.identity,
            school_code=row.school_code,
            verdict=Verdict.PARKED,
        ).exclude(roster_import=roster_import)
        earlier.filter(parking=Parking.PENDING).update(parking=Parking.REPLACED)
        kept = earlier.filter(
            parking=Parking.DECIDED, decision__decision=ParkedDecision.KEEP, digest=row.digest
        )
        row.parking = Parking.DECIDED if kept.exists() else Parking.PENDING
        row.save(update_fields=["parking"])


def lock_pending(row_id: int, *, county_id: UUID) -> StagedRow:
    """The parked row, locked. Raises ``StagedRow.DoesNotExist``, ``DecidedAlready``."""
    row = (
        StagedRow.objects.select_for_update(of=("self",))
        .select_related("roster_import", "file")
        .get(pk=row_id, county=county_id, verdict=Verdict.PARKED)
    )
    if row.parking != Parking.PENDING:
        raise DecidedAlready()
    return row


@transaction.atomic
def note_decision(
    row: StagedRow, child_id: UUID, decision: ParkedDecision, *, reason: str, stamp: Stamp
) -> RosterDecision:
    """Write and journal what was decided about a locked row. Raises ``ReasonMissing``."""
    if not reason.strip():
        raise ReasonMissing()
    try:
        with transaction.atomic():
            decided = RosterDecision.objects.create(
                county_id=stamp.county_id,
                row=row,
                child_id=child_id,
                decision=decision,
                reason=reason.strip()[:200],
                by_id=stamp.by,
                decided_at=stamp.now,
            )
    except IntegrityError as problem:
        raise DecidedAlready() from problem
    row.parking = Parking.DECIDED
    row.save(update_fields=["parking"])
    record(
        "roster.parked_decided",
        decided,
        subject=("child", child_id),
        happened_on=stamp.now.date(),
        stamp=stamp,
    )
    return decided
