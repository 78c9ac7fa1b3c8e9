"""Words of signs in templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from notoneless.rules.signs.key_list import Criterion
from notoneless.rules.signs.needs import Need
from notoneless.web.signs import words

register = template.Library()


@register.filter
def sign_kind(code: str) -> str:
    return words.kind_words(code)


@register.filter
def cause(code: str) -> str:
    return words.cause_words(code)


@register.filter
def criterion(code: str) -> str:
    return str(words.CRITERIA[Criterion(code)])


@register.filter
def need_words(need: Need) -> str:
    return str(words.NEEDS[need])


@register.filter
def file_part(part: str) -> str:
    return str(words.FILE_PARTS[part])


@register.filter
def step_words(kind: str) -> str:
    return str(words.STEPS[kind])


@register.filter
def by_key(rows: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a mapping; nothing where there is none."""
    return rows.get(key)
