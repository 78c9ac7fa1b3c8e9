"""What papers and referrals say about a child and its guardian, as it is on record now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.children.models import Child, ChildRecord, Guardian
from notoneless.children.queries.listing import registrations
from notoneless.children.queries.units import ClassName

SEXES = {Child.Sex.MALE: "男", Child.Sex.FEMALE: "女"}


@dataclass(frozen=True, slots=True)
class GuardianKnown:
    """Somebody who answers for the child at home."""

    name: str
    relation: str
    """GB/T 4761 code."""
    phone: str
    is_guardian: bool


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """A child with the guardian who is named first; texts are empty where nobody knows."""

    name: str
    sex: str
    born_on: date | None
    school: str
    school_class: ClassName | None
    address: str
    phone: str
    guardian: str
    relation: str
    """GB/T 4761 code."""
    guardian_phone: str
    student_number: str
    disability: str
    guardians: tuple[GuardianKnown, ...] = ()
    """All, the one who is named first at the head."""

    def age(self, on: date) -> int | None:
        """Full years on a day."""
        born = self.born_on
        if born is None:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def person_known(child_id: UUID) -> PersonKnown:
    """One child as it is known now; five statements. Whether the reader may see it was asked."""
    child = Child.objects.get(pk=child_id)
    record = ChildRecord.objects.filter(child=child, superseded_at=None).first()
    values = dict(record.values) if record else {}
    guardians = Guardian.objects.filter(child=child, superseded_at=None)
    everybody = tuple(
        GuardianKnown(row.name, row.relation, row.phone, row.is_guardian)
        for row in guardians.order_by("-is_guardian", "position")
    )
    first = everybody[0] if everybody else None
    registered = registrations([child.pk]).get(child.pk)
    return PersonKnown(
        name=child.name,
        sex=SEXES.get(Child.Sex(child.sex), ""),
        born_on=child.born_on,
        school=registered.school_name if registered else "",
        school_class=registered.class_name if registered else None,
        address=str(values.get("home_address", "")),
        phone=str(values.get("phone", "")),
        guardian=first.name if first else "",
        relation=first.relation if first else "",
        guardian_phone=first.phone if first else "",
        student_number=child.student_number,
        disability=str(values.get("disability", "")),
        guardians=everybody,
    )
