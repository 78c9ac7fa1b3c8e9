"""Notice, record, order, decision and demand: what township and bureau write to a guardian."""

from __future__ import annotations

from notoneless.rules.documents.articles import cited, told
from notoneless.rules.documents.blocks import (
    Addressee,
    Block,
    Field,
    Layout,
    Note,
    Sheet,
    Signatures,
    SignLine,
)
from notoneless.rules.documents.forms.phrases import (
    away,
    by,
    called,
    day_in_text,
    described,
    heard,
    known,
    moment,
    paper,
    paper_served,
    reach,
    remedies,
    schooling,
    sentence,
)
from notoneless.rules.documents.forms.pieces import (
    chapters,
    closing,
    form_head,
    grid,
    help_lines,
    items,
    letter_head,
    officers_sign,
    paragraphs,
    proof_of_service,
    seal,
    slip,
    wide,
)
from notoneless.rules.documents.payloads.orders import (
    CorrectionOrder,
    Demand,
    Instrument,
    PenaltyDecision,
    ReturnNotice,
    StatementRecord,
)
from notoneless.rules.documents.payloads.parts import Said, ServedPaper


def return_notice(payload: ReturnNotice) -> Sheet:
    """F-051, F-052: not yet an order; it names the day and what may follow."""
    pupil = payload.pupil
    report = f"学校已以{paper(payload.report)}作了书面报告。" if payload.report else ""
    return Sheet(
        Layout.LETTER,
        (
            *letter_head(payload),
            Addressee(called(payload.guardian, pupil)),
            *paragraphs(
                (
                    f"{described(pupil)}是{schooling(pupil)}学生，{away(payload.absent_since)}。"
                    f"{report}{sentence(payload.efforts)}",
                    told(("education.5", "education.58", "minors.17")),
                    f"请您于{by(payload.return_by)}送{pupil.name}返校，继续接受义务教育。"
                    "孩子已经转学、患病或者有其他正当理由的，请在同一期限内向我们说明。",
                )
            ),
            *help_lines(payload.help, "为了帮助孩子返校："),
            *paragraphs(
                (
                    "逾期没有正当理由仍未送孩子返校的，由乡镇人民政府或者县级教育行政部门"
                    "依法给予批评教育，责令限期改正；仍不改正的，依法通过司法途径保障孩子上学。",
                    "您对本通知有不同意见的，可以当面、来电或者书面提出，我们会听取、核实并答复。"
                    f"{reach(payload.office)}",
                )
            ),
            seal(payload),
            slip(payload, payload.guardian.name),
        ),
    )


OUTCOME_OF_HEARING = {
    Said.SPOKE: "当事人作了陈述和申辩，内容如下。",
    Said.NOTHING_TO_SAY: "当事人表示没有需要陈述和申辩的内容。",
    Said.DID_NOT_APPEAR: "当事人接到通知后没有到场，也没有用其他方式提出意见。",
}


def statement_record(payload: StatementRecord) -> Sheet:
    """听取意见记录; signed by the guardian, or the reason why not stands beside it."""
    guardian, said = payload.guardian, payload.said
    signers = [SignLine("陈述人")] if said is not Said.DID_NOT_APPEAR else [SignLine("见证人")]
    officers = [SignLine("执法人员", each.name, each.certificate) for each in payload.officers]
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            grid(
                Field("当事人", guardian.name),
                Field("与学生关系", guardian.relation),
                Field("学生姓名", payload.pupil.name),
                Field("学校和班级", schooling(payload.pupil)),
                Field("听取时间", moment(payload.heard_on, payload.hour)),
                Field("地点", payload.place),
                wide("通知情况", _invited(payload)),
                wide("拟作出的处理", payload.matter),
                wide("告知的事实", "\n".join(payload.facts), lines=2),
                wide("听取结果", OUTCOME_OF_HEARING[said]),
                wide("陈述和申辩", payload.words, lines=5),
                wide("复核意见", payload.answer, lines=3),
            ),
            Signatures((*signers, *officers)),
            Note(
                "陈述人核对无误后签名，可以在记录上改正或者补充。提出陈述和申辩，不会因此受到更重的处理。"
            ),
        ),
    )


def _invited(payload: StatementRecord) -> str:
    if payload.invited_on is None:
        return ""
    how = f"以{payload.invited_by}方式" if payload.invited_by else ""
    return f"{day_in_text(payload.invited_on)}{how}通知当事人可以陈述和申辩"


