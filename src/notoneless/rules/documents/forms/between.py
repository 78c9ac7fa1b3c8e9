"""Letters from office to office: referral, and the answer to a procuratorate's advice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from notoneless.rules.documents.articles import cited, told
from notoneless.rules.documents.blocks import (
    Addressee,
    Field,
    Layout,
    Letterhead,
    NumberLine,
    Paragraph,
    Sheet,
    Signatures,
    SignLine,
    StampSpace,
    Stub,
    Title,
)
from notoneless.rules.documents.forms.phrases import NO_DAY, by, day, day_in_text, reach, sentence
from notoneless.rules.documents.forms.pieces import (
    chapters,
    grid,
    items,
    letter_head,
    paragraphs,
    seal,
    wide,
)
from notoneless.rules.documents.payloads.between import AdviceReply, Matter, Referral

TITLES: Mapping[Matter, str] = MappingProxyType(
    {
        Matter.CHILD_LABOUR: "关于移送疑似招用适龄少年线索的函",
        Matter.WHEREABOUTS: "关于商请协助查找适龄儿童去向的函",
        Matter.HOUSEHOLD: "关于商请核对适龄儿童户籍信息的函",
        Matter.ENROLLED_ELSEWHERE: "关于商请协查学生就读情况的函",
        Matter.EARLY_MARRIAGE: "关于商请劝阻未成年人婚约的函",
        Matter.GUARDIANSHIP: "关于商请核查未成年人监护情况的函",
        Matter.RELIEF: "关于商请核查家庭救助需求的函",
        Matter.DISABILITY: "关于商请协助安置适龄儿童就学的函",
        Matter.FAMILY_GUIDANCE: "关于商请提供家庭教育指导的函",
        Matter.LEGAL_AID: "关于商请提供法律咨询和调解的函",
        Matter.SAFETY: "关于商请核实未成年人安全状况的函",
        Matter.PREMISES: "关于移送经营场所接纳未成年人线索的函",
    }
)
"""What the letter is about. A title never names more than the department has to know."""
BASIS: Mapping[Matter, tuple[str, ...]] = MappingProxyType(
    {
        Matter.CHILD_LABOUR: ("education.14",),
        Matter.GUARDIANSHIP: ("minors.11",),
        Matter.SAFETY: ("minors.11",),
    }
)
EVERY_BASIS = ("education.13",)
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "pupil_name": "姓名",
        "sex": "性别",
        "born_on": "出生日期",
        "age": "年龄",
        "student_no": "学籍号",
        "school": "学籍学校",
        "absent_since": "离校日期",
        "last_seen_on": "最后见到",
        "destination": "可能去向",
        "guardian_name": "监护人",
        "guardian_phone": "联系电话",
        "address": "住址",
        "workplace": "所涉单位",
    }
)


def referral(payload: Referral) -> Sheet:
    """移送函、协查函; only the details that are given, and a slip for the answer."""
    details = tuple(
        Field(label, text) for name, label in LABELS.items() if (text := _text(payload, name))
    )
    basis = told((*EVERY_BASIS, *BASIS.get(payload.matter, ())))
    return Sheet(
        Layout.LETTER,
        (
            Letterhead(
                payload.office.letterhead or payload.office.name, payload.office.number_text
            ),
            Title(TITLES[payload.matter]),
            Addressee(payload.to),
            *paragraphs(
                (
                    f"{basis}我们在工作中了解到下列情况，需要贵单位依照职责协助。",
                    sentence(payload.done_so_far),
                )
            ),
            *((grid(*details),) if details else ()),
            *paragraphs(
                (
                    f"请贵单位：{sentence(payload.request)}",
                    f"请于{by(payload.answer_by)}书面答复。"
                    "以上个人信息只用于办理本事项，请妥善保管，不得另作他用或者公开。"
                    f"{reach(payload.office)}",
                )
            ),
            seal(payload),
            Stub(
                "办理回执",
                (
                    NumberLine(number=payload.office.number_text),
                    grid(
                        Field("收件单位", payload.to),
                        Field("收到时间", NO_DAY),
                        wide("办理结果", lines=3),
                    ),
                    Signatures((SignLine("承办人"),)),
                    StampSpace("收件单位盖章", 3),
                ),
            ),
        ),
    )


def _text(payload: Referral, name: str) -> str:
    value: str | date | None = getattr(payload, name)
    return value if isinstance(value, str) else day(value)


def advice_reply(payload: AdviceReply) -> Sheet:
    """未成年人保护法 art. 114: what was done, what came of it, what is still to do."""
    asked = items(payload.advised)
    return Sheet(
        Layout.LETTER,
        (
            *letter_head(payload),
            Addressee(payload.to),
            Paragraph(
                f"贵院{payload.advice_number}检察建议书于{day_in_text(payload.received_on)}"
                f"收悉。我们逐项研究办理，现依照{cited(['minors.114'])}书面回复如下。"
            ),
            *chapters(
                ("建议的内容", asked),
                ("采取的措施", items(payload.measures)),
                ("办理结果", items(payload.results)),
                ("下一步工作", items(payload.next_steps)),
                ("联系", paragraphs([reach(payload.office)])),
            ),
            seal(payload),
        ),
    )
