"""Add a clause to a contract, also one that changes a target (R-178)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.contracts.models import Contract
from notoneless.contracts.queries.figures import figures_on
from notoneless.contracts.services.later import NewClause, amend
from notoneless.flows.contracts.doors import opened
from notoneless.flows.contracts.refusals import (
    FigureInWords,
    FigureLaxer,
    FigureNotHere,
    WordsMissing,
)
from notoneless.journal.services import Stamp
from notoneless.policy.queries.inforce import kept_policy, policy_for
from notoneless.rules.contracts.changing import (
    PERCENT,
    change_words,
    is_as_strict,
    names_per_cent,
    per_cent_in,
    said,
)
from notoneless.rules.contracts.states import Act
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.words import rule_label

LONGEST = 900
"""Characters of an added clause."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What is to be added: words, a target with its new figure, or both."""

    words: str = ""
    key: str = ""
    """The target's rule; empty where none changes."""
    figure: str = ""
    """Per cents, as typed."""


@dataclass(frozen=True, slots=True)
class Changeable:
    """A target that a contract binds to, as it stands today."""

    key: str
    label: str
    said: str
    """With its operator: 不超过1%."""


@transaction.atomic
def amend_contract(
    actor: Actor, contract_id: UUID, new: Clause, *, today: date, now: datetime
) -> None:
    """Add a clause; it binds when everybody has signed it, its figure from that day.

    A figure is said beside the words and never in them, and asks no less than the policy does
    today. Raises ``Contract.DoesNotExist``, ``NotAllowed``, ``NotNow``, ``WordsMissing``,
    ``FigureInWords``, ``FigureNotHere``, ``FigureLaxer``.
    """
    contract = opened(actor, contract_id, Act.AMEND, today=today)
    words = " ".join(new.words.split())[:LONGEST]
    if names_per_cent(words):
        raise FigureInWords()
    clause = NewClause(words)
    if new.key:
        sentence, figures = _changed(contract, new, today=today)
        clause = NewClause(f"{sentence}{words}", figures)
    if not clause.text:
        raise WordsMissing()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=contract.unit_a_id)
    amend(contract, clause, on=today, stamp=stamp)


def changeable_in(contract: Contract) -> tuple[Changeable, ...]:
    """The targets in per cent that a contract binds to; two statements, none without a target."""
    if not contract.figures:
        return ()
    rules = _rules(contract)
    return tuple(
        Changeable(key, rule_label(rules[key], "zh"), said(rules[key], operator, value))
        for key, (value, operator, _) in figures_on(contract).items()
        if key in rules
    )


def _changed(
    contract: Contract, new: Clause, *, today: date
) -> tuple[str, Mapping[str, list[str]]]:
    value, rule = per_cent_in(new.figure), _rules(contract).get(new.key)
    if value is None or rule is None or new.key not in contract.figures:
        raise FigureNotHere()
    operator = Operator(contract.figures[new.key][1])
    policy = policy_for(contract.unit_b_id, on=today) if contract.unit_b_id else None
    if policy and policy.is_on(new.key):
        asked = policy.number(new.key)
        if not is_as_strict(operator, value, asked):
            raise FigureLaxer(asked=said(rule, policy.operator(new.key), asked))
    return change_words(rule, operator, value), {new.key: [str(value), operator.value]}


def _rules(contract: Contract) -> dict[str, Rule]:
    """The rules in per cent behind a contract's targets, from the policy that it froze."""
    rules = kept_policy(contract.policy).rules
    return {
        key: rules[key].rule
        for key in contract.figures
        if key in rules and rules[key].rule.unit == PERCENT
    }
