"""Each indicator once: signed sums of named counts, from which its printed formula is made.

Source: national-rules §3.1; requirements §Index definitions; R-186 to R-189.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import ResolvedPolicy, ResolvedRule
from notoneless.rules.units import Stage


class Key(StrEnum):
    """Names of indicators. None is called just "dropout rate"."""

    LEDGER_RATE = "ledger_rate"
    RESIDUAL_RATE = "residual_rate"
    CONTRACT_RATE = "contract_rate"
    RETENTION_RAW = "retention_raw"
    RETENTION_NET = "retention_net"
    THREE_YEAR_RAW = "three_year_raw"
    THREE_YEAR_NET = "three_year_net"
    NINE_YEAR_RAW = "nine_year_raw"
    NINE_YEAR_NET = "nine_year_net"
    PROMOTION = "promotion"
    ATTENDANCE = "attendance"
    ROLLS_CALLED = "rolls_called_rate"


class Base(StrEnum):
    """On which day the lower figure is taken."""

    YEAR_START = "year_start"
    COHORT_ENTRY = "cohort_entry"
    LEAVERS = "leavers"
    """The twelve months up to the base day."""
    PERIOD = "period"
    VERIFIED = "verified"
    CENSUS = "census"


class Exclusion(StrEnum):
    """What is left out, or where its being counted may surprise."""

    LAWFUL = "lawful"
    """Transfers that were received, deaths, graduation, approved suspension, filed 借读."""
    SUSPECTED = "suspected"
    RETURNED = "returned"
    ERRORS = "errors"
    UNRECEIVED = "unreceived"
    """Transferred and registered nowhere: a suspicion until it is determined."""
    EXPIRED = "expired"
    """Suspended past the end: a suspicion, no longer lawfully away."""
    CARRIED = "carried"
    """Determined in an earlier year and still away: counted."""
    MOVERS = "movers"
    LATE = "late"
    NOT_HELD = "not_held"
    BOARDERS = "boarders"
    """Evening rolls of boarders say nothing about a school day."""
    ELSEWHERE = "elsewhere"
    """Registered in a junior school of another county: seen only once it is recorded here."""
    OVERSTATES = "overstates"
    """Counts lawful suspension and death as losses, as the old method did."""
    UNFILED = "unfiled"
    """Study elsewhere without its papers is determined case by case."""
    LISTED = "listed"
    """Children first named by a roster after the base day are no increase."""


class Direction(StrEnum):
    LESS_IS_BETTER = "less"
    MORE_IS_BETTER = "more"


@dataclass(frozen=True, slots=True)
class Term:
    count: Count
    sign: int = 1


Terms = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a plan asks of an indicator."""

    operator: Operator
    per_cent: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One share: ``over`` out of ``under``, both sums of named counts."""

    key: Key
    over: Terms
    under: Terms
    base: Base
    direction: Direction
    source: str
    exclusions: tuple[Exclusion, ...] = ()
    pack: str = ""
    """Of a plan's own rate: the pack that says what counts."""
    bound: Bound | None = None

    @property
    def counts(self) -> frozenset[Count]:
        return frozenset(term.count for term in (*self.over, *self.under))

    def ratio(self, counts: Mapping[Count, int]) -> Ratio:
        """The share; not known where a count that it needs is not known."""
        if not self.counts <= counts.keys():
            return Ratio(0, 0)
        return Ratio(total(self.over, counts), total(self.under, counts))


def total(terms: Terms, counts: Mapping[Count, int]) -> int:
    """The signed sum. Raises ``KeyError`` for a count that is not known."""
    return sum(term.sign * counts[term.count] for term in terms)


def _plus(*counts: Count) -> Terms:
    return tuple(Term(count) for count in counts)


def _minus(*counts: Count) -> Terms:
    return tuple(Term(count, -1) for count in counts)


