"""What a target may be about, and from which counts each index is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.formulas import (
    NINE_YEAR_NET,
    PROMOTION,
    THREE_YEAR_NET,
    Direction,
    Term,
    Terms,
)


class Index(StrEnum):
    """Names of what targets are set for (R-184)."""

    DROPOUT = "dropout"
    """Lost of the base, as the plan counts both (``contract_rate``)."""
    RETENTION = "retention"
    """The rest of the same base: whoever is not lost is kept."""
    THREE_YEAR = "three_year"
    NINE_YEAR = "nine_year"
    PROMOTION = "promotion"
    HANDOVER = "handover"
    """Of the leavers: in a junior school, or lawfully elsewhere; a whole class arrives."""
    ENROLMENT = "enrolment"
    UNDER16 = "under16"
    DISABLED = "disabled"
    COMPLETION = "completion"
    ZHONGKAO = "zhongkao"
    CONVERSION = "conversion"


class Way(StrEnum):
    """Where the counts of an index come from."""

    OUTCOME = "outcome"
    """The losses of a period, one by one."""
    COHORT = "cohort"
    """Registrations of leavers, or of the cohort that is in grade 9."""
    TYPED = "typed"
    """Figures that a clerk enters with their source."""


@dataclass(frozen=True, slots=True)
class Made:
    """How an index is computed."""

    way: Way
    over: Terms = ()
    under: Terms = ()

    @property
    def counts(self) -> frozenset[Count]:
        return frozenset(term.count for term in (*self.over, *self.under))


def _typed(over: Count, under: Count) -> Made:
    return Made(Way.TYPED, (Term(over),), (Term(under),))


MADE: Mapping[Index, Made] = MappingProxyType(
    {
        Index.DROPOUT: Made(Way.OUTCOME),
        Index.RETENTION: Made(Way.OUTCOME),
        Index.THREE_YEAR: Made(Way.COHORT, THREE_YEAR_NET.over, THREE_YEAR_NET.under),
        Index.NINE_YEAR: Made(Way.COHORT, NINE_YEAR_NET.over, NINE_YEAR_NET.under),
        Index.PROMOTION: Made(Way.COHORT, PROMOTION.over, PROMOTION.under),
        Index.HANDOVER: Made(
            Way.COHORT,
            (Term(Count.LEAVERS), Term(Count.LOST_BETWEEN, -1)),
            (Term(Count.LEAVERS),),
        ),
        Index.ENROLMENT: _typed(Count.CENSUS_ENROLLED, Count.CENSUS),
        Index.UNDER16: _typed(Count.UNDER16_IN_SCHOOL, Count.UNDER16),
        Index.DISABLED: _typed(Count.DISABLED_IN_SCHOOL, Count.DISABLED),
        Index.COMPLETION: _typed(Count.COMPLETED, Count.DUE_TO_COMPLETE),
        Index.ZHONGKAO: _typed(Count.SAT_ZHONGKAO, Count.DUE_TO_COMPLETE),
        Index.CONVERSION: _typed(Count.WEAK_IMPROVED, Count.WEAK),
    }
)
"""Source: requirements §Index definitions; what the system has no records of is entered."""


def direction_of(index: Index) -> Direction:
    return Direction.LESS_IS_BETTER if index is Index.DROPOUT else Direction.MORE_IS_BETTER
