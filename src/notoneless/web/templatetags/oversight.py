"""A matter of accountability in the words of a list."""

from __future__ import annotations

from datetime import date

from django import template

from notoneless.oversight.queries.lines import FaultLine
from notoneless.web.oversight.telling import FaultHead, head_of

register = template.Library()


@register.simple_tag(takes_context=True)
def fault_head(context: template.Context, line: FaultLine) -> FaultHead:
    """Where it stands, for the row of a list."""
    today: date = context["today"]
    return head_of(line, today)
