"""The table of the ladder says what the requirements say, arrow by arrow."""

from __future__ import annotations

import pytest

from notoneless.rules.cases.kinds import (
    AWAY,
    BACK,
    CASE_STATES,
    CLOSED,
    GOVERNMENT,
    OPEN,
    Level,
    State,
    StepKind,
)
from notoneless.rules.cases.ladder import BY_TID, TABLE, Guard, Record, transition_of
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.roles import Capability

S = State
ARROWS = (
    ("T01", S.ATTENDING, S.LESSON_ABSENT),
    ("T02", S.ATTENDING, S.DAY_ABSENT),
    ("T02", S.LESSON_ABSENT, S.DAY_ABSENT),
    ("T03", S.DAY_ABSENT, S.EXCUSED),
    ("T04", S.LESSON_ABSENT, S.CONTACTED),
    ("T04", S.DAY_ABSENT, S.CONTACTED),
    ("T05", S.CONTACTED, S.ATTENDING),
    ("T05", S.EXCUSED, S.ATTENDING),
    ("T06", S.ATTENDING, S.TENDENCY),
    ("T07", S.TENDENCY, S.ATTENDING),
    ("T08", S.ATTENDING, S.DAY_ABSENT),
    ("T09", S.DAY_ABSENT, S.SUSPECTED),
    ("T10", S.SUSPECTED, S.CONFIRMED),
    ("T12", S.SUSPECTED, S.MOBILISING),
    ("T12", S.CONFIRMED, S.MOBILISING),
    ("T13", S.MOBILISING, S.PERSUADED_LETTER),
    ("T14", S.MOBILISING, S.REPORTED),
    ("T14", S.PERSUADED_LETTER, S.REPORTED),
    ("T15", S.REPORTED, S.NOTICE_SERVED),
    ("T16", S.NOTICE_SERVED, S.NOTICE_EXPIRED),
    ("T17", S.NOTICE_SERVED, S.PENALISED),
    ("T17", S.NOTICE_EXPIRED, S.PENALISED),
    ("T18", S.PENALISED, S.JUDICIAL),
    ("T18", S.NOTICE_EXPIRED, S.JUDICIAL),
    *(("T19", state, S.RETURNED) for state in AWAY),
    ("T20", S.NOTICE_SERVED, S.RETURNED),
    ("T20", S.PENALISED, S.RETURNED),
    ("T20", S.JUDICIAL, S.RETURNED),
    ("T21", S.RETURNED, S.WATCH),
    ("T22", S.WATCH, S.MOBILISING),
    ("T23", S.WATCH, S.ATTENDING),
    *(("T24", state, S.CLOSED_OTHER) for state in OPEN),
    *(("T25", state, S.YEAR_END_OPEN) for state in AWAY),
)
"""§7.1, row by row. Between notice and penalty the law puts the order (national rules §1.2)."""
TARGETS = {
    "T09": {S.SUSPECTED},
    "T10": {S.CONFIRMED},
    "T11": set(),
    "T12": {S.MOBILISING},
    "T13": {S.PERSUADED_LETTER},
    "T14": {S.REPORTED},
    "T15": {S.NOTICE_SERVED},
    "T16": {S.NOTICE_EXPIRED},
    "T17": {S.ORDERED, S.ORDER_EXPIRED, S.PENALISED},
    "T18": {S.JUDICIAL},
    "T19": {S.RETURNED},
    "T20": {S.RETURNED},
    "T21": {S.WATCH},
    "T22": {S.MOBILISING},
    "T23": {S.ATTENDING},
    "T24": {S.CLOSED_OTHER},
    "T25": {S.YEAR_END_OPEN},
    "T26": set(),
}
CASE_ROWS = [row for row in TABLE if row.step is not None]
ROW_IDS = [row.tid for row in CASE_ROWS]


def family(tid):
    """The row of a T-number and what the law hangs on it."""
    return [row for row in TABLE if row.tid.split(".")[0] == tid]


def reaches(rows, source, target):
    """Whether steps of these rows lead from one state to another."""
    seen, front = set(), {source}
    while front:
        seen |= front
        front = {r.target for r in rows for s in front if s in r.sources and r.target} - seen
    return target in seen


@pytest.mark.req(*(f"T{number:02d}" for number in range(1, 27)))
def test_every_transition_of_the_plan_is_in_the_table_and_nothing_twice():
    assert [tid for tid in BY_TID if tid[0] == "T" and "." not in tid] == sorted(
        f"T{number:02d}" for number in range(1, 27)
    )
    assert len(BY_TID) == len(TABLE)


@pytest.mark.parametrize(("tid", "source", "target"), ARROWS)
def test_each_arrow_of_the_plan_can_be_gone(tid, source, target):
    assert reaches(family(tid), source, target)


@pytest.mark.parametrize("tid", TARGETS)
def test_no_row_leads_where_the_plan_has_no_arrow(tid):
    assert {row.target for row in family(tid)} - {None} == TARGETS[tid]


