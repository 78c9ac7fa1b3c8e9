"""What the form of a step has filled in before anybody types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from notoneless.flows.cases.reading import KnownCase
from notoneless.rules.cases.guards import asked_closing
from notoneless.rules.cases.kinds import StepKind


def proposed(known: KnownCase, step: StepKind, *, today: date) -> Mapping[str, Any]:
    """Answers that the case itself gives; everything can be changed."""
    if step in (StepKind.CLOSED, StepKind.CLOSING_REFUSED):
        asked = asked_closing(known.fact.standing)
        return {"outcome": asked.text("outcome")} if asked else {}
    return {}
