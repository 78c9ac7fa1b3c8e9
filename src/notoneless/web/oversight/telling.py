"""A matter and its steps in words, for pages and papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from notoneless.flows.oversight.reading import FaultShown
from notoneless.oversight.queries.lines import FaultLine, StepLine
from notoneless.rules.faults.kinds import AppealResult, FaultStep, Measure, Outcome
from notoneless.rules.faults.life import Turn
from notoneless.rules.faults.times import Times
from notoneless.rules.policy.pack import Rule
from notoneless.web.day_words import day
from notoneless.web.oversight import words
from notoneless.web.policy.words import source_words, statement_of, value_words
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
        unit=f"{line.school} {unit}" if line.school else unit,
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


def time_rows(times: Times) -> tuple[Labelled, ...]:
    """What the plan gives the person: each time with its source."""
    review = value_words(times.review.key, times.review.value, times.review.unit)
    return (
        (_("陈述期限"), _timed(statement_of(times.statement), times.statement)),
        (_("复核期限"), _timed(_("看到决定之后%(time)s") % {"time": review}, times.review)),
    )


def step_name(step: FaultStep, shown: FaultShown) -> str:
    """What a step is called for its reader: taking in a person's paper is not his own word."""
    if step is FaultStep.STATED and not shown.is_own:
        return _("登记本人的书面陈述")
    if step is FaultStep.STATED and shown.file.facts.last(FaultStep.STATED):
        return _("补充陈述")
    if step is FaultStep.APPEALED and not shown.is_own:
        return _("登记本人的复核申请")
    if step is FaultStep.SHOWN and shown.is_own:
        return _("我已看过决定")
    return str(words.STEPS[step])


def step_note(step: FaultStep, shown: FaultShown) -> str:
    """What follows from a step, said before it is taken; empty where the form says it."""
    (_label, _statement), (_other, review) = time_rows(shown.times)
    match step:
        case FaultStep.SHOWN if shown.is_own:
            note = _("看过不等于同意。申请复核的期限从今天算起：%(time)s。")
        case FaultStep.SHOWN:
            note = _("本人当面看过决定、有人见证才登记。申请复核的期限从这一天算起：%(time)s。")
        case FaultStep.WAIVED:
            note = _("接受之后决定马上生效，不能再申请复核。拿不准可以先不办，期限是%(time)s。")
        case FaultStep.APPEALED:
            note = _("复核由作出决定以外的人办理，只有一次。复核期间决定不生效，不执行。")
        case _:
            return ""
    return note % {"time": review}


def decision_words(shown: FaultShown) -> tuple[Labelled, ...]:
    """The decision that a later step is about; empty before there is one."""
    taken = (step for step in reversed(shown.file.steps) if step.kind is FaultStep.DECIDED)
    decided = next(taken, None)
    return said_words(decided) if decided is not None else ()


def statement_hint(times: Times) -> str:
    """What the form of a notice says about the last day."""
    time = _timed(statement_of(times.statement), times.statement)
    return _("从告知的第二天算起，%(time)s。") % {"time": time}


def _timed(said: str, time: Rule) -> str:
    return _("%(time)s（%(source)s）") % {"time": said, "source": source_words(time.source)}


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
    # The order in which they are asked; a place's own come last.
    order = list(named)
    for code in sorted(value, key=lambda c: order.index(c) if c in order else len(order)):
        is_so = value[code]
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
