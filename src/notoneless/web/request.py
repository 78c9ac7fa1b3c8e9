"""What every page knows: who is acting, the moment and the date. The pages' only clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from notoneless import __version__
from notoneless.access.actor import Actor
from notoneless.access.queries import actor_for
from notoneless.web.navigation import navigation_of

# Pages that an account with a printed password may open before it has chosen its own.
BEFORE_OWN_PASSWORD = {"password-change", "sign-out", "set_language"}


class Request(HttpRequest):
    """A request as views see it, after the middleware below."""

    htmx: HtmxDetails
    actor: Actor
    now: datetime
    """The moment of this request, aware, UTC."""
    today: date
    """The school-local date of this request."""


class ActorAndClockMiddleware:
    """Reads the clock once and works out the actor of a signed-in request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, http_request: HttpRequest) -> HttpResponse:
        request = cast(Request, http_request)
        request.now = timezone.now()
        request.today = timezone.localdate(request.now)
        return self.get_response(request)

    def process_view(
        self, http_request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        request = cast(Request, http_request)
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        match = request.resolver_match
        name = match.url_name if match else ""
        if match and "admin" in match.app_names:
            return None
        if request.user.must_change_password and name not in BEFORE_OWN_PASSWORD:
            return redirect("password-change")
        actor = actor_for(request.user, today=request.today)
        if actor is None:
            if request.user.is_superuser:
                return redirect("admin:index")
            logout(request)
            return redirect(f"{reverse('sign-in')}?left=1")
        request.actor = actor
        return None


def page(request: HttpRequest) -> dict[str, Any]:
    """Template context of every page: navigation, the actor, the version."""
    actor = getattr(request, "actor", None)
    return {
        "actor": actor,
        "nav": navigation_of(actor, path=request.path) if actor else [],
        "today": getattr(request, "today", None),
        "now": getattr(request, "now", None),
        "version": __version__,
        "is_demo": settings.IS_DEMO,
    }
