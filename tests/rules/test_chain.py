"""Every link depends on all before it; the printed line survives paper and fingers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.chain import (
    Anchor,
    BadAnchor,
    digest,
    genesis,
    link,
    read_anchor,
    write_anchor,
)

COUNTY = UUID("0195a000-0000-7000-8000-000000000001")
ANCHOR = Anchor(COUNTY, 42, date(2026, 11, 20), genesis(COUNTY))
LINE = write_anchor(ANCHOR)


def chain_of(envelopes, county_id=COUNTY):
    hashes = [genesis(county_id)]
    for seq, envelope in enumerate(envelopes, start=1):
        hashes.append(link(hashes[-1], seq, envelope))
    return hashes


@given(st.lists(st.binary(), min_size=1, max_size=8), st.data())
def test_changing_one_envelope_changes_every_hash_from_there_on(envelopes, data):
    place = data.draw(st.integers(0, len(envelopes) - 1))
    changed = [*envelopes]
    changed[place] += b"!"
    before, after = chain_of(envelopes), chain_of(changed)
    assert before[: place + 1] == after[: place + 1]
    assert not set(before[place + 1 :]) & set(after[place + 1 :])


def test_equal_envelopes_at_two_places_have_different_hashes():
    assert len(set(chain_of([b"a", b"a", b"a"]))) == 4


def test_two_counties_never_share_a_hash():
    other = UUID("0195a000-0000-7000-8000-000000000002")
    assert not set(chain_of([b"a", b"b"])) & set(chain_of([b"a", b"b"], other))


def test_a_link_tells_previous_number_and_envelope_apart():
    seen = {
        link("a" * 64, 1, b"x"),
        link("b" * 64, 1, b"x"),
        link("a" * 64, 2, b"x"),
        link("a" * 64, 1, b"y"),
    }
    assert len(seen) == 4


def test_a_digest_depends_on_salt_and_facts():
    assert digest(b"1", {"a": 1}) != digest(b"2", {"a": 1})
    assert digest(b"1", {"a": 1}) != digest(b"1", {"a": 2})
    assert digest(b"1", {"a": 1}) != digest(b"1", {"b": 1})


def test_a_column_added_later_and_empty_leaves_old_digests_as_they_were():
    assert digest(b"1", {"a": 1}) == digest(b"1", {"a": 1, "added_later": None})
    assert digest(b"1", {"a": 1}) != digest(b"1", {"a": 1, "added_later": ""})


def test_the_hashes_are_these_and_stay_these():
    assert genesis(COUNTY) == "97ae9db05d5640e7382ec004e624a9f77c850e262ced775a1812ac90d093189e"
    assert (
        link("0" * 64, 1, b"envelope")
        == "69462f62addb538eb4df6b8d00c18154b1670afac1d5fcb94bd955c384f3a745"
    )
    assert (
        digest(b"salt", {"text": "旷课"})
        == "9c7341bd3dda1b4406d81fcf9e3838ed011f1bc57687da4201f0563f5fec9f65"
    )


@given(st.uuids(), st.integers(0, 10**15), st.dates(), st.binary(min_size=32, max_size=32))
def test_a_printed_line_reads_back(county_id, seq, printed_on, hash_bytes):
    anchor = Anchor(county_id, seq, printed_on, hash_bytes.hex())
    assert read_anchor(write_anchor(anchor)) == anchor


def test_the_line_has_the_agreed_shape():
    mark, county, seq, day, hash_, check = LINE.split(" ")
    assert (mark, county, seq, day, hash_) == (
        "NOL1",
        str(COUNTY),
        "42",
        "2026-11-20",
        genesis(COUNTY),
    )
    assert len(check) == 8


def test_blanks_and_capitals_from_typing_do_no_harm():
    assert read_anchor(f"  {LINE.upper().replace(' ', '   ')}\n") == ANCHOR


@given(st.integers(0, len(LINE) - 1), st.sampled_from("0123456789abcdef"))
def test_one_wrong_character_never_passes_for_another_anchor(place, typed):
    line = LINE[:place] + typed + LINE[place + 1 :]
    try:
        assert read_anchor(line) == ANCHOR
    except BadAnchor:
        assert line != LINE


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", "length"),
        (LINE.rsplit(" ", 1)[0], "length"),
        (LINE + " more", "length"),
        (LINE.replace("NOL1", "NOL2"), "mark"),
        (LINE.replace(str(COUNTY), "539901"), "county"),
        (LINE.replace(str(COUNTY), "0195a00-00000-7000-8000-000000000001"), "county"),
        (LINE.replace(" 42 ", " 042 "), "seq"),
        (LINE.replace(" 42 ", " -1 "), "seq"),
        (LINE.replace(" 42 ", " ４２ "), "seq"),
        (LINE.replace("2026-11-20", "2026-11-31"), "date"),
        (LINE.replace("2026-11-20", "20261120"), "date"),
        (LINE.replace(genesis(COUNTY), genesis(COUNTY)[:-1]), "hash"),
        (LINE[:-1] + "g", "check"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(line, part):
    with pytest.raises(BadAnchor) as refused:
        read_anchor(line)
    assert refused.value.part == part


def test_two_digits_exchanged_in_typing_are_noticed():
    with pytest.raises(BadAnchor) as refused:
        read_anchor(LINE.replace(" 42 ", " 24 "))
    assert refused.value.part == "sum"
