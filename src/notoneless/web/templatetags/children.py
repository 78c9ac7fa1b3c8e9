"""Filters that put children's codes, classes and ages into words."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import gettext

from notoneless.children.queries.units import ClassName
from notoneless.rules.coverage import Level
from notoneless.rules.roles import Role
from notoneless.web import words
from notoneless.web.children import codes
from notoneless.web.children import words as ours

register = template.Library()


@register.filter
def class_words(name: ClassName | None, today: date) -> str:
    """三年级2班 on ``today``, with its own name if it has one; empty for no class."""
    if name is None:
        return ""
    said = words.class_name(name.stage, name.entered_in, name.number, today=today)
    if not name.nickname:
        return said
    return gettext("%(name)s（%(nickname)s）") % {"name": said, "nickname": name.nickname}


@register.filter
def grade_words(name: ClassName, today: date) -> str:
    """三年级 on ``today``."""
    return words.grade_name(name.stage, name.entered_in, today=today)


@register.filter
def role_words(role: Role) -> str:
    return str(words.ROLES[role])


@register.filter
def level_words(level: Level) -> str:
    return str(words.LEVELS[level])


@register.filter
def sex_words(code: str) -> str:
    return str(ours.SEXES.get(code, ours.SEXES["0"]))


@register.filter
def left_behind_words(code: str) -> str:
    return str(ours.LEFT_BEHIND.get(code, ""))


@register.filter
def relation_words(code: str) -> str:
    return str(ours.RELATIONS[code])


@register.filter
def begun_words(code: str) -> str:
    return str(ours.BEGUN[code])


@register.filter
def ended_words(code: str) -> str:
    return str(ours.ENDED.get(code, ""))


@register.filter
def source_words(code: str) -> str:
    return str(ours.SOURCES[code])


@register.filter
def reading_words(kind: str) -> str:
    return str(ours.READINGS.get(kind, kind))


@register.filter
def code_words(label: str) -> str:
    return codes.code_label(label)


@register.filter
def column_words(key: str) -> str:
    return ours.column_words(key)


@register.filter
def age_on(born_on: date | None, today: date) -> int | str:
    """Full years on ``today``; empty when nobody knows the birth date."""
    if born_on is None:
        return ""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


@register.filter
def purpose_words(purpose: str) -> str:
    """A purpose from the list in words; one that somebody typed as it is."""
    return str(ours.PURPOSES.get(purpose) or ours.OWN_PURPOSES.get(purpose, purpose))
