"""Which visits and class reports are papers already, and who may number those that are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.contacts.queries.lines import ContactLine
from notoneless.documents.queries.doors import papers_seen
from notoneless.flows.cases.papers.on_demand import (
    inside_school,
    is_numbered,
    report_ids,
    visit_ids,
)
from notoneless.rules.documents.kinds import DocumentState
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class Numbered:
    """A visit to one child as a paper, or as one that could be."""

    child_id: UUID
    child_name: str
    paper_id: UUID | None
    number_text: str
    """Empty while it has none."""


def may_number(actor: Actor, child_id: UUID, *, today: date) -> bool:
    """Whether the actor numbers records of this child: from inside its school; two statements."""
    try:
        inside_school(actor, child_id, Capability.LOG_CONTACTS, today=today)
    except NotAllowed:
        return False
    return True


def papers_of_visit(actor: Actor, line: ContactLine, *, today: date) -> list[Numbered]:
    """For each child of a proved visit its paper, for whoever may number it; else nothing."""
    if not is_numbered(line):
        return []
    children = [each for each in line.children if may_number(actor, each.id, today=today)]
    ids = {each.id: visit_ids(line.id, each.id) for each in children}
    found = _standing(actor, [name for names in ids.values() for name in names], today=today)
    return [_numbered(each.id, each.name, ids[each.id], found) for each in children]


def paper_of_report(
    actor: Actor, report_id: UUID, child_id: UUID, *, today: date
) -> Numbered | None:
    """The paper of a class report, or that there is none yet; ``None`` for whoever may not."""
    if not may_number(actor, child_id, today=today):
        return None
    names = report_ids(report_id)
    return _numbered(child_id, "", names, _standing(actor, names, today=today))


def _standing(actor: Actor, ids: tuple[UUID, ...] | list[UUID], *, today: date) -> dict[UUID, str]:
    if not ids:
        return {}
    rows = papers_seen(actor, on=today).filter(pk__in=ids, state=DocumentState.ISSUED)
    return dict(rows.values_list("pk", "number_text"))


def _numbered(
    child_id: UUID, name: str, ids: tuple[UUID, ...], found: Mapping[UUID, str]
) -> Numbered:
    paper_id = next((each for each in ids if each in found), None)
    return Numbered(child_id, name, paper_id, found[paper_id] if paper_id else "")
