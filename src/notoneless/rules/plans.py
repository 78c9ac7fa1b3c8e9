"""Yearly implementation plans 实施方案: their states, and which units need one of their own."""

from __future__ import annotations

from enum import StrEnum

from notoneless.rules.units import SCHOOLS, UnitKind


class PlanState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


VALID = frozenset({PlanState.SUBMITTED, PlanState.APPROVED})
"""The states in which a unit has a plan; a draft is none yet."""

NEED_PLAN = SCHOOLS | {UnitKind.VILLAGE}
"""Every village committee and every school needs its own plan for the year (R-004)."""

MAY_PLAN = NEED_PLAN | {
    UnitKind.COUNTY,
    UnitKind.BUREAU,
    UnitKind.TOWNSHIP,
    UnitKind.COMMUNITY,
    UnitKind.CENTRE_SCHOOL,
}
"""Kinds of unit for which a plan can be entered."""
