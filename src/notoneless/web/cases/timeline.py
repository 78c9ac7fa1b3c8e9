"""What happened in a case, as its timeline tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from notoneless.cases.queries.file import StepLine
from notoneless.contacts.queries.lines import ContactLine
from notoneless.documents.queries.papers import PaperLine
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.cases.said import QUESTIONS, Ask
from notoneless.web.cases.answers import LABELS, label_of, option_of
from notoneless.web.cases.words import SOURCES, STEP_ICONS, STEPS
from notoneless.web.contacts.words import KIND_ICONS, KINDS, RESULTS
from notoneless.web.day_words import day, short_day

_TONES: Mapping[StepKind, str] = {
    StepKind.RETURNED: "done",
    StepKind.RETURNED_BY_MEASURE: "done",
    StepKind.CLOSED: "done",
    StepKind.RELAPSED: "attention",
    StepKind.SENT_BACK: "attention",
    StepKind.NOTICE_EXPIRED: "attention",
    StepKind.ORDER_EXPIRED: "attention",
    StepKind.YEAR_ENDED: "attention",
}
_IDS = frozenset({Ask.PERSON, Ask.UNIT, Ask.CLASS})
"""Answers that name somebody by id: the page says them elsewhere, by name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step in words."""

    id: UUID
    on: date
    hour: str
    title: str
    by: str
    icon: str
    tone: str
    said: tuple[tuple[str, str], ...]
    hidden: bool
    clock: str
    is_late: bool
    deadline: str
    paper: PaperLine | None
    link: tuple[str, str] | None
    """Label and address of the record that proves it."""
    ended: str


def entries_of(
    steps: Iterable[StepLine],
    contacts: Iterable[ContactLine],
    papers: Iterable[PaperLine],
    *,
    newest_first: bool,
) -> list[Entry]:
    """Steps, and contacts that are no steps, as entries in the order asked for."""
    by_id = {paper.id: paper for paper in papers}
    found = list(steps)
    stepped = {step.record_id for step in found}
    entries = [_entry(step, by_id) for step in found]
    entries += [_contact(each) for each in contacts if each.id not in stepped]
    entries.sort(key=lambda entry: entry.on)
    return entries[::-1] if newest_first else entries


def _contact(line: ContactLine) -> Entry:
    """A call, talk or letter between school and family: what the reader is shown of it."""
    said = ((str(LABELS["words"]), line.found),) if line.found else ()
    return Entry(
        id=line.id,
        on=line.happened_on,
        hour=line.hour,
        title=f"{KINDS[line.kind]} · {RESULTS[line.result]}",
        by=line.by.name,
        icon=KIND_ICONS[line.kind],
        tone="neutral",
        said=said,
        hidden=False,
        clock="",
        is_late=False,
        deadline="",
        paper=None,
        link=(gettext("看联系记录"), reverse("contact", args=[line.id])),
        ended="",
    )


def _entry(step: StepLine, papers: Mapping[UUID, PaperLine]) -> Entry:
    return Entry(
        id=step.id,
        on=step.on,
        hour=step.hour,
        title=str(STEPS[step.kind]),
        by=_by(step),
        icon=STEP_ICONS.get(step.kind, "file-text"),
        tone="neutral" if step.ended_reason else _TONES.get(step.kind, "accent"),
        said=tuple(_said(step)),
        hidden=step.is_hidden,
        clock=_clock(step),
        is_late=step.is_late,
        deadline=gettext("期限到 %(day)s") % {"day": day(step.deadline_on)}
        if step.deadline_on
        else "",
        paper=papers.get(step.paper_id) if step.paper_id else None,
        link=_link(step),
        ended=step.ended_reason,
    )


def _by(step: StepLine) -> str:
    if step.by:
        return f"{step.unit_name} {step.by}".strip()
    return step.unit_name if step.level is not Level.SYSTEM else gettext("系统")


def _clock(step: StepLine) -> str:
    if step.due_on is None:
        return ""
    told = gettext("超过期限（%(day)s）") if step.is_late else gettext("在期限（%(day)s）内")
    return told % {"day": short_day(step.due_on)}


def _link(step: StepLine) -> tuple[str, str] | None:
    if step.record_id is None:
        return None
    ways = {"contact": ("contact", gettext("看家访记录")), "report": ("report", gettext("看报告"))}
    way = ways.get(step.record_kind)
    return (way[1], reverse(way[0], args=[step.record_id])) if way else None


def _said(step: StepLine) -> list[tuple[str, str]]:
    asks = {question.name: question.ask for question in QUESTIONS.get(step.kind, ())}
    found = []
    for name, value in step.said.items():
        if asks.get(name) in _IDS or not isinstance(value, str) or not value:
            continue
        found.append((_label(step.kind, name), _value(step.kind, name, value, asks.get(name))))
    return [(label, value) for label, value in found if label]


def _label(kind: StepKind, name: str) -> str:
    return str(label_of(kind, name)) if name in LABELS else ""


def _value(kind: StepKind, name: str, value: str, ask: Ask | None) -> str:
    if name == "source":
        return str(SOURCES.get(value, value))  # type: ignore[call-overload]  # a str enum's value
    if ask is Ask.DATE:
        return _day(value)
    if ask is Ask.CHOICE or ask is None:
        return str(option_of(kind, name, value))
    return value


def _day(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value
