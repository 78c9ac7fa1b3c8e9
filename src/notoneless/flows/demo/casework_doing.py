"""What is done in a course besides the steps of its case: contacts, papers, reports, signs."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from PIL import Image, ImageDraw

from notoneless.access.actor import Actor
from notoneless.attendance.models import AbsenceRun
from notoneless.attendance.services.leave import NewLeave
from notoneless.attendance.services.lessons import NewLessonMark
from notoneless.documents.models import Document
from notoneless.flows.cases.balances import Balance, bring_in
from notoneless.flows.cases.opening import Opening, open_by_hand
from notoneless.flows.contacts.logging import log_contact
from notoneless.flows.contacts.pictures import Sent
from notoneless.flows.contacts.reporting import Saying, report_to_school, take_note
from notoneless.flows.demo import casework_steps as steps
from notoneless.flows.demo.casework_people import At, NobodyThere
from notoneless.flows.demo.words import NAMES, of_cause, person, some, view, witness
from notoneless.flows.documents.serving import NOTHING_SENT, SentPictures, serve_paper
from notoneless.flows.rolls.leave import ask_leave
from notoneless.flows.rolls.lessons import mark_missing
from notoneless.flows.signs.words import clear_word, note_sign
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.cases.balances import PROVED_BY, OldPaper
from notoneless.rules.cases.kinds import Level, Source, State, StepKind
from notoneless.rules.contacts.forms import Companion, NewContact
from notoneless.rules.contacts.kinds import UNREACHED, Kind, Met, Purpose, Result
from notoneless.rules.documents.kinds import DocumentKind, DocumentState, ServiceMethod
from notoneless.rules.documents.serving import NewService
from notoneless.rules.roles import Capability
from notoneless.rules.signs.kinds import StepKind as SignStep
from notoneless.signs.services.words import NewStep, NewWord

L = Level
PHOTO_ONE_IN = 6
"""So many visits close with a photo of the house, the others by a witness or a signature."""


# -- contacts ---------------------------------------------------------------------------------


def contact(at: At) -> None:
    """Call, visit, talk, letter or meeting, as its scene says; logged by whoever went."""
    kind = Kind(at.scene.verb)
    level = L(at.given("by", "class"))
    actor = at.someone(level, Capability.LOG_CONTACTS)
    result = Result(at.scene.what or "reached")
    new = new_contact(at, kind, result, companions=_companions(at, kind, actor))
    sent = Sent(house_front=house(at.random)) if _has_photo(at, kind, result) else Sent()
    log_contact(actor, new, sent, today=at.day, now=at.now)


def new_contact(
    at: At, kind: Kind, result: Result, *, companions: tuple[Companion, ...] = ()
) -> NewContact:
    """What the form of a contact says."""
    is_reached = result not in UNREACHED
    is_home, is_talk = kind is Kind.VISIT, kind is Kind.TALK
    purpose = Purpose(at.given("for", "persuasion" if is_home else "absence"))
    said = _said(at, kind, result, purpose) if is_reached else Said()
    inside = at.given("by", "class") in ("class", "school")
    knows = is_home and is_reached and inside and purpose is not Purpose.AFTER_RETURN
    causes = (at.course.cause,) if knows else ()
    return NewContact(
        id=at.id,
        kind=kind,
        result=result,
        child_ids=(at.child,),
        happened_on=at.day,
        hour=at.hour,
        purpose=purpose,
        met=_met(at, kind) if is_reached else frozenset(),
        companions=companions,
        causes=causes,
        main_cause=at.course.cause if knows else "",
        promise=some(at.random, "promise", "will_return") if result is Result.WILL_RETURN else "",
        next_step=some(at.random, "next", kind.value) if is_home or is_talk else "",
        witness=witness(at.random, person(at.random)) if is_home else "",
        place="村委会" if kind is Kind.MEETING else "",
        child_words=said.child,
        guardian_view=said.guardian,
        found=said.found,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What a contact brought to paper."""

    child: str = ""
    guardian: str = ""
    found: str = ""


