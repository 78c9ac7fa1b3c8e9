"""The two coverage chains 双线: which levels must each name one person (R-008, R-009, R-010)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.roles import Role
from notoneless.rules.units import SCHOOLS, UnitKind


class Level(StrEnum):
    """A level of a chain, topmost first."""

    TOWN_LEADER = "town_leader"
    TOWN_CADRE = "town_cadre"
    VILLAGE_CADRE = "village_cadre"
    GROUP_LEADER = "group_leader"
    PRINCIPAL = "principal"
    GRADE_LEADER = "grade_leader"
    CLASS_TEACHER = "class_teacher"
    SUBJECT_TEACHER = "subject_teacher"


GOVERNMENT_LEVELS = (
    Level.TOWN_LEADER,
    Level.TOWN_CADRE,
    Level.VILLAGE_CADRE,
    Level.GROUP_LEADER,
)
SCHOOL_LEVELS = (
    Level.PRINCIPAL,
    Level.GRADE_LEADER,
    Level.CLASS_TEACHER,
    Level.SUBJECT_TEACHER,
)
_VILLAGES = frozenset({UnitKind.VILLAGE, UnitKind.COMMUNITY})

COVERS: Mapping[Level, frozenset[UnitKind]] = MappingProxyType(
    {
        Level.TOWN_LEADER: _VILLAGES | SCHOOLS,
        Level.TOWN_CADRE: _VILLAGES,
        Level.VILLAGE_CADRE: _VILLAGES | {UnitKind.GROUP},
        Level.GROUP_LEADER: _VILLAGES | {UnitKind.GROUP},
    }
)
"""The kinds of unit that a person can be said to cover, per government level."""

BY_POST: Mapping[Level, tuple[frozenset[Role], frozenset[UnitKind]]] = MappingProxyType(
    {
        Level.TOWN_LEADER: (frozenset({Role.TOWNSHIP_LEADER}), _VILLAGES),
        Level.TOWN_CADRE: (frozenset({Role.TOWNSHIP_CADRE}), _VILLAGES),
        Level.VILLAGE_CADRE: (
            frozenset({Role.RESIDENT_CADRE, Role.VILLAGE_OFFICER}),
            _VILLAGES | {UnitKind.GROUP},
        ),
        Level.GROUP_LEADER: (frozenset({Role.GROUP_HEAD}), frozenset({UnitKind.GROUP})),
        Level.PRINCIPAL: (frozenset({Role.PRINCIPAL}), SCHOOLS),
        Level.GRADE_LEADER: (
            frozenset({Role.VICE_PRINCIPAL, Role.LEADERSHIP_MEMBER}),
            frozenset({UnitKind.GRADE}),
        ),
        Level.CLASS_TEACHER: (frozenset({Role.HOMEROOM_TEACHER}), frozenset({UnitKind.CLASS})),
    }
)
"""Posts that make their holder the person of a level without being entered a second time."""


@dataclass(frozen=True, slots=True)
class Link:
    """One level of a chain, for a child, a class or a village."""

    level: Level
    unit_id: UUID | None
    """The unit covered; ``None`` when there is none of the kind here."""
    unit_name: str
    people: tuple[tuple[UUID, str], ...]
    """Id and name; several only at the subject teachers' level, or by parts of a unit."""

    @property
    def is_gap(self) -> bool:
        return not self.people


@dataclass(frozen=True, slots=True)
class TwoLines:
    """Both chains side by side."""

    government: tuple[Link, ...]
    school: tuple[Link, ...]

    @property
    def gaps(self) -> tuple[Level, ...]:
        """Levels that name nobody, government first."""
        return tuple(link.level for link in (*self.government, *self.school) if link.is_gap)
