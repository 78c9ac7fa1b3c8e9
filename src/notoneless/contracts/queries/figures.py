"""The figures that signed contracts make binding (R-178)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from notoneless.contracts.models import Amendment, Contract
from notoneless.rules.contracts.states import Stage
from notoneless.rules.policy.measures import Operator

BINDING = (Stage.SIGNED.value, Stage.SETTLED.value, Stage.ARCHIVED.value)

Bound = tuple[Decimal, Operator, UUID]
"""Value, operator, and the contract that says so."""


def figures_of(unit_ids: Collection[UUID], school_year: int) -> dict[UUID, Mapping[str, Bound]]:
    """The targets to which contracts of a school year bind these units; one statement, two where
    an added clause is in force.

    By unit, then by key of the policy; units that no signed contract binds are left out. Only
    contracts and added clauses that all have signed count, also after the contract was settled or
    has expired. Where several name one key the last that came into force holds.
    """
    rows = list(
        Contract.objects.filter(
            unit_b__in=unit_ids,
            school_year=school_year,
            stage__in=BINDING,
            in_force_on__isnull=False,
        )
        .exclude(kind="school_teacher")
        .annotate(is_amended=Exists(_in_force().filter(contract=OuterRef("pk"))))
        .order_by("in_force_on", "drawn_at", "pk")
        .values_list("pk", "in_force_on", "figures", "unit_b", "is_amended")
    )
    units = {pk: unit for pk, _, _, unit, _ in rows}
    said = [(on, pk, figures) for pk, on, figures, _, _ in rows if on is not None]
    said += _added([pk for pk, _, _, _, is_amended in rows if is_amended])
    found: defaultdict[UUID, dict[str, Bound]] = defaultdict(dict)
    for _, pk, figures in sorted(said, key=lambda each: each[0]):
        found[units[pk]] |= _bounds(pk, figures)
    return dict(found)


def figures_on(contract: Contract) -> dict[str, Bound]:
    """The targets that one contract binds to with its added clauses in force; one statement."""
    found = dict(_bounds(contract.pk, contract.figures))
    for _, pk, figures in _added([contract.pk]):
        found |= _bounds(pk, figures)
    return found


def _in_force() -> Any:
    return Amendment.objects.filter(in_force_on__isnull=False)


def _added(contract_ids: Collection[UUID]) -> Iterator[tuple[date, UUID, Mapping[str, list[str]]]]:
    """What added clauses in force change, oldest first."""
    if contract_ids:
        rows = _in_force().filter(contract__in=contract_ids).order_by("in_force_on", "number")
        yield from rows.values_list("in_force_on", "contract", "figures")


def _bounds(pk: UUID, figures: Mapping[str, list[str]]) -> dict[str, Bound]:
    return {
        key: (Decimal(value), Operator(operator), pk) for key, (value, operator) in figures.items()
    }
