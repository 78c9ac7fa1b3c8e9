"""Child, guardian and office as papers name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from notoneless.flows.cases.papers.words import class_words
from notoneless.flows.cases.persons import GuardianKnown, PersonKnown
from notoneless.rules.cases.said import officers_in
from notoneless.rules.documents.payloads.parts import Guardian, Office, Officer, Pupil
from notoneless.rules.masking import mask_address, mask_phone, mask_student_number
from notoneless.rules.roster.codes import label_of
from notoneless.rules.telephones import NUMBER

RELATIONS: Mapping[str, str] = MappingProxyType(
    {"51": "父亲", "52": "母亲", "71": "哥哥", "73": "弟弟", "75": "姐姐", "77": "妹妹"}
)
_CONTACT: Final = re.compile(rf"^(?P<who>.*?)[\s,，:：;；]*(?P<phone>{NUMBER})\s*$")


def pupil_of(person: PersonKnown, on: date, *, village: str = "") -> Pupil:
    """The child on a day; its address masked, for whoever needs it has the guardian's."""
    return Pupil(
        name=person.name,
        sex=person.sex,
        born_on=person.born_on,
        school=person.school,
        class_name=class_words(person.school_class, on),
        student_no_masked=mask_student_number(person.student_number),
        village=village,
        address=mask_address(person.address),
    )


def guardian_of(person: PersonKnown, *, unknown: str = "") -> Guardian:
    """The guardian who is named first; ``unknown`` stands for the name where nobody is known."""
    if not person.guardians:
        return Guardian(name=unknown)
    return guardian(person.guardians[0], person)


def guardian(known: GuardianKnown, person: PersonKnown) -> Guardian:
    """One guardian, at the child's home where no other address is on record."""
    return Guardian(
        name=known.name,
        relation=relation_words(known.relation),
        phone_masked=mask_phone(known.phone),
        address=person.address,
    )


def relation_words(code: str) -> str:
    """父亲 of a code; nothing for none."""
    return RELATIONS.get(code) or (label_of("relation", code) if code else "")


def officers_of(text: str) -> tuple[Officer, ...]:
    """Two officers as they were typed, one a line."""
    return tuple(Officer(name=name, certificate=number) for name, number in officers_in(text))


def office_of(name: str, contact: str, kept: Mapping[str, object]) -> Office:
    """An office with whom to call: as typed now, else as it is kept for the office.

    ``contact``: somebody and a number in one line; a number alone will do.
    """
    found = _CONTACT.match(contact.strip()) if contact.strip() else None
    who, phone = (found["who"], found["phone"]) if found else (contact.strip(), "")
    return Office(
        name=name,
        contact=who if found or contact.strip() else str(kept.get("contact", "")),
        phone=phone or str(kept.get("phone", "")),
        address=str(kept.get("address", "")),
    )
