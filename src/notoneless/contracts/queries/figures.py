"""The figures that signed contracts make binding (R-178)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from notoneless.contracts.models import Contract
from notoneless.rules.contracts.states import Stage
from notoneless.rules.policy.measures import Operator

BINDING = (Stage.SIGNED.value, Stage.SETTLED.value, Stage.ARCHIVED.value)

Bound = tuple[Decimal, Operator, UUID]
"""Value, operator, and the contract that says so."""


def figures_of(unit_ids: Collection[UUID], school_year: int) -> dict[UUID, Mapping[str, Bound]]:
    """The targets to which contracts of a school year bind these units; one statement.

    By unit, then by key of the policy; units that no signed contract binds are left out. Only
    contracts that both sides have signed count, also after they were settled or have expired. Where
    several name one key the last that came into force holds.
    """
    rows = (
        Contract.objects.filter(
            unit_b__in=unit_ids,
            school_year=school_year,
            stage__in=BINDING,
            in_force_on__isnull=False,
        )
        .exclude(kind="school_teacher")
        .order_by("in_force_on", "drawn_at", "pk")
        .values_list("unit_b", "pk", "figures")
    )
    found: defaultdict[UUID, dict[str, Bound]] = defaultdict(dict)
    for unit, contract, figures in rows:
        if unit is not None:
            for key, (value, operator) in figures.items():
                found[unit][key] = (Decimal(value), Operator(operator), contract)
    return dict(found)
