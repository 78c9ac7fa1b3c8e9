"""The school's side: slips and codes for guardians, and what they say is wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.doors import groups_of, why_visible
from notoneless.children.queries.units import classes_in_reach
from notoneless.families.queries.sayings import items_of_child, items_to_decide
from notoneless.flows.families.deciding import decide_item
from notoneless.flows.families.inviting import (
    Slip,
    families_of_class,
    family_of_child,
    invite_class,
    invite_guardian,
)
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.families import Verdict
from notoneless.rules.roles import Capability
from notoneless.rules.visibility import FieldGroup
from notoneless.web.request import Request, stamp_of

SLIPS_A_SHEET = 6
EITHER = (Capability.INVITE_FAMILIES, Capability.CORRECT_CHILDREN)


@require_safe
def families(request: Request) -> HttpResponse:
    """What guardians say is wrong and waits for me, and my classes."""
    if not any(request.actor.may(each) for each in EITHER):
        raise NotAllowed(capability=Capability.INVITE_FAMILIES.value)
    items = items_to_decide(request.actor, on=request.today)
    if items:
        listed = Listed.of("guardians' words", [item.child_id for item in items])
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    context = {
        "items": items,
        "may_decide": request.actor.may(Capability.CORRECT_CHILDREN),
        "classes": classes_in_reach(request.actor, on=request.today, to=Capability.INVITE_FAMILIES),
    }
    return render(request, "families/list.html", context)


@require_safe
def family_class(request: Request, class_id: UUID) -> HttpResponse:
    """The guardians of a class and how their invitations stand."""
    found = families_of_class(request.actor, class_id, today=request.today, now=request.now)
    lacking = sum(not pupil.guardians for pupil in found.pupils)
    return render(request, "families/class.html", {"found": found, "lacking": lacking})


@require_safe
def family_child(request: Request, child_id: UUID) -> HttpResponse:
    """One child's guardians, their invitations, and what they said."""
    doors = why_visible(request.actor, child_id, on=request.today)
    held = {capability for door in doors for capability in door.capabilities}
    if FieldGroup.FAMILY not in groups_of(doors):
        raise Http404
    if not held & set(EITHER):
        raise NotAllowed(capability=Capability.INVITE_FAMILIES.value)
    note_reading(
        "child.opened",
        stamp=stamp_of(request),
        child_id=child_id,
        fields=[FieldGroup.FAMILY.value],
    )
    may_decide = Capability.CORRECT_CHILDREN in held
    context = {
        "pupil": family_of_child(request.actor, child_id, today=request.today, now=request.now),
        "items": items_of_child(child_id, county_id=request.actor.county_id) if may_decide else [],
        "may_decide": may_decide,
        "may_invite": Capability.INVITE_FAMILIES in held,
    }
    return render(request, "families/child.html", context)


@require_POST
@never_cache
def family_invite(request: Request, child_id: UUID, guardian_id: UUID) -> HttpResponse:
    """Link and code of one guardian on the screen: shown once, kept nowhere."""
    slip = invite_guardian(
        request.actor, child_id, guardian_id, today=request.today, now=request.now
    )
    context = {"slip": _card(request, slip), "child_id": child_id}
    return render(request, "families/screen.html", context)


@require_POST
@never_cache
def family_slips(request: Request, class_id: UUID) -> HttpResponse:
    """Slips for a whole class to print and cut: shown once, kept nowhere."""
    slips, lacking = invite_class(request.actor, class_id, today=request.today, now=request.now)
    cards = [_card(request, slip) for slip in slips]
    sheets = [cards[at : at + SLIPS_A_SHEET] for at in range(0, len(cards), SLIPS_A_SHEET)]
    context = {
        "sheets": sheets,
        "count": len(cards),
        "lacking": lacking,
        "class_id": class_id,
        "a_sheet": SLIPS_A_SHEET,
    }
    return render(request, "families/slips.html", context)


@require_POST
def family_decide(request: Request, saying_id: UUID) -> HttpResponse:
    """One tap: what the guardian said is right, or the record is."""
    asked = request.POST.get("verdict", "")
    if asked not in [verdict.value for verdict in Verdict]:
        raise Http404
    decide_item(request.actor, saying_id, Verdict(asked), today=request.today, now=request.now)
    said = _("已更正档案。") if asked == Verdict.ACCEPTED else _("已记下：核对过，档案不改。")
    messages.success(request, said)
    return redirect("families")


def _card(request: Request, slip: Slip) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("family-enter", args=[slip.made.link]))
    return {
        "slip": slip,
        "address": address,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2),
        "code": slip.made.code,
        "expires_at": slip.made.expires_at,
    }
