"""One paper of each kind, whole, about an invented family."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from notoneless.rules.documents.articles import COMPLAINT, ORDER
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.names import NAMING
from notoneless.rules.documents.numbers import number_text
from notoneless.rules.documents.payloads.between import AdviceReply, Matter, Referral
from notoneless.rules.documents.payloads.court import CivilComplaint, EnforcementApplication
from notoneless.rules.documents.payloads.orders import (
    CorrectionOrder,
    Demand,
    Instrument,
    PenaltyDecision,
    ReturnNotice,
    StatementRecord,
)
from notoneless.rules.documents.payloads.parts import (
    Evidence,
    Guardian,
    Heard,
    Office,
    Officer,
    Payload,
    Pupil,
    Remedy,
    Said,
    ServedPaper,
    Signer,
    Visit,
)
from notoneless.rules.documents.payloads.protection import MandatoryReport
from notoneless.rules.documents.payloads.returning import (
    ClosingApproval,
    DayMark,
    ListedPupil,
    PlacementPlan,
    PlannedMeasure,
    ReturnedList,
    ReturnRegistration,
    ReturnReport,
    WatchedDay,
    WatchRecord,
)
from notoneless.rules.documents.payloads.school import (
    ClassReport,
    DropoutRegister,
    DropoutReport,
    PersuasionLetter,
    Tally,
    VisitRecord,
)

AWAY = date(2026, 11, 9)
FRIDAY = date(2026, 11, 20)
DECEMBER = date(2026, 12, 1)

LAN = Pupil(
    name="张兰",
    sex="女",
    born_on=date(2013, 4, 5),
    school="青河县石桥镇中心小学",
    class_name="六年级（2）班",
    student_no_masked="G539901************",
    village="柳林村",
    address="青河县石桥镇******",
)
QIANG = Guardian(
    name="张强", relation="父亲", phone_masked="139********", address="青河县石桥镇柳林村三组"
)
SCHOOL = Office(
    name="青河县石桥镇中心小学",
    contact="陈老师",
    phone="0879-5550101",
    address="石桥镇学府路1号",
)
TOWN = Office(
    name="石桥镇人民政府",
    contact="教育专干李敏",
    phone="0879-5550202",
    address="石桥镇人民路8号",
)
BUREAU = Office(
    name="青河县教育局",
    number_text="青教〔2026〕7号",
    phone="0879-5550303",
    address="县城文苑路2号",
)
VISITS = (
    Visit(on=date(2026, 11, 11), by="陈芳、王主任", kind="家访", result="父亲不在家，祖母接待"),
    Visit(on=date(2026, 11, 13), by="陈芳", kind="电话", result="父亲表示考虑后答复"),
    Visit(on=date(2026, 11, 16), by="陈芳、村干部刘平", kind="家访", result="约定下周返校，未返校"),
)
NOTICE = ServedPaper(
    name="辍学学生返校通知书",
    number_text="石政返校通〔2026〕2号",
    dated_on=date(2026, 11, 20),
    served_on=date(2026, 11, 21),
    method="直接送达",
)
ORDER_SERVED = ServedPaper(
    name="责令限期改正通知书",
    number_text="石政责改〔2026〕3号",
    dated_on=DECEMBER,
    served_on=date(2026, 12, 2),
    method="直接送达",
)
HEARD = Heard(
    on=date(2026, 11, 30),
    said=Said.SPOKE,
    summary="孩子在家照看弟弟，想等过年后再上学",
    answer="照看弟弟不是停学的正当理由，镇里已联系村幼儿园接收",
)
REMEDY = Remedy(review_body="青河县人民政府", court="青河县人民法院")
OFFICERS = (
    Officer(name="李敏", certificate="云0879-0012"),
    Officer(name="周海", certificate="云0879-0034"),
)
HEAD = Signer(name="赵立新", post="镇长")
FACTS = (
    "张兰自2026年11月9日起没有到校，学校三次家访、两次电话劝返，孩子仍未返校",
    "孩子没有办理休学、转学手续，也没有查到患病等不能上学的情况",
)


_PAPERS: tuple[Payload, ...] = (
    VisitRecord(
        office=SCHOOL,
        written_on=date(2026, 11, 16),
        form="dropout_visit_sheet",
        pupil=LAN,
        guardian=QIANG,
        visited_on=date(2026, 11, 16),
        hour="18:30",
        nth=3,
        mode="入户",
        place="家中",
        visitors=("陈芳", "刘平（村委会）"),
        met=("张强", "祖母王桂英"),
        absent_since=AWAY,
        reason="家中需要照看弟弟",
        child_words="想回学校，担心功课跟不上。",
        guardian_view="等过年以后再说。",
        persuasion="说明法律规定，介绍村幼儿园可以接收弟弟，老师可以补课。",
        promise="下周一送孩子返校",
        next_step="周一早上班主任再联系",
        next_on=date(2026, 11, 23),
        result="同意返校",
        proof="门牌照片1张，监护人签名1份",
        earlier=VISITS[:2],
    ),
    DropoutRegister(
        office=SCHOOL,
        written_on=FRIDAY,
        pupil=LAN,
        guardian=QIANG,
        absent_since=AWAY,
        determined_on=date(2026, 11, 12),
        determined_by="石桥镇中心小学",
        reason="家庭照看负担",
        destination="在家",
        measures=("三次家访", "送达劝学书", "联系村幼儿园接收弟弟"),
        tallies=(
            Tally(of="石桥镇中心小学", children=2),
            Tally(of="柳林村", children=1),
            Tally(of="六年级（2）班", children=1),
        ),
    ),
    ClassReport(
        office=SCHOOL,
        written_on=date(2026, 11, 12),
        hour="17:10",
        pupil=LAN,
        guardian=QIANG,
        absent_since=AWAY,
        absent_days=4,
        reason="家中需要照看弟弟",
        mobilisation="已电话联系一次、家访一次，父亲尚未答复",
        contacts=VISITS[:2],
        destination="在家",
        reporter="陈芳",
    ),
    DropoutReport(
        office=SCHOOL,
        written_on=FRIDAY,
        form="dropout_report_sheet",
        addressees=("石桥镇人民政府", "青河县教育局"),
        pupil=LAN,
        guardian=QIANG,
        absent_since=AWAY,
        absent_days=10,
        reason="家庭照看负担",
        destination="在家",
        visits=VISITS,
        principal="孙明",
        reporter="陈芳",
    ),
    PersuasionLetter(
        office=SCHOOL,
        written_on=date(2026, 11, 16),
        guardian=QIANG,
        pupil=LAN,
        absent_since=AWAY,
        absent_days=6,
        return_by=date(2026, 11, 23),
    ),
    ReturnNotice(
        office=TOWN,
        written_on=FRIDAY,
        form="notice_return_of_dropout_pupil",
        guardian=QIANG,
        pupil=LAN,
        absent_since=AWAY,
        report=ServedPaper(name="辍学报告单", number_text="石小辍报〔2026〕1号"),
        efforts="学校和村委会多次劝返，孩子仍未返校",
        return_by=date(2026, 11, 27),
        help=("镇里已联系柳林村幼儿园接收弟弟",),
    ),
    StatementRecord(
        office=TOWN,
        written_on=date(2026, 11, 30),
        guardian=QIANG,
        pupil=LAN,
        matter="责令限期送张兰返校接受义务教育",
        facts=FACTS,
        invited_on=date(2026, 11, 28),
        invited_by="书面",
        heard_on=date(2026, 11, 30),
        hour="10:00",
        place="柳林村村委会",
        said=Said.SPOKE,
        words="孩子在家照看弟弟，想等过年后再上学。家里没有别人可以照看。",
        answer="照看弟弟不是停学的正当理由，村幼儿园可以接收。",
        officers=OFFICERS,
    ),
    CorrectionOrder(
        office=TOWN,
        written_on=DECEMBER,
        receiver=QIANG,
        pupil=LAN,
        facts=FACTS,
        earlier=(NOTICE,),
        articles=ORDER,
        correct_by=date(2026, 12, 8),
        statement=HEARD,
        remedy=REMEDY,
        officers=OFFICERS,
        help=("镇里已联系柳林村幼儿园接收弟弟", "学校安排老师为孩子补课"),
    ),
    PenaltyDecision(
        office=TOWN,
        written_on=date(2026, 12, 15),
        receiver=QIANG,
        pupil=LAN,
        facts=FACTS,
        earlier=(NOTICE, ORDER_SERVED),
        articles=("education.58",),
        instrument=Instrument(
            name="某省义务教育实施办法（示例）",
            number_text="示例公告第1号",
            article="第四十条",
            says="经责令限期改正仍不改正的，由乡镇人民政府予以警告",
        ),
        measure="给予张强警告",
        perform_by=date(2026, 12, 22),
        statement=HEARD,
        remedy=REMEDY,
        officers=OFFICERS,
    ),
    Demand(
        office=TOWN,
        written_on=date(2027, 6, 7),
        receiver=QIANG,
        pupil=LAN,
        decision=ORDER_SERVED,
        unperformed="送张兰返校接受义务教育",
        how="送张兰到青河县石桥镇中心小学，与陈老师联系",
        officers=OFFICERS,
    ),
    EnforcementApplication(
        office=TOWN,
        written_on=date(2027, 6, 21),
        court="青河县人民法院",
        representative=HEAD,
        respondent=QIANG,
        pupil=LAN,
        decision=ORDER_SERVED,
        remedies_ended_on=date(2027, 6, 2),
        demand=ServedPaper(
            name="履行行政决定催告书",
            number_text="石政催〔2027〕1号",
            dated_on=date(2027, 6, 7),
            served_on=date(2027, 6, 8),
            method="直接送达",
        ),
        claims=("裁定准予强制执行石政责改〔2026〕3号责令限期改正通知书",),
        facts=FACTS,
        statement=HEARD,
        subject="被申请人送张兰返校接受义务教育的行为",
        annexes=("责令限期改正通知书及送达回证", "听取意见记录", "催告书及送达回证"),
    ),
    CivilComplaint(
        office=TOWN,
        written_on=date(2026, 12, 15),
        court="青河县人民法院",
        representative=HEAD,
        defendants=(
            QIANG,
            Guardian(name="李翠花", relation="母亲", address="青河县石桥镇柳林村三组"),
        ),
        pupil=LAN,
        claims=("判令被告在判决生效后十日内送张兰返校接受义务教育", "诉讼费由被告负担"),
        facts=FACTS,
        articles=COMPLAINT,
        evidence=(
            Evidence(name="家访记录3份", shows="学校多次劝返"),
            Evidence(
                name="责令限期改正通知书及送达回证",
                number_text="石政责改〔2026〕3号",
                shows="镇政府已依法责令改正",
            ),
        ),
    ),
    Referral(
        office=BUREAU,
        written_on=FRIDAY,
        to="青河县人力资源和社会保障局",
        matter=Matter.CHILD_LABOUR,
        pupil_name="张兰",
        sex="女",
        born_on=LAN.born_on,
        absent_since=AWAY,
        workplace="石桥镇顺达制衣作坊",
        guardian_name="张强",
        done_so_far="学校家访时得知孩子可能在该处做工，尚未核实",
        request="依法核查该处是否招用适龄少年，并督促其停止招用",
        answer_by=date(2026, 12, 4),
    ),
    AdviceReply(
        office=BUREAU,
        written_on=date(2026, 12, 10),
        to="青河县人民检察院",
        advice_number="青检建〔2026〕5号",
        received_on=FRIDAY,
        advised=("加强对长期缺课学生的排查",),
        measures=("逐校核对学籍与到校情况", "与各乡镇建立每周会商"),
        results=("排查学校18所", "劝返学生4人"),
        next_steps=("每月复核一次",),
    ),
    ReturnRegistration(
        office=SCHOOL,
        written_on=date(2026, 12, 7),
        pupil=LAN,
        guardian=QIANG,
        absent_since=AWAY,
        returned_on=date(2026, 12, 7),
        placed_in="六年级（2）班",
        by_measure=ORDER_SERVED,
        support=("每周补课两次", "弟弟入村幼儿园"),
        child_words="很高兴回来。",
        registered_by="陈芳",
    ),
    ReturnReport(
        office=SCHOOL,
        written_on=date(2026, 12, 7),
        addressees=("石桥镇人民政府", "青河县教育局"),
        report=ServedPaper(name="辍学报告单", number_text="石小辍报〔2026〕1号"),
        pupil=LAN,
        absent_since=AWAY,
        returned_on=date(2026, 12, 7),
        placed_in="六年级（2）班",
        by_measure=ORDER_SERVED,
        watch_until=date(2027, 1, 8),
        principal="孙明",
    ),
    ReturnedList(
        office=SCHOOL,
        written_on=date(2026, 12, 31),
        first_day=date(2026, 9, 1),
        last_day=date(2026, 12, 31),
        pupils=(
            ListedPupil(
                village="石桥村",
                class_name="五年级（1）班",
                name="黄小军",
                left_on=date(2026, 11, 2),
            ),
            ListedPupil(
                village="柳林村",
                class_name="六年级（2）班",
                name="张兰",
                left_on=AWAY,
                returned_on=date(2026, 12, 7),
            ),
        ),
        kept_by="教导处王慧",
    ),
    PlacementPlan(
        office=SCHOOL,
        written_on=date(2026, 12, 8),
        pupil=LAN,
        guardian=QIANG,
        returned_on=date(2026, 12, 7),
        placement="回原班六年级（2）班就读",
        needs=("数学、英语补课", "放学后弟弟的接送"),
        goals=("期末前补完缺课内容", "按时到校"),
        measures=(
            PlannedMeasure(what="每周二、四课后补数学", who="陈芳", when="至期末"),
            PlannedMeasure(what="协调村幼儿园延时照看弟弟", who="刘平", when="12月15日前"),
        ),
        helper=Signer(name="陈芳", post="班主任"),
        review_on=(date(2027, 1, 7), date(2027, 3, 8)),
        child_view="愿意补课。",
        guardian_view="同意。",
        approved_by="孙明",
    ),
    WatchRecord(
        office=SCHOOL,
        written_on=date(2027, 1, 4),
        pupil=LAN,
        returned_on=date(2026, 12, 7),
        school_days=20,
        days=tuple(
            WatchedDay(
                on=date(2026, 12, 7) + timedelta(days=week * 7 + weekday),
                mark=DayMark.LEAVE if (week, weekday) == (1, 2) else DayMark.PRESENT,
            )
            for week in range(4)
            for weekday in range(5)
        ),
        talks=(
            Visit(on=date(2026, 12, 14), by="陈芳", kind="谈话", result="功课跟得上，情绪平稳"),
        ),
        visits=(
            Visit(on=date(2026, 12, 20), by="陈芳", kind="家访", result="弟弟已入园，家长支持"),
        ),
        judgement="到校稳定，建议结束观察",
        judged_by="陈芳",
    ),
    ClosingApproval(
        office=SCHOOL,
        written_on=date(2027, 1, 5),
        pupil=LAN,
        opened_on=date(2026, 11, 11),
        outcome="已返校，观察期满",
        outcome_on=date(2027, 1, 4),
        account="经家访、返校通知和责令改正，张兰于2026年12月7日返校，观察20个上学日到校稳定",
        evidence=(
            Evidence(name="返校观察记录", number_text="石小观察〔2027〕1号", shows="到校稳定"),
            Evidence(name="复学登记表", number_text="石小复学〔2026〕1号", shows="返校日期和班级"),
        ),
        first=Signer(name="孙明", post="校长", opinion="同意申请销号", on=date(2027, 1, 5)),
        second=Signer(
            name="何静", post="中心校控辍专人", opinion="经核对点名记录，同意", on=date(2027, 1, 6)
        ),
        second_level="中心校",
    ),
    MandatoryReport(
        office=SCHOOL,
        written_on=FRIDAY,
        to="石桥派出所",
        pupil=LAN,
        situation="未满十六周岁的未成年人独自居住，无人照护",
        found_on=FRIDAY,
        found_hour="08:20",
        found_how="班主任家访",
        facts="家中只有孩子一人，父母外出后三天没有联系上，家中没有做饭的条件",
        whereabouts="已接到学校宿舍，由生活老师陪伴",
        steps_taken=("电话报警", "安排食宿"),
        called_on=FRIDAY,
        called_hour="08:35",
        receipt_number="石接〔2026〕118号",
        informed=("青河县教育局",),
        reporter="陈芳",
    ),
)
WORDS = {SCHOOL.name: "石小", TOWN.name: "石政", BUREAU.name: "青教"}


def numbered(paper: Payload) -> Payload:
    """The paper with the number that it would have been issued with."""
    year = paper.written_on.year if paper.written_on else 2026
    text = number_text(WORDS[paper.office.name], NAMING[paper.kind].series, year=year, number=3)
    return replace(paper, office=replace(paper.office, number_text=text))


SAMPLES: dict[DocumentKind, Any] = {paper.kind: numbered(paper) for paper in _PAPERS}
