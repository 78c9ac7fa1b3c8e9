"""Words of contracts in templates."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from notoneless.rules.contracts.kinds import ContractKind, Side
from notoneless.rules.contracts.signing import Method
from notoneless.rules.contracts.states import Act, Standing, may
from notoneless.rules.contracts.words import number_words
from notoneless.rules.policy.resolved import State
from notoneless.web.contracts import words

register = template.Library()


@register.filter
def contract_kind(kind: ContractKind) -> str | Promise:
    return words.KINDS[kind]


@register.filter
def contract_standing(standing: Standing) -> str | Promise:
    return words.STANDINGS[standing]


@register.filter
def contract_tone(standing: Standing) -> str:
    return words.tone_of(standing)


@register.filter
def side_words(side: Side) -> str | Promise:
    return words.SIDES[side]


@register.filter
def signed_how(method: Method) -> str | Promise:
    return words.METHODS[method]


@register.filter
def off_words(state: State) -> str | Promise:
    return words.OFF[state]


@register.simple_tag
def contract_number(school_year: int, number: int) -> str:
    """〔2026〕12号."""
    return number_words(school_year, number)


@register.simple_tag
def binds(page: object) -> bool:
    """Whether added clauses of a ``ContractPage`` may be signed now."""
    return may(Act.AMEND, page.line.standing)  # type: ignore[attr-defined]


@register.simple_tag
def may_act(page: object, act: str) -> bool:
    """Whether the reader may take an act on a contract now; ``page`` is a ``ContractPage``."""
    return bool(page.may(Act(act)))  # type: ignore[attr-defined]
