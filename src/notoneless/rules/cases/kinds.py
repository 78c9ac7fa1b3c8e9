"""The closed sets that a dropout case is made of (requirements §7.1)."""

from __future__ import annotations

from enum import StrEnum

from notoneless.rules.units import SCHOOLS, UnitKind


class State(StrEnum):
    """Where a child stands between class and court."""

    ATTENDING = "attending"
    LESSON_ABSENT = "lesson_absent"
    DAY_ABSENT = "day_absent"
    EXCUSED = "excused"
    CONTACTED = "contacted"
    TENDENCY = "tendency"
    """Warning signs; may stand beside any state in school."""
    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    MOBILISING = "mobilising"
    PERSUADED_LETTER = "persuaded_letter"
    REPORTED = "reported"
    NOTICE_SERVED = "notice_served"
    NOTICE_EXPIRED = "notice_expired"
    ORDERED = "ordered"
    """责令限期改正 has been served."""
    ORDER_EXPIRED = "order_expired"
    PENALISED = "penalised"
    JUDICIAL = "judicial"
    RETURNED = "returned"
    WATCH = "watch"
    CLOSED_OTHER = "closed_other"
    YEAR_END_OPEN = "year_end_open"
    """A mark for the numbers; the case stays where it is on the ladder."""


AWAY = (
    State.SUSPECTED,
    State.CONFIRMED,
    State.MOBILISING,
    State.PERSUADED_LETTER,
    State.REPORTED,
    State.NOTICE_SERVED,
    State.NOTICE_EXPIRED,
    State.ORDERED,
    State.ORDER_EXPIRED,
    State.PENALISED,
    State.JUDICIAL,
)
"""The child is not back yet, in the order of the ladder."""
BACK = (State.RETURNED, State.WATCH)
OPEN = (*AWAY, *BACK)
CLOSED = (State.ATTENDING, State.CLOSED_OTHER)
CASE_STATES = (*OPEN, *CLOSED)
"""The states that a case itself can have; the others are read from rolls, contacts and signs."""


class Source(StrEnum):
    """What made somebody suspect (R-101)."""

    ABSENCE = "absence"
    NO_SHOW = "no_show"
    WORD = "word"
    """A teacher's word that the child has stopped coming."""
    TIP = "tip"
    """Any parent, villager or member of staff (R-124)."""
    BY_HAND = "by_hand"
    TRANSFER_UNCLOSED = "transfer_unclosed"
    SUSPENSION_EXPIRED = "suspension_expired"
    OPENING_BALANCE = "opening_balance"
    """Open already when the place began to use the system."""


class Outcome(StrEnum):
    """How a case ends (R-120). Deletion is none of them."""

    RETURNED = "returned"
    ENFORCED = "enforced"
    """Came back by a measure of an authority or a court."""
    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    """休学, approved."""
    VISITING = "visiting"
    """借读, filed with its three papers."""
    FINISHED = "finished"
    """Sixteen, and nine years completed."""
    ABROAD = "abroad"
    DECEASED = "deceased"
    EXCUSED = "excused"
    """The absence was explained after all."""
    IDENTITY_ERROR = "identity_error"
    """No child was missing: a fault in the data."""


REVIEW_MONTHS = "case_review_months"
"""The plan's months after a return in which its support plan is looked at again."""
ELSEWHERE = frozenset(Outcome) - {Outcome.RETURNED, Outcome.ENFORCED}
"""Lawful ends without a return (T24)."""
ERRORS = frozenset({Outcome.EXCUSED, Outcome.IDENTITY_ERROR})
"""Nothing had happened; no second person is needed while nobody outside has been told."""


class Level(StrEnum):
    """From where somebody takes a step."""

    CLASS = "class"
    SCHOOL = "school"
    CENTRE = "centre"
    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    DEPARTMENT = "department"
    SYSTEM = "system"
    """Time or the rolls; no person."""


