"""What each step asks to be said, so that any form can ask it and any form is judged alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from notoneless.rules.cases.kinds import Outcome, StepKind
from notoneless.rules.cases.plans import Placement
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult


class Ask(StrEnum):
    """How an answer is given."""

    TEXT = "text"
    LINE = "line"
    """One line: a number of a court, a place."""
    CHOICE = "choice"
    DATE = "date"
    FLAG = "flag"
    PERSON = "person"
    """Somebody of the directory, by id."""
    UNIT = "unit"
    CLASS = "class"
    OFFICERS = "officers"
    """Two officers, each with name and certificate number, one a line: 姓名，证号."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be said."""

    name: str
    ask: Ask
    is_needed: bool = True
    options: tuple[str, ...] = ()


class Fault(StrEnum):
    MISSING = "missing"
    NOT_AN_OPTION = "not_an_option"
    NOT_A_DATE = "not_a_date"
    NOT_AN_ID = "not_an_id"
    TOO_LONG = "too_long"
    NOT_TWO_OFFICERS = "not_two_officers"


@dataclass(frozen=True, slots=True)
class Faulty:
    """One answer that cannot be taken."""

    name: str
    fault: Fault


LONGEST = 2_000
ADDRESSEES = (
    "township",
    "county_bureau",
    "centre_school",
    "community",
    "village",
    "nine_year_school",
    "local_government",
)
"""Who can receive a dropout report (C-04); where one of several is enough, one is chosen."""
Q, K = Question, StepKind
_WORDS = Q("words", Ask.TEXT)
_MORE = Q("words", Ask.TEXT, is_needed=False)
_OFFICERS = Q("officers", Ask.OFFICERS)
_DEADLINE = Q("deadline", Ask.DATE)
_CONTACT = Q("contact", Ask.LINE, is_needed=False)
"""Whom at the office to call, in one line: 李干事 0879-5550202."""

QUESTIONS: Mapping[StepKind, tuple[Question, ...]] = MappingProxyType(
    {
        K.OPENED: (_MORE,),
        K.ASSIGNED: (Q("person", Ask.PERSON),),
        K.DETERMINED: (
            Q("result", Ask.CHOICE, options=("dropped_out", "not_dropped_out")),
            Q("criteria", Ask.TEXT),
            Q("destination", Ask.TEXT, is_needed=False),
        ),
        K.LETTER_ISSUED: (_DEADLINE, _CONTACT),
        K.REPORTED: (
            Q("reason", Ask.TEXT),
            Q("destination", Ask.TEXT, is_needed=False),
            Q("asked_for", Ask.TEXT, is_needed=False),
            Q("receiver", Ask.CHOICE, is_needed=False, options=ADDRESSEES),
        ),
        K.ACCEPTED: (_MORE,),
        K.SENT_BACK: (_WORDS,),
        K.VILLAGE_ANSWERED: (
            Q("result", Ask.CHOICE, options=("confirmed", "rejected")),
            Q("destination", Ask.TEXT, is_needed=False),
            Q("action", Ask.TEXT, is_needed=False),
        ),
        K.NOTICE_ISSUED: (_DEADLINE, _CONTACT),
        K.CRITICISED: (_WORDS,),
        K.STATEMENT_HEARD: (
            Q("way", Ask.CHOICE, options=("heard", "nothing_to_say", "did_not_appear")),
            Q("invited_on", Ask.DATE, is_needed=False),
            Q("place", Ask.LINE, is_needed=False),
            Q("statement", Ask.TEXT, is_needed=False),
            Q("answer", Ask.TEXT, is_needed=False),
            _OFFICERS,
        ),
        K.ORDER_ISSUED: (Q("facts", Ask.TEXT), _DEADLINE, _OFFICERS, _CONTACT),
        K.PENALTY_ISSUED: (
            Q("facts", Ask.TEXT),
            Q("article", Ask.LINE),
            Q("measure", Ask.TEXT),
            _DEADLINE,
            _OFFICERS,
            _CONTACT,
        ),
        K.CHALLENGED: (
            Q("way", Ask.CHOICE, options=("review", "suit")),
            Q("body", Ask.LINE),
            _MORE,
        ),
        K.CHALLENGE_DECIDED: (
            Q("result", Ask.CHOICE, options=("upheld", "changed", "annulled", "withdrawn")),
            _MORE,
        ),
        K.DEMAND_ISSUED: (_DEADLINE, _OFFICERS, _CONTACT),
        K.APPLIED_TO_COURT: (Q("court", Ask.LINE), _MORE),
        K.SUED: (Q("court", Ask.LINE), Q("claims", Ask.TEXT), _MORE),
        K.COURT_ACTED: (
            Q(
                "act",
                Ask.CHOICE,
                options=("accepted", "mediated", "ruled", "rejected", "withdrawn", "enforced"),
            ),
            Q("court_number", Ask.LINE, is_needed=False),
            _MORE,
        ),
        K.ADVICE_RECEIVED: (
            Q("kind", Ask.CHOICE, options=("minors", "public_interest", "public_interest_urgent")),
            Q("from", Ask.LINE),
            Q("number", Ask.LINE, is_needed=False),
            _WORDS,
        ),
        K.ADVICE_ANSWERED: (Q("measures", Ask.TEXT), Q("results", Ask.TEXT)),
        K.REFERRED: (
            Q("kind", Ask.CHOICE, options=tuple(kind.value for kind in ReferralKind)),
            Q("to", Ask.UNIT),
            Q("asked_for", Ask.TEXT),
            Q("deadline", Ask.DATE, is_needed=False),
            Q("whereabouts", Ask.TEXT, is_needed=False),
            Q("employer", Ask.TEXT, is_needed=False),
            _CONTACT,
        ),
        K.REFERRAL_ANSWERED: (_WORDS,),
        K.RETURNED: (_MORE,),
        K.RETURNED_BY_MEASURE: (
            Q(
                "measure",
                Ask.CHOICE,
                options=("notice", "order", "penalty", "mediation", "judgment", "enforcement"),
            ),
            Q("authority", Ask.LINE),
            Q("number", Ask.LINE, is_needed=False),
        ),
        K.PLACED: (
            Q("placement", Ask.CHOICE, options=tuple(each.value for each in Placement)),
            Q("class", Ask.CLASS, is_needed=False),
            Q("goals", Ask.TEXT),
            Q("measures", Ask.TEXT),
            Q("helper", Ask.PERSON, is_needed=False),
        ),
        K.RETURN_REPORTED: (_MORE,),
        K.PLAN_REVIEWED: (
            Q("planned_on", Ask.DATE),
            Q("found", Ask.TEXT),
            Q("goes_on", Ask.FLAG, is_needed=False),
        ),
        K.RELAPSED: (_MORE,),
        K.WATCH_ENDED: (Q("judgement", Ask.TEXT),),
        K.CLOSING_ASKED: (
            Q("outcome", Ask.CHOICE, options=tuple(each.value for each in Outcome)),
            Q("evidence", Ask.TEXT),
        ),
        K.CLOSING_REFUSED: (_WORDS,),
        K.CLOSED: (
            Q("outcome", Ask.CHOICE, options=tuple(each.value for each in Outcome)),
            _MORE,
        ),
        K.SUBCASE_OPENED: (
            Q("kind", Ask.CHOICE, options=tuple(kind.value for kind in SubCaseKind)),
            Q("to", Ask.UNIT),
            Q("about", Ask.TEXT),
        ),
        K.SUBCASE_SETTLED: (
            Q("result", Ask.CHOICE, options=tuple(each.value for each in SubCaseResult)),
            Q("finding", Ask.TEXT),
        ),
        K.VIOLATION_NOTED: (
            Q(
                "kind",
                Ask.CHOICE,
                options=("not_sending", "not_sending_on_time", "not_stopping", "obstructing"),
            ),
            Q("response", Ask.CHOICE, options=("dissuaded", "criticised", "punished", "sued")),
            _MORE,
        ),
        K.POLICY_MOVED: (_WORDS,),
    }
)
"""Steps that are not here are taken by rolls, contacts, services or time, and ask nothing."""


