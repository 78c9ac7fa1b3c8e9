"""What waits for somebody among the matters that people answer for; brought after the in-tray."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from notoneless.contracts.queries.listing import clauses_to_sign, to_sign
from notoneless.flows.consequences.showing import dues
from notoneless.flows.contracts.succession import count_proposals
from notoneless.flows.oversight.reading import fault_lists
from notoneless.policy.queries.versions import proposals_in
from notoneless.rules.faults.kinds import ENDED
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind, school_year_of
from notoneless.web.request import Request
from notoneless.workplans.queries.reports import waiting_count


@dataclass(frozen=True, slots=True)
class Waits:
    words: str
    count: int
    url: str


@require_safe
def home_answering(request: Request) -> HttpResponse:
    """The card as a piece of the first page; who comes without it is led to the contracts."""
    if not request.htmx:
        return redirect("contracts")
    waits = [each for each in _waits(request) if each.count]
    return render(request, "home/parts/answering.html", {"waits": waits})


def _waits(request: Request) -> Iterator[Waits]:
    actor, today = request.actor, request.today
    matters = fault_lists(actor, today=today)
    yield from _contracts(request)
    own = sum(each.state not in ENDED for each in matters.own)
    yield Waits(gettext("与我有关的追究事项"), own, reverse("faults"))
    open_matters = len(matters.to_hear) + len(matters.to_decide)
    yield Waits(gettext("待我办理的追究事项"), open_matters, reverse("faults"))
    yield Waits(gettext("待接收的报表"), _reports(request), reverse("workplans"))
    yield Waits(gettext("待审定的奖惩"), _settlements(request), reverse("settlements"))
    if actor.may(Capability.MANAGE_POLICY):
        found = proposals_in(actor.county_id)
        asked = sum(each.state == "proposed" and each.by_id != actor.person_id for each in found)
        yield Waits(gettext("待复核的方案修订"), asked, reverse("policy-drafts"))


def _contracts(request: Request) -> Iterator[Waits]:
    """What waits for the reader's name; those overdue apart. What he has to hand over."""
    actor, today, url = request.actor, request.today, reverse("contracts")
    found = to_sign(actor, today=today)
    overdue = sum(each.is_overdue for each in found)
    yield Waits(gettext("过了最后一天、待我签的责任书"), overdue, url)
    yield Waits(gettext("待我签的责任书"), len(found) - overdue, url)
    clauses = len(clauses_to_sign(actor, today=today))
    yield Waits(gettext("待我签的补充约定"), clauses, url)
    if actor.may(Capability.KEEP_CONTRACTS):
        changed = count_proposals(actor, today=today)
        yield Waits(gettext("签订人换了、待接续的责任书"), changed, reverse("contracts-succession"))


def _reports(request: Request) -> int:
    """Reports that were sent to a unit of the reader's and wait to be taken over."""
    units = {
        held.unit_id
        for held in request.actor.holdings
        if Capability.SEND_RETURNS in held.capabilities and held.unit_kind is not UnitKind.CLASS
    }
    return waiting_count(units, county_id=request.actor.county_id) if units else 0


def _settlements(request: Request) -> int:
    if not request.actor.may(Capability.CONFIRM_SETTLEMENT):
        return 0
    found = dues(request.actor, school_year_of(request.today), today=request.today)
    return sum(each.waiting for each in found)
