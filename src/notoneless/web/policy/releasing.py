"""Pages on which money and sanction rules are released, by two people (R-308)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notoneless.flows import policy as flow
from notoneless.policy.queries.adoptions import ReleaseLine
from notoneless.rules.refusal import Refusal
from notoneless.web.policy.forms import DecideForm, EndForm, ReleaseForm
from notoneless.web.policy.reading import own_place, place_or_404
from notoneless.web.policy.words import key_label, rule_line, value_words
from notoneless.web.request import Request


@require_GET
def releases(request: Request) -> HttpResponse:
    """What was released, is asked for, or could be asked for at the reader's place."""
    places = flow.places_in_sight(request.actor, on=request.today)
    may_act = [place for place in places if place.may_manage or place.may_release]
    rows = [_row(line) for line in flow.releases_in_sight(request.actor, today=request.today)]
    context: dict[str, Any] = {"rows": rows, "places": may_act}
    if may_act:
        place = own_place(request, may_act)
        if "place" in request.GET:
            place = place_or_404(may_act, request.GET["place"])
        rules = flow.rules_in_force(request.actor, place.id, on=request.today, now=request.now)
        context["place"] = place
        context["held"] = [
            rule_line(rules.policy.rules[key], rules) for key in rules.policy.switched_off
        ]
    return render(request, "policy/releases.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, unit_id: UUID, key: str) -> HttpResponse:
    """Attach the legal instrument to one rule."""
    places = flow.places_in_sight(request.actor, on=request.today)
    place = place_or_404([p for p in places if p.may_manage or p.may_release], unit_id)
    rules = flow.rules_in_force(request.actor, unit_id, on=request.today, now=request.now)
    if key not in rules.policy.rules:
        raise Http404
    form = ReleaseForm(request.POST or None, initial={"from_on": request.today})
    context = {
        "place": place,
        "form": form,
        "shown": rule_line(rules.policy.rules[key], rules),
    }
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "policy/release_new.html", context, status=status)
    try:
        proposed = form.release(unit_id, key)
        release_id = flow.propose(request.actor, proposed, today=request.today, now=request.now)
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "policy/release_new.html", context, status=409)
    messages.success(request, _("已提出申请，等另一位负责人批准后才启用。"))
    return redirect("policy-release", release_id=release_id)


@require_http_methods(["GET", "POST"])
def release(request: Request, release_id: UUID) -> HttpResponse:
    """One release, and the second person's word on it."""
    line = _line(request, release_id)
    form = DecideForm(request.POST or None)
    context = _release(request, line) | {"form": form}
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "policy/release.html", context, status=status)
    try:
        flow.decide(
            request.actor,
            release_id,
            is_granted=form.cleaned_data["verdict"] == "grant",
            reason=form.cleaned_data["reason"],
            today=request.today,
            now=request.now,
        )
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "policy/release.html", context, status=409)
    messages.success(request, _("已登记处理结果。"))
    return redirect("policy-release", release_id=release_id)


@require_POST
def take_off(request: Request, release_id: UUID) -> HttpResponse:
    """Switch a released rule off again."""
    line = _line(request, release_id)
    form = EndForm(request.POST)
    context = _release(request, line) | {"end_form": form}
    if not form.is_valid():
        return render(request, "policy/release.html", context, status=422)
    try:
        flow.withdraw(
            request.actor, release_id, today=request.today, now=request.now, **form.cleaned_data
        )
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "policy/release.html", context, status=409)
    messages.success(request, _("已登记停用。"))
    return redirect("policy-release", release_id=release_id)


def _line(request: Request, release_id: UUID) -> ReleaseLine:
    lines = flow.releases_in_sight(request.actor, today=request.today)
    for line in lines:
        if line.id == release_id:
            return line
    raise Http404


def _row(line: ReleaseLine) -> dict[str, Any]:
    states = {
        "proposed": (_("待批准"), "attention", "clock"),
        "granted": (_("已启用"), "done", "check"),
        "refused": (_("未批准"), "neutral", "ban"),
        "withdrawn": (_("已停用"), "neutral", "archive"),
    }
    state, tone, icon = states[line.state]
    return {
        "line": line,
        "label": key_label(line.key),
        "words": value_words(line.key, line.value),
        "state": state,
        "tone": tone,
        "icon": icon,
    }


def _release(request: Request, line: ReleaseLine) -> dict[str, Any]:
    places = flow.places_in_sight(request.actor, on=request.today)
    may_release = any(place.may_release for place in places if place.id == line.unit_id)
    is_second = line.proposed_by_id != request.actor.person_id
    return _row(line) | {
        "may_decide": may_release and is_second and line.state == "proposed",
        "waits_for_another": line.state == "proposed" and not (may_release and is_second),
        "may_withdraw": may_release and line.state == "granted",
        "form": DecideForm(),
        "end_form": EndForm(initial={"on": request.today}),
    }