def faults_in(step: StepKind, said: Mapping[str, object]) -> tuple[Faulty, ...]:
    """What is wrong with the answers to a step's questions; empty when nothing is."""
    return tuple(
        Faulty(question.name, fault)
        for question in QUESTIONS.get(step, ())
        for fault in _faults(question, said.get(question.name, ""))
    )


def answers_of(step: StepKind, said: Mapping[str, object]) -> dict[str, object]:
    """The answers to the step's questions and nothing else, without empty ones."""
    names = [question.name for question in QUESTIONS.get(step, ())]
    tidy = {n: _tidy(said.get(n, "")) for n in names}
    return {name: value for name, value in tidy.items() if value not in ("", None)}


def officers_in(text: str) -> tuple[tuple[str, str], ...]:
    """Name and certificate number of each officer named, one a line, parted by a comma."""
    rows = [line.replace("，", ",").partition(",") for line in text.splitlines() if line.strip()]
    return tuple((name.strip(), number.strip()) for name, _, number in rows)


def _tidy(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _faults(question: Question, value: object) -> Iterator[Fault]:
    text = value.strip() if isinstance(value, str) else ""
    if question.ask is Ask.FLAG:
        return
    if not text:
        if question.is_needed:
            yield Fault.MISSING
        return
    if len(text) > LONGEST:
        yield Fault.TOO_LONG
    if question.options and text not in question.options:
        yield Fault.NOT_AN_OPTION
    shape = _SHAPES.get(question.ask)
    if shape is not None and not shape[0](text):
        yield shape[1]


def _are_two(text: str) -> bool:
    officers = officers_in(text)
    return len(officers) >= 2 and all(name and number for name, number in officers)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


_SHAPES: Mapping[Ask, tuple[Callable[[str], bool], Fault]] = MappingProxyType(
    {
        Ask.DATE: (_is_date, Fault.NOT_A_DATE),
        Ask.PERSON: (_is_id, Fault.NOT_AN_ID),
        Ask.UNIT: (_is_id, Fault.NOT_AN_ID),
        Ask.CLASS: (_is_id, Fault.NOT_AN_ID),
        Ask.OFFICERS: (_are_two, Fault.NOT_TWO_OFFICERS),
    }
)
