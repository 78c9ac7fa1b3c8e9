"""Set up an office's registers: the word of its numbers, and where they run on from."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import must_at
from notoneless.documents.services.numbering import call_office, set_opening
from notoneless.journal.services import Stamp
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.names import NAMING
from notoneless.rules.roles import Capability


def open_register(
    actor: Actor, office_id: UUID, *, kind: DocumentKind, last: int, today: date, now: datetime
) -> None:
    """Run this year's register of a kind on from ``last``, given by hand before.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``RegisterInUse``.
    """
    must_at(actor, Capability.ISSUE_PAPERS, office_id, on=today)
    stamp = Stamp(actor.county_id, actor.person_id, now)
    series = NAMING[kind].series
    with transaction.atomic():
        set_opening(office_id, series, today.year, last=last, on=today, stamp=stamp)


def name_office(actor: Actor, office_id: UUID, word: str, *, today: date, now: datetime) -> None:
    """Let the office's numbers begin with ``word`` (机关代字).

    Raises ``Unit.DoesNotExist``, ``NotAllowed``.
    """
    must_at(actor, Capability.ISSUE_PAPERS, office_id, on=today)
    stamp = Stamp(actor.county_id, actor.person_id, now)
    with transaction.atomic():
        call_office(office_id, word.strip(), on=today, stamp=stamp)
