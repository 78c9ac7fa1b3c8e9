"""Another plan tried on a past period: numbers first, then the children behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django_q.tasks import async_task, fetch

from notoneless.flows import policy as flow
from notoneless.flows.packs import drafting
from notoneless.flows.policy import PolicyPlace
from notoneless.flows.whatif.running import Answer, Question, refuse_period, try_out
from notoneless.flows.whatif.showing import Shown, shown_to
from notoneless.flows.whatif.wire import answer_in
from notoneless.policy.queries.packs import DEFAULT_SYSTEMS, NATIONAL_SYSTEM
from notoneless.policy.queries.stack import RANKS
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.writing import pack_text
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.whatif.comparing import Sum
from notoneless.web.calendar.forms import DayField
from notoneless.web.duties.words import RULES
from notoneless.web.policy.reading import own_place
from notoneless.web.policy.whatif_words import (
    role_words,
    shown_line_words,
    sums_of,
    turn_words,
)
from notoneless.web.policy.words import key_label, title_of
from notoneless.web.presence.exporting import note_listed
from notoneless.web.request import Request

SECONDS = 20
"""How long a page may compute before it shows what it has."""
MOST_LISTED = 300
RUN = "notoneless.jobs.whatif.run"
_PACK, _DRAFT = "pack:", "draft:"
_NONE = Sum()


class WhatIfForm(forms.Form):
    """Where, over which days, with which pack."""

    place = forms.ChoiceField(label=_("单位"))
    since = DayField(label=_("从哪天起（含当天）"))
    until = DayField(label=_("到哪天止（含当天）"))
    other = forms.ChoiceField(label=_("换成哪个方案"))

    def __init__(
        self,
        data: Any = None,
        *,
        places: Iterable[PolicyPlace],
        others: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        for name, choices in (
            ("place", [(str(place.id), place.name) for place in places]),
            ("other", list(others)),
        ):
            choice = self.fields[name]
            if isinstance(choice, forms.ChoiceField):
                choice.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        return data


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One kind of duty in numbers, under both plans."""

    label: str
    before: Sum
    after: Sum

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@require_GET
def whatif(request: Request) -> HttpResponse:
    """Ask, and in the same breath see, what another plan would have asked."""
    request.actor.must(Capability.SEE_CHILDREN)
    places = [
        place
        for place in flow.places_in_sight(request.actor, on=request.today)
        if place.kind in RANKS
    ]
    form = _form(request, places)
    context: dict[str, Any] = {"form": form, "seconds": SECONDS}
    if not form.is_bound:
        return render(request, "policy/whatif.html", context)
    if not form.is_valid():
        return render(request, "policy/whatif.html", context, status=422)
    data = form.cleaned_data
    question = Question(
        UUID(data["place"]),
        Period(data["since"], data["until"]),
        _pack(request, data["other"]),
    )
    ends = monotonic() + SECONDS
    try:
        refuse_period(question.period, today=request.today)
        answer = try_out(
            request.actor, question, today=request.today, is_over=lambda: monotonic() > ends
        )
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "policy/whatif.html", context, status=409)
    return render(request, "policy/whatif.html", context | answer_context(request, answer))


@require_POST
def start(request: Request) -> HttpResponse:
    """Have the whole of it computed in the background."""
    request.actor.must(Capability.SEE_CHILDREN)
    places = [
        place
        for place in flow.places_in_sight(request.actor, on=request.today)
        if place.kind in RANKS
    ]
    form = WhatIfForm(request.POST, places=places, others=_others(request))
    if not form.is_valid():
        return render(request, "policy/whatif.html", {"form": form}, status=422)
    data = form.cleaned_data
    period = Period(data["since"], data["until"])
    refuse_period(period, today=request.today)
    text = pack_text(_pack(request, data["other"]))
    days = (period.from_on.isoformat(), period.until.isoformat())
    run_id = async_task(RUN, str(request.actor.person_id), data["place"], *days, text)
    return redirect("policy-whatif-run", run_id=run_id)


