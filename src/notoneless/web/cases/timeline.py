"""What happened in a case, as its timeline tells it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from notoneless.cases.queries.file import StepLine
from notoneless.contacts.queries.lines import ContactLine
from notoneless.documents.queries.papers import PaperLine
from notoneless.flows.cases.papers.on_demand import is_numbered, report_ids, visit_ids
from notoneless.rules.cases.kinds import Level, StepKind
from notoneless.rules.cases.said import QUESTIONS, Ask
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.web.cases.answers import LABELS, label_of, option_of
from notoneless.web.cases.words import SOURCES, STEP_ICONS, STEPS
from notoneless.web.contacts.words import KIND_ICONS, KINDS, RESULTS
from notoneless.web.day_words import day, short_day
from notoneless.web.templatetags.children import class_words

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
RECORDS = frozenset({DocumentKind.VISIT_RECORD, DocumentKind.CLASS_REPORT})
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
    number_url: str = ""
    """Where the record becomes a paper with a number; empty for whoever may not, and once it is."""


def entries_of(
    steps: Iterable[StepLine],
    contacts: Iterable[ContactLine],
    papers: Iterable[PaperLine],
    *,
    newest_first: bool,
    number_for: UUID | None = None,
) -> list[Entry]:
    """Steps, and contacts that are no steps, as entries in the order asked for.

    ``number_for`` is the child where the reader gives its visits and reports their numbers.
    """
    by_id = {paper.id: paper for paper in papers if paper.is_standing or paper.kind not in RECORDS}
    contacts, found = list(contacts), list(steps)
    stepped = {step.record_id for step in found}
    proved = {line.id for line in contacts if is_numbered(line)}
    entries = [_with_record(_entry(step, by_id), step, by_id, proved, number_for) for step in found]
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


def _with_record(
    entry: Entry,
    step: StepLine,
    papers: Mapping[UUID, PaperLine],
    proved: Collection[UUID],
    number_for: UUID | None,
) -> Entry:
    """The entry of a visit or report with its paper, or with the way to its number."""
    record = step.record_id
    if number_for is None or record is None or step.ended_reason or entry.paper is not None:
        return entry
    if step.record_kind == "contact":
        ids, url = visit_ids(record, number_for), ("visit-number", [record, number_for])
        may = record in proved
    elif step.record_kind == "report":
        ids, url, may = report_ids(record), ("report-number", [record]), True
    else:
        return entry
    paper = next((papers[each] for each in ids if each in papers), None)
    if paper is not None:
        return replace(entry, paper=paper)
    return replace(entry, number_url=reverse(url[0], args=url[1])) if may else entry


def _by(step: StepLine) -> str:
    where = class_words(step.class_name, step.on) or step.unit_name
    if step.by:
        return f"{where} {step.by}".strip()
    return where if step.level is not Level.SYSTEM else gettext("系统")


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
        is_told = name == "deadline" and step.deadline_on is not None
        if asks.get(name) in _IDS or is_told or not isinstance(value, str) or not value:
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
