"""Pages on which a county writes packs of its own: text out and in, drafts, rules one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from uuid_utils.compat import uuid7

from notoneless.flows.packs import drafting as flow
from notoneless.flows.packs import proposing
from notoneless.flows.packs.drafting import OpenDraft
from notoneless.policy.queries.packs import floors_on
from notoneless.policy.queries.versions import ProposalLine
from notoneless.policy.refusals import DraftMoved, PackFaulty
from notoneless.rules.policy.pack import Rule
from notoneless.rules.refusal import Refusal
from notoneless.web.kept_forms import drop_kept_form, kept_form, kept_over_sign_in
from notoneless.web.policy.comparing import by_matter, pairs_of
from notoneless.web.policy.draft_forms import (
    AddRuleForm,
    PackRuleForm,
    PackTextForm,
    ProposeForm,
)
from notoneless.web.policy.faults import fault_lines
from notoneless.web.policy.values import type_of
from notoneless.web.policy.words import key_label, pack_line, pack_matters, title_of
from notoneless.web.request import Request


@require_GET
def download(request: Request, pack_id: str) -> HttpResponse:
    """A pack as the very text that was loaded or confirmed."""
    text = flow.text_out(request.actor, pack_id)
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    name = pack_id.replace("/", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return answer


@require_GET
def drafts(request: Request) -> HttpResponse:
    """One's drafts, and the county's proposed versions."""
    lines = [
        {"line": line, "title": title_of(line.base) if line.base else _("新方案")}
        for line in flow.own_drafts(request.actor)
    ]
    rows = [proposal_row(line) for line in proposing.proposals(request.actor)]
    return render(request, "policy/drafts/list.html", {"drafts": lines, "rows": rows})


def proposal_row(line: ProposalLine) -> dict[str, Any]:
    """A proposal with its state in a word, a tone and a picture."""
    states = {
        "proposed": (_("待确认"), "attention", "clock"),
        "confirmed": (_("已确认"), "done", "check"),
        "returned": (_("已退回"), "neutral", "ban"),
        "withdrawn": (_("已撤回"), "neutral", "archive"),
    }
    state, tone, icon = states[line.state]
    return {"line": line, "title": title_of(line), "state": state, "tone": tone, "icon": icon}


@require_POST
def begin(request: Request, pack_id: str) -> HttpResponse:
    """Begin a draft that changes a pack."""
    draft_id = _id(request.POST)
    made = flow.begin_edit(request.actor, pack_id, draft_id=draft_id, now=request.now)
    return redirect("policy-draft", draft_id=made)


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """A pack from a file or pasted; every mistake at once, with its line."""
    flow.writes_for(request.actor)
    context: dict[str, Any]
    if request.method == "GET":
        kept = kept_form(request)
        context = {"draft_id": _id(kept or {}), "form": PackTextForm(kept), "was_kept": kept}
        return render(request, "policy/drafts/import.html", context)
    form = PackTextForm(request.POST, request.FILES)
    context = {"draft_id": _id(request.POST), "form": form}
    if not form.is_valid():
        return render(request, "policy/drafts/import.html", context, status=422)
    text = form.cleaned_data["text"]
    try:
        made = flow.bring_in(request.actor, text, draft_id=context["draft_id"], now=request.now)
    except PackFaulty as refusal:
        return _faulty(request, "policy/drafts/import.html", context, refusal, text)
    drop_kept_form(request)
    messages.success(request, _("方案没有错误，已存为草稿。"))
    return redirect("policy-draft", draft_id=made)


@require_GET
def draft(request: Request, draft_id: UUID) -> HttpResponse:
    """One's draft: what it changes, its rules, and the way to propose it."""
    try:
        found = flow.open_draft(request.actor, draft_id)
    except PackFaulty:
        return redirect("policy-draft-text", draft_id=draft_id)
    return render(request, "policy/drafts/draft.html", _draft(request, found))


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "POST"])
def text(request: Request, draft_id: UUID) -> HttpResponse:
    """A draft as one text."""
    line = flow.draft_line(request.actor, draft_id)
    context: dict[str, Any] = {"line": line}
    page = "policy/drafts/text.html"
    if request.method == "GET":
        kept = kept_form(request)
        form = PackTextForm(kept, initial={"text": line.text, "number": line.number})
        context["faults"] = _faults_now(kept.get("text", "") if kept else line.text)
        return render(request, page, context | {"form": form, "was_kept": kept})
    form = PackTextForm(request.POST, request.FILES)
    context["form"] = form
    if not form.is_valid():
        return render(request, page, context, status=422)
    typed = form.cleaned_data["text"]
    number = form.cleaned_data["number"] or 0
    try:
        flow.change_text(request.actor, draft_id, typed, number=number, now=request.now)
    except PackFaulty as refusal:
        return _faulty(request, page, context, refusal, typed)
    except DraftMoved as refusal:
        return render(request, page, context | {"refusal": refusal}, status=409)
    drop_kept_form(request)
    messages.success(request, _("方案没有错误，已存入草稿。"))
    return redirect("policy-draft", draft_id=draft_id)


