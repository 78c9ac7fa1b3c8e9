"""Policy in the village: the shipped packs, and short words for adopting them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from notoneless.journal.services import Stamp
from notoneless.policy.models import PackVersion
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.policy.services.packs import load_shipped_packs
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Operator
from tests.rows import kept
from tests.world import NOW, TODAY, Village

S1_24, S1_29, S2_5 = "S1-24/2026", "S1-29/2026", "S2-5/2026"
NEXT_MONDAY = date(2026, 11, 23)
EVE = NEXT_MONDAY - timedelta(days=1)
SOURCE = "青禾教〔2026〕9号"


@kept(PackVersion)
def give_packs(v: Village) -> None:
    """The shipped packs; nobody has adopted any."""
    load_shipped_packs(now=NOW)


def stamp(v: Village, by: str = "lu", *, now=NOW) -> Stamp:
    return Stamp(county_id=v.county_id, by=v.people[by].pk, now=now)


def take(v: Village, at: str, pack: str, *, from_on: date = NEXT_MONDAY, **more):
    new = NewAdoption(unit_id=v.units[at].pk, pack_id=pack, from_on=from_on, **more)
    return adopt(new, today=TODAY, stamp=stamp(v))


def rule_at(v: Village, at: str, key: str, *, on: date = NEXT_MONDAY):
    return policy_for(v.units[at].pk, on=on).rules.get(key)


def figure(value, unit="", operator: Operator | None = None, source: str = SOURCE) -> OwnValue:
    return OwnValue(value, source, unit, operator)


def unit_id(v: Village, key: str) -> UUID:
    return v.units[key].pk


def facts(refused: Any) -> dict[str, Any]:
    """What a refusal caught by pytest says."""
    found: dict[str, Any] = refused.value.facts
    return found
