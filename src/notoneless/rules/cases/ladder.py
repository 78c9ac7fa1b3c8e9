"""The ladder T01-T26 as one table: from where to where, who, on what ground, by which paper.

Source: requirements §7.1; what the law adds between notice and court from national rules §1.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.cases.kinds import (
    AWAY,
    BACK,
    GOVERNMENT,
    INSIDE,
    OPEN,
    Level,
    State,
    StepKind,
)
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.roles import Capability


class Record(StrEnum):
    """What proves that a transition happened."""

    ROLL = "roll"
    CONTACT = "contact"
    LEAVE = "leave"
    SIGN = "sign"
    DUTY = "duty"
    """A standing duty that says the child is away too long."""
    PAPER = "paper"
    SERVICE = "service"
    WORDS = "words"
    """What the actor writes into the step."""
    TIME = "time"


class Guard(StrEnum):
    """The condition besides state and actor; ``rules/cases/guards.py`` decides it."""

    NONE = "none"
    NOT_SILENCED = "not_silenced"
    REPORT_ACCEPTED = "report_accepted"
    DEADLINE_PASSED = "deadline_passed"
    MAY_ORDER = "may_order"
    INSTRUMENT = "instrument"
    MAY_DEMAND = "may_demand"
    MAY_ENFORCE = "may_enforce"
    MAY_SUE = "may_sue"
    MEASURE_NAMED = "measure_named"
    CHALLENGE_STANDS = "challenge_stands"
    ADVICE_STANDS = "advice_stands"
    WATCHED_ENOUGH = "watched_enough"
    PLACED = "placed"
    MAY_ASK_CLOSING = "may_ask_closing"
    SECOND_PERSON = "second_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the ladder."""

    tid: str
    step: StepKind | None
    """``None``: rolls, contacts and signs say it; no case has begun."""
    sources: tuple[State, ...]
    target: State | None
    """``None``: the case stays where it is."""
    actors: frozenset[Level]
    needs: Capability = Capability.WORK_CASES
    guard: Guard = Guard.NONE
    record: Record = Record.WORDS
    paper: DocumentKind | None = None
    clock: str = ""
    """The key of the policy that gives the time; empty where the plan gives none."""


_A = frozenset({Level.CLASS})
_S = frozenset({Level.SYSTEM})
_SCHOOL = INSIDE | {Level.CENTRE}
_ANY = frozenset(Level) - {Level.SYSTEM, Level.DEPARTMENT}
_OFFICES = GOVERNMENT | {Level.CENTRE, Level.VILLAGE}
_IN_CLASS = (State.ATTENDING, State.LESSON_ABSENT, State.DAY_ABSENT)
_SCHOOL_WORK = (State.SUSPECTED, State.CONFIRMED, State.MOBILISING, State.PERSUADED_LETTER)
_TOLD = tuple(state for state in AWAY if state not in _SCHOOL_WORK)
_P, _O = Capability.ISSUE_PAPERS, Capability.ORDER_GUARDIANS
D, K, G, R, S = DocumentKind, StepKind, Guard, Record, State

BEFORE: tuple[Transition, ...] = (
    Transition(
        tid="T01",
        step=None,
        sources=(S.ATTENDING,),
        target=S.LESSON_ABSENT,
        actors=_A,
        record=R.ROLL,
        clock="lesson_absence_report",
    ),
    Transition(
        tid="T02",
        step=None,
        sources=(S.ATTENDING, S.LESSON_ABSENT),
        target=S.DAY_ABSENT,
        actors=_A,
        record=R.ROLL,
        clock="daily_attendance_report",
    ),
    Transition(
        tid="T03", step=None, sources=(S.DAY_ABSENT,), target=S.EXCUSED, actors=_A, record=R.LEAVE
    ),
    Transition(
        tid="T04",
        step=None,
        sources=(S.LESSON_ABSENT, S.DAY_ABSENT),
        target=S.CONTACTED,
        actors=_A,
        record=R.CONTACT,
        clock="parent_contact_deadline",
    ),
    Transition(
        tid="T05",
        step=None,
        sources=(S.CONTACTED, S.EXCUSED),
        target=S.ATTENDING,
        actors=_A,
        record=R.ROLL,
    ),
    Transition(
        tid="T06", step=None, sources=_IN_CLASS, target=S.TENDENCY, actors=INSIDE, record=R.SIGN
    ),
    Transition(
        tid="T07",
        step=None,
        sources=(S.TENDENCY,),
        target=S.ATTENDING,
        actors=INSIDE,
        record=R.CONTACT,
    ),
    Transition(
        tid="T08",
        step=None,
        sources=(S.ATTENDING,),
        target=S.DAY_ABSENT,
        actors=_A,
        record=R.ROLL,
        clock="enrolment_week_index",
    ),
)
"""In school still; the child's status line reads them from facts."""

