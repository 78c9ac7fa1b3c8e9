"""While a flag stands the duties of contact are gone, at once, whatever the plan."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from notoneless.attendance.services.leave import NewLeave
from notoneless.children.models import Child, Merge
from notoneless.duties.models import Duty, DutyChange
from notoneless.flows.duties import planning
from notoneless.flows.protection.handling import find_child, name_concerned
from notoneless.flows.rolls.leave import ask_leave
from notoneless.protection.queries import silenced
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.protection.situations import Situation
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call
from tests.duties.desk import S1_24, S1_29, duties, sweep, under
from tests.protection.desk import close, concerned, name_officers, raised, staff
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-294")]


@pytest.fixture(autouse=True)
def _forget():
    planning._KEPT.clear()
    planning._SINCE.clear()


@pytest.fixture
def away(village: Village) -> Village:
    """吴小兰 and 杨大刚 are away for the second day: an inquiry and a visit about each."""
    name_officers(village)
    under(village, S1_29)
    for day in (MON, TUE):
        call(village, day, "lan", "gang")
    assert states(village) == {"lan": {"open"}, "gang": {"open"}}
    return village


def states(v: Village) -> dict[str, set[str]]:
    return {
        name: {row.state for row in duties(subject_id=v.children[name].pk)}
        for name in ("lan", "gang")
    }


def flag(v: Village, *people, on: date = TUE, hour: int = 10, **more):
    return raised(v, *people, on=on, now=at(on, hour), **more)


@pytest.mark.parametrize("situation", list(Situation))
def test_each_situation_suspends_every_contact_duty_at_once(away: Village, situation: Situation):
    flag(away, concerned("guardian"), situation=situation)

    assert states(away) == {"lan": {"withdrawn"}, "gang": {"open"}}


@pytest.mark.parametrize("kind", ["guardian", "carer", "staff", "unknown"])
def test_family_staff_and_unknown_people_silence(away: Village, kind: str):
    flag(away, concerned(kind))

    assert states(away)["lan"] == {"withdrawn"}


def test_nobody_named_silences(away: Village):
    flag(away)

    assert states(away)["lan"] == {"withdrawn"}


def test_only_somebody_else_concerned_leaves_the_duties(away: Village):
    flag(away, concerned("other"))
    assert states(away)["lan"] == {"open"}


def test_the_duties_go_when_a_guardian_is_named_later(away: Village):
    this = flag(away, concerned("other"))
    name_concerned(away.actor("an"), this, concerned("guardian"), today=WED, now=at(WED))

    assert states(away)["lan"] == {"withdrawn"}


def test_they_are_withdrawn_without_a_word_of_why_or_by_whom(away: Village):
    flag(away)

    told = {(c.kind, c.why, c.by_id, c.old_policy != "") for c in DutyChange.objects.all()}
    assert told == {("withdrawn", "facts", None, True)}


def test_no_roll_leave_or_sweep_brings_them_back_while_it_stands(away: Village):
    flag(away)
    call(away, WED, "lan", "gang")
    call(away, THU, "lan", "gang")
    new = NewLeave(
        child_id=away.children["gang"].pk,
        kind=LeaveKind.SICK,
        from_on=FRI,
        to_on=NEXT_MON,
        asked_by=AskedBy.GUARDIAN,
    )
    ask_leave(away.actor("chen"), new, today=FRI, now=at(FRI), approve=True)
    sweep(away, FRI)

    assert states(away)["lan"] == {"withdrawn"}


def test_a_sweep_as_of_an_earlier_day_does_not_bring_them_back(away: Village):
    call(away, WED, "lan", "gang")
    flag(away, on=WED)
    sweep(away, TUE)

    assert states(away)["lan"] == {"withdrawn"}


def test_the_report_to_the_school_goes_on(village: Village):
    name_officers(village)
    under(village, S1_24)
    for day in (MON, TUE, WED):
        call(village, day, "lan")
    flag(village, on=WED)

    assert {row.rule: row.state for row in duties()} == {
        DutyRule.ABSENCE_REPORT: "open",
        DutyRule.PERSUASION_LETTER: "withdrawn",
    }


def test_they_go_even_where_the_plan_cannot_be_read(away: Village, monkeypatch):
    def torn(*_args, **_more):
        raise PolicyConflict(())

    monkeypatch.setattr(planning, "want_at", torn)
    flag(away)

    assert states(away) == {"lan": {"withdrawn"}, "gang": {"open"}}


def test_closed_by_two_it_lets_them_come_back_in_time(away: Village):
    this = flag(away)
    call(away, WED, "lan", "gang")
    close(away, this, on=WED, now=at(WED, 15))

    assert states(away)["lan"] == {"open"}
    rows = duties(subject_id=away.lan.pk)
    assert {row.due_on for row in rows} == {THU}  # due on Tuesday; asked again on Wednesday
    assert {row.late_since for row in rows} == {None}
    assert {row.late_since for row in duties(subject_id=away.children["gang"].pk)} == {WED}


def test_one_of_two_flags_keeps_the_silence(away: Village):
    first, _second = flag(away), flag(away, concerned("staff"))
    close(away, first, on=WED, now=at(WED))

    assert states(away)["lan"] == {"withdrawn"}


def test_a_described_child_is_silenced_once_an_officer_finds_it(away: Village):
    this = flag(away, child_id=None, child_words="一班姓吴的女孩")
    assert states(away)["lan"] == {"open"}

    for _twice in range(2):
        find_child(away.actor("an"), this, away.lan.pk, today=WED, now=at(WED))
    assert states(away) == {"lan": {"withdrawn"}, "gang": {"open"}}


def test_an_officer_finds_only_children_of_his_reach(away: Village):
    this = flag(away, child_id=None, child_words="河口的一个孩子")
    with pytest.raises(Child.DoesNotExist):
        find_child(away.actor("an"), this, away.children["far"].pk, today=WED, now=at(WED))


def test_a_flag_about_a_row_that_was_merged_away_silences_the_kept_child(away: Village):
    gang = away.children["gang"]
    flag(away)
    Merge.objects.create(kept=gang, absorbed=away.lan, reason="同一人", merged_at=at(WED))
    Child.objects.filter(pk=away.lan.pk).update(merged_into=gang)

    both = {away.lan.pk, gang.pk}
    assert silenced(both, county_id=away.county_id, on=WED) == {gang.pk}


@pytest.mark.parametrize(("day", "quiet"), [(MON, True), (TUE, True), (WED, False), (THU, False)])
def test_a_silence_is_asked_for_by_day(away: Village, day: date, quiet: bool):
    this = flag(away)
    close(away, this, on=WED, now=at(WED))

    found = silenced({away.lan.pk}, county_id=away.county_id, on=day)
    assert found == ({away.lan.pk} if quiet else set())


def test_children_of_another_county_and_without_flags_are_not_silenced(away: Village):
    flag(away)
    gang = away.children["gang"].pk

    assert silenced({gang}, county_id=away.county_id, on=TUE) == set()
    assert silenced({away.lan.pk}, county_id=away.units["bureau"].pk, on=TUE) == set()


def test_a_dry_sweep_prints_nothing_about_it(away: Village):
    sweep(away, TUE)
    flag(away, staff(away, "qin"))
    told = StringIO()
    call_command("sweep", as_of=TUE, dry_run=True, stdout=told)

    assert "would open 0, would change 0" in told.getvalue()


def test_a_sweep_that_finds_a_duty_left_over_prints_it_like_any_other(away: Village):
    flag(away)
    Duty.objects.filter(subject_id=away.lan.pk).update(state=DutyState.OPEN)
    told = StringIO()
    call_command("sweep", as_of=TUE, dry_run=True, stdout=told)

    lines = [line for line in told.getvalue().splitlines() if str(away.lan.pk) in line]
    assert len(lines) == 2
    assert all(line.endswith("withdrawn (facts)") for line in lines)