LEVEL_OF: dict[UnitKind, Level] = {
    UnitKind.CLASS: Level.CLASS,
    UnitKind.GRADE: Level.SCHOOL,
    **dict.fromkeys(SCHOOLS, Level.SCHOOL),
    UnitKind.CENTRE_SCHOOL: Level.CENTRE,
    UnitKind.VILLAGE: Level.VILLAGE,
    UnitKind.GROUP: Level.VILLAGE,
    UnitKind.TOWNSHIP: Level.TOWNSHIP,
    UnitKind.COMMUNITY: Level.TOWNSHIP,
    UnitKind.EDUCATION_OFFICE: Level.TOWNSHIP,
    UnitKind.BUREAU: Level.COUNTY,
    UnitKind.COUNTY: Level.COUNTY,
    UnitKind.DEPARTMENT: Level.DEPARTMENT,
}
GOVERNMENT = frozenset({Level.TOWNSHIP, Level.COUNTY})


class StepKind(StrEnum):
    """What can happen in a case; each is a fact with a day, an actor and a record."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    """A named persuader answers for the child (R-100)."""
    DETERMINED = "determined"
    REPORTED_TO_SCHOOL = "reported_to_school"
    VISITED = "visited"
    LETTER_ISSUED = "letter_issued"
    LETTER_SERVED = "letter_served"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    VILLAGE_ANSWERED = "village_answered"
    NOTICE_ISSUED = "notice_issued"
    NOTICE_SERVED = "notice_served"
    NOTICE_EXPIRED = "notice_expired"
    CRITICISED = "criticised"
    """批评教育: said to the guardian before anything is ordered."""
    STATEMENT_HEARD = "statement_heard"
    ORDER_ISSUED = "order_issued"
    ORDER_SERVED = "order_served"
    ORDER_EXPIRED = "order_expired"
    PENALTY_ISSUED = "penalty_issued"
    PENALTY_SERVED = "penalty_served"
    CHALLENGED = "challenged"
    """The guardian asked for review or sued; nothing is enforced before it is decided."""
    CHALLENGE_DECIDED = "challenge_decided"
    DEMAND_ISSUED = "demand_issued"
    DEMAND_SERVED = "demand_served"
    APPLIED_TO_COURT = "applied_to_court"
    """Non-litigation enforcement of the order."""
    SUED = "sued"
    """Civil suit of the township against the guardian."""
    COURT_ACTED = "court_acted"
    """The court accepted, mediated, ruled, rejected or enforced."""
    ADVICE_RECEIVED = "advice_received"
    """检察建议."""
    ADVICE_ANSWERED = "advice_answered"
    REFERRED = "referred"
    REFERRAL_ANSWERED = "referral_answered"
    RETURNED = "returned"
    RETURNED_BY_MEASURE = "returned_by_measure"
    PLACED = "placed"
    RETURN_REPORTED = "return_reported"
    PLAN_REVIEWED = "plan_reviewed"
    RELAPSED = "relapsed"
    WATCH_ENDED = "watch_ended"
    CLOSING_ASKED = "closing_asked"
    CLOSING_REFUSED = "closing_refused"
    CLOSED = "closed"
    YEAR_ENDED = "year_ended"
    SUBCASE_OPENED = "subcase_opened"
    SUBCASE_SETTLED = "subcase_settled"
    VIOLATION_NOTED = "violation_noted"
    """What a guardian did or failed to do, and how it was answered (R-116)."""
    POLICY_MOVED = "policy_moved"
    """The case was put under today's plan on purpose."""


class Missing(StrEnum):
    """Why a step cannot be taken now; each has its sentence at the edge."""

    STATE = "state"
    LEVEL = "level"
    NOT_ACCEPTED = "not_accepted"
    NOT_SERVED = "not_served"
    DEADLINE_RUNS = "deadline_runs"
    STATEMENT = "statement"
    INSTRUMENT = "instrument"
    """No released local instrument gives the power."""
    NOT_ON_LADDER = "not_on_ladder"
    """The place's plan does not go this way."""
    DEMAND = "demand"
    DEMAND_RUNS = "demand_runs"
    CHALLENGE_TIME_RUNS = "challenge_time_runs"
    """The guardian may still ask for review or sue."""
    CHALLENGED = "challenged"
    TOO_LATE = "too_late"
    WATCH_RUNS = "watch_runs"
    NOT_ASKED = "not_asked"
    SAME_PERSON = "same_person"
    WRONG_LEVEL = "wrong_level"
    """Another level must confirm the closing."""
    OPEN_ELSEWHERE = "open_elsewhere"
    """A procuratorate's advice has no answer yet."""
    NO_ADVICE = "no_advice"
    NO_CHALLENGE = "no_challenge"
