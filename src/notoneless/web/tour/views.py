"""The tour, open without sign-in where invented people live and nowhere else."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.flows.demo.sign_ins import demo_sign_ins
from notoneless.web.tour.steps import STOPS
from notoneless.web.words import ROLES


def is_open() -> bool:
    """Whether sample people may be named, and signed in as with one tap."""
    return bool(settings.IS_DEMO or settings.DEBUG) and not settings.IS_PRODUCTION


@require_safe
@login_not_required
def tour(request: HttpRequest) -> HttpResponse:
    """Ten stops, each with who sees it and the way there. 404 outside a demo."""
    if not is_open():
        raise Http404
    people = {one.username: one for one in demo_sign_ins().first}
    stops = [
        (stop, people[stop.username], ROLES[people[stop.username].role])
        for stop in STOPS
        if stop.username in people
    ]
    return render(request, "tour/tour.html", {"stops": stops})


@require_POST
@never_cache
@login_not_required
def tour_enter(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the sample people, whoever is signed in now; then to the page asked for.

    By the printed password: somebody who has changed it is asked for the new one.
    """
    people = demo_sign_ins()
    username = request.POST.get("username", "")
    if not is_open() or username not in {one.username for one in (*people.first, *people.more)}:
        raise Http404
    user = authenticate(request, username=username, password=people.password)
    if user is None:
        return redirect(f"{resolve_url('sign-in')}?{urlencode({'next': _next(request)})}")
    logout(request)
    login(request, user)
    return redirect(_next(request))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url("home")
