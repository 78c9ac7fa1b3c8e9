"""Identity numbers, student numbers, school codes and phones, as the national rules print them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_DIGITS: Final = "10X98765432"

_ID_SHAPE: Final = re.compile(r"[1-9]\d{16}[\dX]")
_SCIENTIFIC: Final = re.compile(r"[+-]?\d(?:\.\d+)?E\+?\d{1,3}", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'`’‘]+")
_SCHOOL_CODE: Final = re.compile(r"(11|2[12]|3[1-7]|4[12]|51|9[123])\d{8}")
_MOBILE: Final = re.compile(r"1\d{10}")
_LANDLINE: Final = re.compile(r"0\d{2,3}\d{7,8}")
_COUNTRY_PREFIX: Final = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")

LARGEST_EXACT_NUMBER: Final = 10**15
"""A spreadsheet number keeps fifteen digits; whatever is longer has lost its last ones."""


class Sex(StrEnum):
    """GB/T 2261.1, the two values that an identity number can say."""

    MALE = "1"
    FEMALE = "2"


class IdFault(StrEnum):
    """What is wrong with an identity number."""

    LENGTH = "length"
    CHARACTERS = "characters"
    BIRTH_DATE = "birth_date"
    CHECK_DIGIT = "check_digit"


class SchoolKind(StrEnum):
    """First two digits of a school code (学校标识码)."""

    KINDERGARTEN = "11"
    PRIMARY = "21"
    ADULT_PRIMARY = "22"
    JUNIOR = "31"
    """Ordinary junior school; nine-year schools bear the same two digits."""
    VOCATIONAL_JUNIOR = "32"
    ADULT_JUNIOR = "33"
    SENIOR = "34"
    """Senior school; also a full secondary school (完全中学), which has junior grades."""
    ADULT_SENIOR = "35"
    VOCATIONAL = "36"
    SPECIALISED = "37"
    """专门学校."""
    SPECIAL_EDUCATION = "51"
    OTHER = "99"


COMPULSORY_KINDS: Final = frozenset(
    {
        SchoolKind.PRIMARY,
        SchoolKind.JUNIOR,
        SchoolKind.VOCATIONAL_JUNIOR,
        SchoolKind.SENIOR,
        SchoolKind.SPECIALISED,
        SchoolKind.SPECIAL_EDUCATION,
    }
)
"""Kinds of schools whose rosters may hold pupils of grades 1 to 9."""


@dataclass(frozen=True, slots=True)
class StudentNumber:
    """A 学籍号 taken apart."""

    kind: str
    """``G`` formal, ``J`` formal for a pupil without an identity number, ``L`` temporary."""
    body: str


def tidy_number(text: str) -> str:
    """Take spaces, quotes and invisible characters out, full-width forms to plain ones, x to X."""
    plain = unicodedata.normalize("NFKC", text)
    return _INVISIBLE.sub("", plain).upper()


def is_scientific(text: str) -> bool:
    """Whether a number was turned into ``5.39901E+17``: its last digits are gone."""
    return _SCIENTIFIC.fullmatch(_INVISIBLE.sub("", text)) is not None


def id_check_digit(first_17: str) -> str:
    """The eighteenth character that GB 11643 asks for after these seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, ID_WEIGHTS, strict=True))
    return ID_CHECK_DIGITS[total % 11]


def id_fault(number: str) -> IdFault | None:
    """What is wrong with a tidied identity number; ``None`` when it can be true.

    Whether the region exists is not asked: abolished codes are valid for life.
    Source: GB 11643-1999.
    """
    if len(number) != 18:
        return IdFault.LENGTH
    if _ID_SHAPE.fullmatch(number) is None or not number.isascii():
        return IdFault.CHARACTERS
    if birth_date_of(number) is None:
        return IdFault.BIRTH_DATE
    if id_check_digit(number[:17]) != number[17]:
        return IdFault.CHECK_DIGIT
    return None


def birth_date_of(number: str) -> date | None:
    """The birth date inside an 18-character identity number; ``None`` when it is no date."""
    digits = number[6:14]
    if len(digits) != 8 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex_of(number: str) -> Sex | None:
    """The sex inside an 18-character identity number: the seventeenth digit, odd for male."""
    digit = number[16:17]
    if not (digit.isascii() and digit.isdigit()):
        return None
    return Sex.MALE if int(digit) % 2 else Sex.FEMALE


def read_student_number(text: str) -> StudentNumber | None:
    """Take a student number (学籍号) apart; ``None`` when it is not one.

    Nineteen characters: ``G`` + identity number, ``J`` + eighteen built like one from the school's
    region, ``L`` + region, birth date and four digits.
    """
    number = tidy_number(text)
    kind, body = number[:1], number[1:]
    if kind == "L" and len(body) in (18, 19) and body.isascii() and body.isdigit():
        return StudentNumber(kind, body)
    if kind in ("G", "J") and id_fault(body) is None:
        return StudentNumber(kind, body)
    return None


def school_kind(code: str) -> SchoolKind | None:
    """The kind of school that a ten-digit school code (学校标识码) names; ``None`` if none."""
    match = _SCHOOL_CODE.fullmatch(code)
    if match is None or not code.isascii():
        return None
    try:
        return SchoolKind(match.group(1))
    except ValueError:
        return SchoolKind.OTHER


def tidy_phone(text: str) -> str:
    """A phone number without spaces, dashes, brackets and country prefix."""
    digits = re.sub(r"[-()—–]", "", tidy_number(text))
    return _COUNTRY_PREFIX.sub("", digits)


def is_phone(number: str) -> bool:
    """Whether a tidied number can be called: a mobile (``1`` + ten digits) or a landline."""
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)) and number.isascii()
