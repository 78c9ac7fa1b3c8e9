"""What somebody typed into the search box, as a condition on children."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains, StartsWith

from notoneless.access.actor import Actor
from notoneless.children.models import Child, Guardian, Merge
from notoneless.rules.identity import is_phone, tidy_number, tidy_phone
from notoneless.rules.roles import Capability
from notoneless.vault.sealing import blind_index

LONGEST: Final = 60
MOST_HITS: Final = 500
_LATIN: Final = re.compile(r"[a-z' ]+")
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
    condition = _by_pinyin(latin) if _LATIN.fullmatch(latin) else Q(name__contains=_packed(typed))
    return condition | Q(pk__in=_kept_instead(condition, actor))


def _by_number(number: str, phone: str, actor: Actor) -> Q:
    """The few children with exactly this number, looked up first: the list then needs no scan."""
    condition = Q(national_id_index=blind_index(number, kind="national_id")) | Q(
        student_number_index=blind_index(number, kind="student_number")
    )
    found: list[UUID] = []
    if is_phone(phone) and actor.may(Capability.SEE_CONTACTS):
        index = blind_index(phone, kind="phone")
        condition |= Q(phone_index=index)
        guardians = Guardian.objects.filter(
            county=actor.county_id, phone_index=index, superseded_at=None
        )
        found = _children_of(guardians)
    rows = Child.objects.filter(condition, county=actor.county_id)
    bearers = rows.values_list("pk", "merged_into")[:MOST_HITS]
    return Q(pk__in=[*found, *(kept or child for child, kept in bearers)])


def _children_of(guardians: QuerySet[Guardian]) -> list[UUID]:
    rows = guardians.values_list("child", "child__merged_into")[:MOST_HITS]
    return [kept or child for child, kept in rows]


def _by_pinyin(latin: str) -> Q:
    plain = latin.replace(" ", "").replace("'", "")
    joined = Replace(F("pinyin"), Value(" "), Value(""))
    # Four letters are enough to look inside as well: many know the given name only.
    by_syllables = Contains(joined, plain) if len(plain) > 3 else StartsWith(joined, plain)
    return Q(by_syllables) | Q(initials__startswith=plain)


def _packed(name: str) -> str:
    return re.sub(r"\s+", "", name)


def _kept_instead(condition: Q, actor: Actor) -> list[UUID]:
    merges = Merge.objects.filter(kept__county=actor.county_id, parted_at=None)
    absorbed = Child.objects.filter(condition, pk__in=merges.values("absorbed"))
    return [kept for kept in absorbed.values_list("merged_into", flat=True)[:MOST_HITS] if kept]
