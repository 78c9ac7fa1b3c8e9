"""Who looked at which child, and what was refused to whom."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from notoneless.journal.models import Reading, RefusedAttempt
from notoneless.journal.queries import readings_of
from notoneless.journal.services import Listed, Stamp, note_reading, note_refusal
from tests.journal.desk import CHEN, COUNTY, LAN, NOW, stamp

pytestmark = pytest.mark.django_db


def open_file(minutes: int = 0, child_id: UUID = LAN) -> None:
    note_reading("child.opened", stamp=stamp(NOW + timedelta(minutes=minutes)), child_id=child_id)


def test_a_reveal_names_the_reader_the_fields_and_the_purpose(django_assert_num_queries):
    with django_assert_num_queries(1):
        note_reading(
            "child.revealed",
            stamp=stamp(),
            child_id=LAN,
            fields=["national_id"],
            purpose="核对身份",
        )
    (line,) = readings_of(LAN).rows
    assert (line.at, line.person_id, line.kind) == (NOW, CHEN, "child.revealed")
    assert (line.fields, line.purpose) == (("national_id",), "核对身份")


def test_a_list_is_one_row_however_long():
    ids = [uuid4() for _ in range(300)]
    note_reading("children.listed", stamp=stamp(), listed=Listed.of("班级=三年级1班", ids))
    reading = Reading.objects.get()
    assert (reading.filter, reading.row_count, reading.child_id) == ("班级=三年级1班", 300, None)


def test_the_digest_of_a_list_depends_on_who_is_in_it_and_not_on_the_order():
    # Two that a set of Python hands out in the order in which they were put in.
    ids = [UUID(int=8), UUID(int=0)]
    assert Listed.of("", ids) == Listed.of("", reversed(ids))
    assert Listed.of("", ids).rows_digest != Listed.of("", ids[:1]).rows_digest
    assert Listed.of("", [ids[0], ids[0]]).row_count == 1


def test_readings_come_newest_first_and_by_pages(django_assert_num_queries):
    for minute in range(5):
        open_file(minute)
    open_file(9, child_id=uuid4())
    with django_assert_num_queries(2):
        page = readings_of(LAN, page=1, page_rows=2)
    assert [line.at - NOW for line in page.rows] == [timedelta(minutes=4), timedelta(minutes=3)]
    assert (page.total, page.pages, page.has_next) == (5, 3, True)
    last = readings_of(LAN, page=3, page_rows=2)
    assert ([line.at for line in last.rows], last.has_next) == ([NOW], False)
    assert readings_of(LAN, page=4, page_rows=2).rows == ()


def test_a_child_nobody_looked_at_has_one_empty_page():
    page = readings_of(LAN)
    assert (page.rows, page.total, page.pages, page.has_next) == ((), 0, 1, False)


def test_a_reading_without_a_reader_is_a_mistake():
    with pytest.raises(ValueError, match="reader"):
        note_reading("child.opened", stamp=Stamp(COUNTY, None, NOW), child_id=LAN)


@pytest.mark.parametrize("what", [{}, {"child_id": LAN, "listed": Listed.of("", [LAN])}])
def test_a_reading_is_of_one_child_or_of_one_list(what):
    with pytest.raises(ValueError, match="one child or of one list"):
        note_reading("child.opened", stamp=stamp(), **what)


def test_a_refused_attempt_is_kept_with_its_code_and_its_author():
    note_refusal(
        "ROLL-01", kind="roll.call", subject=("child", LAN), by=CHEN, now=NOW, county_id=COUNTY
    )
    kept = RefusedAttempt.objects.get()
    assert (kept.code, kept.kind, kept.subject_id, kept.person_id, kept.at) == (
        "ROLL-01",
        "roll.call",
        LAN,
        CHEN,
        NOW,
    )


def test_a_refusal_may_have_neither_subject_nor_person_nor_county():
    note_refusal("SIGNIN-01", kind="sign.in", subject=None, by=None, now=NOW)
    kept = RefusedAttempt.objects.get()
    assert (kept.subject_kind, kept.subject_id, kept.person_id, kept.county_id) == (
        "",
        None,
        None,
        None,
    )
