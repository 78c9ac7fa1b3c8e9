"""An answer as plain JSON and back, for whoever comes to read it after it was computed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from notoneless.flows.whatif.running import Answer, Effect, LineDifference, Question, Vacancy
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Hole
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.reading import read_pack
from notoneless.rules.policy.writing import pack_text
from notoneless.rules.whatif.comparing import CaseDifference, DutyDifference, Sum, Turn

_DAYS = (
    "opened_before",
    "opened_after",
    "due_before",
    "due_after",
    "late_before",
    "late_after",
)
_PAIRS = ("opened", "determine_by", "report_by")


def answer_out(answer: Answer) -> str:
    """The answer as JSON. It holds ids of children and no names."""
    asked = answer.question
    told = {
        "unit": asked.unit_id,
        "from_on": asked.period.from_on,
        "until": asked.period.until,
        "pack": pack_text(asked.pack),
        "unit_name": answer.unit_name,
        "schools": answer.schools,
        "done": answer.done,
        "unresolved": answer.unresolved,
        "before": {rule.value: asdict(each) for rule, each in answer.before.items()},
        "after": {rule.value: asdict(each) for rule, each in answer.after.items()},
        "cases": answer.cases,
        "differing": answer.differing,
        "duties": [asdict(each) for each in answer.duties],
        "children": [asdict(each) for each in answer.children],
        "lines": [asdict(each) for each in answer.lines],
        "lines_left_out": answer.lines_left_out,
        "vacant": [asdict(each) for each in answer.vacant],
        "holes": [asdict(hole) for hole in answer.holes],
        "replaced": sorted(answer.replaced),
        "changed_within": answer.changed_within,
    }
    return json.dumps(told, ensure_ascii=False, default=str)


def answer_in(text: str) -> Answer:
    """The answer that ``answer_out`` wrote."""
    told: dict[str, Any] = json.loads(text)
    period = Period(date.fromisoformat(told["from_on"]), date.fromisoformat(told["until"]))
    return Answer(
        question=Question(UUID(told["unit"]), period, read_pack(told["pack"], "tried.toml")),
        unit_name=told["unit_name"],
        schools=told["schools"],
        done=told["done"],
        unresolved=[UUID(each) for each in told["unresolved"]],
        before={DutyRule(rule): Sum(**each) for rule, each in told["before"].items()},
        after={DutyRule(rule): Sum(**each) for rule, each in told["after"].items()},
        cases=(told["cases"][0], told["cases"][1]),
        differing=told["differing"],
        duties=[_duty(each) for each in told["duties"]],
        children=[_child(each) for each in told["children"]],
        lines=[_line(each) for each in told["lines"]],
        lines_left_out=told["lines_left_out"],
        vacant={Vacancy(each["role"], UUID(each["unit_id"])) for each in told["vacant"]},
        holes={Hole(DutyRule(hole["rule"]), hole["key"], hole["why"]) for hole in told["holes"]},
        replaced=set(told["replaced"]),
        changed_within=told["changed_within"],
    )


def _duty(row: Mapping[str, Any]) -> DutyDifference:
    return DutyDifference(
        rule=DutyRule(row["rule"]),
        subject_id=UUID(row["subject_id"]),
        is_child=row["is_child"],
        class_id=UUID(row["class_id"]),
        turns=tuple(Turn(turn) for turn in row["turns"]),
        **{name: _day(row[name]) for name in _DAYS},
    )


def _child(row: Mapping[str, Any]) -> CaseDifference:
    return CaseDifference(
        child_id=UUID(row["child_id"]),
        class_id=UUID(row["class_id"]) if row["class_id"] else None,
        **{name: (_day(row[name][0]), _day(row[name][1])) for name in _PAIRS},
    )


def _line(row: Mapping[str, Any]) -> LineDifference:
    plain = {name: row[name] for name in ("kind", "rule", "role", "name")}
    return LineDifference(
        **plain,
        unit_id=UUID(row["unit_id"]),
        before=_effect(row["before"]),
        after=_effect(row["after"]),
    )


def _effect(row: Mapping[str, Any] | None) -> Effect | None:
    if row is None:
        return None
    children = tuple(UUID(each) for each in row["children"])
    return Effect(**{**row, "honours": tuple(row["honours"]), "children": children})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
