"""For how long a contract holds, from when, in how many copies (R-174, R-176)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notoneless.rules.calendar import Period
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import school_year_of

USUAL_COPIES = 2
MOST_COPIES = 9
FIRST_MONTH = 9
"""A school year's contracts begin on the first of September."""


FIRST_HALF = 7
"""A term that begins in or after July is the school year's first."""


class Span(StrEnum):
    SCHOOL_YEAR = "school_year"
    YEAR = "year"
    """The calendar year in which it is drawn up."""
    TERM = "term"
    NEW_INTAKE = "new_intake"
    """Signed once, after a pupil has entered; holds while the pupil stays."""


class Effective(StrEnum):
    ON_SIGNATURE = "on_signature"
    FROM_START = "from_start"
    """On the first day of its period, once both have signed."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the policy says, and what whoever draws up has said where it says nothing."""

    span: Span
    effective: Effective
    copies: int
    goes_on: bool
    """It outlasts a change of person (``contract_continuity``)."""


@dataclass(frozen=True, slots=True)
class SaidTerms:
    """What the policy says of the terms; ``None`` where it says nothing or is still open."""

    span: Span | None
    effective: Effective | None
    copies: int | None
    goes_on: bool | None

    def with_own(self, own: Terms) -> Terms:
        """The policy first; where it is silent what ``own`` says."""
        return Terms(
            self.span or own.span,
            self.effective or own.effective,
            own.copies if self.copies is None else self.copies,
            own.goes_on if self.goes_on is None else self.goes_on,
        )


USUAL = Terms(Span.SCHOOL_YEAR, Effective.ON_SIGNATURE, USUAL_COPIES, goes_on=True)
"""Offered in the form where the policy is silent; a person decides."""


def terms_in(policy: ResolvedPolicy) -> SaidTerms:
    """What a policy says about a contract's terms."""
    on = policy.is_on
    return SaidTerms(
        Span(policy.choice("contract_period")) if on("contract_period") else None,
        Effective.ON_SIGNATURE if on("contract_effective") else None,
        policy.count("contract_copies") if on("contract_copies") else None,
        policy.flag("contract_continuity") if on("contract_continuity") else None,
    )


def period_of(
    span: Span, *, school_year: int, term: Period | None, today: date
) -> tuple[date, date | None, int]:
    """From (inclusive), to (exclusive, ``None`` while the pupil stays) and the number of the term.

    A term's contract holds for ``term``; without one, as in the holidays, for the rest of the
    school year. Terms are numbered: 1 for one that begins in or after July, 2 for others.
    """
    start, end = date(school_year, FIRST_MONTH, 1), date(school_year + 1, FIRST_MONTH, 1)
    if span is Span.TERM and term is not None:
        return term.from_on, term.to_on, 1 if term.from_on.month >= FIRST_HALF else 2
    if span is Span.YEAR:
        return date(today.year, 1, 1), date(today.year + 1, 1, 1), 0
    if span is Span.NEW_INTAKE:
        return start, None, 0
    return (start if today < end else today), end, 0


def years_from(today: date, *, back: int = 2) -> list[int]:
    """School years that a list offers, the newest first: the coming one in August already."""
    newest = school_year_of(today)
    return [newest - n for n in range(back + 1)]
