"""Gives numbers: without gaps, each once, whoever issues at the same time."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from uuid_utils.compat import uuid7

from notoneless.documents.models import Document, NumberRegister, OfficeWord, OpeningBalance
from notoneless.journal.services import Stamp, record
from notoneless.places.models import Unit
from notoneless.rules.refusal import Refusal


class RegisterInUse(Refusal):
    """The register gave numbers already, has its opening balance, or old papers above it."""

    code = "DOCUMENT-02"


def next_number(office_id: UUID, series: str, year: int, *, county_id: UUID) -> int:
    """The next number of a register; the register is locked until the transaction ends.

    A rolled back transaction gives its number back, so no number is ever missing. Two or three
    statements. On SQLite the transaction itself is the lock.
    """
    register = locked_register(office_id, series, year, county_id=county_id)
    register.last += 1
    register.save(update_fields=["last"])
    return register.last


def locked_register(office_id: UUID, series: str, year: int, *, county_id: UUID) -> NumberRegister:
    """The register's row, locked; made when it is not there yet."""
    which = {"office_id": office_id, "series": series, "year": year}
    rows = NumberRegister.objects.select_for_update(of=("self",)).filter(**which)
    found = rows.first()
    if found is None:
        # Two may make it at once: one row comes of it, and both find that.
        new = NumberRegister(id=uuid7(), county_id=county_id, **which)
        NumberRegister.objects.bulk_create([new], ignore_conflicts=True)
        found = rows.get()
    return found


@transaction.atomic(savepoint=False)
def set_opening(
    office_id: UUID, series: str, year: int, *, last: int, on: date, stamp: Stamp
) -> OpeningBalance:
    """Run a register on from ``last``, the last number that was given by hand (running 文号).

    Once, before the first paper, and not below a paper from before that was brought in. Raises
    ``RegisterInUse``.
    """
    register = locked_register(office_id, series, year, county_id=stamp.county_id)
    given = highest_number(office_id, series, year)
    is_opened = OpeningBalance.objects.filter(register=register).exists()
    if given or is_opened or last < register.last:
        raise RegisterInUse(last=register.last)
    register.last = last
    register.save(update_fields=["last"])
    row = OpeningBalance.objects.create(
        county_id=stamp.county_id,
        register=register,
        last=last,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    record("paper.register_opened", row, subject=("unit", office_id), happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def call_office(office_id: UUID, word: str, *, on: date, stamp: Stamp) -> OfficeWord:
    """Let an office's numbers begin with ``word`` from now on; earlier papers keep theirs."""
    row = OfficeWord.objects.create(
        county_id=stamp.county_id,
        office_id=office_id,
        word=word,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    record("paper.office_word", row, subject=("unit", office_id), happened_on=on, stamp=stamp)
    return row


def word_of(office_id: UUID) -> str:
    """What an office's numbers begin with; its name where nobody has said."""
    newest = OfficeWord.objects.filter(office=office_id).order_by("-recorded_at", "-pk")
    word = newest.values_list("word", flat=True).first()
    return word or Unit.objects.values_list("name", flat=True).get(pk=office_id)


def highest_number(office_id: UUID, series: str, year: int) -> int:
    """The highest number on a paper of a register; 0 for none. For checks, never for giving one."""
    rows = Document.objects.filter(office=office_id, series=series, year=year)
    return rows.aggregate(top=Max("number"))["top"] or 0
