"""Which groups of a child's fields somebody is shown: the least of what ties and posts allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.roles import Capability


class FieldGroup(StrEnum):
    """Fields that show or stay hidden together."""

    NAME = "name"
    IDENTITY = "identity"
    """Sex, birth date, identity and student number (masked until revealed)."""
    REGISTRATION = "registration"
    """School, class, spells."""
    CONTACT = "contact"
    """Phones and addresses (masked until revealed)."""
    FAMILY = "family"
    """Guardians, left behind, hardship."""
    HEALTH = "health"
    HISTORY = "history"
    """Versions of the record."""
    READINGS = "readings"
    """Who has opened the file."""


G = FieldGroup
_FROM_CAPABILITY: Mapping[Capability, frozenset[FieldGroup]] = MappingProxyType(
    {
        Capability.SEE_CHILDREN: frozenset({G.NAME, G.IDENTITY, G.REGISTRATION}),
        Capability.SEE_CONTACTS: frozenset({G.CONTACT, G.FAMILY}),
        Capability.SEE_HEALTH: frozenset({G.HEALTH}),
        Capability.SEE_READINGS: frozenset({G.READINGS, G.HISTORY}),
    }
)

CEILING: Mapping[str, frozenset[FieldGroup]] = MappingProxyType(
    {
        "school": frozenset(FieldGroup),
        "residence": frozenset({G.NAME, G.IDENTITY, G.REGISTRATION, G.CONTACT, G.FAMILY}),
        "hukou": frozenset({G.NAME, G.IDENTITY, G.REGISTRATION, G.CONTACT}),
        "helper": frozenset({G.NAME, G.REGISTRATION, G.CONTACT}),
        "receiving": frozenset({G.NAME, G.IDENTITY, G.REGISTRATION}),
        "referral": frozenset({G.NAME}),
        "case": frozenset({G.NAME, G.IDENTITY, G.REGISTRATION, G.CONTACT, G.FAMILY}),
    }
)
"""The most that each tie between a unit and a child can show, whoever asks.

A village knows where a child lives, never how ill it is; a department asked for one thing gets the
name and its answer form.
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """One tie to a child that lies in reach of one post."""

    relation: str
    capabilities: frozenset[Capability]


def groups_shown(openings: Iterable[Opening]) -> frozenset[FieldGroup]:
    """All groups that some opening shows; nothing without a capability to see children.

    Each opening is judged alone: a capability of one post never widens the tie of another.
    """
    shown: set[FieldGroup] = set()
    for opening in openings:
        if Capability.SEE_CHILDREN in opening.capabilities:
            given = {g for c in opening.capabilities for g in _FROM_CAPABILITY.get(c, ())}
            shown |= given & CEILING[opening.relation]
    return frozenset(shown)


def may_reveal(openings: Iterable[Opening], group: FieldGroup) -> bool:
    """Whether numbers of ``group`` may be unmasked: IDENTITY by its own capability, CONTACT by
    seeing contacts; both only through a tie that shows the group at all."""
    needed = {
        FieldGroup.IDENTITY: Capability.REVEAL_IDENTITY,
        FieldGroup.CONTACT: Capability.SEE_CONTACTS,
    }[group]
    return any(
        needed in opening.capabilities and group in groups_shown([opening]) for opening in openings
    )
