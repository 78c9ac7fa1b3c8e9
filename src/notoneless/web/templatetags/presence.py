"""Filters that put presence and leave into words."""

from __future__ import annotations

from datetime import date

from django import template

from notoneless.attendance.queries.away import AwayChild
from notoneless.attendance.queries.class_names import ClassAt
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.attendance.starts import Arrival
from notoneless.rules.attendance.travel import Boarding, Way
from notoneless.web.presence import words

register = template.Library()


@register.filter
def class_at(at: ClassAt | None, today: date) -> str:
    return words.class_at_words(at, today)


@register.filter
def leave_kind(kind: LeaveKind | None) -> str:
    return words.kind_words(kind)


@register.filter
def leave_state(state: LeaveState) -> str:
    return str(words.LEAVE_STATES[state])


@register.filter
def leave_tone(state: LeaveState) -> str:
    return words.STATE_TONES[state]


@register.filter
def asked_by(who: AskedBy) -> str:
    return str(words.ASKED_BY[who])


@register.filter
def arrival_words(arrival: Arrival) -> str:
    return str(words.ARRIVALS[arrival])


@register.filter
def away_reason(row: AwayChild) -> str:
    return words.away_words(row)


@register.filter
def away_days(row: AwayChild) -> str:
    return words.days_words(row)


@register.filter
def way_words(way: Way) -> str:
    return str(words.WAYS[way])


@register.filter
def boarding_words(boarding: Boarding) -> str:
    return str(words.BOARDINGS[boarding])


@register.filter
def at(counts: dict[date, object], day: date) -> object:
    """What a day has in a table by days."""
    return counts[day]


@register.filter
def reason_for(reason: Reason, sees_health: bool) -> str:
    """Why a child was missing, as far as the reader may know."""
    return words.reason_words(reason, sees_health=sees_health)
