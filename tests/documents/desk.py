"""Short words for papers in the village."""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import date
from typing import Any

from uuid_utils.compat import uuid7

from notoneless.documents.models import Document
from notoneless.documents.services import NewDocument, Receiver, issue
from notoneless.journal.services import Stamp
from notoneless.rules.documents.kinds import DocumentKind, ReceiverKind, ServiceMethod
from notoneless.rules.documents.serving import NewService
from tests.attendance.register import FRI, at
from tests.rules.documents.samples import SAMPLES
from tests.world import Village

K = DocumentKind
GUARDIAN = Receiver(kind=ReceiverKind.GUARDIAN, name="吴大山")


def stamp(v: Village, by: str = "xiang", day: date = FRI) -> Stamp:
    return Stamp(v.county_id, v.people[by].pk, at(day, 10))


def new(v: Village, kind: DocumentKind = K.RETURN_NOTICE, **more: Any) -> NewDocument:
    """A notice of the township about Lan to her guardian on Friday, unless said otherwise."""
    day = more.pop("issued_on", FRI)
    about = more.pop("about", "lan")
    given: dict[str, Any] = {
        "payload": changed(SAMPLES[kind], **more.pop("says", {})),
        "office_id": v.units[more.pop("office", "shiqiao")].pk,
        "issued_on": day,
        "child_id": v.children[about].pk if about else None,
        "receiver": GUARDIAN,
    }
    return NewDocument(**given | more)


def paper(v: Village, kind: DocumentKind = K.RETURN_NOTICE, **more: Any) -> Document:
    by = more.pop("by", "xiang")
    made = new(v, kind, **more)
    return issue(made, stamp=stamp(v, by, made.issued_on))


def handed(**more: Any) -> NewService:
    """Handed over on Friday, unless said otherwise."""
    given: dict[str, Any] = {
        "id": uuid7(),
        "method": ServiceMethod.IN_PERSON,
        "on": FRI,
        "receiver_name": "吴大山",
    }
    return NewService(**given | more)
