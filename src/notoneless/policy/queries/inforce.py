"""The policy of a place on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.places.models import Unit
from notoneless.policy.models import ResolvedPolicy as KeptPolicy
from notoneless.policy.queries.packs import floors_on
from notoneless.policy.queries.stack import EVERYWHERE, Stack, Standing, stack_at, standing_of
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import ResolvedPolicy

_REMEMBERED: dict[tuple[date, UUID | None, tuple[str, ...]], ResolvedPolicy] = {}
_NEWEST: dict[tuple[UUID | None, tuple[str, ...]], ResolvedPolicy] = {}
_REMEMBER_AT_MOST = 20_000


def policy_for(unit_id: UUID, *, on: date) -> ResolvedPolicy:
    """The policy of a unit of any kind on the day ``on``, from both of its lines (R-302).

    Five statements at most; one while the county's policy has not changed since this process
    last answered. The answer may be shared: nothing in it can be changed. To have something
    durable to point to, use ``services.kept.keep_policy``.

    Raises ``Unit.DoesNotExist``; ``PolicyConflict`` when two units of one rank clash, which
    ``adopt`` refuses and only a moved unit can bring about.
    """
    return policy_at(standing_of(unit_id, on=on), on=on)


def policy_at(standing: Standing, *, on: date) -> ResolvedPolicy:
    """The policy of whoever stands there on ``on``; no statement while nothing has changed.

    For callers that have read paths and mark along with their own rows. A class has its school's
    policy: ask with the school's paths, and its other classes cost nothing.
    """
    found = _REMEMBERED.get((on, standing.mark, standing.paths))
    if found is None:
        remember_policy(standing, resolve_stack(stack_at(standing, on=on), on=on), on=on)
        found = _REMEMBERED[on, standing.mark, standing.paths]
    return found


def is_remembered(standing: Standing, *, on: date) -> bool:
    """Whether ``policy_at`` would answer without a statement."""
    return (on, standing.mark, standing.paths) in _REMEMBERED


def remember_policy(standing: Standing, policy: ResolvedPolicy, *, on: date) -> None:
    """Let ``policy_at`` answer this from now on, or the like answer of another day: what was worked
    out from that, as its hash, need not be worked out again."""
    if len(_REMEMBERED) >= _REMEMBER_AT_MOST:
        _REMEMBERED.clear()
        _NEWEST.clear()
    place = standing.mark, standing.paths
    newest = _NEWEST.get(place)
    if newest is None or newest.rules != policy.rules:
        newest = _NEWEST[place] = policy
    _REMEMBERED[on, *place] = newest


def resolve_stack(stack: Stack, *, on: date) -> ResolvedPolicy:
    """A stack resolved under the legal floors of the day."""
    return resolve(stack.layers, on, floors=floors_on(on), releases=stack.releases)


def kept_policy(digest: str) -> ResolvedPolicy:
    """The policy that was kept under a hash. Raises ``KeptPolicy.DoesNotExist``."""
    return ResolvedPolicy.from_json(KeptPolicy.objects.get(digest=digest).json)


def places_named_in(policy: ResolvedPolicy) -> set[UUID]:
    """The units whose adoptions a policy was made from, those overridden too."""
    origins = {found.origin for found in policy.rules.values()}
    origins |= {item.origin for found in policy.rules.values() for item in found.overrode}
    return {UUID(origin.place) for origin in origins if origin.place not in EVERYWHERE}


def unit_names(unit_ids: set[UUID], *, county_id: UUID) -> dict[str, str]:
    """Names of units by id as text.

    Raises ``Unit.DoesNotExist`` when one of them lies in another county; provinces and cities
    above count as everybody's.
    """
    rows = Unit.objects.filter(pk__in=unit_ids).values_list("pk", "name", "county", "kind")
    shared = {"province", "city"}
    names = {str(pk): name for pk, name, at, kind in rows if at == county_id or kind in shared}
    if len(names) != len(unit_ids):
        raise Unit.DoesNotExist("of another county")
    return names