def correction_order(payload: CorrectionOrder) -> Sheet:
    """责令限期改正通知书: facts, articles, deadline, statement, what follows, remedies."""
    pupil = payload.pupil
    return Sheet(
        Layout.LETTER,
        (
            *letter_head(payload),
            Addressee(called(payload.receiver, pupil)),
            *chapters(
                ("查明的事实", _facts(payload.facts, payload.earlier)),
                ("法律依据", paragraphs([told(known(payload.articles))])),
                (
                    "责令改正的内容和期限",
                    paragraphs(
                        [
                            f"现责令您在{by(payload.correct_by)}改正，"
                            f"送{described(pupil)}到{schooling(pupil)}继续接受义务教育。"
                        ]
                    ),
                ),
                ("您的陈述和申辩", paragraphs(heard(payload.statement))),
                (
                    "逾期不改正的后果",
                    paragraphs(
                        [
                            "逾期没有正当理由仍不改正，又不申请行政复议或者提起行政诉讼的，"
                            f"本机关将先行催告，并可以依照{cited(['coercion.53'])}"
                            "申请人民法院强制执行。"
                        ]
                    ),
                ),
                ("您的权利", paragraphs([remedies(payload.remedy, "通知")])),
                ("帮助和联系", (*help_lines(payload.help), *paragraphs([reach(payload.office)]))),
            ),
            officers_sign(payload.officers),
            *closing(
                payload,
                proof_of_service(payload, payload.receiver.name),
                copies=payload.copies,
            ),
        ),
    )


def _facts(facts: tuple[str, ...], earlier: tuple[ServedPaper, ...]) -> tuple[Block, ...]:
    served = "；".join(paper_served(each) for each in earlier)
    return (*items(facts), *paragraphs([f"此前的文书：{served}。" if served else ""]))


def penalty_decision(payload: PenaltyDecision) -> Sheet:
    """F-053; its power and its measure come from the local instrument alone."""
    return Sheet(
        Layout.LETTER,
        (
            *letter_head(payload),
            Addressee(called(payload.receiver, payload.pupil)),
            *chapters(
                ("查明的事实", _facts(payload.facts, payload.earlier)),
                (
                    "依据",
                    paragraphs([told(known(payload.articles)), _power(payload.instrument)]),
                ),
                ("您的陈述和申辩", paragraphs(heard(payload.statement))),
                (
                    "决定",
                    paragraphs(
                        [
                            f"本机关决定：{sentence(payload.measure)}",
                            f"请您于{by(payload.perform_by)}履行。"
                            "送孩子返校的义务不因本决定而免除，也不因履行本决定而结束。",
                        ]
                    ),
                ),
                (
                    "逾期不履行的后果",
                    paragraphs(
                        [
                            "逾期不履行，又不申请行政复议或者提起行政诉讼的，本机关将先行催告，"
                            f"并可以依照{cited(['coercion.53'])}申请人民法院强制执行。"
                        ]
                    ),
                ),
                ("您的权利", paragraphs([remedies(payload.remedy, "决定")])),
                ("联系", paragraphs([reach(payload.office)])),
            ),
            officers_sign(payload.officers),
            *closing(
                payload,
                proof_of_service(payload, payload.receiver.name),
                copies=payload.copies,
            ),
        ),
    )


def _power(instrument: Instrument | None) -> str:
    if instrument is None:
        return ""
    source = f"《{instrument.name}》（{instrument.number_text}）{instrument.article}"
    return sentence(f"{source}规定，{instrument.says}") if instrument.says else f"{source}。"


def demand(payload: Demand) -> Sheet:
    """催告书: what is still open, ten days at least, how to do it, the right to answer."""
    return Sheet(
        Layout.LETTER,
        (
            *letter_head(payload),
            Addressee(called(payload.receiver, payload.pupil)),
            *paragraphs(
                (
                    f"本机关作出的{paper_served(payload.decision)}。"
                    f"该决定要求的下列义务，您至今没有履行：{sentence(payload.unperformed)}",
                    f"现依照{cited(['coercion.54'])}催告您："
                    f"请自收到本催告书之日起{payload.days}日内履行上述义务。",
                    f"履行方式：{sentence(payload.how)}",
                    "您收到本催告书后有权进行陈述和申辩，可以当面、书面或者来电向本机关提出。"
                    "您提出的事实、理由和证据，本机关会记录、复核；成立的，予以采纳。",
                    "孩子已经返校，或者有不能履行的正当理由的，请尽快告诉我们。"
                    f"{reach(payload.office)}",
                    f"逾期仍未履行，又没有正当理由的，本机关将依照{cited(['coercion.53'])}"
                    "申请人民法院强制执行。",
                )
            ),
            officers_sign(payload.officers),
            seal(payload),
            proof_of_service(payload, payload.receiver.name),
        ),
    )
