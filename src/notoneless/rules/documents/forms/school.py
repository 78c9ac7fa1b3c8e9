"""The school's papers: visits, register, reports and the letter to the guardian."""

from __future__ import annotations

from notoneless.rules.documents.articles import DUTY, cited, told
from notoneless.rules.documents.blocks import (
    Addressee,
    Block,
    Field,
    Layout,
    Note,
    NumberLine,
    Paragraph,
    Sheet,
    Signatures,
    SignLine,
    StampSpace,
    Stub,
    Table,
)
from notoneless.rules.documents.forms.phrases import (
    NO_DAY,
    away,
    by,
    called,
    day,
    described,
    moment,
    people,
    reach,
    sentence,
)
from notoneless.rules.documents.forms.pieces import (
    VISIT_WIDTHS,
    VISIT_WIDTHS_IN_LETTER,
    chapters,
    closing,
    form_head,
    grid,
    help_lines,
    letter_head,
    of_guardian,
    of_home,
    of_pupil,
    paragraphs,
    seal,
    slip,
    visits_table,
    wide,
)
from notoneless.rules.documents.kinds import Head
from notoneless.rules.documents.payloads.parts import Visit
from notoneless.rules.documents.payloads.school import (
    ClassReport,
    DropoutRegister,
    DropoutReport,
    PersuasionLetter,
    VisitRecord,
)

REGISTER = "visit_register"
REPORT_LETTERS = frozenset({"dropout_report_letter", "pupil_dropout_report_letter"})
"""辍学报告书; the others are forms (辍学报告单)."""


def visit_record(payload: VisitRecord) -> Sheet:
    """F-041, or F-042 where the plan wants the register of a household's visits."""
    body = _register(payload) if payload.form == REGISTER else _visit(payload)
    return Sheet(Layout.FORM, (*form_head(payload), *body))


def _visit(payload: VisitRecord) -> tuple[Block, ...]:
    return (
        grid(
            *of_pupil(payload.pupil),
            *of_guardian(payload.guardian),
            Field("未到校起始日", day(payload.absent_since)),
            Field("村（社区）", payload.pupil.village),
            Field("家庭住址", payload.guardian.address or payload.pupil.address),
            Field("家访时间", moment(payload.visited_on, payload.hour)),
            Field("第几次家访", f"第{payload.nth}次"),
            Field("方式", payload.mode),
            Field("地点", payload.place),
            wide("家访人员", people(payload.visitors)),
            wide("家中在场人员", people(payload.met)),
            wide("未到校原因", _causes(payload.reason, payload.school_only_reason)),
            wide("学生的想法", payload.child_words, lines=2),
            wide("监护人的意见", payload.guardian_view, lines=2),
            wide("劝导经过", payload.persuasion, lines=2),
            wide("监护人的承诺", payload.promise),
            wide("结果", payload.result),
            wide("下一步", _next(payload)),
            wide("附证材料", payload.proof),
        ),
        *visits_table(payload.earlier, "此前的联系"),
        Signatures((SignLine("家访人"), SignLine("监护人"))),
        Note(
            "本单由学校保存，内容只供办理劝返的人员使用。监护人签名表示已阅，可以在签名旁写明不同意见。"
        ),
    )


def _register(payload: VisitRecord) -> tuple[Block, ...]:
    return (
        grid(
            Field("学生姓名", payload.pupil.name),
            Field("班级", payload.pupil.class_name),
            Field("监护人", payload.guardian.name),
            Field("联系电话", payload.guardian.phone_masked),
            wide("村屯（社区）", payload.pupil.village or payload.pupil.address),
        ),
        *visits_table((*payload.earlier, *_this(payload)), "家访登记"),
        grid(
            wide("未到校原因", _causes(payload.reason, payload.school_only_reason)),
            wide("监护人的意见", payload.guardian_view, lines=2),
            wide("下一步", _next(payload)),
        ),
        Signatures((SignLine("家访人"), SignLine("监护人"))),
    )


def _this(payload: VisitRecord) -> tuple[Visit, ...]:
    if payload.visited_on is None:
        return ()
    by, kind = people(payload.visitors), payload.mode or "家访"
    return (Visit(on=payload.visited_on, by=by, kind=kind, result=payload.result),)


def _causes(reason: str, school_only: str) -> str:
    return "；".join(dict.fromkeys(text for text in (reason, school_only) if text))


def _next(payload: VisitRecord) -> str:
    until = f"{day(payload.next_on)}前" if payload.next_on else ""
    return "，".join(text for text in (until, payload.next_step) if text)


def dropout_register(payload: DropoutRegister) -> Sheet:
    """F-045: one child, and below it how many are on the register."""
    tallies = tuple((tally.of, f"{tally.children}人") for tally in payload.tallies)
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            grid(
                *of_pupil(payload.pupil),
                *of_home(payload.pupil),
                *of_guardian(payload.guardian),
                Field("监护人住址", payload.guardian.address),
                Field("未到校起始日", day(payload.absent_since)),
                Field("认定日期", day(payload.determined_on)),
                Field("认定人", payload.determined_by),
                wide("原因", payload.reason),
                wide("去向", payload.destination),
                wide("已采取的措施", "\n".join(payload.measures), lines=3),
                Field("返校日期", day(payload.returned_on)),
                Field("结果", payload.outcome),
            ),
            *((Table(("范围", "登记的辍学学生"), tallies, (3, 1), "登记统计"),) if tallies else ()),
            Signatures((SignLine("填表人"), SignLine("学校负责人"))),
            seal(payload),
        ),
    )


