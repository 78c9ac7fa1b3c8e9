"""Filters that put contacts into words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext

from notoneless.contacts.queries.lines import ContactLine, Visitor
from notoneless.rules.contacts.kinds import (
    Feedback,
    Kind,
    Met,
    NumberState,
    Proof,
    Purpose,
    Result,
)
from notoneless.rules.roles import Role
from notoneless.web import words
from notoneless.web.contacts import words as ours

register = template.Library()


@register.filter
def kind_words(kind: str) -> str:
    return str(ours.KINDS[Kind(kind)])


@register.filter
def kind_icon(kind: str) -> str:
    return ours.KIND_ICONS[Kind(kind)]


@register.filter
def result_words(result: str) -> str:
    return str(ours.RESULTS[Result(result)])


@register.filter
def result_tone(result: str) -> str:
    return ours.RESULT_TONES[Result(result)]


@register.filter
def met_words(met: Iterable[Met]) -> str:
    return gettext("、").join(str(ours.MET[each]) for each in met)


@register.filter
def aim_words(purpose: str) -> str:
    return str(ours.PURPOSES[Purpose(purpose)])


@register.filter
def proof_words(proof: str) -> str:
    return str(ours.PROOFS[Proof(proof)])


@register.filter
def cause_word(cause: str) -> str:
    return ours.cause_words(cause)


@register.filter
def cause_list(causes: Iterable[str]) -> str:
    return gettext("、").join(ours.cause_words(cause) for cause in causes)


@register.filter
def feedback_rows(line: ContactLine) -> list[tuple[str, str]]:
    """Labels with what was said, in the order of the form."""
    return [
        (str(ours.FEEDBACK[each]), line.feedback[each.value])
        for each in Feedback
        if each.value in line.feedback
    ]


@register.filter
def number_words(state: str) -> str:
    return str(ours.NUMBERS[NumberState(state)])


@register.filter
def number_tone(state: str) -> str:
    return ours.NUMBER_TONES[NumberState(state)]


@register.filter
def visitor_words(who: Visitor) -> str:
    """覃志学（校长)."""
    if who.role not in set(Role):
        return who.name
    said = {"name": who.name, "role": words.ROLES[Role(who.role)]}
    return gettext("%(name)s（%(role)s）") % said


@register.filter
def people_words(people: Iterable[Visitor]) -> str:
    return gettext("、").join(visitor_words(who) for who in people)


@register.filter
def role_label(role: str) -> str:
    return str(words.ROLES[Role(role)]) if role in set(Role) else ""


@register.filter
def visitor_role(role: str) -> str:
    return str(ours.VISITOR_ROLES[role])


@register.filter
def topic_words(topic: str) -> str:
    return str(ours.TOPICS.get(topic, topic))


@register.filter
def tag_words(tag: str) -> str:
    return str(ours.TAGS.get(tag, tag))


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names joined in the reader's language."""
    return gettext("、").join(names)


@register.filter
def entry(rows: dict[object, object], key: object) -> object:
    return rows.get(key, "")
