"""Classes as schools write them, and the grade that follows."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.identity import SchoolKind
from notoneless.rules.roster.classes import (
    ClassFault,
    ClassKey,
    ClassText,
    Pupil,
    class_of,
    is_nine_year,
    read_class_text,
    school_year_of_rows,
)
from notoneless.rules.units import Stage

SIX_IN_2026, TWELVE_IN_2026 = date(2020, 3, 1), date(2014, 3, 1)


def grade(text, entered, born, kind=SchoolKind.JUNIOR, nine_year=None, year=2026):
    return class_of(Pupil(text, entered, born, kind, nine_year), school_year=year)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("101", (1, 1)),
        ("312班", (12, 3)),
        ("110", (10, 1)),
        ("0301", (1, 3)),
        ("三(2)班", (2, 3)),
        ("三（二）班", (2, 3)),
        ("三2班", (2, 3)),
        ("三年二班", (2, 3)),
        ("七年级2班", (2, 7)),
        ("九（十一）班", (11, 9)),
        ("7.2", (2, 7)),
        ("3-2", (2, 3)),
        ("三年级", (1, 3)),
        ("2", (2, None)),
        ("2班", (2, None)),
        ("十二班", (12, None)),
    ],
)
def test_a_class_is_read_as_the_school_writes_it(text, parts):
    read = read_class_text(text, school_year=2026)
    assert isinstance(read, ClassText)
    assert (read.number, read.grade) == parts


def test_a_class_named_by_its_cohort_is_read():
    for text in ("2024级3班", "2024级(3)班", "202403", "2403"):
        assert grade(text, (2024, 9), date(2018, 1, 1), SchoolKind.PRIMARY) == ClassKey(
            Stage.PRIMARY, 2024, 3, 3
        )


@pytest.mark.parametrize("text", ["启航班", "2026-03-02", "A", "100"])
def test_a_class_that_names_no_number_is_not_guessed(text):
    assert read_class_text(text, school_year=2026) is ClassFault.UNREADABLE


def test_senior_classes_are_beyond_compulsory_school():
    assert grade("高一(1)班", (2026, 9), date(2011, 1, 1)) is ClassFault.BEYOND


def test_101_is_grade_7_in_a_junior_school_and_grade_1_in_a_nine_year_school():
    assert grade("101", (2026, 9), TWELVE_IN_2026).grade == 7
    assert grade("101", (2026, 9), SIX_IN_2026).grade == 1
    assert grade("101", (2026, 9), None, nine_year=True).grade == 1
    assert grade("101", (2026, 9), None, nine_year=False).grade == 7


def test_701_is_grade_7_in_both():
    assert grade("701", (2026, 9), TWELVE_IN_2026, nine_year=True).grade == 7
    assert grade("701", (2026, 9), TWELVE_IN_2026, nine_year=False).grade == 7
    assert grade("701", (2026, 9), None).grade == 7


def test_a_bare_class_number_takes_its_grade_from_the_month_of_entry():
    assert grade("2班", (2021, 9), date(2015, 1, 1), SchoolKind.PRIMARY).grade == 6
    assert grade("2班", (2025, 9), date(2013, 1, 1)).grade == 8


def test_where_class_and_entry_disagree_the_age_decides_and_it_is_said():
    # A child who came from elsewhere last year: entered this school in 2025, sits in grade 5.
    came = grade("501", (2025, 9), date(2015, 10, 1), SchoolKind.PRIMARY)
    # A child listed in the wrong class: grade 5 by entry and by age.
    misplaced = grade("101", (2022, 9), date(2016, 2, 16), SchoolKind.PRIMARY)

    assert (came.grade, came.disagrees) == (5, True)
    assert (misplaced.grade, misplaced.disagrees) == (5, True)


def test_a_month_of_entry_after_the_school_year_is_impossible():
    assert grade("2", (2028, 9), SIX_IN_2026, SchoolKind.PRIMARY) is ClassFault.ENTERED_LATER


def test_a_child_who_should_have_left_and_whose_class_tells_nothing_has_no_grade():
    assert grade("2", (2015, 9), date(2009, 1, 1), SchoolKind.PRIMARY) is ClassFault.NO_GRADE


def test_a_school_is_nine_year_when_a_fifth_of_its_rows_entered_at_primary_age():
    small = [Pupil("101", (2026, 9), SIX_IN_2026, SchoolKind.JUNIOR)]
    big = [Pupil("101", (2026, 9), TWELVE_IN_2026, SchoolKind.JUNIOR)]

    assert is_nine_year(small + big * 4) is True
    assert is_nine_year(small + big * 5) is False
    assert is_nine_year([Pupil("101", None, None, SchoolKind.JUNIOR)]) is None


def test_a_list_made_in_spring_for_the_autumn_is_taken_for_the_autumn():
    spring = date(2027, 5, 1)
    this_year, next_year = [(2026, 9)] * 9, [(2027, 9)]

    assert school_year_of_rows(spring, this_year + next_year) == 2027
    assert school_year_of_rows(spring, this_year * 2 + next_year) == 2026
    assert school_year_of_rows(spring, []) == 2026
