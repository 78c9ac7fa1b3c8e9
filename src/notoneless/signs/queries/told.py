"""What planning asks of signs: who is said to have left, who is a key pupil, who came back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F

from notoneless.children.queries.branches import WHO, ByKind, branch, read_together
from notoneless.rules.duties.facts import Tag, WordFact
from notoneless.rules.signs.needs import Need
from notoneless.signs.models import KeyPupil, NeedTag, SignWord
from notoneless.signs.queries.who import about

if TYPE_CHECKING:
    from notoneless.children.queries.branches import Branch

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
    return words_and_tags_in(read_together(sign_branches(child_ids, from_on=from_on, until=until)))


def sign_branches(child_ids: Collection[UUID], *, from_on: date, until: date) -> list[Branch]:
    """The same, to be read together with others'."""
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
    return [
        branch(words, "word", child=WHO, on=F("seen_on")),
        branch(back, Tag.RETURNED.value, child=WHO),
        branch(key, Tag.KEY.value, child=WHO),
    ]


def words_and_tags_in(
    rows: ByKind,
) -> tuple[tuple[WordFact, ...], dict[UUID, frozenset[Tag]]]:
    """What the rows of ``sign_branches`` say."""
    tags: dict[UUID, set[Tag]] = {}
    for tag in Tag:
        for row in rows.get(tag.value, ()):
            tags.setdefault(row.child, set()).add(tag)
    words = tuple(WordFact(row.child, row.on) for row in rows.get("word", ()))
    return words, {child: frozenset(found) for child, found in tags.items()}
