"""Contacts: entered once, counted wherever the plan counts them; proof, corrections, doors."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.models import Child
from notoneless.children.services.merging import Half, merge_children
from notoneless.contacts.models import Contact, ContactChild, Evidence, SealedPicture
from notoneless.contacts.queries.facts import facts_about
from notoneless.contacts.queries.timeline import (
    contact_seen,
    open_picture,
    pictures_of,
    timeline_of,
    versions_of,
)
from notoneless.duties.models import Duty
from notoneless.flows.contacts.correcting import (
    correct_contact,
    prove_contact,
    withdraw_contact,
)
from notoneless.flows.contacts.pictures import Sent
from notoneless.flows.contacts.refusals import (
    CauseUnknown,
    ContactFaulty,
    ContactIdUsed,
    ContactReplaced,
    CorrectionUnexplained,
    NothingToAdd,
    NotYourContact,
    PersonUnknown,
    TooManyPictures,
    TwoAdultsNeeded,
    VisitWithoutProof,
)
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.rules.contacts.forms import Companion, Fault
from notoneless.rules.contacts.kinds import Kind, Met, Proof, Result
from notoneless.rules.duties.facts import ContactKind
from notoneless.rules.duties.kinds import DutyRule, DutyState, EvidenceKind
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, NEXT_MON, SAT, THU, TUE, WED, at, call, open_school
from tests.contacts.desk import form, log, photo, send, signature
from tests.duties.desk import S1_29, duties, duty, under
from tests.world import TODAY, Village, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


@pytest.fixture
def s1_29(village: Village) -> Village:
    return under(village, S1_29)


@pytest.fixture
def proof(village: Village) -> Village:
    """The same plan, with a picture asked for at every visit."""
    return under(village, S1_29, own=[("visit_photo_required", True, "", None)])


def facts(v: Village, name="lan"):
    found = facts_about(
        [v.children[name].pk], county_id=v.county_id, from_on=TODAY.replace(month=8), until=FRI
    )
    return found.contacts


# -- logging -----------------------------------------------------------------------------------


@pytest.mark.req("R-086", "R-095", "R-097")
def test_a_contact_is_kept_whole_and_sealed(school: Village):
    school.employ("huang", "黄建国", Role.SUBJECT_TEACHER, "primary")
    logged = log(
        school,
        kind="visit",
        result="will_return",
        hour="19:30",
        place="石桥村三组",
        met=frozenset({Met.GUARDIAN, Met.CHILD}),
        together=[("huang", "subject_teacher")],
        others=("外婆 吴氏",),
        child_words="我想在家带弟弟",
        guardian_view="家里没人带小的",
        found="父母在外务工",
        causes=("family", "poverty"),
        main_cause="family",
        promise="下周一送到校",
        next_step="周一早上核对到校",
        next_on=NEXT_MON,
        feedback={"labour": "帮外婆做饭", "school": ""},
        witness="",
    )

    line = contact_seen(school.actor("chen"), logged.contact_id, on=FRI)
    assert (line.kind, line.result, line.happened_on) == (Kind.VISIT, Result.WILL_RETURN, FRI)
    assert [v.name for v in line.visitors] == ["陈小满", "黄建国"]
    assert (line.child_words, line.guardian_view) == ("我想在家带弟弟", "家里没人带小的")
    assert (line.causes, line.main_cause) == (("family", "poverty"), "family")
    assert (line.promise, line.next_on) == ("下周一送到校", NEXT_MON)
    assert line.feedback == {"labour": "帮外婆做饭"}
    assert line.by.role == "homeroom_teacher"
    with connection.cursor() as cursor:
        cursor.execute("SELECT child_words, guardian_view, others FROM contacts_contact")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert "弟弟".encode() not in stored
    assert "外婆".encode() not in stored
    kinds = set(Entry.objects.filter(kind__startswith="contact.").values_list("kind", flat=True))
    assert kinds == {"contact.logged"}
    assert verify(school.county_id).findings == []


@pytest.mark.req("R-086")
def test_the_same_id_twice_is_once_and_never_another_contact(school: Village):
    new = form(school, result="not_reached")

    first, again = send(school, new), send(school, new)

    assert first.contact_id == again.contact_id
    assert (first.is_new, again.is_new) == (True, False)
    assert Contact.objects.count() == 1
    with pytest.raises(ContactIdUsed):
        send(school, replace(new, result=Result.REFUSED))
    with pytest.raises(ContactIdUsed):
        send(school, new, by="qin")


def test_the_same_form_sent_again_the_next_day_is_still_once(school: Village):
    new = form(school, result="not_reached")
    send(school, new)

    assert not send(school, new, today=SAT).is_new


@pytest.mark.req("R-086")
def test_nobody_writes_about_a_child_of_another_place_or_without_the_right(school: Village):
    with pytest.raises(Child.DoesNotExist):
        log(school, by="tan")
    with pytest.raises(Child.DoesNotExist):
        log(school, "far")
    with pytest.raises(Child.DoesNotExist):
        log(school, "lan", "far", kind="visit")
    with pytest.raises(NotAllowed):
        log(school, by="shao")  # supervision reads and writes nothing
    assert Contact.objects.count() == 0


@pytest.mark.req("R-096")
def test_a_township_officer_visits_children_of_the_township(school: Village):
    logged = log(school, by="xiang", kind="visit", result="reached")

    assert Contact.objects.get(pk=logged.contact_id).by_role == "township_officer"


@pytest.mark.req("R-096")
def test_a_child_alone_is_visited_by_two(school: Village):
    alone: dict[str, Any] = {"kind": "visit", "met": frozenset({Met.CHILD})}
    with pytest.raises(TwoAdultsNeeded):
        log(school, **alone)

    log(school, **alone, together=[("qin", "principal")])
    assert Contact.objects.count() == 1


def test_mistakes_are_told_all_at_once(school: Village):
    with pytest.raises(ContactFaulty) as wrong:
        log(school, kind="visit", met=frozenset(), happened_on=SAT, next_on=FRI)

    assert set(wrong.value.faults) == {Fault.NOBODY_MET, Fault.FUTURE, Fault.NEXT_BEFORE}


def test_who_was_there_is_in_the_directory(school: Village):
    stranger = replace(form(school, kind="visit"), companions=(Companion(uuid7()),))
    with pytest.raises(PersonUnknown):
        send(school, stranger)


@pytest.mark.req("R-079")
def test_causes_are_those_of_the_plan_and_the_restricted_ones(school: Village):
    with pytest.raises(CauseUnknown):
        log(school, causes=("aliens",), main_cause="aliens")

    log(school, causes=("pregnancy",), main_cause="pregnancy")
    assert Contact.objects.get().main_cause == "other"


@pytest.mark.parametrize(
    ("cause", "step"),
    [
        pytest.param("peer_conflict", "换座位，班会谈一次", marks=pytest.mark.req("R-286")),
        pytest.param("gender_preference", "请妇联同志再去一次", marks=pytest.mark.req("R-289")),
    ],
)
def test_every_place_can_name_quarrels_and_daughters_kept_at_home(
    school: Village, cause: str, step: str
):
    """The response is the contact's next step; no plan's shorter list takes the cause away."""
    logged = log(school, kind="visit", causes=(cause,), main_cause=cause, next_step=step)

    (line,) = timeline_of(school.actor("qin"), school.lan.pk, on=FRI).lines
    assert (line.id, line.main_cause, line.next_step) == (logged.contact_id, cause, step)


@pytest.mark.req("R-098")
def test_a_meeting_covers_children_and_answers_for_none_alone(s1_29: Village):
    logged = log(s1_29, "lan", "gang", by="qin", kind="meeting", place="石桥村村部")

    assert ContactChild.objects.filter(contact=logged.contact_id).count() == 2
    assert facts(s1_29) == ()
    shown = timeline_of(s1_29.actor("chen"), s1_29.lan.pk, on=FRI)
    assert [line.kind for line in shown.lines] == [Kind.MEETING]
    assert shown.attempts == 0


@pytest.mark.req("R-086")
def test_a_merged_row_is_the_kept_child(school: Village):
    twin = school.enrol("twin", "吴小蓝", "primary-1")
    log(school, "twin", result="reached")
    merge_children(
        Half(school.lan.pk, school.lan.version),
        Half(twin.pk, twin.version),
        reason="同一人",
        actor=school.actor("lu"),
        today=FRI,
        stamp=school.stamp("lu"),
    )

    assert [fact.child_id for fact in facts(school)] == [school.lan.pk]
    assert len(timeline_of(school.actor("chen"), school.lan.pk, on=FRI).lines) == 1
    log(school, "twin", result="reached")
    assert ContactChild.objects.filter(child=school.lan.pk).count() == 1


def test_a_phone_with_a_wrong_clock_is_not_believed(school: Village):
    new = form(school, noted_at=at(SAT))
    send(school, new)
    assert Contact.objects.get().noted_at == at(FRI, 10)

    log(school, happened_on=FRI, noted_at=at(THU))
    log(school, happened_on=THU, noted_at=at(THU, 18))
    moments = list(Contact.objects.order_by("noted_at").values_list("noted_at", flat=True))
    assert moments == [at(THU, 18), at(FRI, 10), at(FRI, 10)]


# -- duties ------------------------------------------------------------------------------------


@pytest.mark.req("R-099", "T12")
def test_a_failed_try_schedules_the_next_school_day(s1_29: Village):
    logged = log(s1_29, result="not_reached")

    assert logged.next_on == NEXT_MON  # Friday's next school day
    again = duty(DutyRule.NEXT_TRY)
    assert (again.due_on, again.bearer_role, again.state) == (
        NEXT_MON,
        Role.HOMEROOM_TEACHER,
        DutyState.OPEN,
    )


@pytest.mark.req("R-099")
def test_yesterdays_failed_call_is_tried_again_today(s1_29: Village):
    assert log(s1_29, result="not_reached", happened_on=THU).next_on == FRI
    assert log(s1_29, result="wrong_number", happened_on=THU, next_on=NEXT_MON).next_on == NEXT_MON
    assert log(s1_29, result="refused").next_on is None


@pytest.mark.req("R-099")
def test_who_gets_through_later_closes_it(s1_29: Village):
    log(s1_29, result="not_reached", happened_on=THU, today=THU)
    done = log(s1_29, kind="talk")

    row = duty(DutyRule.NEXT_TRY)
    assert (row.state, row.done_on, row.closed_by) == (DutyState.DONE, FRI, done.contact_id)


@pytest.mark.req("R-070", "T12")
def test_one_visit_answers_for_the_inquiry_the_visit_and_the_next_try(s1_29: Village):
    for day in (MON, TUE):
        call(s1_29, day, "lan")
    log(s1_29, result="not_reached", happened_on=TUE, today=TUE)
    visit = log(
        s1_29,
        kind="visit",
        result="will_return",
        happened_on=WED,
        today=WED,
        causes=("family",),
        main_cause="family",
        witness="村支书",
    )

    rows = {row.rule: row for row in duties(subject_id=s1_29.lan.pk)}
    closed = {DutyRule.INVESTIGATE, DutyRule.VISIT, DutyRule.NEXT_TRY}
    assert closed <= set(rows)
    assert {rows[rule].closed_by for rule in closed} == {visit.contact_id}
    assert rows[DutyRule.INVESTIGATE].closed_by_kind == EvidenceKind.CAUSE


@pytest.mark.req("R-070", "T04")
@pytest.mark.parametrize(("when", "is_late"), [("same_day", True), ("prompt", False)])
def test_a_call_the_day_after_is_late_only_where_the_plan_says_the_same_day(
    village: Village, when: str, is_late: bool
):
    v = _with_call_rule(village, when)
    call(v, MON, "lan")
    log(v, happened_on=TUE, today=TUE)

    row = duty(DutyRule.GUARDIAN_CONTACT)
    assert (row.state, row.done_on, row.late_since is not None) == (DutyState.DONE, TUE, is_late)


@pytest.mark.req("R-070", "T04")
def test_a_call_on_the_day_itself_is_in_time(village: Village):
    v = _with_call_rule(village, "same_day")
    call(v, MON, "lan")
    log(v, happened_on=MON, today=MON)

    row = duty(DutyRule.GUARDIAN_CONTACT)
    assert (row.state, row.late_since) == (DutyState.DONE, None)


def _with_call_rule(v: Village, when: str) -> Village:
    pack = "S1-22/2026" if when == "same_day" else "S1-14/2026"
    return under(v, pack)


# -- proof -------------------------------------------------------------------------------------


@pytest.mark.req("R-087")
def test_a_visit_without_proof_is_refused_and_nothing_is_written(proof: Village):
    with pytest.raises(VisitWithoutProof):
        log(proof, kind="visit", result="reached")

    assert Contact.objects.count() == 0
    assert Entry.objects.filter(kind__startswith="contact").count() == 0


@pytest.mark.req("R-087")
@pytest.mark.parametrize(
    ("sent", "witness"),
    [
        (Sent(photos=(photo(width=300, height=200),)), ""),
        (Sent(house_front=photo(width=300, height=200)), ""),
        (Sent(paper=photo(width=300, height=200)), ""),
        (Sent(signature=signature()), ""),
        (Sent(), "村支书 梁有德"),
    ],
)
def test_any_one_proof_closes_it(proof: Village, sent: Sent, witness: str):
    logged = log(proof, kind="visit", result="reached", sent=sent, witness=witness)

    assert logged.is_closed
    assert facts(proof)[0].is_reached


@pytest.mark.req("R-087")
def test_a_visit_kept_for_later_counts_only_once_it_is_proven(proof: Village):
    for day in (MON, TUE):
        call(proof, day, "lan")
    logged = log(proof, kind="visit", result="reached", later=True)
    assert not logged.is_closed
    assert not facts(proof)[0].is_reached
    assert duty(DutyRule.VISIT).state == DutyState.OPEN

    prove_contact(
        proof.actor("chen"),
        logged.contact_id,
        Sent(signature=signature()),
        today=FRI,
        now=at(FRI, 18),
    )

    assert duty(DutyRule.VISIT).state == DutyState.DONE
    assert Evidence.objects.get().proof == Proof.SIGNATURE


@pytest.mark.req("R-087")
def test_a_visit_that_met_nobody_is_kept_without_proof_and_tried_again(proof: Village):
    logged = log(proof, kind="visit", result="not_reached")

    assert (logged.is_closed, logged.next_on) == (False, NEXT_MON)
    assert timeline_of(proof.actor("chen"), proof.lan.pk, on=FRI).visits_in_vain == 0


@pytest.mark.req("R-087")
def test_a_call_needs_no_proof(proof: Village):
    assert log(proof, kind="call").is_closed


@pytest.mark.req("R-087")
def test_pictures_lie_sealed_and_open_through_the_door_only(school: Village):
    logged = log(school, kind="visit", sent=Sent(photos=(photo(),)))
    row = Evidence.objects.get()
    stored = bytes(SealedPicture.objects.get().sealed)
    assert b"JFIF" not in stored

    data, kind, child = open_picture(school.actor("chen"), row.pk, on=FRI)
    assert data.startswith(b"\xff\xd8")
    assert (kind, child) == ("image/jpeg", school.lan.pk)
    for stranger in ("tan", "long", "shi"):
        with pytest.raises(Evidence.DoesNotExist):
            open_picture(school.actor(stranger), row.pk, on=FRI)
    assert contact_seen(school.actor("chen"), logged.contact_id, on=FRI).is_closed


@pytest.mark.req("R-087")
def test_the_same_picture_used_twice_is_shown_as_such(school: Village):
    first = log(school, kind="visit", sent=Sent(photos=(photo(),)))
    second = log(school, "gang", kind="visit", sent=Sent(photos=(photo(), photo(seed=3))))
    smaller = log(school, kind="visit", sent=Sent(photos=(photo(width=1200, height=900),)))

    chen = school.actor("chen")
    same, other = pictures_of(
        contact_seen(chen, second.contact_id, on=FRI), county_id=school.county_id
    )
    (alike,) = pictures_of(
        contact_seen(chen, smaller.contact_id, on=FRI), county_id=school.county_id
    )
    assert same.same_as == (first.contact_id,)
    assert (other.same_as, other.alike) == ((), ())
    assert alike.same_as == ()
    assert set(alike.alike) == {first.contact_id, second.contact_id}


def test_pictures_are_counted(school: Village):
    with pytest.raises(TooManyPictures):
        log(school, kind="visit", sent=Sent(photos=(photo(width=60, height=40),) * 5))
    logged = log(school, kind="visit")
    with pytest.raises(NothingToAdd):
        prove_contact(school.actor("chen"), logged.contact_id, Sent(), today=FRI, now=at(FRI))


# -- corrections -------------------------------------------------------------------------------


def correct(v: Village, contact_id, *, by="chen", reason="写错了", **more):
    new = form(v, **more)
    return correct_contact(
        v.actor(by, today=FRI), contact_id, new, reason=reason, today=FRI, now=at(FRI, 12)
    )


@pytest.mark.req("R-086")
def test_a_correction_is_a_new_row_with_its_reason_and_keeps_the_pictures(proof: Village):
    first = log(proof, kind="visit", sent=Sent(house_front=photo()))

    second = correct(proof, first.contact_id, kind="visit", result="refused")

    assert second.is_closed  # the old one's picture stays with it
    assert [fact.id for fact in facts(proof)] == [second.contact_id]
    newest, oldest = versions_of(proof.actor("chen"), first.contact_id, on=FRI)
    assert (newest.reason, newest.is_correction) == ("写错了", True)
    assert oldest.superseded_at == at(FRI, 12)
    line = contact_seen(proof.actor("chen"), second.contact_id, on=FRI)
    assert len(pictures_of(line, county_id=proof.county_id)) == 1
    assert verify(proof.county_id).findings == []


@pytest.mark.req("R-086")
def test_only_the_writer_or_who_answers_for_the_class_corrects(school: Village):
    school.employ("song", "宋雨", Role.HELPER, "primary")
    mine = log(school, by="song")

    with pytest.raises(NotYourContact):
        correct(school, log(school).contact_id, by="song")
    with pytest.raises(Contact.DoesNotExist):
        correct(school, mine.contact_id, by="tan")
    fixed = correct(school, mine.contact_id, by="chen")
    row = Contact.objects.get(pk=fixed.contact_id)
    assert (row.by_id, row.entered_by_id) == (
        school.people["song"].pk,
        school.people["chen"].pk,
    )


def test_a_correction_says_why_and_corrects_what_stands(school: Village):
    first = log(school)
    with pytest.raises(CorrectionUnexplained):
        correct(school, first.contact_id, reason="  ")
    correct(school, first.contact_id)
    with pytest.raises(ContactReplaced):
        correct(school, first.contact_id)


def test_the_same_correction_twice_is_once(school: Village):
    first, new = log(school), form(school, result="refused")
    chen = school.actor("chen", today=FRI)
    for _ in range(2):
        correct_contact(chen, first.contact_id, new, reason="更正", today=FRI, now=at(FRI, 12))

    assert Contact.objects.filter(superseded_at=None).count() == 1


@pytest.mark.req("R-086")
def test_a_withdrawn_contact_counts_no_more_and_reopens_what_it_closed(s1_29: Village):
    for day in (MON, TUE):
        call(s1_29, day, "lan")
    visit = log(s1_29, kind="visit", witness="梁", happened_on=TUE, today=TUE)
    assert duty(DutyRule.VISIT).state == DutyState.DONE

    withdraw_contact(
        s1_29.actor("chen"), visit.contact_id, reason="记到别人名下了", today=FRI, now=at(FRI)
    )

    assert duty(DutyRule.VISIT).state == DutyState.OPEN
    assert contact_seen(s1_29.actor("chen"), visit.contact_id, on=FRI).ended_reason
    assert timeline_of(s1_29.actor("chen"), s1_29.lan.pk, on=FRI).lines == ()


# -- what shows --------------------------------------------------------------------------------


@pytest.mark.req("R-095", "R-099")
def test_one_timeline_newest_first_with_numbered_attempts(school: Village):
    log(school, kind="call", result="not_reached", happened_on=MON)
    log(school, kind="visit", result="refused", happened_on=TUE)
    log(school, kind="letter", happened_on=WED)
    log(school, kind="visit", result="not_reached", happened_on=THU)

    shown = timeline_of(school.actor("chen"), school.lan.pk, on=FRI)

    assert [(line.kind.value, line.attempt) for line in shown.lines] == [
        ("visit", 4),
        ("letter", 3),
        ("visit", 2),
        ("call", 1),
    ]
    assert (shown.attempts, shown.visits_in_vain) == (4, 2)


@pytest.mark.req("R-079", "R-300")
def test_restricted_causes_and_statements_stay_behind_their_doors(school: Village):
    from notoneless.children.models import ChildPlace
    from notoneless.places.models import UnitPlace

    home = UnitPlace.objects.get(unit=school.units["village"], to_on=None)
    ChildPlace.objects.create(
        county_id=school.county_id,
        child=school.lan,
        unit=school.units["village"],
        line=home.line,
        path=home.path,
        relation="residence",
        from_on=MON - timedelta(days=60),
    )
    logged = log(
        school,
        child_words="不想说",
        causes=("violence", "poverty"),
        main_cause="violence",
    )

    def seen(name: str):
        return contact_seen(school.actor(name), logged.contact_id, on=FRI)

    for inside in ("chen", "qin"):
        assert seen(inside).causes == ("violence", "poverty")
        assert seen(inside).main_cause == "violence"
    for above in ("xiang", "lu", "he"):
        assert seen(above).child_words == "不想说"
        assert (seen(above).causes, seen(above).main_cause) == (("other", "poverty"), "other")
    village = seen("long")
    assert (village.child_words, village.causes) == ("", ("other", "poverty"))
    assert village.is_reached
    with pytest.raises(Contact.DoesNotExist):
        seen("tan")


def test_a_reader_sees_only_those_of_the_children_he_may(school: Village):
    log(school, "lan", "yan", by="qin", kind="visit")

    (line,) = timeline_of(school.actor("chen"), school.lan.pk, on=FRI).lines

    assert [child.name for child in line.children] == ["吴小兰"]
    assert line.hidden_children == 1


# -- cost and two at once ----------------------------------------------------------------------


def cost(v: Village, *children: str, **more) -> int:
    log(v, *children, **more)  # policy and calendar are known now
    with CaptureQueriesContext(
        connection,
    ) as queries:
        log(v, *children, **more)
    return len(queries)


def test_logging_costs_the_same_however_many_children_and_pictures(s1_29: Village):
    for n in range(12):
        s1_29.enrol(f"child-{n}", f"同学{n}", "primary-1")
    many = tuple(f"child-{n}" for n in range(12))
    pictures = Sent(photos=(photo(width=90, height=60),) * 3)

    one = cost(s1_29, "lan", kind="visit")
    assert cost(s1_29, *many, kind="visit") == one
    assert cost(s1_29, "lan", kind="visit", sent=pictures) == one + 2
    assert one <= 30


def test_a_timeline_costs_the_same_however_long(school: Village):
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            timeline_of(school.actor("chen"), school.lan.pk, on=FRI)
        return len(queries)

    log(school, kind="visit", together=[("qin", "principal")])
    one = statements()
    for _ in range(9):
        log(school, kind="visit", together=[("qin", "principal")])
    assert statements() == one


@pytest.mark.django_db(transaction=True)
def test_two_phones_send_the_same_contact_at_once():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    v = open_school(build())
    log(v, "gang")
    new = form(v, result="not_reached")
    chen = v.actor("chen", today=FRI)
    answers, troubles = [], []

    def one():
        from notoneless.flows.contacts.logging import log_contact

        try:
            answers.append(log_contact(chen, new, today=FRI, now=at(FRI, 10)))
        except Exception as trouble:  # noqa: BLE001
            troubles.append(trouble)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    assert {answer.contact_id for answer in answers} == {new.id}
    assert sorted(answer.is_new for answer in answers) == [False, True]
    assert Contact.objects.filter(pk=new.id).count() == 1


def test_a_sending_that_loses_the_race_answers_like_the_one_that_won(school: Village, monkeypatch):
    from notoneless.contacts.services.contacts import write_contact

    new = form(school)
    tried: list[object] = []

    def beaten(writing, *, stamp):
        if not tried:
            tried.append(writing)
            write_contact(writing, stamp=stamp)  # the other phone's, a moment earlier
        return write_contact(writing, stamp=stamp)

    monkeypatch.setattr("notoneless.flows.contacts.logging.write_contact", beaten)
    # Both rows are rolled back together here; the second try writes it once.
    assert send(school, new).is_new
    assert Contact.objects.count() == 1


def test_letters_and_messages_are_heard_as_what_they_are(school: Village):
    for kind in ("letter", "message", "talk", "call", "visit"):
        log(school, kind=kind)

    assert {fact.kind for fact in facts(school)} == {
        ContactKind.LETTER,
        ContactKind.MESSAGE,
        ContactKind.TALK,
        ContactKind.CALL,
        ContactKind.VISIT,
    }
    assert Duty.objects.count() == 0
