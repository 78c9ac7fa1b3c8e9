"""Which children were lost: what signs are measured by (signs)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.cases.queries.told import confirmed_between, judged_between
from notoneless.rules.signs.accuracy import Outcome
from notoneless.signs.queries.fired import outcomes_between


def lost_between(county_id: UUID, *, from_on: date, to_on: date) -> list[Outcome]:
    """Children who dropped out, each once, on the first day; three statements.

    A determined case is a confirmed dropout. Where there is no case the teacher's word stands; a
    case of the time that confirmed nothing sets the word aside. ``to_on`` exclusive.
    """
    confirmed = confirmed_between(county_id, from_on=from_on, to_on=to_on)
    judged = judged_between(county_id, from_on=from_on, to_on=to_on)
    said = outcomes_between(county_id, from_on=from_on, to_on=to_on)
    found = [Outcome(child, on) for child, on in confirmed.items()]
    found += [
        each for each in said if each.child_id not in judged and each.child_id not in confirmed
    ]
    return sorted(found, key=lambda each: (each.on, str(each.child_id)))
