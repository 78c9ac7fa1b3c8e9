"""What a department is shown of a child, frozen when it is asked (R-300)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notoneless.flows.cases.persons import PersonKnown, person_known
from notoneless.flows.cases.reading import KnownCase
from notoneless.places.models import Unit
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.referrals import SHOWN, Field, ReferralKind


@dataclass(frozen=True, slots=True)
class _Source:
    known: KnownCase
    fact: StepFact
    person: PersonKnown


def shown_to(known: KnownCase, kind: ReferralKind, fact: StepFact) -> dict[str, str]:
    """The fields that a referral of this kind needs, filled in; six statements at most.

    Fields that nobody knows are left out. Causes are in none of them.
    """
    return shown_by(known, kind, fact, person_known(known.fact.child_id))


def shown_by(
    known: KnownCase, kind: ReferralKind, fact: StepFact, person: PersonKnown
) -> dict[str, str]:
    """The same of a child who is known already; one statement at most."""
    source = _Source(known, fact, person)
    filled = {field.value: _FILL[field](source) for field in SHOWN[kind]}
    return {name: text for name, text in filled.items() if text}


def _age(source: _Source) -> str:
    age = source.person.age(source.fact.on)
    return "" if age is None else str(age)


def _village(source: _Source) -> str:
    village = source.known.fact.around.village_id
    if village is None:
        return ""
    return Unit.objects.filter(pk=village).values_list("name", flat=True).first() or ""


_FILL: Mapping[Field, Callable[[_Source], str]] = MappingProxyType(
    {
        Field.NAME: lambda s: s.person.name,
        Field.SEX: lambda s: s.person.sex,
        Field.AGE: _age,
        Field.SCHOOL: lambda s: s.person.school,
        Field.VILLAGE: _village,
        Field.ADDRESS: lambda s: s.person.address,
        Field.GUARDIAN: lambda s: s.person.guardian,
        Field.PHONE: lambda s: s.person.guardian_phone or s.person.phone,
        Field.AWAY_SINCE: lambda s: s.known.fact.away_since.isoformat(),
        Field.WHEREABOUTS: lambda s: s.fact.text("whereabouts"),
        Field.EMPLOYER: lambda s: s.fact.text("employer"),
        Field.HARDSHIP: lambda s: s.fact.text("asked_for"),
        Field.DISABILITY: lambda s: s.person.disability,
    }
)
