"""Payloads of any content, for hypothesis."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_type_hints

from hypothesis import strategies as st

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads import PAYLOADS

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


KINDS = st.sampled_from([kind for kind in DocumentKind if kind is not DocumentKind.REFERRAL])
"""A referral of any content is none: it is refused for details that it does not need."""
ANY_PAYLOAD = KINDS.flatmap(lambda kind: payloads(PAYLOADS[kind]))
