"""A flag's life: sent twice it is one, completed later, closed by two, never taken back."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from notoneless.children.models import Guardian
from notoneless.flows.protection.handling import find_child, name_concerned, read_flag, read_flags
from notoneless.flows.protection.raising import raise_flag
from notoneless.flows.protection.refusals import (
    ClosingProposed,
    FlagClosed,
    NothingProposed,
    PoliceNotTold,
    SamePerson,
)
from notoneless.journal.insert_only import WrittenOnce
from notoneless.journal.models import Entry, Reading
from notoneless.journal.queries import readings_of, verify
from notoneless.protection.models import CriticalFlag, FlagConcerned, FlagStep
from notoneless.protection.queries.flags import flag_page
from notoneless.rules.protection.life_cycle import FlagState, Ground, StepKind
from notoneless.rules.protection.situations import Doubt, Situation
from notoneless.rules.refusal import Refusal
from tests.protection.desk import (
    answer,
    close,
    concerned,
    flag_row,
    name_officers,
    note,
    propose,
    raised,
    report,
    staff,
)
from tests.world import NOW, TODAY, Village, build

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-294")]


@pytest.fixture
def watched(village: Village) -> Village:
    return name_officers(village)


def page(v: Village, key: str, flag):
    return flag_page(v.actor(key), flag, on=TODAY, now=NOW)


# -- raising -------------------------------------------------------------------------------------


def test_sent_twice_it_is_one_flag(watched: Village):
    new = report(watched.lan.pk, concerned("guardian"), police_called=True, receipt="A-1")
    for _twice in range(2):
        raise_flag(watched.actor("chen"), new, today=TODAY, now=NOW)

    assert CriticalFlag.objects.count() == 1
    assert [s.kind for s in FlagStep.objects.all()] == ["police"]
    assert FlagConcerned.objects.count() == 1


def test_words_that_only_the_second_sending_has_are_not_lost(watched: Village):
    new = report(watched.lan.pk)
    raise_flag(watched.actor("chen"), new, today=TODAY, now=NOW)
    more = report(watched.lan.pk, id=new.id, facts="昨晚又听见哭声")
    for _twice in range(2):
        raise_flag(watched.actor("chen"), more, today=TODAY, now=NOW)

    steps = page(watched, "an", new.id).steps
    assert [(s.kind, s.words) for s in steps] == [(StepKind.ADDED, "昨晚又听见哭声")]


def test_another_persons_id_is_not_there(watched: Village):
    flag = raised(watched)
    with pytest.raises(CriticalFlag.DoesNotExist):
        raise_flag(watched.actor("qin"), report(watched.lan.pk, id=flag), today=TODAY, now=NOW)


def test_keys_that_are_not_the_childs_or_the_schools_are_left_off(watched: Village):
    other = Guardian.objects.create(
        county_id=watched.county_id, child=watched.children["far"], position=1, name="罗大河"
    )
    raised(
        watched,
        concerned("guardian", guardian_id=other.pk, words="父亲"),
        staff(watched, "tan"),
        concerned("other", person_id=watched.people["qin"].pk),
    )

    rows = FlagConcerned.objects.all()
    assert {(row.kind, row.guardian_id, row.person_id) for row in rows} == {
        ("guardian", None, None),
        ("staff", None, None),
        ("other", None, None),
    }


def test_a_birth_date_that_speaks_against_it_is_shown_to_the_officer_and_hinders_nothing(
    watched: Village,
):
    flag = raised(watched, situation=Situation.GIRL_FROM_14)

    assert [c.doubt for c in page(watched, "an", flag).children] == [Doubt.STILL_UNDER_14]
    assert [c.doubt for c in page(watched, "chen", flag).children] == [None]


def test_a_child_without_a_birth_date_is_flagged_like_any_other(watched: Village):
    watched.lan.born_on = None
    watched.lan.save()
    flag = raised(watched, situation=Situation.PREGNANT_UNDER_14)

    assert [c.doubt for c in page(watched, "an", flag).children] == [None]


# -- what is kept --------------------------------------------------------------------------------


def test_nothing_can_be_changed_or_deleted(watched: Village):
    row = flag_row(raised(watched))
    row.facts = "没有事"
    for attempt in (
        row.save,
        row.delete,
        CriticalFlag.objects.all().delete,
        FlagConcerned.objects.all().delete,
        lambda: FlagStep.objects.update(kind="closed"),
    ):
        with pytest.raises(WrittenOnce):
            attempt()


def test_the_words_lie_sealed(watched: Village):
    flag = raised(
        watched, concerned("other", words="邻居"), receipt="京公接2026-1", police_called=True
    )
    close(watched, flag)
    secrets = ("旧伤", "violence", "邻居", "京公接", "mistake", "报错", "核对过")
    for table in ("criticalflag", "flagconcerned", "flagstep"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM protection_{table}")
            stored = b" ".join(
                bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                for row in cursor.fetchall()
                for v in row
            )
        assert not [word for word in secrets if word.encode() in stored]


def test_the_journals_envelopes_name_neither_child_nor_reporter(watched: Village):
    before = set(Entry.objects.values_list("pk", flat=True))
    flag = raised(watched, staff(watched, "qin"), police_called=True)
    close(watched, flag)

    entries = Entry.objects.exclude(pk__in=before)
    assert len(entries) >= 8
    assert {(e.subject_kind, e.subject_id) for e in entries} == {("flag", flag)}
    assert {(e.actor_id, e.unit_id) for e in entries} == {(None, None)}
    assert {e.row_model.split(".")[0] for e in entries} == {"protection"}
    assert not Entry.objects.filter(subject_id=watched.lan.pk, kind__startswith="prot").exists()


def test_the_journal_finds_a_flag_that_was_edited_behind_its_back(watched: Village):
    flag = raised(watched)
    assert [f for f in verify(watched.county_id).findings if "protection" in f.row] == []

    with connection.cursor() as cursor:
        cursor.execute("UPDATE protection_criticalflag SET raised_on = '2020-01-01'")
    (found,) = [f for f in verify(watched.county_id).findings if "protection" in f.row]
    assert found.row == f"protection.criticalflag {flag}"


def test_reading_a_flag_is_noted_and_no_childs_page_knows(watched: Village):
    flag = raised(watched)
    read_flag(watched.actor("an"), flag, today=TODAY, now=NOW)
    read_flags(watched.actor("an"), today=TODAY, now=NOW)

    rows = Reading.objects.filter(person_id=watched.people["an"].pk)
    assert {row.kind for row in rows} == {"protection.read", "protection.listed"}
    assert {(row.child_id, row.filter) for row in rows} == {(None, "")}
    assert readings_of(watched.lan.pk).total == 0


def test_a_reading_that_is_refused_leaves_no_trace(watched: Village):
    flag = raised(watched)
    with pytest.raises(CriticalFlag.DoesNotExist):
        read_flag(watched.actor("qin"), flag, today=TODAY, now=NOW)

    assert Reading.objects.count() == 0


# -- completing ----------------------------------------------------------------------------------


def test_the_reporter_adds_facts_and_the_polices_receipt(watched: Village):
    flag = raised(watched)
    note(watched, "chen", flag, StepKind.ADDED, words="班里同学也看到了")
    note(watched, "chen", flag, StepKind.POLICE, receipt="青公接〔2026〕77号")

    steps = page(watched, "an", flag).steps
    assert [(s.kind, s.words, s.receipt) for s in steps] == [
        (StepKind.ADDED, "班里同学也看到了", ""),
        (StepKind.POLICE, "", "青公接〔2026〕77号"),
    ]


@pytest.mark.parametrize("kind", [StepKind.SEEN, StepKind.SUPERIOR, StepKind.DEPARTMENT])
def test_the_reporter_takes_no_officers_step(watched: Village, kind: StepKind):
    flag = raised(watched)
    with pytest.raises(CriticalFlag.DoesNotExist):
        note(watched, "chen", flag, kind)


@pytest.mark.parametrize("key", ["qin", "wei", "fang", "lu", "mo", "shao", "cen", "deng"])
def test_nobody_without_the_post_does_anything_to_a_flag(watched: Village, key: str):
    flag = raised(watched)
    actor = watched.actor(key)
    for attempt in (
        lambda: note(watched, key, flag, StepKind.SEEN),
        lambda: note(watched, key, flag, StepKind.ADDED, words="x"),
        lambda: propose(watched, key, flag),
        lambda: name_concerned(actor, flag, concerned("other"), today=TODAY, now=NOW),
        lambda: read_flag(actor, flag, today=TODAY, now=NOW),
    ):
        with pytest.raises(CriticalFlag.DoesNotExist):
            attempt()


def test_it_is_taken_on_once(watched: Village):
    flag = raised(watched)
    note(watched, "an", flag, StepKind.SEEN)
    note(watched, "bai", flag, StepKind.SEEN)

    assert [s.by for s in page(watched, "an", flag).steps] == ["安若兰"]


# -- closing -------------------------------------------------------------------------------------


def test_two_officers_close_it(watched: Village):
    flag = raised(watched)
    close(watched, flag)

    assert page(watched, "an", flag).state is FlagState.CLOSED
    assert page(watched, "chen", flag).state is FlagState.CLOSED
    with pytest.raises(FlagClosed):
        note(watched, "chen", flag, StepKind.ADDED, words="还有")


def test_who_proposed_it_does_not_confirm_it(watched: Village):
    flag = raised(watched)
    proposal = propose(watched, "an", flag)
    with pytest.raises(SamePerson):
        answer(watched, "an", flag, proposal)

    assert page(watched, "an", flag).state is FlagState.CLOSING
    assert not page(watched, "an", flag).may_answer
    assert page(watched, "bai", flag).may_answer


@pytest.mark.parametrize("second", ["bai", "cen", "deng"])
def test_the_second_is_another_officer_or_the_townships_or_the_bureaus(
    watched: Village, second: str
):
    flag = raised(watched)
    answer(watched, second, flag, propose(watched, "an", flag))

    assert page(watched, "an", flag).state is FlagState.CLOSED


def test_nobody_concerned_closes_it(watched: Village):
    flag = raised(watched, staff(watched, "bai"))
    with pytest.raises(CriticalFlag.DoesNotExist):
        propose(watched, "bai", flag)
    proposal = propose(watched, "an", flag)
    with pytest.raises(CriticalFlag.DoesNotExist):
        answer(watched, "bai", flag, proposal)

    name_concerned(watched.actor("an"), flag, staff(watched, "cen"), today=TODAY, now=NOW)
    with pytest.raises(CriticalFlag.DoesNotExist):
        answer(watched, "cen", flag, proposal)


@pytest.mark.parametrize("ground", [Ground.HANDLED, Ground.UNFOUNDED])
def test_only_a_mistake_is_closed_before_the_police_were_told(watched: Village, ground: Ground):
    flag = raised(watched)
    with pytest.raises(PoliceNotTold):
        propose(watched, "an", flag, ground)

    note(watched, "chen", flag, StepKind.POLICE)
    answer(watched, "bai", flag, propose(watched, "an", flag, ground))
    assert page(watched, "an", flag).state is FlagState.CLOSED


def test_a_second_officer_may_keep_it_open(watched: Village):
    flag = raised(watched)
    proposal = propose(watched, "an", flag)
    answer(watched, "bai", flag, proposal, agrees=False)

    with pytest.raises(NothingProposed):
        answer(watched, "bai", flag, proposal)
    again = propose(watched, "bai", flag)
    answer(watched, "an", flag, again)
    assert page(watched, "an", flag).state is FlagState.CLOSED


def test_two_proposals_do_not_stand_side_by_side(watched: Village):
    flag = raised(watched)
    propose(watched, "an", flag)
    with pytest.raises(ClosingProposed):
        propose(watched, "bai", flag)


def test_an_answer_to_another_flags_proposal_is_none(watched: Village):
    first, second = raised(watched), raised(watched)
    other = propose(watched, "an", first)
    with pytest.raises(NothingProposed):
        answer(watched, "bai", second, other)


def test_hours_are_counted_whole(watched: Village):
    flag = raised(watched, now=NOW - timedelta(hours=26, minutes=59))

    assert page(watched, "an", flag).hours == 26
    office, _own = read_flags(watched.actor("an"), today=TODAY, now=NOW)
    assert [(row.hours, row.children) for row in office.open] == [(26, ("吴小兰",))]


def test_the_reporter_is_not_told_whom_an_officer_found(watched: Village):
    flag = raised(watched, child_id=None, child_words="一个女孩")
    find_child(watched.actor("an"), flag, watched.lan.pk, today=TODAY, now=NOW)

    assert page(watched, "chen", flag).children == ()
    _office, own = read_flags(watched.actor("chen"), today=TODAY, now=NOW)
    assert [row.children for row in own.open] == [("一个女孩",)]
    assert [c.name for c in page(watched, "an", flag).children] == ["吴小兰"]


# -- two at once ---------------------------------------------------------------------------------


def _together(*jobs) -> list[str]:
    """Run jobs at the same moment, each on its own connection; answers how each ended."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time there")
    start = threading.Barrier(len(jobs))
    ended: list[str] = []

    def run(job) -> None:
        start.wait()
        try:
            job()
            ended.append("done")
        except Refusal as refusal:
            ended.append(refusal.code)
        except CriticalFlag.DoesNotExist:
            ended.append("not there")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


@pytest.mark.django_db(transaction=True)
def test_two_officers_answering_at_once_close_it_once():
    v = name_officers(build())
    flag = raised(v)
    proposal = propose(v, "an", flag)
    ended = _together(
        lambda: answer(v, "bai", flag, proposal),
        lambda: answer(v, "cen", flag, proposal),
    )

    # The township's officer has no business with it any more once it is closed.
    assert ended in (["PROTECT-01", "done"], ["done", "not there"])
    assert FlagStep.objects.filter(kind="closed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_proposing_at_once_leave_one_proposal():
    v = name_officers(build())
    flag = raised(v)
    ended = _together(lambda: propose(v, "an", flag), lambda: propose(v, "bai", flag))

    assert ended == ["PROTECT-04", "done"]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_the_same_moment_is_one_flag():
    v = name_officers(build())
    new = report(v.lan.pk)
    actor = v.actor("chen")

    def send() -> None:
        raise_flag(actor, new, today=TODAY, now=NOW)

    assert _together(send, send) == ["done", "done"]
    assert CriticalFlag.objects.count() == 1