@require_http_methods(["GET", "POST"])
def add_rule(request: Request, draft_id: UUID) -> HttpResponse:
    """Which rule to put in; its value is asked for on the next page."""
    found = flow.open_draft(request.actor, draft_id)
    form = AddRuleForm(request.POST or None, keys=found.unused_keys)
    if form.is_valid():
        key = form.cleaned_data["key"]
        return redirect("policy-draft-rule", draft_id=draft_id, key=key)
    context = {"form": form, "draft": found, "title": title_of(found.pack)}
    status = 422 if form.is_bound else 200
    return render(request, "policy/drafts/add.html", context, status=status)


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "POST"])
def rule(request: Request, draft_id: UUID, key: str) -> HttpResponse:
    """One rule of a draft: change it, or take it out."""
    found = flow.open_draft(request.actor, draft_id)
    asked = _rule(found, key)
    kept = _kept_rule(request)
    form = PackRuleForm(request.POST or kept, rule=asked, number=found.line.number)
    context: dict[str, Any] = {
        "draft": found,
        "title": title_of(found.pack),
        "label": key_label(key, found.pack),
        "key": key,
        "is_new": key not in found.pack.rules,
        "shown": pack_line(asked, found.pack, floors_on(request.today)),
        "form": form,
        "was_kept": kept,
    }
    is_taken_out = "take_out" in request.POST
    if request.method == "GET" or not (is_taken_out or form.is_valid()):
        status = 422 if request.POST and form.is_bound else 200
        return render(request, "policy/drafts/rule.html", context, status=status)
    typed = request.POST.get("number", "")
    number = int(typed) if typed.isdecimal() else 0
    changed = None if is_taken_out else form.changed_rule()
    try:
        flow.change_rule(request.actor, draft_id, key, changed, number=number, now=request.now)
    except PackFaulty as refusal:
        context |= {"refusal": refusal, "faults": fault_lines(refusal.faults, "")}
        return render(request, "policy/drafts/rule.html", context, status=409)
    except Refusal as refusal:
        return render(
            request, "policy/drafts/rule.html", context | {"refusal": refusal}, status=409
        )
    drop_kept_form(request)
    said = _("已从草稿中去掉“%(rule)s”。") if is_taken_out else _("草稿已存“%(rule)s”。")
    messages.success(request, said % {"rule": context["label"]})
    return redirect("policy-draft", draft_id=draft_id)


@require_POST
def drop(request: Request, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    flow.throw_away(request.actor, draft_id, now=request.now)
    messages.success(request, _("草稿已丢弃。"))
    return redirect("policy-drafts")


@never_cache
@kept_over_sign_in
@require_http_methods(["GET", "POST"])
def propose(request: Request, draft_id: UUID) -> HttpResponse:
    """Propose the draft as a version; a second person confirms it."""
    if request.method == "GET":
        return _propose_again(request, draft_id)
    form = ProposeForm(request.POST)
    sent = None
    if form.is_valid():
        data = form.cleaned_data
        sent = proposing.Sending(data["id"], data["number"], data["from_on"], data["reason"])
    try:
        if sent is not None:
            made = proposing.propose(
                request.actor, draft_id, sent, today=request.today, now=request.now
            )
            drop_kept_form(request)
            messages.success(request, _("已提交，等另一位负责人确认后才有这个版本。"))
            return redirect("policy-proposal", proposal_id=made)
    except Refusal as refusal:
        context = _draft(request, flow.open_draft(request.actor, draft_id), form)
        context["refusal"] = refusal
        return render(request, "policy/drafts/draft.html", context, status=409)
    found = flow.open_draft(request.actor, draft_id)
    return render(request, "policy/drafts/draft.html", _draft(request, found, form), status=422)


def _propose_again(request: Request, draft_id: UUID) -> HttpResponse:
    """What was typed before the sign-in, on the draft's own page; that page where nothing waits."""
    kept = kept_form(request)
    if kept is None:
        return redirect("policy-draft", draft_id=draft_id)
    context = _draft(request, flow.open_draft(request.actor, draft_id), ProposeForm(kept))
    return render(request, "policy/drafts/draft.html", context | {"was_kept": kept})


def _draft(request: Request, found: OpenDraft, form: ProposeForm | None = None) -> dict[str, Any]:
    start = {
        "id": uuid7(),
        "number": found.line.number,
        "from_on": max(request.today, found.pack.effective_from),
    }
    base = found.line.base
    pairs = pairs_of(base, found.pack, on=request.today) if base else []
    changed = [pair for pair in pairs if not pair.is_alike]
    return {
        "draft": found,
        "pack": found.pack,
        "title": title_of(found.pack),
        "base": base,
        "left": title_of(base) if base else "",
        "right": _("草稿"),
        "changes": by_matter(changed),
        "count": len(changed),
        "matters": pack_matters(found.pack, floors_on(request.today)),
        "settable": {key for key, each in found.pack.rules.items() if type_of(each) is not None},
        "form": form or ProposeForm(initial=start),
    }


def _rule(found: OpenDraft, key: str) -> Rule:
    if key in found.pack.rules:
        rule = found.pack.rules[key]
    elif key in found.unused_keys:
        rule = flow.blank_rule(key)
    else:
        raise Http404
    if type_of(rule) is None:
        raise Http404
    return rule


def _kept_rule(request: Request) -> QueryDict | None:
    """A rule that was typed before the sign-in; taking one out is pressed again."""
    kept = kept_form(request) if request.method == "GET" else None
    return None if kept is None or "take_out" in kept else kept


def _id(data: Mapping[str, Any]) -> UUID:
    try:
        return UUID(data.get("id", ""))
    except ValueError:
        return uuid7()


def _faults_now(text: str) -> list[Any]:
    return fault_lines(flow.faults_in(text), text)


def _faulty(
    request: Request, page: str, context: dict[str, Any], refusal: PackFaulty, text: str
) -> HttpResponse:
    """The page again with every mistake, and the text as it was typed or read from the file."""
    number = request.POST.get("number", "")
    form = PackTextForm(initial={"text": text, "number": number})
    found = {"form": form, "faults": fault_lines(refusal.faults, text)}
    return render(request, page, context | found, status=422)
