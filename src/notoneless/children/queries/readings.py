"""Who has looked at a child's file, with names, for those who may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.doors import groups_of, why_visible
from notoneless.children.queries.file import names_of
from notoneless.journal.queries import readings_of
from notoneless.rules.visibility import FieldGroup


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    person: str
    kind: str
    fields: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Looks:
    rows: tuple[Look, ...]
    total: int
    page: int
    page_rows: int


def who_looked(
    actor: Actor, child_id: UUID, *, page: int = 1, page_rows: int = 20, on: date
) -> Looks:
    """One page of who opened or revealed the file, newest first; four statements.

    Raises ``Child.DoesNotExist`` when the child, or this part of its file, is out of reach.
    """
    if FieldGroup.READINGS not in groups_of(why_visible(actor, child_id, on=on)):
        raise Child.DoesNotExist()
    found = readings_of(child_id, page=page, page_rows=page_rows)
    names = names_of({line.person_id for line in found.rows})
    rows = tuple(
        Look(line.at, names.get(line.person_id, ""), line.kind, line.fields, line.purpose)
        for line in found.rows
    )
    return Looks(rows, found.total, found.page, page_rows)
