"""What people have told about children outside the rolls: contacts, reports, words, tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from notoneless.contacts.queries.facts import facts_about
from notoneless.rules.duties.facts import (
    ContactFact,
    NumberCheckFact,
    ReportFact,
    Tag,
    WordFact,
)
from notoneless.signs.queries.told import words_and_tags


@dataclass(frozen=True, slots=True)
class Told:
    """Facts about children that are no attendance."""

    contacts: tuple[ContactFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    words: tuple[WordFact, ...] = ()
    number_checks: tuple[NumberCheckFact, ...] = ()
    tags: Mapping[UUID, frozenset[Tag]] = field(default_factory=dict)


def told_about(child_ids: Collection[UUID], *, county_id: UUID, from_on: date, until: date) -> Told:
    """All that is on record about these children from ``from_on`` to ``until``, both inclusive."""
    said = facts_about(child_ids, county_id=county_id, from_on=from_on, until=until)
    words, tags = words_and_tags(child_ids, from_on=from_on, until=until)
    return Told(
        contacts=said.contacts,
        reports=said.reports,
        number_checks=said.number_checks,
        words=words,
        tags=tags,
    )


def tags_about(child_ids: Collection[UUID], *, on: date) -> dict[UUID, frozenset[Tag]]:
    """Who of these children counts for a quota on ``on``; one statement."""
    return words_and_tags(child_ids, from_on=on, until=on)[1]
