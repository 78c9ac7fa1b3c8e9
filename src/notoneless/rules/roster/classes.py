"""Which class and grade a roster row means, from what schools write and when the child entered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from notoneless.rules.identity import SchoolKind
from notoneless.rules.units import Stage, last_grade, school_year_of

PRIMARY_GRADES: Final = last_grade(Stage.PRIMARY)
LAST_GRADE: Final = last_grade(Stage.JUNIOR)
JUNIOR_FROM_AGE: Final = 10
"""Whoever entered at this age or later entered the junior stage. Primary begins at 6 or 7, junior
at 12 or 13; the line lies between, nearer to the junior side of no one."""


def _grades_before(stage: Stage) -> int:
    return 0 if stage is Stage.PRIMARY else PRIMARY_GRADES


@dataclass(frozen=True, slots=True)
class Pupil:
    """What a row says about where the child sits."""

    class_text: str
    """As the school writes it: 101, 三(2)班, 2班, 2024级3班 …"""
    entered: tuple[int, int] | None
    """Year and month of 入学年月."""
    born_on: date | None
    school_kind: SchoolKind
    is_nine_year: bool | None = None
    """Whether the school holds both stages; ``None`` where nobody knows."""


@dataclass(frozen=True, slots=True)
class ClassKey:
    """One class of one cohort."""

    stage: Stage
    cohort: int
    """The year in whose autumn the cohort began the first grade of its stage."""
    grade: int
    """1 to 9 in the school year asked about."""
    number: int
    disagrees: bool = False
    """Class text and entry month name different grades; the one nearer to the child's age won."""


class ClassFault(StrEnum):
    """Why no class can be told."""

    UNREADABLE = "class_unreadable"
    NO_GRADE = "grade_unknown"
    ENTERED_LATER = "entry_month_impossible"
    BEYOND = "beyond_compulsory"


@dataclass(frozen=True, slots=True)
class ClassText:
    """A class text taken apart. ``grade`` is as written: 1 in a junior school may mean grade 7."""

    number: int
    grade: int | None = None
    stage: Stage | None = None
    cohort: int | None = None


_NUMERALS: Final = {word: n for n, word in enumerate("零一二三四五六七八九")}
_TENS: Final = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?")
_NUMERAL_BEFORE_DIGIT: Final = re.compile(r"([一二三四五六七八九])(?=\d)")
_STAGE: Final = r"(?P<stage>小学|初中|小|初)?"
_GRADE: Final = r"(?P<grade>[1-9])"
_NUMBER: Final = r"(?P<number>[1-9]\d?|0[1-9])"
_BY_COHORT: Final = re.compile(
    _STAGE + r"(?P<cohort>20\d\d)(?:级|届)?[(.\-]*" + _NUMBER + r"\)?班?"
)
_BY_GRADE: Final = re.compile(
    _STAGE + _GRADE + r"(?:年级|年|级)?[(.\-·]+" + _NUMBER + r"\)?班?"
    r"|"
    + _STAGE.replace("stage", "stage2")
    + _GRADE.replace("grade", "grade2")
    + r"(?:年级|年|级)"
    + _NUMBER.replace("number", "number2")
    + r"班?"
    r"|(?P<stage3>小学|初中|小|初)(?P<grade3>[1-9])(?P<number3>0?[1-9]|1\d)班?"
)
_THREE_DIGITS: Final = re.compile(r"0?(?P<grade>[1-9])(?P<number>\d[1-9]|[1-9]0)班?")
_FOUR_DIGITS: Final = re.compile(r"(?P<cohort>[12]\d)(?P<number>0[1-9]|[1-3]\d)班?")
_ONLY_NUMBER: Final = re.compile(r"\(?" + _NUMBER + r"\)?班?")
_ONLY_GRADE: Final = re.compile(_STAGE + _GRADE + r"(?:年级|年)(?:班)?")
_SENIOR: Final = re.compile(r"高(?:中|[一二三123])|1[0-2]年级|普高")


def cohort_of(entered: tuple[int, int]) -> int:
    """The autumn year of the school year that a month of entry belongs to."""
    return school_year_of(date(*entered, 1))


def school_year_of_rows(today: date, entries: Iterable[tuple[int, int]]) -> int:
    """The school year that a file is for: today's, or the coming one if a tenth of its rows say so.

    In spring a county makes the list for the autumn; a few wrong months do not shift a whole file.
    """
    ours = school_year_of(today)
    years = [cohort_of(entry) for entry in entries]
    later = [year for year in years if year == ours + 1]
    return ours + 1 if later and len(later) * 10 >= len(years) else ours


def is_nine_year(pupils: Iterable[Pupil]) -> bool | None:
    """Whether a school with code 31 holds primary grades too, from all rows of its list.

    Yes, if a fifth of the rows entered at primary age. ``None`` without any row that tells.
    """
    ages = [age for age in map(_age_at_entry, pupils) if age is not None]
    if not ages:
        return None
    return 5 * sum(age < JUNIOR_FROM_AGE for age in ages) >= len(ages)


