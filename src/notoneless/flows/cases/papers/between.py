"""Letters to departments and to the procuratorate; a department sees what it needs (R-300)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from notoneless.documents.services.issuing import NewDocument, Receiver
from notoneless.flows.cases.papers.material import Material
from notoneless.flows.cases.papers.school import document, to_unit
from notoneless.flows.cases.papers.words import lines_in
from notoneless.flows.cases.showing import shown_by
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.referrals import Field, ReferralKind
from notoneless.rules.clocks import due_on
from notoneless.rules.documents.kinds import ReceiverKind
from notoneless.rules.documents.payloads.between import NEEDED, AdviceReply, Matter, Referral
from notoneless.rules.policy.resolved import PolicyHole

ANSWER_WITHIN = "case_referral_within"
NO_NUMBER = "未编号"
MATTERS: Mapping[ReferralKind, Matter] = MappingProxyType(
    {
        ReferralKind.CHILD_LABOUR: Matter.CHILD_LABOUR,
        ReferralKind.MISSING: Matter.WHEREABOUTS,
        ReferralKind.EARLY_MARRIAGE: Matter.EARLY_MARRIAGE,
        ReferralKind.VIOLENCE: Matter.SAFETY,
        ReferralKind.GUARDIANSHIP: Matter.GUARDIANSHIP,
        ReferralKind.HARDSHIP: Matter.RELIEF,
        ReferralKind.DISABILITY: Matter.DISABILITY,
        ReferralKind.LEGAL_HELP: Matter.LEGAL_AID,
        ReferralKind.CARE: Matter.FAMILY_GUIDANCE,
    }
)
_DETAIL: Mapping[Field, str] = MappingProxyType(
    {
        Field.NAME: "pupil_name",
        Field.SEX: "sex",
        Field.AGE: "age",
        Field.SCHOOL: "school",
        Field.VILLAGE: "address",
        Field.ADDRESS: "address",
        Field.GUARDIAN: "guardian_name",
        Field.PHONE: "guardian_phone",
        Field.AWAY_SINCE: "absent_since",
        Field.WHEREABOUTS: "destination",
        Field.EMPLOYER: "workplace",
    }
)
"""Where a shown field stands in the letter; hardship and disability are said in the request."""


def referral(material: Material) -> NewDocument:
    """移送函、协查函, with the fields of ``SHOWN`` that the letter has room for, and no other."""
    kind = ReferralKind(material.text("kind"))
    matter = MATTERS[kind]
    to = UUID(material.text("to"))
    return document(
        material,
        Referral(
            office=material.office,
            written_on=material.on,
            to=material.units.get(to, ""),
            matter=matter,
            request="；".join(lines_in(material.text("asked_for"))),
            answer_by=material.fact.deadline_on or answer_by(material),
            **details(material, kind, matter),
        ),
        receiver=to_unit(to, material),
    )


def details(material: Material, kind: ReferralKind, matter: Matter) -> dict[str, Any]:
    """What the letter tells of the child: what is shown of it, cut to what the matter needs."""
    shown = shown_by(material.known, kind, material.fact, material.person)
    told: dict[str, Any] = {}
    for name, text in shown.items():
        detail = _DETAIL.get(Field(name))
        if detail in NEEDED[matter] and detail is not None:
            told[detail] = date.fromisoformat(text) if detail == "absent_since" else text
    return told


def answer_by(material: Material) -> date | None:
    """Until when the department is asked to answer, by the plan; ``None`` where it says nothing."""
    try:
        length = material.known.policy.duration(ANSWER_WITHIN)
    except PolicyHole:
        return None
    due = due_on(
        started=material.on,
        within=length.length,
        counted_in=length.unit,
        calendar=material.known.calendar,
    )
    return due.on


def advice_reply(material: Material) -> NewDocument:
    """检察建议回复 (未成年人保护法 art. 114)."""
    advice = next(
        (
            step
            for step in material.known.fact.standing.all(StepKind.ADVICE_RECEIVED)
            if step.id == material.fact.answers
        ),
        None,
    )
    to = advice.text("from") if advice else ""
    return document(
        material,
        AdviceReply(
            office=material.office,
            written_on=material.on,
            to=to,
            advice_number=(advice.text("number") if advice else "") or NO_NUMBER,
            received_on=advice.on if advice else None,
            advised=lines_in(advice.text("words")) if advice else (),
            measures=lines_in(material.text("measures")),
            results=lines_in(material.text("results")),
        ),
        receiver=Receiver(kind=ReceiverKind.COURT, name=to),
    )
