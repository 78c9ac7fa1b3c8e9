"""The situations that must be reported to the police at once, and their conditions of age.

Sources: 关于建立侵害未成年人案件强制报告制度的意见（试行）(高检发〔2020〕9号, nine situations);
未成年人保护法 art. 11, 21; product §Protection (a child living alone, a pregnant girl under 14).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

GIRL = "2"
"""The code of a child's sex (GB/T 2261.1)."""


class Situation(StrEnum):
    """What was seen or heard; one is enough to report."""

    PREGNANT_UNDER_14 = "pregnant_under_14"
    INTIMATE_INJURY = "intimate_injury"
    GIRL_UNDER_14 = "girl_under_14"
    GIRL_FROM_14 = "girl_from_14"
    VIOLENCE = "violence"
    ABNORMAL_DEATH_OR_INJURY = "abnormal_death_or_injury"
    ABANDONED = "abandoned"
    MISSING_OR_TRAFFICKED = "missing_or_trafficked"
    BEGGING = "begging"
    LIVING_ALONE = "living_alone"
    OTHER = "other"


class Doubt(StrEnum):
    """What the child's file says against a situation; a reason to look again, never to refuse."""

    NO_LONGER_UNDER_14 = "no_longer_under_14"
    STILL_UNDER_14 = "still_under_14"
    NO_LONGER_UNDER_16 = "no_longer_under_16"
    NOT_A_GIRL = "not_a_girl"


@dataclass(frozen=True, slots=True)
class Condition:
    """Whom a situation is about."""

    under: int | None = None
    """Full years not yet reached."""
    reached: int | None = None
    """Full years reached."""
    is_girl: bool = False


CONDITIONS: Mapping[Situation, Condition] = MappingProxyType(
    {
        Situation.PREGNANT_UNDER_14: Condition(under=14, is_girl=True),
        Situation.GIRL_UNDER_14: Condition(under=14, is_girl=True),
        Situation.GIRL_FROM_14: Condition(reached=14, is_girl=True),
        Situation.LIVING_ALONE: Condition(under=16),
    }
)


def is_under(age: int, born_on: date, *, on: date) -> bool:
    """Whether somebody born on ``born_on`` has not yet completed ``age`` years on ``on``.

    A year of age is complete from the day after the birthday on, so the birthday itself still
    counts as under. Who was born on 29 February has the birthday on 1 March in other years.
    Source: 法释〔2006〕1号 art. 2.
    """
    year = born_on.year + age
    try:
        birthday = born_on.replace(year=year)
    except ValueError:
        birthday = date(year, 3, 1)
    return on <= birthday


def doubt_about(situation: Situation, *, born_on: date | None, sex: str, on: date) -> Doubt | None:
    """What the file says against ``situation`` on ``on``; ``None`` when it says nothing.

    A birth date or sex that nobody knows raises no doubt. Half of what looks odd in files is
    wrong data, so a doubt is shown and hinders nobody.
    """
    wanted = CONDITIONS.get(situation, Condition())
    if wanted.is_girl and sex and sex not in (GIRL, "0"):
        return Doubt.NOT_A_GIRL
    if born_on is None:
        return None
    if wanted.under == 14 and not is_under(14, born_on, on=on):
        return Doubt.NO_LONGER_UNDER_14
    if wanted.under == 16 and not is_under(16, born_on, on=on):
        return Doubt.NO_LONGER_UNDER_16
    if wanted.reached == 14 and is_under(14, born_on, on=on):
        return Doubt.STILL_UNDER_14
    return None