LADDER: tuple[Transition, ...] = (
    Transition(
        tid="T09",
        step=K.OPENED,
        sources=(S.DAY_ABSENT, S.TENDENCY),
        target=S.SUSPECTED,
        actors=_ANY | _S,
        record=R.DUTY,
        clock="absence_days_investigate",
    ),
    Transition(
        tid="T10",
        step=K.DETERMINED,
        sources=_SCHOOL_WORK,
        target=S.CONFIRMED,
        actors=frozenset({Level.SCHOOL}),
        paper=D.DROPOUT_REGISTER,
        clock="case_determine_within",
    ),
    Transition(
        tid="T11",
        step=K.REPORTED_TO_SCHOOL,
        sources=AWAY,
        target=None,
        actors=_A | _S,
        record=R.PAPER,
        paper=D.CLASS_REPORT,
        clock="class_report_deadline",
    ),
    Transition(
        tid="T12",
        step=K.VISITED,
        sources=AWAY,
        target=S.MOBILISING,
        actors=_ANY | _S,
        record=R.CONTACT,
        paper=D.VISIT_RECORD,
        clock="visit_start",
    ),
    Transition(
        tid="T13",
        step=K.LETTER_SERVED,
        sources=_SCHOOL_WORK,
        target=S.PERSUADED_LETTER,
        actors=_SCHOOL | _S,
        needs=_P,
        guard=G.NOT_SILENCED,
        record=R.SERVICE,
        paper=D.PERSUASION_LETTER,
        clock="persuasion_letter_required",
    ),
    Transition(
        tid="T14",
        step=K.REPORTED,
        sources=AWAY,
        target=S.REPORTED,
        actors=frozenset({Level.SCHOOL, Level.CENTRE}),
        needs=_P,
        record=R.PAPER,
        paper=D.DROPOUT_REPORT,
        clock="report_rule",
    ),
    Transition(
        tid="T14.accepted",
        step=K.ACCEPTED,
        sources=OPEN,
        target=None,
        actors=_OFFICES,
        clock="case_accept_within",
    ),
    Transition(
        tid="T14.sent_back",
        step=K.SENT_BACK,
        sources=OPEN,
        target=None,
        actors=_OFFICES,
        clock="case_accept_within",
    ),
    Transition(
        tid="T14.village",
        step=K.VILLAGE_ANSWERED,
        sources=OPEN,
        target=None,
        actors=frozenset({Level.VILLAGE}),
    ),
    Transition(
        tid="T15.issued",
        step=K.NOTICE_ISSUED,
        sources=_TOLD,
        target=None,
        actors=GOVERNMENT,
        needs=_P,
        guard=G.REPORT_ACCEPTED,
        record=R.PAPER,
        paper=D.RETURN_NOTICE,
        clock="case_notice_within",
    ),
    Transition(
        tid="T15",
        step=K.NOTICE_SERVED,
        sources=_TOLD,
        target=S.NOTICE_SERVED,
        actors=_ANY | _S,
        guard=G.NOT_SILENCED,
        record=R.SERVICE,
        paper=D.RETURN_NOTICE,
        clock="case_serve_within",
    ),
    Transition(
        tid="T16",
        step=K.NOTICE_EXPIRED,
        sources=(S.NOTICE_SERVED,),
        target=S.NOTICE_EXPIRED,
        actors=_S,
        guard=G.DEADLINE_PASSED,
        record=R.TIME,
        clock="return_notice_deadline_days",
    ),
    Transition(
        tid="T17.criticised",
        step=K.CRITICISED,
        sources=AWAY,
        target=None,
        actors=_ANY,
        record=R.WORDS,
    ),
    Transition(
        tid="T17.heard",
        step=K.STATEMENT_HEARD,
        sources=_TOLD,
        target=None,
        actors=GOVERNMENT,
        needs=_O,
        guard=G.NOT_SILENCED,
        record=R.PAPER,
        paper=D.STATEMENT_RECORD,
    ),
    Transition(
        tid="T17.order",
        step=K.ORDER_ISSUED,
        sources=(S.NOTICE_SERVED, S.NOTICE_EXPIRED, S.ORDERED, S.ORDER_EXPIRED),
        target=None,
        actors=GOVERNMENT,
        needs=_O,
        guard=G.MAY_ORDER,
        record=R.PAPER,
        paper=D.CORRECTION_ORDER,
        clock="case_order_within",
    ),
    Transition(
        tid="T17.order_served",
        step=K.ORDER_SERVED,
        sources=(S.NOTICE_SERVED, S.NOTICE_EXPIRED, S.ORDERED, S.ORDER_EXPIRED),
        target=S.ORDERED,
        actors=_ANY | _S,
        guard=G.NOT_SILENCED,
        record=R.SERVICE,
        paper=D.CORRECTION_ORDER,
        clock="case_serve_within",
    ),
    Transition(
        tid="T17.order_expired",
        step=K.ORDER_EXPIRED,
        sources=(S.ORDERED,),
        target=S.ORDER_EXPIRED,
        actors=_S,
        guard=G.DEADLINE_PASSED,
        record=R.TIME,
    ),
    Transition(
        tid="T17",
        step=K.PENALTY_ISSUED,
        sources=(S.ORDER_EXPIRED,),
        target=None,
        actors=GOVERNMENT,
        needs=_O,
        guard=G.INSTRUMENT,
        record=R.PAPER,
        paper=D.PENALTY_DECISION,
    ),
    Transition(
        tid="T17.served",
        step=K.PENALTY_SERVED,
        sources=(S.ORDER_EXPIRED,),
        target=S.PENALISED,
        actors=_ANY | _S,
        guard=G.NOT_SILENCED,
        record=R.SERVICE,
        paper=D.PENALTY_DECISION,
        clock="case_serve_within",
    ),
    Transition(
        tid="T18.challenged",
        step=K.CHALLENGED,
        sources=(S.ORDERED, S.ORDER_EXPIRED, S.PENALISED),
        target=None,
        actors=GOVERNMENT,
    ),
    Transition(
        tid="T18.decided",
        step=K.CHALLENGE_DECIDED,
        sources=(S.ORDERED, S.ORDER_EXPIRED, S.PENALISED),
        target=None,
        actors=GOVERNMENT,
        guard=G.CHALLENGE_STANDS,
    ),
    Transition(
        tid="T18.demand",
        step=K.DEMAND_ISSUED,
        sources=(S.ORDER_EXPIRED, S.PENALISED),
        target=None,
        actors=GOVERNMENT,
        needs=_O,
        guard=G.MAY_DEMAND,
        record=R.PAPER,
        paper=D.DEMAND,
        clock="demand_before_enforcement",
    ),
    Transition(
        tid="T18.demand_served",
        step=K.DEMAND_SERVED,
        sources=(S.ORDER_EXPIRED, S.PENALISED),
        target=None,
        actors=_ANY | _S,
        guard=G.NOT_SILENCED,
        record=R.SERVICE,
        paper=D.DEMAND,
        clock="case_serve_within",
    ),
    Transition(
        tid="T18.enforcement",
        step=K.APPLIED_TO_COURT,
        sources=(S.ORDER_EXPIRED, S.PENALISED),
        target=S.JUDICIAL,
        actors=GOVERNMENT,
        needs=_O,
        guard=G.MAY_ENFORCE,
        record=R.PAPER,
        paper=D.ENFORCEMENT_APPLICATION,
        clock="enforcement_application_within",
    ),
    Transition(
        tid="T18",
        step=K.SUED,
        sources=(S.NOTICE_EXPIRED, S.ORDERED, S.ORDER_EXPIRED, S.PENALISED),
        target=S.JUDICIAL,
        actors=GOVERNMENT,
        needs=_O,
        guard=G.MAY_SUE,
        record=R.PAPER,
        paper=D.CIVIL_COMPLAINT,
    ),
    Transition(
        tid="T18.court", step=K.COURT_ACTED, sources=(S.JUDICIAL,), target=None, actors=GOVERNMENT
    ),
    Transition(
        tid="T18.advice", step=K.ADVICE_RECEIVED, sources=OPEN, target=None, actors=GOVERNMENT
    ),
    Transition(
        tid="T18.advice_answered",
        step=K.ADVICE_ANSWERED,
        sources=OPEN,
        target=None,
        actors=GOVERNMENT,
        needs=_P,
        guard=G.ADVICE_STANDS,
        record=R.PAPER,
        paper=D.ADVICE_REPLY,
        clock="procuratorate_reply_within",
    ),
    Transition(
        tid="T19",
        step=K.RETURNED,
        sources=AWAY,
        target=S.RETURNED,
        actors=_SCHOOL | _S,
        record=R.ROLL,
        paper=D.RETURN_REGISTRATION,
    ),
    Transition(
        tid="T19.reported",
        step=K.RETURN_REPORTED,
        sources=BACK,
        target=None,
        actors=frozenset({Level.SCHOOL, Level.CENTRE}),
        needs=_P,
        record=R.PAPER,
        paper=D.RETURN_REPORT,
        clock="case_return_report_within",
    ),
    Transition(
        tid="T20",
        step=K.RETURNED_BY_MEASURE,
        sources=(
            S.NOTICE_SERVED,
            S.NOTICE_EXPIRED,
            S.ORDERED,
            S.ORDER_EXPIRED,
            S.PENALISED,
            S.JUDICIAL,
            S.RETURNED,
        ),
        target=S.RETURNED,
        actors=GOVERNMENT,
        guard=G.MEASURE_NAMED,
    ),
    Transition(
        tid="T21",
        step=K.PLACED,
        sources=(S.RETURNED,),
        target=S.WATCH,
        actors=INSIDE,
        record=R.PAPER,
        paper=D.PLACEMENT_PLAN,
        clock="case_place_within",
    ),
    Transition(
        tid="T21.reviewed",
        step=K.PLAN_REVIEWED,
        sources=(S.WATCH,),
        target=None,
        actors=INSIDE,
        clock="case_review_months",
    ),
    Transition(
        tid="T22",
        step=K.RELAPSED,
        sources=BACK,
        target=S.MOBILISING,
        actors=_SCHOOL | _S,
        record=R.DUTY,
        clock="visits_recurrent_student_min",
    ),
    Transition(
        tid="T23.watched",
        step=K.WATCH_ENDED,
        sources=(S.WATCH,),
        target=None,
        actors=INSIDE | _S,
        guard=G.WATCHED_ENOUGH,
        record=R.ROLL,
        paper=D.WATCH_RECORD,
        clock="return_watch_days",
    ),
    Transition(
        tid="T23.asked",
        step=K.CLOSING_ASKED,
        sources=OPEN,
        target=None,
        actors=_SCHOOL | GOVERNMENT,
        guard=G.MAY_ASK_CLOSING,
        clock="case_close_within",
    ),
    Transition(
        tid="T23.refused",
        step=K.CLOSING_REFUSED,
        sources=OPEN,
        target=None,
        actors=_OFFICES | {Level.SCHOOL},
        needs=Capability.CONFIRM_CLOSING,
        guard=G.SECOND_PERSON,
    ),
    Transition(
        tid="T23",
        step=K.CLOSED,
        sources=OPEN,
        target=S.ATTENDING,
        actors=_OFFICES | {Level.SCHOOL},
        needs=Capability.CONFIRM_CLOSING,
        guard=G.SECOND_PERSON,
        record=R.PAPER,
        paper=D.CLOSING_APPROVAL,
        clock="case_confirm_within",
    ),
    Transition(
        tid="T24",
        step=K.CLOSED,
        sources=OPEN,
        target=S.CLOSED_OTHER,
        actors=_OFFICES | INSIDE,
        guard=G.SECOND_PERSON,
        record=R.PAPER,
        paper=D.CLOSING_APPROVAL,
        clock="case_confirm_within",
    ),
    Transition(
        tid="T25", step=K.YEAR_ENDED, sources=AWAY, target=S.YEAR_END_OPEN, actors=_S, record=R.TIME
    ),
    Transition(
        tid="T26",
        step=K.SUBCASE_OPENED,
        sources=OPEN,
        target=None,
        actors=_SCHOOL | GOVERNMENT | {Level.VILLAGE},
    ),
    Transition(
        tid="T26.settled",
        step=K.SUBCASE_SETTLED,
        sources=OPEN,
        target=None,
        actors=_SCHOOL | GOVERNMENT,
    ),
    Transition(
        tid="T26.referred",
        step=K.REFERRED,
        sources=OPEN,
        target=None,
        actors=GOVERNMENT | {Level.SCHOOL},
        needs=_P,
        record=R.PAPER,
        paper=D.REFERRAL,
        clock="case_referral_within",
    ),
    Transition(
        tid="T26.answered",
        step=K.REFERRAL_ANSWERED,
        sources=OPEN,
        target=None,
        actors=frozenset({Level.DEPARTMENT}),
        needs=Capability.ANSWER_REFERRALS,
        clock="case_referral_within",
    ),
    Transition(
        tid="R-100", step=K.ASSIGNED, sources=OPEN, target=None, actors=_SCHOOL | GOVERNMENT
    ),
    Transition(
        tid="R-116", step=K.VIOLATION_NOTED, sources=OPEN, target=None, actors=_SCHOOL | _OFFICES
    ),
    Transition(
        tid="R-303",
        step=K.POLICY_MOVED,
        sources=OPEN,
        target=None,
        actors=frozenset({Level.COUNTY}),
    ),
)

TABLE = (*BEFORE, *LADDER)
BY_TID: Mapping[str, Transition] = MappingProxyType({row.tid: row for row in TABLE})


def transition_of(step: StepKind) -> Transition:
    """The row that a step of this kind takes; the end with a return stands for both ends."""
    return next(row for row in LADDER if row.step is step)
