"""The telephone under which people reach an office, printed on its papers (R-017, R-299)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notoneless.rules.units import SCHOOLS, UnitKind

NEED_TELEPHONE = SCHOOLS | {UnitKind.TOWNSHIP, UnitKind.CENTRE_SCHOOL, UnitKind.BUREAU}
"""Kinds whose papers tell a guardian whom to call."""
HAVE_TELEPHONE = NEED_TELEPHONE | {
    UnitKind.COMMUNITY,
    UnitKind.VILLAGE,
    UnitKind.EDUCATION_OFFICE,
    UnitKind.DEPARTMENT,
    UnitKind.COUNTY,
}
NUMBER = r"\+?\d[\d\- ]{4,}\d(?:\s?转\s?\d{1,6})?"
"""A landline, a service number or a mobile, with an extension (转8001) or without."""
_WHOLE = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class Telephone:
    """How an office is reached by whoever has its paper in hand."""

    phone: str
    """Of the office, never a person's own."""
    contact: str = ""
    """Whom to ask for: 李干事, 控辍保学办公室."""
    address: str = ""


def is_number(text: str) -> bool:
    """Whether a text can be called: six digits at least, nothing but a number."""
    return _WHOLE.fullmatch(text) is not None
