"""The causes that a contact can name: the plan's list, and the restricted ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from notoneless.flows.contacts.refusals import CauseUnknown
from notoneless.flows.contacts.whom import ChildAt
from notoneless.rules.contacts.kinds import OTHER_CAUSE, RESTRICTED_CAUSES
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.signs.causes import CAUSES

KEY = "dropout_cause_taxonomy"


def causes_of(policy: ResolvedPolicy | None) -> tuple[str, ...]:
    """The causes of a plan in order, then the rest that every place needs, "other" last.

    Restricted ones are offered apart (R-079).
    """
    listed = policy.items(KEY) if policy is not None and policy.is_on(KEY) else ()
    apart = {*RESTRICTED_CAUSES, OTHER_CAUSE}
    open_ones = [cause for cause in (*listed, *CAUSES) if cause not in apart]
    return tuple(dict.fromkeys([*open_ones, OTHER_CAUSE]))


def causes_at(places: Iterable[ChildAt], *, today: date) -> tuple[str, ...]:
    """The causes of the plans of some children's schools; those of every place for none."""
    found: list[str] = []
    for school in {place.school for place in places}:
        try:
            found += causes_of(school.policy(today))
        except PolicyConflict:
            continue
    return tuple(dict.fromkeys(found)) or causes_of(None)


def must_be_causes(causes: Iterable[str], places: Iterable[ChildAt], *, today: date) -> None:
    """Raise ``CauseUnknown`` for one that neither plan nor law names."""
    said = set(causes) - set(RESTRICTED_CAUSES)
    if said and not said <= set(causes_at(places, today=today)):
        raise CauseUnknown()
