"""What a paper still lacks; one that lacks anything cannot be issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import singledispatch

from notoneless.rules.documents.articles import ARTICLES
from notoneless.rules.documents.payloads import PAYLOADS
from notoneless.rules.documents.payloads.court import CivilComplaint, EnforcementApplication
from notoneless.rules.documents.payloads.orders import (
    DEMAND_DAYS,
    CorrectionOrder,
    Demand,
    PenaltyDecision,
    ReturnNotice,
    StatementRecord,
)
from notoneless.rules.documents.payloads.parts import (
    REVIEW_DAYS,
    SUIT_MONTHS,
    Guardian,
    Heard,
    Officer,
    Payload,
    Pupil,
    Remedy,
    Said,
    ServedPaper,
)
from notoneless.rules.documents.payloads.returning import (
    ClosingApproval,
    ReturnRegistration,
    ReturnReport,
)
from notoneless.rules.documents.payloads.school import PersuasionLetter

EVERY_PAPER = ("office.name", "written_on")
BEYOND_EMPTY = (
    "receiver",
    "guardian",
    "respondent",
    "remedy",
    "words",
    "invited_on",
    "by_measure.name",
)
"""Names of faults that are no empty field."""
OFFICERS = 2


def lacking(payload: Payload) -> tuple[str, ...]:
    """The names of what is empty and must not be, each once, in the order of the form.

    Beyond empty fields: an order lacks its ``receiver`` when it is addressed to the child, its
    ``officers`` with fewer than two of different names and certificates, its ``statement`` when
    it was neither spoken, declined nor missed after being asked, its ``remedy`` with other
    periods than 60 days and 6 months. Sources: product §Protection; 义务教育法 art. 58;
    行政复议法 art. 20; 行政诉讼法 art. 46; 行政强制法 art. 54.
    """
    empty = (path for path in (*EVERY_PAPER, *payload.REQUIRED) if _is_empty(payload, path))
    return tuple(dict.fromkeys([*empty, *_also(payload)]))


def names() -> frozenset[str]:
    """Every name that ``lacking`` can give."""
    required = {path for payload in PAYLOADS.values() for path in payload.REQUIRED}
    return frozenset({*EVERY_PAPER, *required, *BEYOND_EMPTY})


def _is_empty(payload: object, path: str) -> bool:
    value = payload
    for name in path.split("."):
        value = getattr(value, name, None)
        if value is None:
            return True
    if isinstance(value, tuple):
        return not any(_says(item) for item in value)
    return not _says(value)


def _says(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


@singledispatch
def _also(payload: Payload) -> Iterator[str]:
    yield from ()


@_also.register
def _order(payload: CorrectionOrder) -> Iterator[str]:
    yield from _receiver(payload.receiver, payload.pupil)
    yield from _articles(payload.articles)
    if payload.correct_by and payload.written_on and payload.correct_by <= payload.written_on:
        yield "correct_by"
    yield from _protection(payload)


@_also.register
def _penalty(payload: PenaltyDecision) -> Iterator[str]:
    yield from _receiver(payload.receiver, payload.pupil)
    yield from _articles(payload.articles)
    if payload.perform_by and payload.written_on and payload.perform_by <= payload.written_on:
        yield "perform_by"
    yield from _protection(payload)


@_also.register
def _demand(payload: Demand) -> Iterator[str]:
    yield from _receiver(payload.receiver, payload.pupil)
    if payload.days < DEMAND_DAYS:
        yield "days"
    yield from _officers(payload.officers)


@_also.register
def _letter(payload: PersuasionLetter) -> Iterator[str]:
    yield from _return_by(payload)


@_also.register
def _notice(payload: ReturnNotice) -> Iterator[str]:
    yield from _return_by(payload)


@_also.register
def _record(payload: StatementRecord) -> Iterator[str]:
    if payload.said is Said.SPOKE and not _says(payload.words):
        yield "words"
    if payload.said is Said.DID_NOT_APPEAR and payload.invited_on is None:
        yield "invited_on"
    yield from _officers(payload.officers)


@_also.register
def _application(payload: EnforcementApplication) -> Iterator[str]:
    yield from _receiver(payload.respondent, payload.pupil, "respondent")
    yield from _statement(payload.statement)
    asked = payload.demand.served_on
    if asked and payload.written_on and payload.written_on <= asked + timedelta(days=DEMAND_DAYS):
        yield "demand.served_on"
    ended = payload.remedies_ended_on
    if ended and payload.written_on and payload.written_on <= ended:
        yield "remedies_ended_on"


@_also.register
def _complaint(payload: CivilComplaint) -> Iterator[str]:
    yield from _articles(payload.articles)
    for defendant in payload.defendants:
        if not _says(defendant.name) or not _says(defendant.address):
            yield "defendants"
        yield from _receiver(defendant, payload.pupil, "defendants")


@_also.register
def _registration(payload: ReturnRegistration) -> Iterator[str]:
    yield from _measure(payload.by_measure)


@_also.register
def _return_report(payload: ReturnReport) -> Iterator[str]:
    yield from _measure(payload.by_measure)


@_also.register
def _closing(payload: ClosingApproval) -> Iterator[str]:
    if payload.first.name.strip() == payload.second.name.strip():
        yield "second.name"


def _return_by(payload: PersuasionLetter | ReturnNotice) -> Iterator[str]:
    if payload.return_by and payload.written_on and payload.return_by < payload.written_on:
        yield "return_by"
    yield from _receiver(payload.guardian, payload.pupil, "guardian")


def _protection(payload: CorrectionOrder | PenaltyDecision) -> Iterator[str]:
    yield from _statement(payload.statement)
    yield from _remedy(payload.remedy)
    yield from _officers(payload.officers)


def _receiver(receiver: Guardian, pupil: Pupil, where: str = "receiver") -> Iterator[str]:
    if receiver.name.strip() == pupil.name.strip() or receiver.relation.strip() == "本人":
        yield where


def _measure(measure: ServedPaper | None) -> Iterator[str]:
    if measure and not _says(measure.name):
        yield "by_measure.name"


def _articles(keys: tuple[str, ...]) -> Iterator[str]:
    if any(key not in ARTICLES for key in keys):
        yield "articles"


def _statement(statement: Heard | None) -> Iterator[str]:
    if statement and statement.said is Said.SPOKE and not _says(statement.summary):
        yield "statement"


def _remedy(remedy: Remedy | None) -> Iterator[str]:
    if remedy and (remedy.review_days, remedy.suit_months) != (REVIEW_DAYS, SUIT_MONTHS):
        yield "remedy"


def _officers(officers: tuple[Officer, ...]) -> Iterator[str]:
    whole = [each for each in officers if _says(each.name) and _says(each.certificate)]
    names = {each.name.strip() for each in whole}
    certificates = {each.certificate.strip() for each in whole}
    if min(len(names), len(certificates)) < OFFICERS or len(whole) < len(officers):
        yield "officers"
