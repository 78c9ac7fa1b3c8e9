"""One report: its figures and text, handing it in, taking it over, sending it back, paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.documents.rendering.pdf import pdf_of_sheet
from notoneless.flows.overview.units import unit_seen
from notoneless.flows.workplans.reports import (
    WRITTEN,
    Address,
    Said,
    Sheet,
    accept_all,
    correct,
    draft_figures,
    judge,
    sheet,
    submit,
)
from notoneless.rules.indicators.counts import Count
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.rules.workplans.kinds import ReportAct, ReportState, Stream
from notoneless.rules.workplans.lifecycle import TO_SEND, WAITS, punctual
from notoneless.rules.workplans.paper import NO_ADDRESS, TOTAL, Counted, ReportPaper, report_sheet
from notoneless.rules.workplans.streams import STREAMS
from notoneless.web.cases.words import STATES
from notoneless.web.policy.words import key_label
from notoneless.web.request import Request
from notoneless.web.words import unit_title
from notoneless.web.workplans.links import day_in
from notoneless.web.workplans.words import (
    CONTACT_WORDS,
    REPORTED,
    STATE_TONES,
    STATE_WORDS,
    STREAM_WORDS,
    span_words,
    unit_words,
)
from notoneless.workplans.queries.reports import VersionLine, version_of, versions_of


class ReportForm(forms.Form):
    """What only the author knows."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("情况说明"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("数字已经填好。这里写做了什么、有什么困难。不写学生姓名。"),
    )


