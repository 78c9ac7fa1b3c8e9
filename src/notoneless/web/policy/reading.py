"""Pages that show policy: what holds at a place, one kept policy, the packs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET
from uuid_utils.compat import uuid7

from notoneless.flows.policy import (
    PolicyPlace,
    RulesHere,
    places_in_sight,
    readable_pack,
    readable_packs,
    rules_in_force,
    rules_kept,
)
from notoneless.policy.queries.packs import floors_on
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.reading import RESERVED
from notoneless.rules.policy.resolved import State
from notoneless.rules.policy.shipped import duplicates
from notoneless.rules.roles import Capability
from notoneless.web.policy.forms import WhereForm
from notoneless.web.policy.words import (
    bound_words,
    floor_words,
    key_label,
    language,
    matters_of,
    pack_matters,
    shows,
    title_of,
)
from notoneless.web.request import Request


@require_GET
def here(request: Request) -> HttpResponse:
    """The rules in force at one of the reader's places on a day."""
    places = places_in_sight(request.actor, on=request.today)
    if not places:
        return render(request, "policy/nowhere.html")
    home = own_place(request, places)
    asked = {
        "place": request.GET.get("place") or str(home.id),
        "on": request.GET.get("on") or request.today.isoformat(),
    }
    form = WhereForm(asked, places=places)
    if not form.is_valid():
        if "place" in form.errors:
            raise Http404
        return render(request, "policy/here.html", {"form": form}, status=422)
    place = place_or_404(places, form.cleaned_data["place"])
    on: date = form.cleaned_data["on"]
    try:
        rules = rules_in_force(request.actor, place.id, on=on, now=request.now)
    except ObjectDoesNotExist:
        form.add_error("on", gettext("那一天还没有这个单位，请选晚一些的日期。"))
        return render(request, "policy/here.html", {"form": form}, status=422)
    context = {"form": form, "place": place, "on": on, **rules_context(request, rules)}
    page = "policy/paper.html" if "paper" in request.GET else "policy/here.html"
    return render(request, page, context)


@require_GET
def kept(request: Request, digest: str) -> HttpResponse:
    """A policy as it was applied, under its lasting address."""
    rules = rules_kept(request.actor, digest, today=request.today)
    page = "policy/paper.html" if "paper" in request.GET else "policy/kept.html"
    return render(request, page, rules_context(request, rules))


@require_GET
def packs(request: Request) -> HttpResponse:
    """Every pack that can be adopted here, and the law."""
    lines = [
        {
            "pack": line.pack,
            "title": title_of(line.pack),
            "rules": len(line.pack.rules),
            "floors": len(line.pack.floors),
            "blank": sum(rule.to_be_entered for rule in line.pack.rules.values()),
            "held": sum(rule.needs_legal_basis for rule in line.pack.rules.values()),
            "is_shipped": line.is_shipped,
        }
        for line in readable_packs(request.actor)
    ]
    repeats = [
        {"system": one.system, "of": one.of, "words": one.en if language() == "en" else one.zh}
        for one in duplicates()
    ]
    context = {"lines": lines, "repeats": repeats, **_acts(request)}
    return render(request, "policy/packs.html", context)


@require_GET
def pack(request: Request, pack_id: str) -> HttpResponse:
    """One pack whole, with the ids of its rows in the catalogue of sources."""
    found = readable_pack(request.actor, pack_id)
    context = {
        "pack": found,
        "title": title_of(found),
        "matters": pack_matters(found, floors_on(max(request.today, found.effective_from))),
        "floors": floor_lines(found),
        "count": len(found.rules),
        **_acts(request),
    }
    if found.system in RESERVED:
        context["may_write"] = False
    return render(request, "policy/pack.html", context)


def rules_context(request: Request, rules: RulesHere) -> dict[str, Any]:
    """What the pages of resolved rules show."""
    only = request.GET.get("show", "")
    states = [found.state for found in rules.policy.rules.values()]
    return {
        "matters": matters_of(rules, only=only),
        "digest": rules.digest,
        "count": sum(shows(state, only) for state in states),
        "tabs": _tabs(request, states, only),
        "spoken_for": sorted(set(rules.names.values())),
    }


def floor_lines(pack: Pack) -> list[dict[str, str]]:
    """A pack's legal floors in words."""
    return [
        {"label": key_label(key), "bound": bound_words(floor), "text": floor_words(floor)}
        for key, floor in pack.floors.items()
    ]


def own_place(request: Request, places: list[PolicyPlace]) -> PolicyPlace:
    """The reader's own place: where he holds his first post, else the first in sight."""
    held = [holding.unit_id for holding in request.actor.holdings]
    by_id = {place.id: place for place in places}
    return next((by_id[unit_id] for unit_id in held if unit_id in by_id), places[0])


def place_or_404(places: list[PolicyPlace], unit_id: str | UUID) -> PolicyPlace:
    for place in places:
        if str(place.id) == str(unit_id):
            return place
    raise Http404


def _acts(request: Request) -> dict[str, Any]:
    """What the reader may do with packs."""
    actor = request.actor
    return {
        "may_write": actor.may(Capability.MANAGE_POLICY),
        "may_try": actor.may(Capability.SEE_POLICY) and actor.may(Capability.SEE_CHILDREN),
        "draft_id": uuid7(),
    }


def _tabs(request: Request, states: list[State], only: str) -> list[dict[str, Any]]:
    words = {
        "": gettext("全部"),
        "on": gettext("已生效"),
        "blank": gettext("待填写"),
        "off": gettext("未启用"),
    }
    tabs = []
    for code, text in words.items():
        query = request.GET.copy()
        query["show"] = code
        count = sum(shows(state, code) for state in states)
        tabs.append(
            {
                "label": text,
                "url": f"?{query.urlencode()}",
                "is_current": code == only,
                "count": count,
            }
        )
    return tabs
