"""Pages that adopt packs, enter their values and give them up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from uuid_utils.compat import uuid7

from notoneless.flows import policy as flow
from notoneless.flows.policy import PolicyPlace
from notoneless.policy.queries.adoptions import AdoptionLine, ValueLine
from notoneless.policy.queries.packs import NATIONAL_SYSTEM, floors_on
from notoneless.policy.refusals import SameRuleTwice
from notoneless.policy.services.values import NewValue
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.parameters import PARAMETERS, ValueType
from notoneless.rules.policy.words import label
from notoneless.rules.refusal import Refusal
from notoneless.web.policy.forms import (
    AdoptForm,
    EndForm,
    PickForm,
    TakeBackForm,
    ValueForm,
    first_day,
)
from notoneless.web.policy.reading import own_place, place_or_404
from notoneless.web.policy.values import type_of
from notoneless.web.policy.words import (
    change_lines,
    grouped,
    key_label,
    language,
    matter_of,
    pack_line,
    rows_in_words,
    title_of,
    value_words,
)
from notoneless.web.request import Request


@require_GET
def pick(request: Request) -> HttpResponse:
    """Which place adopts which pack."""
    places = _managed(request)
    packs = [
        line for line in flow.readable_packs(request.actor) if line.pack.system != NATIONAL_SYSTEM
    ]
    is_asked = "pack" in request.GET and "place" in request.GET
    form = PickForm(request.GET if is_asked else None, places=places, packs=packs)
    form.initial = {**request.GET.dict()}
    if is_asked and form.is_valid():
        data = form.cleaned_data
        return redirect("policy-adopt", unit_id=data["place"], pack_id=data["pack"])
    return render(request, "policy/pick.html", {"form": form}, status=422 if is_asked else 200)


@require_http_methods(["GET", "POST"])
def adopt(request: Request, unit_id: UUID, pack_id: str) -> HttpResponse:
    """From when, with which values; first what it would change, then for good."""
    place = place_or_404(_managed(request), unit_id)
    pack = flow.readable_pack(request.actor, pack_id)
    context = {"place": place, "pack": pack, "title": title_of(pack)}
    if request.method == "GET":
        start = {"id": uuid7(), "from_on": first_day(request.today, pack)}
        form = AdoptForm(pack=pack, initial=start)
        return render(request, "policy/adopt.html", {**context, "form": form})
    form = AdoptForm(request.POST, pack=pack)
    if not form.is_valid():
        return render(request, "policy/adopt.html", {**context, "form": form}, status=422)
    try:
        if "confirm" not in request.POST:
            return render(
                request,
                "policy/adopt.html",
                {**context, "form": form, **_trial(request, form, place)},
            )
        adoption_id = flow.adopt_pack(
            request.actor, form.adoption(place.id), today=request.today, now=request.now
        )
    except Refusal as refusal:
        clashing = refusal.facts.get("keys", ()) if isinstance(refusal, SameRuleTwice) else ()
        keys = [str(key) for key in clashing] if isinstance(clashing, list) else []
        form = AdoptForm(request.POST, pack=pack, clashing=keys)
        context |= {"form": form, "refusal": refusal}
        return render(request, "policy/adopt.html", context, status=409)
    messages.success(request, _("已采用方案%(pack)s。") % {"pack": title_of(pack)})
    return redirect("policy-adoption", adoption_id=adoption_id)


@require_GET
def history(request: Request, unit_id: UUID) -> HttpResponse:
    """Every pack that a place adopted, the latest first."""
    lines = flow.adoptions_of(request.actor, unit_id, today=request.today)
    place = place_or_404(flow.places_in_sight(request.actor, on=request.today), unit_id)
    context = {
        "place": place,
        "rows": [
            {"line": line, "title": title_of(line.pack), **_state(line, request)} for line in lines
        ],
    }
    return render(request, "policy/history.html", context)


@require_GET
def adoption(request: Request, adoption_id: UUID) -> HttpResponse:
    """One adoption: its rules, its blanks, its settings."""
    line, values = flow.adoption_of(request.actor, adoption_id, today=request.today)
    return render(request, "policy/adoption.html", _adoption(request, line, values))


@require_POST
def end(request: Request, adoption_id: UUID) -> HttpResponse:
    """Give a pack up."""
    line, values = flow.adoption_of(request.actor, adoption_id, today=request.today)
    form = EndForm(request.POST)
    context: dict[str, Any] = {"end_form": form}
    if not form.is_valid():
        context = {**_adoption(request, line, values), **context}
        return render(request, "policy/adoption.html", context, status=422)
    try:
        flow.end_pack(
            request.actor,
            adoption_id,
            today=request.today,
            now=request.now,
            **form.cleaned_data,
        )
    except Refusal as refusal:
        context = {**_adoption(request, line, values), **context, "refusal": refusal}
        return render(request, "policy/adoption.html", context, status=409)
    messages.success(request, _("已登记停用。"))
    return redirect("policy-adoption", adoption_id=adoption_id)


@require_http_methods(["GET", "POST"])
def value(request: Request, adoption_id: UUID, key: str) -> HttpResponse:
    """Enter a blank value, or put a value of one's own in place of the pack's."""
    line, rule = _rule(request, adoption_id, key)
    context = {"line": line, "rule": rule, "title": title_of(line.pack), "back": TakeBackForm()}
    context |= {"label": key_label(key, line.pack), "place": _place(request, line)}
    start = {"from_on": max(request.today, line.from_on)}
    sent = request.POST if request.method == "POST" else None
    form = ValueForm(sent, rule=rule, initial=start)
    context["form"] = form
    context["shown"] = pack_line(rule, line.pack, floors_on(request.today))
    context["is_own"] = key in line.own
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "policy/value.html", context, status=status)
    if "confirm" not in request.POST:
        return render(request, "policy/value.html", {**context, **_effect(request, form, line)})
    data = form.cleaned_data
    new = NewValue(adoption_id, key, form.own(), data["from_on"], data["reason"])
    return _set(request, new, context)


@require_POST
def take_back(request: Request, adoption_id: UUID, key: str) -> HttpResponse:
    """Let the pack's own value count again."""
    line, rule = _rule(request, adoption_id, key)
    form = TakeBackForm(request.POST)
    context = {
        "line": line,
        "rule": rule,
        "title": title_of(line.pack),
        "label": key_label(key, line.pack),
        "place": _place(request, line),
        "form": ValueForm(rule=rule, initial={"from_on": request.today}),
        "shown": pack_line(rule, line.pack, floors_on(request.today)),
        "back": form,
        "is_own": key in line.own,
    }
    if not form.is_valid():
        return render(request, "policy/value.html", context, status=422)
    data = form.cleaned_data
    return _set(request, NewValue(adoption_id, key, None, data["from_on"], data["reason"]), context)


