"""A list of children that leaves the product: for a purpose, masked, and noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.listing import (
    ORDERS,
    ChildFilter,
    Registration,
    children_fitting,
    registrations,
)
from notoneless.flows.children.revealing import PurposeMissing
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.rules.masking import mask_id, mask_student_number
from notoneless.rules.roles import Capability

CHUNK_ROWS = 500
FIELDS = (
    "name",
    "sex",
    "birth_on",
    "id_number",
    "student_number",
    "registration",
    "study_mode",
    "left_behind",
)


@dataclass(frozen=True, slots=True)
class ExportedChild:
    name: str
    sex: str
    born_on: date | None
    national_id: str
    student_number: str
    registration: Registration | None
    is_boarding: bool
    left_behind: str


@dataclass(frozen=True, slots=True)
class Export:
    rows: Iterator[ExportedChild]
    """Read while it is written out, some hundred at a time."""
    total: int
    purpose: str
    with_numbers: bool


def export_children(
    wanted: ChildFilter,
    *,
    purpose: str,
    with_numbers: bool,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> Export:
    """The children that fit ``wanted`` and may be exported, noted before the first row is read.

    ``with_numbers`` asks for whole identity and student numbers; they come only for children whom
    ``actor`` may reveal, others stay masked. Raises ``NotAllowed``, ``PurposeMissing``.
    """
    actor.must(Capability.EXPORT_CHILDREN)
    if with_numbers:
        actor.must(Capability.REVEAL_IDENTITY)
    if not purpose.strip():
        raise PurposeMissing()
    fitting = children_fitting(actor, wanted, on=today, to=Capability.EXPORT_CHILDREN)
    order = ORDERS.get(wanted.order, ORDERS["name"])
    ids = list(fitting.order_by(*order).values_list("pk", flat=True))
    note_reading(
        "children.exported",
        stamp=stamp,
        fields=[*FIELDS, *(["numbers_revealed"] if with_numbers else [])],
        purpose=purpose.strip(),
        listed=Listed.of(wanted.told(), ids),
    )
    rows = _rows(ids, with_numbers=with_numbers, actor=actor, today=today)
    return Export(rows, len(ids), purpose.strip(), with_numbers)


def _rows(
    ids: list[UUID], *, with_numbers: bool, actor: Actor, today: date
) -> Iterator[ExportedChild]:
    for start in range(0, len(ids), CHUNK_ROWS):
        chunk = ids[start : start + CHUNK_ROWS]
        children = Child.objects.in_bulk(chunk)
        registered = registrations(chunk)
        plain = _revealed(chunk, actor, on=today) if with_numbers else set()
        for child_id in chunk:
            child = children[child_id]
            is_plain = child_id in plain
            yield ExportedChild(
                name=child.name,
                sex=child.sex,
                born_on=child.born_on,
                national_id=child.national_id if is_plain else mask_id(child.national_id),
                student_number=child.student_number
                if is_plain
                else mask_student_number(child.student_number),
                registration=registered.get(child_id),
                is_boarding=child.is_boarding,
                left_behind=child.left_behind,
            )


def _revealed(ids: list[UUID], actor: Actor, *, on: date) -> set[UUID]:
    seen = Child.objects.seen_by(actor, on=on, to=Capability.REVEAL_IDENTITY)
    return set(seen.filter(pk__in=ids).values_list("pk", flat=True))
