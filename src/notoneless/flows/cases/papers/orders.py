"""Papers of township or bureau towards a guardian (T15 - T18). None is addressed to a child."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from uuid import UUID

from notoneless.documents.services.issuing import NewDocument
from notoneless.flows.cases.papers.material import Material
from notoneless.flows.cases.papers.people import officers_of
from notoneless.flows.cases.papers.school import document, plan_word, to_guardian
from notoneless.flows.cases.papers.words import court_words, lines_in, office_words
from notoneless.rules.cases.facts import BEFORE
from notoneless.rules.cases.guards import PENALTY_AUTHORITY
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.contacts.discreet import telling_word
from notoneless.rules.documents.articles import ORDER, ORDER_OF_BUREAU
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.orders import (
    CorrectionOrder,
    Demand,
    Instrument,
    PenaltyDecision,
    ReturnNotice,
    StatementRecord,
)
from notoneless.rules.documents.payloads.parts import Heard, Remedy, Said, ServedPaper
from notoneless.rules.units import UnitKind

K = DocumentKind
NOTICE_NAME = "return_notice_name"
WARNED = (K.RETURN_NOTICE, K.CORRECTION_ORDER, K.PENALTY_DECISION)
"""Papers that a later order recalls."""
SAID = {
    "heard": Said.SPOKE,
    "nothing_to_say": Said.NOTHING_TO_SAY,
    "did_not_appear": Said.DID_NOT_APPEAR,
}
IN_THE_RECORD = "已经记入听取意见记录"
"""Where the guardian's own words would tell others what they need not know."""
_INSTRUMENT: Final = re.compile(r"《(?P<name>[^》]+)》[（(](?P<number>[^）)]+)[）)](?P<article>.*)")


def notice(material: Material) -> NewDocument:
    """返校通知书, by the plan's name and issuer (R-111)."""
    report = material.last(K.DROPOUT_REPORT)
    return document(
        material,
        ReturnNotice(
            office=material.office,
            written_on=material.on,
            form=plan_word(material, NOTICE_NAME),
            guardian=material.guardian,
            pupil=material.pupil,
            absent_since=material.away_since,
            report=report.told if report else None,
            efforts=efforts(material),
            return_by=material.fact.deadline_on,
        ),
        receiver=to_guardian(material),
    )


def efforts(material: Material) -> str:
    """What has been tried, in one sentence; nothing while nothing has been."""
    count = len(material.attempts)
    return f"学校和有关人员已联系、家访{count}次，孩子仍未返校" if count else ""


def statement(material: Material) -> NewDocument:
    """听取意见记录: before anything is ordered."""
    said = SAID.get(material.text("way"), Said.SPOKE)
    return document(
        material,
        StatementRecord(
            office=material.office,
            written_on=material.on,
            guardian=material.guardian,
            pupil=material.pupil,
            matter=f"责令限期送{material.person.name}入学接受义务教育",
            facts=facts_of(material),
            invited_on=_day(material.text("invited_on")),
            heard_on=material.on,
            hour=material.fact.hour,
            place=material.text("place") or material.office.name,
            said=said,
            words=material.text("statement"),
            answer=material.text("answer"),
            officers=officers_of(material.text("officers")),
        ),
    )


def facts_of(material: Material) -> tuple[str, ...]:
    """What is on record of the absence and of what was tried."""
    since = material.away_since
    told = [
        f"{material.person.name}自{since.year}年{since.month}月{since.day}日起没有到校",
        efforts(material),
    ]
    for paper in material.papers:
        if paper.kind in WARNED and paper.served_on:
            served = paper.served_on
            told.append(
                f"{served.year}年{served.month}月{served.day}日送达《{paper.name}》"
                f"（{paper.number_text}），期满仍未返校"
            )
    return tuple(text for text in told if text)