def _set(request: Request, new: NewValue, context: dict[str, Any]) -> HttpResponse:
    try:
        flow.enter_value(request.actor, new, today=request.today, now=request.now)
    except Refusal as refusal:
        return render(request, "policy/value.html", {**context, "refusal": refusal}, status=409)
    messages.success(request, _("已保存“%(rule)s”。") % {"rule": context["label"]})
    return redirect("policy-adoption", adoption_id=new.adoption_id)


def _rule(request: Request, adoption_id: UUID, key: str) -> tuple[AdoptionLine, Rule]:
    """The rule as the adoption has it now. 404 when it has none or the page is not for him."""
    line, _values = flow.adoption_of(request.actor, adoption_id, today=request.today)
    rules = flow.layer_of(line).rules()
    if key not in rules or type_of(rules[key]) is None or not _place(request, line).may_manage:
        raise Http404
    return line, rules[key]


def _place(request: Request, line: AdoptionLine) -> PolicyPlace:
    return place_or_404(flow.places_in_sight(request.actor, on=request.today), line.unit_id)


def _managed(request: Request) -> list[PolicyPlace]:
    """The places for which the actor may adopt packs; 404 for who manages none."""
    places = flow.places_in_sight(request.actor, on=request.today)
    managed = [place for place in places if place.may_manage]
    if not managed:
        flow.must_manage_somewhere(request.actor)
    home = own_place(request, managed) if managed else None
    return sorted(managed, key=lambda place: place != home)


def _trial(request: Request, form: AdoptForm, place: PolicyPlace) -> dict[str, Any]:
    trial = flow.try_pack(
        request.actor, form.adoption(place.id), today=request.today, now=request.now
    )
    return {
        "changes": change_lines(trial.differences),
        "is_tried": True,
        "blanks": [key_label(key, trial.pack) for key in trial.blanks],
    }


def _adoption(request: Request, line: AdoptionLine, values: list[ValueLine]) -> dict[str, Any]:
    rules = flow.layer_of(line).rules()
    floors = floors_on(request.today)
    place = _place(request, line)
    return {
        "line": line,
        "title": title_of(line.pack),
        "place": place,
        "blanks": len(line.blanks),
        "without": [key_label(key, line.pack) for key in line.without],
        "matters": grouped(
            (matter_of(key), pack_line(rule, line.pack, floors)) for key, rule in rules.items()
        ),
        "own": set(line.own),
        "settable": {key for key, rule in rules.items() if type_of(rule) is not None},
        "values": [
            {
                "label": key_label(each.key, line.pack),
                "words": value_words(each.key, each.own.value, each.own.unit)
                if each.own
                else _("恢复方案原值"),
                "each": each,
            }
            for each in values
        ],
        "end_form": EndForm(initial={"on": max(request.today, line.from_on)}),
        **_state(line, request),
    }


def _state(line: AdoptionLine, request: Request) -> dict[str, Any]:
    """Whether an adoption holds today, in a word, a tone and a picture."""
    if line.was_cancelled:
        return {"state": _("未执行即取消"), "tone": "neutral", "icon": "ban"}
    if line.to_on is not None and line.to_on <= request.today:
        return {"state": _("已结束"), "tone": "neutral", "icon": "archive"}
    if line.from_on > request.today:
        return {"state": _("尚未开始"), "tone": "accent", "icon": "clock"}
    return {"state": _("执行中"), "tone": "done", "icon": "check", "is_standing": True}


def _effect(request: Request, form: ValueForm, line: AdoptionLine) -> dict[str, Any]:
    """When a clock of the typed length would end, in each kind of day (R-306)."""
    own = form.own()
    parameter = PARAMETERS.get(form.rule.key)
    context: dict[str, Any] = {"is_tried": True}
    if own is None:
        return context
    if parameter is not None and parameter.type is ValueType.ROWS:
        context["rows"] = rows_in_words(form.rule.key, own.value)
    else:
        context["words"] = value_words(form.rule.key, own.value, own.unit, own.operator or "")
    is_clock = parameter is not None and parameter.type is ValueType.DURATION
    if is_clock and isinstance(own.value, int) and own.value < 4_000:
        started = form.cleaned_data["from_on"]
        ends = flow.effect_of_units(
            line.unit_id, within=own.value, started=started, today=request.today
        )
        kinds = parameter.units if parameter else ()
        context["effect"] = [
            {
                "unit": f"{own.value} {label('units', unit, language())}",
                "due": ends.get(DurationUnit(unit)),
                "is_chosen": unit == own.unit,
            }
            for unit in kinds
        ]
        context["started"] = started
    return context
