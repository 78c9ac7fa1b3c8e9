"""Trends by week: what a chart draws, and the same numbers as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from notoneless.flows.overview.showing import Week
from notoneless.numbers.queries.ladder import Move
from notoneless.rules.indicators.ratio import Ratio

STEP = 5
"""The lowest line of the attendance chart is a multiple of so many per cent."""


def attendance_chart(weeks: Sequence[Week]) -> dict[str, Any]:
    """Attendance of each week in per cent; weeks without a roll are gaps, never zeros."""
    shares = [week.seats.attendance for week in weeks]
    known = [share for share in shares if share.is_known]
    lowest = min((_value(share) for share in known), default=100.0)
    return {
        "kind": "line",
        "unit": "%",
        "least": max(0, int(lowest // STEP) * STEP - STEP),
        "labels": [_label(week) for week in weeks],
        "series": [
            {
                "name": gettext("出勤率"),
                "values": [_value(share) if share.is_known else None for share in shares],
            }
        ],
    }


def moves_chart(weeks: Sequence[Week]) -> dict[str, Any]:
    names = {
        Move.OPENED: gettext("新立个案"),
        Move.RETURNED: gettext("返校"),
        Move.CLOSED: gettext("销号"),
    }
    return {
        "kind": "bars",
        "labels": [_label(week) for week in weeks],
        "series": [
            {"name": name, "values": [week.moved[move] for week in weeks]}
            for move, name in names.items()
        ],
    }


def week_rows(weeks: Sequence[Week]) -> list[dict[str, Any]]:
    """The newest week first."""
    return [
        {
            "monday": week.monday,
            "attendance": week.seats.attendance,
            "per_cent": week.seats.attendance.per_cent(1),
            "opened": week.moved[Move.OPENED],
            "returned": week.moved[Move.RETURNED],
            "closed": week.moved[Move.CLOSED],
        }
        for week in reversed(weeks)
    ]


def _value(share: Ratio) -> float:
    return float(share.per_cent(1))


def _label(week: Week) -> str:
    return f"{week.monday.month}/{week.monday.day}"
