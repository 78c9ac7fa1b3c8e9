"""The text of a contract as it is frozen when it is drawn up: what both sides sign."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from notoneless.rules.canonical import canonical
from notoneless.rules.contracts.clauses import Clause, LeftOut, Part
from notoneless.rules.contracts.kinds import KINDS, ContractKind, Side
from notoneless.rules.contracts.terms import Effective, Span, Terms
from notoneless.rules.policy.resolved import State


@dataclass(frozen=True, slots=True)
class PartyText:
    """One line under the contract, as it was when the contract was drawn up."""

    side: Side
    position: int
    unit: str
    """What the line signs for; empty for a family."""
    post: str
    """校长, 班主任, 监护人."""
    name: str
    """Empty where the post was vacant."""
    has_stamp: bool = False


@dataclass(frozen=True, slots=True)
class ClassText:
    """The class that a contract is about (R-179)."""

    grade: str
    school_class: str
    pupils_at_start: int


@dataclass(frozen=True, slots=True)
class ChildText:
    """The pupil of a guardian's contract (R-180)."""

    name: str
    school: str
    school_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractText:
    """Everything that is printed, but the number, the signatures and what is known at the end."""

    kind: ContractKind
    school_year: int
    from_on: date
    to_on: date | None
    """Exclusive."""
    terms: Terms
    parties: tuple[PartyText, ...]
    clauses: tuple[Clause, ...]
    left_out: tuple[LeftOut, ...] = ()
    school_class: ClassText | None = None
    child: ChildText | None = None

    @property
    def title(self) -> str:
        return KINDS[self.kind].zh

    def of(self, side: Side) -> tuple[PartyText, ...]:
        return tuple(each for each in self.parties if each.side is side)


def as_wire(text: ContractText) -> dict[str, Any]:
    """The text as plain values; ``from_wire`` reads them again."""
    terms = text.terms
    return {
        "kind": text.kind.value,
        "school_year": text.school_year,
        "from_on": text.from_on.isoformat(),
        "to_on": text.to_on.isoformat() if text.to_on else "",
        "terms": [terms.span.value, terms.effective.value, terms.copies, terms.goes_on],
        "parties": [
            [p.side.value, p.position, p.unit, p.post, p.name, p.has_stamp] for p in text.parties
        ],
        "clauses": [[c.part.value, c.text] for c in text.clauses],
        "left_out": [[each.key, each.label, each.why.value] for each in text.left_out],
        "class": _class_out(text.school_class),
        "child": [text.child.name, text.child.school, text.child.school_class]
        if text.child
        else [],
    }


def from_wire(row: Mapping[str, Any]) -> ContractText:
    """The text that ``as_wire`` wrote."""
    span, effective, copies, goes_on = row["terms"]
    return ContractText(
        kind=ContractKind(row["kind"]),
        school_year=row["school_year"],
        from_on=date.fromisoformat(row["from_on"]),
        to_on=date.fromisoformat(row["to_on"]) if row["to_on"] else None,
        terms=Terms(Span(span), Effective(effective), copies, goes_on),
        parties=tuple(PartyText(Side(side), *rest) for side, *rest in row["parties"]),
        clauses=tuple(Clause(Part(part), words) for part, words in row["clauses"]),
        left_out=tuple(LeftOut(key, label, State(why)) for key, label, why in row["left_out"]),
        school_class=ClassText(*row["class"]) if row["class"] else None,
        child=ChildText(*row["child"]) if row["child"] else None,
    )


def digest_of(row: Mapping[str, Any]) -> str:
    """SHA-256 of a text's plain values, in hexadecimal: what a signature stands under."""
    return hashlib.sha256(canonical(row)).hexdigest()


def _class_out(found: ClassText | None) -> list[Any]:
    return [found.grade, found.school_class, found.pupils_at_start] if found else []
