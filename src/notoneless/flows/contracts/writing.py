"""Puts the frozen text of a contract together from the policy and who stands on either side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from notoneless.children.queries.units import class_name
from notoneless.contracts.services.drawing import NewContract, NewParty
from notoneless.flows.cases.papers.words import class_words
from notoneless.flows.contracts.sides import NOBODY, Holds, Other, SideA, printed
from notoneless.rules.contracts.clauses import Bound, Written, write_clauses
from notoneless.rules.contracts.kinds import GUARDIAN, KINDS, ContractKind, Side, Signer, signers_of
from notoneless.rules.contracts.terms import Terms
from notoneless.rules.contracts.text import (
    ChildText,
    ClassText,
    ContractText,
    PartyText,
    as_wire,
)
from notoneless.rules.contracts.words import POSTS
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import Stage, UnitKind


@dataclass(frozen=True)
class Desk:
    """What all contracts of one batch share."""

    kind: ContractKind
    a: SideA
    terms: Terms
    school_year: int
    from_on: date
    to_on: date | None
    policies: Mapping[UUID, ResolvedPolicy]
    """By unit: that of A, and of every unit bound."""
    holders: Mapping[tuple[UUID, str], Holds]
    today: date
    kept: dict[str, str] = field(default_factory=dict)
    """Digests of policies that were kept already."""
    _written: dict[tuple[Bound, str, tuple[Stage, ...]], Written] = field(default_factory=dict)

    @cached_property
    def signers(self) -> tuple[Signer, ...]:
        return signers_of(self.kind, self.policies[self.a.unit.pk])

    def policy_of(self, other: Other) -> ResolvedPolicy:
        """The policy under which ``other`` is bound: its own unit's, a family's that of A."""
        own = other.unit.pk if other.unit else self.a.unit.pk
        return self.policies.get(own) or self.policies[self.a.unit.pk]

    def written_for(self, other: Other) -> Written:
        """The clauses; those of a whole class of families are written once."""
        policy = self.policy_of(other)
        key = (other.bound, policy.digest, other.stages)
        if key not in self._written:
            self._written[key] = write_clauses(self.kind, other.bound, policy, stages=other.stages)
        return self._written[key]


@dataclass(frozen=True, slots=True)
class _Line:
    signer: Signer
    role: str
    unit_id: UUID | None
    unit_name: str
    holds: Holds


def text_for(desk: Desk, other: Other) -> ContractText:
    """The text as it would be frozen now."""
    return _text(desk, other, _lines(desk, other))


def contract_for(desk: Desk, other: Other) -> NewContract:
    """A contract ready to be written."""
    lines = _lines(desk, other)
    written = desk.written_for(other)
    return NewContract(
        about=other.about,
        unit_b_id=other.unit.pk if other.unit else None,
        child_id=other.child_id,
        policy=desk.kept[desk.policy_of(other).digest],
        text=as_wire(_text(desk, other, lines)),
        figures={each.key: [str(each.value), each.operator] for each in written.figures},
        parties=[_party(line, other, position) for position, line in _numbered(lines)],
    )


def lacks(other: Other) -> bool:
    """Whether nobody could ever sign for the other side: a family without a guardian."""
    return other.bound is Bound.CHILD and other.guardian is None


def _lines(desk: Desk, other: Other) -> list[_Line]:
    found = (_line(desk, other, signer) for signer in desk.signers)
    return [line for line in found if line.holds.person_id or not line.signer.is_optional]


def _line(desk: Desk, other: Other, signer: Signer) -> _Line:
    a = desk.a
    if signer.who == GUARDIAN:
        name = other.guardian.name if other.guardian else ""
        return _Line(signer, GUARDIAN, None, "", Holds(None, None, name))
    if other.person_id is not None and signer.side is Side.B:
        unit = a.unit
        return _Line(
            signer,
            signer.who,
            unit.pk,
            printed(unit, desk.today),
            Holds(None, other.person_id, other.name),
        )
    unit = a.unit if signer.side is Side.A or other.unit is None else other.unit
    role = signer.role_at(UnitKind(unit.kind))
    holds = desk.holders.get((unit.pk, role), NOBODY)
    name = f"{a.school}{printed(unit, desk.today)}" if unit == a.unit else printed(unit, desk.today)
    return _Line(signer, role, unit.pk, name, holds)


def _numbered(lines: list[_Line]) -> list[tuple[int, _Line]]:
    counts = dict.fromkeys(Side, 0)
    numbered = []
    for line in lines:
        counts[line.signer.side] += 1
        numbered.append((counts[line.signer.side], line))
    return numbered


def _party(line: _Line, other: Other, position: int) -> NewParty:
    is_guardian = line.role == GUARDIAN
    return NewParty(
        side=line.signer.side,
        position=position,
        role=line.role,
        unit_id=line.unit_id,
        post_id=line.holds.post_id,
        person_id=line.holds.person_id,
        guardian_id=other.guardian.pk if is_guardian and other.guardian else None,
    )


def _text(desk: Desk, other: Other, lines: list[_Line]) -> ContractText:
    written = desk.written_for(other)
    return ContractText(
        kind=desk.kind,
        school_year=desk.school_year,
        from_on=desk.from_on,
        to_on=desk.to_on,
        terms=desk.terms,
        parties=tuple(
            PartyText(
                line.signer.side,
                position,
                line.unit_name,
                POSTS[line.role],
                line.holds.name,
                line.signer.has_stamp,
            )
            for position, line in _numbered(lines)
        ),
        clauses=written.clauses,
        left_out=written.left_out,
        school_class=_class_text(other, desk.today),
        child=ChildText(other.name, desk.a.school, printed(desk.a.unit, desk.today))
        if other.child_id
        else None,
    )


def _class_text(other: Other, on: date) -> ClassText | None:
    name = class_name(other.unit)
    if name is None:
        return None
    told = class_words(name, on)
    return ClassText(told.partition("（")[0], told, other.pupils)


def roles_in(kind: ContractKind) -> set[str]:
    """Every role that may sign such a contract, at any kind of unit."""
    found: set[str] = set()
    for layer in KINDS[kind].layers:
        for signer in KINDS[kind].signers:
            if signer.who != GUARDIAN:
                found |= {signer.role_at(kind) for kind in layer.a | layer.b}
    return found