def read_class_text(text: str, *, school_year: int) -> ClassText | ClassFault:
    """Take a class text apart: ``101``, ``三(2)班``, ``2``, ``2024级3班``, ``2403``."""
    plain = _numerals(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if _SENIOR.search(plain) is not None:
        return ClassFault.BEYOND
    for pattern in (_BY_COHORT, _BY_GRADE, _ONLY_NUMBER, _THREE_DIGITS, _FOUR_DIGITS, _ONLY_GRADE):
        match = pattern.fullmatch(plain)
        if match is not None:
            return _class_text(match, school_year)
    return ClassFault.UNREADABLE


def class_of(pupil: Pupil, *, school_year: int) -> ClassKey | ClassFault:
    """The class that a row means in the school year that begins in the autumn of ``school_year``.

    The grade follows from the month of entry and the stage. In a junior school ``101`` is class 1
    of grade 7, in a nine-year school ``701`` is; where nobody knows which it is, the age at entry
    tells. Where class text and month of entry disagree (a child who came from another school, a
    child who paused), the grade nearer to the child's age wins and ``disagrees`` is set.
    """
    read = read_class_text(pupil.class_text, school_year=school_year)
    if isinstance(read, ClassFault):
        return read
    stage = _stage(pupil, read)
    by_text = _grade_by_text(read, stage, school_year)
    by_entry = _grade_by_entry(pupil, stage, school_year)
    if by_text is None and by_entry is None:
        return _no_grade(pupil, school_year)
    grade = _choose(by_text, by_entry, pupil, school_year)
    stage = Stage.JUNIOR if grade > PRIMARY_GRADES else Stage.PRIMARY
    cohort = school_year - (grade - _grades_before(stage) - 1)
    disagrees = by_text != by_entry if by_text is not None else False
    return ClassKey(stage, cohort, grade, read.number, disagrees)


def _numerals(text: str) -> str:
    def tens(match: re.Match[str]) -> str:
        high = _NUMERALS.get(match.group(1) or "一", 1)
        return str(high * 10 + _NUMERALS.get(match.group(2) or "零", 0))

    text = _TENS.sub(tens, text)
    text = _NUMERAL_BEFORE_DIGIT.sub(r"\1.", text)
    return "".join(str(_NUMERALS[sign]) if sign in _NUMERALS else sign for sign in text)


def _class_text(match: re.Match[str], school_year: int) -> ClassText:
    found = {name.rstrip("23"): part for name, part in match.groupdict().items() if part}
    number = int(found.get("number", "1"))
    grade = int(found["grade"]) if "grade" in found else None
    cohort = int(found["cohort"]) if "cohort" in found else None
    if cohort is not None and cohort < 100:
        cohort += 2000
    if cohort is not None and not school_year - LAST_GRADE < cohort <= school_year:
        cohort = None
    return ClassText(number, grade, _STAGES.get(found.get("stage", "")[:1]), cohort)


_STAGES: Final = {"小": Stage.PRIMARY, "初": Stage.JUNIOR}


def _stage(pupil: Pupil, read: ClassText) -> Stage:
    if pupil.school_kind is SchoolKind.PRIMARY:
        return Stage.PRIMARY
    if read.stage is not None:
        return read.stage
    if read.grade is not None and read.grade > 3:
        return Stage.JUNIOR if read.grade > PRIMARY_GRADES else Stage.PRIMARY
    # From here the text says 1 to 3 or nothing: the first grades of either stage.
    if pupil.is_nine_year is not None and read.grade is not None:
        return Stage.PRIMARY if pupil.is_nine_year else Stage.JUNIOR
    if pupil.is_nine_year is False:
        return Stage.JUNIOR
    age = _age_at_entry(pupil)
    if age is None:
        return Stage.JUNIOR
    return Stage.JUNIOR if age >= JUNIOR_FROM_AGE else Stage.PRIMARY


def _age_at_entry(pupil: Pupil) -> int | None:
    if pupil.entered is None or pupil.born_on is None:
        return None
    year, month = pupil.entered
    return year - pupil.born_on.year - ((pupil.born_on.month, pupil.born_on.day) > (month, 1))


def _grade_by_text(read: ClassText, stage: Stage, school_year: int) -> int | None:
    if read.cohort is not None:
        return _in_stage(_grades_before(stage) + school_year - read.cohort + 1, stage)
    if read.grade is None:
        return None
    written = read.grade
    if stage is Stage.JUNIOR and written <= 3:
        written += PRIMARY_GRADES
    return _in_stage(written, stage)


def _grade_by_entry(pupil: Pupil, stage: Stage, school_year: int) -> int | None:
    if pupil.entered is None:
        return None
    return _in_stage(_grades_before(stage) + school_year - cohort_of(pupil.entered) + 1, stage)


def _in_stage(grade: int, stage: Stage) -> int | None:
    last = PRIMARY_GRADES if stage is Stage.PRIMARY else LAST_GRADE
    return grade if _grades_before(stage) < grade <= last else None


def _no_grade(pupil: Pupil, school_year: int) -> ClassFault:
    if pupil.entered is not None and cohort_of(pupil.entered) > school_year:
        return ClassFault.ENTERED_LATER
    return ClassFault.NO_GRADE


def _choose(by_text: int | None, by_entry: int | None, pupil: Pupil, school_year: int) -> int:
    if by_text is None or by_entry is None:
        return by_text or by_entry or 1
    if pupil.born_on is None:
        return by_entry
    # Six full years old on 31 August of the first year: the grade that goes with the age.
    born = pupil.born_on
    by_age = school_year - born.year - ((born.month, born.day) > (8, 31)) - 5
    return by_text if abs(by_text - by_age) < abs(by_entry - by_age) else by_entry
