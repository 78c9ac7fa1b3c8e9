"""The months of a campaign, its channels, and how far it came (R-239 - R-241)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.rules.calendar import SchoolYear
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.workplans.kinds import Reach
from notoneless.rules.workplans.meetings import term_months

MONTHS = "campaign_months"
LEVELS = "campaign_reach_levels"
CHANNELS = "campaign_channels"
LEAD = "campaign_lead"
KNOWN_CHANNELS = (
    "blackboard",
    "slogans",
    "broadcast",
    "flag_raising",
    "meeting",
    "parents_meeting",
    "parents_school",
    "notice_board",
    "show_window",
    "television",
    "radio",
    "performance",
    "class_meeting",
    "press",
    "website",
    "mobile",
    "newsletter",
    "letter_to_parents",
    "law_month",
)
"""What plans name; one of its own is kept as the plan writes it (R-240)."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a campaign."""

    from_on: date
    until: date
    """Its last day."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one activity reached."""

    units: frozenset[UUID] = frozenset()
    """Villages and classes."""
    households: int = 0
    persons: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a campaign came at one level."""

    level: Reach
    reached: int
    of: int | None
    """``None`` where nobody has said how many there are."""
    not_reached: tuple[UUID, ...] = ()
    """The villages or classes that no activity reached, in their given order."""


def campaign_months(policy: ResolvedPolicy, year: SchoolYear) -> tuple[Month, ...]:
    """The campaign months of a school year that hold a day of term; none where no plan names any.

    Raises ``PolicyHole`` where a plan wants campaigns and the months are still to be entered.
    """
    if MONTHS not in policy.rules:
        return ()
    return tuple(Month(a, b) for a, b in term_months(year, policy.months(MONTHS)))


def channels_of(policy: ResolvedPolicy) -> tuple[str, ...]:
    """The channels to choose from: those that the plan names first, then all others known."""
    named = policy.items(CHANNELS) if policy.is_on(CHANNELS) else ()
    return (*named, *(each for each in KNOWN_CHANNELS if each not in named))


def levels_of(policy: ResolvedPolicy) -> tuple[Reach, ...]:
    """The levels at which the plan wants to know how far a campaign came; empty where it is silent.

    What a place calls a level of its own is left out: nobody could count it.
    """
    if not policy.is_on(LEVELS):
        return ()
    named = set(policy.items(LEVELS))
    return tuple(level for level in Reach if level.value in named)


def reach_of(
    told: Collection[Told],
    levels: Collection[Reach],
    *,
    units: Mapping[Reach, Collection[UUID]],
    households: int | None,
    persons: int,
) -> tuple[Reached, ...]:
    """How far the activities of a campaign came at each level, and what they did not reach.

    A village or class counts once, however many activities came to it. Households and persons are
    those of the widest activity: the same family hears the broadcast and gets the letter, and
    nobody can tell the two apart from sums (R-241).
    """
    found = []
    seen = frozenset().union(*(each.units for each in told)) if told else frozenset()
    widest = {
        Reach.HOUSEHOLD: (max((each.households for each in told), default=0), households),
        Reach.PERSON: (max((each.persons for each in told), default=0), persons),
    }
    for level in levels:
        if level in widest:
            reached, of = widest[level]
            found.append(Reached(level, reached, of))
        else:
            every = tuple(units.get(level, ()))
            left = tuple(unit for unit in every if unit not in seen)
            found.append(Reached(level, len(every) - len(left), len(every), left))
    return tuple(found)
