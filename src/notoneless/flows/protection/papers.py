"""The written report to the police, as a paper of the officer who has the flag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.documents.services.issuing import NewDocument, issue
from notoneless.flows.cases.papers.on_demand import name_of, office_at, signed_by
from notoneless.flows.cases.papers.people import pupil_of
from notoneless.flows.cases.papers.words import SITUATIONS
from notoneless.flows.cases.persons import person_known
from notoneless.journal.services import Stamp
from notoneless.protection.models import CriticalFlag
from notoneless.protection.queries.flags import flag_page
from notoneless.rules.documents.payloads.parts import Pupil
from notoneless.rules.documents.payloads.protection import MandatoryReport
from notoneless.rules.protection.life_cycle import StepKind
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the officer adds to a flag when the police get it in writing."""

    to: str
    """The police station."""
    phone: str
    """Of the officer's office."""
    whereabouts: str = ""
    found_how: str = ""


def mandatory_report(
    actor: Actor, flag_id: UUID, said: Reported, *, today: date, now: datetime
) -> UUID:
    """侵害未成年人强制报告, by the officer who has the flag; nobody else reads it.

    Raises ``CriticalFlag.DoesNotExist`` for everybody else, ``PaperIncomplete``.
    """
    page = flag_page(actor, flag_id, on=today, now=now)
    holding = next(
        (h for h in actor.holdings if Capability.HANDLE_CRITICAL in h.capabilities), None
    )
    if not page.is_officer or holding is None:
        raise CriticalFlag.DoesNotExist
    child = page.children[0] if page.children else None
    police = next((step for step in page.steps if step.kind is StepKind.POLICE), None)
    payload = MandatoryReport(
        office=office_at(holding.unit_id, contact=said.phone),
        written_on=today,
        to=said.to,
        pupil=pupil_of(person_known(child.id), today) if child else Pupil(name=page.child_words),
        situation=SITUATIONS[page.situation],
        found_on=timezone.localtime(page.raised_at).date(),
        found_how=said.found_how,
        facts=page.facts,
        whereabouts=said.whereabouts,
        called_on=timezone.localtime(police.at).date() if police else None,
        receipt_number=police.receipt if police else "",
        reporter=name_of(actor),
    )
    new = NewDocument(
        payload=payload,
        office_id=holding.unit_id,
        issued_on=today,
        child_id=child.id if child else None,
        file=("flag", flag_id),
        signed_by=signed_by(actor),
    )
    with transaction.atomic():
        return issue(
            new, stamp=Stamp(actor.county_id, actor.person_id, now, unit_id=holding.unit_id)
        ).pk
