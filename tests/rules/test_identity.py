"""Identity numbers, student numbers, school codes and phones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules import identity
from notoneless.rules.identity import IdFault, SchoolKind, Sex


def number(first_17: str) -> str:
    return first_17 + identity.id_check_digit(first_17)


def test_the_check_digit_is_the_one_that_the_standard_prints():
    assert identity.id_check_digit("11010119900307447") == "7"


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("11010119900307447", IdFault.LENGTH),
        ("110101199003074477" + "0", IdFault.LENGTH),
        ("1101011990030744X7", IdFault.CHARACTERS),
        ("010101199003074477", IdFault.CHARACTERS),
        ("１10101199003074477", IdFault.CHARACTERS),
        (number("11010119900230447"), IdFault.BIRTH_DATE),
        ("110101199003074478", IdFault.CHECK_DIGIT),
    ],
)
def test_a_wrong_number_says_what_is_wrong(wrong, fault):
    assert identity.id_fault(wrong) is fault


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 999))
def test_a_number_gives_back_its_birth_date_and_sex_and_one_changed_digit_shows(born, sequence):
    sound = number(f"539901{born:%Y%m%d}{sequence:03}")

    assert identity.id_fault(sound) is None
    assert identity.birth_date_of(sound) == born
    assert identity.sex_of(sound) is (Sex.MALE if sequence % 2 else Sex.FEMALE)
    other = str((int(sound[5]) + 1) % 10)
    assert identity.id_fault(sound[:5] + other + sound[6:]) is IdFault.CHECK_DIGIT


def test_blanks_quotes_full_width_signs_and_a_small_x_are_tidied():
    assert identity.tidy_number(" '５39901 20160102\u200b973ｘ ") == "53990120160102973X"


@pytest.mark.parametrize("text", ["5.39901E+17", "5.39901201901164e17", "1E+18"])
def test_scientific_notation_is_seen(text):
    assert identity.is_scientific(text)


@pytest.mark.parametrize("text", ["539901201901164207", "53990120160102973X", "E17", ""])
def test_an_ordinary_number_is_not_scientific(text):
    assert not identity.is_scientific(text)


def test_student_numbers_are_taken_apart():
    inside = number("53990120190116421")

    assert identity.read_student_number(f"g{inside}") == identity.StudentNumber("G", inside)
    assert identity.read_student_number(f"J{inside}") == identity.StudentNumber("J", inside)
    assert identity.read_student_number("L539901201901160001") == identity.StudentNumber(
        "L", "539901201901160001"
    )
    assert identity.read_student_number(f"X{inside}") is None
    assert identity.read_student_number(f"G{inside[:-1]}") is None


def test_school_codes_say_their_kind():
    assert identity.school_kind("2199000101") is SchoolKind.PRIMARY
    assert identity.school_kind("3199000108") is SchoolKind.JUNIOR
    assert identity.school_kind("4199000108") is SchoolKind.OTHER
    assert identity.school_kind("2399000108") is None
    assert identity.school_kind("219900010") is None
    assert identity.school_kind("２199000101") is None


@pytest.mark.parametrize(
    "text", ["154 6582 1234", "+8615465821234", "0887-1234567", "(0887)1234567"]
)
def test_phones_are_tidied_and_accepted(text):
    assert identity.is_phone(identity.tidy_phone(text))


@pytest.mark.parametrize("text", ["12345", "25465821234", "154658212345", "无", "15465821２34五"])
def test_what_cannot_be_called_is_no_phone(text):
    assert not identity.is_phone(identity.tidy_phone(text))
