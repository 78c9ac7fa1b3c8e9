"""What a demo's play writes is marked for good, and so is the chain of a sample county."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from notoneless.journal.models import ChainHead, Entry
from notoneless.journal.queries import (
    Trouble,
    anchor_of,
    demo_counties,
    newest_moment,
    touched_by_people,
    verify,
)
from notoneless.journal.services import AlreadySealed, mark_as_demo, seal, simulated
from notoneless.rules.chain import genesis
from tests.journal.desk import COUNTY, LAN, NOW, OTHER_COUNTY, TODAY, record_slips

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slips")]
LATER = NOW + timedelta(minutes=1)


def test_what_is_recorded_inside_the_play_bears_the_mark_and_nothing_outside():
    with simulated():
        played = record_slips(1)
    written = record_slips(1, now=LATER)
    assert [played[0].is_simulated, written[0].is_simulated] == [True, False]
    assert Entry.objects.get(is_simulated=True).pk == played[0].pk


def test_the_mark_goes_out_of_force_when_the_play_breaks_off():
    with pytest.raises(RuntimeError), simulated():
        raise RuntimeError
    assert not record_slips(1)[0].is_simulated


@pytest.mark.parametrize("was", [True, False])
def test_turning_the_mark_of_a_sealed_entry_is_found(was):
    if was:
        with simulated():
            record_slips(1)
    else:
        record_slips(1)
    seal(COUNTY, now=LATER)
    assert verify(COUNTY).is_whole
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET is_simulated = %s", [not was])
    assert [f.trouble for f in verify(COUNTY).findings] == [Trouble.ENTRY_CHANGED]


def test_an_envelope_without_the_mark_has_the_bytes_it_always_had():
    (entry,) = record_slips(1)
    assert "is_simulated" not in entry.envelope()


def test_a_sample_countys_chain_begins_with_a_hash_of_its_own():
    mark_as_demo(COUNTY)
    with simulated():
        record_slips(2)
    record_slips(1, now=LATER)
    assert anchor_of(COUNTY, printed_on=TODAY).hash == genesis(COUNTY, is_demo=True)
    seal(COUNTY, now=LATER)
    report = verify(COUNTY)
    assert (report.is_whole, report.is_demo, report.simulated) == (True, True, 2)
    assert demo_counties() == [COUNTY]


def test_wiping_the_mark_off_a_chain_is_found():
    mark_as_demo(COUNTY)
    record_slips(1)
    seal(COUNTY, now=LATER)
    ChainHead.objects.update(is_demo=False)
    assert [f.trouble for f in verify(COUNTY).findings] == [Trouble.CHAIN_BROKEN]


def test_a_county_at_work_is_not_made_a_sample_afterwards():
    record_slips(1)
    seal(COUNTY, now=LATER)
    with pytest.raises(AlreadySealed):
        mark_as_demo(COUNTY)
    assert verify(COUNTY).is_whole


def test_children_whom_people_wrote_about_are_known():
    with simulated():
        record_slips(1)
        assert touched_by_people(COUNTY) == frozenset()
    record_slips(1, county_id=OTHER_COUNTY)
    assert touched_by_people(COUNTY) == frozenset()
    record_slips(1)
    assert touched_by_people(COUNTY) == {LAN}


def test_the_newest_moment_of_all_and_of_the_play():
    assert newest_moment(COUNTY) is None
    with simulated():
        record_slips(1)
    record_slips(1, now=LATER)
    assert newest_moment(COUNTY) == LATER
    assert newest_moment(COUNTY, is_simulated=True) == NOW
