"""The mandatory report, for the police and the flag's door alone."""

from __future__ import annotations

from notoneless.rules.documents.articles import cited
from notoneless.rules.documents.blocks import (
    Addressee,
    Field,
    Layout,
    Note,
    Paragraph,
    Sheet,
    Signatures,
    SignLine,
    StampSpace,
)
from notoneless.rules.documents.forms.phrases import moment, people, reach
from notoneless.rules.documents.forms.pieces import (
    form_head,
    grid,
    of_home,
    of_pupil,
    paragraphs,
    seal,
    wide,
)
from notoneless.rules.documents.payloads.protection import MandatoryReport


def mandatory_report(payload: MandatoryReport) -> Sheet:
    """What was seen, where the child is, when the police were called."""
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            Addressee(payload.to),
            Paragraph(
                f"我们在工作中发现未成年人可能受到侵害或者面临危险，"
                f"现依照{cited(['minors.11'])}报告如下，请依法处置。"
            ),
            grid(
                *of_pupil(payload.pupil),
                *of_home(payload.pupil),
                wide("情形", payload.situation),
                Field("发现时间", moment(payload.found_on, payload.found_hour)),
                Field("发现途径", payload.found_how),
                wide("所见所闻", payload.facts, lines=5),
                wide("孩子现在何处", payload.whereabouts, lines=2),
                wide("已采取的措施", "\n".join(payload.steps_taken), lines=3),
                Field("电话报警时间", moment(payload.called_on, payload.called_hour)),
                Field("接警回执编号", payload.receipt_number),
                wide("已告知上级", people(payload.informed)),
            ),
            *paragraphs([reach(payload.office)]),
            Signatures((SignLine("报告人", payload.reporter), SignLine("接收民警"))),
            seal(payload),
            StampSpace("接收单位盖章", 3),
            Note(
                "情况紧急的，先拨打110，再补本报告。内容严格保密，不得告知可能涉及的人员，不得转作他用。"
            ),
        ),
    )
