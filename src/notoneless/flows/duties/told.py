"""What is on record about children outside the rolls: contacts, reports, words, tags, silence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from notoneless.cases.queries.told import back_branch, case_branches, letters_in
from notoneless.children.queries.branches import ByKind, Together
from notoneless.contacts.queries.facts import contact_branches, facts_in
from notoneless.protection.queries.silence import remembered_from, silence_branch, silences_in
from notoneless.rules.duties.facts import (
    ContactFact,
    NumberCheckFact,
    ReportFact,
    Silence,
    Tag,
    WordFact,
)
from notoneless.signs.queries.told import sign_branches, words_and_tags_in

if TYPE_CHECKING:
    from notoneless.children.queries.branches import Branch


@dataclass(frozen=True, slots=True)
class Told:
    """Facts about children that are no attendance."""

    contacts: tuple[ContactFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    words: tuple[WordFact, ...] = ()
    number_checks: tuple[NumberCheckFact, ...] = ()
    tags: Mapping[UUID, frozenset[Tag]] = field(default_factory=dict)
    silences: Mapping[UUID, tuple[Silence, ...]] = field(default_factory=dict)


def told_about(child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date) -> Told:
    """All that is on record about these children from ``from_on`` to ``until``, both inclusive.

    One statement.
    """
    days = days_told(from_on=from_on, until=until)
    return told_in(_TOLD.read(child_ids=child_ids, county_id=county_id, **days))


def told_branches(
    child_ids: Collection[UUID],
    *,
    county_id: UUID,
    from_on: date,
    until: date,
    quiet_since: date,
) -> list[Branch]:
    """The same, to be read in one statement with the children's attendance; ``days_told`` says
    which days it needs."""
    return [
        *contact_branches(child_ids, county_id=county_id, from_on=from_on, until=until),
        *sign_branches(child_ids, from_on=from_on, until=until),
        silence_branch(child_ids, county_id=county_id, since=quiet_since),
        *case_branches(child_ids, county_id=county_id, from_on=from_on, until=until),
    ]


def days_told(*, from_on: date, until: date) -> dict[str, date]:
    """The days that ``told_branches`` needs, by name."""
    return {"from_on": from_on, "until": until, "quiet_since": remembered_from(until)}


def told_in(rows: ByKind) -> Told:
    """What the rows of ``told_branches`` say."""
    said = facts_in(rows)
    words, tags = words_and_tags_in(rows)
    return Told(
        contacts=said.contacts + letters_in(rows),
        reports=said.reports,
        number_checks=said.number_checks,
        words=words,
        tags=tags,
        silences=silences_in(rows),
    )


def tags_about(
    child_ids: Collection[UUID], *, county_id: UUID, on: date
) -> dict[UUID, frozenset[Tag]]:
    """Who of these children counts for a quota on ``on``; one statement."""
    if not child_ids:
        return {}
    rows = _TAGS.read(child_ids=child_ids, county_id=county_id, on=on)
    return words_and_tags_in(rows)[1]


def _tag_branches(child_ids: Collection[UUID], county_id: UUID, on: date) -> list[Branch]:
    branches = sign_branches(child_ids, from_on=on, until=on)
    return [*branches, back_branch(child_ids, county_id=county_id)]


_TOLD = Together(
    told_branches, child_ids=list, county_id=UUID, from_on=date, until=date, quiet_since=date
)
_TAGS = Together(_tag_branches, child_ids=list, county_id=UUID, on=date)
