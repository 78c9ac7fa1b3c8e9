"""What stands is made to be what is wanted: once, whoever else is at it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from notoneless.duties.models import Duty, DutyChange, Matter
from notoneless.duties.services import reconcile, what_would_change
from notoneless.journal.insert_only import WrittenOnce
from notoneless.journal.models import Entry
from notoneless.rules.duties.facts import ChildFact, ClassFact, Facts, RunFact
from notoneless.rules.duties.wanted import wanted
from notoneless.rules.duties.wants import Moment
from tests.attendance.register import MON, TUE, WED
from tests.rules.duties.desk import CALENDAR, shipped
from tests.world import TERM_START, Village, build

S1_29 = shipped("S1-29")


def facts(v: Village, *away: str) -> Facts:
    of = ClassFact(
        v.units["primary-1"].pk,
        v.units["primary"].pk,
        v.units["bureau"].pk,
        v.units["centre"].pk,
    )
    names = ("lan", "gang")
    children = {v.children[n].pk: ChildFact(v.children[n].pk, of.id, TERM_START) for n in names}
    runs = tuple(RunFact(v.children[name].pk, (MON, TUE)) for name in away)
    return Facts(TERM_START, {of.id: of}, children, runs=runs)


def plan(v: Village, *away: str, on=TUE, policy="p" * 64):
    found = wanted(facts(v, *away), S1_29, CALENDAR, Moment(on))
    return reconcile(found, policy=policy, stamp=v.stamp("chen"))


def test_two_children_have_two_matters_and_four_duties(village: Village):
    plan(village, "lan", "gang")

    assert (Matter.objects.count(), Duty.objects.count()) == (2, 4)


def test_planning_twice_writes_nothing(village: Village):
    plan(village, "lan")
    with CaptureQueriesContext(connection) as seen:
        assert not plan(village, "lan")

    assert [q["sql"].split()[0] for q in seen] == ["SELECT"]


def test_duties_that_were_met_are_not_opened_again(village: Village):
    known = facts(village, "lan")
    back = replace(known, runs=(replace(known.runs[0], back_on=WED),))
    found = wanted(back, S1_29, CALENDAR, Moment(WED))
    reconcile(found, policy="p", stamp=village.stamp("chen"))

    assert {row.state for row in Duty.objects.all()} == {"done"}
    assert not reconcile(found, policy="p", stamp=village.stamp("chen"))


def test_what_would_change_is_told_and_not_done(village: Village):
    found = wanted(facts(village, "lan"), S1_29, CALENDAR, Moment(TUE))

    told = what_would_change(found, policy="p", county_id=village.county_id)

    assert len(told.openings) == 2
    assert Duty.objects.count() == 0


def test_a_withdrawal_is_journalled_with_who_caused_it(village: Village):
    plan(village, "lan")
    plan(village)

    changes = DutyChange.objects.all()
    assert {(c.kind, c.why, c.by_id) for c in changes} == {
        ("withdrawn", "facts", village.people["chen"].pk)
    }
    entries = Entry.objects.filter(kind="duty.changed")
    assert {entry.row_id for entry in entries} == {change.pk for change in changes}


def test_how_a_duty_changed_is_never_changed_again(village: Village):
    plan(village, "lan")
    plan(village)
    change = DutyChange.objects.first()

    with pytest.raises(WrittenOnce):
        change.delete()


def test_a_met_duty_needs_a_day_and_a_late_one_a_date(village: Village):
    plan(village, "lan")
    school = village.units["primary"].pk
    for wrong in (
        {"state": "done"},
        {"due_on": None, "late_since": WED},
        {"risen_unit_id": school},
    ):
        row = Duty.objects.first()
        for name, value in wrong.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_the_same_duty_stands_once_whatever_was_inserted_meanwhile(village: Village):
    found = wanted(facts(village, "lan"), S1_29, CALENDAR, Moment(TUE))
    reconcile(found, policy="p", stamp=village.stamp("chen"))
    # As if the other planning had not seen the first one's rows.
    blind = replace(found, subjects=frozenset())
    reconcile(blind, policy="p", stamp=village.stamp("chen"))

    assert (Matter.objects.count(), Duty.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_two_plannings_at_once_leave_one_row_for_each_duty():
    v = build()
    barrier = threading.Barrier(2)
    failures = []

    def go():
        try:
            barrier.wait()
            with transaction.atomic():
                plan(v, "lan", "gang")
        except BaseException as problem:  # noqa: BLE001 - told below
            failures.append(problem)
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time there")
    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert (Matter.objects.count(), Duty.objects.count()) == (2, 4)
