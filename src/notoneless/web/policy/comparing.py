"""Two packs side by side: what one says and the other does not, or says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from notoneless.flows.policy import readable_packs
from notoneless.policy.queries.packs import PackLine, floors_on
from notoneless.rules.policy.pack import Pack, Rule
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.policy.words import label
from notoneless.web.policy.forms import CompareForm
from notoneless.web.policy.words import (
    MATTERS,
    RuleLine,
    key_label,
    language,
    matter_of,
    pack_line,
    title_of,
)
from notoneless.web.request import Request


@dataclass(frozen=True, slots=True)
class Pair:
    """One rule as either pack has it; ``None`` where it says nothing."""

    key: str
    label: str
    left: RuleLine | None
    right: RuleLine | None
    is_same: bool
    """Whether both ask the same, wherever it stands written."""
    is_alike: bool = False
    """Whether every word of it is the same: source, note and label too."""


@require_GET
def compare(request: Request) -> HttpResponse:
    """Any two packs that the reader's county may read, rule by rule."""
    lines = readable_packs(request.actor)
    form = CompareForm(request.GET if "left" in request.GET else None, packs=lines)
    if not form.is_bound:
        return render(request, "policy/compare.html", {"form": form})
    if not form.is_valid():
        raise Http404
    left = _named(lines, form.cleaned_data["left"])
    right = _named(lines, form.cleaned_data["right"])
    pairs = pairs_of(left, right, on=request.today)
    shown = pairs if form.cleaned_data["all"] else [pair for pair in pairs if not pair.is_same]
    context: dict[str, Any] = {
        "form": form,
        "left": title_of(left),
        "right": title_of(right),
        "matters": by_matter(shown),
        "count": len(shown),
        "same": sum(pair.is_same for pair in pairs),
    }
    return render(request, "policy/compare.html", context)


def _named(lines: list[PackLine], pack_id: str) -> Pack:
    return next(line.pack for line in lines if line.pack.id == pack_id)


def pairs_of(left: Pack, right: Pack, *, on: date) -> list[Pair]:
    """Every rule that either pack has, by matter and then as the catalogue orders."""
    floors = floors_on(on)

    def line(pack: Pack, key: str) -> RuleLine | None:
        rule = pack.rules.get(key)
        return pack_line(rule, pack, floors) if rule else None

    order = list(PARAMETERS)
    keys = sorted(
        left.rules.keys() | right.rules.keys(),
        key=lambda key: (
            MATTERS.index(matter_of(key)),
            order.index(key) if key in PARAMETERS else len(order),
            key,
        ),
    )
    return [
        Pair(
            key,
            key_label(key, left, right),
            line(left, key),
            line(right, key),
            is_same=_says(left.rules.get(key)) == _says(right.rules.get(key)),
            is_alike=left.rules.get(key) == right.rules.get(key),
        )
        for key in keys
    ]


def _says(rule: Rule | None) -> tuple[object, ...] | None:
    """What a rule asks, apart from where it stands."""
    if rule is None:
        return None
    return (rule.value, rule.unit, rule.operator, rule.to_be_entered, rule.needs_legal_basis)


def by_matter(pairs: list[Pair]) -> list[dict[str, object]]:
    """Pairs under the headings of their matters."""
    return [
        {"label": label("groups", code, language()), "pairs": list(some)}
        for code, some in groupby(pairs, key=lambda pair: matter_of(pair.key))
    ]