def _said(at: At, kind: Kind, result: Result, purpose: Purpose) -> Said:
    random, cause = at.random, at.course.cause
    if purpose is Purpose.AFTER_RETURN and kind is Kind.TALK:
        return Said(child=some(random, "talk", "returned"))
    if purpose is Purpose.AFTER_RETURN:
        guardian = some(random, "visit", "returned_view")
        return Said(guardian=guardian, found=some(random, "visit", "returned_found"))
    if kind is Kind.TALK:
        return Said(child=of_cause(random, cause, "child"))
    manner = "visit" if kind in (Kind.VISIT, Kind.MEETING) else "call"
    guardian = view(random, cause, kind=manner, result=result.value)
    if kind is not Kind.VISIT:
        return Said(guardian=guardian)
    child = of_cause(random, cause, "child") if at.given("met") != "no" else ""
    return Said(child, guardian, of_cause(random, cause, "home"))


def _met(at: At, kind: Kind) -> frozenset[Met]:
    if kind is Kind.TALK:
        return frozenset({Met.CHILD})
    if kind is Kind.VISIT and at.given("met") != "no":
        return frozenset({Met.GUARDIAN, Met.CHILD})
    return frozenset({Met.GUARDIAN})


def _companions(at: At, kind: Kind, actor: Actor) -> tuple[Companion, ...]:
    """A visit is made by two; the principal, or whom the scene names."""
    if kind is not Kind.VISIT:
        return ()
    other = at.someone(L(at.given("with", "school")), Capability.LOG_CONTACTS)
    if other.person_id is None or other.person_id == actor.person_id:
        return ()
    return (Companion(other.person_id, other.holdings[0].role.value),)


def _has_photo(at: At, kind: Kind, result: Result) -> bool:
    return kind is Kind.VISIT and result not in UNREACHED and at.random.randrange(PHOTO_ONE_IN) == 0


# -- pictures ---------------------------------------------------------------------------------


def house(random: Random) -> bytes:
    """A house drawn small, as a photo: no face, no place."""
    image = Image.new("RGB", (240, 180), _shade(random, 150))
    draw = ImageDraw.Draw(image)
    left, top = random.randrange(20, 80), random.randrange(50, 90)
    draw.rectangle((left, top, left + 120, 160), _shade(random, 90))
    draw.polygon([(left - 10, top), (left + 60, top - 40), (left + 130, top)], _shade(random, 40))
    draw.rectangle((left + 45, top + 40, left + 75, 160), _shade(random, 20))
    draw.rectangle((0, 160, 240, 180), _shade(random, 60))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


def _shade(random: Random, least: int) -> tuple[int, int, int]:
    red, green, blue = (random.randrange(least, least + 80) for _ in range(3))
    return red, green, blue


def drawn(random: Random) -> str:
    """A name drawn with a finger."""
    image = Image.new("L", (240, 90), 255)
    points = [(20 + 25 * n, random.randrange(15, 75)) for n in range(8)]
    ImageDraw.Draw(image).line(points, 0, 4)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


# -- papers -----------------------------------------------------------------------------------


def served(at: At) -> None:
    """Bring the newest standing paper of a kind to the guardian."""
    kind = DocumentKind(at.scene.what)
    rows = Document.objects.filter(
        file_id=at.opened().pk, kind=kind, state=DocumentState.ISSUED
    ).order_by("-recorded_at", "-pk")
    paper = rows.only("pk", "receiver_name").first()
    if paper is None:
        raise NobodyThere(kind.value)
    is_letter = kind is DocumentKind.PERSUASION_LETTER
    actor = at.someone(L(at.given("by", "class" if is_letter else "township")))
    new = _service(at, ServiceMethod(at.given("method", "in_person")), paper.receiver_name)
    signs = new.method in (ServiceMethod.IN_PERSON, ServiceMethod.ADULT_RELATIVE)
    sent = SentPictures(signature=drawn(at.random)) if signs else NOTHING_SENT
    serve_paper(actor, paper.pk, new, sent, today=at.day, now=at.now)


