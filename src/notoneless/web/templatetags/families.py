"""Filters that put a guardian's page and invitations into words."""

from __future__ import annotations

from django import template

from notoneless.families.queries.sayings import SaidLine
from notoneless.flows.families.page import ChildPart
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import LeaveKind, LeaveState
from notoneless.rules.families import InvitationState, SaidKind, Verdict
from notoneless.web.families import words

register = template.Library()


@register.filter
def today_words(mark: Mark | None) -> str:
    return str(words.TODAY[mark])


@register.filter
def family_leave_words(kind: LeaveKind) -> str:
    return str(words.LEAVES[kind])


@register.filter
def family_state_words(state: LeaveState) -> str:
    return str(words.LEAVE_STATES[state])


@register.filter
def family_state_tone(state: LeaveState) -> str:
    return words.LEAVE_TONES[state]


@register.filter
def invitation_words(state: InvitationState) -> str:
    return str(words.INVITATIONS[state])


@register.filter
def invitation_tone(state: InvitationState) -> str:
    return words.INVITATION_TONES[state]


@register.filter
def said_words(kind: SaidKind) -> str:
    return str(words.SAID[kind])


@register.filter
def accept_words(kind: SaidKind) -> str:
    return str(words.ACCEPT[kind])


@register.filter
def verdict_words(verdict: Verdict) -> str:
    return str(words.VERDICTS[verdict])


@register.filter
def said_of(part: ChildPart, which: str) -> SaidLine | None:
    """What the guardian last said about his phone or the address."""
    return part.said.get(SaidKind(which))
