"""The policy of a school as it would be if a place had followed another pack."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.attendance.queries.members import SchoolStanding
from notoneless.policy.queries.inforce import resolve_stack
from notoneless.policy.queries.stack import RANKS, Stack, stack_at
from notoneless.rules.paths import line_of
from notoneless.rules.policy.adoption import Layer, own_faults
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import UnitKind


@dataclass(frozen=True, slots=True)
class SchoolUnder(SchoolStanding):
    """A school as it would stand under another policy."""

    under: ResolvedPolicy

    def policy(self, on: date) -> ResolvedPolicy:
        return self.under


@dataclass
class Trial:
    """A pack in place of what a place follows, on one day.

    It takes the place of that system's own adoption there, whose values it keeps where they fit,
    and of every other adoption of the place that says one of its rules.
    """

    unit_id: UUID
    kind: UnitKind
    path: str
    """The unit's, in its home line."""
    pack: Pack
    on: date
    replaced: set[str] = field(default_factory=set)
    """Ids of the packs that it stands in for."""
    _known: dict[str, ResolvedPolicy] = field(default_factory=dict)
    _layer: Layer | None = None

    def policy_of(self, school: SchoolStanding) -> ResolvedPolicy:
        """The school's policy with the pack in it.

        Four statements for each policy in force that differs; schools that share one share the
        answer. Raises ``PolicyConflict`` where another school of its rank says the same rule.
        """
        key = school.policy(self.on).digest
        if key not in self._known:
            stack = stack_at(school.standing, on=self.on)
            self._known[key] = resolve_stack(self._with_pack(stack), on=self.on)
        return self._known[key]

    def under(self, school: SchoolStanding) -> SchoolUnder:
        return SchoolUnder(
            school.school_id,
            school.paths,
            school.policy_mark,
            school.calendar_mark,
            self.policy_of(school),
        )

    def _with_pack(self, stack: Stack) -> Stack:
        bare = self._bare()
        kept, own = [], {}
        for layer in stack.layers:
            is_here = (layer.place, layer.line) == (bare.place, bare.line)
            if is_here and (layer.pack.system == self.pack.system or _share(layer, bare)):
                self.replaced.add(layer.pack.id)
                if layer.pack.system == self.pack.system:
                    own = dict(layer.own)
            else:
                kept.append(layer)
        fitting = {
            key: value
            for key, value in own.items()
            if key in self.pack.rules and not own_faults(self.pack, {key: value}, named="")
        }
        layer = replace(bare, own=MappingProxyType(fitting))
        return Stack((*kept, layer), stack.releases)

    def _bare(self) -> Layer:
        if self._layer is None:
            always = replace(self.pack, effective_from=date.min, effective_to=None)
            self._layer = Layer(
                place=str(self.unit_id),
                rank=RANKS[self.kind],
                line=line_of(self.path),
                pack=always,
                from_on=date.min,
            )
        return self._layer


def _share(layer: Layer, other: Layer) -> bool:
    return bool((set(layer.pack.rules) - layer.without) & set(other.pack.rules))
