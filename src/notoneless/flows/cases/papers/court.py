"""Papers for a court, made of the papers that went before (T18, R-114)."""

from __future__ import annotations

from datetime import date

from notoneless.documents.services.issuing import NewDocument, Receiver
from notoneless.flows.cases.papers.material import Earlier, Material
from notoneless.flows.cases.papers.orders import facts_of, heard
from notoneless.flows.cases.papers.people import guardian
from notoneless.flows.cases.papers.school import document
from notoneless.flows.cases.papers.words import lines_in
from notoneless.rules.calendar import ONE_DAY, NoSuchDay
from notoneless.rules.cases.court import enforcement_window, standing_order
from notoneless.rules.documents.articles import COMPLAINT
from notoneless.rules.documents.kinds import DocumentKind, ReceiverKind
from notoneless.rules.documents.payloads.court import CivilComplaint, EnforcementApplication
from notoneless.rules.documents.payloads.orders import CorrectionOrder, PenaltyDecision
from notoneless.rules.documents.payloads.parts import Evidence, ServedPaper, Signer
from notoneless.rules.policy.resolved import PolicyHole

K = DocumentKind
NO_PAPER = ServedPaper(name="")
SHOWS = {
    K.DROPOUT_REPORT: "学校书面报告的时间和劝返经过",
    K.PERSUASION_LETTER: "学校书面劝返",
    K.RETURN_NOTICE: "已书面通知监护人限期送学生返校",
    K.STATEMENT_RECORD: "已听取监护人的陈述和申辩",
    K.CORRECTION_ORDER: "已责令监护人限期改正",
    K.PENALTY_DECISION: "已依法作出处理决定",
    K.DEMAND: "已依法催告",
}
"""Papers that a court is given, and what each shows; what was found at home is none of them."""


def application(material: Material) -> NewDocument:
    """强制执行申请书 (行政强制法 art. 53 - 57)."""
    decision = decision_of(material)
    demand = material.last(K.DEMAND)
    said = decision.payload if decision else None
    of_decision = said if isinstance(said, (CorrectionOrder, PenaltyDecision)) else None
    what = f"送{material.person.name}返校接受义务教育"
    return document(
        material,
        EnforcementApplication(
            office=material.office,
            written_on=material.on,
            court=material.text("court"),
            representative=representative(material),
            respondent=material.guardian,
            pupil=material.pupil,
            decision=decision.told if decision else NO_PAPER,
            remedies_ended_on=remedies_ended_on(material),
            demand=demand.told if demand else NO_PAPER,
            claims=(f"强制执行{_named(decision)}，责令被申请人{what}",),
            facts=(*(of_decision.facts if of_decision else facts_of(material)), *_words(material)),
            statement=of_decision.statement if of_decision else heard(material),
            subject=what,
            annexes=tuple(f"{each.name}（{each.number_text}）" for each in given(material)),
        ),
        receiver=to_court(material),
    )


def complaint(material: Material) -> NewDocument:
    """民事起诉状, a draft: the township asks that the guardian sends the child to school."""
    person = material.person
    guardians = [each for each in person.guardians if each.is_guardian] or person.guardians[:1]
    return document(
        material,
        CivilComplaint(
            office=material.office,
            written_on=material.on,
            court=material.text("court"),
            representative=representative(material),
            defendants=tuple(guardian(each, person) for each in guardians),
            pupil=material.pupil,
            claims=lines_in(material.text("claims")),
            facts=(*facts_of(material), *_words(material)),
            articles=COMPLAINT,
            evidence=tuple(
                Evidence(name=each.name, number_text=each.number_text, shows=SHOWS[each.kind])
                for each in given(material)
            ),
        ),
        receiver=to_court(material),
    )


def decision_of(material: Material) -> Earlier | None:
    """The paper of the order that stands; a newer one that was not served yet is none."""
    order = standing_order(material.known.fact.standing)
    named = material.paper(order.paper_id) if order else None
    return named or material.last(K.CORRECTION_ORDER, K.PENALTY_DECISION)


def given(material: Material) -> tuple[Earlier, ...]:
    """The papers of the case that a court is given, oldest first."""
    return tuple(paper for paper in material.papers if paper.kind in SHOWS)


def representative(material: Material) -> Signer:
    """Who answers for the office; without a name where its post is vacant."""
    name, post = material.heads.get(material.office_id, ("", ""))
    return Signer(name=name, post=post)


def to_court(material: Material) -> Receiver:
    return Receiver(kind=ReceiverKind.COURT, name=material.text("court"))


def remedies_ended_on(material: Material) -> date | None:
    """The last day on which the guardian could ask for review or sue; ``None`` while unknown."""
    known = material.known
    order = standing_order(known.fact.standing)
    if order is None:
        return None
    try:
        window = enforcement_window(known.fact.standing, order, known.policy, known.calendar)
    except (PolicyHole, NoSuchDay):
        return None
    return window.from_on - ONE_DAY


def _named(decision: Earlier | None) -> str:
    return f"《{decision.name}》（{decision.number_text}）" if decision else ""


def _words(material: Material) -> tuple[str, ...]:
    return lines_in(material.text("words"))