class CorrectionForm(ReportForm):
    reason = forms.CharField(
        label=gettext_lazy("为什么更正"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("原来交的那一份照样保留。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def workplan_report(request: Request, unit_id: UUID, stream: str, from_on: str) -> HttpResponse:
    """One report of a unit; who may send it sends it here, who receives it answers here."""
    day = day_in(from_on)
    if day is None or stream not in set(Stream):
        raise Http404
    at = Address(unit_id, Stream(stream), day)
    if request.method == "POST":
        return _done(request, at)
    return _page(request, at)


@require_POST
def workplan_receive(request: Request, unit_id: UUID) -> HttpResponse:
    """Take over everything that waits at a unit."""
    n = accept_all(request.actor, unit_id, today=request.today, now=request.now)
    messages.success(request, _("已接收 %(n)s 份报告。") % {"n": n})
    return redirect(f"{reverse('workplans')}?{urlencode({'unit': str(unit_id)})}")


@require_safe
def workplan_paper(request: Request, version_id: UUID) -> HttpResponse:
    """One version as a paper with its office's head (R-234)."""
    period, line = version_of(version_id, county_id=request.actor.county_id)
    unit_seen(request.actor, period.unit_id, on=request.today, to=Capability.SEE_CASES)
    unit = period.unit
    office = unit_title(
        unit.kind, unit.name, stage=unit.stage, entered_in=unit.entered_in, today=period.until
    )
    figures = line.figures
    school = period.receiver.name if unit.kind == UnitKind.CLASS and period.receiver else ""
    paper = ReportPaper(
        office=f"{school}{office}",
        head=school or office,
        to=period.receiver.name if period.receiver else "",
        stream=Stream(period.stream),
        from_on=date.fromisoformat(figures["from"]),
        until=date.fromisoformat(figures["until"]),
        number=line.number,
        lines=[Counted(_line_name(row, period.until), row["counts"]) for row in figures["lines"]],
        total=Counted(TOTAL, figures["total"]),
        villages=[Counted(row["name"] or NO_ADDRESS, row["counts"]) for row in figures["villages"]],
        contacts=figures["contacts"],
        open_cases=sum(figures["stages"].values()),
        text=line.text,
        reason=line.reason,
        author=line.by,
        submitted_on=line.submitted_on,
    )
    answer = HttpResponse(pdf_of_sheet(report_sheet(paper)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="report-{version_id}.pdf"'
    return answer


def _done(request: Request, at: Address) -> HttpResponse:
    act = request.POST.get("act", "")
    if act not in set(ReportAct):
        raise Http404
    do = ReportAct(act)
    if do in {ReportAct.ACCEPT, ReportAct.SEND_BACK}:
        return _judged(request, at, do)
    form = (CorrectionForm if do is ReportAct.CORRECT else ReportForm)(request.POST)
    if not form.is_valid():
        return _page(request, at, form=form, status=422)
    said = form.cleaned_data
    send = correct if do is ReportAct.CORRECT else submit
    try:
        send(
            request.actor,
            at,
            Said(said["id"], said["text"], said.get("reason", "")),
            today=request.today,
            now=request.now,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, at, form=form, refusal=refusal, status=409)
    messages.success(request, _("已交出。数字从现在起不再改动。"))
    return redirect(request.path)


def _judged(request: Request, at: Address, act: ReportAct) -> HttpResponse:
    reason = request.POST.get("reason", "")[:300]
    try:
        judge(request.actor, at, act, reason, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, at, refusal=refusal, status=409)
    said = _("已接收。") if act is ReportAct.ACCEPT else _("已退回，报送单位的待办里会出现这件事。")
    messages.success(request, said)
    return redirect(request.path)


def _page(
    request: Request,
    at: Address,
    *,
    form: ReportForm | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    found = sheet(request.actor, at, today=request.today)
    versions = versions_of(found.row.pk) if found.row else []
    state = ReportState(found.row.state) if found.row else ReportState.OPEN
    to_send = state in TO_SEND and found.may_send
    newest = versions[0] if versions else None
    figures = (
        draft_figures(request.actor, found, today=request.today, now=request.now)
        if to_send or newest is None
        else newest.figures
    )
    due = found.asked.due.on if found.asked.due else None
    first = versions[-1].submitted_on if versions else None
    rule = STREAMS[at.stream]
    context = {
        "at": at,
        "unit": found.known.unit,
        "name": unit_words(found.known.unit, request.today),
        "what": STREAM_WORDS[at.stream],
        "span": span_words(found.asked.from_on, found.asked.until),
        "due": due,
        "punctual": punctual(due, first, today=request.today).value,
        "receiver": found.receiver_name,
        "rule": key_label(rule.key),
        "state": STATE_WORDS[state],
        "state_tone": STATE_TONES[state],
        "versions": [(line, _figures(line.figures, at.unit_id)) for line in versions],
        "figures": _figures(figures, at.unit_id),
        "is_draft": to_send or newest is None,
        "form": _form(form, state, newest, to_send, found),
        "is_correction": not to_send,
        "is_written": at.stream in WRITTEN,
        "may_judge": state in WAITS and found.may_receive,
        "lacks_person": found.lacks_person and found.may_send,
        "refusal": refusal,
    }
    return render(request, "workplans/report.html", context, status=status)


def _form(
    given: ReportForm | None,
    state: ReportState,
    newest: VersionLine | None,
    to_send: bool,
    found: Sheet,
) -> ReportForm | None:
    if not found.may_send or found.lacks_person:
        return None
    if given is not None:
        return given
    text = newest.text if newest else ""
    if to_send:
        return ReportForm(initial={"id": uuid7(), "text": text})
    return CorrectionForm(initial={"id": uuid7(), "text": text})


BY_VILLAGE = frozenset(
    {Count.ON_ROLL, Count.SUSPECTED, Count.DROPPED_IN_PERIOD, Count.RETURNED, Count.DROPPED}
)


def _figures(figures: dict[str, Any], unit_id: UUID) -> dict[str, Any]:
    """Figures as a table, each number with the address at which it opens to its children."""
    if not figures:
        return {}
    until = date.fromisoformat(figures["until"])
    from_on = date.fromisoformat(figures["from"])
    return {
        "from_on": from_on,
        "until": until,
        "span": span_words(from_on, until),
        "headings": [words for _count, words in REPORTED],
        "rows": [
            {"name": _line_name(row, until), "cells": _cells(row["counts"], row["unit"], figures)}
            for row in figures["lines"]
        ],
        "total": _cells(figures["total"], str(unit_id), figures),
        "village_headings": [words for count, words in REPORTED if count in BY_VILLAGE],
        "villages": [
            {
                "name": row["name"],
                "counts": [
                    (words, row["counts"].get(count.value, 0))
                    for count, words in REPORTED
                    if count in BY_VILLAGE
                ],
            }
            for row in figures["villages"]
        ],
        "stages": [
            (words, figures["stages"][s.value])
            for s, words in STATES.items()
            if figures["stages"].get(s.value)
        ],
        "contacts": [
            (words, figures["contacts"].get(kind, 0))
            for kind, words in CONTACT_WORDS.items()
            if figures["contacts"].get(kind)
        ],
    }


def _cells(counts: dict[str, int], unit: str, figures: dict[str, Any]) -> list[dict[str, Any]]:
    known = figures["known_at"][:10]
    cells = []
    for count, words in REPORTED:
        asked = urlencode(
            {
                "unit": unit,
                "count": count.value,
                "period": "days",
                "since": figures["from"],
                "until": figures["until"],
                "known": known,
            }
        )
        number = counts.get(count.value, 0)
        url = f"{reverse('indicators-behind')}?{asked}" if number else ""
        cells.append({"number": number, "url": url, "label": words})
    return cells


def _line_name(row: dict[str, Any], on: date) -> str:
    if not row.get("stage"):
        return str(row["name"])
    return unit_title(
        "class", row["name"], stage=row["stage"], entered_in=row["entered_in"], today=on
    )
