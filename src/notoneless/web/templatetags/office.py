"""Words of the administration in templates: roles, kinds, levels, units."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.functional import Promise

from notoneless.rules.coverage import Level
from notoneless.rules.groups import GroupKind, Seat
from notoneless.rules.masking import mask_phone
from notoneless.rules.paths import Line
from notoneless.rules.plans import PlanState
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind
from notoneless.web.words import (
    GROUPS,
    KINDS,
    LEVELS,
    LINES,
    PLAN_STATES,
    ROLES,
    SEATS,
    STAGES,
    TENURES,
    school_year_words,
    unit_title,
)

register = template.Library()


@register.filter
def role_name(value: str) -> str | Promise:
    return ROLES[Role(value)]


@register.filter
def kind_name(value: str) -> str | Promise:
    return KINDS[UnitKind(value)]


@register.filter
def level_name(value: str) -> str | Promise:
    return LEVELS[Level(value)]


@register.filter
def seat_name(value: str) -> str | Promise:
    return SEATS[Seat(value)]


@register.filter
def group_name(value: str) -> str | Promise:
    return GROUPS[GroupKind(value)]


@register.filter
def line_name(value: str) -> str | Promise:
    return LINES[Line(value)]


@register.filter
def tenure_name(value: str) -> str | Promise:
    return TENURES[value]


@register.filter
def stage_name(value: str) -> str | Promise:
    return STAGES[value]


@register.filter
def plan_state(value: str) -> str | Promise:
    return PLAN_STATES[PlanState(value)]


@register.filter
def school_year(value: int) -> str:
    return school_year_words(value)


@register.filter
def masked_phone(value: str) -> str:
    return mask_phone(value) if value else ""


@register.simple_tag(takes_context=True)
def called(context: template.Context, unit: Any) -> str:
    """What people call a unit (any value with kind, name, stage, entered_in) today."""
    today: date = context["today"]
    if hasattr(unit, "unit_kind"):
        return unit_title(
            unit.unit_kind,
            unit.unit_name,
            stage=unit.unit_stage,
            entered_in=unit.unit_entered_in,
            today=today,
        )
    return unit_title(
        unit.kind, unit.name, stage=unit.stage, entered_in=unit.entered_in, today=today
    )
