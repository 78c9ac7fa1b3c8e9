"""The life of a contract by its facts, its terms, its text and its paper."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from notoneless.rules.calendar import Period
from notoneless.rules.contracts.clauses import Clause, LeftOut, Part
from notoneless.rules.contracts.holders import Holder, Passed, lines_of, signature_of
from notoneless.rules.contracts.kinds import ContractKind, Side
from notoneless.rules.contracts.paper import OnPaper, Signed, copies_of, sheet_of
from notoneless.rules.contracts.signing import NameDiffers, must_be_name
from notoneless.rules.contracts.states import (
    Act,
    Ending,
    Line,
    Stage,
    Standing,
    fold,
    may,
    standing_on,
)
from notoneless.rules.contracts.terms import USUAL, Effective, Span, Terms, period_of
from notoneless.rules.contracts.text import (
    ChildText,
    ClassText,
    ContractText,
    PartyText,
    as_wire,
    digest_of,
    from_wire,
)
from notoneless.rules.documents.blocks import PageBreak, texts_of
from notoneless.rules.policy.resolved import State

TODAY = date(2026, 11, 20)
A, B, C = (UUID(int=n) for n in range(1, 4))


def lines(**signed: bool) -> tuple[Line, ...]:
    """``a=True, b=False, b2=True``."""
    return tuple(Line(Side(key[0]), is_signed) for key, is_signed in signed.items())


@pytest.mark.req("R-174", "R-176")
@pytest.mark.parametrize(
    ("signed", "stage"),
    [
        ({"a": False, "b": False}, Stage.DRAFT),
        ({"a": True, "b": False}, Stage.SIGNED_A),
        ({"a": False, "b": True}, Stage.SIGNED_B),
        ({"a": True, "b": True}, Stage.SIGNED),
        ({"a": True, "b1": True, "b2": False}, Stage.SIGNED_A),
        ({"a1": True, "a2": False, "b": True}, Stage.SIGNED_B),
    ],
)
def test_a_side_has_signed_when_all_its_lines_have(signed: dict[str, bool], stage: Stage):
    assert fold(lines(**signed)) is stage


def test_what_ended_stays_ended_and_is_archived_with_its_place():
    both = lines(a=True, b=True)

    assert fold(both, ending=Ending.WITHDRAWN) is Stage.WITHDRAWN
    assert fold(both, ending=Ending.SETTLED) is Stage.SETTLED
    assert fold(both, ending=Ending.SETTLED, is_filed=True) is Stage.ARCHIVED
    assert fold(both, is_filed=True) is Stage.SIGNED


@pytest.mark.req("R-176")
@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2026, 11, 19), Standing.SIGNED),
        (date(2026, 11, 20), Standing.IN_FORCE),
        (date(2027, 8, 31), Standing.IN_FORCE),
        (date(2027, 9, 1), Standing.EXPIRED),
    ],
)
def test_it_holds_from_its_first_day_to_the_day_before_its_end(today: date, standing: Standing):
    to_on = date(2027, 9, 1)

    assert standing_on(Stage.SIGNED, in_force_on=TODAY, to_on=to_on, today=today) is standing


def test_one_that_was_never_signed_lapses_and_one_without_an_end_does_not():
    end = date(2027, 9, 1)

    assert standing_on(Stage.SIGNED_A, in_force_on=None, to_on=end, today=end) is Standing.LAPSED
    assert standing_on(Stage.DRAFT, in_force_on=None, to_on=None, today=end) is Standing.DRAFT


@pytest.mark.parametrize(
    ("act", "yes", "no"),
    [
        (Act.SIGN, Standing.SIGNED_A, Standing.IN_FORCE),
        (Act.SIGN, Standing.DRAFT, Standing.LAPSED),
        (Act.SUCCEED, Standing.IN_FORCE, Standing.EXPIRED),
        (Act.AMEND, Standing.IN_FORCE, Standing.DRAFT),
        (Act.FILE, Standing.IN_FORCE, Standing.SIGNED_A),
        (Act.SETTLE, Standing.EXPIRED, Standing.SETTLED),
        (Act.WITHDRAW, Standing.SIGNED_B, Standing.SIGNED),
    ],
)
def test_what_may_follow_what(act: Act, yes: Standing, no: Standing):
    assert may(act, yes)
    assert not may(act, no)


@pytest.mark.req("R-177")
def test_a_line_that_passed_on_is_signed_by_the_older_hand_if_it_carries_over():
    holders = [Holder(A, Side.A, 1, True), Holder(B, Side.B, 1, False), Holder(C, Side.B, 1, True)]
    signed = {A, B}

    carried = {C: Passed(B, carries=True)}
    anew = {C: Passed(B, carries=False)}
    assert [each.is_signed for each in lines_of(holders, carried, signed)] == [True, True]
    assert [each.is_signed for each in lines_of(holders, anew, signed)] == [True, False]
    assert signature_of(C, carried, signed) == B


@pytest.mark.req("R-176", "P-S1-3.08", "P-S1-15.01")
def test_periods_run_by_school_year_calendar_year_term_or_until_the_pupil_leaves():
    autumn = Period("第一学期", date(2026, 9, 1), date(2027, 1, 23))
    spring = Period("第二学期", date(2027, 3, 1), date(2027, 7, 10))

    def of(span: Span, term: Period | None = None):
        return period_of(span, school_year=2026, term=term, today=TODAY)

    assert of(Span.SCHOOL_YEAR) == (date(2026, 9, 1), date(2027, 9, 1), 0)
    assert of(Span.YEAR) == (date(2026, 1, 1), date(2027, 1, 1), 0)
    assert of(Span.TERM, autumn) == (autumn.from_on, autumn.to_on, 1)
    assert of(Span.TERM, spring) == (spring.from_on, spring.to_on, 2)
    assert of(Span.TERM) == (date(2026, 9, 1), date(2027, 9, 1), 0)
    assert of(Span.NEW_INTAKE) == (date(2026, 9, 1), None, 0)


@pytest.mark.parametrize("typed", ["陈小满", " 陈 小满 ", "陈小满\u3000"])
def test_a_typed_name_may_have_spaces(typed: str):
    assert must_be_name(typed, "陈小满") == typed.strip()


@pytest.mark.parametrize(("typed", "name"), [("", "陈小满"), ("陈小曼", "陈小满"), ("", "")])
def test_another_name_is_refused(typed: str, name: str):
    with pytest.raises(NameDiffers):
        must_be_name(typed, name)


def text(**more) -> ContractText:
    given = {
        "kind": ContractKind.SCHOOL_CLASS_TEACHER,
        "school_year": 2026,
        "from_on": date(2026, 9, 1),
        "to_on": date(2027, 9, 1),
        "terms": USUAL,
        "parties": (
            PartyText(Side.A, 1, "石桥乡中心小学", "校长", "覃志学", True),
            PartyText(Side.B, 1, "三年级（1）班", "班主任", "陈小满"),
        ),
        "clauses": (Clause(Part.TARGETS, "班级学生巩固率达到100%。"),),
        "left_out": (LeftOut("reward", "班级达标奖", State.NO_LEGAL_BASIS),),
        "school_class": ClassText("三年级", "三年级（1）班", 42),
    }
    return ContractText(**{**given, **more})


def test_the_frozen_text_is_read_as_it_was_written_and_any_change_shows_in_its_hash():
    found = text()
    family = text(
        kind=ContractKind.GUARDIAN, to_on=None, child=ChildText("吴小兰", "石桥乡中心小学", "1班")
    )

    assert from_wire(as_wire(found)) == found
    assert from_wire(as_wire(family)) == family
    assert digest_of(as_wire(found)) == digest_of(as_wire(text()))
    assert digest_of(as_wire(found)) != digest_of(as_wire(text(to_on=date(2027, 9, 2))))


def said(found: ContractText, on_paper: OnPaper | None = None) -> str:
    return "\n".join(texts_of(sheet_of(found, on_paper or OnPaper())))


@pytest.mark.req("R-174", "R-176", "R-179")
def test_the_paper_says_class_and_pupils_its_period_copies_and_who_signs():
    told = said(text(), OnPaper(number="〔2026〕3号"))

    for words in (
        "〔2026〕3号",
        "学校与班主任控辍保学目标责任书",
        "三年级（1）班",
        "42 人",
        "学年末学生数",
        "自双方签字之日起生效，至 2027 年 8 月 31 日 止",
        "一式 2 份",
        "由接任人继续履行",
        "甲方（石桥乡中心小学，校长）",
        "甲方盖章：石桥乡中心小学",
    ):
        assert words in told


@pytest.mark.req("R-308")
def test_the_paper_says_what_is_left_out_and_why():
    assert "不作为考核和奖惩的依据：班级达标奖（没有录入法定依据，放行以前不生效）" in said(text())


@pytest.mark.req("R-176", "R-177")
def test_the_paper_says_other_terms_as_they_are():
    terms = Terms(Span.NEW_INTAKE, Effective.FROM_START, 3, goes_on=False)
    told = said(text(terms=terms, to_on=None))

    assert "自 2026 年 9 月 1 日 起生效，至学生离校为止" in told
    assert "由接任人重新签字" in told
    assert "一式 3 份" in told


def test_signatures_witnesses_and_the_count_at_the_end_stand_on_the_paper():
    signed = Signed(Side.B, 1, "陈小满", TODAY, "电子签名", "韦素芬")
    told = said(text(), OnPaper(signed=(signed,), pupils_at_end=41, amendments=("加一条",)))

    assert "乙方 陈小满 于 2026 年 11 月 20 日 电子签名，见证人 韦素芬" in told
    assert "41 人" in told
    assert "补充约定1：加一条" in told


@pytest.mark.req("R-174")
def test_each_copy_begins_a_page():
    sheet = sheet_of(text())

    breaks = [each for each in copies_of([(sheet, 2), (sheet, 1)]).blocks if each == PageBreak()]
    assert len(breaks) == 2


@pytest.mark.req("R-174")
def test_a_familys_contract_bears_the_schools_seal():
    child = ChildText("吴小兰", "石桥乡中心小学", "三年级（1）班")
    teacher = PartyText(Side.A, 1, "石桥乡中心小学三年级（1）班", "班主任", "陈小满", True)

    assert "甲方盖章：石桥乡中心小学\n" in said(text(child=child, parties=(teacher,))) + "\n"
