"""Takes away at once what would bring a child's people into contact, and brings it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from notoneless.duties.services import withdraw_about
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.journal.services import Stamp
from notoneless.protection.queries.silence import silenced
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.silence import GOES_ON

HUSHED = frozenset(DutyRule) - GOES_ON


def silence(child_ids: Collection[UUID], *, today: date, stamp: Stamp) -> None:
    """Make the duties about these children be what their flags leave, in the same transaction.

    Withdraws even where a hole in plan or calendar keeps planning from it, then plans their
    classes anew, so that numbers of a class count without them; after the last flag was closed
    the same call brings back what is still wanted. Duties changed here name nobody: whoever
    reads how a duty changed does not find the reporter.
    """
    if not child_ids:
        return
    nobody = replace(stamp, by=None, unit_id=None)
    quiet = silenced(child_ids, county_id=stamp.county_id, on=today)
    withdraw_about(quiet, HUSHED, as_of=today, stamp=nobody)
    plan_for_children(child_ids, today=today, stamp=nobody)
