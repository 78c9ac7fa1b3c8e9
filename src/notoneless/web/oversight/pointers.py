"""What the records of a unit point to: look, then raise it or lay it aside with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.flows.oversight.pointers import (
    bounds_at,
    lay_aside,
    proposals_for,
    units_to_check,
)
from notoneless.flows.oversight.reading import RollAt, rolls_at
from notoneless.oversight.queries.doors import HEARS
from notoneless.places.queries.units import unit_facts
from notoneless.rules.faults.integrity import Check, Pointed, Proposal
from notoneless.rules.faults.kinds import LinkKind
from notoneless.web.day_words import day
from notoneless.web.oversight.tabs import chosen_unit, tabs_of
from notoneless.web.oversight.words import CHECKS, INNOCENT, LINKS
from notoneless.web.policy.words import key_label, source_words, statement_of
from notoneless.web.request import Request

A_PAGE = 30
MOST_LINKS = 6


@dataclass(frozen=True, slots=True)
class Record:
    """A record that a proposal or a matter points to."""

    label: str
    url: str
    """Empty where it has no page of its own."""


@dataclass(frozen=True, slots=True)
class ProposalLine:
    key: str
    on: date
    words: str
    innocent: str
    records: tuple[Record, ...]
    more: int
    new_url: str


@never_cache
@require_safe
def fault_proposals(request: Request) -> HttpResponse:
    """Proposals of one unit by day; nobody is named, counted or ranked here."""
    request.actor.must(HEARS)
    return _page(request)


@require_POST
def fault_aside(request: Request, unit_id: UUID) -> HttpResponse:
    """One proposal is no matter, and why."""
    key, reason = request.POST.get("pointer", "")[:120], request.POST.get("reason", "")[:200]
    lay_aside(request.actor, unit_id, key, reason, today=request.today, now=request.now)
    messages.success(request, _("已记下，不再提示这一条。"))
    return redirect(f"{reverse('fault-proposals')}?{urlencode({'unit': str(unit_id)})}")


def proposal_words(proposal: Proposal) -> str:
    """What a proposal says, in one line."""
    said = str(CHECKS[proposal.check])
    if proposal.check in _IN_DAYS and proposal.number:
        days = ngettext("%(n)s 天", "%(n)s 天", proposal.number) % {"n": proposal.number}
        return _("%(said)s（%(days)s）") % {"said": said, "days": days}
    return said


def records_of(pointed: tuple[Pointed, ...], rolls: Mapping[UUID, RollAt]) -> tuple[Record, ...]:
    """Each record with its day and the address of its page."""
    return tuple(record(each.kind, each.id, each.on, rolls) for each in pointed[:MOST_LINKS])


def record(kind: LinkKind, pk: UUID, on: date | None, rolls: Mapping[UUID, RollAt]) -> Record:
    """One record in words, and where it opens."""
    said = str(LINKS[kind])
    label = f"{said} {day(on)}" if on else said
    if kind is LinkKind.ROLL:
        at = rolls.get(pk)
        url = reverse("roll-versions", args=[at.class_id, at.day, at.session]) if at else ""
        return Record(label, url)
    return Record(label, reverse(kind.value, args=[pk]))


def _page(request: Request) -> HttpResponse:
    units = units_to_check(request.actor, on=request.today)
    unit_id = chosen_unit(request)
    if unit_id is None:
        context = {"units": units, "then": "fault-proposals", "tabs": tabs_of(request)}
        return render(request, "oversight/units.html", context)
    found = proposals_for(request.actor, unit_id, today=request.today)
    rows = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    ids = [p.id for each in rows for p in each.pointed if p.kind is LinkKind.ROLL]
    rolls = rolls_at(ids)
    shown: dict[str, object] = {
        "unit": unit_facts(unit_id),
        "is_one_of_many": len(units) > 1,
        "rows": rows,
        "lines": [_line(each, unit_id, rolls) for each in rows],
        "total": len(found),
        "bounds": [
            (key_label(rule.key), statement_of(rule), source_words(rule.source))
            for rule in bounds_at(unit_id, today=request.today)
        ],
        "tabs": tabs_of(request),
    }
    return render(request, "oversight/proposals.html", shown)


def _line(each: Proposal, unit_id: UUID, rolls: Mapping[UUID, RollAt]) -> ProposalLine:
    query = urlencode({"unit": str(unit_id), "pointer": each.key})
    return ProposalLine(
        each.key,
        each.on,
        proposal_words(each),
        str(INNOCENT[each.check]),
        records_of(each.pointed, rolls),
        max(0, len(each.pointed) - MOST_LINKS),
        f"{reverse('fault-new')}?{query}",
    )


_IN_DAYS = {Check.DUTY_MISSED, Check.REPORT_LATE, Check.CONTACT_LATE, Check.ROLL_LATE}
