"""What waits for somebody among the matters that people answer for; brought after the in-tray."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from notoneless.contracts.queries.listing import to_sign
from notoneless.flows.consequences.showing import dues
from notoneless.flows.oversight.reading import fault_lists
from notoneless.policy.queries.versions import proposals_in
from notoneless.rules.faults.kinds import ENDED
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind, school_year_of
from notoneless.web.request import Request
from notoneless.workplans.queries.reports import waiting_lines


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
    contracts = to_sign(actor, today=today)
    yield Waits(gettext("待我签的责任书"), len(contracts), reverse("contracts-sign"))
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


def _reports(request: Request) -> int:
    """Reports that were sent to a unit of the reader's and wait to be taken over."""
    units = {
        held.unit_id
        for held in request.actor.holdings
        if Capability.SEND_RETURNS in held.capabilities and held.unit_kind is not UnitKind.CLASS
    }
    county = request.actor.county_id
    return sum(len(waiting_lines(unit, county_id=county)) for unit in units)


def _settlements(request: Request) -> int:
    if not request.actor.may(Capability.CONFIRM_SETTLEMENT):
        return 0
    found = dues(request.actor, school_year_of(request.today), today=request.today)
    return sum(each.waiting for each in found)
