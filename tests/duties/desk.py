"""Duties in the village: a plan in force since the term began, and short words for sweeps."""

from __future__ import annotations

from datetime import date

from notoneless.duties.models import Duty
from notoneless.flows.duties.sweep import Swept, sweep_county
from notoneless.journal.services import Stamp
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Operator
from tests.attendance.register import at, open_school
from tests.world import NOW, TERM_START, Village

S1_24, S1_29, S2_5 = "S1-24/2026", "S1-29/2026", "S2-5/2026"
PAPER = "青禾教〔2026〕9号"


def adopt_pack(v: Village, pack: str, *, where="bureau", from_on=TERM_START, own=(), **more):
    """Adopt a shipped pack; ``own`` holds (key, value, unit, operator)."""
    values = {k: OwnValue(x, PAPER, unit, Operator(op) if op else None) for k, x, unit, op in own}
    new = NewAdoption(
        unit_id=v.units[where].pk, pack_id=pack, from_on=from_on, values=values, **more
    )
    stamp = Stamp(county_id=v.county_id, by=v.people["lu"].pk, now=NOW)
    return adopt(new, today=min(from_on, TERM_START), stamp=stamp)


def under(v: Village, pack: str, **more) -> Village:
    open_school(v)
    adopt_pack(v, pack, **more)
    return v


def sweep(v: Village, as_of: date, **more) -> list[Swept]:
    moment = at(as_of, 23)
    return list(sweep_county(v.county_id, as_of=as_of, now=lambda: moment, **more))


def duties(rule: DutyRule | None = None, **columns) -> list[Duty]:
    rows = Duty.objects.filter(**columns)
    if rule is not None:
        rows = rows.filter(rule=rule)
    return list(rows.order_by("opened_on", "rule", "pk"))


def duty(rule: DutyRule, **columns) -> Duty:
    (row,) = duties(rule, **columns)
    return row


def kept():
    """Everything that stands, comparable."""
    return sorted(
        Duty.objects.exclude(state=DutyState.WITHDRAWN).values_list(
            "rule",
            "subject_id",
            "occurrence",
            "state",
            "bearer_role",
            "bearer_unit",
            "due_on",
            "late_since",
            "risen_role",
            "done_on",
            "closed_by_kind",
        ),
        key=str,
    )
