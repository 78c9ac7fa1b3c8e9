"""What the first page shows beside the in-tray: for each role its own work, at most one card."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from notoneless.access.actor import Actor, Holding
from notoneless.attendance.queries.away import AwayNamed, away_named
from notoneless.cases.queries.trays import open_cases_of, turns
from notoneless.flows.cases.referring import ReferralPage, referrals_for
from notoneless.flows.overview.late import late_rows
from notoneless.flows.overview.units import division, tops
from notoneless.journal.services import Listed, note_reading
from notoneless.numbers.queries.clocks import overdue_now
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import UnitKind
from notoneless.web.cases.words import REFERRALS
from notoneless.web.overview.links import Links
from notoneless.web.overview.tables import late_line
from notoneless.web.request import Request, stamp_of
from notoneless.web.rolls.week import week_strip

MOST_LATE = 10
VILLAGES = frozenset({UnitKind.VILLAGE, UnitKind.GROUP})


def beside(request: Request) -> dict[str, Any]:
    """The cards of the reader's roles; what a role does not have costs nothing."""
    actor = request.actor
    return {
        "own_class": next((h.unit_id for h in actor.holdings if is_own_class(h)), None),
        "referrals": _referrals(request) if actor.may(Capability.ANSWER_REFERRALS) else None,
        "village_away": _village(request) if _is_of_village(actor) else None,
        "late": _late(request) if Role.SUPERVISOR in actor.roles() else None,
        "may_import": actor.may(Capability.IMPORT_ROSTERS),
        "may_decide_rows": actor.may(Capability.DECIDE_PARKED_ROWS),
    }


def is_own_class(held: Holding) -> bool:
    """A class whose roll and children are the reader's own work; not one that is only taught."""
    return (
        held.unit_kind is UnitKind.CLASS
        and Capability.CALL_ROLL in held.capabilities
        and Capability.SEE_CONTACTS in held.capabilities
    )


def class_now(request: Request, class_id: UUID) -> dict[str, Any]:
    """A class's week and who is away; names are shown, which is noted."""
    return {
        "class_id": class_id,
        "week": week_strip(request, class_id, day=request.today),
        "away": _away(request, "class"),
    }


def case_stats(request: Request) -> list[dict[str, Any]]:
    """What waits in cases, for whoever works them above a class; each opens to its list."""
    actor = request.actor
    works = any(
        Capability.WORK_CASES in held.capabilities and held.unit_kind is not UnitKind.CLASS
        for held in actor.holdings
    )
    if not works:
        return []
    found = turns(actor, on=request.today)
    stats = [_stat(gettext("轮到我的个案"), found.mine, reverse("cases") + "?whose=mine")]
    if found.reports is not None:
        notices = reverse("cases") + "?stage=notice_served"
        stats += [
            _stat(gettext("等待接收的报告"), found.reports, reverse("case-tray")),
            _stat(gettext("正在走期限的返校通知"), found.notices, notices),
        ]
    return stats


def _stat(label: str, value: int, url: str) -> dict[str, Any]:
    return {"label": label, "value": value, "url": url, "tone": "", "note": ""}


def _referrals(request: Request) -> dict[str, Any]:
    """What a department was asked, by kind and clock; names stand on its own page."""
    waiting = referrals_for(request.actor)
    return {
        "count": len(waiting),
        "lines": [_referral(each, request.today) for each in waiting[:MOST_LATE]],
    }


def _referral(each: ReferralPage, today: date) -> dict[str, Any]:
    return {
        "each": each,
        "words": REFERRALS[each.kind],
        "is_late": each.due_on is not None and each.due_on < today,
    }


def _is_of_village(actor: Actor) -> bool:
    return any(
        held.unit_kind in VILLAGES and Capability.SEE_CHILDREN in held.capabilities
        for held in actor.holdings
    )


def _village(request: Request) -> list[dict[str, Any]]:
    return _away(request, "village")


def _away(request: Request, where: str) -> list[dict[str, Any]]:
    """Children away whom the reader sees, each leading to its case, else to its page."""
    found = away_named(request.actor, on=request.today)
    if not found:
        return []
    ids = [each.child_id for each in found]
    note_reading("children.listed", stamp=stamp_of(request), listed=Listed.of(f"away {where}", ids))
    sees_cases = request.actor.may(Capability.SEE_CASES)
    cases = open_cases_of(request.actor, ids, on=request.today) if sees_cases else {}
    return [{"each": each, "url": _way(each, cases.get(each.child_id))} for each in found]


def _way(each: AwayNamed, case_id: UUID | None) -> str:
    return reverse("case", args=[case_id]) if case_id else reverse("child", args=[each.child_id])


def _late(request: Request) -> dict[str, Any]:
    """What is late in the reader's units, by their names."""
    divided = division(request.actor, tops(request.actor), today=request.today)
    rows = late_rows(overdue_now(request.actor, today=request.today), divided)
    county = Links(request.actor.county_id, UnitKind.COUNTY)
    return {
        "lines": [late_line(row, county, request.today) for row in rows[:MOST_LATE]],
        "more": max(0, len(rows) - MOST_LATE),
        "url": reverse("overview"),
    }
