"""A matter and its steps in words, for pages and papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from notoneless.oversight.queries.lines import FaultLine, StepLine
from notoneless.rules.faults.kinds import AppealResult, FaultStep, Measure, Outcome
from notoneless.rules.faults.life import Turn
from notoneless.web.day_words import day
from notoneless.web.oversight import words
from notoneless.web.words import ROLES, unit_title

Labelled = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FaultHead:
    """Where a matter stands, in words."""

    person: str
    role: str
    unit: str
    kind: str
    basis: str
    state: str
    tone: str
    turn: str
    until: str


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step on the timeline."""

    on: date
    title: str
    by: str
    icon: str
    said: tuple[tuple[str, str], ...]


def head_of(line: FaultLine, today: date) -> FaultHead:
    """One line in words."""
    unit = unit_title(
        line.unit_kind,
        line.unit_name,
        stage=line.unit_stage,
        entered_in=line.unit_entered_in,
        today=today,
    )
    return FaultHead(
        person=line.person_name,
        role=str(ROLES[line.role]),
        unit=unit,
        kind=words.fault_name(line.kind),
        basis=words.basis_words(line.basis),
        state=str(words.STATES[line.state]),
        tone=words.STATE_TONES.get(line.state, "accent"),
        turn="" if line.turn is Turn.NOBODY else str(words.TURNS[line.turn]),
        until=day(line.until) if line.until else "",
    )


def said_words(step: StepLine) -> tuple[Labelled, ...]:
    """What a step says, each answer with its label."""
    return tuple(_said(step))


def _said(step: StepLine) -> Iterator[Labelled]:
    said = step.said
    for name, (label, tell) in _TOLD.items():
        value = said.get(name)
        if value not in (None, "", [], {}):
            yield str(label()), tell(value)
    yield from _answers(_("免责条件"), said.get("exemption"), words.CONDITIONS)
    yield from _answers(_("三个条件"), said.get("flags"), words.FLAGS)
    if step.until:
        is_notice = step.kind is FaultStep.NOTICE_GIVEN
        yield (_("陈述最晚到") if is_notice else _("申请复核最晚到")), day(step.until)


def _measures(value: object) -> str:
    listed = value if isinstance(value, list) else []
    return _("、").join(str(words.MEASURES[Measure(str(each))]) for each in listed)


def _fen(value: object) -> str:
    return _("%(n)s 元") % {"n": int(str(value)) // 100}


_TOLD: Mapping[str, tuple[Callable[[], str], Callable[[object], str]]] = {
    "outcome": (lambda: _("决定"), lambda v: str(words.OUTCOMES[Outcome(str(v))])),
    "result": (lambda: _("复核结果"), lambda v: str(words.APPEALS[AppealResult(str(v))])),
    "measures": (lambda: _("处理"), _measures),
    "words": (lambda: _("内容"), str),
    "cause": (lambda: _("造成辍学"), lambda v: _("是") if v else _("否")),
    "points": (lambda: _("扣分"), str),
    "fen": (lambda: _("罚款"), _fen),
    "correct_by": (lambda: _("整改期限"), lambda v: day(date.fromisoformat(str(v)))),
    "skips_because": (lambda: _("越过前一级的理由"), str),
    "notice": (lambda: _("通报内容"), str),
    "witness": (lambda: _("见证人"), str),
    "silence": (
        lambda: _("情况"),
        lambda v: _("期限已过，没有陈述") if v else _("当面表示不陈述"),
    ),
}


def _answers(label: str, value: object, named: Mapping[str, object]) -> Iterable[Labelled]:
    if not isinstance(value, Mapping):
        return
    for code, is_so in value.items():
        yield f"{label}{_('：')}{named.get(code, code)}", _("是") if is_so else _("否")


def told(step: StepLine, line: FaultLine) -> StepTold:
    """One step of the timeline."""
    by = step.by_name
    if step.by_role is not None:
        by = _("%(name)s（%(role)s）") % {"name": by, "role": ROLES[step.by_role]}
    elif step.by_id == line.person_id:
        by = _("%(name)s（本人）") % {"name": by}
    return StepTold(
        step.on,
        str(words.STEPS[step.kind]),
        by,
        words.STEP_ICONS[step.kind],
        said_words(step),
    )
