"""Write drafts of packs: one person's work, thrown away when it is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp
from notoneless.policy.models import PackDraft
from notoneless.policy.queries.packs import floors_on
from notoneless.policy.refusals import DraftMoved, PackFaulty
from notoneless.rules.policy.pack import Pack, PackError, Rule
from notoneless.rules.policy.reading import read_local_pack
from notoneless.rules.policy.writing import edited

FILE = "pack.toml"


def begin_draft(
    text: str, *, unit_id: UUID, base_id: UUID | None, draft_id: UUID, stamp: Stamp
) -> PackDraft:
    """Keep a text to work on; the same ``draft_id`` twice is as once.

    The text is judged when it is shown and when it is proposed. Raises ``ValueError`` where
    nobody is named.
    """
    if stamp.by is None:
        raise ValueError("a draft has an author")
    row, _ = PackDraft.objects.get_or_create(
        pk=draft_id,
        county_id=stamp.county_id,
        author_id=stamp.by,
        defaults={"unit_id": unit_id, "base_id": base_id, "toml": text, "changed_at": stamp.now},
    )
    return row


@transaction.atomic
def change_draft(
    draft_id: UUID,
    *,
    number: int,
    rules: Mapping[str, Rule | None] | None = None,
    text: str | None = None,
    stamp: Stamp,
) -> PackDraft:
    """Change some rules of one's draft, or its whole ``text``.

    ``number`` is the draft's as the page showed it. Raises ``DraftMoved``, ``PackFaulty`` for a
    change of rules that makes it no pack or breaks the law, ``PackDraft.DoesNotExist``.
    """
    row = PackDraft.objects.select_for_update().get(
        pk=draft_id, county=stamp.county_id, author=stamp.by
    )
    if row.number != number:
        raise DraftMoved()
    if text is None:
        text = _edited(row.toml, rules or {})
    row.toml, row.number, row.changed_at = text, number + 1, stamp.now
    row.save(update_fields=["toml", "number", "changed_at"])
    return row


def drop_draft(draft_id: UUID, *, stamp: Stamp) -> None:
    """Throw one's draft away; nothing happens where it is gone."""
    PackDraft.objects.filter(pk=draft_id, county=stamp.county_id, author=stamp.by).delete()


def judge(text: str) -> Pack:
    """The pack that a county's text describes, under the law. Raises ``PackFaulty``."""
    try:
        return read_local_pack(text, FILE, floors=floors_on(date.max))
    except PackError as problem:
        raise PackFaulty(problem.faults) from problem


def _edited(text: str, rules: Mapping[str, Rule | None]) -> str:
    try:
        changed = edited(text, rules=rules)
    except PackError as problem:
        raise PackFaulty(problem.faults) from problem
    judge(changed)
    return changed
