"""The tables of an overview in words, each number with the list that it opens to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext

from notoneless.duties.queries.clocks import ClockEnd
from notoneless.duties.queries.rows import Bucket
from notoneless.flows.overview.late import LateRow
from notoneless.flows.overview.periods import Stretch
from notoneless.flows.overview.showing import OTHER, Compared, Overview
from notoneless.flows.overview.units import UnitSeen
from notoneless.numbers.queries.ladder import NO_CAUSE, Move
from notoneless.numbers.queries.tree import TreeUnit
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.units import SCHOOLS, UnitKind
from notoneless.web.cases.words import STATES
from notoneless.web.contacts.words import cause_words
from notoneless.web.duties.words import RULES
from notoneless.web.overview.links import Links
from notoneless.web.overview.whiskers import Whiskers, axis_of, whiskers
from notoneless.web.templatetags.children import class_words
from notoneless.web.words import ROLES

MOST_LATE = 40


def unit_name(unit: UnitSeen | TreeUnit | None, today: date) -> str:
    """A class by its name of today; what belongs to no unit below is said so."""
    if unit is None:
        return gettext("未归入以上单位")
    return class_words(unit.class_name, today) or unit.name


def tiles_of(found: Overview, links: Links) -> list[dict[str, Any]]:
    """Four numbers of today, red first."""
    total, school = found.today.total, _school(found)
    return [
        {
            "label": gettext("逾期事项"),
            "value": found.total.overdue,
            "url": links.duties(Bucket.OVERDUE),
            "tone": "danger" if found.total.overdue else "",
        },
        {
            "label": gettext("今天未点名"),
            "value": total.uncalled if found.today.is_school_day else "—",
            "url": links.uncalled(),
            "tone": "danger" if total.is_late else "",
            "note": gettext("%(n)s 个班") % {"n": total.classes}
            if found.today.is_school_day
            else gettext("今天不上课"),
        },
        {
            "label": gettext("当前缺勤"),
            "value": total.away,
            "url": links.away(school),
            "note": gettext("不明原因，含可能的"),
        },
        {
            "label": gettext("在办个案"),
            "value": found.open_cases,
            "url": links.cases(),
            "note": gettext("其中超期 %(n)s 件") % {"n": found.late_cases}
            if found.late_cases
            else "",
        },
    ]


def stages_of(found: Overview, links: Links) -> list[dict[str, Any]]:
    """The ladder as a funnel: a bar for each stage, as wide as its number."""
    most = max([*found.stages.values(), 1])
    return [
        {
            "label": STATES[state],
            "number": number,
            "most": most,
            "url": links.cases(stage=state.value),
        }
        for state, number in found.stages.items()
    ]


def late_lines(found: Overview, links: Links, today: date) -> dict[str, Any]:
    lines = [late_line(row, links, today) for row in found.late[:MOST_LATE]]
    return {"lines": lines, "more": len(found.late) - len(lines)}


def late_line(row: LateRow, links: Links, today: date) -> dict[str, Any]:
    """One row of what is late; ``links`` are those of the unit that the whole list is about."""
    of = Links(row.unit.id, row.unit.kind) if row.unit else links
    joined = pgettext("between items of a list", "、").join(row.turn_units)
    return {
        "unit": unit_name(row.unit, today),
        "what": RULES[row.rule],
        "duties": row.duties,
        "since": row.since,
        "turn": f"{joined if len(row.turn_units) < 3 else ''} {ROLES[row.turn_role]}".strip(),
        "url": of.duties(Bucket.OVERDUE, row.rule, row.turn_role),
    }


def today_rows(found: Overview, stretch: Stretch, today: date) -> list[dict[str, Any]]:
    """Each unit below in numbers that open to its lists."""
    return [_today(row, found.period, stretch, today) for row in found.rows]


def _today(row: Compared, period: Period, stretch: Stretch, today: date) -> dict[str, Any]:
    of = Links(row.unit.id, row.unit.kind) if row.unit else None
    moved = [(row.moved[move], of.moved(move, period) if of else "") for move in Move]
    return {
        "name": unit_name(row.unit, today),
        "url": of.overview(stretch) if of else "",
        "row": row,
        "uncalled_url": of.uncalled() if of else "",
        "away_url": of.away(row.now.school_id) if of and row.now else "",
        "overdue_url": of.duties(Bucket.OVERDUE) if of else "",
        "cases_url": of.cases() if of else "",
        "moved": moved,
    }


def compared_rows(
    found: Overview,
    stretch: Stretch,
    today: date,
    *,
    may_show: Callable[[Ratio], bool] = lambda ratio: True,
) -> dict[str, Any]:
    """Three shares of each unit with their intervals, in the order of names."""
    rows = [row for row in found.rows if row.unit is not None]
    columns = [
        [_shown(share, may_show) for share in shares]
        for shares in (
            [row.seats.attendance for row in (*rows, found.total)],
            [row.clocks.kept for row in (*rows, found.total)],
            [row.ledger for row in (*rows, found.total)],
        )
    ]
    axes = [axis_of(shares, from_top=n < 2) for n, shares in enumerate(columns)]
    drawn = [
        [whiskers(share, axis) for share in shares]
        for shares, axis in zip(columns, axes, strict=True)
    ]
    lines = [
        _compared(row, [column[n] for column in drawn], found.period, stretch, today)
        for n, row in enumerate(rows)
    ]
    return {
        "axes": axes,
        "lines": lines,
        "total": [column[-1] for column in drawn],
        "is_worth": len(lines) > 1,
    }


def _shown(share: Ratio, may_show: Callable[[Ratio], bool]) -> Ratio:
    return share if may_show(share) else Ratio(0, 0)


def _compared(
    row: Compared, cells: Iterable[Whiskers], period: Period, stretch: Stretch, today: date
) -> dict[str, Any]:
    of = Links(row.unit.id, row.unit.kind) if row.unit else None
    return {
        "name": unit_name(row.unit, today),
        "url": of.overview(stretch) if of else "",
        "cells": list(cells),
        "clocks": row.clocks,
        "clock_urls": {how.value: of.clocks(how, period) for how in ClockEnd} if of else {},
    }


def causes_of(found: Overview, links: Links) -> list[dict[str, Any]]:
    """Main causes of open cases, by their words; small ones and restricted ones are 其他."""
    causes = found.causes or {}
    most = max([*causes.values(), 1])
    named = sorted((cause for cause in causes if cause not in (OTHER, NO_CAUSE)), key=cause_words)
    ordered = [*named, *(cause for cause in (OTHER, NO_CAUSE) if cause in causes)]
    return [
        {
            "label": cause_words(cause) if cause else gettext("还没有查明"),
            "number": causes[cause],
            "most": most,
            "url": links.cases(cause=cause) if cause not in (OTHER, NO_CAUSE) else "",
        }
        for cause in ordered
    ]


def _school(found: Overview) -> Any:
    """The school of the lists that name one; ``None`` above schools."""
    if found.unit.kind in SCHOOLS:
        return found.unit.id
    if found.unit.kind is UnitKind.CLASS and found.today.rows:
        return found.today.rows[0].school_id
    return None
