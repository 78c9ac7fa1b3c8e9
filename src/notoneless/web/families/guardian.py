"""What a guardian sees: the code, his page, leave, what is wrong, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.families.queries.invitations import Visitor, visitor_of
from notoneless.families.services.invitations import must_rest, open_visit
from notoneless.families.services.visits import leave as end_visit
from notoneless.flows.contracts.signing import contracts_of_guardian
from notoneless.flows.families.page import family_page
from notoneless.flows.families.saying import ask_for_leave, say_not_mine, say_wrong
from notoneless.flows.families.whose import child_of
from notoneless.rules.families import LINK_LETTERS, SaidKind
from notoneless.rules.refusal import Refusal
from notoneless.web.families.forms import CodeForm, FamilyLeaveForm
from notoneless.web.families.visiting import (
    address_of,
    for_guardians,
    forget,
    remember,
    secret_of,
)
from notoneless.web.families.words import DONE
from notoneless.web.request import Request

WRONG = {"phone": SaidKind.PHONE, "address": SaidKind.ADDRESS}


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def family_enter(http_request: HttpRequest, link: str) -> HttpResponse:
    """Ask for the code. The same for every link: nothing is looked up before a code is given."""
    request: Any = http_request
    address = address_of(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _code_page(request, form)
    if must_rest(address, now=request.now):
        return _code_page(request, form, status=429, has_to_rest=True)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    secret = open_visit(
        link[: 2 * LINK_LETTERS], typed, address=address, today=request.today, now=request.now
    )
    if secret is None:
        return _code_page(request, CodeForm(), status=422, is_wrong=True)
    return remember(redirect("family"), secret)


def _code_page(
    request: Request, form: CodeForm, *, status: int = 200, **more: bool
) -> HttpResponse:
    return render(request, "families/enter.html", {"form": form, **more}, status=status)


@require_safe
@for_guardians
def family(request: Request, visitor: Visitor) -> HttpResponse:
    """The guardian's page."""
    return _page(request, visitor)


def _page(request: Request, visitor: Visitor, *, status: int = 200, **more: object) -> HttpResponse:
    parts = family_page(visitor, today=request.today, now=request.now)
    context = {
        "visitor": visitor,
        "parts": parts,
        "contracts": contracts_of_guardian(visitor, [part.id for part in parts]) if parts else [],
        "done": DONE.get(request.GET.get("done", "")),
        **more,
    }
    return render(request, "families/page.html", context, status=status)


@for_guardians
def family_leave(request: Request, visitor: Visitor, child_id: UUID) -> HttpResponse:
    """Ask for leave for one child."""
    child = child_of(visitor, child_id)
    initial = {"id": uuid7(), "from_on": request.today, "last_on": request.today}
    form = FamilyLeaveForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                new = form.new_leave(child_id)
                ask_for_leave(visitor, new, today=request.today, now=request.now)
            except Refusal as problem:
                refusal, status = problem, 409
            else:
                return _back("leave")
    context = {"visitor": visitor, "child": child, "form": form, "refusal": refusal}
    return render(request, "families/leave.html", context, status=status)


@require_POST
@for_guardians
def family_not_mine(request: Request, visitor: Visitor, child_id: UUID) -> HttpResponse:
    """The child leaves the page at once; pressed twice, it has left already."""
    try:
        say_not_mine(visitor, child_id, today=request.today, now=request.now)
    except ObjectDoesNotExist:
        return redirect("family")
    return _back("not_mine")


@require_POST
@for_guardians
def family_wrong(request: Request, visitor: Visitor, child_id: UUID, which: str) -> HttpResponse:
    """A number or an address is another; a value that cannot be right is said beside its field."""
    kind, value = WRONG[which], request.POST.get("value", "")[:300]
    try:
        say_wrong(visitor, child_id, kind, value, today=request.today, now=request.now)
    except Refusal as problem:
        mistake = {"child_id": child_id, "kind": kind, "value": value, "refusal": problem}
        return _page(request, visitor, status=422, mistake=mistake)
    return _back("wrong")


@require_POST
@login_not_required
@never_cache
def family_out(http_request: HttpRequest) -> HttpResponse:
    """Leave: the visit is over for good, whatever the browser keeps."""
    request: Any = http_request
    found = visitor_of(secret_of(request), now=request.now)
    if found is not None:
        end_visit(found[0].visit_id, now=request.now)
    return forget(render(request, "families/closed.html", {"has_left": True}))


def _back(done: str) -> HttpResponse:
    return redirect(f"{reverse('family')}?done={done}")
