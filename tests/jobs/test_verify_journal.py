"""`notoneless verify-journal` and `seal-journal`, as an official types them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from notoneless.config.commandline import command_line
from notoneless.jobs.management.commands.verify_journal import SENTENCES, WRONG_PARTS
from notoneless.jobs.schedule import JOBS
from notoneless.jobs.sealing import seal_all
from notoneless.journal.models import ChainHead, Entry, Seal
from notoneless.journal.queries import Trouble, anchor_of, verify
from notoneless.journal.services import erase, seal
from notoneless.rules.chain import write_anchor
from tests.journal.desk import COUNTY, NOW, OTHER_COUNTY, TODAY, record_slips, slips, stamp

__all__ = ["slips"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slips")]
SEALED_AT = NOW + timedelta(minutes=1)


@pytest.fixture
def entries():
    made = record_slips(3)
    seal(COUNTY, now=SEALED_AT)
    return made


def tear(entry):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET kind = 'slip.torn' WHERE id = %s", [raw(entry)])


def raw(entry):
    return entry.id if connection.features.has_native_uuid_field else entry.id.hex


def ask(capsys, *words):
    """What was printed, and the exit code as a shell would see it."""
    code = 0
    try:
        call_command("verify_journal", *words)
    except CommandError as refused:
        code = refused.returncode
        return capsys.readouterr().out + str(refused), code
    return capsys.readouterr().out, code


def test_a_whole_journal_is_said_to_be_whole(entries, capsys):
    text, code = ask(capsys)
    assert code == 0
    assert "检查了 3 条已封存的记录，核对了 3 行数据" in text
    assert "日志完整" in text


def test_an_edit_is_told_in_a_sentence_and_fails_the_command(entries, capsys):
    tear(entries[1])
    text, code = ask(capsys)
    assert code == 1
    assert "第 2 号记录与封条不符" in text
    assert str(entries[1].row_id) in text


def test_a_printed_line_is_checked_quoted_or_not(entries, capsys):
    line = write_anchor(anchor_of(COUNTY, printed_on=TODAY))
    assert ask(capsys, "--anchor", line)[1] == 0
    assert ask(capsys, "--anchor", *line.split())[1] == 0


def test_a_cut_tail_shows_against_the_printed_line(entries, capsys):
    line = write_anchor(anchor_of(COUNTY, printed_on=TODAY))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_seal WHERE seq = 3")
        cursor.execute("DELETE FROM journal_salt WHERE entry_id = %s", [raw(entries[2])])
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [raw(entries[2])])
        cursor.execute("DELETE FROM journal_refusedattempt WHERE code = 'slip 2'")
        last = Seal.objects.get(seq=2)
        cursor.execute("UPDATE journal_chainhead SET seq = 2, hash = %s", [last.hash])
    assert ask(capsys)[1] == 0
    text, code = ask(capsys, "--anchor", line)
    assert code == 1
    assert "日志末尾被截断：第 3 号至第 3 号" in text


def test_a_mistyped_line_is_refused_with_the_reason(entries, capsys):
    line = write_anchor(anchor_of(COUNTY, printed_on=TODAY))
    text, code = ask(capsys, "--anchor", line.replace(" 3 ", " 8 "))
    assert (text, code) == ("锚定行的校验码对不上：有字符录错，请对照打印件逐段核对。", 2)


def test_only_the_county_asked_for_is_judged(entries, capsys):
    (other,) = record_slips(1, county_id=OTHER_COUNTY)
    seal(OTHER_COUNTY, now=SEALED_AT)
    tear(other)
    assert ask(capsys, "--county", str(COUNTY))[1] == 0
    assert ask(capsys, "--county", str(OTHER_COUNTY))[1] == 1
    assert ask(capsys)[1] == 1


def test_a_whole_county_after_a_torn_one_does_not_hide_it(entries, capsys):
    record_slips(1, county_id=OTHER_COUNTY)
    seal(OTHER_COUNTY, now=SEALED_AT)
    tear(entries[0])
    assert ask(capsys)[1] == 1


def test_a_line_of_another_county_is_refused(entries, capsys):
    line = write_anchor(anchor_of(COUNTY, printed_on=TODAY))
    text, code = ask(capsys, "--county", str(OTHER_COUNTY), "--anchor", line)
    assert (text, code) == ("锚定行属于另一个县，不能用来核对这个县。", 2)


def test_an_unknown_county_is_refused(capsys):
    text, code = ask(capsys, "--county", "539902")
    assert code == 2
    assert "没有编号为“539902”的县" in text


def test_a_county_is_found_by_its_code_and_called_by_its_name(village, capsys):
    text, code = ask(capsys, "--county", "539901")
    assert code == 0
    assert "青禾县（539901）" in text


def test_erased_and_waiting_entries_are_mentioned_and_no_fault(entries, capsys):
    erase([entries[0].id], reason="…", happened_on=TODAY, stamp=stamp())
    text, code = ask(capsys)
    assert code == 0
    assert "1 条记录的数据已依法清除" in text
    assert "1 条记录还没有封存，最早一条记于 2026-11-20 09:30" in text


def test_every_trouble_and_every_wrong_part_has_its_sentence(entries):
    assert set(SENTENCES) == set(Trouble)
    for sentence in SENTENCES.values():
        assert str(sentence) % {"seq": 1, "last_seq": 2, "row": "a.b 1"}
    for sentence in WRONG_PARTS.values():
        assert str(sentence) % {"value": "x"}


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        (["verify-journal", "--county", "5-3"], ["verify_journal", "--county", "5-3"]),
        (["verify_journal"], ["verify_journal"]),
        (["--help"], ["--help"]),
        ([], []),
    ],
)
def test_a_command_may_be_typed_with_dashes(typed, run):
    assert command_line(typed) == run


def test_sealing_by_hand_seals_every_county_and_prints_their_lines(capsys, time_machine_at_now):
    record_slips(2)
    record_slips(1, county_id=OTHER_COUNTY)
    call_command("seal_journal", "--anchor")
    assert capsys.readouterr().out.splitlines() == [
        write_anchor(anchor_of(county_id, printed_on=TODAY)) for county_id in (COUNTY, OTHER_COUNTY)
    ]
    assert Entry.objects.filter(seal=None).count() == 0


def test_one_county_that_cannot_be_sealed_does_not_stop_the_others(caplog):
    record_slips(2)
    seal(COUNTY, now=SEALED_AT)
    ChainHead.objects.update(seq=0)
    record_slips(1)
    record_slips(1, county_id=OTHER_COUNTY)
    assert seal_all(SEALED_AT) == [COUNTY]
    assert verify(OTHER_COUNTY).is_whole
    assert str(COUNTY) in caplog.text
    with pytest.raises(CommandError, match="1 个县的日志无法继续封存"):
        call_command("seal_journal")


def test_the_scheduler_seals_each_minute_and_looks_through_everything_each_day():
    rounds = {job.name: job for job in JOBS}
    record_slips(2)
    rounds["seal-journal"].run(SEALED_AT, TODAY)
    record_slips(1, now=NOW - timedelta(days=2))
    rounds["seal-journal"].run(SEALED_AT, TODAY)
    assert Entry.objects.filter(seal=None).count() == 1
    rounds["seal-journal-thorough"].run(SEALED_AT, TODAY)
    assert Entry.objects.filter(seal=None).count() == 0
    assert rounds["seal-journal"].every == timedelta(minutes=1)


@pytest.fixture
def time_machine_at_now(time_machine):
    time_machine.move_to(SEALED_AT, tick=False)