LEDGER = Indicator(
    Key.LEDGER_RATE,
    over=_plus(Count.DROPPED),
    under=_plus(Count.BASE),
    base=Base.YEAR_START,
    direction=Direction.LESS_IS_BETTER,
    source="《教育学名词》“辍学率”；台账法",
    exclusions=(
        Exclusion.CARRIED,
        Exclusion.SUSPECTED,
        Exclusion.RETURNED,
        Exclusion.UNRECEIVED,
        Exclusion.LAWFUL,
        Exclusion.ERRORS,
    ),
)
RESIDUAL = Indicator(
    Key.RESIDUAL_RATE,
    over=_plus(
        Count.SUSPENDED,
        Count.DROPPED,
        Count.DIED,
        Count.MOVED_OUT,
        Count.MOVED_OUT_UNCONFIRMED,
    )
    + _minus(Count.MOVED_IN, Count.RESUMED, Count.OTHER_IN),
    under=_plus(Count.BASE),
    base=Base.YEAR_START,
    direction=Direction.LESS_IS_BETTER,
    source="“两基”时期学校统计口径；残差法",
    exclusions=(Exclusion.OVERSTATES, Exclusion.LISTED),
)
_KEPT = Indicator(
    Key.RETENTION_RAW,
    over=_plus(Count.KEPT),
    under=_plus(Count.BASE),
    base=Base.YEAR_START,
    direction=Direction.MORE_IS_BETTER,
    source="责任书通行口径",
    exclusions=(Exclusion.SUSPECTED, Exclusion.MOVERS),
)
RETENTION_NET = replace(
    _KEPT,
    key=Key.RETENTION_NET,
    over=_plus(Count.KEPT, Count.LAWFULLY_GONE),
    source="责任书通行口径",
    exclusions=(Exclusion.SUSPECTED, Exclusion.EXPIRED, Exclusion.UNRECEIVED),
)
RETENTION_RAW = _KEPT
THREE_YEAR_RAW = Indicator(
    Key.THREE_YEAR_RAW,
    over=_plus(Count.ON_ROLL) + _minus(Count.DROPPED),
    under=_plus(Count.BASE),
    base=Base.COHORT_ENTRY,
    direction=Direction.MORE_IS_BETTER,
    source="教督〔2017〕6号",
    exclusions=(Exclusion.SUSPECTED, Exclusion.LISTED),
)
_NETTED = _plus(Count.BASE, Count.MOVED_IN, Count.RESUMED, Count.OTHER_IN) + _minus(
    Count.MOVED_OUT, Count.DIED
)
THREE_YEAR_NET = replace(
    THREE_YEAR_RAW, key=Key.THREE_YEAR_NET, under=_NETTED, source="县级通行口径"
)
NINE_YEAR_RAW = replace(THREE_YEAR_RAW, key=Key.NINE_YEAR_RAW, source="教育部统计指标")
NINE_YEAR_NET = replace(THREE_YEAR_NET, key=Key.NINE_YEAR_NET, source="县级通行口径")
PROMOTION = Indicator(
    Key.PROMOTION,
    over=_plus(Count.PROMOTED),
    under=_plus(Count.LEAVERS),
    base=Base.LEAVERS,
    direction=Direction.MORE_IS_BETTER,
    source="教育部统计指标",
    exclusions=(Exclusion.ELSEWHERE,),
)
ATTENDANCE = Indicator(
    Key.ATTENDANCE,
    over=_plus(Count.SEATS) + _minus(Count.ABSENT),
    under=_plus(Count.SEATS),
    base=Base.PERIOD,
    direction=Direction.MORE_IS_BETTER,
    source="点名记录",
    exclusions=(Exclusion.LATE, Exclusion.NOT_HELD, Exclusion.BOARDERS),
)
ROLLS = Indicator(
    Key.ROLLS_CALLED,
    over=_plus(Count.ROLLS_CALLED),
    under=_plus(Count.ROLLS_DUE),
    base=Base.PERIOD,
    direction=Direction.MORE_IS_BETTER,
    source="点名记录",
    exclusions=(Exclusion.BOARDERS,),
)

_BASES = {
    "year_start_roll": (Count.BASE, Base.YEAR_START),
    "verified_registration": (Count.VERIFIED, Base.VERIFIED),
    "start_grade_fixed": (Count.ENTRY, Base.COHORT_ENTRY),
    "census": (Count.CENSUS, Base.CENSUS),
}
_CEILINGS = {
    Stage.PRIMARY: ("dropout_ceiling_primary_pct",),
    Stage.JUNIOR: ("dropout_ceiling_junior_pct",),
}


def contract_rate(policy: ResolvedPolicy, stage: Stage | None) -> Indicator:
    """The dropout rate as the place's own plan counts it, with the ceiling that it sets.

    The plan says on which headcount (``baseline_kind``, else the roll of the year's beginning) and
    whether children lost between primary and junior school count (``count_p2j_losses_in_rate``; in
    a table of both stages they count once). Unfiled study elsewhere is determined case by case and
    stands among the dropped. Raises nothing: a rule that is not in force is left out.
    Source: C-24 to C-27, R-188.
    """
    used: list[ResolvedRule] = []
    kind = _choice(policy, "baseline_kind", used) or "year_start_roll"
    losses = _choice(policy, "count_p2j_losses_in_rate", used) or "none"
    count, base = _BASES.get(kind, _BASES["year_start_roll"])
    counts_losses = losses == "both" or (losses != "none" and stage in (None, Stage(losses)))
    over = (Count.DROPPED, Count.LOST_BETWEEN) if counts_losses else (Count.DROPPED,)
    bound = _bound(policy, stage, used)
    exclusions = tuple(e for e in LEDGER.exclusions if e is not Exclusion.LAWFUL)
    return Indicator(
        Key.CONTRACT_RATE,
        over=_plus(*over),
        under=_plus(count),
        base=base,
        direction=Direction.LESS_IS_BETTER,
        source="；".join(dict.fromkeys(rule.rule.source for rule in used)),
        exclusions=(*exclusions, Exclusion.UNFILED),
        pack="、".join(dict.fromkeys(rule.origin.pack for rule in used)),
        bound=bound,
    )


def _choice(policy: ResolvedPolicy, key: str, used: list[ResolvedRule]) -> str:
    if not policy.is_on(key):
        return ""
    used.append(policy.rules[key])
    return policy.choice(key)


def _bound(policy: ResolvedPolicy, stage: Stage | None, used: list[ResolvedRule]) -> Bound | None:
    """The ceiling for the stage, else that of one school; a table of both stages has none."""
    keys = _CEILINGS[stage] if stage else ()
    for key in (*keys, "dropout_ceiling_school_pct", "dropout_ceiling_external_pct"):
        if policy.is_on(key):
            rule = policy.rules[key]
            used.append(rule)
            operator = Operator(rule.rule.operator or Operator.AT_MOST)
            return Bound(operator, policy.number(key), rule.rule.source)
    return None
