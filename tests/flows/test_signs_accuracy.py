"""What the nights keep of signs, how often they were right, and trying other figures."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from notoneless.access.actor import NotAllowed
from notoneless.flows.signs.accuracy import accuracy_page
from notoneless.flows.signs.nightly import keep_signs
from notoneless.flows.signs.refusals import NotInPeriod
from notoneless.flows.signs.trying import BadFigure, try_signs, with_figures
from notoneless.jobs.schedule import JOBS
from notoneless.jobs.signs import keep_signs_of_every_county
from notoneless.rules.signs.accuracy import Group, Share
from notoneless.rules.signs.kinds import SignRule
from notoneless.rules.signs.thresholds import SignRules
from notoneless.signs.models import FiredSign
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, call
from tests.signs.desk import open_with_people, says
from tests.world import NOW, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-076")]


@pytest.fixture
def school(village: Village) -> Village:
    open_with_people(village)
    for day in (WED, THU, FRI):
        call(village, day, "lan")
    return village


def night(school: Village, day: date) -> None:
    for _ in keep_signs(school.county_id, as_of=day):
        pass


def kept(school: Village) -> list[tuple[str, date, date, bool]]:
    rows = FiredSign.objects.order_by("first_on", "rule")
    return list(rows.values_list("rule", "first_on", "last_on", "is_open"))


def test_a_night_keeps_a_sign_once_and_goes_on_with_it(school: Village):
    night(school, THU)
    night(school, FRI)
    night(school, FRI)

    assert kept(school) == [("run", FRI, FRI, True)]
    call(school, NEXT_MON, "lan")
    night(school, NEXT_MON)
    assert kept(school) == [("run", FRI, NEXT_MON, True)]


def test_a_sign_ends_with_the_last_night_on_which_it_fired(school: Village):
    night(school, FRI)
    call(school, NEXT_MON)
    night(school, NEXT_MON)

    assert kept(school) == [("run", FRI, FRI, False)]


def test_acting_on_a_sign_does_not_unsay_it(school: Village):
    from tests.signs.desk import acting

    acting(school, until=TODAY)
    night(school, FRI)

    assert kept(school) == [("run", FRI, FRI, True)]


def test_the_scheduler_keeps_signs_each_night(school: Village):
    assert "keep-signs" in {job.name for job in JOBS}

    keep_signs_of_every_county(NOW, TODAY)

    assert FiredSign.objects.count() == 1


def page(school: Village, by: str = "lu", **more):
    period = {"from_on": MON, "to_on": TODAY + timedelta(days=1), "today": TODAY, **more}
    return accuracy_page(school.actor(by), **period)


def test_the_county_sees_what_was_right_and_what_was_missed(school: Village):
    night(school, FRI)
    says(school, "dropped_out")
    says(school, "dropped_out", "yan", by="ke")

    found = page(school)

    run = next(row for row in found.rules if row.rule is SignRule.RUN)
    assert run.precision == Share(1, 1)
    assert run.recall == Share(1, 2)
    assert (found.signs, found.outcomes, found.within_days) == (1, 2, 60)


def test_groups_are_sex_boarding_and_left_behind_and_small_ones_show_nothing(school: Village):
    night(school, FRI)
    says(school, "dropped_out")

    found = page(school)

    assert set(found.groups) == set(Group) == {"sex", "boarding", "left_behind"}
    run = next(row for row in found.groups[Group.SEX] if row.rule is SignRule.RUN)
    assert run.precision == {"2": None}


def test_a_period_must_have_a_length_and_an_end(school: Village):
    with pytest.raises(NotInPeriod):
        page(school, to_on=MON)
    with pytest.raises(NotInPeriod):
        page(school, to_on=MON + timedelta(days=3 * 366 + 1))


@pytest.mark.parametrize("key", ["chen", "qin", "he", "xiang"])
def test_only_the_county_counts_accuracy(school: Village, key: str):
    with pytest.raises(NotAllowed):
        page(school, key)


def tried(school: Village, **figures: str):
    return try_signs(school.county_id, from_on=TUE, to_on=FRI, figures=figures, as_of=TODAY)


def test_other_figures_are_tried_on_what_is_on_record(school: Village):
    three, two = tried(school), tried(school, sign_run_days="2")

    runs = [(each.on, each.rule) for each in three.signs]
    assert runs == [(FRI, SignRule.RUN)]
    assert [each.on for each in two.signs if each.rule is SignRule.RUN] == [THU]
    assert three.in_month(SignRule.RUN, date(2026, 11, 1)) == 1
    assert three.per_class_month(SignRule.RUN) == 1 / three.classes
    assert not FiredSign.objects.exists()


def test_a_sign_that_fired_before_the_period_is_not_new_in_it(school: Village):
    call(school, NEXT_MON, "lan")
    later = NEXT_MON

    trial = try_signs(school.county_id, from_on=later, to_on=later, figures={}, as_of=later)

    assert trial.signs == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [("sign_run_days", "two"), ("sign_run_days", "0"), ("sign_run_days", "2.5"), ("nonsense", "2")],
)
def test_a_figure_that_cannot_be_tried_is_refused(key: str, value: str):
    with pytest.raises(BadFigure):
        with_figures(SignRules(), {key: value})


def told(*arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("try_signs", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_signs_by_month_and_hides_small_cells(school: Village):
    says(school, "dropped_out")

    text = told(
        "--county",
        "539901",
        "--from",
        "2026-11-16",
        "--to",
        "2026-11-20",
        "--set",
        "sign_run_days=2",
    )

    assert "sign_run_days = 2" in text
    assert "2026-11" in text
    assert "run " in text
    assert "(< 10)" in text
    assert "吴小兰" not in text


@pytest.mark.parametrize(
    "wrong",
    [
        ("--county", "000000", "--from", "2026-11-16", "--to", "2026-11-20"),
        ("--county", "539901", "--from", "2026-11-20", "--to", "2026-11-16"),
        ("--county", "539901", "--from", "2026-11-16", "--to", "2026-11-21"),
        ("--county", "539901", "--from", "2026-11-16", "--to", "2026-11-20", "--set", "run"),
        ("--county", "539901", "--from", "2026-11-16", "--to", "2026-11-20", "--set", "x=1"),
    ],
)
def test_the_command_says_what_it_cannot_do(school: Village, wrong: tuple[str, ...]):
    with pytest.raises(CommandError):
        told(*wrong)