def class_report(payload: ClassReport) -> Sheet:
    """F-048: who, why, and what has been tried."""
    pupil, guardian = payload.pupil, payload.guardian
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            Addressee(payload.to or "校领导、教导处"),
            *chapters(
                (
                    "学生基本情况",
                    (
                        grid(
                            *of_pupil(pupil),
                            *of_home(pupil),
                            *of_guardian(guardian),
                            Field("去向", payload.destination),
                            Field("未到校起始日", day(payload.absent_since)),
                            Field("未到校天数", _count(payload.absent_days)),
                        ),
                    ),
                ),
                (
                    "未到校原因",
                    paragraphs([sentence(_causes(payload.reason, payload.school_only_reason))]),
                ),
                (
                    "动员情况",
                    (
                        *paragraphs([sentence(payload.mobilisation)]),
                        *visits_table(payload.contacts),
                    ),
                ),
            ),
            grid(
                Field("报告人", payload.reporter),
                Field("报告时间", moment(payload.written_on, payload.hour)),
            ),
            Signatures((SignLine("班主任"), SignLine("接收人"))),
        ),
    )


def _count(days: int) -> str:
    return f"{days}天" if days else ""


def dropout_report(payload: DropoutReport) -> Sheet:
    """F-049: to the offices that the plan names, with a slip for each receiver's seal."""
    pupil = payload.pupil
    asked = payload.request or "请协助督促监护人依法送学生返校，并将办理结果告知学校"
    is_letter = payload.form in REPORT_LETTERS and payload.head is Head.OFFICIAL
    widths = VISIT_WIDTHS_IN_LETTER if is_letter else VISIT_WIDTHS
    receipt = _receipt(payload)
    return Sheet(
        Layout.LETTER if is_letter else Layout.FORM,
        (
            *(letter_head(payload, payload.principal) if is_letter else form_head(payload)),
            Addressee(people(payload.addressees)),
            Paragraph(
                f"我校学生{pupil.name}{away(payload.absent_since, payload.absent_days)}，"
                f"{_so_far(payload)}。现依照{cited(['minors.28'])}书面报告如下。"
            ),
            grid(
                *of_pupil(pupil),
                *of_home(pupil),
                *of_guardian(payload.guardian),
                Field("监护人住址", payload.guardian.address),
                wide("未到校原因", payload.reason),
                wide("去向", payload.destination),
            ),
            *visits_table(payload.visits, "家访和劝返经过", widths=widths),
            grid(wide("请求事项", sentence(asked))),
            Signatures(
                (
                    SignLine("报告人", payload.reporter, has_date=False),
                    SignLine("校长", payload.principal, has_date=False),
                )
            ),
            *(closing(payload, receipt) if is_letter else (seal(payload), receipt)),
        ),
    )


def _receipt(payload: DropoutReport) -> Stub:
    return Stub(
        "收件回执",
        (
            NumberLine(number=payload.office.number_text),
            grid(Field("收件单位"), Field("收到时间", NO_DAY)),
            Signatures((SignLine("收件人"),)),
            StampSpace("处理意见", 3),
        ),
    )


def _so_far(payload: DropoutReport) -> str:
    if not payload.visits:
        return "学校正在联系监护人"
    return f"经{len(payload.visits)}次联系和劝返，仍未返校"


def persuasion_letter(payload: PersuasionLetter) -> Sheet:
    """F-050: a letter to be understood at the kitchen table."""
    pupil = payload.pupil
    return Sheet(
        Layout.LETTER,
        (
            *letter_head(payload),
            Addressee(called(payload.guardian, pupil)),
            *paragraphs(
                (
                    f"{described(pupil)}是我校{pupil.class_name}学生，"
                    f"{away(payload.absent_since, payload.absent_days)}。"
                    "老师和同学都惦记着孩子，也想知道家里是不是遇到了难处。",
                    told(DUTY),
                    f"请您在{by(payload.return_by)}送孩子返校。孩子回来后，"
                    "学校会帮助补上落下的课程，不会因为缺课责备孩子。"
                    "孩子已经转学、生病或者有其他正当理由的，请在这一期限内告诉我们，并说明有关情况。",
                )
            ),
            *help_lines(payload.help, "家里的困难，可以这样解决："),
            *paragraphs(
                (
                    f"到期没有返校，也没有说明理由的，学校应当依照{cited(['minors.28'])}"
                    "书面报告教育行政部门，请乡镇人民政府、村（居）民委员会一同帮助孩子返校。",
                    "您认为以上情况与事实不符的，请告诉我们，学校核实后予以更正。"
                    f"{reach(payload.office)}",
                )
            ),
            seal(payload),
            slip(payload, payload.guardian.name),
        ),
    )
