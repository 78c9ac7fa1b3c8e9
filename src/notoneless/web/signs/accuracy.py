"""How often signs were right in the county; no name, no school, no small cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from notoneless.flows.signs.accuracy import AccuracyPage, accuracy_page
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.signs.accuracy import SMALL, Group, Share
from notoneless.web.request import Request
from notoneless.web.signs.forms import AccuracyForm
from notoneless.web.signs.words import GROUPS, SIGN_RULES, part_words

LOOKED_BACK = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Cell:
    """A share as it may be shown."""

    rate: str
    count: str


@require_safe
def signs_accuracy(request: Request) -> HttpResponse:
    """Precision and recall of each rule, whole and by group, with the formula beside them."""
    last = request.today
    initial = {"from_on": last - LOOKED_BACK, "last_on": last}
    is_asked = "from_on" in request.GET
    form = AccuracyForm(request.GET if is_asked else initial)
    page = None
    if form.is_valid():
        said = form.cleaned_data
        page = accuracy_page(
            request.actor,
            from_on=said["from_on"],
            to_on=said["last_on"] + ONE_DAY,
            today=request.today,
        )
    context = {"form": form, "page": page, "small": SMALL, **(_told(page) if page else {})}
    return render(request, "signs/accuracy.html", context, status=200 if page else 422)


def _told(page: AccuracyPage) -> Mapping[str, object]:
    return {
        "signs": _some(page.signs),
        "outcomes": _some(page.outcomes),
        "rules": [
            (SIGN_RULES[row.rule], _cell(row.precision), _cell(row.recall)) for row in page.rules
        ],
        "groups": [
            _group(page, group) for group in Group if any(r.precision for r in page.groups[group])
        ],
    }


def _group(page: AccuracyPage, group: Group) -> Mapping[str, object]:
    rows = page.groups[group]
    parts = list(rows[0].precision)
    return {
        "title": GROUPS[group],
        "parts": [part_words(group, part) for part in parts],
        "rows": [
            (
                SIGN_RULES[row.rule],
                [(_cell(row.precision[part]), _cell(row.recall[part])) for part in parts],
            )
            for row in rows
        ],
    }


def _cell(share: Share | None) -> Cell:
    if share is None or share.is_small:
        return Cell("—", _("人数太少，不显示"))
    if not share.base:
        return Cell("—", _("没有"))
    permille = (share.count * 1000 + share.base // 2) // share.base
    rate = f"{permille // 10}.{permille % 10}%"
    return Cell(rate, f"{share.count}/{share.base}")


def _some(count: int) -> str:
    return _("少于 %(n)s") % {"n": SMALL} if 0 < count < SMALL else str(count)
