"""Plans of the shipped packs, as one place resolves them, with or without their releases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.rules.faults.kinds import FaultStep
from notoneless.rules.faults.life import FaultFacts, StepFact
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank, Release
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.roles import Role

DAY = date(2026, 11, 20)
STATEMENT_UNTIL, REVIEW_UNTIL = DAY + timedelta(days=3), DAY + timedelta(days=30)
"""The last days under the product's own times."""
PERSON, RAISER, DECIDER, OTHER = (uuid7() for _ in range(4))


def plan(
    system: str, *, released: bool = False, own: Mapping[str, tuple[str, ...]] | None = None
) -> ResolvedPolicy:
    """The plan of a township that adopted a pack; ``released``: with every instrument."""
    pack, more = shipped_packs()[f"{system}/2026"], own or {}
    layer = Layer(
        place="shiqiao-township",
        rank=Rank.TOWNSHIP,
        line=Line.GOVERNMENT,
        pack=pack,
        from_on=date(2026, 9, 1),
        own={key: OwnValue(value, "本地文件") for key, value in more.items()},
    )
    values = {key: rule.value for key, rule in pack.rules.items() if rule.value is not None}
    releases = [
        Release(key, value, "样例文号", "司法局", date(2026, 9, 1))
        for key, value in (values | dict(more)).items()
        if released
    ]
    return resolve([layer], DAY, releases=releases)


def product(**own: OwnValue) -> ResolvedPolicy:
    """What holds where nobody has adopted a plan; ``own``: a county's own values."""
    packs = shipped_packs()
    everywhere = [
        Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, packs["national/2026"], DAY),
        Layer("product", Rank.NATIONAL, Line.EDUCATION, packs["cases/2026"], DAY),
    ]
    county = Layer("county", Rank.COUNTY, Line.EDUCATION, packs["cases/2026"], DAY, own=own)
    return resolve([*everywhere, county], DAY)


def figure(value: int | str, unit: str = "calendar_days", operator: str = ">=") -> OwnValue:
    """A county's own figure."""
    return OwnValue(value, "青禾教〔2026〕9号", unit, Operator(operator) if operator else None)


def step(kind: FaultStep, on: date = DAY, *, by: UUID = RAISER, **more: object) -> StepFact:
    until = more.pop("until", None)
    return StepFact(kind, on, by, until if isinstance(until, date) else None, more)


def matter(
    *steps: StepFact, role: Role = Role.HOMEROOM_TEACHER, kind: str = "no_measures"
) -> FaultFacts:
    return FaultFacts(
        person=PERSON, role=role, raised_by=RAISER, kind=kind, found_on=DAY, steps=steps
    )


def heard() -> tuple[StepFact, ...]:
    """Looked into, notified, stated."""
    return (
        step(FaultStep.INVESTIGATED),
        step(FaultStep.NOTICE_GIVEN, until=STATEMENT_UNTIL),
        step(FaultStep.STATED, by=PERSON),
    )
