"""What the county's plans want of units: a campaign month, a meeting that supervises, reports.

The county enters the months that its pack leaves open. Schools plan and report the autumn's
campaign, one of them late and one never; the bureau meets, and of what it decides one task is
answered late and one is still open; townships report in writing, one of them late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.flows.demo.casework_people import bureau
from notoneless.flows.demo.county import FIRST_DAY, DemoCounty
from notoneless.flows.policy import adoptions_of, enter_value
from notoneless.flows.workplans.campaigns import note_activity, plan_campaign, report_campaign
from notoneless.flows.workplans.meetings import (
    SaidDecision,
    SaidMeeting,
    answer_decision,
    note_meeting,
)
from notoneless.policy.services.values import NewValue
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.roles import Role
from notoneless.rules.workplans.campaigns import MONTHS
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.workplans.models import Decision
from notoneless.workplans.services.campaigns import NewActivity, NewCampaignReport, NewPlan

PACK = "S2-5/2026"
"""The county's plan, which asks for campaigns and names no month."""
ENTERED = (3, 9)
ENTERED_BY = "青禾县 2026—2027 学年校历：春、秋季控辍保学宣传月（虚构）"
MONTH = FIRST_DAY
PLANNED_ON, LETTER_ON, CLASSES_ON = date(2026, 9, 4), date(2026, 9, 11), date(2026, 9, 21)
REPORTED_ON, LATE_ON = date(2026, 9, 29), date(2026, 10, 13)
LATE_SCHOOL, SILENT_SCHOOL = "2199000104", "2199000105"
"""松林乡中心小学 reports after its month; its teaching point, with one teacher, not at all."""
IN_CLASSES = frozenset({"3199000103", "3199000106", "3199000108", "2199000109"})
"""The schools whose classes speak about it as well."""
PLAN = "九月为宣传月：开学第一课讲义务教育法，致家长一封信发到每户，班会讨论“为什么读书”。"
REPORT = "已按计划完成：一封信发到各户，班上也讲了法；家长反映路远和家务是主要困难。"
LATE_REPORT = "因九月下旬迎检，宣传月总结迟报；活动均已按计划完成。"
LETTER, CLASSES = "letter_to_parents", "class_meeting"
MET_ON = date(2026, 10, 22)
AGENDA = "通报九、十月点名和疑似辍学情况；研究长期未返校学生；布置十一月工作。"
DECIDED: tuple[tuple[str, Role, str, date, date | None, str], ...] = (
    (
        "逐人核对本校未返校学生的去向，书面报局。",
        Role.PRINCIPAL,
        "3199000103",
        date(2026, 10, 30),
        date(2026, 10, 29),
        "已逐人核对，名单和去向已书面报局。",
    ),
    (
        "与派出所核查失去联系的学生。",
        Role.CENTRE_HEAD,
        "松林乡中心学校",
        date(2026, 11, 6),
        date(2026, 11, 11),
        "派出所已受理，正在查找；因出差迟报。",
    ),
    (
        "宿舍晚点名情况每周一报局。",
        Role.PRINCIPAL,
        "3199000108",
        date(2026, 11, 13),
        None,
        "",
    ),
)
"""What was decided, whose task it is, until when, and when he answered what."""


def keep_workplans(county: DemoCounty, day: date) -> None:
    """What happens in these matters on a day; nothing on most."""
    if day == FIRST_DAY:
        _enter_months(county, day)
    for code, school in sorted(county.schools.items()):
        _campaign(county, code, school, day)
    if day == MET_ON:
        _meet(county, day)
    for number, (_, role, unit, _, answered_on, words) in enumerate(DECIDED):
        if day == answered_on:
            _answer(county, number, (role, unit), words, day)


def _enter_months(county: DemoCounty, day: date) -> None:
    clerk = county.actor("clerk", day)
    lines = adoptions_of(clerk, bureau(county), today=day)
    for line in lines:
        if line.pack.id == PACK:
            own = OwnValue(ENTERED, ENTERED_BY)
            new = NewValue(line.id, MONTHS, own, day, reason="方案未定月份，按校历补录。")
            with county.unless_refused():
                enter_value(clerk, new, today=day, now=county.at(day, 7, 40))


def _campaign(county: DemoCounty, code: str, school: UUID, day: date) -> None:
    """What the school's designated person does in the autumn's campaign on a day."""
    lead = county.holder(Role.DROPOUT_OFFICER, school, day)
    classes = tuple(each.id for each in county.classes if each.school_id == school)
    if lead is None or not classes:
        return
    steps = {
        _before(county, school, PLANNED_ON): _plan,
        _before(county, school, LETTER_ON): _letter,
        _before(county, school, CLASSES_ON) if code in IN_CLASSES else None: _class_meetings,
        _reports_on(county, code, school): _report,
    }
    if day in steps:
        with county.unless_refused():
            steps[day](county, lead, school, code, day)