@pytest.mark.req("T26")
def test_a_sub_case_leaves_the_case_where_it_is_wherever_that_is():
    assert {row.sources for row in family("T26")} == {OPEN}


@pytest.mark.parametrize("row", CASE_ROWS, ids=ROW_IDS)
def test_no_step_of_a_case_leads_out_of_a_closed_state(row):
    """One is taken in it: the plan of a child that stayed is looked at again after the end."""
    after_the_end = set(row.sources) & set(CLOSED)

    assert after_the_end == ({State.ATTENDING} if row.tid == "T21.reviewed" else set())
    assert not after_the_end or row.target is None


@pytest.mark.parametrize("row", CASE_ROWS, ids=ROW_IDS)
def test_only_the_opening_begins_before_the_case(row):
    assert row.tid == "T09" or set(row.sources) <= {*OPEN, *CLOSED}


@pytest.mark.parametrize("row", [row for row in TABLE if row.step is None], ids=lambda row: row.tid)
def test_rows_without_a_step_are_said_by_rolls_contacts_and_signs(row):
    assert int(row.tid[1:]) <= 8
    assert not set(row.sources) & set(OPEN)
    assert row.record in {Record.ROLL, Record.CONTACT, Record.LEAVE, Record.SIGN}


@pytest.mark.parametrize("step", StepKind)
def test_every_kind_of_step_has_its_row(step):
    assert transition_of(step).step is step


@pytest.mark.req("T23", "T24", "R-120")
def test_an_end_with_a_return_and_an_end_without_one_are_two_rows():
    assert transition_of(StepKind.CLOSED).tid == "T23"
    assert transition_of(StepKind.CLOSED, leaves=True).tid == "T24"
    assert transition_of(StepKind.RETURNED, leaves=True).tid == "T19"


@pytest.mark.req("T15", "T17", "T18")
def test_notice_order_penalty_demand_and_court_belong_to_township_and_county():
    for tid in ("T15.issued", "T17.order", "T17", "T18.demand", "T18.enforcement", "T18"):
        assert BY_TID[tid].actors == GOVERNMENT, tid


@pytest.mark.req("T17", "T18")
def test_whoever_orders_penalises_or_goes_to_court_needs_that_very_right():
    needs = {row.step for row in CASE_ROWS if row.needs is Capability.ORDER_GUARDIANS}

    assert needs == {
        StepKind.STATEMENT_HEARD,
        StepKind.ORDER_ISSUED,
        StepKind.PENALTY_ISSUED,
        StepKind.DEMAND_ISSUED,
        StepKind.APPLIED_TO_COURT,
        StepKind.SUED,
    }


def test_time_takes_steps_alone_and_nobody_else_takes_them():
    alone = {row.tid for row in CASE_ROWS if row.actors == {Level.SYSTEM}}

    assert alone == {"T16", "T17.order_expired", "T25"}
    assert {row.record for row in CASE_ROWS if row.tid in alone} == {Record.TIME}


def test_papers_reach_the_guardian_only_where_nobody_asks_for_silence():
    served = {row.tid for row in CASE_ROWS if row.record is Record.SERVICE}

    assert {row.tid for row in CASE_ROWS if row.guard is Guard.NOT_SILENCED} >= served | {
        "T17.heard"
    }


@pytest.mark.parametrize("row", [row for row in TABLE if row.clock], ids=lambda row: row.tid)
def test_every_clock_is_a_parameter_that_a_place_can_set(row):
    assert row.clock in PARAMETERS


def test_states_that_a_case_can_have_are_in_the_order_of_the_ladder():
    assert [state for state in State if state in AWAY] == list(AWAY)
    assert (*AWAY, *BACK, *CLOSED) == CASE_STATES
    assert S.YEAR_END_OPEN not in CASE_STATES


@pytest.mark.req("T10", "T14", "T15", "T17", "T18", "T21", "T23")
@pytest.mark.parametrize(
    ("step", "paper"),
    [
        ("determined", DocumentKind.DROPOUT_REGISTER),
        ("reported_to_school", DocumentKind.CLASS_REPORT),
        ("letter_served", DocumentKind.PERSUASION_LETTER),
        ("reported", DocumentKind.DROPOUT_REPORT),
        ("notice_issued", DocumentKind.RETURN_NOTICE),
        ("order_issued", DocumentKind.CORRECTION_ORDER),
        ("penalty_issued", DocumentKind.PENALTY_DECISION),
        ("demand_issued", DocumentKind.DEMAND),
        ("applied_to_court", DocumentKind.ENFORCEMENT_APPLICATION),
        ("sued", DocumentKind.CIVIL_COMPLAINT),
        ("returned", DocumentKind.RETURN_REGISTRATION),
        ("return_reported", DocumentKind.RETURN_REPORT),
        ("placed", DocumentKind.PLACEMENT_PLAN),
        ("closed", DocumentKind.CLOSING_APPROVAL),
    ],
)
def test_each_step_has_the_paper_that_the_plan_names(step, paper):
    assert transition_of(StepKind(step)).paper is paper
