"""The looks of minute and night: read together, written only where something differs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notoneless.cases.models import Case
from notoneless.cases.services.turns import note_planned
from notoneless.duties.models import Duty, DutyChange, RuleHole
from notoneless.flows.cases.looking_after import would_change
from notoneless.journal.models import Entry
from notoneless.rules.cases.kinds import State, StepKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from tests.attendance.register import MON, NEXT_MON, THU, TUE, WED, at, call
from tests.cases.desk import case_of, look, state_of, steps_of, take
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = pytest.mark.django_db
K = StepKind
EVERYBODY = ("lan", "gang", "yan", "an", "hua", "ping")


@pytest.fixture
def village(village: Village) -> Village:
    for number, key in enumerate(("an", "hua", "ping")):
        village.enrol(key, f"韦{number}娃", "primary-1", sex="1")
    return village


def lost(v: Village, *names: str, **plan: Any) -> Village:
    """These children were away on Monday and Tuesday; their cases stand planned."""
    under(v, S1_29, **plan)
    for day in (MON, TUE):
        call(v, day, *(name for name in names if name != "yan"))
        call(v, day, *(name for name in names if name == "yan"), at="primary-2", by="qin")
    look(v, TUE, everything=True)
    return v


def statements(v: Village, *, everything: bool, hour: int = 22) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        look(v, TUE, hour=hour, everything=everything)
    return [query["sql"] for query in queries]


def everything_kept() -> list[object]:
    duties = Duty.objects.order_by("pk").values_list("pk", "state", "due_on", "late_since")
    cases = Case.objects.order_by("pk").values_list("pk", "state", "planned_at", "turn_role")
    return [*duties, *cases, Entry.objects.count(), DutyChange.objects.count()]


@pytest.mark.parametrize("names", [("lan",), EVERYBODY])
def test_a_night_without_news_costs_a_batch_the_same_however_many_cases(village: Village, names):
    lost(village, *names)
    assert Case.objects.count() == len(names)
    before = everything_kept()

    asked = statements(village, everything=True)

    assert len(asked) == 15
    assert all(sql.lstrip("(").startswith("SELECT") for sql in asked)
    assert everything_kept() == before


def test_a_minute_without_news_reads_no_case(village: Village):
    lost(village, *EVERYBODY)

    assert len(statements(village, everything=False)) == 4


def test_a_case_that_a_roll_left_as_it_was_is_looked_at_once(village: Village):
    lost(village, *EVERYBODY)
    look(village, WED, everything=True)  # the day's own work is done
    call(village, WED, *(name for name in EVERYBODY if name != "yan"))
    assert look(village, WED).planned == 5

    assert look(village, WED, hour=10).planned == 0


def test_what_a_case_waits_for_is_never_noted_as_looked_at(village: Village):
    lost(village, "lan", "gang")
    Case.objects.filter(child=village.lan).update(planned_at=None)

    note_planned([case.pk for case in Case.objects.all()], now=at(THU))

    assert case_of(village).planned_at is None
    assert case_of(village, "gang").planned_at == at(THU)


def test_one_late_case_among_many_is_the_only_one_written(village: Village):
    lost(village, *EVERYBODY)
    for name in EVERYBODY[1:]:
        take(
            village,
            K.DETERMINED,
            by="qin",
            day=TUE,
            child=name,
            result="dropped_out",
            criteria="家长称不再来",
        )
    day = NEXT_MON + timedelta(days=7)
    look(village, day, everything=True)
    Duty.objects.filter(rule=DutyRule.CASE_DETERMINE, matter=case_of(village).matter_id).update(
        late_since=None, risen_role="", risen_unit=None
    )
    others = {c.pk: c.planned_at for c in Case.objects.exclude(child=village.lan)}

    look(village, day, hour=23, everything=True)

    late = Duty.objects.get(rule=DutyRule.CASE_DETERMINE, matter=case_of(village).matter_id)
    assert late.late_since is not None
    assert {c.pk: c.planned_at for c in Case.objects.exclude(child=village.lan)} == others


def test_more_cases_than_one_transaction_writes_are_all_written(village: Village, monkeypatch):
    monkeypatch.setattr("notoneless.flows.cases.looking_after.AT_ONCE", 2)
    monkeypatch.setattr("notoneless.flows.cases.looking_after.BATCH", 3)
    lost(village, *EVERYBODY)
    Case.objects.update(planned_at=None, turn_role="")

    assert look(village, TUE, hour=22).planned == 6
    assert not Case.objects.filter(turn_role="").exists()


def test_what_planning_would_change_is_told_and_not_written(village: Village):
    lost(village, "lan", "gang")
    Duty.objects.filter(rule=DutyRule.CASE_DETERMINE, matter=case_of(village).matter_id).update(
        due_on=THU + timedelta(days=90)
    )
    before = everything_kept()

    found = {known.row.pk: changes for known, changes in would_change(village.county_id, today=TUE)}

    assert [change.key[0] for change in found[case_of(village).pk].changes] == ["case.determine"]
    assert not found[case_of(village, "gang").pk]
    assert everything_kept() == before


@pytest.mark.req("T19")
def test_the_night_takes_the_steps_of_several_cases_and_plans_what_follows(village: Village):
    lost(village, "lan", "gang", "an")
    call(village, WED, "an")

    assert look(village, WED, hour=22, everything=True).stepped == 2

    assert (state_of(village, "lan"), state_of(village, "gang")) == (State.RETURNED,) * 2
    assert state_of(village, "an") is State.SUSPECTED
    assert len(steps_of(village, "lan")) == 2
    places = Duty.objects.filter(rule=DutyRule.CASE_PLACE, state=DutyState.OPEN)
    assert places.count() == 2
    assert look(village, WED, hour=23, everything=True).stepped == 0


def test_the_night_keeps_which_rules_of_cases_a_school_cannot_apply(village: Village):
    lost(village, "lan", "gang", own=[("report_rule", ("failed_visits",), "", "")])
    school, bureau = village.units["primary"].pk, village.units["bureau"].pk
    lacking = set(RuleHole.objects.filter(unit=school).values_list("rule", "key", "since_on"))
    assert (DutyRule.CASE_REPORT.value, "failed_visits_before_report", TUE) in lacking
    stale = {"county_id": village.county_id, "rule": "case.report", "why": "x", "since_on": MON}
    RuleHole.objects.create(unit_id=school, key="report_rule", **stale)
    RuleHole.objects.create(unit_id=bureau, key="report_rule", **stale)

    look(village, WED, everything=True)

    kept = RuleHole.objects.values_list("unit", "rule", "key", "since_on")
    assert set(kept.filter(rule__startswith="case.")) == {(school, *each) for each in lacking}
