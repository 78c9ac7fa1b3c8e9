"""Rows that may be the same child, and two of them side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child
from notoneless.children.queries.file import ChildFile, child_file
from notoneless.children.queries.listing import ChildFilter, ChildRow, child_rows, children_fitting
from notoneless.rules.roles import Capability

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files side by side; numbers stay masked, but it is said whether they agree."""

    this: ChildFile
    other: ChildFile
    same_number: bool
    same_student_number: bool


def rows_of(actor: Actor, ids: Collection[UUID], *, on: date) -> list[ChildRow]:
    """List rows of those of ``ids`` that are in reach; two statements."""
    seen = Child.objects.seen_by(actor, on=on).filter(pk__in=ids, merged_into=None)
    return child_rows(seen.order_by("pinyin", "pk"), actor, on=on)


def perhaps_the_same(actor: Actor, child_id: UUID, *, text: str, on: date) -> list[ChildRow]:
    """Up to twenty others who may be this child: what ``text`` finds, or else those of the same
    name or birth date and sex. Raises ``Child.DoesNotExist``."""
    child = Child.objects.seen_by(actor, on=on).get(pk=child_id)
    to = Capability.MERGE_CHILDREN
    if text:
        found = children_fitting(actor, ChildFilter(text=text), on=on, to=to)
    else:
        found = children_fitting(actor, ChildFilter(), on=on, to=to)
        found = found.filter(name=child.name) | found.filter(
            pinyin=child.pinyin, born_on=child.born_on
        )
    return child_rows(
        found.exclude(pk=child_id).order_by("pinyin", "pk")[:MOST_SHOWN], actor, on=on
    )


def compare(actor: Actor, this_id: UUID, other_id: UUID, *, on: date) -> Comparison:
    """Two children side by side for whoever may merge both.

    Raises ``Child.DoesNotExist`` when one is out of reach, ``NotAllowed``.
    """
    this, other = (child_file(actor, key, on=on) for key in (this_id, other_id))
    to_merge = Child.objects.seen_by(actor, on=on, to=Capability.MERGE_CHILDREN)
    if to_merge.filter(pk__in=[this_id, other_id]).count() != len({this_id, other_id}):
        raise NotAllowed(capability=Capability.MERGE_CHILDREN.value)
    rows = Child.objects.in_bulk([this_id, other_id])
    one, two = rows[this_id], rows[other_id]
    return Comparison(
        this,
        other,
        same_number=one.national_id_index == two.national_id_index != "",
        same_student_number=one.student_number_index == two.student_number_index != "",
    )
