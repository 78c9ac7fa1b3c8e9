"""Try the numbers of a class: one tap for each pupil after the call."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notoneless.access.actor import NotAllowed
from notoneless.children.queries.units import classes_in_reach
from notoneless.contacts.services.upkeep import Tried
from notoneless.flows.contacts.numbers import ClassNumbers, check_numbers, numbers_of_class
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.contacts.kinds import NumberState
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.contacts.new import keys_in
from notoneless.web.request import Request, stamp_of


def numbers(request: Request) -> HttpResponse:
    """The pupils of a class with masked numbers and what the last try showed."""
    request.actor.must(Capability.LOG_CONTACTS)
    classes = classes_in_reach(request.actor, on=request.today, to=Capability.LOG_CONTACTS)
    asked = next(iter(keys_in(request.GET.getlist("class"))), None)
    chosen = next((row for row in classes if row.id == asked), None)
    if asked is not None and chosen is None:
        raise Http404
    if chosen is None and len(classes) == 1:
        chosen = classes[0]
    if chosen is None:
        return render(request, "contacts/numbers.html", {"classes": classes})
    found = numbers_of_class(request.actor, chosen.id, today=request.today)
    if request.method == "POST":
        return _write(request, found)
    listed = Listed.of(f"class={chosen.id} numbers", [p.child_id for p in found.pupils])
    note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    return _page(request, found)


def _write(request: Request, found: ClassNumbers) -> HttpResponse:
    tried = [each for pupil in found.pupils if (each := _tried(request, pupil.child_id))]
    try:
        written = check_numbers(request.actor, tried, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, found, status=409, refusal=refusal)
    said = ngettext("已记录 %(n)s 名学生的电话。", "已记录 %(n)s 名学生的电话。", written)
    messages.success(request, said % {"n": written} if written else _("这些电话今天已经记录过。"))
    return redirect(f"{reverse('contacts-numbers')}?class={found.unit.id}")


def _tried(request: Request, child_id: UUID) -> Tried | None:
    """One button speaks for its own pupil alone; the form's own button for all that are marked."""
    only, _space, state = request.POST.get("one", "").partition(" ")
    if only:
        said = state if only == str(child_id) else ""
    else:
        said = request.POST.get(f"state-{child_id}", "")
    if said not in set(NumberState):
        return None
    return Tried(child_id, NumberState(said), request.POST.get(f"new-{child_id}", "")[:20])


def _page(
    request: Request, found: ClassNumbers, *, status: int = 200, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "found": found,
        "refusal": refusal,
        "states": list(NumberState),
        "typed": {p.child_id: request.POST.get(f"new-{p.child_id}", "") for p in found.pupils},
    }
    return render(request, "contacts/numbers.html", context, status=status)
