"""Papers for a court: the application for enforcement, the draft of a complaint."""

from __future__ import annotations

from notoneless.rules.documents.articles import cited, told
from notoneless.rules.documents.blocks import (
    Attachments,
    Block,
    DraftMark,
    Layout,
    NumberLine,
    Paragraph,
    Sheet,
    Signatures,
    SignLine,
    Title,
)
from notoneless.rules.documents.forms.phrases import (
    day_in_text,
    described,
    heard,
    known,
    paper_served,
    schooling,
    sentence,
)
from notoneless.rules.documents.forms.pieces import (
    chapters,
    evidence_table,
    items,
    paragraphs,
    seal,
)
from notoneless.rules.documents.names import name_of_paper
from notoneless.rules.documents.payloads.court import CivilComplaint, EnforcementApplication
from notoneless.rules.documents.payloads.parts import Guardian, Office, Pupil, Signer


def enforcement_application(payload: EnforcementApplication) -> Sheet:
    """行政强制法 art. 55: what the court must be told, and its annexes."""
    office = payload.office
    return Sheet(
        Layout.LETTER,
        (
            Title(name_of_paper(payload)),
            NumberLine(number=office.number_text),
            *_office("申请人", office, payload.representative),
            *_person("被申请人", payload.respondent, payload.pupil),
            *chapters(
                ("申请事项", items(payload.claims)),
                ("申请执行的标的", paragraphs([sentence(payload.subject)])),
                ("事实和理由", (*items(payload.facts), *_course(payload))),
                ("当事人的意见", paragraphs(_opinion(payload))),
            ),
            *_to(payload.court),
            Attachments(payload.annexes),
            Signatures((SignLine("负责人", payload.representative.name, has_date=False),)),
            seal(payload),
        ),
    )


def _course(payload: EnforcementApplication) -> tuple[Block, ...]:
    made = f"于{day_in_text(payload.decision.dated_on)}作出"
    return paragraphs(
        (
            f"申请人{made}{paper_served(payload.decision)}。",
            "被申请人在法定期限内没有申请行政复议，也没有提起行政诉讼；"
            f"上述期限已于{day_in_text(payload.remedies_ended_on)}届满。",
            f"申请人制作{paper_served(payload.demand)}。催告期满，被申请人仍未履行。",
            f"申请人依照{cited(['coercion.53', 'coercion.54', 'coercion.55'])}"
            f"和{cited(['suits.97'])}提出本申请，请依法审查并准予强制执行。",
        )
    )


def _opinion(payload: EnforcementApplication) -> tuple[str, ...]:
    return heard(payload.statement, you="被申请人", we="申请人")


def civil_complaint(payload: CivilComplaint) -> Sheet:
    """A draft for the township's lawyer; the court's own form may ask for more."""
    mediation = "原告同意先行调解，希望被告早日送孩子返校。" if payload.mediation else ""
    defendants = (
        block for each in payload.defendants for block in _person("被告", each, payload.pupil)
    )
    return Sheet(
        Layout.LETTER,
        (
            DraftMark(),
            Title(name_of_paper(payload)),
            *_office("原告", payload.office, payload.representative),
            *defendants,
            *chapters(
                ("诉讼请求", items(payload.claims)),
                (
                    "事实和理由",
                    (
                        *_about(payload.pupil),
                        *items(payload.facts),
                        *paragraphs((told(known(payload.articles)), mediation)),
                    ),
                ),
                ("证据和证据来源", evidence_table(payload.evidence)),
            ),
            *_to(payload.court),
            Signatures((SignLine("负责人", payload.representative.name, has_date=False),)),
            seal(payload),
        ),
    )


def _about(pupil: Pupil) -> tuple[Block, ...]:
    school = f"，应当在{schooling(pupil)}接受义务教育" if schooling(pupil) else ""
    return paragraphs([f"{described(pupil)}{school}。"])


def _office(role: str, office: Office, head: Signer) -> tuple[Block, ...]:
    return paragraphs(
        (
            f"{role}：{office.name}"
            + (f"，住所地：{office.address}" if office.address else "")
            + (f"，联系电话：{office.phone}" if office.phone else "")
            + "。",
            f"负责人：{head.name}" + (f"，职务：{head.post}" if head.post else "") + "。",
        )
    )


def _person(role: str, person: Guardian, pupil: Pupil) -> tuple[Block, ...]:
    relation = f"，系{pupil.name}的{person.relation}" if person.relation else ""
    address = f"，住址：{person.address}" if person.address else ""
    phone = f"，联系电话：{person.phone_masked}" if person.phone_masked else ""
    return paragraphs([f"{role}：{person.name}{relation}{address}{phone}。"])


def _to(court: str) -> tuple[Block, ...]:
    return (Paragraph("此致"), Paragraph(court, is_indented=False))
