"""Sealed columns: only ciphertext is stored, and it opens only where it was put."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from notoneless.places.models import Person
from notoneless.vault.sealing import CannotOpen, blind_index, seal, unseal
from tests.world import Village

COLUMN = "children.child.national_id"
KEY_ONE, KEY_TWO = b"1" * 32, b"2" * 32


@given(st.text())
def test_what_is_sealed_opens_as_it_was(text):
    assert unseal(seal(text, column=COLUMN), column=COLUMN) == text


def test_the_same_text_is_never_sealed_the_same_way_twice():
    assert seal("539901201803120026", column=COLUMN) != seal("539901201803120026", column=COLUMN)


def test_a_value_copied_into_another_column_does_not_open():
    sealed = seal("15400000001", column="places.person.phone")

    with pytest.raises(CannotOpen, match="another column"):
        unseal(sealed, column=COLUMN)


def test_an_altered_value_does_not_open():
    sealed = bytearray(seal("15400000001", column=COLUMN))
    sealed[-1] ^= 1

    with pytest.raises(CannotOpen):
        unseal(bytes(sealed), column=COLUMN)


def test_old_keys_open_and_the_newest_seals(settings):
    settings.FIELD_KEYS = {1: KEY_ONE}
    old = seal("旧", column=COLUMN)
    settings.FIELD_KEYS = {1: KEY_ONE, 2: KEY_TWO}

    assert unseal(old, column=COLUMN) == "旧"
    assert seal("新", column=COLUMN)[0] == 2

    settings.FIELD_KEYS = {2: KEY_TWO}
    with pytest.raises(CannotOpen, match="no key number 01"):
        unseal(old, column=COLUMN)


def test_the_blind_index_finds_equals_and_keeps_kinds_apart(settings):
    assert blind_index("15400000001", kind="phone") == blind_index("15400000001", kind="phone")
    assert blind_index("15400000001", kind="phone") != blind_index("15400000001", kind="number")
    assert blind_index("", kind="phone") == ""
    with_one_key = blind_index("15400000001", kind="phone")
    settings.INDEX_KEY = KEY_ONE
    assert blind_index("15400000001", kind="phone") != with_one_key


def test_the_database_holds_no_plain_phone(village: Village):
    person = village.people["chen"]
    person.phone = "15400001234"
    person.save()

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM places_person WHERE name = %s", [person.name])
        stored = bytes(cursor.fetchone()[0])

    assert b"15400001234" not in stored
    assert Person.objects.get(pk=person.pk).phone == "15400001234"
