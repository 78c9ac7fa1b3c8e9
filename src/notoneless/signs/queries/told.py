"""What planning asks of signs: who is said to have left, who is a key pupil, who came back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from notoneless.rules.duties.facts import Tag, WordFact
from notoneless.rules.signs.needs import Need
from notoneless.signs.models import KeyPupil, NeedTag, SignWord
from notoneless.signs.queries.who import WHO, about

DROPPED_OUT = "dropped_out"
"""The word that a child has stopped coming."""


def words_and_tags(
    child_ids: Collection[UUID], *, from_on: date, until: date
) -> tuple[tuple[WordFact, ...], dict[UUID, frozenset[Tag]]]:
    """Words that a child has left, from ``from_on`` to ``until``, and who counts for a quota on
    ``until``; both days included. One statement.

    A word that was cleared was right when it was said, but calls for nothing any more.
    """
    if not child_ids:
        return (), {}
    words = SignWord.objects.filter(
        about(child_ids),
        kind=DROPPED_OUT,
        cleared_at=None,
        seen_on__gte=from_on,
        seen_on__lte=until,
    )
    back = NeedTag.objects.filter(
        about(child_ids),
        need=Need.RETURNING.value,
        ended_at=None,
        from_on__lte=until,
        to_on__gt=until,
    )
    key = KeyPupil.objects.filter(
        about(child_ids),
        key_list__closed_at__isnull=False,
        key_list__superseded_at=None,
        key_list__term_from__lte=until,
        key_list__term_to__gt=until,
    )
    nothing = Cast(Value(None), DateField())
    rows = _branch(words, "word", F("seen_on")).union(
        _branch(back, Tag.RETURNED.value, nothing),
        _branch(key, Tag.KEY.value, nothing),
        all=True,
    )
    said: list[WordFact] = []
    tags: dict[UUID, set[Tag]] = {}
    for kind, child, on in rows:
        if kind == "word":
            said.append(WordFact(child, on))
        else:
            tags.setdefault(child, set()).add(Tag(kind))
    return tuple(said), {child: frozenset(found) for child, found in tags.items()}


def _branch(rows: QuerySet[Any, Any], kind: str, on: Any) -> QuerySet[Any, tuple[str, UUID, date]]:
    named = rows.order_by().annotate(t_kind=Value(kind, CharField()), t_child=WHO, t_on=on)
    listed: QuerySet[Any, tuple[str, UUID, date]] = named.values_list("t_kind", "t_child", "t_on")
    return listed
