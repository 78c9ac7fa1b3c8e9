"""A paper that lacks anything it must hold cannot be issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.lacking import EVERY_PAPER, lacking, names
from notoneless.rules.documents.payloads import PAYLOADS
from notoneless.rules.documents.payloads.parts import Heard, Officer, Remedy, Said, ServedPaper
from tests.rules.documents.samples import DECEMBER, HEARD, LAN, OFFICERS, QIANG, REMEDY, SAMPLES

K = DocumentKind
EVERY_FIELD = [
    (kind, path) for kind in DocumentKind for path in (*EVERY_PAPER, *PAYLOADS[kind].REQUIRED)
]
TO_A_GUARDIAN = {
    K.PERSUASION_LETTER: "guardian",
    K.RETURN_NOTICE: "guardian",
    K.CORRECTION_ORDER: "receiver",
    K.PENALTY_DECISION: "receiver",
    K.DEMAND: "receiver",
    K.ENFORCEMENT_APPLICATION: "respondent",
}
ORDERS = (K.CORRECTION_ORDER, K.PENALTY_DECISION)


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_whole_paper_lacks_nothing(kind: DocumentKind) -> None:
    assert lacking(SAMPLES[kind]) == ()


@pytest.mark.parametrize(("kind", "path"), EVERY_FIELD)
def test_each_required_field_is_missed_when_it_is_empty(kind: DocumentKind, path: str) -> None:
    lacks = lacking(without(SAMPLES[kind], path))

    assert path in lacks
    assert set(lacks) <= names()
    assert len(lacks) == len(set(lacks))


@pytest.mark.req("R-113")
@pytest.mark.parametrize("kind", ORDERS)
@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"facts": ()}, "facts"),
        ({"facts": ("  ",)}, "facts"),
        ({"articles": ()}, "articles"),
        ({"articles": ("education.999",)}, "articles"),
        ({"statement": None}, "statement"),
        ({"statement": replace(HEARD, summary=" ")}, "statement"),
        ({"remedy": None}, "remedy.review_body"),
        ({"remedy": None}, "remedy.court"),
        ({"remedy": replace(REMEDY, review_body="")}, "remedy.review_body"),
        ({"remedy": replace(REMEDY, review_days=59)}, "remedy"),
        ({"remedy": replace(REMEDY, review_days=61)}, "remedy"),
        ({"remedy": replace(REMEDY, suit_months=5)}, "remedy"),
        ({"officers": ()}, "officers"),
        ({"officers": OFFICERS[:1]}, "officers"),
        ({"officers": (OFFICERS[0], OFFICERS[0])}, "officers"),
        ({"officers": (OFFICERS[0], Officer(name="周海"))}, "officers"),
        ({"officers": (OFFICERS[0], replace(OFFICERS[1], certificate="云0879-0012"))}, "officers"),
        ({"receiver": replace(QIANG, name="张兰")}, "receiver"),
        ({"receiver": replace(QIANG, name=" 张兰 ")}, "receiver"),
        ({"receiver": replace(QIANG, relation="本人")}, "receiver"),
    ],
)
def test_no_order_without_each_of_its_parts(
    kind: DocumentKind, change: dict[str, Any], name: str
) -> None:
    assert name in lacking(replace(SAMPLES[kind], **change))


@pytest.mark.req("R-113")
@pytest.mark.parametrize(
    ("kind", "field"), [(K.CORRECTION_ORDER, "correct_by"), (K.PENALTY_DECISION, "perform_by")]
)
def test_an_order_gives_at_least_one_day(kind: DocumentKind, field: str) -> None:
    order = SAMPLES[kind]
    today = order.written_on

    assert field in lacking(replace(order, **{field: None}))
    assert field in lacking(replace(order, **{field: today}))
    assert lacking(replace(order, **{field: today + timedelta(days=1)})) == ()


@pytest.mark.parametrize("said", [Said.NOTHING_TO_SAY, Said.DID_NOT_APPEAR])
def test_a_guardian_who_says_nothing_or_stays_away_has_been_heard(said: Said) -> None:
    order = SAMPLES[K.CORRECTION_ORDER]

    assert lacking(replace(order, statement=Heard(on=DECEMBER, said=said))) == ()


def test_a_record_of_somebody_who_stayed_away_says_when_they_were_asked() -> None:
    record = replace(SAMPLES[K.STATEMENT_RECORD], said=Said.DID_NOT_APPEAR, words="")

    assert lacking(record) == ()
    assert lacking(replace(record, invited_on=None)) == ("invited_on",)
    assert "words" in lacking(replace(record, said=Said.SPOKE))


@pytest.mark.req("R-113")
def test_no_penalty_without_a_released_local_instrument() -> None:
    lacks = lacking(replace(SAMPLES[K.PENALTY_DECISION], instrument=None))

    assert {"instrument.name", "instrument.number_text", "instrument.article"} <= set(lacks)


@pytest.mark.parametrize(("kind", "field"), TO_A_GUARDIAN.items())
def test_nothing_is_demanded_of_a_child(kind: DocumentKind, field: str) -> None:
    paper = SAMPLES[kind]
    child = replace(QIANG, name=LAN.name)

    assert field in lacking(replace(paper, **{field: child}))


def test_no_child_is_sued() -> None:
    paper = SAMPLES[K.CIVIL_COMPLAINT]

    assert "defendants" in lacking(replace(paper, defendants=(QIANG, replace(QIANG, name="张兰"))))
    assert "defendants" in lacking(replace(paper, defendants=(replace(QIANG, address=""),)))


@pytest.mark.parametrize(("days", "lacks"), [(9, ("days",)), (10, ()), (15, ())])
def test_a_demand_gives_ten_days(days: int, lacks: tuple[str, ...]) -> None:
    assert lacking(replace(SAMPLES[K.DEMAND], days=days)) == lacks


def test_the_court_is_asked_only_after_ten_days_and_after_the_remedies_have_ended() -> None:
    paper = SAMPLES[K.ENFORCEMENT_APPLICATION]
    asked = date(2027, 6, 8)

    assert "demand.served_on" in lacking(replace(paper, written_on=asked + timedelta(days=10)))
    assert lacking(replace(paper, written_on=asked + timedelta(days=11))) == ()
    assert lacking(replace(paper, remedies_ended_on=paper.written_on)) == ("remedies_ended_on",)


def test_a_return_date_before_the_letter_is_none() -> None:
    letter = SAMPLES[K.PERSUASION_LETTER]

    assert lacking(replace(letter, return_by=letter.written_on)) == ()
    assert lacking(replace(letter, return_by=date(2026, 11, 15))) == ("return_by",)


@pytest.mark.req("R-115")
@pytest.mark.parametrize("kind", [K.RETURN_REGISTRATION, K.RETURN_REPORT])
def test_a_return_by_a_measure_names_the_measure(kind: DocumentKind) -> None:
    paper = SAMPLES[kind]

    assert lacking(replace(paper, by_measure=None)) == ()
    assert lacking(replace(paper, by_measure=ServedPaper(name=""))) == ("by_measure.name",)


def test_nobody_closes_a_case_alone() -> None:
    paper = SAMPLES[K.CLOSING_APPROVAL]

    assert "second.name" in lacking(replace(paper, second=paper.first))


def test_the_periods_of_the_law_are_the_usual_ones() -> None:
    usual = Remedy(review_body="青河县人民政府", court="青河县人民法院")

    assert (usual.review_days, usual.suit_months) == (60, 6)


def without(part: Any, path: str) -> Any:
    """The same with the field at the path empty."""
    name, _, rest = path.partition(".")
    value = getattr(part, name)
    if rest:
        return replace(part, **{name: without(value, rest)})
    empty = {str: "", tuple: (), int: 0}.get(type(value))
    return replace(part, **{name: empty})
