"""Many open cases of before at once: good rows go on, bad rows say what and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.cases.models import Case
from notoneless.documents.models import Document
from notoneless.flows.cases.balance_lists import (
    LONGEST_LIST,
    BalanceListTooLong,
    ListedTwice,
    PupilAmbiguous,
    PupilUnknown,
    bring_in_list,
)
from notoneless.flows.cases.refusals import CaseOpenAlready, PapersFaulty, StepOutOfTime
from notoneless.rules.cases.balance_list import (
    STAGES,
    BalanceRow,
    Fault,
    cases_in,
    faults_in,
    faults_of,
    read_rows,
)
from notoneless.rules.cases.balances import PaperFault
from notoneless.rules.cases.kinds import AWAY, State
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.vault.sealing import blind_index
from tests.attendance.register import MON, at
from tests.cases.desk import case_of
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = pytest.mark.req("R-101")
HEAD = [
    *["姓名", "学籍号", "不在校自", "办到哪一步", "这一步的日期", "依据"],
    *["文书", "文号", "发文机关", "文书日期", "送达日期", "送达方式", "期限"],
]
NOTICE = ["返校通知书", "石政返校通〔2026〕8号", "", "2026-11-12", "2026-11-13", "直接送达"]
LAN = [
    *["吴小兰", "", "2026-10-08", "返校通知已送达", "2026年11月13日", "第七卷"],
    *[*NOTICE, "2026/11/20"],
]


def test_headings_in_any_order_and_dates_in_any_form_are_read():
    (row,) = read_rows(
        [["依据", "姓名", "不在校自"], [], ["第七卷", " 吴小兰 ", "２０２６－１０－０８"]]
    )

    assert (row.row, row.name, row.words) == (3, "吴小兰", "第七卷")
    assert row.day("away_since") == date(2026, 10, 8)


def test_a_list_without_headings_has_the_columns_in_order():
    (row,) = read_rows([LAN])

    assert (row.name, row.stage, row.deadline_on) == ("吴小兰", State.NOTICE_SERVED, "2026/11/20")
    assert row.kind is DocumentKind.RETURN_NOTICE
    assert faults_of(row) == []


def test_a_date_cell_of_a_sheet_is_a_day():
    (row,) = read_rows([HEAD, [*LAN[:2], "2026-10-08 00:00:00", *LAN[3:]]])

    assert row.day("away_since") == date(2026, 10, 8)


def test_each_stage_in_which_a_child_is_away_has_an_offices_word():
    assert set(STAGES.values()) == set(AWAY)


def test_a_row_tells_all_that_is_wrong_with_it_at_once():
    row = BalanceRow(2, "", away_since="九月", state="办了", state_since="", words="卷")
    assert faults_of(row) == [Fault.NAME, Fault.AWAY, Fault.STATE, Fault.SINCE, Fault.WORDS]


def test_a_row_that_tells_of_a_paper_tells_all_of_it():
    bare = BalanceRow(2, "吴小兰", "", "2026-10-08", "已书面报告", "2026-11-13", "第七卷")
    assert faults_of(bare) == []
    assert faults_of(replace(bare, paper_number="3号")) == [Fault.PAPER, Fault.ISSUED]
    odd = replace(
        bare, paper="通知", issued_on="九月", served_on="十月", method="送了", deadline_on="x"
    )
    assert faults_of(odd) == [
        *(Fault.PAPER, Fault.NUMBER, Fault.ISSUED, Fault.SERVED, Fault.METHOD, Fault.DEADLINE),
    ]


def test_a_service_without_its_day_and_a_day_without_its_way_are_faults():
    row = BalanceRow(2, "吴小兰", "", "2026-10-08", "已书面报告", "2026-11-13", "第七卷")
    paper = replace(row, paper="《辍学报告书》", paper_number="无文号", issued_on="2026-11-13")
    assert faults_of(paper) == []
    assert faults_of(replace(paper, method="邮寄送达")) == [Fault.METHOD]
    assert faults_of(replace(paper, served_on="2026-11-13")) == [Fault.METHOD]


def test_rows_with_nothing_but_a_paper_belong_to_the_case_above():
    more = ["吴小兰", "", "", "", "", "", "责改", "1号", "", "2026-11-14"]
    first, second = cases_in(read_rows([LAN, more, ["", *more[1:]], ["杨大刚", *more[1:]]]))

    assert [row.row for row in first.further] == [2, 3]
    assert faults_in(first) == [(row, Fault.PAPER) for row in first.further]
    assert faults_in(second)[0] == (second.head, Fault.ALONE)


def bring(v: Village, *rows, by="wei", dry_run=False):
    lines = read_rows([HEAD, *rows])
    return bring_in_list(v.actor(by, today=MON), lines, dry_run=dry_run, today=MON, now=at(MON, 10))


def numbered_child(v: Village, key: str, name: str, number: str) -> None:
    index = blind_index(number, kind="student_number")
    v.enrol(key, name, "primary-2", student_number=number, student_number_index=index)


@pytest.fixture
def v(village: Village) -> Village:
    return under(village, S1_29)


@pytest.mark.django_db
def test_a_preview_writes_nothing_and_says_what_would_stop_each_row(v):
    answers = bring(v, LAN, ["无此人", *LAN[1:]], dry_run=True)

    assert [answer.is_good for answer in answers] == [True, False]
    assert isinstance(answers[1].refusal, PupilUnknown)
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_good_rows_go_on_where_others_are_bad(v):
    gang = ["杨大刚", "", "2026-10-08", "已书面报告", "2026-11-02", "第八卷"]
    answers = bring(v, LAN, ["", *LAN[1:]], gang, [*gang[:4], "2026-09-01", "第八卷"])

    assert [answer.is_good for answer in answers] == [True, False, True, False]
    assert case_of(v).state == State.NOTICE_SERVED
    assert case_of(v, "gang").state == State.REPORTED
    assert isinstance(answers[3].refusal, ListedTwice)


@pytest.mark.django_db
def test_the_same_list_sent_twice_opens_each_case_once(v):
    first, second = bring(v, LAN), bring(v, LAN)

    assert second[0].is_good
    assert first[0].case_id == second[0].case_id
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_child_that_has_a_case_is_refused_in_the_preview_too(v):
    bring(v, LAN)
    (answer,) = bring(v, [*LAN[:2], "2026-10-09", *LAN[3:]], dry_run=True)

    assert isinstance(answer.refusal, CaseOpenAlready)


@pytest.mark.django_db
def test_a_day_out_of_order_is_refused_and_the_first_day_itself_is_not(v):
    (early,) = bring(v, [*LAN[:4], "2026-10-07", *LAN[5:]], dry_run=True)
    (same,) = bring(v, [*LAN[:4], "2026-10-08", *LAN[5:]], dry_run=True)
    (late,) = bring(v, [*LAN[:4], (MON + timedelta(days=1)).isoformat(), *LAN[5:]], dry_run=True)

    assert isinstance(early.refusal, StepOutOfTime)
    assert same.is_good
    assert isinstance(late.refusal, StepOutOfTime)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({12: "2026-11-12"}, PaperFault.DEADLINE_EARLY),
        ({12: "2026-11-13"}, None),
        ({12: ""}, PaperFault.NO_DEADLINE),
        ({9: "2026-10-07"}, PaperFault.BEFORE_ABSENCE),
        ({9: "2026-10-08"}, None),
        ({9: "2026-11-14"}, PaperFault.SERVED_EARLY),
        ({9: "2026-11-13"}, None),
        ({10: "2026-11-17", 12: "2026-11-20"}, PaperFault.IN_FUTURE),
        ({10: "2026-11-16", 12: "2026-11-20"}, None),
        ({10: "", 11: ""}, PaperFault.NOT_SERVED),
        ({3: "已书面报告"}, PaperFault.BEYOND),
    ],
)
def test_the_days_of_a_paper_follow_each_other(v, changed, fault):
    row = [changed.get(place, cell) for place, cell in enumerate(LAN)]
    (answer,) = bring(v, row, dry_run=True)

    if fault is None:
        assert answer.is_good
    else:
        assert isinstance(answer.refusal, PapersFaulty)
        assert answer.refusal.faults == ((DocumentKind.RETURN_NOTICE, fault),)


@pytest.mark.django_db
def test_a_stage_without_the_paper_it_stands_on_is_refused(v):
    (answer,) = bring(v, LAN[:6], dry_run=True)

    assert isinstance(answer.refusal, PapersFaulty)
    assert answer.refusal.faults == ((DocumentKind.RETURN_NOTICE, PaperFault.LACKING),)


@pytest.mark.django_db
def test_one_bad_paper_leaves_its_case_out_and_names_its_own_row(v):
    letter = ["吴小兰", "", "", "", "", "", "劝学书", "3号", "天上镇", "2026-10-09"]
    (answer,) = bring(v, LAN, letter)

    assert [(row.row, fault) for row, fault in answer.faults] == [(3, Fault.OFFICE)]
    assert not Case.objects.exists()
    (good,) = bring(v, LAN, [*letter[:8], "石桥乡中心小学", "2026-10-09", "2026-10-10", "留置送达"])
    assert good.is_good
    papers = Document.objects.filter(file_id=good.case_id).order_by("issued_on")
    assert [paper.form_name for paper in papers] == ["劝学书", "辍学学生返校通知书"]
    assert [paper.office.name for paper in papers] == ["石桥乡中心小学", "石桥乡"]


@pytest.mark.django_db
def test_a_name_that_two_bear_needs_a_number(v):
    numbered_child(v, "lan2", "吴小兰", "G539901201803120021")
    (named,) = bring(v, LAN, dry_run=True)
    (numbered,) = bring(v, ["吴小兰", "G539901201803120021", *LAN[2:]])

    assert isinstance(named.refusal, PupilAmbiguous)
    assert numbered.is_good
    assert Case.objects.get().child_id == v.children["lan2"].pk


@pytest.mark.django_db
def test_a_number_that_is_another_childs_finds_nobody(v):
    numbered_child(v, "ming", "小明", "G539901201803120022")
    assert bring(v, ["小明", "G539901201803120022", *LAN[2:]], dry_run=True)[0].is_good
    (answer,) = bring(v, ["吴小兰", "G539901201803120022", *LAN[2:]], dry_run=True)

    assert isinstance(answer.refusal, PupilUnknown)


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["chen", "xiang", "long", "shao", "mo"])
def test_only_who_brings_rosters_in_brings_cases_in(v, by):
    with pytest.raises(NotAllowed):
        bring(v, LAN, by=by)


@pytest.mark.django_db
def test_another_schools_clerk_finds_no_such_pupil_and_the_county_does(v):
    (elsewhere,) = bring(v, LAN, by="tan", dry_run=True)

    assert isinstance(elsewhere.refusal, PupilUnknown)
    assert bring(v, LAN, by="lu")[0].is_good


@pytest.mark.django_db
def test_a_list_that_is_too_long_is_refused_whole(v):
    with pytest.raises(BalanceListTooLong):
        bring(v, *[LAN] * (LONGEST_LIST + 1))
