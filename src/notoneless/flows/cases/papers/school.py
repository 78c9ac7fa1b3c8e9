"""The school's own papers: register, letter to the guardian, report."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q

from notoneless.cases.models import Case
from notoneless.documents.services.issuing import NewDocument, Receiver
from notoneless.flows.cases.papers.material import Material
from notoneless.flows.cases.papers.people import guardian_of
from notoneless.flows.cases.papers.words import NOT_KNOWN, OTHER, lines_in
from notoneless.rules.documents.kinds import ReceiverKind
from notoneless.rules.documents.payloads.parts import Payload, Visit
from notoneless.rules.documents.payloads.school import (
    DropoutRegister,
    DropoutReport,
    PersuasionLetter,
    Tally,
)
from notoneless.rules.documents.reach import FILE_OF_CASE
from notoneless.rules.policy.resolved import PolicyHole

REPORT_NAME = "dropout_report_name"


def document(
    material: Material, payload: Payload, *, receiver: Receiver | None = None
) -> NewDocument:
    """A payload as a paper of the case, signed by whoever takes the step."""
    signed = (material.fact.by,) if material.fact.by else ()
    return NewDocument(
        payload=payload,
        office_id=material.office_id,
        issued_on=material.on,
        child_id=material.known.fact.child_id,
        file=(FILE_OF_CASE, material.known.row.pk),
        receiver=receiver or Receiver(),
        deadline_on=material.fact.deadline_on,
        signed_by=signed,
    )


def to_guardian(material: Material) -> Receiver:
    return Receiver(kind=ReceiverKind.GUARDIAN, name=material.guardian.name)


def to_unit(unit_id: UUID, material: Material) -> Receiver:
    return Receiver(kind=ReceiverKind.UNIT, unit_id=unit_id, name=material.units.get(unit_id, ""))


def plan_word(material: Material, key: str) -> str:
    """What a plan calls a paper; the usual name where it says nothing."""
    try:
        return material.known.policy.choice(key)
    except PolicyHole:
        return ""


def register(material: Material) -> NewDocument | None:
    """辍学学生登记表, once the school has determined that the child has dropped out (R-103)."""
    if material.text("result") == "not_dropped_out":
        return None
    return document(
        material,
        DropoutRegister(
            office=material.office,
            written_on=material.on,
            pupil=material.pupil,
            guardian=guardian_of(material.person, unknown=NOT_KNOWN),
            absent_since=material.away_since,
            determined_on=material.on,
            determined_by="　".join(filter(None, [material.office.name, material.by])),
            reason=material.cause or OTHER,
            destination=material.text("destination") or NOT_KNOWN,
            measures=tuple(f"{t.on.isoformat()} {t.kind}：{t.result}" for t in material.attempts),
            tallies=tallies(material),
        ),
    )


def tallies(material: Material) -> tuple[Tally, ...]:
    """How many children are on the school's register with this one: of the school, and of them
    those of its village and of its class, where it has them (R-103, R-233). One statement."""
    case, around = material.known.row, material.known.fact.around
    others = Case.objects.filter(
        county=case.county_id,
        school=around.of.school_id,
        confirmed_on__isnull=False,
        closed_on=None,
        returned_on=None,
    ).exclude(pk=case.pk)
    found = others.aggregate(
        school=Count("pk"),
        village=Count("pk", filter=Q(village=around.village_id)),
        school_class=Count("pk", filter=Q(school_class=around.of.id)),
    )
    named = (
        (material.person.school, "school"),
        (material.pupil.village, "village"),
        (material.pupil.class_name, "school_class"),
    )
    return tuple(Tally(of=of, children=found[key] + 1) for of, key in named if of)


def nothing_yet(material: Material) -> Visit:
    """Said plainly where a report goes out before anybody was reached: it must not wait."""
    return Visit(on=material.on, by=material.by, kind="暂无", result="报告时还没有联系到家庭")


def letter(material: Material) -> NewDocument:
    """劝学书 (R-110): for the guardian, never for the child."""
    return document(
        material,
        PersuasionLetter(
            office=material.office,
            written_on=material.on,
            guardian=material.guardian,
            pupil=material.pupil,
            absent_since=material.away_since,
            absent_days=material.absent_days,
            return_by=material.fact.deadline_on,
        ),
        receiver=to_guardian(material),
    )


def report(material: Material) -> NewDocument:
    """辍学报告, by the plan's name to the plan's addressees (R-106, R-107)."""
    to = material.fact.said.get("to", ())
    units = [UUID(str(unit)) for unit in to] if isinstance(to, (list, tuple)) else []
    school = material.known.fact.around.of.school_id
    return document(
        material,
        DropoutReport(
            office=material.office,
            written_on=material.on,
            form=plan_word(material, REPORT_NAME),
            addressees=tuple(material.units[unit] for unit in units),
            pupil=material.pupil,
            guardian=guardian_of(material.person, unknown=NOT_KNOWN),
            absent_since=material.away_since,
            absent_days=material.absent_days,
            reason=material.text("reason"),
            destination=material.text("destination"),
            visits=material.attempts or (nothing_yet(material),),
            request="；".join(lines_in(material.text("asked_for"))),
            principal=material.head_of(school) or material.by,
            reporter=material.by,
        ),
        receiver=to_unit(units[0], material) if units else None,
    )
