"""What somebody with raw SQL can do to the journal, and what is seen of it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from notoneless.journal.models import ChainHead, Entry, Erasure, Salt, Seal
from notoneless.journal.queries import Trouble, anchor_of, verify
from notoneless.journal.services import erase, seal
from notoneless.rules import chain
from tests.journal.desk import COUNTY, LAN, NOW, OTHER_COUNTY, TODAY, Slip, record_slips, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slips")]
MINUTE = timedelta(minutes=1)
SEALED_AT = NOW + MINUTE


@pytest.fixture(autouse=True)
def whatever_rows_say(monkeypatch):
    """Slips without an entry are another story, told in test_unrecorded.py."""
    monkeypatch.setattr("notoneless.journal.queries.wholeness.check_unrecorded", lambda _: None)


@pytest.fixture
def entries():
    """Six sealed entries, oldest first."""
    made = record_slips(6)
    seal(COUNTY, now=SEALED_AT)
    assert verify(COUNTY).is_whole
    return made


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [_raw(param) if isinstance(param, uuid.UUID) else param for param in params]
        )
        return cursor.rowcount


def _raw(value):
    return value if connection.features.has_native_uuid_field else value.hex


def troubles(anchor=None):
    report = verify(COUNTY, anchor=anchor)
    return [(finding.trouble, finding.seq) for finding in report.findings]


def forge_chain():
    """What a thief who knows the program does: every sum made anew, the kept head too."""
    hash_ = chain.genesis(COUNTY)
    for made in Seal.objects.filter(county_id=COUNTY).select_related("entry").order_by("seq"):
        previous, hash_ = hash_, chain.link(hash_, made.seq, made.protects(made.entry))
        sql(
            "UPDATE journal_seal SET previous = %s, hash = %s WHERE id = %s",
            previous,
            hash_,
            made.id,
        )
    count = Seal.objects.filter(county_id=COUNTY).count()
    sql("UPDATE journal_chainhead SET seq = %s, hash = %s", count, hash_)


def remove_entry(entry):
    sql("DELETE FROM journal_seal WHERE entry_id = %s", entry.id)
    sql("DELETE FROM journal_salt WHERE entry_id = %s", entry.id)
    sql("DELETE FROM journal_entry WHERE id = %s", entry.id)


def insert_copy(entry, **changes):
    """A new envelope put beside the others by hand, with its salt."""
    salt = bytes(Salt.objects.get(entry=entry).value)
    made = Entry(**{**entry.envelope(), "id": uuid.uuid4(), **changes})
    names = [str(field.column) for field in Entry._meta.fields]
    values = [
        field.get_db_prep_save(getattr(made, field.attname), connection)
        for field in Entry._meta.fields
    ]
    marks = ", ".join(["%s"] * len(names))
    sql(f"INSERT INTO journal_entry ({', '.join(names)}) VALUES ({marks})", *values)
    sql("INSERT INTO journal_salt (entry_id, value) VALUES (%s, %s)", made.id, salt)
    return made


# --- a journal left alone -----------------------------------------------------------------


def test_a_journal_left_alone_is_whole_and_counted(entries):
    report = verify(COUNTY, anchor=anchor_of(COUNTY, printed_on=TODAY))
    assert report.is_whole
    assert (report.sealed, report.rows_checked, report.waiting, report.erased) == (6, 6, 0, 0)


def test_an_anchor_still_fits_after_more_was_sealed(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    record_slips(3, now=NOW + 5 * MINUTE)
    seal(COUNTY, now=NOW + 6 * MINUTE)
    assert verify(COUNTY, anchor=anchor).is_whole


def test_entries_that_wait_for_their_seal_are_counted_but_no_fault(entries):
    record_slips(2, now=NOW + 5 * MINUTE)
    report = verify(COUNTY)
    assert report.is_whole
    assert (report.waiting, report.waiting_since) == (2, NOW + 5 * MINUTE)


def test_after_a_weekend_without_a_sealer_nothing_looks_slipped_in(entries):
    for hour in range(0, 60, 5):
        record_slips(1, now=NOW + timedelta(hours=hour))
    assert verify(COUNTY).is_whole
    seal(COUNTY, now=NOW + timedelta(hours=61))
    assert verify(COUNTY).is_whole


def test_a_county_is_not_judged_by_anothers_anchor(entries):
    with pytest.raises(ValueError, match="another county"):
        verify(OTHER_COUNTY, anchor=anchor_of(COUNTY, printed_on=TODAY))


def test_the_statements_grow_with_batches_and_not_with_entries(django_assert_max_num_queries):
    record_slips(60)
    seal(COUNTY, now=SEALED_AT)
    with django_assert_max_num_queries(10):
        assert verify(COUNTY).rows_checked == 60


# --- edits --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "slip.torn"),
        ("subject_kind", "unit"),
        ("subject_id", uuid.UUID(int=1)),
        ("unit_id", uuid.UUID(int=1)),
        ("actor_id", uuid.UUID(int=1)),
        ("actor_id", None),
        ("happened_on", "2026-11-02"),
        ("noted_at", "2026-11-02 01:30:00+00:00"),
        ("recorded_at", "2026-11-02 01:30:00+00:00"),
        ("county_id", OTHER_COUNTY),
    ],
)
def test_an_edited_envelope_is_found(entries, column, value):
    assert sql(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, entries[2].id) == 1
    assert troubles() == [(Trouble.ENTRY_CHANGED, 3)]


@pytest.mark.parametrize(
    ("column", "value"), [("row_id", uuid.UUID(int=1)), ("row_model", "no.table")]
)
def test_an_entry_turned_to_another_row_is_found_by_its_seal_and_its_row(entries, column, value):
    sql(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, entries[2].id)
    assert (Trouble.ENTRY_CHANGED, 3) in troubles()
    assert len(troubles()) == 2


def test_an_edited_digest_is_found(entries):
    salt = bytes(Salt.objects.get(entry=entries[2]).value)
    sql("UPDATE journal_refusedattempt SET code = 'new' WHERE id = %s", entries[2].row_id)
    new = chain.digest(salt, Slip.objects.get(pk=entries[2].row_id).journal_facts())
    sql("UPDATE journal_entry SET digest = %s WHERE id = %s", new, entries[2].id)
    assert troubles() == [(Trouble.ENTRY_CHANGED, 3)]


def test_a_seal_dated_back_is_found(entries):
    sql("UPDATE journal_seal SET sealed_at = '2026-11-02 01:30:00+00:00' WHERE seq = 3")
    assert troubles() == [(Trouble.ENTRY_CHANGED, 3)]


def test_an_edit_with_its_own_sum_made_anew_breaks_the_chain_behind_it(entries):
    sql("UPDATE journal_entry SET kind = 'slip.torn' WHERE id = %s", entries[2].id)
    made = Seal.objects.select_related("entry").get(seq=3)
    new = chain.link(made.previous, 3, made.protects(made.entry))
    sql("UPDATE journal_seal SET hash = %s WHERE seq = 3", new)
    assert troubles() == [(Trouble.CHAIN_BROKEN, 4)]


def test_an_edit_with_every_sum_made_anew_is_found_by_the_printed_line(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    sql("UPDATE journal_entry SET kind = 'slip.torn' WHERE id = %s", entries[2].id)
    forge_chain()
    assert troubles() == []
    assert troubles(anchor) == [(Trouble.ANCHOR_DIFFERS, 6)]


@pytest.fixture
def careless_database():
    if connection.features.has_native_uuid_field:
        pytest.skip("this database refuses such values itself")


def test_a_row_damaged_beyond_reading_is_a_finding_and_not_a_crash(entries, careless_database):
    sql("UPDATE journal_refusedattempt SET at = 'soon' WHERE id = %s", entries[1].row_id)
    sql("UPDATE journal_refusedattempt SET subject_id = '?' WHERE id = %s", entries[2].row_id)
    sql("DELETE FROM journal_refusedattempt WHERE id = %s", entries[4].row_id)
    assert [(f.trouble, f.entry_id) for f in verify(COUNTY).findings] == [
        (Trouble.ROW_CHANGED, entries[1].id),
        (Trouble.ROW_CHANGED, entries[2].id),
        (Trouble.ROW_MISSING, entries[4].id),
    ]


def test_an_entry_damaged_beyond_reading_is_a_finding_too(entries, careless_database):
    sql("UPDATE journal_entry SET subject_id = '?' WHERE id = %s", entries[2].id)
    assert troubles() == [(Trouble.ENTRY_CHANGED, 3)]
    assert verify(COUNTY).rows_checked == 5


# --- deletions ----------------------------------------------------------------------------


def test_an_entry_deleted_with_its_seal_leaves_a_gap(entries):
    remove_entry(entries[2])
    remove_entry(entries[3])
    report = verify(COUNTY)
    assert [(f.trouble, f.seq, f.last_seq) for f in report.findings] == [
        (Trouble.SEALS_MISSING, 3, 4)
    ]


def test_the_first_entry_deleted_leaves_a_gap(entries):
    remove_entry(entries[0])
    assert troubles() == [(Trouble.SEALS_MISSING, 1)]


def test_an_entry_deleted_under_its_seal_is_found(entries):
    # The database would refuse this at commit; a copy of its file does not.
    with transaction.atomic():
        sql("DELETE FROM journal_salt WHERE entry_id = %s", entries[2].id)
        sql("DELETE FROM journal_entry WHERE id = %s", entries[2].id)
        assert troubles() == [(Trouble.ENTRY_MISSING, 3)]
        transaction.set_rollback(True)


def test_a_gap_closed_by_new_numbers_is_found(entries):
    remove_entry(entries[2])
    for seq in (4, 5, 6):
        sql("UPDATE journal_seal SET seq = %s WHERE seq = %s", seq - 1, seq)
    sql("UPDATE journal_chainhead SET seq = 5")
    assert (Trouble.CHAIN_BROKEN, 3) in troubles()
    assert (Trouble.ENTRY_CHANGED, 3) in troubles() or (Trouble.ENTRY_MOVED, 3) in troubles()


def test_a_deletion_with_every_sum_made_anew_is_found_by_the_printed_line(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    remove_entry(entries[2])
    for seq in (4, 5, 6):
        sql("UPDATE journal_seal SET seq = %s WHERE seq = %s", seq - 1, seq)
    forge_chain()
    assert troubles() == []
    assert troubles(anchor) == [(Trouble.TAIL_CUT, 6)]


# --- insertions ---------------------------------------------------------------------------


def test_an_entry_slipped_in_under_an_old_date_is_found_before_it_is_sealed(entries):
    seal(COUNTY, now=NOW + timedelta(days=3))
    insert_copy(entries[2])
    assert troubles() == [(Trouble.SLIPPED_IN, None)]


def test_an_entry_slipped_in_under_an_old_date_is_found_after_the_sealer_took_it(entries):
    seal(COUNTY, now=NOW + timedelta(days=3))
    insert_copy(entries[2])
    seal(COUNTY, now=NOW + timedelta(days=3, minutes=1), thorough=True)
    assert troubles() == [(Trouble.SLIPPED_IN, 7)]


@pytest.mark.parametrize(("minutes", "found"), [(90, []), (91, [(Trouble.SLIPPED_IN, 7)])])
def test_a_slow_transaction_has_ninety_minutes(entries, minutes, found):
    seal(COUNTY, now=NOW + minutes * MINUTE)
    record_slips(1, now=NOW)
    seal(COUNTY, now=NOW + (minutes + 1) * MINUTE)
    assert troubles() == found


def test_a_clock_that_ran_ahead_does_not_make_everything_after_it_look_slipped_in(entries):
    record_slips(1, now=NOW + timedelta(days=300))
    seal(COUNTY, now=NOW + 2 * MINUTE)
    record_slips(1, now=NOW + 3 * MINUTE)
    seal(COUNTY, now=NOW + 4 * MINUTE)
    assert troubles() == []


def test_an_entry_slipped_in_with_a_seal_of_its_own_is_found(entries):
    forged = insert_copy(entries[2])
    Seal.objects.bulk_create(
        [
            Seal(
                county_id=COUNTY,
                seq=7,
                entry=forged,
                previous=Seal.objects.get(seq=6).hash,
                hash="f" * 64,
                sealed_at=SEALED_AT,
            )
        ]
    )
    assert troubles() == [(Trouble.ENTRY_CHANGED, 7), (Trouble.HEAD_DIFFERS, 7)]


def test_a_row_without_journal_cannot_borrow_anothers_entry(entries):
    forged = insert_copy(entries[2], row_id=uuid.UUID(int=5))
    assert [(f.trouble, f.entry_id) for f in verify(COUNTY).findings] == [
        (Trouble.ROW_MISSING, forged.id)
    ]


# --- order --------------------------------------------------------------------------------


def park(seq):
    sql("UPDATE journal_seal SET seq = 1000 WHERE seq = %s", seq)


def test_two_seals_that_changed_numbers_are_found(entries):
    park(2)
    sql("UPDATE journal_seal SET seq = 2 WHERE seq = 4")
    sql("UPDATE journal_seal SET seq = 4 WHERE seq = 1000")
    found = troubles()
    assert {(Trouble.ENTRY_MOVED, 2), (Trouble.ENTRY_MOVED, 4)} <= set(found)
    assert Trouble.ENTRY_CHANGED not in dict(found)


def test_two_entries_that_changed_seals_are_found(entries):
    spare = insert_copy(entries[0])
    for holder, target in ((2, spare), (4, entries[1]), (2, entries[3])):
        sql("UPDATE journal_seal SET entry_id = %s WHERE seq = %s", target.id, holder)
    remove_entry(spare)
    assert troubles() == [(Trouble.ENTRY_MOVED, 2), (Trouble.ENTRY_MOVED, 4)]


def test_a_new_order_with_every_sum_made_anew_is_found_by_the_printed_line(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    park(2)
    sql("UPDATE journal_seal SET seq = 2 WHERE seq = 4")
    sql("UPDATE journal_seal SET seq = 4 WHERE seq = 1000")
    forge_chain()
    assert troubles() == []
    assert troubles(anchor) == [(Trouble.ANCHOR_DIFFERS, 6)]


# --- the tail -----------------------------------------------------------------------------


def test_a_cut_tail_is_found_by_the_kept_count(entries):
    remove_entry(entries[5])
    remove_entry(entries[4])
    report = verify(COUNTY)
    assert [(f.trouble, f.seq, f.last_seq) for f in report.findings] == [(Trouble.TAIL_CUT, 5, 6)]


def test_a_cut_tail_with_the_count_set_back_is_found_by_the_printed_line(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    remove_entry(entries[5])
    forge_chain()
    assert troubles() == []
    assert troubles(anchor) == [(Trouble.TAIL_CUT, 6)]


def test_a_cut_tail_that_grew_again_is_found_by_the_printed_line(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    remove_entry(entries[5])
    forge_chain()
    record_slips(3)
    seal(COUNTY, now=SEALED_AT)
    assert troubles() == []
    assert troubles(anchor) == [(Trouble.ANCHOR_DIFFERS, 6)]


def test_a_journal_emptied_altogether_is_found_by_the_printed_line(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    for entry in entries:
        remove_entry(entry)
    sql("DELETE FROM journal_chainhead")
    assert troubles() == []
    assert troubles(anchor) == [(Trouble.TAIL_CUT, 1)]


def test_a_kept_head_that_was_removed_or_changed_is_found(entries):
    sql("UPDATE journal_chainhead SET hash = %s", "f" * 64)
    assert troubles() == [(Trouble.HEAD_DIFFERS, 6)]
    sql("DELETE FROM journal_chainhead")
    assert troubles() == [(Trouble.HEAD_DIFFERS, 6)]


def test_seals_that_the_kept_count_does_not_know_are_found(entries):
    ChainHead.objects.update(seq=F("seq") - 1, hash=Seal.objects.get(seq=5).hash)
    assert troubles() == [(Trouble.HEAD_DIFFERS, 6)]


# --- rows ---------------------------------------------------------------------------------


def test_an_edited_row_is_found_and_named(entries):
    sql("UPDATE journal_refusedattempt SET code = 'new' WHERE id = %s", entries[2].row_id)
    (finding,) = verify(COUNTY).findings
    assert (finding.trouble, finding.entry_id) == (Trouble.ROW_CHANGED, entries[2].id)
    assert finding.row == f"journal.refusedattempt {entries[2].row_id}"


def test_an_edited_row_is_found_before_its_entry_is_sealed():
    (entry,) = record_slips(1)
    sql("UPDATE journal_refusedattempt SET code = 'new' WHERE id = %s", entry.row_id)
    assert troubles() == [(Trouble.ROW_CHANGED, None)]


def test_a_column_outside_the_facts_may_change(entries):
    sql("UPDATE journal_refusedattempt SET kind = 'other' WHERE id = %s", entries[2].row_id)
    assert troubles() == []


def test_a_deleted_row_is_found(entries):
    sql("DELETE FROM journal_refusedattempt WHERE id = %s", entries[2].row_id)
    assert troubles() == [(Trouble.ROW_MISSING, None)]


def test_a_changed_salt_is_found(entries):
    sql("UPDATE journal_salt SET value = %s WHERE entry_id = %s", b"0" * 16, entries[2].id)
    assert troubles() == [(Trouble.ROW_CHANGED, None)]


# --- erasure ------------------------------------------------------------------------------


def erase_third(entries):
    return erase(
        [entries[2].id], reason="个人信息保护法第四十七条", happened_on=TODAY, stamp=stamp()
    )


def test_an_erased_row_and_salt_leave_the_chain_whole(entries):
    anchor = anchor_of(COUNTY, printed_on=TODAY)
    erase_third(entries)
    sql("DELETE FROM journal_refusedattempt WHERE id = %s", entries[2].row_id)
    seal(COUNTY, now=SEALED_AT)
    report = verify(COUNTY, anchor=anchor)
    assert report.is_whole
    assert (report.erased, report.sealed) == (1, 7)


def test_an_erasure_is_journalled_about_the_same_subject(entries):
    (entry,) = erase_third(entries)
    assert (entry.kind, entry.subject_kind, entry.subject_id) == ("journal.erased", "child", LAN)
    assert not Salt.objects.filter(entry=entries[2]).exists()
    assert Erasure.objects.get().entry_id == entries[2].id


def test_erasing_twice_is_erasing_once(entries):
    erase_third(entries)
    assert erase_third(entries) == []
    assert Erasure.objects.count() == 1


def test_another_countys_entries_are_not_erased(entries):
    gone = erase(
        [entries[2].id], reason="…", happened_on=TODAY, stamp=stamp(county_id=OTHER_COUNTY)
    )
    assert gone == []
    assert Salt.objects.filter(entry=entries[2]).exists()


def test_a_salt_that_somebody_took_away_is_not_an_erasure(entries):
    sql("DELETE FROM journal_salt WHERE entry_id = %s", entries[2].id)
    assert troubles() == [(Trouble.SALT_MISSING, None)]


def test_an_erasure_written_by_hand_without_an_entry_does_not_count(entries):
    sql("DELETE FROM journal_salt WHERE entry_id = %s", entries[2].id)
    Erasure.objects.create(
        county_id=COUNTY, entry_id=entries[2].id, reason="…", erased_at=SEALED_AT
    )
    assert troubles() == [(Trouble.SALT_MISSING, None)]


# --- many findings ------------------------------------------------------------------------


def test_a_ruined_journal_is_listed_to_a_thousand_and_counted_beyond(entries, monkeypatch):
    monkeypatch.setattr("notoneless.journal.queries.findings.MOST_LISTED", 2)
    sql("DELETE FROM journal_refusedattempt")
    report = verify(COUNTY)
    assert (len(report.findings), report.unlisted) == (2, 4)


def test_batches_meet_without_a_seam(entries, monkeypatch):
    monkeypatch.setattr("notoneless.journal.queries.wholeness.BATCH", 2)
    record_slips(5, now=NOW + 2 * MINUTE)
    assert verify(COUNTY).is_whole
    assert verify(COUNTY).rows_checked == 11
    sql("UPDATE journal_entry SET kind = 'slip.torn' WHERE id = %s", entries[2].id)
    assert troubles() == [(Trouble.ENTRY_CHANGED, 3)]
