"""A visit as the plan's form: 《学生辍学家访记录单》 or 《家访登记表》 (F-041, F-042, R-088)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.models import AbsenceRun
from notoneless.children.queries.file import ChildFile, child_file
from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.timeline import contact_seen
from notoneless.flows.contacts.whom import where_they_are
from notoneless.rules.policy.resolve import PolicyConflict

KEY = "visit_form"
FREE = "free_form"


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that the form prints."""

    line: ContactLine
    form: str
    """``dropout_visit_sheet``, ``visit_register`` or ``free_form``."""
    files: tuple[ChildFile, ...]
    """The children whom the reader sees, masked as everywhere."""
    absent_since: date | None


def paper_of(actor: Actor, contact_id: UUID, *, today: date) -> Paper:
    """One contact ready to be printed. Raises ``Contact.DoesNotExist``."""
    line = contact_seen(actor, contact_id, on=today)
    ids = [child.id for child in line.children]
    places = where_they_are(ids, county_id=actor.county_id, today=today)
    form = FREE
    for place in places.values():
        try:
            policy = place.school.policy(line.happened_on)
        except PolicyConflict:
            continue
        if policy.is_on(KEY):
            form = policy.choice(KEY)
            break
    run = AbsenceRun.objects.filter(child__in=ids, is_open=True).order_by("possible_since").first()
    files = tuple(child_file(actor, child, on=today) for child in ids[:8])
    return Paper(line, form, files, run.possible_since if run else None)