def order(material: Material) -> NewDocument:
    """责令限期改正通知书 (义务教育法 art. 58; by the bureau also 未成年人保护法 art. 83)."""
    is_bureau = material.acting.level is Level.COUNTY
    around = material.known.fact.around
    return document(
        material,
        CorrectionOrder(
            office=material.office,
            written_on=material.on,
            receiver=material.guardian,
            pupil=material.pupil,
            facts=lines_in(material.text("facts")),
            earlier=warned(material),
            articles=ORDER_OF_BUREAU if is_bureau else ORDER,
            correct_by=material.fact.deadline_on,
            statement=heard(material),
            remedy=remedy(material),
            officers=officers_of(material.text("officers")),
            copies=read_too(material, around.of.bureau_id, around.of.school_id),
        ),
        receiver=to_guardian(material),
    )


def read_too(material: Material, *units: UUID) -> tuple[str, ...]:
    """Names of the units, but not of the one that writes (抄送). They read it in the case."""
    return tuple(material.units[unit] for unit in units if unit != material.office_id)


def penalty(material: Material) -> NewDocument:
    """处罚决定书 (R-113): what the released instrument allows, and nothing else."""
    return document(
        material,
        PenaltyDecision(
            office=material.office,
            written_on=material.on,
            receiver=material.guardian,
            pupil=material.pupil,
            facts=lines_in(material.text("facts")),
            earlier=warned(material),
            articles=ORDER,
            instrument=instrument(material),
            measure=material.text("measure"),
            perform_by=material.fact.deadline_on,
            statement=heard(material),
            remedy=remedy(material),
            officers=officers_of(material.text("officers")),
            copies=read_too(material, material.known.fact.around.of.bureau_id),
        ),
        receiver=to_guardian(material),
    )


def demand(material: Material) -> NewDocument:
    """催告书: ten working days at least before the court is asked (行政强制法 art. 54, 69)."""
    served = material.known.fact.standing.last(StepKind.ORDER_SERVED, StepKind.PENALTY_SERVED)
    named = material.paper(served.paper_id) if served else None
    decision = named or material.last(K.CORRECTION_ORDER, K.PENALTY_DECISION)
    days = (material.fact.deadline_on - material.on).days if material.fact.deadline_on else 0
    return document(
        material,
        Demand(
            office=material.office,
            written_on=material.on,
            receiver=material.guardian,
            pupil=material.pupil,
            decision=decision.told if decision else ServedPaper(name=""),
            unperformed=f"送{material.person.name}返校接受义务教育",
            days=days,
            how=f"请将学生送到{material.person.school}，与班主任或者校长联系办理返校",
            officers=officers_of(material.text("officers")),
        ),
        receiver=to_guardian(material),
    )


def warned(material: Material) -> tuple[ServedPaper, ...]:
    """The served notices and orders that were not followed."""
    return tuple(p.told for p in material.papers if p.kind in WARNED and p.served_on)


def heard(material: Material) -> Heard | None:
    """The guardian's statement of this round, and the office's answer to it; ``None`` without."""
    steps = material.known.fact.standing.of_round(StepKind.STATEMENT_HEARD)
    if not steps:
        return None
    step = steps[-1]
    if step.text(BEFORE):
        # What was said then stands in the old record alone; it is not written anew.
        return Heard(on=step.told_on, said=Said.SPOKE, summary=IN_THE_RECORD, answer=IN_THE_RECORD)
    words, answer = step.text("statement"), step.text("answer")
    return Heard(
        on=step.on,
        said=SAID.get(step.text("way"), Said.SPOKE),
        summary=IN_THE_RECORD if telling_word(words) else words,
        answer=IN_THE_RECORD if telling_word(answer) else answer,
    )


def remedy(material: Material) -> Remedy:
    """Review by the county's government, suit before the county's court (行政复议法 2023)."""
    return Remedy(
        review_body=office_words(material.county, UnitKind.COUNTY),
        court=court_words(material.county),
    )


def instrument(material: Material) -> Instrument | None:
    """The instrument that gives the power here; ``None`` where none was released."""
    found = material.known.policy.rules.get(PENALTY_AUTHORITY)
    if found is None or not found.legal_basis:
        return None
    parts = _INSTRUMENT.match(found.legal_basis)
    return Instrument(
        name=parts["name"] if parts else found.legal_basis,
        number_text=parts["number"] if parts else "",
        article=(parts["article"] if parts else "") or material.text("article"),
        says="",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
