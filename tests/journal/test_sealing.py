"""One chain for each county, made by one sealer at a time, in the order of recording."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction

from notoneless.journal.models import ChainHead, Entry, Seal
from notoneless.journal.queries import anchor_of, counties, verify
from notoneless.journal.services import seal, sealing
from notoneless.rules.chain import genesis
from tests.journal.desk import COUNTY, NOW, OTHER_COUNTY, TODAY, record_slips

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slips")]
LATER = NOW + timedelta(minutes=1)


def order_of_sealing():
    return list(Seal.objects.order_by("seq").values_list("entry_id", flat=True))


def test_entries_are_sealed_in_the_order_in_which_they_were_recorded():
    late = record_slips(1, now=NOW + timedelta(seconds=30))
    early = record_slips(2, now=NOW)
    assert seal(COUNTY, now=LATER) == 3
    assert order_of_sealing() == [entry.id for entry in [*early, *late]]


def test_each_seal_goes_on_from_the_one_before():
    record_slips(3)
    seal(COUNTY, now=LATER)
    seals = list(Seal.objects.order_by("seq"))
    assert [s.seq for s in seals] == [1, 2, 3]
    assert [s.previous for s in seals] == [genesis(COUNTY), seals[0].hash, seals[1].hash]


def test_sealing_twice_changes_nothing():
    record_slips(3)
    seal(COUNTY, now=LATER)
    before = list(Seal.objects.order_by("seq").values())
    assert seal(COUNTY, now=LATER + timedelta(minutes=1)) == 0
    assert list(Seal.objects.order_by("seq").values()) == before


def test_a_backlog_is_sealed_in_portions_that_make_one_chain():
    record_slips(5)
    assert [seal(COUNTY, now=LATER, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert list(Seal.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]
    assert verify(COUNTY).is_whole


def test_a_backlog_of_a_long_outage_does_not_look_slipped_in():
    for hour in range(6):
        record_slips(1, now=NOW + timedelta(hours=hour))
    for _ in range(3):
        seal(COUNTY, now=NOW + timedelta(hours=8), limit=2)
    assert Seal.objects.count() == 6
    assert verify(COUNTY).is_whole


def test_a_portion_costs_the_same_few_statements_whatever_its_size(django_assert_num_queries):
    seal(COUNTY, now=LATER)
    for size in (1, 40):
        record_slips(size)
        # Look for entries (2); lock the head, read them, insert the seals, move the head and a
        # savepoint's two; note the sweep (4).
        with transaction.atomic(), django_assert_num_queries(12):
            assert seal(COUNTY, now=LATER) == size


def test_counties_have_chains_of_their_own():
    record_slips(2)
    record_slips(1, county_id=OTHER_COUNTY)
    assert counties() == [COUNTY, OTHER_COUNTY]
    assert (seal(COUNTY, now=LATER), seal(OTHER_COUNTY, now=LATER)) == (2, 1)
    assert verify(COUNTY).is_whole
    assert verify(OTHER_COUNTY).is_whole


def test_an_empty_county_seals_nothing_and_is_whole():
    assert seal(COUNTY, now=LATER) == 0
    assert verify(COUNTY).is_whole
    assert anchor_of(COUNTY, printed_on=TODAY).seq == 0


def test_an_ordinary_round_finds_what_a_slow_transaction_left_behind():
    record_slips(1)
    seal(COUNTY, now=LATER)
    slow = record_slips(1, now=NOW - timedelta(minutes=20))
    assert seal(COUNTY, now=LATER) == 1
    assert order_of_sealing()[-1] == slow[0].id
    assert verify(COUNTY).is_whole


def test_only_a_thorough_round_searches_further_back_than_two_hours():
    record_slips(1)
    seal(COUNTY, now=LATER)
    record_slips(1, now=LATER - sealing.LOOK_BACK - timedelta(seconds=1))
    assert seal(COUNTY, now=LATER) == 0
    assert seal(COUNTY, now=LATER, thorough=True) == 1


def test_a_sealer_that_works_from_a_stale_head_is_stopped_by_the_database(monkeypatch):
    record_slips(1)
    stale = ChainHead(county_id=COUNTY, seq=0, hash=genesis(COUNTY))
    seal(COUNTY, now=LATER)
    record_slips(1)
    monkeypatch.setattr(sealing, "_lock_head", lambda county_id: stale)
    with pytest.raises(IntegrityError), transaction.atomic():
        seal(COUNTY, now=LATER)
    assert Seal.objects.count() == 1
    assert verify(COUNTY).is_whole


def test_a_lost_head_is_found_again_from_the_last_seal():
    record_slips(2)
    seal(COUNTY, now=LATER)
    ChainHead.objects.all().delete()
    record_slips(1)
    assert seal(COUNTY, now=LATER) == 1
    assert verify(COUNTY).is_whole


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="one writer at a time: SQLite has no two sealers at once"
)
def test_two_sealers_at_once_make_one_chain():
    record_slips(50)
    start = threading.Barrier(4)
    sealed = []

    def work():
        start.wait()
        while count := seal(COUNTY, now=LATER, limit=7):
            sealed.append(count)
        connections.close_all()

    sealers = [threading.Thread(target=work) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    assert sum(sealed) == Entry.objects.count() == Seal.objects.count() == 50
    assert verify(COUNTY).is_whole