def _before(county: DemoCounty, school: UUID, wished: date) -> date | None:
    """The school's last school day up to ``wished``."""
    days = county.school_days(school, FIRST_DAY, wished + ONE_DAY)
    return days[-1] if days else None


def _reports_on(county: DemoCounty, code: str, school: UUID) -> date | None:
    if code == SILENT_SCHOOL:
        return None
    return _before(county, school, LATE_ON if code == LATE_SCHOOL else REPORTED_ON)


def _plan(county: DemoCounty, lead: Actor, school: UUID, code: str, day: date) -> None:
    new = NewPlan(PLAN, (LETTER, CLASSES, "law_month"), id=county.new_id("plan", code, MONTH))
    plan_campaign(lead, school, MONTH, new, today=day, now=county.at(day, 10, 20))


def _letter(county: DemoCounty, lead: Actor, school: UUID, code: str, day: date) -> None:
    """A letter to every household; some children are of the same."""
    children = len(_pupils(county, school))
    new = NewActivity(
        held_on=day,
        channel=LETTER,
        audience="学生家长",
        materials="《致家长的一封信》及回执",
        households=children - children // 12,
        id=county.new_id("letter", code, MONTH),
    )
    note_activity(lead, school, MONTH, new, today=day, now=county.at(day, 16, 5))


def _class_meetings(county: DemoCounty, lead: Actor, school: UUID, code: str, day: date) -> None:
    classes = tuple(each.id for each in county.classes if each.school_id == school)
    new = NewActivity(
        held_on=day,
        channel=CLASSES,
        place="各班教室",
        audience="全体学生",
        persons=len(_pupils(county, school)),
        units=classes,
        id=county.new_id("class meetings", code, MONTH),
    )
    note_activity(lead, school, MONTH, new, today=day, now=county.at(day, 16, 20))


def _report(county: DemoCounty, lead: Actor, school: UUID, code: str, day: date) -> None:
    text = LATE_REPORT if code == LATE_SCHOOL else REPORT
    new = NewCampaignReport(text, {}, id=county.new_id("campaign report", code, MONTH))
    report_campaign(lead, school, MONTH, new, today=day, now=county.at(day, 11, 15))


def _pupils(county: DemoCounty, school: UUID) -> list[UUID]:
    classes = (each.id for each in county.classes if each.school_id == school)
    return [child for each in classes for child in county.children_of(each)]


def _meet(county: DemoCounty, day: date) -> None:
    """The bureau's supervision meeting: who was there, and what each is to do until when."""
    clerk, head = county.actor("clerk", day), county.actor("bureau", day)
    decided = tuple(_decided(county, day))
    people = {head.person_id, clerk.person_id, *(each.owner[0] for each in decided)}
    said = SaidMeeting(
        id=county.new_id("supervision", day.year),
        unit_id=bureau(county),
        kind=MeetingKind.SUPERVISION,
        held_on=day,
        chair_id=_person(head),
        place="局三楼会议室",
        agenda=AGENDA,
        attendees=tuple(sorted((each for each in people if each), key=str)),
        decisions=decided,
    )
    with county.unless_refused():
        note_meeting(clerk, said, today=day, now=county.at(day, 17, 10))


def _decided(county: DemoCounty, day: date) -> Iterator[SaidDecision]:
    for text, role, name, due_on, _, _ in DECIDED:
        unit = _unit(county, name)
        owner = county.holder(role, unit, day) if unit else None
        if unit is not None and owner is not None:
            yield SaidDecision(text, (_person(owner), role, unit), due_on)


def _answer(
    county: DemoCounty, number: int, owner: tuple[Role, str], words: str, day: date
) -> None:
    role, name = owner
    unit = _unit(county, name)
    task = Decision.objects.filter(
        county=county.county_id,
        meeting=county.new_id("supervision", MET_ON.year),
        owner_role=role,
        owner_unit=unit,
    ).first()
    actor = county.holder(role, unit, day) if unit else None
    if task is not None and actor is not None:
        with county.unless_refused():
            answer_decision(actor, task.pk, words, today=day, now=county.at(day, 16, 30 + number))


def _unit(county: DemoCounty, name: str) -> UUID | None:
    """A school by its code, another unit by its name."""
    return county.schools.get(name) or county.units.get(name)


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise ValueError("the system holds no meetings")
    return actor.person_id
