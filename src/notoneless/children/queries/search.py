"""What somebody typed into the search box, as a condition on children."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Child, Guardian
from notoneless.rules.identity import is_phone, tidy_number, tidy_phone
from notoneless.rules.roles import Capability
from notoneless.vault.sealing import blind_index

LONGEST: Final = 60
MOST_HITS: Final = 500
_LATIN: Final = re.compile(r"[a-z' ]+")
_VOWEL: Final = re.compile(r"[aeiouv]")
_NUMBER: Final = re.compile(r"[GJL]?\d[\dX]{5,}|[A-Z]{1,3}\d{5,}")
_UMLAUT: Final = str.maketrans({"ü": "v", "ǖ": "v", "ǘ": "v", "ǚ": "v", "ǜ": "v"})


def matching(text: str, *, actor: Actor) -> Q:
    """Children whom ``text`` means: by identity or student number or phone exactly, by pinyin or
    its initials from the beginning, else by any part of the name.

    Numbers are compared by blind index, so one must be known whole. A row that was merged away
    answers with the child that was kept. At most two statements.
    """
    typed = unicodedata.normalize("NFC", text).strip()[:LONGEST]
    number = tidy_number(typed)
    if _NUMBER.fullmatch(number) or is_phone(tidy_phone(typed)):
        return _by_number(number, tidy_phone(typed), actor)
    latin = typed.lower().translate(_UMLAUT)
    ways = _by_pinyin(latin) if _LATIN.fullmatch(latin) else [Q(name__contains=_packed(typed))]
    if kept := _kept_instead(ways, actor):
        ways = [*ways, Q(pk__in=kept)]
    return Q(pk__in=_any_of(ways, actor))


def _any_of(ways: Sequence[Q], actor: Actor) -> QuerySet[Child, UUID]:
    """Keys of the children found in any of these ways, each way through an index of its own.

    Joined by OR, neither database would use two indexes: it would read the whole county.
    """
    first, *further = [
        Child.objects.filter(way, county=actor.county_id).values_list("pk", flat=True)
        for way in ways
    ]
    return first.union(*further, all=True) if further else first


def _by_number(number: str, phone: str, actor: Actor) -> Q:
    """The few children with exactly this number, looked up first: the list then needs no scan."""
    ways = [
        Q(national_id_index=blind_index(number, kind="national_id")),
        Q(student_number_index=blind_index(number, kind="student_number")),
    ]
    found: list[UUID] = []
    if is_phone(phone) and actor.may(Capability.SEE_CONTACTS):
        index = blind_index(phone, kind="phone")
        ways.append(Q(phone_index=index))
        guardians = Guardian.objects.filter(
            county=actor.county_id, phone_index=index, superseded_at=None
        )
        found = _children_of(guardians)
    rows = Child.objects.filter(pk__in=_any_of(ways, actor))
    bearers = rows.values_list("pk", "merged_into")[:MOST_HITS]
    return Q(pk__in=[*found, *(kept or child for child, kept in bearers)])


def _children_of(guardians: QuerySet[Guardian]) -> list[UUID]:
    rows = guardians.values_list("child", "child__merged_into")[:MOST_HITS]
    return [kept or child for child, kept in rows]


def _by_pinyin(latin: str) -> list[Q]:
    plain = latin.replace(" ", "").replace("'", "")
    ways = [_beginning("initials", plain), _beginning("joined_pinyin", plain)]
    # Four letters are enough to look inside as well: many know the given name only.
    if len(plain) > 3 and _VOWEL.search(plain):
        ways[1] = Q(joined_pinyin__contains=plain)
    return ways


def _beginning(column: str, letters: str) -> Q:
    """``column`` begins with ``letters``, as a range: the column is compared byte by byte."""
    if not letters:
        return Q()
    after = letters[:-1] + chr(ord(letters[-1]) + 1)
    return Q(**{f"{column}__gte": letters, f"{column}__lt": after})


def _packed(name: str) -> str:
    return re.sub(r"\s+", "", name)


def _kept_instead(ways: Sequence[Q], actor: Actor) -> list[UUID]:
    absorbed = Child.objects.filter(reduce(or_, ways), county=actor.county_id).exclude(
        merged_into=None
    )
    return [kept for kept in absorbed.values_list("merged_into", flat=True)[:MOST_HITS] if kept]
