"""Papers of a return: registration, report, list, plan, watch and closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from notoneless.rules.documents.blocks import (
    Addressee,
    Block,
    Field,
    Fields,
    Layout,
    Note,
    Paragraph,
    Sheet,
    Signatures,
    SignLine,
    Table,
)
from notoneless.rules.documents.forms.phrases import (
    day,
    day_in_text,
    described,
    paper,
    people,
    reach,
    sentence,
)
from notoneless.rules.documents.forms.pieces import (
    chapters,
    closing,
    evidence_table,
    form_head,
    grid,
    items,
    letter_head,
    of_guardian,
    of_pupil,
    paragraphs,
    seal,
    visits_table,
    wide,
)
from notoneless.rules.documents.payloads.parts import ServedPaper, Signer
from notoneless.rules.documents.payloads.returning import (
    ClosingApproval,
    DayMark,
    ListedPupil,
    PlacementPlan,
    ReturnedList,
    ReturnRegistration,
    ReturnReport,
    WatchRecord,
)

MARKS: Mapping[DayMark, str] = MappingProxyType(
    {
        DayMark.PRESENT: "到校",
        DayMark.ABSENT: "未到校",
        DayMark.LEAVE: "请假",
        DayMark.UNKNOWN: "未点名",
    }
)
DAYS_IN_A_ROW = 3


def _how(measure: ServedPaper | None) -> str:
    return f"经{paper(measure)}返校" if measure else "自愿返校"


def return_registration(payload: ReturnRegistration) -> Sheet:
    """F-027."""
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            grid(
                *of_pupil(payload.pupil),
                *of_guardian(payload.guardian),
                Field("家庭住址", payload.pupil.address or payload.guardian.address),
                Field("未到校起始日", day(payload.absent_since)),
                Field("返校日期", day(payload.returned_on)),
                Field("返校方式", _how(payload.by_measure)),
                Field("编入班级", payload.placed_in),
                wide("学校帮助", "\n".join(payload.support), lines=3),
                wide("学生的想法", payload.child_words, lines=2),
                Field("登记人", payload.registered_by),
                Field("登记日期", day(payload.written_on)),
            ),
            Signatures((SignLine("监护人"), SignLine("班主任"), SignLine("教导处"))),
        ),
    )


def return_report(payload: ReturnReport) -> Sheet:
    """R-123: to all who had the report of the dropout."""
    pupil = payload.pupil
    before = f"我校此前以{paper(payload.report)}报告" if payload.report else "我校"
    since = f"自{day(payload.absent_since)}起未到校的" if payload.absent_since else ""
    watch = (
        f"学校将跟踪观察到{day(payload.watch_until)}，期间如有反复，立即再行报告。"
        if payload.watch_until
        else "学校将继续跟踪，如有反复，立即再行报告。"
    )
    return Sheet(
        Layout.LETTER,
        (
            *letter_head(payload, payload.principal),
            Addressee(people(payload.addressees)),
            *paragraphs(
                (
                    f"{before}{since}学生{described(pupil)}，"
                    f"已于{day_in_text(payload.returned_on)}{_how(payload.by_measure)}，"
                    f"编入{payload.placed_in}就读。",
                    watch,
                    f"特此报告。{reach(payload.office)}",
                )
            ),
            Signatures((SignLine("校长", payload.principal, has_date=False),)),
            *closing(payload),
        ),
    )


def returned_list(payload: ReturnedList) -> Sheet:
    """F-047: by village and class, never by rank; an empty list says so."""
    period = f"{day_in_text(payload.first_day)}至{day_in_text(payload.last_day)}"
    back = sum(1 for pupil in payload.pupils if pupil.returned_on)
    ordered = sorted(payload.pupils, key=_place)
    rows = tuple(
        (
            str(place),
            pupil.village,
            pupil.class_name,
            pupil.name,
            day(pupil.left_on),
            day(pupil.returned_on) or "尚未返校",
        )
        for place, pupil in enumerate(ordered, start=1)
    )
    head = ("序号", "村（社区）", "班级", "学生姓名", "未到校起始日", "返校日期")
    total = f"本期名单共{len(rows)}人，其中已返校{back}人，尚未返校{len(rows) - back}人。"
    body: tuple[Block, ...] = (
        (Table(head, rows, (8, 20, 18, 14, 20, 20)), Paragraph(total, is_indented=False))
        if rows
        else (Paragraph("本期没有辍学和复学的学生。", is_indented=False),)
    )
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload, period),
            *body,
            Signatures((SignLine("制表人", payload.kept_by), SignLine("学校负责人"))),
            seal(payload),
        ),
    )


def _place(pupil: ListedPupil) -> tuple[str, str, str]:
    return pupil.village, pupil.class_name, pupil.name


def placement_plan(payload: PlacementPlan) -> Sheet:
    """一生一策: what the child needs, who does what, and when it is looked at again."""
    guardian = of_guardian(payload.guardian) if payload.guardian else ()
    measures = tuple((each.what, each.who, each.when) for each in payload.measures)
    reviews = tuple(
        (f"第{place}次", day(on), "", "") for place, on in enumerate(sorted(payload.review_on), 1)
    )
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            grid(
                *of_pupil(payload.pupil),
                *guardian,
                Field("返校日期", day(payload.returned_on)),
                Field("帮扶责任人", _signer(payload.helper)),
                wide("安置方式", payload.placement),
            ),
            *chapters(
                ("需要的帮助", items(payload.needs)),
                ("目标", items(payload.goals)),
                ("措施", (Table(("措施", "责任人", "时间"), measures, (5, 2, 2)),)),
                (
                    "学生和监护人的意见",
                    (
                        grid(
                            wide("学生", payload.child_view),
                            wide("监护人", payload.guardian_view),
                        ),
                    ),
                ),
                ("复查", (Table(("次序", "日期", "情况", "复查人"), reviews, (1, 2, 4, 2)),)),
            ),
            Signatures(
                (
                    SignLine("学生"),
                    SignLine("监护人"),
                    SignLine("帮扶责任人"),
                    SignLine("学校负责人", payload.approved_by),
                )
            ),
            seal(payload),
        ),
    )


def _signer(signer: Signer) -> str:
    return f"{signer.name}（{signer.post}）" if signer.post else signer.name


def watch_record(payload: WatchRecord) -> Sheet:
    """School days from the rolls, talks and visits, and what the school makes of them."""
    count = Counter(each.mark for each in payload.days)
    sums = "，".join(f"{MARKS[mark]}{count[mark]}天" for mark in DayMark if count[mark])
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            grid(
                *of_pupil(payload.pupil),
                Field("返校日期", day(payload.returned_on)),
                Field("观察期", f"{payload.school_days}个上学日"),
                wide("已观察", f"{len(payload.days)}个上学日：{sums}" if sums else ""),
            ),
            *_days(payload),
            *visits_table(payload.talks, "谈话"),
            *visits_table(payload.visits, "家访"),
            grid(
                wide("观察结论", payload.judgement, lines=2),
                Field("填写人", payload.judged_by),
                Field("填写日期", day(payload.written_on)),
            ),
            Signatures((SignLine("班主任"), SignLine("学校负责人"))),
        ),
    )


def _days(payload: WatchRecord) -> tuple[Block, ...]:
    """Three days beside each other, read downwards."""
    told = [(day(each.on), MARKS[each.mark]) for each in sorted(payload.days, key=lambda d: d.on)]
    if not told:
        return ()
    height = -(-len(told) // DAYS_IN_A_ROW)
    told += [("", "")] * (height * DAYS_IN_A_ROW - len(told))
    rows = tuple(
        tuple(text for column in range(DAYS_IN_A_ROW) for text in told[line + column * height])
        for line in range(height)
    )
    return (Table(("日期", "到校情况") * DAYS_IN_A_ROW, rows, (5, 3) * DAYS_IN_A_ROW, "逐日情况"),)


def closing_approval(payload: ClosingApproval) -> Sheet:
    """销号审批表: two people of different offices answer for the outcome."""
    return Sheet(
        Layout.FORM,
        (
            *form_head(payload),
            grid(
                *of_pupil(payload.pupil),
                Field("立案日期", day(payload.opened_on)),
                Field("结果确定日期", day(payload.outcome_on)),
                wide("销号情形", payload.outcome),
                wide("办理经过", payload.account, lines=4),
            ),
            *evidence_table(payload.evidence, "证明材料"),
            _opinion("申请意见", payload.first),
            _opinion(f"{payload.second_level}意见", payload.second),
            Signatures((SignLine("申请人"), SignLine("审核人"))),
            Note("销号不删除档案；学生再次未到校的，重新登记办理。申请人和审核人不得为同一人。"),
        ),
    )


def _opinion(label: str, signer: Signer) -> Fields:
    return grid(
        wide(label, sentence(signer.opinion), lines=3),
        Field("姓名和职务", _signer(signer)),
        Field("日期", day(signer.on)),
    )
