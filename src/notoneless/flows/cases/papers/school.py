"""The school's own papers: register, letter to the guardian, report."""

from __future__ import annotations

from uuid import UUID

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
    around = material.known.fact.around
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
            tallies=tallies(material, around.of.school_id),
        ),
    )


def tallies(material: Material, school_id: UUID) -> tuple[Tally, ...]:
    """How many children of the school are on its register with this one; one statement."""
    rows = Case.objects.filter(
        county=material.known.row.county_id,
        school=school_id,
        confirmed_on__isnull=False,
        closed_on=None,
        returned_on=None,
    ).exclude(pk=material.known.row.pk)
    return (Tally(of=material.person.school, children=rows.count() + 1),)


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