def _service(at: At, method: ServiceMethod, guardian: str) -> NewService:
    new = NewService(id=at.id, method=method, on=at.day, hour=at.hour)
    if method is ServiceMethod.ADULT_RELATIVE:
        name = guardian[:1] + at.random.choice(NAMES)
        return replace(new, receiver_name=name, relation="祖父")
    if method is ServiceMethod.LEFT_AT_HOME:
        seen_by = f"村委会 {person(at.random)}"
        return replace(new, receiver_name=guardian, place="家中堂屋", witness=seen_by)
    if method is ServiceMethod.POST:
        return replace(new, carrier=f"XA{at.random.randrange(10**8, 10**9)}53")
    if method is ServiceMethod.ELECTRONIC:
        return replace(new, consent=f"{at.day.isoformat()} 电话同意微信接收")
    if method is ServiceMethod.ENTRUSTED:
        return replace(new, carrier="流入地乡镇政府")
    if method is ServiceMethod.NOT_SERVED:
        return replace(new, note=some(at.random, "step", "failed_service"))
    return replace(new, receiver_name=guardian)


# -- the school -------------------------------------------------------------------------------


def reported_to_school(at: At) -> None:
    """The class teacher reports, and the principal takes note; ``if=away`` only while it is so."""
    is_away = AbsenceRun.objects.filter(child=at.child, is_open=True)
    if at.given("if") == "away" and not is_away.exists():
        raise NobodyThere("is back")
    teacher = at.someone(L.CLASS, Capability.LOG_CONTACTS)
    said = Saying(
        at.id,
        at.child,
        some(at.random, "step", "report"),
        some(at.random, "step", "mobilised"),
    )
    report = report_to_school(teacher, said, today=at.day, now=at.now)
    principal = at.someone(L.SCHOOL, Capability.SEE_CONTACTS)
    take_note(principal, report, today=at.day, now=at.now + timedelta(minutes=9))


def noted(at: At) -> None:
    """The class teacher notes a sign."""
    kind = at.scene.what or "weariness"
    new = NewWord(
        id=at.id,
        child_id=at.child,
        class_id=at.school_class.id,
        kind=kind,
        seen_on=at.day,
        causes=(at.course.cause,),
        text=some(at.random, "step", "note"),
    )
    teacher = at.someone(L.CLASS, Capability.NOTE_SIGNS)
    note_sign(teacher, new, today=at.day, now=at.now)


def cleared(at: At) -> None:
    """The class teacher says, after a visit, that a sign is gone."""
    new = NewStep(
        at.id,
        SignStep.CLEARED,
        at.day,
        some(at.random, "step", "cleared"),
        at.day,
        ("principal", "homeroom_teacher"),
    )
    teacher = at.someone(L.CLASS, Capability.KEEP_KEY_PUPILS)
    clear_word(teacher, at.before("note"), new, today=at.day, now=at.now)


def lesson_missed(at: At) -> None:
    """Missing in a lesson, though seen on the morning's roll (T01)."""
    number = int(at.scene.what or "6")
    mark = NewLessonMark(at.id, at.school_class.id, at.child, at.day, number)
    teacher = at.someone(L.CLASS, Capability.CALL_ROLL)
    mark_missing(teacher, mark, noted_at=at.now, today=at.day, now=at.now)


def excused(at: At) -> None:
    """A slip explains the days before, or the next ones (T03)."""
    days = int(at.given("days", "1"))
    back = int(at.given("back", "0"))
    new = NewLeave(
        at.child,
        LeaveKind(at.scene.what or "personal"),
        at.day - back * ONE_DAY,
        at.day + days * ONE_DAY,
        AskedBy.GUARDIAN,
        id=at.id,
    )
    teacher = at.someone(L.CLASS, Capability.CALL_ROLL)
    ask_leave(teacher, new, today=at.day, now=at.now, approve=True)


