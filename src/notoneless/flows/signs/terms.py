"""Which term a day belongs to, for lists and needs."""

from __future__ import annotations

from datetime import date

from notoneless.attendance.queries.members import SchoolStanding
from notoneless.flows.signs.refusals import NoTerm
from notoneless.rules.calendar import Period


def term_at(school: SchoolStanding, *, on: date) -> Period | None:
    """The term that holds ``on``; in a vacation the next one; ``None`` where none is loaded."""
    terms = [term for year in school.calendar(on).calendar.years for term in year.terms]
    return next((term for term in sorted(terms, key=lambda t: t.from_on) if on < term.to_on), None)


def must_have_term(school: SchoolStanding, *, on: date) -> Period:
    """The same. Raises ``NoTerm``."""
    term = term_at(school, on=on)
    if term is None:
        raise NoTerm()
    return term
