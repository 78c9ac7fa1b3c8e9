"""Payloads are plain values, and come back from JSON as they went in."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from notoneless.rules.canonical import canonical
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.lacking import lacking, names
from notoneless.rules.documents.payloads import PAYLOADS
from notoneless.rules.documents.payloads.between import NEEDED, DetailNotNeeded, Matter, Referral
from notoneless.rules.documents.payloads.parts import Payload
from notoneless.rules.documents.payloads.wire import MARK, NotWired, from_wire, to_wire
from tests.rules.documents.any_payload import ANY_PAYLOAD
from tests.rules.documents.samples import SAMPLES
from tests.rules.documents.variants import stretched

EVERY_KIND = pytest.mark.parametrize("kind", list(DocumentKind))


def test_every_kind_has_a_payload_and_a_sample() -> None:
    assert set(PAYLOADS) == set(SAMPLES) == set(DocumentKind)


@EVERY_KIND
def test_a_payload_cannot_be_changed_and_holds_nothing_else(kind: DocumentKind) -> None:
    paper = SAMPLES[kind]

    with pytest.raises(FrozenInstanceError):
        paper.written_on = None
    assert not hasattr(paper, "__dict__")


@EVERY_KIND
def test_a_sample_comes_back_from_json_as_it_went_in(kind: DocumentKind) -> None:
    for paper in (SAMPLES[kind], stretched(SAMPLES[kind])):
        wired = to_wire(paper)

        assert wired[MARK] == 1
        assert from_wire(kind, json.loads(json.dumps(wired, ensure_ascii=False))) == paper
        assert canonical(wired)


@given(ANY_PAYLOAD)
def test_any_payload_comes_back_from_json_as_it_went_in(paper: Payload) -> None:
    assert from_wire(paper.kind, json.loads(json.dumps(to_wire(paper)))) == paper


@given(ANY_PAYLOAD)
def test_any_payload_can_be_laid_out_as_a_draft_and_asked_what_it_lacks(paper: Payload) -> None:
    coded = replace(paper, form="") if hasattr(paper, "form") else paper  # type: ignore[call-arg]

    assert blocks_of(coded).name
    assert set(lacking(paper)) <= names()


@EVERY_KIND
def test_a_field_added_later_takes_its_default(kind: DocumentKind) -> None:
    wired = to_wire(SAMPLES[kind])
    wired["office"] = {"name": "石桥镇人民政府"}

    assert from_wire(kind, wired).office.phone == ""


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"colour": "red"},
        {"days": "10"},
        {"days": True},
        {"written_on": "yesterday"},
        {"written_on": 20261120},
        {"officers": "李敏"},
        {"receiver": "张强"},
        {"receiver": {"relation": "父亲"}},
    ],
)
def test_json_that_is_no_payload_is_refused(change: dict[str, Any]) -> None:
    wired = to_wire(SAMPLES[DocumentKind.DEMAND]) | change

    with pytest.raises(NotWired):
        from_wire(DocumentKind.DEMAND, wired)


def test_json_without_a_field_that_has_no_default_is_refused() -> None:
    wired = to_wire(SAMPLES[DocumentKind.DEMAND])
    del wired["how"]

    with pytest.raises(NotWired, match="how"):
        from_wire(DocumentKind.DEMAND, wired)


@pytest.mark.parametrize("matter", list(Matter))
def test_a_referral_carries_only_what_its_matter_needs(matter: Matter) -> None:
    every = {"pupil_name", "student_no", "school", "destination", "workplace", "guardian_name"}
    needed: dict[str, Any] = {name: "有" for name in every & NEEDED[matter]}
    bare = replace(_bare_referral(), matter=matter, **needed)

    for name in every - NEEDED[matter]:
        too_much: dict[str, Any] = {name: "有"}
        with pytest.raises(DetailNotNeeded, match=name):
            replace(bare, **too_much)


@pytest.mark.parametrize(
    ("detail", "matters"),
    [
        ("student_no", {Matter.ENROLLED_ELSEWHERE}),
        ("school", {Matter.ENROLLED_ELSEWHERE}),
        ("workplace", {Matter.CHILD_LABOUR, Matter.PREMISES}),
        ("last_seen_on", {Matter.WHEREABOUTS}),
        ("pupil_name", set(Matter) - {Matter.PREMISES}),
    ],
)
def test_a_detail_goes_only_where_it_is_needed(detail: str, matters: set[Matter]) -> None:
    assert {matter for matter in Matter if detail in NEEDED[matter]} == matters


def _bare_referral() -> Referral:
    given = SAMPLES[DocumentKind.REFERRAL]
    return Referral(
        office=given.office,
        written_on=given.written_on,
        to="某局",
        matter=Matter.PREMISES,
        request="核查",
        answer_by=date(2026, 12, 4),
    )