# -- how a case begins ------------------------------------------------------------------------


def opened(at: At) -> None:
    """Somebody opens a case by hand: a tip, a name on a list (R-124)."""
    source = Source(at.scene.what or "by_hand")
    words = some(at.random, "step", "opened_tip" if source is Source.TIP else "opened_hand")
    away = at.day - int(at.given("since", "0")) * ONE_DAY
    opening = Opening(at.id, at.child, source, away, words)
    actor = at.someone(L(at.given("by", "school")))
    open_by_hand(actor, opening, today=at.day, now=at.now)


def brought_in(at: At) -> None:
    """A case of last year, brought in at the step that it had reached on paper."""
    since = at.day - int(at.given("since", "30")) * ONE_DAY
    balance = Balance(
        id=at.id,
        child_id=at.child,
        away_since=at.day - int(at.given("away", "120")) * ONE_DAY,
        state=State(at.scene.what),
        state_since=since,
        papers=old_papers(at, since),
        words=some(at.random, "step", "before", n=str(at.random.randrange(2, 40))),
    )
    bring_in(at.someone(L(at.given("by", "school"))), balance, today=at.day, now=at.now)


def old_papers(at: At, since: date) -> tuple[OldPaper, ...]:
    """The paper on which the stage of such a case stands: the school's report, or the notice or
    order that proves it; none for the stages before."""
    state, township = State(at.scene.what), at.unit(L.TOWNSHIP)
    if state is State.REPORTED:
        return (_old_report(at, since),)
    kind = PROVED_BY.get(state)
    if kind is None or township is None:
        return ()
    days = at.given("days")
    served_on = since if days else since - 12 * ONE_DAY
    paper = OldPaper(
        kind=kind,
        number_text=f"教控〔{served_on.year}〕{at.random.randrange(20, 900)}号",
        office_id=township,
        issued_on=served_on - ONE_DAY,
        served_on=served_on,
        method=ServiceMethod.IN_PERSON,
        deadline_on=at.day + int(days) * ONE_DAY if days else since - ONE_DAY,
    )
    return (paper,)


def _old_report(at: At, since: date) -> OldPaper:
    """The school's report on the child, as it lies in the folder; it goes to no guardian."""
    return OldPaper(
        kind=DocumentKind.DROPOUT_REPORT,
        number_text=f"校控〔{since.year}〕{at.random.randrange(2, 60)}号",
        office_id=at.school_class.school_id,
        issued_on=since,
    )


DOING: Mapping[str, Callable[[At], None]] = MappingProxyType(
    {
        **{kind.value: contact for kind in Kind},
        **{kind.value: steps.step for kind in steps.TAKEN_FROM},
        "acknowledge": steps.acknowledged,
        "answer": steps.answered,
        "settle": steps.settled,
        "serve": served,
        "report": reported_to_school,
        "note": noted,
        "clear": cleared,
        "lesson": lesson_missed,
        "leave": excused,
        "open": opened,
        "bring_in": brought_in,
    }
)
"""What each verb of ``courses.toml`` does."""
PLAYED_BY: Mapping[str, frozenset[StepKind]] = MappingProxyType(
    {
        "visit": frozenset({StepKind.VISITED}),
        "report": frozenset({StepKind.REPORTED_TO_SCHOOL}),
        "answer": frozenset({StepKind.REFERRAL_ANSWERED}),
        "settle": frozenset({StepKind.SUBCASE_SETTLED}),
        "open": frozenset({StepKind.OPENED}),
        "bring_in": frozenset({StepKind.OPENED}),
        "serve": frozenset(
            {
                StepKind.LETTER_SERVED,
                StepKind.NOTICE_SERVED,
                StepKind.ORDER_SERVED,
                StepKind.DEMAND_SERVED,
            }
        ),
    }
)
"""The steps of a case that follow from what else is done."""
