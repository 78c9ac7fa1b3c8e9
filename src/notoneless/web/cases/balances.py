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
from notoneless.flows.cases.balances import BRINGS_IN, Balance, bring_in, offices_for
from notoneless.flows.cases.refusals import PapersFaulty
from notoneless.rules.cases.balance_list import (
    LONGEST_WORDS,
    METHODS,
    PAPERS,
    SHORTEST_WORDS,
    STAGES,
    BalanceRow,
    Fault,
    read_rows,
)
from notoneless.rules.cases.balances import OldPaper
from notoneless.rules.cases.kinds import AWAY, State
from notoneless.rules.refusal import Refusal
from notoneless.web.cases.forms import keys_in
from notoneless.web.cases.of_child import file_for, may_bring_in, open_case_in
from notoneless.web.cases.old_papers import FAULTS as PAPER_FAULTS
from notoneless.web.cases.old_papers import OldPaperForm, paper_forms, papers_in, tell
from notoneless.web.cases.pages import tabs_of
from notoneless.web.cases.words import STATES
from notoneless.web.children.forms import DayInput
from notoneless.web.documents.words import KINDS
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
    Fault.WORDS: (
        gettext_lazy("依据"),
        gettext_lazy("请写明在哪份纸质材料里，2 至 500 字。"),
    ),
    Fault.ALONE: (
        gettext_lazy("姓名"),
        gettext_lazy("这一行只有文书，上面没有同一名学生的个案。请放到他那一行下面。"),
    ),
    Fault.PAPER: (
        gettext_lazy("文书"),
        gettext_lazy("认不出这种文书。请用下面“能认的文书”里的写法。"),
    ),
    Fault.NUMBER: (
        gettext_lazy("文号"),
        gettext_lazy("请填写文号；纸上没有的写“无文号”。"),
    ),
    Fault.OFFICE: (
        gettext_lazy("发文机关"),
        gettext_lazy("这名学生的学校、乡镇、社区和县局里没有这个单位。请核对名称，或者留空。"),
    ),
    Fault.ISSUED: (
        gettext_lazy("文书日期"),
        gettext_lazy("不是日期。请写成 2026-9-15 或 2026年9月15日。"),
    ),
    Fault.SERVED: (
        gettext_lazy("送达日期"),
        gettext_lazy("不是日期。请写成 2026-9-15，没有送达就留空。"),
    ),
    Fault.METHOD: (
        gettext_lazy("送达方式"),
        gettext_lazy("认不出。送达日期和送达方式要一起填，写法见下面“能认的送达方式”。"),
    ),
    Fault.DEADLINE: (
        gettext_lazy("期限"),
        gettext_lazy("不是日期。请写成 2026-9-15，没有期限就留空。"),
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
    words = forms.CharField(
        label=gettext_lazy("依据"),
        min_length=SHORTEST_WORDS,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("前面做过什么、写在哪份材料里，如“控辍档案第七卷，家访三次”。"),
    )

    def balance(self, child_id: UUID, papers: tuple[OldPaper, ...]) -> Balance:
        """What the valid form says of a child."""
        said = self.cleaned_data
        return Balance(
            id=said["id"],
            child_id=child_id,
            away_since=said["away_since"],
            state=State(said["state"]),
            state_since=said["state_since"],
            papers=papers,
            words=said["words"],
        )


class BalanceListForm(PastedForm):
    pasted_hint = gettext_lazy(
        "从表格里复制整块粘贴即可：姓名、学籍号、不在校自、办到哪一步、这一步的日期、依据，"
        "后面是文书、文号、发文机关、文书日期、送达日期、送达方式、期限。"
        "一件个案有几份文书的，往下每份一行，只填姓名和文书各栏。"
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
        "bad": [bad for answer in answers if not answer.is_good for bad in _wrong(answer)],
        "again": as_text(form.cleaned_data["table"]) if answers else "",
        "stages": list(STAGES),
        "kinds": list(PAPERS),
        "methods": list(METHODS),
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
    offices = offices_for(request.actor, file.id, today=request.today)
    if request.method != "POST":
        kept = kept_form(request)
        form = BalanceForm(kept, initial={"id": uuid7()})
        return _one(request, file, form, paper_forms(offices, kept), was_kept=bool(kept))
    form = BalanceForm(request.POST)
    papers = paper_forms(offices, request.POST, request.FILES)
    if not all([form.is_valid(), *(each.is_valid() for each in papers)]):
        return _one(request, file, form, papers, status=422)
    try:
        balance = form.balance(file.id, papers_in(papers))
        case_id = bring_in(request.actor, balance, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except PapersFaulty as refusal:
        tell(papers, refusal.faults)
        return _one(request, file, form, papers, status=422)
    except Refusal as refusal:
        more = {"refusal": refusal, "open_id": open_case_in(refusal)}
        return _one(request, file, form, papers, status=409, **more)
    drop_kept_form(request)
    messages.success(request, _("已补录。以前的期限不再追究，从今天起计算。"))
    return redirect("case", case_id)


def _answers(request: Request, form: BalanceListForm, *, is_entered: bool) -> list[RowAnswer]:
    rows = read_rows(form.cleaned_data["table"])
    return bring_in_list(
        request.actor, rows, dry_run=not is_entered, today=request.today, now=request.now
    )


def _wrong(answer: RowAnswer) -> list[tuple[BalanceRow, list[tuple[str, str]]]]:
    """Each row of a case that something is wrong with: field and sentence for each thing."""
    found: dict[BalanceRow, list[tuple[str, str]]] = {}
    for row, fault in answer.faults:
        found.setdefault(row, []).append((str(FAULTS[fault][0]), str(FAULTS[fault][1])))
    if isinstance(answer.refusal, PapersFaulty):
        rows = {row.kind: row for row in answer.of.with_paper}
        for kind, wrong in answer.refusal.faults:
            told = (str(KINDS[kind]), str(PAPER_FAULTS[wrong][1]))
            found.setdefault(rows.get(kind, answer.row), []).append(told)
    elif answer.refusal is not None:
        found.setdefault(answer.row, []).append(("", sentence_of(answer.refusal)))
    return list(found.items())


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
    request: Request,
    file: ChildFile,
    form: BalanceForm,
    papers: list[OldPaperForm],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    had_scans = form.is_bound and any(each.scans for each in papers)
    context = {"file": file, "form": form, "papers": papers, "had_scans": had_scans, **more}
    return render(request, "cases/balance.html", context, status=status)
