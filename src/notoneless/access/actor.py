"""Who is acting: a person's posts of today, and the doors that they open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from notoneless.rules.paths import is_below
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import UnitKind


class NotAllowed(Refusal):
    """Yours to see, but not yours to do."""

    code = "ACCESS-01"


@dataclass(frozen=True, slots=True)
class Holding:
    """One post held today, or one class taught today."""

    post_id: UUID
    role: Role
    unit_id: UUID
    unit_name: str
    path: str
    """Its unit's path in that unit's home line; everything below it is in reach."""
    capabilities: frozenset[Capability]
    approved_until: str = ""
    """ISO date (exclusive) on which the approval of access ends; empty when there is none."""
    unit_kind: UnitKind = UnitKind.COUNTY
    unit_stage: str = ""
    unit_entered_in: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person signed in, or the system. There is no "nobody": closed pages have no actor."""

    person_id: UUID | None
    """``None`` only for the system."""
    county_id: UUID
    name: str
    holdings: tuple[Holding, ...]

    def may(self, capability: Capability, *, at: str | None = None) -> bool:
        """Whether some post gives ``capability``, at the unit with path ``at`` if one is given.

        ``at`` must be the path in the line on which the post looks down: for schools and classes
        pass either path; a post at a township matches the government path only.
        """
        return any(
            capability in holding.capabilities and (at is None or is_below(at, holding.path))
            for holding in self.holdings
        )

    def must(self, capability: Capability, *, at: Iterable[str] = ()) -> None:
        """Raise ``NotAllowed`` unless ``may`` at one of the paths ``at`` (anywhere if empty)."""
        places = tuple(at)
        if places and any(self.may(capability, at=path) for path in places):
            return
        if not places and self.may(capability):
            return
        raise NotAllowed(capability=capability.value)

    def reach(self, capability: Capability) -> tuple[str, ...]:
        """Paths under which ``capability`` holds, without those inside another; may be empty."""
        paths = sorted({h.path for h in self.holdings if capability in h.capabilities})
        kept: list[str] = []
        for path in paths:
            if not (kept and is_below(path, kept[-1])):
                kept.append(path)
        return tuple(kept)

    def roles(self) -> frozenset[Role]:
        return frozenset(holding.role for holding in self.holdings)


def system_actor(*, county_id: UUID, county_paths: Iterable[str]) -> Actor:
    """The program itself at work in one county: nightly jobs, the sealer, the sample county."""
    holdings = tuple(
        Holding(
            post_id=county_id,
            role=Role.STAFF,
            unit_id=county_id,
            unit_name="",
            path=path,
            capabilities=frozenset(Capability),
        )
        for path in county_paths
    )
    return Actor(person_id=None, county_id=county_id, name="", holdings=holdings)
