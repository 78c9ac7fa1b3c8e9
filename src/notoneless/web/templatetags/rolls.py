"""Filters and tags that put rolls into words."""

from __future__ import annotations

from datetime import date, datetime, time

from django import template
from django.utils import timezone

from notoneless.attendance.queries.rolls import MarkFacts
from notoneless.attendance.queries.schools import ClassStanding
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import LeaveKind
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.duties.kinds import DutyRule
from notoneless.web.duties.words import RULES
from notoneless.web.rolls import words
from notoneless.web.words import class_name

register = template.Library()


@register.filter
def session_words(session: str) -> str:
    return words.session_words(session)


@register.filter
def reason_words(reason: Reason | str) -> str:
    return str(words.REASONS[Reason(reason)])


@register.filter
def mark_words(mark: MarkFacts) -> str:
    """A child's mark in a roll: 病假; 迟到 15 分钟."""
    return words.mark_words(mark.reason, mark.minutes_late)


@register.filter
def day_mark_words(mark: Mark) -> str:
    return str(words.MARKS[mark])


@register.filter
def standing_words(school_class: ClassStanding, today: date) -> str:
    """三年级2班 on ``today``."""
    return class_name(school_class.stage, school_class.entered_in, school_class.name, today=today)


@register.filter
def hour(value: time | datetime | None) -> str:
    """08:05, school-local; empty for nothing, and for the last minute of a day."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).time()
    return "" if (value.hour, value.minute) == (23, 59) else f"{value:%H:%M}"


@register.filter
def duty_words(rule: DutyRule) -> str:
    """What a duty asks for, short."""
    return str(RULES[rule])


@register.filter
def leave_words(kind: LeaveKind) -> str:
    return str(words.LEAVE_KINDS[kind])


@register.filter
def short_mark_words(mark: Mark) -> str:
    """到, 缺, 假: one sign for a cell of a grid."""
    return str(words.SHORT_MARKS[mark])
