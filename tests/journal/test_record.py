"""Facts go into the journal in two statements, without a word about anyone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from notoneless.journal.insert_only import WrittenOnce
from notoneless.journal.models import Entry, Reading, Salt
from notoneless.journal.services import Stamp, record, record_many
from tests.journal.desk import CHEN, COUNTY, LAN, NOW, TODAY, Slip, stamp, write_slip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slips")]


def test_an_entry_points_to_its_row_and_names_who_when_and_about_whom():
    slip = write_slip("first")
    entry = record("slip.written", slip, subject=("child", LAN), happened_on=TODAY, stamp=stamp())

    kept = Entry.objects.get(pk=entry.pk)
    assert (kept.kind, kept.subject_kind, kept.subject_id) == ("slip.written", "child", LAN)
    assert (kept.county_id, kept.actor_id, kept.happened_on) == (COUNTY, CHEN, TODAY)
    assert (kept.row_model, kept.row_id) == (Slip._meta.label_lower, slip.pk)
    assert kept.recorded_at == kept.noted_at == NOW


def test_offline_work_keeps_the_clock_of_the_device():
    noted_at = NOW - timedelta(hours=7)
    entry = record(
        "slip.written",
        write_slip("late"),
        subject=("child", LAN),
        happened_on=date(2026, 11, 19),
        stamp=Stamp(COUNTY, CHEN, NOW, unit_id=UUID(int=7), noted_at=noted_at),
    )
    entry.refresh_from_db()
    assert (entry.noted_at, entry.recorded_at, entry.unit_id) == (noted_at, NOW, UUID(int=7))


def test_a_whole_class_costs_two_statements(django_assert_num_queries):
    slips = [write_slip(f"slip {n}") for n in range(40)]
    with transaction.atomic(), django_assert_num_queries(2):
        entries = record_many(
            "slip.written",
            slips,
            subjects=[("child", slip.pk) for slip in slips],
            happened_on=TODAY,
            stamp=stamp(),
        )
    assert [entry.row_id for entry in entries] == [slip.pk for slip in slips]
    assert Salt.objects.count() == 40


def test_no_rows_cost_no_statement(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(0):
        assert record_many("slip.written", [], subjects=[], happened_on=TODAY, stamp=stamp()) == []


def test_the_same_facts_never_leave_the_same_digest_twice():
    slip = write_slip("同一件事")
    first, second = (
        record("slip.written", slip, subject=("child", LAN), happened_on=TODAY, stamp=stamp())
        for _ in range(2)
    )
    assert first.digest != second.digest


def test_the_envelope_holds_nothing_of_the_rows_words():
    slip = write_slip("阿兰住在大姨家")
    entry = record("slip.written", slip, subject=("child", LAN), happened_on=TODAY, stamp=stamp())
    assert "阿兰" not in repr(entry.envelope())


def test_a_row_and_a_subject_too_few_are_refused_before_anything_is_written():
    with pytest.raises(ValueError, match="zip"):
        record_many(
            "slip.written", [write_slip("a")], subjects=[], happened_on=TODAY, stamp=stamp()
        )
    assert not Entry.objects.exists()


class Loose:
    def journal_facts(self):
        return {}


def test_something_that_is_no_tables_row_is_refused():
    with pytest.raises(ValueError, match="not a table"):
        record("x.y", Loose(), subject=("child", LAN), happened_on=TODAY, stamp=stamp())


def write_and_fail():
    with transaction.atomic():
        slip = write_slip("gone")
        record("slip.written", slip, subject=("child", LAN), happened_on=TODAY, stamp=stamp())
        raise LookupError


def test_facts_roll_back_with_their_entries():
    with pytest.raises(LookupError):
        write_and_fail()
    assert not Entry.objects.exists()
    assert not Salt.objects.exists()


def test_times_keep_their_moment_whatever_zone_they_came_in():
    shanghai = timezone(timedelta(hours=8))
    entry = record(
        "slip.written",
        write_slip("zone"),
        subject=("child", LAN),
        happened_on=TODAY,
        stamp=Stamp(COUNTY, CHEN, datetime(2026, 11, 20, 8, 0, tzinfo=shanghai)),
    )
    entry.refresh_from_db()
    assert entry.recorded_at == datetime(2026, 11, 20, 0, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.update(kind="other"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["kind"]),
        lambda entry: Entry.objects.bulk_create(
            [entry], update_conflicts=True, update_fields=["kind"], unique_fields=["id"]
        ),
        lambda entry: Entry.objects.update_or_create({"kind": "other"}, pk=entry.pk),
    ],
)
def test_code_cannot_change_or_delete_an_entry(attempt):
    entry = record(
        "slip.written",
        write_slip("kept"),
        subject=("child", LAN),
        happened_on=TODAY,
        stamp=stamp(),
    )
    with pytest.raises(WrittenOnce), transaction.atomic():
        attempt(entry)
    assert Entry.objects.get().kind == "slip.written"


def test_code_cannot_change_or_delete_a_reading():
    reading = Reading.objects.create(county_id=COUNTY, person_id=uuid4(), at=NOW, kind="a.b")
    with pytest.raises(WrittenOnce):
        reading.save()
    with pytest.raises(WrittenOnce):
        Reading.objects.filter(pk=reading.pk).delete()
