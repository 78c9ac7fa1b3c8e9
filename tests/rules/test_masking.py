"""What a mask leaves of numbers and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.masking import mask_address, mask_id, mask_phone, mask_student_number

pytestmark = pytest.mark.req("R-022")


def test_an_identity_number_keeps_its_region_and_nothing_else():
    assert mask_id("539901201803120027") == "539901************"
    assert mask_id("53990120180312002X") == "539901************"


def test_a_passport_has_no_region_part_and_is_hidden_whole():
    assert mask_id("E12345678") == "******"
    assert mask_id("X1") == mask_id("E1234567890")


def test_a_student_number_keeps_letter_and_region():
    assert mask_student_number("G539901201803120027") == "G539901************"
    assert mask_student_number("L5399012018031200271") == "L539901*************"
    assert mask_student_number("12345") == "******"


def test_a_mobile_keeps_three_digits_and_a_landline_its_area():
    assert mask_phone("15400000001") == "154********"
    assert mask_phone("08511234567") == "0851*******"
    assert mask_phone("01012345678") == mask_phone("0101234567") == "010*******"
    assert mask_phone("12345") == "******"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("青禾县石桥乡石桥村三组12号", "青禾县石桥乡******"),
        ("石桥乡石桥村", "石桥乡******"),
        ("青禾县城关街道长安路5号", "青禾县城关街道******"),
        ("河口镇", "河口镇******"),
        ("长安路5号", "******"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_township(address, shown):
    assert mask_address(address) == shown


def test_nothing_stays_nothing():
    assert mask_id("") == mask_student_number("") == mask_phone("") == ""


@given(st.text(alphabet="0123456789XGJL", min_size=7, max_size=24))
def test_no_mask_ever_shows_the_last_four_signs(number):
    for mask in (mask_id, mask_student_number, mask_phone):
        assert mask(number).endswith("****")


@given(st.from_regex(r"[1-9]\d{16}[\dX]", fullmatch=True))
def test_two_numbers_of_one_region_look_alike(number):
    assert mask_id(number) == mask_id(number[:6] + "200001010000"[: len(number) - 6])
