"""Two people, or one who presses twice, with one settlement at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from notoneless.consequences.models import Confirmation, Honour, HonourCancelled, Settlement
from notoneless.flows.consequences.carrying_out import Done, settle_line
from notoneless.flows.consequences.deciding import confirm
from notoneless.flows.consequences.proposing import compute
from notoneless.places.services.people import Appointment, appoint
from notoneless.rules.consequences.life import LineStep
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Role
from tests.consequences.desk import (
    JULY,
    computed,
    confirmed,
    deciding,
    line,
    lose,
    moment,
    settling,
    steps,
)
from tests.consequences.test_honours import honouring
from tests.web.two_phones import at_once
from tests.world import TODAY, Village, build

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory it has one writer"),
]
ROUNDS = range(2)


@pytest.fixture
def v() -> Village:
    """S1-19; class 1 lost two."""
    v = settling(build(), "S1-19")
    lose(v, "lan", "gang")
    return v


def told(act: Callable[[], object]) -> Callable[[], str]:
    """The code with which somebody is refused; empty where he is not."""

    def run() -> str:
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        return ""

    return run


def together(*acts: Callable[[], object]) -> list[str]:
    return sorted(map(str, at_once(*(told(act) for act in acts))))  # type: ignore[arg-type]


def computing(v: Village, who: str) -> Callable[[], object]:
    actor, school = v.actor(who, today=JULY), v.units["primary"].pk
    return lambda: compute(actor, school, 2026, 0, today=JULY, now=moment(JULY))


def confirming(v: Village, made, who: str) -> Callable[[], object]:
    """Confirm the settlement as it stands now, whatever comes."""
    actor, seen = v.actor(who, today=JULY), steps(made)
    return lambda: confirm(actor, made, seen=seen, today=JULY, now=moment(JULY, 3))


@pytest.mark.req("R-199")
def test_two_who_compute_at_once_have_one_settlement(v):
    assert together(computing(v, "cui"), computing(v, "ning")) == ["", ""]

    assert Settlement.objects.count() == 1


@pytest.mark.req("R-199", "R-200")
def test_of_two_who_confirm_at_once_one_is_told(v):
    made = computed(v)

    assert together(confirming(v, made, "he"), confirming(v, made, "fang")) == ["", "SETTLE-01"]
    assert Confirmation.objects.count() == 1


@pytest.mark.req("R-200")
@pytest.mark.parametrize("n", ROUNDS)
def test_what_is_confirmed_is_never_replaced_by_who_computes_at_the_same_moment(v, n):
    made = computed(v)
    # Something happened since, so that computing would take the settlement's place.
    lose(v, "p0")

    said = together(confirming(v, made, "he"), computing(v, "cui"))

    row = Settlement.objects.get(pk=made)
    is_confirmed = Confirmation.objects.filter(settlement=made).exists()
    assert is_confirmed is (row.superseded_at is None)
    assert said == (["", "SETTLE-01"] if is_confirmed else ["", "SETTLE-16"])


@pytest.mark.req("R-199")
@pytest.mark.parametrize("n", ROUNDS)
def test_a_decision_waits_for_who_computes_and_neither_is_stuck(v, n):
    made = computed(v)
    lose(v, "p0")
    mine = line(v, made, Kind.CHARGE, "chen")

    said = together(lambda: deciding(v, mine, LineStep.REJECT), computing(v, "cui"))

    assert said in (["", ""], ["", "SETTLE-16"])


@pytest.mark.req("R-199")
def test_of_two_decisions_on_one_page_the_second_is_told(v):
    made = computed(v)
    mine = line(v, made, Kind.CHARGE, "chen")

    said = together(
        lambda: deciding(v, mine, LineStep.REJECT, by="he", seen=0),
        lambda: deciding(v, mine, LineStep.APPROVE, by="fang", seen=0),
    )

    assert said == ["", "SETTLE-19"]
    assert len(line(v, made, Kind.CHARGE, "chen").steps) == 1


@pytest.mark.req("R-200")
def test_a_line_is_paid_once_however_many_press(v):
    made = computed(v)
    confirmed(v, made)
    mine = line(v, made, Kind.CHARGE, "chen")

    def paying(who: str, receipt: str) -> Callable[[], object]:
        actor = v.actor(who, today=JULY)
        return lambda: settle_line(
            actor, mine.id, Done(JULY, receipt), today=JULY, now=moment(JULY, 4)
        )

    assert together(paying("cui", "012"), paying("ning", "013")) == ["", "SETTLE-04"]
    assert len(line(v, made, Kind.CHARGE, "chen").steps) == 2


@pytest.mark.req("R-205", "R-208")
@pytest.mark.parametrize("n", ROUNDS)
def test_an_honour_given_as_its_veto_is_confirmed_is_refused_or_cancelled(v, n):
    made = computed(v)

    together(confirming(v, made, "he"), lambda: honouring(v, "chen", "advanced_title"))

    row = Honour.objects.get()
    assert (row.refused_by_id is not None) is not HonourCancelled.objects.exists()


@pytest.mark.req("R-205", "R-208")
def test_an_honour_of_another_school_waits_for_a_veto_that_is_being_confirmed(v):
    post = Appointment(Role.ATTACHED_TEACHER, v.units["other-1"].pk, v.people["chen"].pk)
    appoint(post, from_on=TODAY, stamp=v.stamp())
    made = computed(v)
    is_written = Event()

    def confirming_slowly() -> None:
        with transaction.atomic():
            confirming(v, made, "he")()
            is_written.set()
            sleep(0.5)

    def honouring_meanwhile() -> None:
        is_written.wait(timeout=20)
        honouring(v, "chen", "advanced_title", by="tan", school="other")

    assert together(confirming_slowly, honouring_meanwhile) == ["", ""]

    assert Honour.objects.get().refused_by_id is not None


@pytest.mark.req("R-200")
def test_nobody_confirms_over_a_decision_that_is_being_written(v):
    made = computed(v)
    mine = line(v, made, Kind.CHARGE, "chen")
    confirm_now, is_written = confirming(v, made, "he"), Event()

    def deciding_slowly() -> None:
        with transaction.atomic():
            deciding(v, mine, LineStep.REJECT, by="fang")
            is_written.set()
            sleep(0.5)

    def confirming_meanwhile() -> None:
        is_written.wait(timeout=20)
        confirm_now()

    assert together(deciding_slowly, confirming_meanwhile) == ["", "SETTLE-19"]
    assert not Confirmation.objects.exists()
