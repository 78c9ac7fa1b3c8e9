"""What goes with the roll: lesson marks, leave, area events, two phones at the same moment."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.attendance.models import AreaEvent, Leave, LeaveStep, LessonMark, Roll
from notoneless.attendance.queries.absentees import lessons_missed
from notoneless.attendance.services.events import NewEvent
from notoneless.attendance.services.leave import NewLeave, NewProof
from notoneless.attendance.services.lessons import NewLessonMark
from notoneless.children.models import Child
from notoneless.flows.rolls.deciding import decide_rolls
from notoneless.flows.rolls.events import (
    begin_area_event,
    end_area_event,
    withdraw_area_event,
)
from notoneless.flows.rolls.leave import ask_leave, decide_leave, note_proof
from notoneless.flows.rolls.lessons import mark_missing, unmark_missing
from notoneless.flows.rolls.refusals import (
    DecisionWithoutReason,
    EventBackwards,
    EventOver,
    EventWithoutCause,
    FutureDay,
    IdUsed,
    LeaveBackwards,
    LeaveDecided,
    LeaveNotApproved,
    LeaveOverlaps,
    NothingToDecide,
    NotInClass,
    UnknownSession,
)
from notoneless.flows.rolls.submitting import Outcome
from notoneless.journal.models import Entry
from notoneless.journal.queries import verify
from notoneless.places.models import Unit
from notoneless.places.services.people import assign_lesson
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.roles import Role
from tests.attendance.register import (
    FRI,
    NEXT_MON,
    SAT,
    THU,
    TUE,
    WED,
    at,
    call,
    open_school,
    run_of,
    send,
    sheet,
    standing,
)
from tests.world import TERM_START, Village, build

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def school(village: Village) -> Village:
    return open_school(village)


@pytest.fixture
def song(school: Village) -> Village:
    """Song teaches mathematics to primary-1 and nothing to primary-2."""
    school.employ("song", "宋雨", Role.SUBJECT_TEACHER, "primary")
    assign_lesson(
        school_class=school.units["primary-1"].pk,
        person_id=school.people["song"].pk,
        subject="数学",
        from_on=TERM_START,
        stamp=school.stamp("qin"),
    )
    return school


# -- missing in my lesson ----------------------------------------------------------------------


def tap(school: Village, name: str = "lan", *, by: str = "song", **more):
    given = {
        "id": uuid7(),
        "class_id": school.units["primary-1"].pk,
        "child_id": school.children[name].pk,
        "day": FRI,
        "lesson": 3,
    }
    new = NewLessonMark(**{**given, **more})
    actor = school.actor(by, today=FRI)
    return mark_missing(actor, new, noted_at=at(FRI, 10), today=FRI, now=at(FRI, 10))


@pytest.mark.req("R-067")
def test_one_tap_tells_the_class_teacher_at_once(song: Village):
    mark = tap(song)

    (seen,) = lessons_missed(song.actor("chen"), day=FRI)
    assert (seen.id, seen.child_name, seen.lesson, seen.by) == (mark, "吴小兰", 3, "宋雨")
    assert seen.noted_at == at(FRI, 10)
    assert lessons_missed(song.actor("tan"), day=FRI) == []


@pytest.mark.req("R-067")
def test_two_taps_are_one(song: Village):
    same = uuid7()

    assert tap(song, id=same) == tap(song, id=same) == tap(song) == tap(song, by="qin")
    assert LessonMark.objects.count() == 1


def test_one_id_never_names_two_children(song: Village):
    same = uuid7()
    tap(song, id=same)

    with pytest.raises(IdUsed):
        tap(song, "gang", id=same)


@pytest.mark.req("R-067")
def test_a_tap_is_refused_for_others_children_days_and_lessons(song: Village):
    with pytest.raises(NotInClass):
        tap(song, "yan")
    with pytest.raises(NotAllowed):
        tap(song, "yan", class_id=song.units["primary-2"].pk)
    with pytest.raises(Unit.DoesNotExist):
        tap(song, by="tan")
    with pytest.raises(FutureDay):
        tap(song, day=SAT)
    with pytest.raises(UnknownSession):
        tap(song, lesson=13)


def test_a_mark_is_taken_back_by_whoever_made_it_or_answers_for_the_class(song: Village):
    song.employ("keeper", "管叔", Role.SUBJECT_TEACHER, "primary")
    mark = tap(song)

    unmark_missing(song.actor("song"), mark, today=FRI, now=at(FRI, 11))
    unmark_missing(song.actor("song"), mark, today=FRI, now=at(FRI, 12))
    assert LessonMark.objects.get().withdrawn_at == at(FRI, 11)
    again = tap(song)
    assert again != mark
    unmark_missing(song.actor("chen"), again, today=FRI, now=at(FRI, 12))
    assert lessons_missed(song.actor("chen"), day=FRI) == []


def test_a_lesson_mark_alone_makes_nobody_absent(song: Village):
    tap(song)
    call(song, FRI)

    assert run_of(song, "lan") is None


# -- leave -------------------------------------------------------------------------------------


def ask(school: Village, *, by: str = "chen", child: str = "lan", **more):
    approve = more.pop("approve", False)
    given = {
        "child_id": school.children[child].pk,
        "kind": LeaveKind.PERSONAL,
        "from_on": FRI,
        "to_on": SAT,
        "asked_by": AskedBy.GUARDIAN,
    }
    new = NewLeave(**{**given, **more})
    return ask_leave(school.actor(by), new, today=FRI, now=at(FRI), approve=approve)


def decide(school: Village, leave, verdict: LeaveState, *, by: str = "chen"):
    decide_leave(school.actor(by), leave, verdict, note="", today=FRI, now=at(FRI, 9))


@pytest.mark.req("R-069")
def test_leave_is_asked_for_decided_and_kept_in_the_journal(school: Village):
    leave = ask(school)
    decide(school, leave, LeaveState.APPROVED, by="qin")
    decide(school, leave, LeaveState.WITHDRAWN)

    assert Leave.objects.get().state == "withdrawn"
    assert list(LeaveStep.objects.order_by("pk").values_list("state", flat=True)) == [
        "approved",
        "withdrawn",
    ]
    kinds = Entry.objects.filter(kind__startswith="leave.").values_list("kind", flat=True)
    assert set(kinds) == {"leave.asked", "leave.approved", "leave.withdrawn"}


@pytest.mark.parametrize("first", [LeaveState.REFUSED, LeaveState.WITHDRAWN])
def test_what_is_refused_or_withdrawn_is_over(school: Village, first: LeaveState):
    leave = ask(school)
    decide(school, leave, first)

    for verdict in LeaveState:
        with pytest.raises(LeaveDecided):
            decide(school, leave, verdict)


def test_the_same_days_are_not_asked_for_twice(school: Village):
    leave = ask(school)
    with pytest.raises(LeaveOverlaps):
        ask(school, to_on=NEXT_MON)
    ask(school, from_on=SAT, to_on=NEXT_MON)
    decide(school, leave, LeaveState.REFUSED)

    assert ask(school) is not None


@pytest.mark.parametrize("days", [0, -1, 367])
def test_leave_lasts_from_a_day_to_a_year(school: Village, days: int):
    with pytest.raises(LeaveBackwards):
        ask(school, to_on=FRI + days * DAY)


def test_leave_is_for_those_who_answer_for_the_class(song: Village):
    with pytest.raises(NotAllowed):
        ask(song, by="song")
    with pytest.raises(NotAllowed):
        ask(song, by="wei")
    with pytest.raises(Child.DoesNotExist):
        ask(song, by="tan")
    leave = ask(song)
    with pytest.raises(Child.DoesNotExist):
        decide(song, leave, LeaveState.APPROVED, by="tan")


@pytest.mark.req("R-069")
def test_a_slip_brought_the_next_day_takes_the_day_out_of_the_run(school: Village):
    call(school, THU, "lan")
    call(school, FRI, "lan")
    ask(school, from_on=THU, to_on=FRI, approve=True)

    assert run_of(school, "lan").proved_days == 1
    ask(school, from_on=FRI, to_on=SAT, approve=True)
    assert run_of(school, "lan") is None


def test_proof_is_noted_of_leave_that_stands(school: Village):
    leave = ask(school)
    proof = NewProof("县人民医院", FRI, FRI, SAT)
    actor = school.actor("chen")
    with pytest.raises(LeaveNotApproved):
        note_proof(actor, leave, proof, today=FRI, now=at(FRI))
    decide(school, leave, LeaveState.APPROVED)
    with pytest.raises(LeaveBackwards):
        note_proof(actor, leave, replace(proof, to_on=FRI), today=FRI, now=at(FRI))
    with pytest.raises(LeaveBackwards):
        note_proof(actor, leave, replace(proof, dated_on=SAT), today=FRI, now=at(FRI))

    note_proof(actor, leave, proof, today=FRI, now=at(FRI))
    assert Entry.objects.filter(kind="leave.proof_seen").count() == 1


# -- one cause for many ------------------------------------------------------------------------


def snow(school: Village, *, by: str = "qin", unit: str = "primary", **more):
    given = {"unit_id": school.units[unit].pk, "from_on": WED, "to_on": FRI, "cause": "大雪封路"}
    new = NewEvent(**{**given, **more})
    return begin_area_event(school.actor(by), new, today=FRI, now=at(FRI, 9))


@pytest.mark.req("R-072")
def test_snow_takes_its_days_out_of_every_run_below_and_of_no_other(school: Village):
    for day in (TUE, WED, THU, FRI):
        call(school, day, "lan", "gang")
        call(school, day, "far", by="tan", at="other-1")
    event = snow(school)
    assert (run_of(school, "lan").proved_days, run_of(school, "gang").proved_days) == (2, 2)
    assert run_of(school, "far").proved_days == 4

    withdraw_area_event(school.actor("qin"), event, today=FRI, now=at(FRI, 10))
    assert run_of(school, "lan").proved_days == 4


def test_the_end_of_the_snow_is_written_down_when_it_is_known(school: Village):
    for day in (WED, THU, FRI):
        call(school, day, "lan")
    event = snow(school, to_on=None)
    assert run_of(school, "lan") is None
    actor = school.actor("qin")
    with pytest.raises(EventBackwards):
        end_area_event(actor, event, to_on=WED, today=FRI, now=at(FRI, 10))

    end_area_event(actor, event, to_on=FRI, today=FRI, now=at(FRI, 10))
    assert run_of(school, "lan").proved_days == 1
    with pytest.raises(EventOver):
        end_area_event(actor, event, to_on=FRI, today=FRI, now=at(FRI, 10))


def test_the_county_names_an_event_for_everybody_and_a_class_teacher_for_nobody(school: Village):
    for day in (WED, THU):
        call(school, day, "lan")
        call(school, day, "far", by="tan", at="other-1")
    snow(school, by="mo", unit="bureau")
    assert run_of(school, "lan") is None
    assert run_of(school, "far") is None

    with pytest.raises(NotAllowed):
        snow(school, by="chen", unit="primary-1")
    with pytest.raises(Unit.DoesNotExist):
        snow(school, by="qin", unit="other")


def test_an_event_needs_a_cause_and_an_order_of_days(school: Village):
    with pytest.raises(EventWithoutCause):
        snow(school, cause=" ")
    with pytest.raises(EventBackwards):
        snow(school, to_on=WED)
    assert not AreaEvent.objects.exists()


# -- deciding ----------------------------------------------------------------------------------


def test_deciding_needs_a_reason_a_right_and_something_to_decide(song: Village):
    first = call(song, FRI, "lan")
    actor = song.actor("chen")
    with pytest.raises(NothingToDecide):
        decide_rolls(actor, first.roll_id, reason="核实", today=FRI, now=at(FRI, 9))
    second = call(song, FRI, "gang", by="qin")
    with pytest.raises(DecisionWithoutReason):
        decide_rolls(actor, second.roll_id, reason=" ", today=FRI, now=at(FRI, 9))
    for who, refused in (("song", NotAllowed), ("wei", NotAllowed), ("tan", Unit.DoesNotExist)):
        with pytest.raises(refused):
            decide_rolls(song.actor(who), second.roll_id, reason="核实", today=FRI, now=at(FRI, 9))

    decide_rolls(actor, first.roll_id, reason="核实", today=FRI, now=at(FRI, 9))
    assert standing(song, FRI).pk == first.roll_id
    with pytest.raises(NothingToDecide):
        decide_rolls(actor, second.roll_id, reason="核实", today=FRI, now=at(FRI, 9))


def test_everything_about_a_day_can_be_verified_in_the_journal(song: Village):
    from notoneless.journal.services import seal

    tap(song)
    first = call(song, FRI, "lan")
    call(song, FRI, "gang", based_on=first.roll_id, reason="认错了")
    second = call(song, FRI, by="qin")
    decide_rolls(song.actor("qin"), second.roll_id, reason="核实", today=FRI, now=at(FRI, 9))
    ask(song, approve=True)
    snow(song)
    while seal(song.county_id, now=at(FRI, 12), thorough=True):
        pass

    report = verify(song.county_id)
    assert not [f for f in report.findings if "attendance." in f.row]


# -- at the same moment ------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("mine", "yours", "rolls"), [(("lan",), ("gang",), 2), (("lan",), ("lan",), 1)]
)
def test_two_phones_at_once_never_raise(db, mine, yours, rolls):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    village = open_school(build())
    call(village, THU)
    start = threading.Barrier(2)
    answers, troubles = [], []

    def phone(by: str, names):
        try:
            form = sheet(village, FRI, *names)
            start.wait(10)
            answers.append(send(village, form, by=by))
        except Exception as trouble:  # noqa: BLE001  # whatever it is, the test must show it
            troubles.append(trouble)
        finally:
            connections.close_all()

    phones = [
        threading.Thread(target=phone, args=args) for args in (("chen", mine), ("qin", yours))
    ]
    for each in phones:
        each.start()
    for each in phones:
        each.join(30)

    assert troubles == []
    assert Roll.objects.filter(day=FRI).count() == rolls
    assert Roll.objects.filter(day=FRI, is_standing=True).count() == 1
    outcomes = sorted(answer.outcome for answer in answers)
    assert outcomes == ([Outcome.CONTENDS] if rolls == 2 else [Outcome.STANDS]) + [Outcome.STANDS]


# -- stand-ins ---------------------------------------------------------------------------------


def test_a_stand_in_calls_the_roll_while_standing_in(school: Village):
    from notoneless.access.services import approve_access
    from notoneless.places.models import Post
    from notoneless.places.services.people import Appointment, appoint, register_person
    from notoneless.rules.roles import Tenure

    person = register_person(name="代班", stamp=school.stamp())
    school.people["stand_in"] = person
    post = appoint(
        Appointment(
            Role.HOMEROOM_TEACHER,
            school.units["primary-1"].pk,
            person.pk,
            tenure=Tenure.STAND_IN,
            stands_in_for=Post.objects.get(person=school.people["chen"]).pk,
        ),
        from_on=THU,
        to_on=SAT,
        stamp=school.stamp("qin"),
    )
    approve_access(post.pk, purpose="代班", from_on=THU, to_on=SAT, stamp=school.stamp("qin"))

    with pytest.raises(Unit.DoesNotExist):
        call(school, WED, by="stand_in")
    assert call(school, FRI, by="stand_in").outcome is Outcome.STANDS
    with pytest.raises(Unit.DoesNotExist):
        send(school, sheet(school, FRI), by="stand_in", today=NEXT_MON)
