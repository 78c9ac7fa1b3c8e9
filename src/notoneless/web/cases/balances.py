"""Cases that were open on paper before the place used the system, brought in at their true step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.file import ChildFile
from notoneless.children.queries.listing import ChildFilter, list_children
from notoneless.flows.cases.balance_lists import LONGEST_LIST, RowAnswer, bring_in_list
from notoneless.flows.cases.balances import BRINGS_IN, Balance, bring_in
from notoneless.rules.cases.balance_list import (
    LONGEST_WORDS,
    SHORTEST_WORDS,
    STAGES,
    Fault,
    read_rows,
)
from notoneless.rules.cases.balances import RUNNING
from notoneless.rules.cases.kinds import AWAY, State
from notoneless.rules.refusal import Refusal
from notoneless.web.cases.forms import keys_in
from notoneless.web.cases.of_child import file_for, may_bring_in, open_case_in
from notoneless.web.cases.pages import tabs_of
from notoneless.web.cases.words import STATES
from notoneless.web.children.forms import DayInput
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.pasted import PastedForm, as_text
from notoneless.web.refusals import sentence_of
from notoneless.web.request import Request

MOST_FOUND = 20
FAULTS: Mapping[Fault, tuple[str | Promise, str | Promise]] = {
    Fault.NAME: (gettext_lazy("姓名"), gettext_lazy("没有写姓名。请补上。")),
    Fault.AWAY: (
        gettext_lazy("不在校自"),
        gettext_lazy("不是日期。请写成 2026-9-15 或 2026年9月15日。"),
    ),
    Fault.STATE: (
        gettext_lazy("办到哪一步"),
        gettext_lazy("认不出这一步。请用下面“能认的阶段”里的写法。"),
    ),
    Fault.SINCE: (
        gettext_lazy("这一步的日期"),
        gettext_lazy("不是日期。请写成 2026-9-15 或 2026年9月15日。"),
    ),
    Fault.DEADLINE: (
        gettext_lazy("期限"),
        gettext_lazy("不是日期。请写成 2026-9-15，没有期限就留空。"),
    ),
    Fault.NO_DEADLINE: (
        gettext_lazy("期限"),
        gettext_lazy("返校通知或责令改正已送达的，要写监护人最晚哪天送孩子返校。"),
    ),
    Fault.WORDS: (
        gettext_lazy("依据"),
        gettext_lazy("请写明在哪份纸质材料里，2 至 500 字。"),
    ),
}
"""Column and remedy of what is wrong with a row by itself."""


class BalanceForm(forms.Form):
    """Where a case stands by its papers."""

    id = forms.UUIDField(widget=forms.HiddenInput())
    away_since = forms.DateField(label=gettext_lazy("从哪天起不在校"), widget=DayInput())
    state = forms.ChoiceField(
        label=gettext_lazy("纸质材料已办到哪一步"),
        choices=[("", gettext_lazy("请选择")), *((s.value, STATES[s]) for s in AWAY)],
    )
    state_since = forms.DateField(
        label=gettext_lazy("这一步是哪天办的"),
        widget=DayInput(),
        help_text=gettext_lazy("照纸质材料上的日期。"),
    )
    deadline_on = forms.DateField(
        label=gettext_lazy("通知书或责令改正的期限（含这一天）"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("已送达、还没到期的要填。"),
    )
    words = forms.CharField(
        label=gettext_lazy("依据"),
        min_length=SHORTEST_WORDS,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("前面做过什么、写在哪份材料里，如“控辍档案第七卷，家访三次”。"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("state") in RUNNING and not said.get("deadline_on"):
            self.add_error("deadline_on", str(FAULTS[Fault.NO_DEADLINE][1]))
        return said

    def balance(self, child_id: UUID) -> Balance:
        """What the valid form says of a child."""
        said = self.cleaned_data
        return Balance(
            id=said["id"],
            child_id=child_id,
            away_since=said["away_since"],
            state=State(said["state"]),
            state_since=said["state_since"],
            deadline_on=said["deadline_on"],
            words=said["words"],
        )


class BalanceListForm(PastedForm):
    pasted_hint = gettext_lazy(
        "从表格里复制整块粘贴即可：姓名、学籍号、不在校自、办到哪一步、这一步的日期、期限、依据。"
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def balances(request: Request) -> HttpResponse:
    """Find one child, or bring in a list: first a preview, then the good rows go on."""
    request.actor.must(BRINGS_IN)
    form = BalanceListForm(request.POST or None, request.FILES or None)
    is_entered = "enter" in request.POST
    answers: list[RowAnswer] = []
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            answers = _answers(request, form, is_entered=is_entered)
        except NotAllowed:
            raise
        except Refusal as refused:
            refusal = refused
    status = 409 if refusal else 422 if form.errors else 200
    context = {
        "form": form,
        "refusal": refusal,
        "is_entered": is_entered and bool(answers),
        "good": [answer for answer in answers if answer.is_good],
        "bad": [(answer.row, _wrong(answer)) for answer in answers if not answer.is_good],
        "again": as_text(form.cleaned_data["table"]) if answers else "",
        "stages": list(STAGES),
        "most": LONGEST_LIST,
        "case_tabs": tabs_of(request, "case-balances"),
        **_found(request),
    }
    return render(request, "cases/balances.html", context, status=status)


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def balance_new(request: Request) -> HttpResponse:
    """Bring in the case of one child at the step that its papers show."""
    asked = keys_in([request.POST.get("child", "") or request.GET.get("child", "")])
    if not asked:
        raise Http404
    file = file_for(request, asked[0])
    if not may_bring_in(file):
        raise NotAllowed(capability=BRINGS_IN.value)
    if request.method != "POST":
        kept = kept_form(request)
        return _one(request, file, BalanceForm(kept, initial={"id": uuid7()}), was_kept=bool(kept))
    form = BalanceForm(request.POST)
    if not form.is_valid():
        return _one(request, file, form, status=422)
    try:
        balance = form.balance(file.id)
        case_id = bring_in(request.actor, balance, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        more = {"refusal": refusal, "open_id": open_case_in(refusal)}
        return _one(request, file, form, status=409, **more)
    drop_kept_form(request)
    messages.success(request, _("已补录。以前的期限不再追究，从今天起计算。"))
    return redirect("case", case_id)


def _answers(request: Request, form: BalanceListForm, *, is_entered: bool) -> list[RowAnswer]:
    rows = read_rows(form.cleaned_data["table"])
    return bring_in_list(
        request.actor, rows, dry_run=not is_entered, today=request.today, now=request.now
    )


def _wrong(answer: RowAnswer) -> list[tuple[str, str]]:
    """Field and sentence for each thing that is wrong with a row."""
    found = [(str(FAULTS[fault][0]), str(FAULTS[fault][1])) for fault in answer.faults]
    if answer.refusal is not None:
        found.append(("", sentence_of(answer.refusal)))
    return found


def _found(request: Request) -> dict[str, Any]:
    """The children whom somebody looks for by name or number."""
    text = request.GET.get("q", "").strip()
    if not text:
        return {"q": "", "children": ()}
    found = list_children(
        request.actor, ChildFilter(text=text), on=request.today, page_rows=MOST_FOUND
    )
    return {"q": text, "children": found.rows, "found": found.counted}


def _one(
    request: Request, file: ChildFile, form: BalanceForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"file": file, "form": form, **more}
    return render(request, "cases/balance.html", context, status=status)
