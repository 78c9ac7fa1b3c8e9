"""Filters that put stages and grades of a scope into words."""

from __future__ import annotations

from datetime import date

from django import template

from notoneless.rules.units import Stage, school_year_of
from notoneless.web.words import STAGES, grade_name

register = template.Library()


@register.filter
def stage_words(stage: Stage) -> str:
    return str(STAGES[stage])


@register.filter
def grade_number_words(grade: int, today: date) -> str:
    """三年级 for 3."""
    stage, first = (Stage.PRIMARY, 1) if grade <= 6 else (Stage.JUNIOR, 7)
    return grade_name(stage, school_year_of(today) + first - grade, today=today)