@require_GET
def run(request: Request, run_id: str) -> HttpResponse:
    """What was computed in the background, for whoever asked; until then that it is under way."""
    request.actor.must(Capability.SEE_CHILDREN)
    task = fetch(run_id)
    if task is None:
        return render(request, "policy/whatif_run.html", {"run_id": run_id})
    if task.func != RUN or task.args[0] != str(request.actor.person_id):
        raise Http404
    if not task.success:
        return render(request, "policy/whatif_run.html", {"run_id": run_id, "has_failed": True})
    answer = answer_in(task.result)
    context = answer_context(request, answer)
    return render(request, "policy/whatif_run.html", context | {"run_id": run_id})


def answer_context(request: Request, answer: Answer) -> dict[str, Any]:
    """What the page shows of an answer; who is named in its lists is noted as one reading."""
    shown = shown_to(request.actor, answer, most=MOST_LISTED, today=request.today)
    if shown.child_ids:
        period = answer.question.period
        told = f"whatif {answer.question.unit_id} {period.from_on} {period.until}"
        note_listed(request, told, sorted(shown.child_ids))
    rows = _rows(answer)
    return {
        "answer": answer,
        "title": title_of(answer.question.pack),
        "rows": [row for row in rows if not row.is_same],
        "same": [row for row in rows if row.is_same],
        "duties": _duties(shown),
        "cases": shown.cases,
        "sums": sums_of(answer.lines),
        "lines": [shown_line_words(row) for row in shown.lines],
        "shown": shown,
        "left": max(0, answer.differing - MOST_LISTED),
        "most": MOST_LISTED,
        "holes": sorted({key_label(hole.key) for hole in answer.holes}),
        "replaced": sorted(answer.replaced),
        "vacant": [(role_words(role), units) for role, units in shown.vacant.items()],
    }


def _rows(answer: Answer) -> list[RuleRow]:
    rules = [rule for rule in DutyRule if rule in answer.before or rule in answer.after]
    return [
        RuleRow(str(RULES[rule]), answer.before.get(rule, _NONE), answer.after.get(rule, _NONE))
        for rule in rules
    ]


def _duties(shown: Shown) -> list[dict[str, Any]]:
    return [
        {
            "label": RULES[row.each.rule],
            "each": row.each,
            "whom": row.whom,
            "turns": [turn_words(turn) for turn in row.each.turns],
        }
        for row in shown.duties
    ]


def _form(request: Request, places: list[PolicyPlace]) -> WhatIfForm:
    others = _others(request)
    if "other" in request.GET:
        return WhatIfForm(request.GET, places=places, others=others)
    yesterday = request.today - timedelta(days=1)
    start: dict[str, Any] = {
        "place": str(own_place(request, places).id) if places else "",
        "since": yesterday - timedelta(days=27),
        "until": yesterday,
    }
    if "draft" in request.GET:
        start["other"] = f"{_DRAFT}{request.GET['draft']}"
    return WhatIfForm(places=places, others=others, initial=start)


def _others(request: Request) -> list[tuple[str, str]]:
    drafts = []
    if request.actor.may(Capability.MANAGE_POLICY):
        drafts = [
            (f"{_DRAFT}{line.id}", f"{_('草稿')} {title_of(line.base) if line.base else ''}")
            for line in drafting.own_drafts(request.actor)
        ]
    packs = [
        (f"{_PACK}{line.pack.id}", f"{line.pack.system} {title_of(line.pack)}")
        for line in flow.readable_packs(request.actor)
        if line.pack.system not in {NATIONAL_SYSTEM, *DEFAULT_SYSTEMS}
    ]
    return drafts + packs


def _pack(request: Request, choice: str) -> Pack:
    if choice.startswith(_DRAFT):
        return drafting.open_draft(request.actor, UUID(choice.removeprefix(_DRAFT))).pack
    return flow.readable_pack(request.actor, choice.removeprefix(_PACK))
