"""Where one thing of a unit's year is done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from notoneless.flows.workplans.year import STREAM_OF
from notoneless.rules.duties.kinds import DutyRule
from notoneless.web.workplans.words import MEETING_OF


def way_to(rule: DutyRule, unit_id: UUID, from_on: date) -> str:
    """The page on which a report is written, a meeting noted or a campaign kept."""
    stream = STREAM_OF.get(rule)
    if stream is not None:
        args = [unit_id, stream.value, from_on.isoformat()]
        return reverse("workplan-report", args=args)
    if rule in MEETING_OF:
        asked = urlencode({"unit": str(unit_id), "kind": MEETING_OF[rule].value})
        return f"{reverse('workplan-meeting-new')}?{asked}"
    return reverse("workplan-campaign", args=[unit_id, from_on.isoformat()])


def day_in(text: str) -> date | None:
    """A day in an address; ``None`` for whatever is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
