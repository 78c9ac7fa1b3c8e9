"""What lies around a child: read only for children who show a sign, and only to order visits.

Ethnicity, religion and whatever a counsellor wrote are never read here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Q

from notoneless.children.models import ChildRecord, Guardian
from notoneless.rules.signs.kinds import Context
from notoneless.signs.models import SignWord
from notoneless.signs.queries.told import DROPPED_OUT

SUPPORTED = ("is_poverty_household", "has_low_income_allowance", "is_destitute")
YES = frozenset({"1", "true", "True", "Y"})
NO_DISABILITY = frozenset({"", "0", "00", "None"})


def context_of(child_ids: Collection[UUID], *, county_id: UUID) -> dict[UUID, set[Context]]:
    """Support of the household, disability and a sibling who left, by child; three statements."""
    found: dict[UUID, set[Context]] = defaultdict(set)
    if not child_ids:
        return found
    records = ChildRecord.objects.filter(child__in=list(child_ids), superseded_at=None)
    for child, values in records.values_list("child", "values"):
        found[child] |= _from_record(values)
    for child in _with_sibling_gone(child_ids, county_id):
        found[child].add(Context.SIBLING_LEFT)
    return found


def _from_record(values: Mapping[str, object]) -> set[Context]:
    context = set()
    if any(_is_yes(values.get(key)) for key in SUPPORTED):
        context.add(Context.POOR)
    kind = str(values.get("disability") or "")
    if _is_yes(values.get("is_disabled")) or kind not in NO_DISABILITY:
        context.add(Context.DISABILITY)
    return context


def _is_yes(value: object) -> bool:
    return value is True or str(value) in YES


def _with_sibling_gone(child_ids: Collection[UUID], county_id: UUID) -> set[UUID]:
    """Children who share a guardian's number with a child said to have stopped coming."""
    own = Guardian.objects.filter(child__in=list(child_ids), superseded_at=None)
    known: dict[str, set[UUID]] = defaultdict(set)
    for child, phone, national_id in own.values_list("child", "phone_index", "national_id_index"):
        for index in (phone, national_id):
            if index:
                known[index].add(child)
    if not known:
        return set()
    gone = SignWord.objects.filter(county=county_id, kind=DROPPED_OUT, cleared_at=None)
    others = Guardian.objects.filter(
        Q(phone_index__in=known) | Q(national_id_index__in=known),
        county=county_id,
        superseded_at=None,
        child__in=gone.values("child"),
    )
    found = set()
    for child, phone, national_id in others.values_list(
        "child", "phone_index", "national_id_index"
    ):
        for index in (phone, national_id):
            found |= {own_child for own_child in known.get(index, ()) if own_child != child}
    return found
