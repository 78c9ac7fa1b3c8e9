"""Outcomes, holders and the reasons of a line as JSON and back, as they are frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

from notoneless.rules.consequences.amounts import Factor, FactorKind, Formula
from notoneless.rules.consequences.figures import Condition
from notoneless.rules.consequences.holders import Held, Holders
from notoneless.rules.consequences.outcome import How, Loss, Outcome
from notoneless.rules.indicators.counts import Count
from notoneless.rules.policy.measures import Operator
from notoneless.rules.units import Stage, UnitKind

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a settlement was drawn from: outcomes, and who held the roles of each unit."""

    outcomes: tuple[Outcome, ...]
    holders: Mapping[UUID, Holders] = field(default_factory=dict)

    def holders_of(self, unit: UUID) -> Holders:
        return self.holders.get(unit, Holders())


def frozen_out(frozen: Frozen) -> Row:
    return {
        "outcomes": [outcome_out(each) for each in frozen.outcomes],
        "holders": {str(unit): holders_out(held) for unit, held in frozen.holders.items()},
    }


def frozen_in(row: Mapping[str, Any]) -> Frozen:
    outcomes: Iterable[Row] = row["outcomes"]
    holders: Mapping[str, Row] = row["holders"]
    return Frozen(
        tuple(outcome_in(each) for each in outcomes),
        {UUID(unit): holders_in(each) for unit, each in holders.items()},
    )


def outcome_out(outcome: Outcome) -> Row:
    return {
        "unit": str(outcome.unit),
        "kind": outcome.kind.value,
        "since": outcome.since.isoformat(),
        "until": outcome.until.isoformat(),
        "base": outcome.base,
        "stage": outcome.stage.value if outcome.stage else "",
        "lacks": outcome.lacks.value if outcome.lacks else "",
        "losses": [loss_out(loss) for loss in outcome.losses],
    }


def outcome_in(row: Mapping[str, Any]) -> Outcome:
    return Outcome(
        unit=UUID(row["unit"]),
        kind=UnitKind(row["kind"]),
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]),
        base=row["base"],
        losses=tuple(loss_in(each) for each in row["losses"]),
        stage=Stage(row["stage"]) if row["stage"] else None,
        lacks=Count(row["lacks"]) if row["lacks"] else None,
    )


_IDS = ("child", "school_class", "case", "answerable")
_DAYS = ("lost_on", "known_on", "reported_on", "returned_on")
_MARKS = ("is_concealed", "is_teacher_caused", "is_exempt")


def loss_out(loss: Loss) -> Row:
    row: Row = {"how": loss.how.value}
    row |= {name: str(value) for name in _IDS if (value := getattr(loss, name)) is not None}
    row |= {name: day.isoformat() for name in _DAYS if (day := getattr(loss, name)) is not None}
    return row | {name: True for name in _MARKS if getattr(loss, name)}


def loss_in(row: Mapping[str, Any]) -> Loss:
    told: Row = {"how": How(row["how"])}
    told |= {name: UUID(row[name]) for name in _IDS if name in row}
    told |= {name: date.fromisoformat(row[name]) for name in _DAYS if name in row}
    told |= {name: True for name in _MARKS if row.get(name)}
    return Loss(**told)


def holders_out(holders: Holders) -> Row:
    return {
        role: [
            {
                "person": str(each.person),
                "name": each.name,
                "from_on": each.from_on.isoformat(),
                "to_on": each.to_on.isoformat() if each.to_on else "",
                "post": str(each.post or ""),
                "stands_in_for": str(each.stands_in_for or ""),
            }
            for each in held
        ]
        for role, held in holders.by_role.items()
    }


def holders_in(row: Mapping[str, Any]) -> Holders:
    found = {
        role: tuple(
            Held(
                UUID(each["person"]),
                each["name"],
                date.fromisoformat(each["from_on"]),
                date.fromisoformat(each["to_on"]) if each["to_on"] else None,
                _id(each["post"]),
                _id(each["stands_in_for"]),
            )
            for each in held
        )
        for role, held in row.items()
    }
    return Holders(MappingProxyType(found))


def formula_out(formula: Formula) -> list[Row]:
    return [
        {"kind": each.kind.value, "number": str(each.number), "of": each.of} for each in formula
    ]


def formula_in(rows: list[Row]) -> Formula:
    return tuple(Factor(FactorKind(row["kind"]), Decimal(row["number"]), row["of"]) for row in rows)


def condition_out(condition: Condition | None) -> Row | None:
    if condition is None:
        return None
    return {
        "key": condition.key,
        "over": condition.over,
        "under": condition.under,
        "operator": condition.operator.value if condition.operator else "",
        "bound": None if condition.bound is None else str(condition.bound),
    }


def condition_in(row: Row | None) -> Condition | None:
    if not row:
        return None
    return Condition(
        row["key"],
        row["over"],
        row["under"],
        Operator(row["operator"]) if row["operator"] else None,
        None if row["bound"] is None else Decimal(row["bound"]),
    )


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None
