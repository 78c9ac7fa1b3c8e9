"""Everything that those who act on a child's signs read on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notoneless.access.actor import Actor
from notoneless.contacts.queries.facts import facts_about
from notoneless.flows.duties.gathering import year_from
from notoneless.flows.signs.doors import ChildHere
from notoneless.flows.signs.reading import ChildSigns, signs_of_child
from notoneless.rules.duties.facts import ContactFact, ContactKind
from notoneless.rules.roles import Capability
from notoneless.signs.queries.key_lists import EntryRow, file_of, is_key_pupil
from notoneless.signs.queries.needs import NeedRow, needs_on
from notoneless.signs.queries.words import (
    FollowUpRow,
    HandlingRow,
    WordRow,
    follow_ups_of,
    handlings_of,
    words_of,
)


@dataclass(frozen=True, slots=True)
class ChildPage:
    row: ChildSigns | None
    """``None`` where nothing fires."""
    words: tuple[WordRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    handlings: tuple[HandlingRow, ...]
    needs: tuple[NeedRow, ...]
    is_key: bool
    file: tuple[EntryRow, ...]
    visits: int
    talks: int
    """This school year, as contacts say; the file needs no second writing down."""
    may_keep: bool
    """Name needs, clear words: whoever answers for the class."""


def child_page(actor: Actor, here: ChildHere, *, today: date) -> ChildPage:
    """The page of a child that ``child_with_signs`` has opened; some twenty statements."""
    ids = [here.child_id]
    said = facts_about(ids, county_id=actor.county_id, from_on=year_from(today), until=today)
    return ChildPage(
        row=signs_of_child(here, county_id=actor.county_id, today=today),
        words=tuple(words_of(ids)),
        follow_ups=tuple(follow_ups_of(here.child_id)),
        handlings=tuple(handlings_of(ids)),
        needs=tuple(needs_on(ids, day=today).get(here.child_id, ())),
        is_key=is_key_pupil(here.child_id, on=today),
        file=tuple(file_of(here.child_id)),
        visits=_reached(said.contacts, ContactKind.VISIT),
        talks=_reached(said.contacts, ContactKind.TALK),
        may_keep=any(actor.may(Capability.KEEP_KEY_PUPILS, at=path) for path in here.paths),
    )


def _reached(contacts: tuple[ContactFact, ...], kind: ContactKind) -> int:
    return sum(1 for each in contacts if each.kind is kind and each.is_reached)
