"""Payloads are plain values, and come back from JSON as they went in."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from datetime import date
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.canonical import canonical
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads import PAYLOADS
from notoneless.rules.documents.payloads.between import NEEDED, DetailNotNeeded, Matter, Referral
from notoneless.rules.documents.payloads.wire import MARK, NotWired, from_wire, to_wire
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


@given(st.data())
def test_any_payload_comes_back_from_json_as_it_went_in(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([kind for kind in DocumentKind if kind is not K.REFERRAL]))
    paper = data.draw(payloads(PAYLOADS[kind]))

    assert from_wire(kind, json.loads(json.dumps(to_wire(paper)))) == paper


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


K = DocumentKind
TEXT = st.text(max_size=12)


SIMPLE: dict[object, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(),
    bool: st.booleans(),
    date: st.dates(),
    type(None): st.none(),
}


def payloads(cls: type) -> st.SearchStrategy[Any]:
    types = get_type_hints(cls)
    return st.builds(cls, **{field.name: _values(types[field.name]) for field in fields(cls)})


def _values(wanted: Any) -> st.SearchStrategy[Any]:
    if wanted in SIMPLE:
        return SIMPLE[wanted]
    if isinstance(wanted, type) and is_dataclass(wanted):
        return payloads(wanted)
    parts: tuple[Any, ...] = getattr(wanted, "__args__", ())
    if getattr(wanted, "__origin__", None) is tuple:
        return st.lists(_values(parts[0]), max_size=2).map(tuple)
    return st.one_of([_values(part) for part in parts]) if parts else st.sampled_from(wanted)
