"""Which children a guardian is shown nothing about; no word of why."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from notoneless.children.queries.branches import WHO, about
from notoneless.protection.models import FlagChild, FlagConcerned, FlagStep
from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.rules.protection.life_cycle import StepKind

PERHAPS_ANY = frozenset({ConcernedKind.CARER, ConcernedKind.UNKNOWN})
"""Behind these words any guardian may stand."""


def kept_from_guardian(
    child_ids: Collection[UUID], *, name: str, phones: Collection[str], county_id: UUID
) -> frozenset[UUID]:
    """Those of the children who have an open flag that concerns this guardian, or may.

    ``phones`` are blind indexes. A guardian named in a flag is known again by his name or number,
    whatever record names him now; one who is not named, a carer and somebody unknown may be this
    one. By the child as it is known now; one statement. For the guardian's own page only, which
    shows such a child as little as one that was never his.
    """
    closed = FlagStep.objects.filter(flag=OuterRef("flag"), kind=StepKind.CLOSED)
    himself = Q(guardian__name=name) | Q(guardian__phone_index__in=set(phones) - {""})
    concerned = FlagConcerned.objects.filter(
        Q(kind__in=[kind.value for kind in PERHAPS_ANY])
        | (Q(kind=ConcernedKind.GUARDIAN) & (Q(guardian=None) | himself)),
        flag=OuterRef("flag"),
    )
    rows = FlagChild.objects.filter(
        ~Exists(closed), Exists(concerned), county=county_id, child__in=about(child_ids)
    )
    return frozenset(rows.annotate(who=WHO).values_list("who", flat=True))
