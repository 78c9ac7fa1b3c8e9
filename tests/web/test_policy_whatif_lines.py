"""Vetoes and money under another plan, on children whom a real case says to be lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from notoneless.flows.whatif.running import Answer, LineDifference, Question, Vacancy, try_out
from notoneless.flows.whatif.showing import shown_to
from notoneless.flows.whatif.wire import answer_in, answer_out
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.roles import Role
from tests.attendance.register import MON, TUE, WED, call
from tests.cases.desk import case_of, family, look, take
from tests.cases.story import TUESDAY, WEDNESDAY
from tests.consequences.desk import release_all
from tests.duties.desk import S1_29, adopt_pack, under
from tests.world import TERM_START, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-302", "R-199", "R-204")]
HERE, OTHER = "S1-19/2026", "S0-5/2026"
UNTIL_TUESDAY = Period(TERM_START, TUESDAY)


def lost(v: Village, *names: str) -> Village:
    """The county follows S1-29 and the primary school S1-19, which the justice office has
    released; each of ``names`` stayed away, and was determined on Wednesday to have dropped out.
    """
    under(family(v), S1_29)
    adopt_pack(v, HERE, where="primary")
    v.employ("tong", "童小兵", Role.ATTACHED_TEACHER, "primary-1")
    release_all(v, "S1-19", at="primary")
    for day in (MON, TUE):
        call(v, day, *names)
    look(v, TUE)
    said: dict[str, Any] = {"result": "dropped_out", "criteria": "连续三日无故未到校"}
    for name in names:
        take(v, StepKind.DETERMINED, by="qin", day=WED, child=name, **said)
        assert case_of(v, name).confirmed_on == WED
    return v


def tried(v: Village, pack: str = OTHER, *, by: str = "qin") -> Answer:
    question = Question(v.units["primary"].pk, UNTIL_TUESDAY, shipped_packs()[pack])
    actor = v.actor(by, today=WEDNESDAY)
    return try_out(actor, question, today=WEDNESDAY, is_over=lambda: False)


def of_kind(answer: Answer, kind: Kind) -> dict[str, LineDifference]:
    return {line.name or line.role: line for line in answer.lines if line.kind == kind}


def test_one_loss_is_money_here_and_a_veto_there(village: Village):
    answer = tried(lost(village, "lan"))

    charges, vetoes = of_kind(answer, Kind.CHARGE), of_kind(answer, Kind.VETO)
    assert set(charges) == {"陈小满", "童小兵"}
    assert {line.before and line.before.fen for line in charges.values()} == {-2500}
    assert {line.after for line in charges.values()} == {None}
    assert set(vetoes) == {"陈小满", "subject_teachers"}
    theirs = vetoes["陈小满"]
    assert (theirs.before, theirs.unit_id) == (None, village.units["primary-1"].pk)
    assert theirs.after is not None
    assert theirs.after.honours == ("model_title", "merit_appraisal", "promotion")
    assert theirs.children == (village.lan.pk,)


def test_a_rule_whose_role_nobody_held_says_so_in_the_list_and_above_it(village: Village, browse):
    lost(village, "lan")
    answer = tried(village)
    vetoes = of_kind(answer, Kind.VETO)

    assert vetoes["subject_teachers"].after is not None
    assert vetoes["subject_teachers"].after.is_vacant
    assert Vacancy("subject_teachers", village.units["primary-1"].pk) in answer.vacant
    asked = {
        "place": village.units["primary"].pk,
        "since": TERM_START,
        "until": TUESDAY,
        "other": f"pack:{OTHER}",
    }
    page = browse("qin", WEDNESDAY).get("/policy/what-if/", asked).content.decode()
    assert "这些岗位没有人担任" in page
    assert "（没有人担任，不生效）" in page


def test_two_losses_are_a_veto_under_both_that_blocks_other_honours(village: Village):
    answer = tried(lost(village, "lan", "gang"))

    both = {village.lan.pk, village.children["gang"].pk}
    charges, vetoes = of_kind(answer, Kind.CHARGE), of_kind(answer, Kind.VETO)
    assert {line.before and line.before.fen for line in charges.values()} == {-10_000}
    assert set(vetoes) == {"class", "陈小满", "童小兵", "subject_teachers"}
    theirs = vetoes["陈小满"]
    assert theirs.before is not None
    assert theirs.after is not None
    assert theirs.before.honours == ("excellent_class", "advanced_title")
    assert theirs.after.honours == ("model_title", "merit_appraisal", "promotion")
    assert vetoes["class"].after is None
    assert vetoes["subject_teachers"].before is None
    assert {child for line in vetoes.values() for child in line.children} == both


@pytest.mark.req("R-308")
def test_what_the_justice_office_has_released_holds_and_the_other_plans_veto_is_off(
    village: Village,
):
    answer = tried(lost(village, "lan", "gang"))

    for line in answer.lines:
        if line.kind in (Kind.CHARGE, Kind.VETO):
            # The release covers the very value of S1-19, not what S0-5 says under the same key.
            assert line.before is None or line.before.is_on, line
            assert line.after is None or not line.after.is_on, line


def test_the_plan_that_holds_already_brings_no_other_line(village: Village):
    assert tried(lost(village, "lan", "gang"), HERE).lines == []


def test_nothing_is_written_while_lines_are_compared(village: Village):
    lost(village, "lan", "gang")
    tables = [model for model in apps.get_models() if model._meta.managed]
    before = {model: list(model._default_manager.order_by("pk").values()) for model in tables}

    assert tried(village).lines

    for model, rows in before.items():
        assert list(model._default_manager.order_by("pk").values()) == rows, model


def test_lines_come_back_from_the_wire_with_the_children_behind_them(village: Village):
    answer = tried(lost(village, "lan"))

    assert answer_in(answer_out(answer)) == answer
    assert village.lan.name not in answer_out(answer)


def test_children_behind_a_line_are_named_to_those_who_see_their_cases(village: Village):
    answer = tried(lost(village, "lan"))

    def behind(who: str) -> set[tuple[tuple[str, ...], int]]:
        actor = village.actor(who, today=WEDNESDAY)
        shown = shown_to(actor, answer, most=100, today=WEDNESDAY)
        rows = [row for row in shown.lines if row.each.kind == Kind.CHARGE]
        assert {row.at.school_name for row in rows} == {"石桥乡中心小学"}
        return {(tuple(name for _pk, name in row.children), row.unnamed) for row in rows}

    assert behind("qin") == {(("吴小兰",), 0)}
    assert behind("tan") == {((), 1)}


def test_the_page_has_the_sums_first_and_then_each_line_with_its_child(village: Village, browse):
    lost(village, "lan")
    asked: dict[str, Any] = {
        "place": village.units["primary"].pk,
        "since": TERM_START,
        "until": TUESDAY,
        "other": f"pack:{OTHER}",
    }
    browser: Client = browse("qin", WEDNESDAY)

    html = browser.get("/policy/what-if/", asked).content.decode()

    lines = html.index('<caption class="visually-hidden">否决和奖惩</caption>')
    assert html.index("2 项、-50 元") < lines
    assert html.index("2 项未启用") < lines
    table = html[lines:]
    for words in ("罚款", "-25 元", "陈小满", "一票否决", "（未启用）", "吴小兰", "石桥乡中心小学"):
        assert words in table, words
