"""The school looks into what a guardian said, and corrects the record or lets it stand."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child
from notoneless.children.services.families import FamilyCorrection, correct_family
from notoneless.children.services.identity import in_reach
from notoneless.families.models import Saying, SayingVerdict
from notoneless.families.services.sayings import write_verdict
from notoneless.flows.families.refusals import AlreadyDecided
from notoneless.journal.services import Stamp
from notoneless.rules.families import ITEMS, SaidKind, Verdict
from notoneless.rules.roles import Capability

REASON = "家长页：监护人说明，学校核对"
"""Why the record was corrected, as its history shows it."""


@transaction.atomic
def decide_item(
    actor: Actor, saying_id: UUID, verdict: Verdict, *, today: date, now: datetime
) -> None:
    """Decide what a guardian said, by whoever may correct the child's record.

    Accepting corrects the record: the guardian is taken off it, or his number or the address is
    put right. Keeping lets it stand, and a child that was hidden shows again. Raises
    ``Saying.DoesNotExist``, ``Child.DoesNotExist`` when the child is out of reach, ``NotAllowed``,
    ``AlreadyDecided``.
    """
    saying = Saying.objects.select_related("child", "guardian").get(
        pk=saying_id, county=actor.county_id, kind__in=ITEMS
    )
    child_id = saying.child.merged_into_id or saying.child_id
    seen = Child.objects.seen_by(actor, on=today).filter(pk=child_id)
    Child.objects.select_for_update().get(pk__in=seen.values("pk"))
    if not in_reach(child_id, actor, Capability.CORRECT_CHILDREN, on=today):
        raise NotAllowed(capability=Capability.CORRECT_CHILDREN.value)
    if SayingVerdict.objects.filter(saying=saying).exists():
        raise AlreadyDecided()
    stamp = Stamp(actor.county_id, actor.person_id, now)
    write_verdict(saying, verdict, on=today, stamp=stamp)
    if verdict is Verdict.ACCEPTED:
        correct_family(
            child_id,
            _correction(saying),
            actor=actor,
            reason=REASON,
            today=today,
            stamp=stamp,
        )


def _correction(saying: Saying) -> FamilyCorrection:
    name = saying.guardian.name
    if saying.kind == SaidKind.NOT_MINE:
        return FamilyCorrection(name, is_removed=True)
    if saying.kind == SaidKind.PHONE:
        return FamilyCorrection(name, phone=saying.value)
    return FamilyCorrection(name, home_address=saying.value)
